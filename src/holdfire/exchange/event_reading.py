"""What readers of event tables share: cells by column, days and counts as tables write them, rows that are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol

from holdfire.model.event_row import EventRow

_NUMBERS = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T\s].*|\d{6})?$")
_WORDS = ("%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%d-%b-%Y")
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)
_EMPTY = frozenset({"", "none", "na", "n/a", "nan", "null"})
_LONGEST_EMPTY = 4
_LONGEST_DETAIL = 80


class Unusable(Exception):
    """One record that yields no row: `reason` in words that many records share, `detail` what this one has."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail if len(detail) <= _LONGEST_DETAIL else detail[: _LONGEST_DETAIL - 1] + "…"


class TableReader(Protocol):
    """Turns the records of one kind of table into rows."""

    origin: str

    def rows(self, cells: Sequence[str]) -> list[EventRow]:
        """The rows of one record. Raises Unusable."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands, by its name in lower case."""

    places: dict[str, int]

    @classmethod
    def of(cls, header: Sequence[str]) -> Columns:
        """The columns of a header."""
        return cls({name.strip().strip('"').lower(): place for place, name in enumerate(header)})

    def get(self, cells: Sequence[str], name: str) -> str | None:
        """What stands in a column, None where there is no such column or it says nothing."""
        place = self.places.get(name)
        if place is None:
            return None
        found = cells[place].strip()
        if found[:1] == '"' == found[-1:] and len(found) > 1:
            # Quoted in a file whose records are cut at tabs alone.
            found = found[1:-1].replace('""', '"').strip()
        return None if len(found) <= _LONGEST_EMPTY and found.lower() in _EMPTY else found


def day_in(text: str | None, column: str) -> date:
    """The day that a cell names: 2031-02-24, 20310224, either with a time behind it, or 24 February 2031.

    Raises Unusable; days and months that could be taken for each other are not guessed at.
    """
    found = _day(text) if text else None
    if found is None:
        raise Unusable(f"{column} is no date", repr(text or ""))
    return found


def day_or_none(text: str | None) -> date | None:
    """As `day_in`, None for a cell that names none."""
    return _day(text) if text else None


def count_in(text: str | None, column: str) -> int | None:
    """A whole number that is not negative, None for an empty cell. Raises Unusable."""
    if text is None:
        return None
    try:
        found = float(text)
        whole = int(found)
    except (ValueError, OverflowError) as why:
        raise Unusable(f"{column} is no number", repr(text)) from why
    if whole != found or not 0 <= whole < 2**31:
        raise Unusable(f"{column} is negative or no whole number", repr(text))
    return whole


@lru_cache(maxsize=100_000)
def _day(text: str) -> date | None:
    if numbers := _NUMBERS.match(text):
        try:
            found = date(int(numbers[1]), int(numbers[2]), int(numbers[3]))
        except ValueError:
            return None
        return found if _EARLIEST <= found <= _LATEST else None
    for form in _WORDS:
        try:
            found = datetime.strptime(text, form).date()
        except ValueError:
            continue
        return found if _EARLIEST <= found <= _LATEST else None
    return None
