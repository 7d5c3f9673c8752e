"""How many acts were to be expected of an actor in a window, and how far counts stray from it.

Method: a Gamma-Poisson rate from the half year before the window, shrunk over the actors, follows the last weeks; it is
multiplied by what a pooled negative-binomial regression gives for the coverage of the window. Attacks on the actor
and on its allies stand in that regression as columns, so that coverage is not credited with what they do, and stay out
of the expectation. See docs/explanation/silence.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from holdfire.analysis.silence_counts import Flags, Floats, Series, Sums, ago

# Fewer windows than this teach nothing on what coverage does.
_LEAST_WINDOWS = 10


@dataclass(frozen=True)
class Tuning:
    """The numbers that were chosen by trial, on silences put into the earlier halves of public event tables.

    Days unless said otherwise. Each stands beside what it does in docs/explanation/silence.md.
    """

    windows: tuple[int, ...] = (7, 14, 28, 56)
    baseline: int = 182
    half_life: float = 30.0
    least_baseline: int = 42
    recent_prior_acts: float = 30.0
    pseudo_reports: float = 4.0
    dispersion_windows: float = 6.0
    chain_lag: int = 14
    chain_levels: tuple[float, ...] = (1.0, 0.3, 0.01, 2.5)
    chain_enter: float = 1 / 2000
    chain_leave: float = 1 / 120
    chain_spread: tuple[float, float] = (3.5, 0.05)
    scan_share: float = 0.25
    calm_weights: tuple[float, float, float] = (0.1, 0.3, 0.15)
    habit: float = 1.5
    habit_level: float = 1.0
    habit_lag: int = 42
    habit_floor: float = 0.1
    active_share: float = 0.5
    active_weight: float = 2.0
    news_acts: float = 4.0
    news_level: float = 0.1


@dataclass(frozen=True)
class Baseline:
    """What is pooled over the actors: the Gamma prior of rates, and for each window regression and dispersion.

    coefficients: constant, log coverage ratio, attacks on the actor, attacks on its allies.
    """

    prior_acts: float
    prior_days: float
    coefficients: Mapping[int, tuple[float, float, float, float]]
    dispersion: Mapping[int, float]


@dataclass(frozen=True)
class Tables:
    """The running sums of a series."""

    own: Sums
    coverage: Sums
    attacked: Sums
    allies: Sums
    fading: tuple[Floats, Floats]

    @classmethod
    def of(cls, series: Series, tuning: Tuning) -> Tables:
        own = Sums(series.own)
        others = (Sums(series.coverage), Sums(series.attacked), Sums(series.allies_attacked))
        return cls(own, *others, own.fading(tuning.half_life))


@dataclass(frozen=True)
class Expectation:
    """For one window length, at every day: the acts seen and expected, and the variance of their number.

    offset: the logarithm of what coverage makes of the rate. known: whether the baseline is long enough.
    """

    seen: Floats
    mean: Floats
    variance: Floats
    spread: Floats
    offset: Floats
    known: Flags


def fit_baseline(series: Series, tuning: Tuning) -> Baseline:
    """Prior by the method of moments; regression and dispersion by window, on windows that do not overlap."""
    rates = series.own.mean(axis=1)
    mean, variance = float(rates.mean()), float(rates.var())
    prior_acts = max(0.3, mean * mean / max(variance, 1e-9))
    prior = Baseline(prior_acts, prior_acts / max(mean, 1e-6), {}, {})
    tables = Tables.of(series, tuning)
    coefficients, dispersion = {}, {}
    last = ((0.0, 0.0, 0.0, 0.0), 0.0, 1.0)
    for window in tuning.windows:
        apart = slice(tuning.least_baseline + window, None, window)
        expected = (rate_before(prior, tables, window, tuning) * window)[:, apart]
        told = expected > 0.05
        columns = [each[:, apart][told] for each in _context(tables, window, tuning)]
        seen = tables.own.window(window)[:, apart][told]
        if len(seen) < _LEAST_WINDOWS:
            # Too short a table for this window: what the shorter one taught stands for it.
            found, constant, dispersion[window] = last
        else:
            found, dispersion[window] = _regress(seen, expected[told], np.stack([np.ones(len(seen)), *columns], axis=1))
            # Attacks stay out of the expectation, so that its constant is set anew: what was seen is what was expected.
            unscaled = expected[told] * np.exp(_offset(0.0, found[1], columns[0]))
            constant = float(np.log((seen.sum() + 1) / (unscaled.sum() + 1)))
            last = (found, constant, dispersion[window])
        coefficients[window] = (constant, *found[1:])
    return Baseline(prior.prior_acts, prior.prior_days, coefficients, dispersion)


def expect(baseline: Baseline, tables: Tables, window: int, tuning: Tuning) -> Expectation:
    """What was seen and expected in the window that ends on each day."""
    constant, slope = baseline.coefficients[window][:2]
    ratio = _coverage_ratio(tables.coverage, window, tuning)
    offset = _offset(constant, slope, ratio)
    mean = rate_before(baseline, tables, window, tuning) * window * np.exp(offset)
    seen = tables.own.window(window)
    acts, days = tables.own.before(window, tuning.baseline)
    spread = _spread(seen, mean, window, baseline.dispersion[window], tuning)
    variance = mean + mean * mean * (spread + 1 / (baseline.prior_acts + acts))
    known = np.broadcast_to(days >= tuning.least_baseline, mean.shape)
    return Expectation(seen, mean, variance, spread, offset, known)


def rate_before(baseline: Baseline, tables: Tables, window: int, tuning: Tuning) -> Floats:
    """Acts a day that an actor was used to before the window that ends on each day."""
    acts, days = tables.own.before(window, tuning.baseline)
    long_run = (baseline.prior_acts + acts) / (baseline.prior_days + days)
    totals, weights = tables.fading
    recent, span = ago(totals, window), ago(weights[None, :], window)[0]
    prior = tuning.recent_prior_acts
    found: Floats = (prior + recent) / (prior / np.maximum(long_run, 1e-4) + span)
    return found


def _offset(constant: float, slope: float, ratio: Floats) -> Floats:
    # Half as many reports can hide half the acts, whatever the regression says of small changes.
    found: Floats = constant + np.clip(np.where(ratio < 0, max(slope, 1.0), slope) * ratio, -2.0, 0.7)
    return found


def _coverage_ratio(coverage: Sums, window: int, tuning: Tuning) -> Floats:
    """Logarithm of the reports in the window over those of a like stretch of its baseline."""
    reports, days = coverage.before(window, tuning.baseline)
    usual = reports / np.maximum(days, 1) * window
    found: Floats = np.log((coverage.window(window) + tuning.pseudo_reports) / (usual + tuning.pseudo_reports))
    return found


def _context(tables: Tables, window: int, tuning: Tuning) -> tuple[Floats, Floats, Floats]:
    surges = []
    for attacks in (tables.attacked, tables.allies):
        before, days = attacks.before(window, tuning.baseline)
        usual = before / np.maximum(days, 1) * window
        surges.append(np.maximum(0, np.log((attacks.window(window) + 1) / (usual + 1))))
    return _coverage_ratio(tables.coverage, window, tuning), surges[0], surges[1]


def _regress(seen: Floats, expected: Floats, columns: Floats) -> tuple[tuple[float, float, float, float], float]:
    """Ridge negative-binomial regression with `expected` as exposure: coefficients and dispersion.

    Damped Fisher scoring; the dispersion is re-estimated by moments at each step, within .02 and 5.
    """
    found, dispersion = np.zeros(columns.shape[1]), 1.0
    ridge = np.r_[0.0, np.ones(columns.shape[1] - 1)]
    for _ in range(25 if len(seen) else 0):
        mean = expected * np.exp(np.clip(columns @ found, -3, 3))
        gradient = columns.T @ ((seen - mean) / (1 + mean * dispersion)) - ridge * found
        weights = mean / (1 + mean * dispersion)
        curvature = (columns * weights[:, None]).T @ columns + np.diag(ridge + 1e-6)
        found = found + 0.7 * np.linalg.solve(curvature, gradient)
        mean = expected * np.exp(np.clip(columns @ found, -3, 3))
        dispersion = float(np.clip(np.sum((seen - mean) ** 2 - mean) / max(np.sum(mean * mean), 1e-9), 0.02, 5))
    constant, coverage, attacked, allies = (float(each) for each in found)
    return (constant, coverage, attacked, allies), dispersion


def _spread(seen: Floats, mean: Floats, window: int, pooled: float, tuning: Tuning) -> Floats:
    """The actor's own dispersion over its baseline, shrunk to the pooled one by a few windows' worth."""
    square = mean * mean
    excess, days = Sums((seen - mean) ** 2 - mean).before(window, tuning.baseline)
    squares = Sums(square).before(window, tuning.baseline)[0]
    typical = np.sqrt(squares / np.maximum(days, 1))
    weight = (typical / (1 + typical)) ** 2 * (days / window)
    own = np.clip(excess / np.maximum(squares, 1e-9), 0, 6)
    shrunk: Floats = (weight * own + tuning.dispersion_windows * pooled) / (weight + tuning.dispersion_windows)
    return np.clip(shrunk, 0.02, 5)
