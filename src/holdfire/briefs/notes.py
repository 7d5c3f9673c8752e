"""Numbers for the claims that a brief cites, in the order in which they are first cited, and the notes to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from holdfire.briefs.grammar import NAME_CHARS, listed, party_of, quoted_evidence, shortened
from holdfire.briefs.parts import Note
from holdfire.model.actor import party_key
from holdfire.model.corroboration import Corroboration
from holdfire.model.entry import LedgerEntry
from holdfire.rules.brief import BriefRules


class Notes:
    """Hands out numbers while a brief is written; the same claim keeps its number."""

    def __init__(self, rules: BriefRules, corroboration: Corroboration) -> None:
        self._rules = rules
        self._grades = _grades(corroboration)
        self._cited: dict[str, LedgerEntry] = {}
        self._numbers: dict[str, int] = {}

    def cite(self, entries: Iterable[LedgerEntry]) -> tuple[int, ...]:
        """The numbers of these claims, ascending."""
        found = set()
        for each in entries:
            self._cited.setdefault(each.claim.id, each)
            found.add(self._numbers.setdefault(each.claim.id, len(self._numbers) + 1))
        return tuple(sorted(found))

    def written(self) -> tuple[Note, ...]:
        """A note for every claim cited so far."""
        return tuple(self._note(self._numbers[key], entry) for key, entry in self._cited.items())

    def _note(self, number: int, entry: LedgerEntry) -> Note:
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
            grade=self._grades.get(claim.id, "F6"),
            said_by=tuple(
                each.name or shortened(each.text, NAME_CHARS)
                for each in claim.sources
                if party_key(each.id, each.text) not in {party_key(one.id, one.text) for one in claim.actor}
            ),
        )


def _grades(corroboration: Corroboration) -> Mapping[str, str]:
    return {each.claim.id: group.code for group in corroboration.groups for each in group.entries}
