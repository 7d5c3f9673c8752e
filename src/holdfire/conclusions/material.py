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
from holdfire.analysis.timeline import timeline_of
from holdfire.ledger import views
from holdfire.ledger.connect import Ledger
from holdfire.ledger.judge import grades
from holdfire.model.actor import folded
from holdfire.model.correction import is_rejected
from holdfire.model.corroboration import Corroboration
from holdfire.model.entry import AsOf, Header, LedgerEntry
from holdfire.model.network import Network
from holdfire.model.posture import Board
from holdfire.model.timeline import Timeline
from holdfire.rules.conflicts import Conflict
from holdfire.rules.rulebook import Rulebook

# Without a first day, and without a conflict that has one, a brief looks back so far.
LOOK_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The board of a day with all that stands behind it, for the days `since` to `board.valid_on`, inclusive.

    entries: the claims of those days. documents: every report of the ledger that had been published by then.
    calculi: reasons and conditions by actor key. graded: how many of the outlets somebody has graded.
    """

    board: Board
    since: date
    entries: tuple[LedgerEntry, ...]
    documents: tuple[Header, ...]
    timelines: tuple[Timeline, ...]
    network: Network
    calculi: Mapping[str, Calculus]
    corroboration: Corroboration
    graded: int


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
    outlets = {each.document.outlet for each in recent if each.document.outlet}
    return Material(
        board=board,
        since=first,
        entries=recent,
        documents=documents,
        timelines=tuple(each for each in timelines if each.spells),
        network=network_of(board, entries, **drawn),  # type: ignore[arg-type]
        calculi=_calculi(entries, rulebook, knowledge),
        corroboration=corroborate(recent, held, outlets=rulebook.outlets, grades=letters),
        graded=len({folded(each) for each in outlets} & {folded(each) for each in letters}),
    )


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
