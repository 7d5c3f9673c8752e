"""What an actor is seen to do, and heard to say, from day to day: which conduct holds when reports speak of several.

The latest report decides. Decisive conducts stay a few days against lesser ones, and doubtful reports count as older
than they are (rules/conduct.toml, rules/postures.toml); among reports of one day the better founded counts. A conduct
holds until another overtakes it or its reports have faded. Method: docs/explanation/postures.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from holdfire.analysis.evidence import Report, is_partial
from holdfire.analysis.finding import opposes
from holdfire.model.posture import Family
from holdfire.rules.conducts import Conduct

# Where no report weighs so much any more, a conduct has faded: about four half-lives after a plain report.
FAINT = 0.06
# Chosen on evaluation/corpora/scenarios: no row changes between 1.05 and 1.3, nor between 0.3 and 0.7.
_WHOLE, _PARTIAL = 1.1, 0.5
FAMILIES: tuple[Family, ...] = ("deed", "word")
# How a conduct stands against the others on a day: larger wins.
_Rank = tuple[int, int, float, int, int, int]


@dataclass(slots=True)
class _Day:
    """The reports of one conduct that begin or end on this day."""

    day: int
    rank: _Rank
    mass: float
    best: float


@dataclass(slots=True)
class _Conduct:
    """One conduct of one actor on its way through the days."""

    conduct: Conduct
    days: list[_Day]
    next: int = 0
    strength: float = 0.0
    plainest: float = 0.0
    reached: int = 0
    best: _Rank | None = None

    def at(self, day: int) -> tuple[float, _Rank | None, bool]:
        """The strength left on a day, the best standing up to it, and whether all has faded. Days must not go back."""
        while self.next < len(self.days) and self.days[self.next].day <= day:
            here = self.days[self.next]
            fade = self._fade(here.day)
            self.strength = self.strength * fade + here.mass
            self.plainest = max(self.plainest * fade, here.best)
            self.reached = here.day
            self.best = max(self.best, here.rank) if self.best else here.rank
            self.next += 1
        fade = self._fade(day)
        return self.strength * fade, self.best, self.plainest * fade < FAINT

    def _fade(self, day: int) -> float:
        return float(0.5 ** ((day - self.reached) / self.conduct.half_life_days))


@dataclass(frozen=True, slots=True)
class Holding:
    """What holds on a day: for each family the conduct, None where nothing does; and the strength of every conduct."""

    day: date
    conducts: Mapping[Family, str | None]
    strengths: Mapping[str, float] = field(default_factory=dict)


def course_of(reports: Iterable[Report], days: Sequence[date], *, conducts: Mapping[str, Conduct]) -> Iterator[Holding]:
    """What holds on each of the days, which must ascend. The order of the reports does not matter."""
    running = [_Conduct(conducts[name], found) for name, found in sorted(_by_day(reports, conducts).items())]
    for day in days:
        number = day.toordinal()
        winners: dict[Family, tuple[_Rank, str]] = {}
        strengths: dict[str, float] = {}
        ranked = [(each.conduct, *each.at(number)) for each in running]
        for conduct, strength, rank, faded in ranked:
            if rank is None or faded:
                continue
            strengths[conduct.id] = strength
            family = FAMILIES[conduct.family == "word"]
            # Restraint that an attack has overtaken does not come back when the attack has faded.
            if any(other > rank and opposes(than, conduct) for than, _, other, gone in ranked if gone and other):
                continue
            if family not in winners or rank > winners[family][0]:
                winners[family] = (rank, conduct.id)
        held = {family: winners[family][1] if family in winners else None for family in FAMILIES}
        yield Holding(day=day, conducts=held, strengths=strengths)


def change_days(reports: Iterable[Report], first: date, last: date) -> list[date]:
    """The days between two days, inclusive, on which something new is reported; the two themselves among them."""
    told = {day for each in reports for day in (each.first, each.last)}
    return sorted({first, last, *(day for day in told if first <= day <= last)})


def _by_day(reports: Iterable[Report], conducts: Mapping[str, Conduct]) -> dict[str, list[_Day]]:
    sorted_out: dict[str, dict[int, list[Report]]] = defaultdict(lambda: defaultdict(list))
    for report in reports:
        # What goes on since some day is told of that day too.
        for day in {report.first, report.last}:
            sorted_out[report.conduct][day.toordinal()].append(report)
    fought = sorted_out.get("attacking", {})
    return {
        name: [
            _day(number, found, conducts[name], factor=_against_attack(name, found, number in fought))
            for number, found in sorted(by_day.items())
        ]
        for name, by_day in sorted_out.items()
    }


def _against_attack(name: str, reports: Sequence[Report], fought: bool) -> float:
    """What restraint of a day counts for on which the actor also attacked.

    A truce, or fire held altogether, ends the day's fighting; that something else was not done ("did not use its
    missiles on the port") weighs little against what was.
    """
    if name != "holding fire" or not fought:
        return 1.0
    return _PARTIAL if all(map(is_partial, reports)) else _WHOLE


def _day(number: int, reports: Sequence[Report], conduct: Conduct, *, factor: float) -> _Day:
    """One day's reports: what vouches independently counts together, what one origin repeats counts once."""
    if len(reports) == 1:
        (only,) = reports
        summed = best = only.weight
        behind, first = only.behind_days, only.entry.claim.evidence.span.start_char
    else:
        by_origin: dict[str, float] = {}
        for report in reports:
            by_origin[report.origin] = max(by_origin.get(report.origin, 0.0), report.weight)
        summed, best = sum(sorted(by_origin.values())), max(by_origin.values())
        behind = min(each.behind_days for each in reports)
        first = min(each.entry.claim.evidence.span.start_char for each in reports)
    mass = round(factor * summed, 6)
    effective = number + conduct.stays_days - behind
    return _Day(number, (effective, number, mass, len(reports), abs(conduct.heat), -first), mass, best)
