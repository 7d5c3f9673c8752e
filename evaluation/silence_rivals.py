"""Other ways to see that somebody stopped: weekly z-score, Poisson CUSUM, and change points by ruptures.

Each takes counts of shape (actors, days) and gives a score of the same shape, from each day and those before it; larger
is more surprising.
"""

from __future__ import annotations

import numpy as np

from holdfire.analysis.silence_counts import Counts, Floats, Sums

BASELINE = 182


def weekly_z(own: Counts) -> Floats:
    """How many standard deviations a week lies below those of the half year before it."""
    week = Sums(own).window(7)
    count, days = Sums(own).before(7, BASELINE)
    mean = count / np.maximum(days, 1) * 7
    squares = Sums(week**2).before(7, BASELINE)[0] / np.maximum(days, 1)
    spread = np.sqrt(np.maximum(squares - (Sums(week).before(7, BASELINE)[0] / np.maximum(days, 1)) ** 2, 0.25))
    return np.where(days >= 42, (mean - week) / spread, -np.inf)


def poisson_cusum(own: Counts, *, level: float = 0.3, lag: int = 28) -> Floats:
    """Page's cumulative sum of log-likelihood ratios for a fall to `level` of the rate before the last `lag` days."""
    count, days = Sums(own).before(lag, BASELINE)
    rate = (count + 0.5) / (days + 10)
    found = np.zeros(own.shape)
    total = np.zeros(own.shape[0])
    for day in range(own.shape[1]):
        total = np.maximum(0, total + own[:, day] * np.log(level) + rate[:, day] * (1 - level))
        found[:, day] = total
    return np.where(days >= 42, found, -np.inf)


def change_points(own: Counts, *, days: list[int] | range, look_back: int = 182) -> Floats:
    """What one break explains of the weekly counts of the last half year, where it is a fall in the last 12 weeks.

    ruptures' KernelCPD with the Gaussian kernel finds the break; only the days asked for are looked at, and each holds
    until the next. The score is the fall in the sum of squares over the variance.
    """
    import ruptures

    found = np.full(own.shape, -np.inf)
    for row, counts in enumerate(own):
        for day, until in zip(days, [*days[1:], own.shape[1]], strict=True):
            start = max(0, day + 1 - look_back)
            weeks = counts[start : day + 1]
            weeks = weeks[len(weeks) % 7 :].reshape(-1, 7).sum(axis=1).astype(float)
            if len(weeks) < 10 or weeks.std() == 0:
                continue
            algorithm = ruptures.KernelCPD(kernel="rbf", min_size=2).fit(weeks[:, None])
            at = algorithm.predict(n_bkps=1)[0]
            before, after = weeks[:at], weeks[at:]
            fell = before.mean() - after.mean()
            recent = len(weeks) - at <= 12
            gain = len(before) * len(after) / len(weeks) * fell**2 / weeks.var()
            found[row, day:until] = gain if fell > 0 and recent else 0.0
    return found
