"""The reckonings behind the patterns of en/dates.toml: from matched words and an anchor day to an interval."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from holdfire.extraction.dates_calendar import (
    before_last_time,
    calendar_time,
    decade_time,
    half_time,
    holiday_time,
    quarter_time,
    season_time,
    weekend_alone_time,
    year_time,
)
from holdfire.extraction.dates_context import Context, day_or_unresolved, group, number_of, part_of, unit_of
from holdfire.extraction.intervals import (
    UNRESOLVED,
    Interval,
    add_months,
    add_units,
    clipped,
    one_day,
    safe_date,
    whole_month,
    whole_week,
    whole_year,
)

Reckoning = Callable[["re.Match[str]", Context], Interval]


def reckon(match: re.Match[str], context: Context) -> Interval:
    """The interval that the matched words mean; UNRESOLVED where they, the calendar or the anchor do not settle it."""
    return _RECKONINGS[context.pattern.kind](match, context)


def _iso(match: re.Match[str], _: Context) -> Interval:
    return day_or_unresolved(int(match["y"]), int(match["m"]), int(match["d"]))


def _numeric(match: re.Match[str], _: Context) -> Interval:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if first > 12 or first == second:
        return day_or_unresolved(year, second, first)
    return day_or_unresolved(year, first, second) if second > 12 else UNRESOLVED


def _date(match: re.Match[str], context: Context) -> Interval:
    month, day = context.rules.months[group(match, "month")], int(match["d"])
    second = int(match["d2"]) if match.groupdict().get("d2") else None
    year = _year_of(match, context, month, day)
    if year is None:
        return UNRESOLVED
    found = day_or_unresolved(year, month, day)
    if second is None or not found.resolved:
        named = context.rules.weekdays.get(group(match, "named"))
        # A weekday that contradicts the date: one of the two is a slip, and the text does not say which.
        if found.start and named is not None and found.start.weekday() != named:
            return UNRESOLVED
        return found
    last = safe_date(year, month, second)
    return replace(found, end=last) if last and found.start and last >= found.start else UNRESOLVED


def _year_of(match: re.Match[str], context: Context, month: int, day: int) -> int | None:
    """The year written, or the nearest one in the verb's direction in which that day exists."""
    if match.groupdict().get("y"):
        return int(match["y"])
    if context.anchor is None:
        return None
    shift = {"last": -1, "this": 0, "next": 1}.get(group(match, "which"))
    if shift is not None:
        return context.anchor.year + shift
    if context.edge in ("until", "by") and not context.ahead:
        return _nearest_year(context.anchor, month, day)
    step = 1 if context.ahead else -1
    # Nine years reach the next 29 February also across a common century year.
    years = range(context.anchor.year, context.anchor.year + 9 * step, step)
    for year in years:
        found = safe_date(year, month, day)
        if found and (found >= context.anchor if context.ahead else found <= context.anchor):
            return year
    return None


def _nearest_year(anchor: date, month: int, day: int) -> int | None:
    """An end may lie on either side of its report ("declared a truce until 22 April"): the nearer one is meant."""
    around = [safe_date(anchor.year + shift, month, day) for shift in (-1, 0, 1)]
    known = [each for each in around if each]
    return min(known, key=lambda each: abs((each - anchor).days)).year if known else None


def _monthday(match: re.Match[str], context: Context) -> Interval:
    anchor = context.anchor
    if anchor is None:
        return UNRESOLVED
    rel = group(match, "rel")
    shifts = [{"last": -1, "this": 0, "next": 1}[rel]] if rel else [0, 1] if context.ahead else [0, -1]
    for shift in shifts:
        month = add_months(anchor.replace(day=1), shift)
        found = safe_date(month.year, month.month, int(match["d"]))
        if found and (rel or (found >= anchor if context.ahead else found <= anchor)):
            return one_day(found)
    return UNRESOLVED


