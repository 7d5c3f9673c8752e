"""The reckonings behind the patterns of en/dates.toml: from matched words and an anchor day to an interval."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from holdfire.extraction.intervals import (
    UNRESOLVED,
    Interval,
    add_months,
    add_units,
    clipped,
    one_day,
    safe_date,
    weekend_of,
    whole_month,
    whole_week,
    whole_year,
)
from holdfire.extraction.tense import Tense
from holdfire.rules.dates import DateRules, TimePattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a reckoning may use: the day of writing, the governing verb's tense, the day spoken of last.

    `edge` names the word before the expression (since, until, by …) where there is one; `after_night` says that the
    day spoken of last was its night.
    """

    rules: DateRules
    pattern: TimePattern
    anchor: date | None
    tense: Tense | None
    discourse: Interval | None
    edge: str = ""
    after_night: bool = False

    @property
    def ahead(self) -> bool:
        """Whether the words look past the day of writing."""
        if self.edge == "since":
            return False
        return self.tense in ("future", "present") or (self.tense is None and self.edge in ("by", "until"))


Reckoning = Callable[["re.Match[str]", Context], Interval]


def reckon(match: re.Match[str], context: Context) -> Interval:
    """The interval that the matched words mean; UNRESOLVED where they, the calendar or the anchor do not settle it."""
    return _RECKONINGS[context.pattern.kind](match, context)


def _group(match: re.Match[str], name: str) -> str:
    return " ".join((match.groupdict().get(name) or "").lower().split())


def _number(match: re.Match[str], context: Context) -> int:
    word = _group(match, "n")
    if not word:
        return 1
    if word in context.rules.numbers:
        return context.rules.numbers[word]
    return context.rules.ordinals.get(word) or int(re.sub(r"\D", "", word) or 1)


def _unit(match: re.Match[str], context: Context) -> str:
    return context.rules.units[_group(match, "unit")]


def _part(match: re.Match[str]) -> str:
    words = _group(match, "part") or _group(match, "part2")
    for key, part in _PARTS.items():
        if key in words:
            return part
    return ""


# Keys of the `part` groups' wording to the thirds that extraction/intervals.py knows.
_PARTS = {"first half": "", "second half": "", "early": "early", "start": "early", "beginning": "early"}
_PARTS |= {"mid": "mid", "late": "late", "end": "late"}


def _iso(match: re.Match[str], _: Context) -> Interval:
    return _day_or_none(int(match["y"]), int(match["m"]), int(match["d"]))


def _numeric(match: re.Match[str], _: Context) -> Interval:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if first > 12 or first == second:
        return _day_or_none(year, second, first)
    return _day_or_none(year, first, second) if second > 12 else UNRESOLVED


def _day_or_none(year: int, month: int, day: int) -> Interval:
    found = safe_date(year, month, day)
    return one_day(found) if found else UNRESOLVED


def _date(match: re.Match[str], context: Context) -> Interval:
    month, day = context.rules.months[_group(match, "month")], int(match["d"])
    second = int(match["d2"]) if match.groupdict().get("d2") else None
    year = _year_of(match, context, month, day)
    if year is None:
        return UNRESOLVED
    found = _day_or_none(year, month, day)
    if second is None or not found.resolved:
        named = context.rules.weekdays.get(_group(match, "named"))
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
    shift = {"last": -1, "this": 0, "next": 1}.get(_group(match, "which"))
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
    rel = _group(match, "rel")
    shifts = [{"last": -1, "this": 0, "next": 1}[rel]] if rel else [0, 1] if context.ahead else [0, -1]
    for shift in shifts:
        month = add_months(anchor.replace(day=1), shift)
        found = safe_date(month.year, month.month, int(match["d"]))
        if found and (rel or (found >= anchor if context.ahead else found <= anchor)):
            return one_day(found)
    return UNRESOLVED


def _month(match: re.Match[str], context: Context) -> Interval:
    number, part, rel = context.rules.months[_group(match, "month")], _part(match), _group(match, "rel")
    if "half" in _group(match, "part"):
        return UNRESOLVED
    anchor = context.anchor
    if match.groupdict().get("y"):
        return _since_mid(whole_month(int(match["y"]), number, part), part, context)
    if anchor is None:
        return UNRESOLVED
    which = _group(match, "which")
    if which:
        year = anchor.year + {"last": -1, "this": 0, "next": 1}[which]
        return _since_mid(whole_month(year, number, part), part, context)
    ahead = context.ahead if not rel or rel == "this" else rel in ("next", "this coming")
    year = anchor.year
    if rel == "last" and number == anchor.month:
        year -= 1
    elif rel == "next" and number == anchor.month:
        year += 1
    elif ahead and number < anchor.month:
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
    number, rel = context.rules.weekdays[_group(match, "weekday")], _group(match, "rel")
    week = _group(match, "week")
    if week:
        monday = whole_week(anchor).start or anchor
        return one_day(monday, shift=number + {"last": -7, "this": 0, "next": 7}[week])
    back = (anchor.weekday() - number) % 7
    on = (number - anchor.weekday()) % 7
    if _group(match, "before"):
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
    second = context.rules.weekdays.get(_group(match, "second"))
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
    count, unit = _number(match, context), _unit(match, context)
    day = add_units(context.anchor, -count, unit)
    weekday = context.rules.weekdays.get(_group(match, "weekday"))
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
    count, unit = _number(match, context), _unit(match, context)
    start = add_units(context.anchor, -count, unit)
    return Interval(start=start, end=context.anchor, precision="day" if unit in ("hour", "day") else unit)


