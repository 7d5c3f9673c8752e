"""What a page is looked at with: the day, the moment of knowing, the conflict; and addresses that keep them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Query

from holdfire.analysis.evidence import UNKNOWN
from holdfire.errors import UsageError
from holdfire.model.entry import AsOf

# Days that arithmetic on both sides of them is safe for, and that news can speak of.
_FIRST_YEAR, _LAST_YEAR = 1800, 2200
# Longer names have no page: an address would not carry them.
MOST_CHARS_OF_KEY = 300

DayText = Annotated[
    str | None, Query(description="The day to look at, as 2025-06-17.", json_schema_extra={"format": "date"})
]
MomentText = Annotated[
    str | None, Query(description="Leave out what was recorded after this day or moment (UTC), as 2025-06-17T18:30.")
]
NameText = Annotated[str | None, Query(description="The id or name of a conflict; empty for none.", max_length=300)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """The pair of times and the conflict that a page was asked for; None where the reader left it open."""

    valid_on: date | None = None
    known_by: datetime | None = None
    conflict: str | None = None

    @property
    def asof(self) -> AsOf:
        """The pair that every view is taken at."""
        return AsOf(valid_on=self.valid_on, known_by=self.known_by)

    def query(self, **changes: str | None) -> str:
        """The query that keeps what is looked at, with changes; "" when there is nothing to keep."""
        kept = {
            "valid_on": self.valid_on.isoformat() if self.valid_on else None,
            "known_by": self.known_by.isoformat().replace("+00:00", "Z") if self.known_by else None,
            "conflict": self.conflict,
        } | changes
        found = urlencode({name: value for name, value in kept.items() if value not in (None, "")})
        return f"?{found}" if found else ""

    def address(self, path: str, **changes: str | None) -> str:
        """An address of a page that looks with the same eyes; a fragment in `path` stays at the end."""
        page, _, fragment = path.partition("#")
        return f"{page}{self.query(**changes)}{f'#{fragment}' if fragment else ''}"


def looking_at(valid_on: DayText = None, known_by: MomentText = None, conflict: NameText = None) -> Looking:
    """The values of the query. Raises UsageError for a day or a moment that is none."""
    return Looking(valid_on=day(valid_on, "valid_on"), known_by=moment(known_by, "known_by"), conflict=conflict or None)


def day(text: str | None, name: str) -> date | None:
    """An ISO day; None for nothing. Raises UsageError naming the field."""
    if not text or not text.strip():
        return None
    try:
        found = date.fromisoformat(text.strip())
    except ValueError as why:
        raise UsageError(f"{name}: “{text[:40]}” is no date. Write it as 2025-06-17.") from why
    return _within(found, name)


def moment(text: str | None, name: str) -> datetime | None:
    """An ISO moment; without a zone it is UTC, a day alone means its end. Raises UsageError naming the field."""
    if not text or not text.strip():
        return None
    # A plus sign in an address stands for a space.
    plain = text.strip().replace(" ", "+") if re.search(r"\d \d\d:?\d\d$", text.strip()) else text.strip()
    try:
        found = datetime.fromisoformat(plain)
    except ValueError as why:
        raise UsageError(f"{name}: “{text[:40]}” is no time. Write it as 2025-06-17 or 2025-06-17T18:30.") from why
    _within(found.date(), name)
    if len(plain) == 10:
        found = datetime.combine(found.date(), time.max)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def actor_path(key: str | None) -> str | None:
    """The address of an actor's page; None for nobody in particular, or for a name too long for an address."""
    if not key or key == UNKNOWN or len(key) > MOST_CHARS_OF_KEY or "\ud800" <= max(key) <= "\udfff":
        return None
    return f"/actors/{quote(key, safe=':', errors='replace')}"


def _within(found: date, name: str) -> date:
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise UsageError(f"{name}: {found} lies outside {_FIRST_YEAR} to {_LAST_YEAR}. Write a year of our times.")
    return found
