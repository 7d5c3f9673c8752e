"""What is known of an actor's silence, for the pages that show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from holdfire.web.looking import Looking
from holdfire.web.room import ReadingRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """An actor's silence. `verdict` is None where it was not computed."""

    verdict: str | None


def verdicts(room: ReadingRoom, looking: Looking, day: date | None, keys: Sequence[str]) -> Mapping[str, str]:
    """The verdict on each actor's silence by key; nothing for those that it was not computed for."""
    return {}


def silence_of(room: ReadingRoom, looking: Looking, day: date | None, key: str) -> Silence:
    """The silence of one actor."""
    return Silence(verdict=None)
