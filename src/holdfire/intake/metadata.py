"""What is known about a report beside its words: outlet, title, byline, dates, address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

# Longer first lines are sentences of the report; the longest headline in evaluation/corpora has 95 characters.
MAX_TITLE_CHARS = 160
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the caller, the record or the page says of a report; None where nobody says it."""

    id: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: date | None = None

    def filled(self, other: Header) -> Header:
        """This header, with `other` speaking where this one is silent."""
        return Header(
            id=self.id or other.id,
            url=self.url or other.url,
            outlet=self.outlet or other.outlet,
            title=self.title or other.title,
            byline=self.byline or other.byline,
            published=self.published or other.published,
        )


def parse_published(text: str) -> date:
    """The day in an ISO date or date and time; the outlet's own day, whatever its zone.

    Raises ValueError for anything else, also for days that no calendar has.
    """
    text = text.strip()
    if _ISO_DAY.fullmatch(text):
        return date.fromisoformat(text)
    if not _ISO_DAY.match(text):
        raise ValueError(f"not an ISO date: {text!r}")
    return datetime.fromisoformat(text).date()


def title_of(text: str) -> str | None:
    """The first line of a bare report where it reads like a headline: short, and no sentence that ends."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    first = lines[0]
    return first if len(first) <= MAX_TITLE_CHARS and first[-1] not in '.”":;,' else None
