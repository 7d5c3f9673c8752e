"""Who backs, threatens, restrains or fights whom as of a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from holdfire.model.entry import LedgerEntry

TieRelation = Literal[
    "attacks", "threatens", "restrains", "backs", "condemns", "mediates", "talks", "member of", "backed by"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor of the network with the deed and word of its posture; None where none is reported."""

    key: str
    name: str
    kind: str | None = None
    deed: str | None = None
    word: str | None = None
    side: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What one actor does towards another, from the claims that say so; `weight` is their decayed sum, at least 0.

    Ties of the knowledge base ("member of", "backed by") carry no entries.
    """

    actor: str
    recipient: str
    relation: TieRelation
    weight: float
    latest: date | None = None
    entries: tuple[LedgerEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Actors and ties as of a day and a moment of knowing; nodes by key, ties by actor, recipient and relation."""

    valid_on: date | None
    known_by: datetime | None
    conflict: str | None
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
