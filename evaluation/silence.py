"""Measure silence: injected silences, halvings and black-outs, dated truces, calibration, speed, and rivals beside it.

    python -m evaluation.silence SERIES.npz SERIES.json EPISODES.csv

The arrays are <set>_own, _coverage, _attacked and _allies_attacked, of shape (actors, days); the JSON gives the start
and the actors of each set. Models learn from the first half of the controls; alarms are set at one false alarm an
actor-year on the second half of the same controls, for each detector alike.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from evaluation.silence_rivals import change_points, poisson_cusum, weekly_z
from holdfire.analysis.silence import SilenceModel, fit, score
from holdfire.analysis.silence_baseline import Tables, expect
from holdfire.analysis.silence_counts import DAYS_A_YEAR, Flags, Floats, Series, onsets, usual_days

FAR = 1.0
INJECTED_DAYS, LATE_DAYS = 56, 3
KINDS = {"silent": 0.0, "half": 0.5, "blackout": 0.2, "nothing": 1.0}
Detector = Callable[[SilenceModel, Series], Floats]


@dataclass
class Set:
    """One table: the controls, and the actors with dated episodes."""

    name: str
    controls: Series
    watched: Series
    actors: list[dict[str, Any]]
    model: SilenceModel = field(init=False)

    def __post_init__(self) -> None:
        self.model = fit(self.controls, self.half)

    @property
    def half(self) -> int:
        return self.controls.days // 2


def ours(model: SilenceModel, series: Series) -> Floats:
    """-log10 of false alarms a year, the larger of both scores."""
    scores = score(model, series)
    return -np.log10(np.fmin(scores.silent, scores.reduced))


def changes(model: SilenceModel, series: Series) -> Floats:
    """Change points, looked for once a week in the second half and a little before."""
    return change_points(series.own, days=range(series.days // 2 - 7, series.days, 7))


DETECTORS: dict[str, Detector] = {
    "Holdfire": ours,
    "weekly z-score": lambda model, series: weekly_z(series.own),
    "Poisson CUSUM": lambda model, series: poisson_cusum(series.own),
    "KernelCPD": changes,
}


def load(arrays: Path, meta: Path) -> list[Set]:
    """Every table of a file."""
    held, told = np.load(arrays), json.loads(meta.read_text("utf-8"))
    found = []
    for name, each in told.items():
        tables = [
            held[f"{name}_{part}"].astype(np.int64) for part in ("own", "coverage", "attacked", "allies_attacked")
        ]
        episode = np.array([actor["episode"] for actor in each["actors"]])
        start = date.fromisoformat(each["start"])
        controls, watched = (Series(*(table[rows] for table in tables), start) for rows in (~episode, episode))
        found.append(Set(name, controls, watched, [actor for actor in each["actors"] if actor["episode"]]))
    return found


def threshold(scores: Floats, live: Flags) -> float:
    """The lowest level at and above which no more than one alarm an actor-year begins on live days."""
    known = np.where(live, np.nan_to_num(scores, nan=-np.inf), -np.inf)
    allowed = FAR * live.sum() / DAYS_A_YEAR
    levels = np.unique(known[np.isfinite(known)])
    levels = levels[np.linspace(0, len(levels) - 1, min(len(levels), 600)).astype(int)]
    best = float(levels[-1])
    for level in levels[::-1]:
        if onsets(known > level).sum() > allowed:
            break
        best = float(level)
    return best


def live_days(each: Set, scores: Floats) -> Flags:
    """The second half's days on which controls are usual suspects."""
    live = usual_days(each.controls.own) & np.isfinite(scores)
    live[:, : each.half] = False
    return live


