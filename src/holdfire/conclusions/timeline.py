"""The timelines of an open ledger: for each actor its spells of deeds and words, and the days on which they changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from functools import partial

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.analysis.posture import keys_of, posture_of
from holdfire.analysis.timeline import timeline_of
from holdfire.conclusions.board import read_entries
from holdfire.ledger.connect import Ledger
from holdfire.model.entry import AsOf, LedgerEntry
from holdfire.model.posture import Posture
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
    days = [each.valid_from for each in entries if each.valid_from]
    if not days:
        return ()
    last = asof.valid_on or max(days)
    first = since or (conflict.start if conflict else None) or max(min(days), last - _LOOK_BACK)
    by_actor: dict[str, list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        for key in keys_of(entry):
            if actors is None or key in actors:
                by_actor[key].append(entry)
    found = []
    for key, mine in by_actor.items():
        now = posture_of(key, mine, valid_on=last, rulebook=rulebook)
        timeline = timeline_of(
            key, now.name, partial(_posture_on, key, mine, rulebook), first=min(first, last), last=last,
        )  # fmt: skip
        if timeline.spells:
            found.append(timeline)
    return tuple(sorted(found, key=lambda each: (-len(each.spells), each.name.casefold(), each.key)))


def _posture_on(key: str, entries: list[LedgerEntry], rulebook: Rulebook, day: date) -> Posture:
    return posture_of(key, entries, valid_on=day, rulebook=rulebook)
