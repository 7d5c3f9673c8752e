"""Inclusive stretches of days, and the calendar arithmetic that news time needs."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """From `start` to `end`, both included. None is an open end; `unresolved` precision means that neither is known.

    `precision` is the unit that the words mean: day, week, part, month, season, year, decade, vague or unresolved.
    """

    start: date | None
    end: date | None
    precision: str = "day"

    @property
    def resolved(self) -> bool:
        """Whether at least one end is known."""
        return self.start is not None or self.end is not None


UNRESOLVED = Interval(start=None, end=None, precision="unresolved")


def one_day(day: date, *, shift: int = 0) -> Interval:
    """The day itself, or the one `shift` days on."""
    moved = day + timedelta(days=shift)
    return Interval(start=moved, end=moved)


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None for one that no calendar has (31 February, 29 February of a common year)."""
    if not (1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def whole_month(year: int, month: int, part: str = "") -> Interval:
    """A month, or its early (1-10), mid (11-20) or late (21-) third."""
    last = calendar.monthrange(year, month)[1]
    first, final = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part, (1, last))
    return Interval(start=date(year, month, first), end=date(year, month, final), precision="part" if part else "month")


def whole_year(year: int, part: str = "") -> Interval:
    """A year, or its early (January to April), mid (May to August) or late (September to December) third."""
    first, final = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(part, (1, 12))
    end = date(year, final, calendar.monthrange(year, final)[1])
    return Interval(start=date(year, first, 1), end=end, precision="part" if part else "year")


def whole_week(day: date, part: str = "") -> Interval:
    """The calendar week, Monday to Sunday, that holds the day, or its early, mid or late days."""
    monday = day - timedelta(days=day.weekday())
    first, final = {"early": (0, 2), "mid": (2, 3), "late": (3, 6)}.get(part, (0, 6))
    return Interval(start=monday + timedelta(days=first), end=monday + timedelta(days=final), precision="week")


def weekend_of(day: date) -> Interval:
    """Saturday and Sunday of the calendar week that holds the day."""
    monday = day - timedelta(days=day.weekday())
    return Interval(start=monday + timedelta(days=5), end=monday + timedelta(days=6), precision="week")


def add_months(day: date, months: int) -> date:
    """The same day of a later or earlier month, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_units(day: date, count: int, unit: str) -> date:
    """The day so many hours, days, weeks, fortnights, months or years on; hours round up to whole days."""
    if unit == "hour":
        return day + timedelta(days=-(-abs(count) // 24) * (1 if count > 0 else -1) if abs(count) >= 24 else 0)
    if unit in ("day", "week", "fortnight"):
        return day + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    return add_months(day, count * (12 if unit == "year" else 1))


def clipped(interval: Interval, *, first: date | None = None, last: date | None = None) -> Interval:
    """The part of the interval from `first` to `last`; unchanged where nothing would be left."""
    start, end = interval.start, interval.end
    if first and start and start < first:
        start = first
    if last and end and end > last:
        end = last
    return interval if start and end and start > end else replace(interval, start=start, end=end)


def joined(first: Interval, last: Interval) -> Interval:
    if first.start is None or last.end is None:
        return UNRESOLVED
    start = first.start
    if start > last.end and (start - last.end).days < 7:
        start -= timedelta(days=7)
    return Interval(start=start, end=last.end, precision=first.precision) if start <= last.end else UNRESOLVED


def edged(found: Interval, edge: str, anchor: date | None) -> Interval:
    """The interval that "since", "until", "by", "before", "after", "from" or "on the eve of" makes of a time."""
    if not edge or found.precision == "unresolved" or found.start is None or found.end is None:
        return found
    if edge == "since":
        return replace(found, end=anchor)
    if edge in ("until", "by"):
        return replace(found, start=None)
    if edge == "before":
        return replace(found, start=None, end=found.start - timedelta(days=1))
    if edge == "after":
        return replace(found, start=found.end + timedelta(days=1), end=None)
    if edge == "eve":
        return Interval(start=found.start - timedelta(days=1), end=found.start - timedelta(days=1))
    return replace(found, end=None)
