"""An actor's last weeks as a figure shows them: acts, what was to be expected, and how much else was reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from holdfire.analysis.silence_counts import Series
from holdfire.analysis.silence_verdict import band, judge_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days from `start`: acts seen and expected, the band that nine in ten counts lie in, and reports.

    expected, low and high are None where there is no baseline yet.
    """

    start: date
    seen: int
    reports: int
    expected: float | None = None
    low: int | None = None
    high: int | None = None


def weeks_of(series: Series, row: int, on: date, *, most: int = 52) -> tuple[Week, ...]:
    """The weeks of one actor up to a day, the last ending on it, oldest first; days outside the series are left out."""
    last = min((on - series.start).days, series.days - 1)
    judged = judge_all(series.until(last + 1)) if last >= 0 else None
    found: list[Week] = []
    for end in range(last, 5, -7):
        if len(found) == most:
            break
        days = slice(end - 6, end + 1)
        seen, reports = int(series.own[row, days].sum()), int(series.coverage[row, days].sum())
        start = series.start + timedelta(days=end - 6)
        week = judged.windows[7] if judged is not None else None
        if week is None or not week.known[row, end]:
            found.append(Week(start=start, seen=seen, reports=reports))
            continue
        mean = float(week.mean[row, end])
        low, high = band(mean, float(week.variance[row, end]))
        found.append(Week(start=start, seen=seen, reports=reports, expected=mean, low=low, high=high))
    return tuple(reversed(found))
