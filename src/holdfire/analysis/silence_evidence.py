"""How strongly counts speak for silence: tails of windows, and a chain of states that counts are filtered through.

Evidence is on a logarithmic scale to base 10 and rises with surprise; `silence` turns it into false alarms a year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from holdfire.analysis.silence_baseline import Baseline, Expectation, Tables, Tuning, expect, rate_before
from holdfire.analysis.silence_counts import DAYS_A_YEAR, Floats

# Where the chain starts: an actor is as usual unless its counts say otherwise.
_START = (0.94, 0.02, 0.02, 0.02)
_LEAST_RATE = 1e-4


@dataclass(frozen=True)
class Evidence:
    """Arrays of shape (actors, days). quieter: for acting less than usual, nan where there is no
    baseline yet, or no coverage at all.

    silent_share: logarithm of the share of that which total silence has, at most 0.
    """

    quieter: Floats
    silent_share: Floats


def evidence_of(baseline: Baseline, tables: Tables, tuning: Tuning) -> Evidence:
    """Evidence at every day, from that day and those before it."""
    week, flow, month = tuning.windows[:3]
    root: Floats = np.full(tables.own.counts.shape, -np.inf)
    at_none: Floats = np.full(tables.own.counts.shape, -np.inf)
    kept: dict[int, Expectation] = {}
    for window in tuning.windows:
        found = expect(baseline, tables, window, tuning)
        known = found.known
        none = found.seen == 0
        signed, chance = tail(found)
        np.maximum(root, signed, out=root, where=known & ~none)
        np.maximum(at_none, chance, out=at_none, where=known & none)
        if window in (week, flow, month):
            kept[window] = found
    # The largest root has the largest surprise, so that one look-up does for all windows.
    scan = np.where(kept[week].known, np.maximum(-special.log_ndtr(-root) / np.log(10), at_none), -np.inf)
    odds, share = _chain(baseline, tables, kept[flow].offset, kept[week].spread, tuning)
    quieter = tuning.scan_share * scan + (1 - tuning.scan_share) * odds
    quieter = quieter + _calm_around(tables, kept[month].offset, month, tuning)
    quieter = quieter - _habit(quieter, tuning) - tuning.active_weight * _still_active(kept[week], tuning)
    quieter = quieter - _old_news(quieter, kept[month].mean / month, tuning)
    # Where nothing at all was reported, silence would not be seen.
    seen = tables.coverage.window(tuning.baseline + max(tuning.windows)) > 0
    return Evidence(np.where(np.isfinite(quieter) & seen, quieter, np.nan), share)


def tail(found: Expectation) -> tuple[Floats, Floats]:
    """Signed root of the negative binomial's deviance, above 0 for few acts, and -log10 of the chance of none at all.

    The upper normal tail of the root stands for the chance of so few acts; at none the chance itself is exact.
    """
    mean = np.maximum(found.mean, 1e-9)
    variance = np.maximum(found.variance, mean * 1.0001)
    size = mean * mean / (variance - mean)
    seen = found.seen + 0.5
    deviance = 2 * (seen * np.log(seen / mean) - (seen + size) * np.log((seen + size) / (mean + size)))
    root = np.sqrt(np.maximum(deviance, 0))
    return np.where(seen < mean, root, -root), size * np.log1p(mean / size) / np.log(10)


def _calm_around(tables: Tables, offset: Floats, month: int, tuning: Tuning) -> Floats:
    """What is taken off, at most 0, where reports, attacks on the actor and attacks on its allies ebbed as well.

    Silence in a general calm says less of the actor than silence under fire.
    """
    calm = tuning.calm_weights[0] * np.minimum(offset, 0)
    for attacks, weight in zip((tables.attacked, tables.allies), tuning.calm_weights[1:], strict=True):
        before, days = attacks.before(month, tuning.baseline)
        usual = before / np.maximum(days, 1) * month
        calm = calm + weight * np.minimum(np.log((attacks.window(month) + 1) / (usual + 1)), 0)
    return calm


def _alarm_starts(quieter: Floats, tuning: Tuning) -> Floats:
    """1.0 on days on which evidence rises above the level at which habits are counted."""
    above = np.nan_to_num(quieter, nan=-np.inf) > tuning.habit_level
    starts = np.zeros(above.shape)
    starts[:, 1:] = above[:, 1:] & ~above[:, :-1]
    return starts


def _habit(quieter: Floats, tuning: Tuning) -> Floats:
    """log10 of how much oftener than `habit` times a year an actor fell quiet before, up to `habit_lag` days ago."""
    lagged = np.zeros(quieter.shape)
    if quieter.shape[1] > tuning.habit_lag:
        lagged[:, tuning.habit_lag :] = np.cumsum(_alarm_starts(quieter, tuning), axis=1)[:, : -tuning.habit_lag]
    warm_up = tuning.habit_lag + tuning.least_baseline + 18
    years = np.maximum(np.arange(quieter.shape[1]) - warm_up, 0) / DAYS_A_YEAR
    rate = (lagged + 1) / (years + 1 / tuning.habit)
    discount: Floats = np.log10(np.maximum(rate / tuning.habit, tuning.habit_floor))
    return discount


def _still_active(week: Expectation, tuning: Tuning) -> Floats:
    """How far the last week's acts exceed a good part of what was expected: an alarm ends when acts come back."""
    over = np.log10((week.seen + 0.5) / (tuning.active_share * week.mean + 0.5))
    return np.maximum(over, 0.0)


