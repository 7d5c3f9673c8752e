"""Who else says so: claims that say the same, the origins that they go back to, and what speaks against them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from holdfire.model.entry import LedgerEntry

Opposition = Literal["done and not done", "claimed and denied"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One independent origin of a claim, with the entries that go back to it, and why they are one.

    `letter` is the Admiralty grade of the best graded outlet that it stands on: A to E, or F, cannot be judged.
    """

    key: str
    entries: tuple[LedgerEntry, ...]
    why: tuple[str, ...]
    letter: str = "F"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Claims that say the same thing: the same parties, event, time and place.

    `origins` vouch for it; `doubtful` entries are rumours, hedged reports. `digit` is the Admiralty grade of the
    information, 1 (confirmed) to 6 (cannot be judged).
    """

    id: str
    entries: tuple[LedgerEntry, ...]
    origins: tuple[Origin, ...]
    doubtful: tuple[LedgerEntry, ...]
    letter: str
    digit: int

    @property
    def code(self) -> str:
        """Source and information together, as "B2"."""
        return f"{self.letter}{self.digit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two groups that cannot both be right, the one that says it was done first."""

    said: Group
    against: Group
    kind: Opposition


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """Every group, best supported first, and every pair that contradicts each other."""

    groups: tuple[Group, ...]
    contradictions: tuple[Contradiction, ...]
