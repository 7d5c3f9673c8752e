"""What every reckoning of a time expression may use, and its reading of the matched groups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from holdfire.extraction.intervals import UNRESOLVED, Interval, one_day, safe_date
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


def group(match: re.Match[str], name: str) -> str:
    """The words of a named group, lower-cased; empty when it matched nothing."""
    return " ".join((match.groupdict().get(name) or "").lower().split())


def number_of(match: re.Match[str], context: Context) -> int:
    """The count that the "n" group gives; 1 where there is none."""
    word = group(match, "n")
    if not word:
        return 1
    if word in context.rules.numbers:
        return context.rules.numbers[word]
    return context.rules.ordinals.get(word) or int(re.sub(r"\D", "", word) or 1)


def unit_of(match: re.Match[str], context: Context) -> str:
    """The calendar unit of the "unit" group."""
    return context.rules.units[group(match, "unit")]


def part_of(match: re.Match[str]) -> str:
    """Which third of the unit is meant: early, mid, late, or empty for all of it."""
    words = group(match, "part") or group(match, "part2")
    for key, part in _PARTS.items():
        if key in words:
            return part
    return ""


# Keys of the `part` groups' wording to the thirds that extraction/intervals.py knows.
_PARTS = {"first half": "", "second half": "", "early": "early", "start": "early", "beginning": "early"}
_PARTS |= {"mid": "mid", "late": "late", "end": "late"}


def day_or_unresolved(year: int, month: int, day: int) -> Interval:
    """The day, or UNRESOLVED for one that the calendar lacks."""
    found = safe_date(year, month, day)
    return one_day(found) if found else UNRESOLVED
