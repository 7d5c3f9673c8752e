"""The day in a dateline: "BAGHDAD, June 16 (Agency) -", "Brussels, 20 May 2025"."""

from __future__ import annotations

import re
from datetime import date

from holdfire.extraction.intervals import safe_date
from holdfire.rules.dates import DateRules

# A dateline opens one of the first lines; further down a date after a place is part of the story.
_HEAD_CHARS = 600


def dateline_day(text: str, published: date | None, rules: DateRules) -> date | None:
    """The dateline's day; without a year the one nearest to `published`; None where it is missing or incomplete."""
    for line in re.finditer(r"^[ \t]*(?=\S)", text[:_HEAD_CHARS], re.MULTILINE):
        found = rules.dateline.match(text, line.end())
        if found:
            return _nearest(found["date"], published, rules)
    return None


def _nearest(words: str, published: date | None, rules: DateRules) -> date | None:
    month = next((rules.months[each.lower()] for each in re.findall(r"[A-Za-z]+", words)), 0)
    numbers = [int(each) for each in re.findall(r"\d+", words)]
    if len(numbers) == 2:
        return safe_date(numbers[1], month, numbers[0])
    if published is None:
        return None
    around = [safe_date(published.year + shift, month, numbers[0]) for shift in (-1, 0, 1)]
    known = [each for each in around if each]
    return min(known, key=lambda each: abs((each - published).days)) if known else None