def injected(each: Set, seed: int) -> list[tuple[str, Series, dict[int, int]]]:
    """Each kind of change put into every eligible control once, at a day of its own: kind, series, day by row."""
    chance, made = np.random.default_rng(seed), []
    for kind, share in KINDS.items():
        own, coverage, begun = each.controls.own.copy(), each.controls.coverage.copy(), {}
        for row in range(each.controls.actors):
            day = int(chance.integers(max(each.half, 90), each.controls.days - INJECTED_DAYS - 1))
            recent = own[row, max(0, day - 182) : day]
            if recent.sum() < 8 or recent.mean() * 28 < 1:
                continue
            begun[row] = day
            days = slice(day, day + INJECTED_DAYS)
            own[row, days] = chance.binomial(own[row, days], share)
            if kind == "blackout":
                coverage[row, days] = chance.binomial(coverage[row, days], share)
        base = each.controls
        made.append((kind, Series(own, coverage, base.attacked, base.allies_attacked, base.start), begun))
    return made


def found_injected(sets: list[Set], name: str, seeds: range) -> dict[str, tuple[int, int]]:
    """How many injections a detector finds, of how many, by kind, and by kind at one act a week or more."""
    counts: dict[str, list[int]] = {}
    for each in sets:
        base = DETECTORS[name](each.model, each.controls)
        level = threshold(base, live_days(each, base))
        for seed in seeds:
            for kind, series, begun in injected(each, seed):
                alarms = np.nan_to_num(DETECTORS[name](each.model, series), nan=-np.inf) > level
                for row, day in begun.items():
                    weekly = each.controls.own[row, max(0, day - 182) : day].mean() * 7
                    until = day + INJECTED_DAYS + LATE_DAYS
                    hit = alarms[row, day:until].any() and not alarms[row, day - 1]
                    for key in (kind, f"{kind} ≥1/week") if weekly >= 1 else (kind,):
                        tally = counts.setdefault(key, [0, 0])
                        tally[0] += int(hit)
                        tally[1] += 1
    return {key: (hits, of) for key, (hits, of) in counts.items()}


def found_episodes(sets: list[Set], episodes: list[dict[str, str]], name: str) -> tuple[dict[str, bool], float]:
    """Which held or partly held truces with an eligible baseline a detector finds in their first eight weeks.

    And in which share of as long stretches of the same actors, with no dated episode near, it finds something too.
    """
    found, elsewhere = {}, []
    chance = np.random.default_rng(4)
    for each in sets:
        base = DETECTORS[name](each.model, each.controls)
        level = threshold(base, live_days(each, base))
        alarms = np.nan_to_num(DETECTORS[name](each.model, each.watched), nan=-np.inf) > level
        for episode in episodes:
            row = next((at for at, actor in enumerate(each.actors) if _is_of(episode, actor, each.name)), None)
            if row is None or episode["compliance"] not in ("held", "partial"):
                continue
            begun = (date.fromisoformat(episode["start"]) - each.watched.start).days
            ended = min((date.fromisoformat(episode["end"]) - each.watched.start).days, each.watched.days - 1)
            length = min(ended - begun + 1, INJECTED_DAYS + 1)
            if not _has_baseline(each.watched, row, begun, length):
                continue
            found[episode["id"]] = _rises(alarms[row], begun, length)
            quiet = _days_of_episodes(each, episodes, row)
            starts = [
                day
                for day in range(49, each.watched.days - length)
                if not quiet[day : day + length].any() and _has_baseline(each.watched, row, day, length)
            ]
            for day in chance.permutation(starts)[:20]:
                elsewhere.append(_rises(alarms[row], int(day), length))
    return found, float(np.mean(elsewhere))


def calibration(each: Set) -> tuple[float, float, int]:
    """Weeks of the second half: Kolmogorov-Smirnov distance of their ranks from uniform, share within 90%, number."""
    tables = Tables.of(each.controls, each.model.tuning)
    week = expect(each.model.baseline, tables, 7, each.model.tuning)
    acts, days = tables.own.before(7, 182)
    usual = (acts >= 8) & (acts * 28 >= np.maximum(days, 1))
    usual[:, : each.half] = False
    chosen = np.zeros_like(usual)
    chosen[:, each.half :: 7] = usual[:, each.half :: 7]
    mean, variance = week.mean[chosen], np.maximum(week.variance[chosen], week.mean[chosen] * 1.0001)
    chance = mean / variance
    size = mean * chance / (1 - chance)
    seen = week.seen[chosen]
    below, up_to = stats.nbinom.cdf(seen - 1, size, chance), stats.nbinom.cdf(seen, size, chance)
    ranks = np.random.default_rng(2).uniform(below, up_to)
    return float(stats.kstest(ranks, "uniform").statistic), float(np.mean((ranks > 0.05) & (ranks < 0.95))), len(ranks)


