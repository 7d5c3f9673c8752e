"""Reckons calendar units: weeks, months, quarters, seasons, years, holidays."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from holdfire.extraction.dates_context import Context, day_or_unresolved, group, number_of, part_of
from holdfire.extraction.intervals import (
    UNRESOLVED,
    Interval,
    add_months,
    clipped,
    one_day,
    weekend_of,
    whole_month,
    whole_week,
    whole_year,
)


def calendar_time(match: re.Match[str], context: Context) -> Interval:
    anchor, rel, unit, part = context.anchor, group(match, "rel"), group(match, "unit"), part_of(match)
    if anchor is None:
        return UNRESOLVED
    shift = {"last": -1, "next": 1}.get(rel, 0)
    if group(match, "before"):
        shift *= 2
    if unit == "weekend":
        return _weekend(anchor, context, shift)
    # "Earlier this month" ends, and "later this month" starts, with the day of writing.
    words = group(match, "part")
    part = "" if words in ("earlier", "later") else part
    found = _unit_around(anchor, unit, shift, part)
    if shift == 0 and not part:
        # A present tense reports a state that lasts ("the pause is in its fifth day"): up to now unless words
        # look ahead.
        ahead = words == "later" or (context.tense == "future" and words != "earlier")
        found = clipped(found, first=anchor) if ahead and words == "later" else found
        found = found if ahead else clipped(found, last=anchor)
        if ahead and words != "later" and unit != "week":
            found = clipped(found, first=anchor)
    elif shift == 0 and context.edge in ("by", "until"):
        found = replace(found, end=_unit_around(anchor, unit, 0, "").end)
    return found


def _unit_around(anchor: date, unit: str, shift: int, part: str) -> Interval:
    if unit == "week":
        return whole_week(anchor + timedelta(days=7 * shift), part)
    if unit == "month":
        month = add_months(anchor.replace(day=1), shift)
        return whole_month(month.year, month.month, part)
    return whole_year(anchor.year + shift, part)


def _weekend(anchor: date, context: Context, shift: int) -> Interval:
    this = weekend_of(anchor)
    if shift:
        last = weekend_of(anchor - timedelta(days=7))
        return last if shift < 0 else weekend_of(anchor + timedelta(days=7 * shift))
    if context.tense in ("future",):
        return this
    if this.start and anchor >= this.start:
        return clipped(this, last=anchor)
    return weekend_of(anchor - timedelta(days=7))


def weekend_alone_time(_: re.Match[str], context: Context) -> Interval:
    return UNRESOLVED if context.anchor is None else _weekend(context.anchor, context, 0)


def before_last_time(match: re.Match[str], context: Context) -> Interval:
    if context.anchor is None:
        return UNRESOLVED
    if group(match, "unit") == "weekend":
        return weekend_of(context.anchor - timedelta(days=14))
    return _unit_around(context.anchor, group(match, "unit"), -2, "")


def quarter_time(match: re.Match[str], context: Context) -> Interval:
    number = {"last": 4, "final": 4}.get(group(match, "n")) or number_of(match, context)
    return _months(int(match["y"]), number * 3 - 2, number * 3)


def half_time(match: re.Match[str], context: Context) -> Interval:
    number = number_of(match, context)
    return _months(int(match["y"]), number * 6 - 5, number * 6)


def _months(year: int, first: int, last: int) -> Interval:
    return Interval(start=whole_month(year, first).start, end=whole_month(year, last).end, precision="season")


def season_time(match: re.Match[str], context: Context) -> Interval:
    first, last = context.rules.seasons[group(match, "season")]
    rel, anchor = group(match, "rel"), context.anchor
    if match.groupdict().get("y"):
        return _season_of(int(match["y"]), first, last)
    if anchor is None:
        return UNRESOLVED
    ahead = context.ahead if not rel or rel == "this" else rel in ("next", "this coming")
    years = (anchor.year - 2, anchor.year - 1, anchor.year, anchor.year + 1, anchor.year + 2)
    found = [_season_of(year, first, last) for year in years]
    if ahead:
        later = [each for each in found if each.end and each.end >= anchor]
        running = bool(later and later[0].start and later[0].start <= anchor)
        return later[1 if running and rel == "next" else 0]
    earlier = [each for each in found if each.start and each.start <= anchor]
    running = bool(earlier and earlier[-1].end and earlier[-1].end >= anchor)
    return clipped(earlier[-2 if running and rel == "last" else -1], last=anchor)


def _season_of(year: int, first: int, last: int) -> Interval:
    end_year = year + 1 if last < first else year
    return Interval(start=whole_month(year, first).start, end=whole_month(end_year, last).end, precision="season")


def year_time(match: re.Match[str], context: Context) -> Interval:
    found = whole_year(int(match["y"]), part_of(match))
    if context.anchor and found.start and found.start.year == context.anchor.year and context.tense == "past":
        return clipped(found, last=context.anchor)
    return found


def decade_time(match: re.Match[str], _: Context) -> Interval:
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part_of(match), (0, 9))
    year = int(match["y"]) * 10
    return Interval(start=date(year + first, 1, 1), end=date(year + last, 12, 31), precision="decade")


def holiday_time(match: re.Match[str], context: Context) -> Interval:
    month, day = context.rules.holidays[group(match, "holiday")]
    if match.groupdict().get("y"):
        return day_or_unresolved(int(match["y"]), month, day)
    if context.anchor is None:
        return UNRESOLVED
    rel = group(match, "rel")
    ahead = rel == "next" or (rel != "last" and context.ahead)
    for year in (context.anchor.year - 1, context.anchor.year, context.anchor.year + 1):
        found = date(year, month, day)
        if ahead and found >= context.anchor:
            return one_day(found)
        following = date(year + 1, month, day)
        if not ahead and found <= context.anchor < following:
            return one_day(found)
    return UNRESOLVED
