"""The dogs that do not bark: who acted in most earlier episodes in which a party was attacked, and does not now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy import special

from holdfire.analysis.silence_counts import Counts, Series

# Attacks on the party that lie at most so many days apart are one episode, which takes so many attacks.
APART_DAYS, LEAST_ATTACKS = 21, 3
# After the last attack an answer may still come for so many days.
ANSWER_DAYS = 14
# In a long run of attacks, a week is a flare with so many times its usual attacks, and beyond chance by so many
# standard deviations.
SURGE, DEVIATIONS = 2.0, 3.0
# A suspect acted in at least two earlier episodes, and in more than half of them.
LEAST_EPISODES, MOST_SHARE = 2, 0.5
# Acts now that would be so few by this chance or less, if the actor did as before, make a suspect.
LARGEST_CHANCE = 0.1
# What is known of a rate before any episode: half an act in a month.
_PRIOR_ACTS, _PRIOR_DAYS = 0.5, 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """Days in which a party was attacked, both included, and how many attacks there were."""

    start: date
    end: date
    attacks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """An actor that used to act in such episodes and does not now.

    acts: its acts in each earlier episode, in their order. seen, expected: its acts in the latest episode, and what the
    earlier ones would lead one to expect. chance: of so few, at most 1; smaller is more surprising. allied: whether it
    is known to be the party's ally.
    """

    key: str
    name: str
    acts: tuple[int, ...]
    seen: int
    expected: float
    chance: float
    allied: bool = False

    @property
    def acted_in(self) -> int:
        """In how many earlier episodes it acted."""
        return sum(each > 0 for each in self.acts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """The latest episode, the earlier ones, and who is missing from the latest, most surprising first."""

    latest: Episode | None
    earlier: tuple[Episode, ...]
    suspects: tuple[Suspect, ...]


def episodes_of(attacks: Counts, start: date) -> tuple[Episode, ...]:
    """Surges of attacks on a party, in order. attacks: one count for each day from `start` on."""
    days = np.flatnonzero(attacks)
    usual = float(attacks.mean()) if len(attacks) else 0.0
    groups = np.split(days, np.flatnonzero(np.diff(days) > APART_DAYS) + 1) if len(days) else []
    found = []
    for group in groups:
        # In a war that never pauses, episodes are the weeks in which it flares up.
        for part in _flares(attacks, int(group[0]), int(group[-1]), usual):
            first, last = part
            total = int(attacks[first : last + 1].sum())
            if total >= LEAST_ATTACKS:
                found.append(
                    Episode(start=start + timedelta(days=first), end=start + timedelta(days=last), attacks=total)
                )
    return tuple(found)


def suspects_of(
    series: Series,
    attacks: Counts,
    on: date,
    *,
    keys: Sequence[str],
    names: Sequence[str],
    allies: frozenset[str] = frozenset(),
    foes: frozenset[str] = frozenset(),
) -> Suspicion:
    """Who is missing from the episode that is latest on a day.

    attacks: attacks on the party, a count for each day of the series. allies, foes: keys of the party's allies, and of
    those that are left out because they attack it. Method: acts in the latest episode against a negative binomial from
    those in the earlier ones; the order is by chance, then by name.
    """
    day = (on - series.start).days
    found = episodes_of(attacks[: day + 1], series.start)
    if not found:
        return Suspicion(latest=None, earlier=(), suspects=())
    latest, earlier = found[-1], found[:-1]
    if (on - latest.end).days > ANSWER_DAYS:
        return Suspicion(latest=None, earlier=found, suspects=())
    suspects = []
    for row, (key, name) in enumerate(zip(keys, names, strict=True)):
        if key in foes or len(earlier) < LEAST_EPISODES:
            continue
        acts, days = zip(*(_acts(series, row, each, on) for each in earlier), strict=True)
        seen, length = _acts(series, row, latest, on)
        if (
            sum(each > 0 for each in acts) <= MOST_SHARE * len(earlier)
            or sum(each > 0 for each in acts) < LEAST_EPISODES
        ):
            continue
        size = _PRIOR_ACTS + sum(acts)
        share = length / (_PRIOR_DAYS + sum(days) + length)
        expected = size * length / (_PRIOR_DAYS + sum(days))
        chance = float(special.betainc(size, seen + 1, 1 - share))
        if seen < expected and chance <= LARGEST_CHANCE:
            suspects.append(
                Suspect(
                    key=key, name=name, acts=acts, seen=seen, expected=expected, chance=chance, allied=key in allies
                )
            )
    suspects.sort(key=lambda each: (each.chance, each.name))
    return Suspicion(latest=latest, earlier=earlier, suspects=tuple(suspects))


def _flares(attacks: Counts, first: int, last: int, usual: float) -> list[tuple[int, int]]:
    """The stretches of a run of attacks in which it flares up; the whole run, where it is short."""
    if last - first <= 2 * APART_DAYS:
        return [(first, last)]
    weekly = np.convolve(attacks, np.ones(7), mode="full")[: len(attacks)]
    enough = max(SURGE * usual * 7, usual * 7 + DEVIATIONS * float(np.sqrt(usual * 7)), LEAST_ATTACKS)
    high = np.flatnonzero(weekly[first : last + 1] >= enough) + first
    if not len(high):
        return []
    return [
        (max(first, int(part[0]) - 6), int(part[-1]))
        for part in np.split(high, np.flatnonzero(np.diff(high) > APART_DAYS) + 1)
    ]


def _acts(series: Series, row: int, episode: Episode, on: date) -> tuple[int, int]:
    """Acts in an episode and the days after it in which an answer may come, and how many days these are."""
    first = (episode.start - series.start).days
    last = min((episode.end - series.start).days + ANSWER_DAYS, (on - series.start).days, series.days - 1)
    return int(series.own[row, first : last + 1].sum()), last - first + 1
