"""Gone quiet: whose silence is beyond chance, who is only not reported, and of whom it cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from holdfire.web.looking import Looking
from holdfire.web.room import ReadingRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietPage:
    """Everybody whose silence was judged."""

    valid_on: date | None


def read_quiet(room: ReadingRoom, looking: Looking) -> QuietPage:
    """The verdicts as of a day."""
    return QuietPage(valid_on=looking.valid_on or room.extent(looking).last)