def _old_news(quieter: Floats, rate: Floats, tuning: Tuning) -> Floats:
    """What of the evidence was there already some while ago: an alarm is about what is new.

    The while is the time in which `news_acts` acts are expected, in whole weeks, from two to eight; the largest
    evidence of the fortnight before it counts.
    """
    weeks = np.clip(np.rint(tuning.news_acts / np.maximum(rate, 1e-3) / 7), 2, 8).astype(np.int64)
    old = np.full(quieter.shape, -np.inf)
    today = np.arange(quieter.shape[1])
    for later in (0, 1, 2):
        then = today - 7 * (weeks + later)
        found = np.take_along_axis(quieter, np.maximum(then, 0), axis=1)
        np.fmax(old, np.where(then >= 0, found, -np.inf), out=old)
    return np.maximum(old - tuning.news_level, 0.0)


def _chain(baseline: Baseline, tables: Tables, offset: Floats, spread: Floats, tuning: Tuning) -> tuple[Floats, Floats]:
    """Filtered log10 odds of being reduced or silent, and log10 share of silent in it, from daily counts.

    Four states (usual, reduced, silent, burst) with negative-binomial emissions at levels of the lagged rate.
    """
    own = tables.own
    rate = np.maximum(rate_before(baseline, tables, tuning.chain_lag, tuning) * np.exp(offset), _LEAST_RATE)
    factor, extra = tuning.chain_spread
    size = 1 / (spread * factor + extra)
    likelihood = np.empty((own.days, len(tuning.chain_levels), own.counts.shape[0]))
    log_rate, log_size = np.log(rate), np.log(size)
    for row, level in enumerate(tuning.chain_levels):
        log_sum = np.log(size + rate * level)
        log_chance = own.counts * (log_rate + np.log(level) - log_sum) - size * (log_sum - log_size)
        likelihood[:, row] = log_chance.T
    likelihood -= likelihood.max(axis=1, keepdims=True)
    np.exp(likelihood, out=likelihood)
    moves = _moves(tuning).T.copy()
    state = np.repeat(np.array(_START)[:, None], own.counts.shape[0], axis=1)
    path = np.empty_like(likelihood)
    for day in range(own.days):
        state = moves @ state
        state *= likelihood[day]
        state /= state.sum(axis=0)
        path[day] = state
    quieter = (path[:, 1] + path[:, 2]).T
    odds = np.log10((quieter + 1e-12) / (1 - quieter + 1e-12))
    share = np.log10(np.maximum(path[:, 2].T, 1e-12) / np.maximum(quieter, 1e-12))
    return odds, np.minimum(share, 0.0)


def _moves(tuning: Tuning) -> Floats:
    """Chances of passing from one state (row) to another within a day."""
    enter, leave = tuning.chain_enter, tuning.chain_leave
    return np.array(
        [
            [1 - 3 * enter, enter, enter, enter],
            [leave, 1 - leave - enter, enter, 0],
            [leave, enter, 1 - leave - enter, 0],
            [2 * leave, enter, enter, 1 - 2 * leave - 2 * enter],
        ]
    )
