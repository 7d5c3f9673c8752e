"""From daily alarms to spells: when an actor fell quiet, and when it was back.

An alarm opens a spell; the spell lasts until the actor acts again about as it used to before it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from holdfire.analysis.silence_counts import Counts, Flags, Floats, Sums

# With at most this part of its usual acts since a spell began, or where so many acts were to be expected since its last
# one, an actor is quiet rather than reduced.
NEARLY_NOTHING, MISSED_ACTS = 0.1, 8.0
# Back from quiet: two weeks hold this part of the usual acts, one at least. Back from reduced: four weeks hold that.
BACK_FROM_QUIET, BACK_FROM_REDUCED = 0.6, 0.75
# A silence longer than this says that the actor is gone, not that it is quiet.
GONE_DAYS = 365
# Where an actor still acts, a spell is dated back by the days of the window that it shows in; else to its last act.
_STILL_ACTING_DAYS, _DATED_BACK_DAYS = 7, 27
# A pause that long makes it a spell of quiet, from which an actor is back sooner than from acting less.
_HUSHED_DAYS = 14


@dataclass(frozen=True)
class Spells:
    """Arrays of shape (actors, days), each as known on that day.

    since: number of the first day of the open spell, −1 where there is none. quiet: whether hardly anything was done
    since then, rather than less. back: day of the last return, −1 for none. usual: acts a day that the actor was used
    to before the spell.
    """

    since: Counts
    quiet: Flags
    back: Counts
    usual: Floats


def spells_of(alarms: Flags, own: Counts, rate: Floats) -> Spells:
    """The spells of every actor. rate: acts a day that it was used to before each day."""
    actors, days = own.shape
    sums, rows = Sums(own), np.arange(actors)
    total = np.pad(np.cumsum(own, axis=1), ((0, 0), (1, 0)))
    fortnight, month = sums.window(14), sums.window(28)
    since, back = (np.full((actors, days), -1, np.int64) for _ in range(2))
    quiet = np.zeros((actors, days), bool)
    usual = np.zeros((actors, days))
    walk = _Walk(actors)
    for day in range(days):
        walk.open(alarms[:, day] & (walk.since < 0), day, rate)
        walk.look(day, total[:, day + 1] - total[rows, np.maximum(walk.since, 0)], own[:, day])
        walk.close(day, fortnight[:, day], month[:, day], alarms[:, day])
        since[:, day], back[:, day], quiet[:, day], usual[:, day] = walk.since, walk.back, walk.quiet, walk.usual
    return Spells(since, quiet, back, usual)


class _Walk:
    """Where the walk over the days stands, for each actor. hushed: whether the open spell was ever a quiet one."""

    def __init__(self, actors: int) -> None:
        self.since: Counts = np.full(actors, -1, np.int64)
        self.back: Counts = np.full(actors, -1, np.int64)
        self.last_act: Counts = np.full(actors, -1, np.int64)
        self.acts: Counts = np.zeros(actors, np.int64)
        self.usual: Floats = np.zeros(actors)
        self.quiet: Flags = np.zeros(actors, bool)
        self.hushed: Flags = np.zeros(actors, bool)

    def open(self, opening: Flags, day: int, rate: Floats) -> None:
        """Begin a spell where an alarm is raised: after the last act, or where the actor still acts, four weeks ago."""
        acting = day - self.last_act < _STILL_ACTING_DAYS
        first = np.where(acting, np.maximum(day - _DATED_BACK_DAYS, 0), self.last_act + 1)
        self.since = np.where(opening, first, self.since)
        self.usual = np.where(opening, rate[np.arange(len(first)), first], self.usual)
        self.hushed = self.hushed & ~opening

    def look(self, day: int, acts: Counts, today: Counts) -> None:
        """Tell quiet from reduced."""
        self.acts = acts
        self.last_act = np.where(today > 0, day, self.last_act)
        missed = self.usual * (day - self.last_act) >= MISSED_ACTS
        hardly = acts <= NEARLY_NOTHING * self.usual * (day - self.since + 1)
        self.quiet = (self.since >= 0) & (hardly | missed)
        self.hushed = self.hushed | (self.quiet & (day - self.last_act >= _HUSHED_DAYS))

    def close(self, day: int, fortnight: Floats, month: Floats, alarm: Flags) -> None:
        """End the spells of those who are back, and of those who are gone."""
        woken = fortnight >= np.maximum(1, BACK_FROM_QUIET * self.usual * 14)
        recovered = month >= np.maximum(1, BACK_FROM_REDUCED * self.usual * 28)
        inside = (self.since >= 0) & (self.since < day)
        back = inside & ~alarm & (day - self.last_act < 7) & np.where(self.hushed, woken, recovered)
        gone = inside & (day - self.last_act > GONE_DAYS)
        self.back = np.where(back, day, self.back)
        self.since = np.where(back | gone, -1, self.since)
        self.quiet = self.quiet & (self.since >= 0)
