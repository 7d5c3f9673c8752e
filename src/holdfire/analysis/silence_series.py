"""Daily series of actors from single acts, whoever reported them: claims of the ledger or rows of event tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

import numpy as np

from holdfire.analysis.silence_counts import Series
from holdfire.errors import SeriesError
from holdfire.rules.silence import Counted

Dated = Literal["event", "report"]
# So often must one party help another, and oftener than attack it, to pass for its ally.
_TIES_OF_AN_ALLY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Somebody's act, or so many like it, on a day; parties by key, None where nobody is named.

    event: PLOVER type. conduct: of a claim, "" for one without; None for a row of a table, which counts by its event.
    reported_on: day of the first report. fact: acts that share it are one act told again; "" is an act of its own.
    """

    day: date
    event: str | None
    actor: str | None = None
    recipient: str | None = None
    conduct: str | None = None
    country: str | None = None
    reported_on: date | None = None
    fact: str = ""
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Whom to count, and how.

    actors: keys, one row each. own: attacks, deeds or words. countries: where an actor's coverage is looked for; for
    one that is not listed it is where most of its acts were. allies: the keys of each actor's allies. same: keys that
    stand for another one (a split name). dated: by the day of the event, or of the first report of it.
    """

    actors: Sequence[str]
    own: str = "attacks"
    dated: Dated = "event"
    countries: Mapping[str, str] = field(default_factory=dict)
    allies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)


class Tallies:
    """Counts by day that acts are added to one at a time, so that tables of any length can be read."""

    def __init__(self, watch: Watch, counted: Mapping[str, Counted]) -> None:
        self._watch = watch
        self._counted = counted
        self._seen: set[str] = set()
        self._own: dict[str, Counter[date]] = defaultdict(Counter)
        self._suffered: dict[str, Counter[date]] = defaultdict(Counter)
        self._reports: dict[str, Counter[date]] = defaultdict(Counter)
        self._own_reports: dict[tuple[str, str], Counter[date]] = defaultdict(Counter)
        self._where: dict[str, Counter[str]] = defaultdict(Counter)
        self.first: date | None = None
        self.last: date | None = None

    def watch(self, watch: Watch) -> None:
        """Look for coverage and allies as told from now on; what was counted stays."""
        self._watch = watch

    def add(self, act: Act) -> None:
        """Count an act, once for each fact. Raises SeriesError for a count that is negative or not whole."""
        if not isinstance(act.count, int) or act.count < 0:
            raise SeriesError(f"Counting acts of {act.day}: the count is {act.count!r}; give a whole number from 0 up.")
        if act.fact:
            if act.fact in self._seen:
                return
            self._seen.add(act.fact)
        day = act.day if self._watch.dated == "event" or act.reported_on is None else act.reported_on
        self.first = day if self.first is None else min(self.first, day)
        self.last = day if self.last is None else max(self.last, day)
        actor, recipient = self._key(act.actor), self._key(act.recipient)
        if actor and self._is_own(act):
            self._own[actor][day] += act.count
        if recipient and act.event in self._counted["attacks"].events:
            self._suffered[recipient][day] += act.count
        if actor and act.country:
            self._where[actor][act.country] += act.count
        if act.country and act.event in self._counted["reports"].events:
            self._reports[act.country][day] += act.count
            if actor:
                self._own_reports[actor, act.country][day] += act.count

    def series(self, first: date, last: date, *, actors: Sequence[str] | None = None) -> Series:
        """The series of the watched actors, or of others, from `first` to `last`, both included.

        Raises SeriesError where there are no such days.
        """
        if last < first:
            raise SeriesError(f"Counting acts from {first} to {last}: these are no days. Give a later last day.")
        actors = self._watch.actors if actors is None else actors
        shape = (len(actors), (last - first).days + 1)
        own, coverage, attacked, allies = (np.zeros(shape, np.int64) for _ in range(4))
        for row, key in enumerate(actors):
            _fill(own[row], self._own.get(key), first)
            _fill(attacked[row], self._suffered.get(key), first)
            for ally in self._watch.allies.get(key, frozenset()):
                _fill(allies[row], self._suffered.get(ally), first)
            country = self.country_of(key)
            if country is None:
                for each in self._reports.values():
                    _fill(coverage[row], each, first)
            else:
                _fill(coverage[row], self._reports.get(country), first)
                _fill(coverage[row], self._own_reports.get((key, country)), first, sign=-1)
        return Series(own, np.maximum(coverage, 0), attacked, allies, first)

    def acting(self, least: int) -> tuple[str, ...]:
        """The keys of those with so many acts or more, most acts first."""
        totals = {key: sum(days.values()) for key, days in self._own.items()}
        return tuple(
            key for key, total in sorted(totals.items(), key=lambda each: (-each[1], each[0])) if total >= least
        )

    def country_of(self, key: str) -> str | None:
        """Where an actor's coverage is looked for; None for everywhere."""
        if key in self._watch.countries:
            return self._watch.countries[key]
        most = self._where[key].most_common(1) if key in self._where else []
        return most[0][0] if most else None

    def _key(self, key: str | None) -> str | None:
        return self._watch.same.get(key, key) if key else None

    def _is_own(self, act: Act) -> bool:
        wanted = self._counted[self._watch.own]
        return act.conduct in wanted.conducts if act.conduct is not None else act.event in wanted.events


def series_of(acts: Iterable[Act], watch: Watch, counted: Mapping[str, Counted], *, first: date, last: date) -> Series:
    """The series of acts that are at hand as a whole."""
    tallies = Tallies(watch, counted)
    for act in acts:
        tallies.add(act)
    return tallies.series(first, last)


def learned_allies(acts: Iterable[Act], counted: Mapping[str, Counted], *, before: date) -> dict[str, frozenset[str]]:
    """Who helped whom at least three times before a day, and oftener than it attacked it; ties hold both ways."""
    helped: Counter[frozenset[str]] = Counter()
    for act in acts:
        if act.day >= before or not act.actor or not act.recipient or act.actor == act.recipient:
            continue
        pair = frozenset((act.actor, act.recipient))
        if act.event in counted["ties"].events:
            helped[pair] += act.count
        elif act.event in counted["attacks"].events:
            helped[pair] -= act.count
    found: dict[str, set[str]] = defaultdict(set)
    for pair, often in helped.items():
        if often >= _TIES_OF_AN_ALLY:
            one, other = pair
            found[one].add(other)
            found[other].add(one)
    return {key: frozenset(allies) for key, allies in found.items()}


def _fill(
    row: np.ndarray[tuple[int], np.dtype[np.int64]], days: Counter[date] | None, first: date, sign: int = 1
) -> None:
    for day, count in (days or {}).items():
        at = (day - first).days
        if 0 <= at < len(row):
            row[at] += sign * count


def day_number(series: Series, day: date) -> int:
    """The column of a day, which may lie outside the series."""
    return (day - series.start) // timedelta(days=1)
