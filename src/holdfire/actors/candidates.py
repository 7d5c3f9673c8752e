"""Somebody else's actor, as their list gives it, before the knowledge base is asked whether it knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateTie:
    """A tie to another entry of the list, by its `key`, or to a state by ISO 3166-1 alpha-3 code."""

    relation: str
    to: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One entry of a list.

    key: its id in the list ("1023", "Q8201"). place: where it stands there ("line 14"), for messages. country: ISO
    3166-1 alpha-3, or a name or id as the list has it. aliases: as the list has them, the name left out. organ: which
    organ of its country the entry is ("government", "armed-forces", "police"), None for all others.
    """

    scheme: str
    key: str
    name: str
    kind: str
    place: str
    country: str | None = None
    organ: str | None = None
    aliases: tuple[str, ...] = ()
    ties: tuple[CandidateTie, ...] = ()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An entry that is not taken over, and why."""

    name: str
    place: str
    why: str
