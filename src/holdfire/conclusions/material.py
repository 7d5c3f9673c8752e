"""Everything that a brief is written from, drawn from one reading of an open ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.analysis.belonging import keys_of
from holdfire.analysis.calculus import Calculus, Told, calculus_of
from holdfire.analysis.conflict import entries_of, is_in_days
from holdfire.analysis.corroboration import corroborate
from holdfire.analysis.network import network_of
from holdfire.analysis.posture import board_of, setting_of
from holdfire.analysis.sameness import NEWS_DAYS, holds
from holdfire.analysis.timeline import timeline_of
from holdfire.ledger import views
from holdfire.ledger.connect import Ledger
from holdfire.ledger.judge import grades
from holdfire.model.actor import folded, party_key
from holdfire.model.correction import is_rejected
from holdfire.model.corroboration import Contradiction
from holdfire.model.document import Document
from holdfire.model.entry import AsOf, Header, LedgerEntry
from holdfire.model.network import Network
from holdfire.model.posture import Board
from holdfire.model.timeline import Timeline
from holdfire.rules.conflicts import Conflict
from holdfire.rules.outlets import OutletRules
from holdfire.rules.rulebook import Rulebook

# Without a first day, and without a conflict that has one, a brief looks back so far.
LOOK_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The board of a day with all that stands behind it, for the days `since` to `board.valid_on`, inclusive.

    entries: the claims of those days. documents: every report of the ledger that had been published by then.
    calculi: reasons and conditions by actor key. contradictions: pairs of those days. held: the reports whose text is
    kept, by id. outlets, letters: who owns which outlet, and how the user grades them.
    """

    board: Board
    since: date
    entries: tuple[LedgerEntry, ...]
    documents: tuple[Header, ...]
    timelines: tuple[Timeline, ...]
    network: Network
    calculi: Mapping[str, Calculus]
    contradictions: tuple[Contradiction, ...]
    held: Mapping[str, Document]
    outlets: OutletRules
    letters: Mapping[str, str]

    @property
    def graded(self) -> int:
        """How many of the outlets somebody has graded."""
        named = {folded(each.document.outlet) for each in self.entries if each.document.outlet}
        return len(named & {folded(each) for each in self.letters})


def read_material(
    ledger: Ledger,
    asof: AsOf,
    *,
    rulebook: Rulebook,
    knowledge: KnowledgeBase,
    conflict: Conflict | None = None,
    since: date | None = None,
) -> Material | None:
    """What a brief of these times is written from; None where no claim speaks of them.

    since: the first day of what is told as news; else 30 days back, but not before the conflict, or the first claim.
    """
    with ledger.snapshot() as seen:
        seen_claims = list(views.claims(seen, asof))
        told = [each for each in seen_claims if not is_rejected(each.judgements)]
        entries = list(entries_of(conflict, told, knowledge=knowledge)) if conflict else told
        day = asof.valid_on or max((each.valid_from for each in entries if each.valid_from), default=None)
        if day is None or not entries:
            return None
        asof = replace(asof, valid_on=day)
        entries = [each for each in entries if each.valid_from and each.valid_from <= day]
        first = min(since or _first_day(entries, conflict, day), day)
        recent = tuple(each for each in entries if (each.valid_to or date.max) >= first)
        names = sorted({each.document.id for each in recent})
        held = {name: report for name in names if (report := views.document(seen, name, asof))}
        letters = {name: each.letter for name, each in grades(seen, asof).items()}
        documents = tuple(views.documents(seen, asof))
    drawn = {"rulebook": rulebook, "knowledge": knowledge}
    board = board_of(entries, asof=asof, conflict=conflict, **drawn)  # type: ignore[arg-type]
    if conflict is not None:
        board = replace(board, untied=sum(is_in_days(each, conflict) for each in told) - len(entries))
    setting = setting_of(entries, conflict=conflict, **drawn)  # type: ignore[arg-type]
    shown = [each.key for each in board.postures if each.key in setting.docket.firm]
    timelines = tuple(timeline_of(setting, key, first=first, last=day) for key in shown)
    return Material(
        board=board,
        since=first,
        entries=recent,
        documents=documents,
        timelines=tuple(each for each in timelines if each.spells),
        network=network_of(board, entries, **drawn),  # type: ignore[arg-type]
        calculi=_calculi(entries, rulebook, knowledge),
        contradictions=corroborate(
            _near(recent, [each for each in recent if not holds(each)]), held, outlets=rulebook.outlets, grades=letters
        ).contradictions,
        held=held,
        outlets=rulebook.outlets,
        letters=letters,
    )


def grades_of(material: Material, cited: Sequence[LedgerEntry]) -> dict[str, str]:
    """The Admiralty's letter and digit of each of these claims, by id, as all claims of those days bear on it."""
    found = corroborate(
        _near(material.entries, cited), material.held, outlets=material.outlets, grades=material.letters
    )  # fmt: skip
    wanted = {each.claim.id for each in cited}
    return {each.claim.id: group.code for group in found.groups for each in group.entries if each.claim.id in wanted}


def _near(entries: Sequence[LedgerEntry], wanted: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """The entries that may say the same as, or the opposite of, one of those wanted: by event, actor and days.

    Whatever else there is cannot be in a group with them, and need not be compared.
    """
    days: dict[tuple[str, str], set[int]] = defaultdict(set)
    for each in wanted:
        for key in _acts_of(each):
            days[key] |= set(_days_of(each))
    ids = {each.claim.id for each in wanted}

    def may_meet(entry: LedgerEntry) -> bool:
        own = _days_of(entry)
        return any(not days[key].isdisjoint(own) for key in _acts_of(entry) if key in days)

    return [each for each in entries if each.claim.id in ids or may_meet(each)]


def _acts_of(entry: LedgerEntry) -> list[tuple[str, str]]:
    return [(entry.claim.event, party_key(each.id, each.text)) for each in entry.claim.actor]


# A stretch of time is compared by its first days.
_MOST_DAYS = 120


def _days_of(entry: LedgerEntry) -> range:
    """The days that a claim may speak of, as ordinals; a report without a date of its own reaches back."""
    first, last = entry.valid_from or date.min, entry.valid_to or entry.valid_from or date.min
    start = max(1, first.toordinal() - NEWS_DAYS)
    return range(start, min(last.toordinal(), start + _MOST_DAYS) + 1)


def _first_day(entries: Sequence[LedgerEntry], conflict: Conflict | None, day: date) -> date:
    starts = [day - LOOK_BACK, min((each.valid_from for each in entries if each.valid_from), default=day)]
    if conflict is not None and conflict.start is not None:
        starts[1] = conflict.start
    return max(starts)


def _calculi(entries: Sequence[LedgerEntry], rulebook: Rulebook, knowledge: KnowledgeBase) -> dict[str, Calculus]:
    """Reasons and conditions of everybody of whom a claim tells any, as told of themselves."""
    told: dict[str, list[Told]] = defaultdict(list)
    for entry in entries:
        if entry.claim.reasons or entry.claim.condition:
            for key in keys_of(entry, knowledge, rulebook):
                told[key].append(Told(entry=entry))
    return {key: calculus_of(each, rules=rulebook.reasons) for key, each in sorted(told.items())}
