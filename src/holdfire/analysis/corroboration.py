"""Groups claims that say the same, counts who independently vouches, pairs what contradicts, and grades the rest.

Grades are the Admiralty's: a letter for the source, a digit for the information; the rule is in `digit_of` and in
docs/explanation/corroboration.md. Codes are kept as codes; numbers are derived only for exports that need them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from holdfire.analysis.origins import best_letter, origins_of
from holdfire.analysis.sameness import detail, holds, says_the_opposite, says_the_same
from holdfire.model.actor import party_key
from holdfire.model.correction import is_rejected
from holdfire.model.corroboration import Contradiction, Corroboration, Group, Opposition, Origin
from holdfire.model.document import Document
from holdfire.model.entry import LedgerEntry
from holdfire.rules.outlets import OutletRules

# Who says it, without a hedge, vouches for it. A denial vouches for its contrary.
_FIRM = frozenset({"stated", "attributed", "denied"})
_NUMBERS = {"A": 1.0, "B": 0.75, "C": 0.5, "D": 0.25, "E": 0.0, "1": 1.0, "2": 0.75, "3": 0.5, "4": 0.25, "5": 0.0}


@dataclass(slots=True, eq=False)
class _Draft:
    """A group in the making, its members most detailed first."""

    entries: list[LedgerEntry] = field(default_factory=list)


def corroborate(
    entries: Iterable[LedgerEntry],
    documents: Mapping[str, Document],
    *,
    outlets: OutletRules,
    grades: Mapping[str, str] | None = None,
) -> Corroboration:
    """Every group of claims that say the same, with its origins and grade, and every contradiction between groups.

    entries: as they count; rejected ones are left out. documents: reports whose text is held, by id; copies among
    others cannot be seen. grades: the user's letters by outlet. The order of the entries does not matter.
    """
    letters = grades or {}
    drafts = _drafts([each for each in entries if not is_rejected(each.judgements)])
    firm = [[each for each in draft.entries if each.claim.certainty in _FIRM] for draft in drafts]
    origins = [origins_of(each, documents, outlets=outlets, grades=letters) for each in firm]
    opposed = _opposed(drafts)
    against: dict[int, set[str]] = defaultdict(set)
    for one, other, _ in opposed:
        against[one] |= {each.key for each in origins[other]}
        against[other] |= {each.key for each in origins[one]}
    groups = [
        _group(draft, origins[number], against[number], outlets=outlets, documents=documents, grades=letters)
        for number, draft in enumerate(drafts)
    ]
    pairs = [Contradiction(said=groups[one], against=groups[other], kind=kind) for one, other, kind in opposed]
    return Corroboration(
        groups=tuple(sorted(groups, key=_support)),
        contradictions=tuple(sorted(pairs, key=lambda each: (each.said.id, each.against.id))),
    )


def digit_of(origins: int, against: int, letter: str) -> int:
    """The grade of an information, 1 to 6, from who vouches for it and who for the contrary.

    origins, against: independent origins on either side. letter: the best grade among those that vouch.

    Unopposed, three origins confirm (1), two make it probable (2); one alone makes it possible (3) where it is
    graded A to C, doubtful (4) where D or E, and cannot be judged (6) where nobody graded it. Opposed, it is probable
    (2) with more than twice as many for as against, possible (3) with more, doubtful (4) with as many, improbable (5)
    with fewer. What nobody vouches for cannot be judged (6), and is improbable (5) where somebody denies it.
    """
    if not origins:
        return 5 if against else 6
    if not against:
        if origins >= 2:
            return 1 if origins >= 3 else 2
        return {"A": 3, "B": 3, "C": 3, "D": 4, "E": 4}.get(letter, 6)
    if origins > 2 * against:
        return 2
    return 3 if origins > against else 4 if origins == against else 5


def as_number(grade: str | int) -> float | None:
    """A letter or digit as a number from 1.0 (best) to 0.0, for exports alone. F and 6 are never a number: None."""
    return _NUMBERS.get(str(grade))


def _drafts(entries: list[LedgerEntry]) -> list[_Draft]:
    """The groups: a claim joins the one group all of whose members it agrees with; with several, it stands alone."""
    drafts: list[_Draft] = []
    near: dict[tuple[str, str], list[_Draft]] = defaultdict(list)
    for entry in sorted(entries, key=_most_detailed):
        keys = _blocks(entry)
        seen: dict[int, _Draft] = {id(draft): draft for key in keys for draft in near[key]}
        fitting = [draft for draft in seen.values() if all(says_the_same(entry, member) for member in draft.entries)]
        if len(fitting) == 1:
            fitting[0].entries.append(entry)
            mine = fitting[0]
        else:
            mine = _Draft(entries=[entry])
            drafts.append(mine)
        for key in keys:
            if mine not in near[key]:
                near[key].append(mine)
    return drafts


def _most_detailed(entry: LedgerEntry) -> tuple[int, str, str, int, str]:
    claim = entry.claim
    return (-detail(entry), str(entry.valid_from), entry.document.id, claim.evidence.span.start_char, claim.id)


def _blocks(entry: LedgerEntry) -> list[tuple[str, str]]:
    """What claims must share at least one of to be compared: the event with one of the parties that act."""
    return sorted({(entry.claim.event, party_key(each.id, each.text)) for each in entry.claim.actor})


def _opposed(drafts: list[_Draft]) -> list[tuple[int, int, Opposition]]:
    by_block: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, draft in enumerate(drafts):
        for entry in draft.entries:
            for key in _blocks(entry):
                by_block[key].add(number)
    found: dict[tuple[int, int], Opposition] = {}
    for numbers in by_block.values():
        said = [number for number in numbers if holds(drafts[number].entries[0])]
        for one in said:
            for other in numbers - set(said):
                kind = _opposition(drafts[one], drafts[other])
                if kind is not None:
                    found[one, other] = kind
    return [(one, other, kind) for (one, other), kind in sorted(found.items())]


def _opposition(said: _Draft, against: _Draft) -> Opposition | None:
    if not any(says_the_opposite(one, other) for one in said.entries for other in against.entries):
        return None
    denied = any(each.claim.certainty == "denied" for each in (*said.entries, *against.entries))
    return "claimed and denied" if denied else "done and not done"


def _group(
    draft: _Draft, origins: tuple[Origin, ...], against: set[str], *, outlets: OutletRules,
    documents: Mapping[str, Document], grades: Mapping[str, str],
) -> Group:  # fmt: skip
    entries = tuple(sorted(draft.entries, key=_most_detailed))
    doubtful = tuple(each for each in entries if each.claim.certainty not in _FIRM)
    letters = [each.letter for each in origins]
    if not letters:
        letters = [each.letter for each in origins_of(doubtful, documents, outlets=outlets, grades=grades)]
    letter = best_letter(letters)
    # Whoever says both vouches for neither.
    own = {each.key for each in origins}
    digit = digit_of(len(own - against), len(against - own), letter)
    return Group(
        id=min(each.claim.id for each in entries), entries=entries, origins=origins, doubtful=doubtful, letter=letter,
        digit=digit,
    )  # fmt: skip


def _support(group: Group) -> tuple[int, int, str]:
    return (group.digit, -len(group.origins), group.id)
