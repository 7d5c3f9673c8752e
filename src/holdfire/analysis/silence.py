"""Who has gone quiet beyond chance: scores of silence and of reduced activity from daily counts.

A score is the number of false alarms that an actor as usual would raise in a year at that level of surprise: lower is
more surprising. nan means that it cannot be told. Method and figures: docs/explanation/silence.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from holdfire.analysis.silence_baseline import Baseline, Tables, Tuning, fit_baseline
from holdfire.analysis.silence_counts import DAYS_A_YEAR, Floats, Series, onsets, usual_days
from holdfire.analysis.silence_evidence import Evidence, evidence_of
from holdfire.errors import SeriesError

__all__ = ["Series", "SilenceModel", "SilenceScores", "fit", "score"]

# Rows scored at a time: enough to spread the cost of the walk over days, few enough to stay in the processor's cache.
_BLOCK = 128
# Rows learned from, evenly spread over larger tables: more would take memory and teach no more.
_MOST_LEARNED = 2000
# Alarm rates a year between which the line from evidence to false alarms is fitted; outside it is drawn on.
_FITTED_RATES = (0.15, 4.0)
_LEVELS = np.arange(-3.0, 8.0, 0.1)
# Where too few alarms were raised to fit a line: evidence 1 is one false alarm a year, and each unit a tenth.
_FALLBACK = (1.0, -1.0)


@dataclass(frozen=True)
class SilenceModel:
    """What `fit` learned: the pooled baseline, and the line from evidence to false alarms a year.

    line: constant and slope of log10 false alarms a year over evidence.
    """

    baseline: Baseline
    line: tuple[float, float]
    tuning: Tuning


@dataclass(frozen=True)
class SilenceScores:
    """Expected false alarms an actor-year at the surprise of each day; nan where it cannot be told.

    Arrays of shape (actors, days). silent: for total silence. reduced: for less activity than usual, silence included.
    """

    silent: Floats
    reduced: Floats


def fit(series: Series, until: int, *, tuning: Tuning | None = None) -> SilenceModel:
    """The model learned from the days before day number `until`; later days are not looked at.

    Raises SeriesError where fewer days are left than a baseline and one window of each length need.
    """
    tuning = tuning or Tuning()
    needed = tuning.least_baseline + 2 * max(tuning.windows[:2])
    past = series.until(max(until, 0))
    if past.days < needed or not past.actors:
        raise SeriesError(
            f"Learning what is usual: {past.actors} actors over {past.days} days; at least {needed} days of one actor"
            " are needed. Give a longer series or a later day."
        )
    if past.actors > _MOST_LEARNED:
        past = past.sample(np.linspace(0, past.actors - 1, _MOST_LEARNED).astype(int))
    baseline = fit_baseline(past, tuning)
    evidence = evidence_of(baseline, Tables.of(past, tuning), tuning)
    return SilenceModel(baseline, _line(evidence, past), tuning)


def score(model: SilenceModel, series: Series) -> SilenceScores:
    """Scores of every actor and day, each from that day and the days before it alone."""
    silent, reduced = np.empty(series.own.shape), np.empty(series.own.shape)
    for first in range(0, series.actors, _BLOCK):
        rows = slice(first, first + _BLOCK)
        tables = Tables.of(series.block(first, first + _BLOCK), model.tuning)
        evidence = evidence_of(model.baseline, tables, model.tuning)
        reduced[rows] = _alarms_a_year(evidence.quieter, model)
        silent[rows] = _alarms_a_year(evidence.quieter + evidence.silent_share, model)
    return SilenceScores(silent, reduced)


def _alarms_a_year(evidence: Floats, model: SilenceModel) -> Floats:
    constant, slope = model.line
    rate: Floats = 10.0 ** np.clip(constant + slope * evidence, -12.0, 3.0)
    return rate


def _line(evidence: Evidence, past: Series) -> tuple[float, float]:
    """log10 of alarms a year over the level of evidence, on the days on which actors were usual suspects."""
    live = usual_days(past.own) & np.isfinite(evidence.quieter)
    live[:, :60] = False
    years = live.sum() / DAYS_A_YEAR
    quieter = np.where(live, evidence.quieter, -np.inf)
    rates = np.array([onsets(quieter > level).sum() for level in _LEVELS]) / max(years, 0.01)
    low, high = _FITTED_RATES
    used = (rates > low) & (rates < high) & (np.arange(len(_LEVELS)) >= int(np.argmax(rates)))
    if used.sum() < 3:
        return _FALLBACK
    slope, constant = np.polyfit(_LEVELS[used], np.log10(rates[used]), 1)
    return (float(constant), float(slope)) if slope < 0 else _FALLBACK