def bootstrap(ours_found: dict[str, bool], theirs: dict[str, bool]) -> tuple[float, float]:
    """95% interval of the difference in the share of episodes found, resampling episodes in pairs."""
    ids = sorted(ours_found)
    gain = np.array([int(ours_found[each]) - int(theirs[each]) for each in ids])
    drawn = np.random.default_rng(3).integers(0, len(gain), (5000, len(gain)))
    low, high = np.percentile(gain[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def speed(sets: list[Set]) -> float:
    """Actor-weeks scored in a second of one core, both scores together."""
    weeks = sum(each.controls.own.size / 7 for each in sets)
    begun = time.process_time()
    for each in sets:
        score(each.model, each.controls)
    return weeks / (time.process_time() - begun)


def main(arrays: str, meta: str, episodes: str) -> None:
    """Print every figure with its denominator."""
    sets = load(Path(arrays), Path(meta))
    with Path(episodes).open(encoding="utf-8", newline="") as file:
        dated = list(csv.DictReader(file))
    print(f"At {FAR:g} false alarm an actor-year on the second half of {', '.join(each.name for each in sets)}")
    for name in DETECTORS:
        hits = found_injected(sets, name, range(1, 3) if name == "KernelCPD" else range(1, 9))
        told = ", ".join(f"{kind} {hit / of:.3f} ({hit}/{of})" for kind, (hit, of) in hits.items())
        print(f"{name}: {told}")
    truces = {name: found_episodes(sets, dated, name) for name in DETECTORS if name != "KernelCPD"}
    for name, (found, elsewhere) in truces.items():
        share = f"{sum(found.values())} of {len(found)} = {np.mean(list(found.values())):.3f}"
        print(f"truces found by {name}: {share}; alarms in as long stretches without a truce: {elsewhere:.3f}")
    low, high = bootstrap(truces["Holdfire"][0], truces["weekly z-score"][0])
    print(f"Holdfire over the weekly z-score, paired bootstrap of the difference, 95%: {low:+.3f} to {high:+.3f}")
    for each in sets:
        distance, within, number = calibration(each)
        print(f"{each.name}: {number} weeks, KS {distance:.3f}, within 90% {within:.3f}")
    print(f"{speed(sets):,.0f} actor-weeks a second of one core")


def _has_baseline(series: Series, row: int, day: int, length: int) -> bool:
    """Whether three acts or more are to be expected in a stretch, of an actor that is a usual suspect on its eve."""
    before = series.own[row, max(0, day - 182) : day]
    expected = series.own[row, max(0, day - 91) : day].mean() * length if day >= 49 else 0
    return bool(expected >= 3 and before.sum() >= 8 and before.mean() * 28 >= 1)


def _rises(alarms: Flags, day: int, length: int) -> bool:
    """Whether an alarm is raised within a stretch or three days after it, and was not on before."""
    return bool(alarms[day : day + length + LATE_DAYS].any() and not alarms[day - 1])


def _days_of_episodes(each: Set, episodes: list[dict[str, str]], row: int) -> Flags:
    """The days of an actor's dated episodes, of whatever outcome, and four weeks around them."""
    found = np.zeros(each.watched.days, bool)
    for episode in episodes:
        if _is_of(episode, each.actors[row], each.name):
            first, last = (date.fromisoformat(episode[name]) - each.watched.start for name in ("start", "end"))
            found[max(0, first.days - 28) : last.days + 29] = True
    return found


def _is_of(episode: dict[str, str], actor: dict[str, Any], name: str) -> bool:
    return (
        episode["dataset"] == name
        and episode["actor"] == actor["name"]
        and episode["src_regex"] == actor["source_regex"]
        and episode["tgt_regex"] == actor["target_regex"]
    )


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(
            "Measuring silence needs three files: python -m evaluation.silence SERIES.npz SERIES.json EPISODES.csv"
        )
    main(*sys.argv[1:])
