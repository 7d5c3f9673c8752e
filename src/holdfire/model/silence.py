"""What counting says of an actor on a day: quiet, reduced, not reported, cannot tell, normal or back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Word = Literal["quiet", "reduced", "not reported", "cannot tell", "normal", "back"]
WORDS: tuple[Word, ...] = ("quiet", "reduced", "not reported", "cannot tell", "normal", "back")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quietness:
    """What counting says of an actor on a day, with what it rests on. It is never a posture and never restraint.

    seen, expected: acts in the `window` days up to and including the day, and how many were to be expected with the
    coverage that there was; low, high: where nine in ten counts of an actor as usual would lie. usual_week: acts a
    week that it was used to. coverage: reports in the window over those of a like stretch before; None where there
    were none before. since: the first day of the spell (quiet, reduced, not reported) or of acting again (back).
    false_alarms: alarms a year that an actor as usual would raise at this surprise; None where nothing is known.
    shortest: days of total silence that would be needed to tell it from chance; None where a year would not do.
    reason: in a clause, why the word was chosen.
    """

    key: str
    name: str
    on: date
    word: Word
    reason: str
    window: int
    seen: int
    expected: float | None = None
    low: int | None = None
    high: int | None = None
    usual_week: float | None = None
    coverage: float | None = None
    since: date | None = None
    last_act: date | None = None
    false_alarms: float | None = None
    shortest: int | None = None
