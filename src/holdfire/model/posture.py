"""A posture: what an actor is seen to do and heard to say on a day, with the entries for and against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from holdfire.model.entry import LedgerEntry

Family = Literal["deed", "word"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Umbrella:
    """The group, or the member of a group, that a finding was really told of; `relation` ties the two."""

    key: str
    name: str
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One conduct of one actor with its evidence, strongest entry first.

    `since` is the first day of the unbroken run of evidence that reaches up to the latest; `strength` is the decayed
    weight of the evidence, at least 0; `outlets` are the distinct outlets it comes from, `origins` how many of them
    vouch independently. `against` are the entries that say the contrary. `inherited` is set where all the evidence
    speaks of a group or of a member and not of the actor by name: then it is never the actor's own statement.
    """

    conduct: str
    since: date
    latest: date
    strength: float
    outlets: tuple[str, ...]
    entries: tuple[LedgerEntry, ...]
    against: tuple[LedgerEntry, ...] = ()
    origins: int = 0
    inherited: Umbrella | None = None

    @property
    def best(self) -> LedgerEntry:
        """The entry to show first."""
        return self.entries[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How far an actor's words and deeds lie apart: 1 (a step) to 3 (opposites), with the two entries compared."""

    size: int
    direction: Literal["words ahead of deeds", "deeds ahead of words"]
    word: LedgerEntry
    deed: LedgerEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A posture that changed: on which day, from what to what, and the entries that made it so.

    `before` is None for an actor that had no posture of that family, `after` for one whose evidence faded.
    """

    key: str
    name: str
    family: Family
    on: date
    before: str | None
    after: str | None
    entries: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture:
    """An actor's best supported deed and word; None where none is reported.

    `key` is a knowledge-base id, or "text:" and the words of an actor that has none. `others` are the conducts that
    lost, strongest first. `unconfirmed` and `denied` are findings that rest on rumour or denial alone and never make
    a posture. `side` is the number of the conflict's side that the actor is on, from 0; None for anybody else.
    `change` is the latest transition in the days that the board looks back on.
    """

    key: str
    name: str
    deed: Finding | None
    word: Finding | None
    others: tuple[Finding, ...] = ()
    unconfirmed: tuple[Finding, ...] = ()
    denied: tuple[Finding, ...] = ()
    kind: str | None = None
    side: int | None = None
    gap: Gap | None = None
    change: Transition | None = None

    @property
    def since(self) -> date | None:
        """Since when the deed holds, or the word where there is no deed."""
        leading = self.deed or self.word
        return leading.since if leading else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The deed and the word, as far as there are any."""
        return tuple(each for each in (self.deed, self.word) if each)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everybody's posture as of a day and a moment of knowing, and what it was drawn from.

    `valid_on` is None only for a ledger that holds no dated claim. `untied` counts the claims of those days that no
    conflict was found for, `undated` those without a day. `earlier` are the postures of `compared_with`.
    """

    valid_on: date | None
    known_by: datetime | None
    conflict: str | None
    reports: int
    outlets: int
    claims: int
    postures: tuple[Posture, ...]
    conflict_id: str | None = None
    untied: int = 0
    undated: int = 0
    transitions: tuple[Transition, ...] = ()
    compared_with: date | None = None
    earlier: tuple[Posture, ...] = ()
