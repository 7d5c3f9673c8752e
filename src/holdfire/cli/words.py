"""How the command line says things: counts, dates, actors, conducts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holdfire.model.actor import Mention
    from holdfire.model.source import Source


def many(count: int, noun: str) -> str:
    """ "1 report", "3 reports"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def day_words(day: date | None) -> str:
    """ "13 June 2025", or "not stated"."""
    return f"{day.day} {day:%B %Y}" if day else "not stated"


def moment_words(moment: datetime | None) -> str:
    """A moment of knowing with its zone; "now" for none."""
    return f"{day_words(moment.date())} {moment:%H:%M %Z}" if moment else "now"


def party_words(parties: Iterable[Mention | Source]) -> str:
    """Parties by their known names, else as the text has them."""
    return ", ".join(each.name or each.text for each in parties)


def one_line(text: str, most: int | None = None) -> str:
    """Text without line breaks, cut at a word with "…" where it is longer than `most` characters."""
    flat = " ".join(text.split())
    if most is None or len(flat) <= most:
        return flat
    return flat[: most - 1].rsplit(" ", 1)[0].rstrip(",;:—– ") + "…"
