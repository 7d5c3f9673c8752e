"""What counting says of each actor on a day, in one of six words, with what it rests on.

Quiet, not reported and cannot tell are three findings, and none of them is restraint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from scipy import stats

from holdfire.analysis.silence import SilenceModel, fit, score
from holdfire.analysis.silence_baseline import Expectation, Tables, expect, rate_before
from holdfire.analysis.silence_counts import Floats, Series
from holdfire.analysis.silence_spells import GONE_DAYS, Spells, spells_of
from holdfire.errors import SeriesError
from holdfire.model.silence import Quietness, Word

# Alarms a year and actor that are put up with.
ALARMS_A_YEAR = 0.2
# Coverage below this part of the usual may be why nothing was reported.
FALLEN_COVERAGE = 0.7
# With less than this part nearly nothing would have been reported, whatever was done.
LOST_COVERAGE = 0.3
# So long after its return an actor is told to be back.
BACK_DAYS = 28
# The part of counts, around their middle, that the band of a figure or verdict holds.
BAND = 0.9
# Rows judged at a time, so that memory stays small however many actors there are.
_BLOCK = 256
# Where no spell is open, the window that is shown.
_MONTH = 28
# How surprising a total silence is, as a window, on the day on which it raises an alarm: median over silences put into
# invented tables of 1 act a month to 3 a day.
_SURPRISE_OF_AN_ALARM = 1.4


@dataclass(frozen=True)
class Judged:
    """A table with its scores and spells. blind: the spells that there would be if coverage were not looked at.

    shortest: days of total silence that would raise an alarm. rate: acts a day before each day.
    """

    series: Series
    model: SilenceModel
    reduced: Floats
    spells: Spells
    blind: Spells
    windows: dict[int, Expectation]
    shortest: Floats
    rate: Floats


def learned_from(series: Series) -> SilenceModel | None:
    """The model of a table, from the days up to 56 before its end, so that a silence now is no part of what is usual.

    None where the table is too short to learn from.
    """
    try:
        return fit(series, max(series.days - 56, min(series.days, 126)))
    except SeriesError:
        return None


def judge_all(series: Series, *, model: SilenceModel | None = None, alarms: float = ALARMS_A_YEAR) -> Judged | None:
    """Scores and spells of a table; None where it is too short to learn from.

    model: what was learned, by default from the table itself. alarms: false alarms a year and actor that open a spell.
    """
    model = model or learned_from(series)
    if model is None:
        return None
    tables = Tables.of(series, model.tuning)
    rate = rate_before(model.baseline, tables, 1, model.tuning)
    windows = {each: expect(model.baseline, tables, each, model.tuning) for each in model.tuning.windows}
    telling = _shortest(model, tables, windows[_MONTH], rate) <= max(windows)
    reduced = score(model, series).reduced
    blind = score(model, replace(series, coverage=np.ones_like(series.coverage))).reduced
    return Judged(
        series=series,
        model=model,
        reduced=reduced,
        spells=spells_of((reduced <= alarms) & telling, series.own, rate),
        blind=spells_of((blind <= alarms) & telling, series.own, rate),
        windows=windows,
        shortest=_shortest(model, tables, windows[_MONTH], rate),
        rate=rate,
    )


def quietness_of(series: Series, on: date, *, keys: Sequence[str], names: Sequence[str]) -> tuple[Quietness, ...]:
    """What counting says of every actor of a table on a day, in the order of the table.

    The last day of the series is the last that its source covers: days after it cannot be told, nor can those of a
    table that is too short.
    """
    day = (on - series.start).days
    last = _date(series, series.days - 1)
    past = series.until(day + 1) if 0 <= day < series.days else None
    model = learned_from(past) if past is not None else None
    if past is not None and model is not None:
        found: list[Quietness] = []
        for first in range(0, past.actors, _BLOCK):
            rows = slice(first, first + _BLOCK)
            judged = judge_all(past.sample(rows), model=model)
            if judged is not None:
                found += quietness_on(judged, day, keys=keys[rows], names=names[rows])
        return tuple(found)
    if day >= series.days:
        reason = f"the counts end on {last}"
    elif day < 0:
        reason = f"the counts begin on {series.start}"
    else:
        reason = f"there are counts of {day + 1} days, too few to tell what is usual"
    return tuple(cannot_tell(key=key, name=name, on=on, reason=reason) for key, name in zip(keys, names, strict=True))


def quietness_on(judged: Judged, day: int, *, keys: Sequence[str], names: Sequence[str]) -> tuple[Quietness, ...]:
    """What counting says of every actor on day number `day`, in the order of the table."""
    return tuple(
        _quietness(judged, actor, day, key, name) for actor, (key, name) in enumerate(zip(keys, names, strict=True))
    )


def cannot_tell(*, key: str, name: str, on: date, reason: str, seen: int = 0) -> Quietness:
    """The answer where there is nothing to count from."""
    return Quietness(key=key, name=name, on=on, word="cannot tell", reason=reason, window=_MONTH, seen=seen)


def _shortest(model: SilenceModel, tables: Tables, month: Expectation, rate: Floats) -> Floats:
    """Days of total silence, at each actor's rate and the coverage of each day, that would raise an alarm.

    Method: the chance of no act in so many days, with the actor's dispersion.
    """
    acts = tables.own.window(model.tuning.baseline)
    size = 1 / (month.spread + 1 / (model.baseline.prior_acts + acts))
    with np.errstate(over="ignore"):
        days: Floats = size * (10 ** (_SURPRISE_OF_AN_ALARM / size) - 1) / (rate * np.exp(month.offset))
    return days


def _quietness(judged: Judged, actor: int, day: int, key: str, name: str) -> Quietness:
    series, spells = judged.series, judged.spells
    begun = int(spells.since[actor, day])
    missing = int(judged.blind.since[actor, day])
    told = _told(judged, actor, day)
    needed = float(judged.shortest[actor, day])
    shortest = int(np.ceil(needed)) if needed <= GONE_DAYS else None
    coverage = _coverage(series, actor, day)
    back = int(spells.back[actor, day])
    word: Word
    since: int | None = None
    if told is not None:
        word, reason = "cannot tell", told
    elif begun >= 0 and _coverage_since(series, actor, begun, max(begun, day - _MONTH + 1), day) < LOST_COVERAGE:
        word, since, reason = "not reported", begun, "hardly anything was reported at all"
    elif begun >= 0 and spells.quiet[actor, day]:
        # A spell may have begun with less, and become quiet later.
        begun = max(begun, int(np.max(np.flatnonzero(series.own[actor, : day + 1]), initial=-1)) + 1)
        word, since, reason = "quiet", begun, "hardly any act, and the coverage was there"
    elif begun >= 0:
        word, since, reason = "reduced", begun, "fewer acts than chance explains, and the coverage was there"
    elif missing >= 0 and coverage is not None and coverage < FALLEN_COVERAGE:
        word, since, reason = "not reported", missing, "fewer acts, but reporting fell with them"
    elif 0 <= day - back < BACK_DAYS and back >= 0:
        word, since, reason = "back", back, "acts again after a spell of less"
    elif shortest is None or shortest > max(judged.windows):
        word, reason = "cannot tell", _too_rare(shortest)
    else:
        word, reason = "normal", "what is seen is within chance"
    acted = np.flatnonzero(series.own[actor, : day + 1])
    found = Quietness(
        key=key,
        name=name,
        on=_date(series, day),
        word=word,
        reason=reason,
        window=_MONTH,
        seen=int(series.own[actor, max(0, day - _MONTH + 1) : day + 1].sum()),
        coverage=coverage,
        since=None if since is None else _date(series, since),
        last_act=_date(series, int(acted[-1])) if len(acted) else None,
        shortest=shortest,
    )
    return found if told is not None else _with_numbers(found, judged, actor, day, since)


def _with_numbers(found: Quietness, judged: Judged, actor: int, day: int, since: int | None) -> Quietness:
    """The spell or the last four weeks: what was seen and expected in it, and how surprising it became."""
    first = max(0, day - _MONTH + 1) if since is None or found.word == "back" else since
    length = day - first + 1
    expectation = judged.windows[min(judged.windows, key=lambda each: abs(each - length))]
    usual = float(judged.rate[actor, first])
    mean = usual * length * float(np.exp(expectation.offset[actor, day]))
    acts = float(judged.series.own[actor, max(0, first - 182) : first].sum())
    spread = float(expectation.spread[actor, first]) + 1 / (judged.model.baseline.prior_acts + acts)
    low, high = band(mean, mean + mean * mean * spread)
    surprise = judged.reduced[actor, first : day + 1]
    return replace(
        found,
        window=length,
        seen=int(judged.series.own[actor, first : day + 1].sum()),
        expected=mean,
        low=low,
        high=high,
        usual_week=usual * 7,
        false_alarms=float(np.nanmin(surprise)) if np.isfinite(surprise).any() else None,
    )


def band(mean: float, variance: float) -> tuple[int, int]:
    """Between which counts the middle nine tenths of a negative binomial lie, ends included."""
    mean = max(mean, 1e-9)
    variance = max(variance, mean * 1.0001)
    chance = mean / variance
    size = mean * chance / (1 - chance)
    tail = (1 - BAND) / 2
    return int(stats.nbinom.ppf(tail, size, chance)), int(stats.nbinom.ppf(1 - tail, size, chance))


def _told(judged: Judged, actor: int, day: int) -> str | None:
    """Why nothing can be said at all, if so."""
    series = judged.series
    if not series.coverage[actor, max(0, day - 237) : day + 1].any():
        return "nothing was reported on its country or conflict, so that silence would not be seen"
    if not np.isfinite(judged.reduced[actor, day]):
        return f"there are {day + 1} days of history, too few for a baseline"
    first = np.flatnonzero(series.own[actor, : day + 1])
    if not len(first):
        return "no act of it was ever seen"
    needed = judged.model.tuning.least_baseline + judged.model.tuning.windows[0]
    if day - first[0] < needed:
        return f"its first act was seen {day - first[0]} days before, and a baseline takes {needed}"
    return None


def _too_rare(shortest: int | None) -> str:
    if shortest is None:
        return "it acts so rarely that not even a year of silence would be beyond chance"
    return f"it acts so rarely that only a silence of {shortest} days would be beyond chance"


def _coverage(series: Series, actor: int, day: int) -> float | None:
    """Reports in the last four weeks over those of like stretches of the half year before; None for none before."""
    first = max(0, day - _MONTH + 1)
    if not series.coverage[actor, max(0, first - 182) : first].any():
        return None
    return _coverage_since(series, actor, first, first, day)


def _coverage_since(series: Series, actor: int, before: int, first: int, day: int) -> float:
    """Reports a day from `first` to `day`, over those of the half year before `before`; 1 where there were none."""
    usual = series.coverage[actor, max(0, before - 182) : before]
    if not usual.any():
        return 1.0
    return float(series.coverage[actor, first : day + 1].mean() / usual.mean())


def _date(series: Series, day: int) -> date:
    return series.start + timedelta(days=day)