def _coming(match: re.Match[str], context: Context) -> Interval:
    if context.anchor is None:
        return UNRESOLVED
    end = add_units(context.anchor, _number(match, context), _unit(match, context))
    return Interval(start=context.anchor, end=end, precision=_unit(match, context))


def _ahead(match: re.Match[str], context: Context) -> Interval:
    if context.anchor is None or not context.ahead:
        return UNRESOLVED
    if _group(match, "prep") == "within":
        return _coming(match, context)
    count, unit = _number(match, context), _unit(match, context)
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
    count, unit = _number(match, context), _unit(match, context)
    if unit == "hour":
        return UNRESOLVED
    start = add_units(day, -(count - 1), unit)
    return Interval(start=start, end=day, precision=unit if unit != "fortnight" else "week")


def _lasting(match: re.Match[str], context: Context) -> Interval:
    if context.anchor is None:
        return UNRESOLVED
    return _past(match, context)


def _calendar(match: re.Match[str], context: Context) -> Interval:
    anchor, rel, unit, part = context.anchor, _group(match, "rel"), _group(match, "unit"), _part(match)
    if anchor is None:
        return UNRESOLVED
    shift = {"last": -1, "next": 1}.get(rel, 0)
    if _group(match, "before"):
        shift *= 2
    if unit == "weekend":
        return _weekend(anchor, context, shift)
    # "Earlier this month" ends, and "later this month" starts, with the day of writing.
    words = _group(match, "part")
    part = "" if words in ("earlier", "later") else part
    found = _unit_around(anchor, unit, shift, part)
    if shift == 0 and not part:
        # A present tense reports a state that lasts ("the pause is in its fifth day"): up to now unless words look ahead.
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


def _weekend_alone(_: re.Match[str], context: Context) -> Interval:
    return UNRESOLVED if context.anchor is None else _weekend(context.anchor, context, 0)


def _before_last(match: re.Match[str], context: Context) -> Interval:
    if context.anchor is None:
        return UNRESOLVED
    if _group(match, "unit") == "weekend":
        return weekend_of(context.anchor - timedelta(days=14))
    return _unit_around(context.anchor, _group(match, "unit"), -2, "")


def _quarter(match: re.Match[str], context: Context) -> Interval:
    number = {"last": 4, "final": 4}.get(_group(match, "n")) or _number(match, context)
    return _months(int(match["y"]), number * 3 - 2, number * 3)


def _half(match: re.Match[str], context: Context) -> Interval:
    number = _number(match, context)
    return _months(int(match["y"]), number * 6 - 5, number * 6)


def _months(year: int, first: int, last: int) -> Interval:
    return Interval(start=whole_month(year, first).start, end=whole_month(year, last).end, precision="season")


def _season(match: re.Match[str], context: Context) -> Interval:
    first, last = context.rules.seasons[_group(match, "season")]
    rel, anchor = _group(match, "rel"), context.anchor
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


def _year(match: re.Match[str], context: Context) -> Interval:
    found = whole_year(int(match["y"]), _part(match))
    if context.anchor and found.start and found.start.year == context.anchor.year and context.tense == "past":
        return clipped(found, last=context.anchor)
    return found


def _decade(match: re.Match[str], _: Context) -> Interval:
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(_part(match), (0, 9))
    year = int(match["y"]) * 10
    return Interval(start=date(year + first, 1, 1), end=date(year + last, 12, 31), precision="decade")


def _holiday(match: re.Match[str], context: Context) -> Interval:
    month, day = context.rules.holidays[_group(match, "holiday")]
    if match.groupdict().get("y"):
        return _day_or_none(int(match["y"]), month, day)
    if context.anchor is None:
        return UNRESOLVED
    rel = _group(match, "rel")
    ahead = rel == "next" or (rel != "last" and context.ahead)
    for year in (context.anchor.year - 1, context.anchor.year, context.anchor.year + 1):
        found = date(year, month, day)
        if ahead and found >= context.anchor:
            return one_day(found)
        following = date(year + 1, month, day)
        if not ahead and found <= context.anchor < following:
            return one_day(found)
    return UNRESOLVED


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
    count, unit = _number(match, context), _unit(match, context)
    back = _group(match, "dir") in ("earlier", "beforehand")
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
    start = known or add_units(context.anchor, -_number(match, context), _unit(match, context))
    return Interval(start=start, end=context.anchor, precision="day" if known else _unit(match, context))


def _day_of(match: re.Match[str], context: Context) -> Interval:
    first = context.discourse.start if context.discourse else None
    return UNRESOLVED if first is None else one_day(first, shift=_number(match, context) - 1)


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
    "calendar": _calendar,
    "weekend": _weekend_alone,
    "weekbeforelast": _before_last,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "year": _year,
    "decade": _decade,
    "holiday": _holiday,
    "unresolved": _unresolved,
    "discourse": _discourse,
    "shift": _shift,
    "sincethen": _since_then,
    "daypart": _daypart,
    "into": _into,
    "dayof": _day_of,
}
