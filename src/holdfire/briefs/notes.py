"""Numbers for the claims that a brief cites, in the order in which they are first cited, and the notes to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from holdfire.briefs.grammar import NAME_CHARS, listed, party_of, quoted_evidence, shortened
from holdfire.briefs.parts import Note
from holdfire.model.actor import party_key
from holdfire.model.entry import LedgerEntry
from holdfire.rules.brief import BriefRules

# Nobody graded the outlet, and nothing can be judged of the information.
UNGRADED = "F6"


class Notes:
    """Hands out numbers while a brief is written; the same claim keeps its number."""

    def __init__(self, rules: BriefRules) -> None:
        self._rules = rules
        self._cited: dict[str, LedgerEntry] = {}
        self._numbers: dict[str, int] = {}

    def cite(self, entries: Iterable[LedgerEntry]) -> tuple[int, ...]:
        """The numbers of these claims, ascending."""
        found = set()
        for each in entries:
            self._cited.setdefault(each.claim.id, each)
            found.add(self._numbers.setdefault(each.claim.id, len(self._numbers) + 1))
        return tuple(sorted(found))

    @property
    def cited(self) -> tuple[LedgerEntry, ...]:
        """Every claim cited so far, by number."""
        return tuple(self._cited.values())

    def written(self, grades: Mapping[str, str]) -> tuple[Note, ...]:
        """A note for every claim cited so far. grades: the Admiralty's letter and digit by claim id."""
        return tuple(self._note(self._numbers[key], entry, grades) for key, entry in self._cited.items())

    def _note(self, number: int, entry: LedgerEntry, grades: Mapping[str, str]) -> Note:
        claim, document = entry.claim, entry.document
        return Note(
            number=number,
            claim_id=claim.id,
            actor=listed([party_of(each).name for each in claim.actor]) or self._rules.phrases["nobody"],
            conduct=claim.conduct or f"{claim.event} {claim.polarity}",
            certainty=claim.certainty,
            quote=quoted_evidence(claim.evidence),
            outlet=shortened(document.outlet or self._rules.phrases["outlet.unknown"], NAME_CHARS),
            day=document.published,
            url=document.url,
            document_id=document.id,
            grade=grades.get(claim.id, UNGRADED),
            said_by=tuple(
                each.name or shortened(each.text, NAME_CHARS)
                for each in claim.sources
                if party_key(each.id, each.text) not in {party_key(one.id, one.text) for one in claim.actor}
            ),
        )
