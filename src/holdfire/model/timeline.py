"""What an actor did and said over time: spells of one conduct each, and the days on which one gave way to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from holdfire.model.entry import LedgerEntry
from holdfire.model.posture import Family, Transition, Umbrella


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """An unbroken run of days on which a conduct was the best supported of its family.

    Days are inclusive; `end` is None where the spell lasts on the day that the timeline ends. `strength` is the largest
    of the spell.
    """

    family: Family
    conduct: str
    start: date
    end: date | None
    strength: float
    entries: tuple[LedgerEntry, ...]
    inherited: Umbrella | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """An actor's spells, deeds and words, by start; `first` and `last` are the days looked at, inclusive."""

    key: str
    name: str
    first: date
    last: date
    spells: tuple[Spell, ...]
    transitions: tuple[Transition, ...] = ()