def _month(match: re.Match[str], context: Context) -> Interval:
    number, part, rel = context.rules.months[group(match, "month")], part_of(match), group(match, "rel")
    if "half" in group(match, "part"):
        return UNRESOLVED
    anchor = context.anchor
    if match.groupdict().get("y"):
        return _since_mid(whole_month(int(match["y"]), number, part), part, context)
    if anchor is None:
        return UNRESOLVED
    which = group(match, "which")
    if which:
        year = anchor.year + {"last": -1, "this": 0, "next": 1}[which]
        return _since_mid(whole_month(year, number, part), part, context)
    ahead = context.ahead if not rel or rel == "this" else rel in ("next", "this coming")
    year = anchor.year
    if rel == "last" and number == anchor.month:
        year -= 1
    elif (rel == "next" and number == anchor.month) or (ahead and number < anchor.month):
        year += 1
    elif not ahead and number > anchor.month:
        year -= 1
    found = whole_month(year, number, part)
    found = clipped(found, first=anchor) if ahead else clipped(found, last=anchor)
    return _since_mid(found, part, context)


def _since_mid(found: Interval, part: str, context: Context) -> Interval:
    # "Since mid-March" starts in the middle of the month, not with the middle third.
    if part == "mid" and context.edge in ("since", "from", "after") and found.start:
        return replace(found, start=found.start.replace(day=15))
    return found


def _weekday(match: re.Match[str], context: Context) -> Interval:
    anchor = context.anchor
    if anchor is None:
        return UNRESOLVED
    number, rel = context.rules.weekdays[group(match, "weekday")], group(match, "rel")
    week = group(match, "week")
    if week:
        monday = whole_week(anchor).start or anchor
        return one_day(monday, shift=number + {"last": -7, "this": 0, "next": 7}[week])
    back = (anchor.weekday() - number) % 7
    on = (number - anchor.weekday()) % 7
    if group(match, "before"):
        return one_day(anchor, shift=-(back or 7) - 7)
    if rel in ("last", "past"):
        return one_day(anchor, shift=-(back or 7))
    if rel in ("next", "coming", "this coming"):
        return one_day(anchor, shift=on or 7)
    if rel == "this past":
        return one_day(anchor, shift=-back)
    return one_day(anchor, shift=on if context.ahead else -back)


def _night_between(match: re.Match[str], context: Context) -> Interval:
    first = _weekday(match, context)
    second = context.rules.weekdays.get(group(match, "second"))
    if first.start is None or (second is not None and (first.start.weekday() + 1) % 7 != second):
        return UNRESOLVED
    return Interval(start=first.start, end=first.start + timedelta(days=1))


def _night_into(match: re.Match[str], context: Context) -> Interval:
    found = _weekday(match, context)
    return found if found.start is None else replace(found, start=found.start - timedelta(days=1))


def _offset(_: re.Match[str], context: Context) -> Interval:
    return UNRESOLVED if context.anchor is None else one_day(context.anchor, shift=context.pattern.days)


def _overnight(_: re.Match[str], context: Context) -> Interval:
    anchor = context.anchor
    if anchor is None:
        return UNRESOLVED
    shift = 1 if context.tense == "future" else 0
    return Interval(start=anchor + timedelta(days=shift - 1), end=anchor + timedelta(days=shift))


def _ago(match: re.Match[str], context: Context) -> Interval:
    if context.anchor is None:
        return UNRESOLVED
    count, unit = number_of(match, context), unit_of(match, context)
    day = add_units(context.anchor, -count, unit)
    weekday = context.rules.weekdays.get(group(match, "weekday"))
    if weekday is not None:
        return one_day(day, shift=-((day.weekday() - weekday) % 7))
    if match.groupdict().get("today") or unit in ("hour", "day", "week", "fortnight"):
        return one_day(day)
    if unit == "month":
        return whole_month(day.year, day.month)
    return whole_year(day.year)


def _past(match: re.Match[str], context: Context) -> Interval:
    if context.anchor is None:
        return UNRESOLVED
    count, unit = number_of(match, context), unit_of(match, context)
    start = add_units(context.anchor, -count, unit)
    return Interval(start=start, end=context.anchor, precision="day" if unit in ("hour", "day") else unit)


def _coming(match: re.Match[str], context: Context) -> Interval:
    if context.anchor is None:
        return UNRESOLVED
    end = add_units(context.anchor, number_of(match, context), unit_of(match, context))
    return Interval(start=context.anchor, end=end, precision=unit_of(match, context))


def _ahead(match: re.Match[str], context: Context) -> Interval:
    if context.anchor is None or not context.ahead:
        return UNRESOLVED
    if group(match, "prep") == "within":
        return _coming(match, context)
    count, unit = number_of(match, context), unit_of(match, context)
    day = add_units(context.anchor, count, unit)
    if unit == "year":
        return whole_year(day.year)
    return whole_month(day.year, day.month) if unit == "month" else one_day(day)


