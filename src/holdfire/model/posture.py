"""A posture: what an actor is seen to do and heard to say on a day, with the entries for and against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from holdfire.model.entry import LedgerEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One conduct of one actor with its evidence, strongest entry first.

    `since` is the first day of the unbroken run of evidence that reaches up to the latest; `strength` is the decayed
    weight of the evidence, at least 0; `outlets` are the distinct outlets it comes from.
    """

    conduct: str
    since: date
    latest: date
    strength: float
    outlets: tuple[str, ...]
    entries: tuple[LedgerEntry, ...]

    @property
    def best(self) -> LedgerEntry:
        """The entry to show first."""
        return self.entries[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture:
    """An actor's best supported deed and word; None where none is reported.

    `key` is a knowledge-base id, or "text:" and the words of an actor that has none. `others` are the conducts that
    lost, strongest first. `unconfirmed` and `denied` are findings that rest on rumour or denial alone and never make
    a posture.
    """

    key: str
    name: str
    deed: Finding | None
    word: Finding | None
    others: tuple[Finding, ...] = ()
    unconfirmed: tuple[Finding, ...] = ()
    denied: tuple[Finding, ...] = ()

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

    `valid_on` is None only for a ledger that holds no dated claim.
    """

    valid_on: date | None
    known_by: datetime | None
    conflict: str | None
    reports: int
    outlets: int
    claims: int
    postures: tuple[Posture, ...]
