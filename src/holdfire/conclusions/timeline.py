"""The timelines of an open ledger: for each actor its spells of deeds and words, and the days on which they changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.analysis.posture import setting_of
from holdfire.analysis.timeline import timeline_of
from holdfire.conclusions.board import read_entries
from holdfire.ledger.connect import Ledger
from holdfire.model.entry import AsOf, LedgerEntry
from holdfire.model.timeline import Timeline
from holdfire.rules.conflicts import Conflict
from holdfire.rules.rulebook import Rulebook

# Without a first day, no further back than this.
_LOOK_BACK = timedelta(days=365)


def read_timelines(
    ledger: Ledger,
    asof: AsOf,
    *,
    rulebook: Rulebook,
    knowledge: KnowledgeBase,
    conflict: Conflict | None = None,
    since: date | None = None,
    actors: Collection[str] | None = None,
) -> tuple[Timeline, ...]:
    """The timelines of everybody, or of the actors with these keys, those with most spells first, then by name.

    since: the first day; else the conflict's first, else that of the first entry, at most a year back.
    """
    entries = read_entries(ledger, asof, knowledge=knowledge, conflict=conflict)
    return timelines_from(
        entries, asof, rulebook=rulebook, knowledge=knowledge, conflict=conflict, since=since, actors=actors
    )  # fmt: skip


def timelines_from(
    entries: Sequence[LedgerEntry],
    asof: AsOf,
    *,
    rulebook: Rulebook,
    knowledge: KnowledgeBase,
    conflict: Conflict | None = None,
    since: date | None = None,
    actors: Collection[str] | None = None,
) -> tuple[Timeline, ...]:
    """As `read_timelines`, from entries that were read already, of the conflict where one is given."""
    days = [each.valid_from for each in entries if each.valid_from]
    if not days:
        return ()
    last = asof.valid_on or max(days)
    first = since or (conflict.start if conflict else None) or max(min(days), last - _LOOK_BACK)
    setting = setting_of(entries, rulebook=rulebook, knowledge=knowledge, conflict=conflict)
    wanted = [key for key in setting.docket.firm if actors is None or key in actors]
    made = [
        timeline_of(setting, key, first=min(first, last), last=last) for key in wanted if key in setting.docket.named
    ]
    found = [each for each in made if each.spells]
    return tuple(sorted(found, key=lambda each: (-len(each.spells), each.name.casefold(), each.key)))