def _vague_past(_: re.Match[str], context: Context) -> Interval:
    return Interval(start=None, end=context.anchor, precision="vague") if context.anchor else UNRESOLVED


def _vague_coming(_: re.Match[str], context: Context) -> Interval:
    return Interval(start=context.anchor, end=None, precision="vague") if context.anchor else UNRESOLVED


def _nth(match: re.Match[str], context: Context) -> Interval:
    """A fourth day is the day spoken of and the three before it; `discourse` is that day where the sentence has one."""
    day = (context.discourse.end if context.discourse else None) or context.anchor
    if day is None:
        return UNRESOLVED
    count, unit = number_of(match, context), unit_of(match, context)
    if unit == "hour":
        return UNRESOLVED
    start = add_units(day, -(count - 1), unit)
    return Interval(start=start, end=day, precision=unit if unit != "fortnight" else "week")


def _lasting(match: re.Match[str], context: Context) -> Interval:
    if context.anchor is None:
        return UNRESOLVED
    return _past(match, context)


def _unresolved(_: re.Match[str], __: Context) -> Interval:
    return UNRESOLVED


def _discourse(_: re.Match[str], context: Context) -> Interval:
    spoken = context.discourse
    if spoken is None or spoken.end is None:
        return UNRESOLVED
    if context.pattern.days == 0:
        return spoken
    return one_day((spoken.start if context.pattern.days < 0 else spoken.end) or spoken.end, shift=context.pattern.days)


def _shift(match: re.Match[str], context: Context) -> Interval:
    spoken = context.discourse
    count, unit = number_of(match, context), unit_of(match, context)
    back = group(match, "dir") in ("earlier", "beforehand")
    day = (spoken.start if back else spoken.end) if spoken else None
    if day is None:
        return UNRESOLVED
    moved = add_units(day, -count if back else count, unit)
    if unit == "year":
        return whole_year(moved.year)
    return whole_month(moved.year, moved.month) if unit == "month" else one_day(moved)


def _since_then(_: re.Match[str], context: Context) -> Interval:
    spoken = context.discourse
    if spoken is None or spoken.start is None:
        return UNRESOLVED
    return Interval(start=spoken.start, end=context.anchor, precision=spoken.precision)


def _daypart(match: re.Match[str], context: Context) -> Interval:
    spoken = context.discourse
    if spoken is None or spoken.end is None or spoken.start != spoken.end:
        return UNRESOLVED
    return spoken


def _into(match: re.Match[str], context: Context) -> Interval:
    """Up to the day of writing, from the event's own start where it is known (`discourse`), else counted back."""
    if context.anchor is None:
        return UNRESOLVED
    known = context.discourse.start if context.discourse else None
    start = known or add_units(context.anchor, -number_of(match, context), unit_of(match, context))
    return Interval(start=start, end=context.anchor, precision="day" if known else unit_of(match, context))


def _day_of(match: re.Match[str], context: Context) -> Interval:
    first = context.discourse.start if context.discourse else None
    return UNRESOLVED if first is None else one_day(first, shift=number_of(match, context) - 1)


_RECKONINGS: dict[str, Reckoning] = {
    "iso": _iso,
    "numeric": _numeric,
    "date": _date,
    "monthday": _monthday,
    "month": _month,
    "weekday": _weekday,
    "nightbetween": _night_between,
    "nightinto": _night_into,
    "offset": _offset,
    "overnight": _overnight,
    "ago": _ago,
    "past": _past,
    "coming": _coming,
    "ahead": _ahead,
    "vaguepast": _vague_past,
    "vaguecoming": _vague_coming,
    "nth": _nth,
    "lasting": _lasting,
    "calendar": calendar_time,
    "weekend": weekend_alone_time,
    "weekbeforelast": before_last_time,
    "quarter": quarter_time,
    "half": half_time,
    "season": season_time,
    "year": year_time,
    "decade": decade_time,
    "holiday": holiday_time,
    "unresolved": _unresolved,
    "discourse": _discourse,
    "shift": _shift,
    "sincethen": _since_then,
    "daypart": _daypart,
    "into": _into,
    "dayof": _day_of,
}
