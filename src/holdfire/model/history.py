"""What happened to a claim, a report or an actor in the ledger, and what differs between two moments of knowing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from holdfire.model.entry import Header, LedgerEntry

Step = Literal["recorded", "confirmed", "superseded", "judged", "taken down"]
Cause = Literal["new report", "new version", "new rules", "new judgement", "taken down"]
CAUSES = ("new report", "new version", "new rules", "new judgement", "taken down")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that was recorded: when, what kind, of which report and claim, and in words.

    `cause` says why a claim was recorded or superseded. `who` is the person for a judgement or a taking down.
    """

    at: datetime
    step: Step
    words: str
    document: Header
    claim_id: str | None = None
    cause: Cause | None = None
    who: str | None = None
    run_id: str | None = None
    rulebook_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A claim that is seen otherwise at the later moment than at the earlier.

    `before` is None for a claim that was added, `after` for one that went. Both are None for a report that was taken
    down, whose `claims` were removed with its text.
    """

    cause: Cause
    at: datetime
    document: Header
    before: LedgerEntry | None = None
    after: LedgerEntry | None = None
    claims: int = 1

    @property
    def kind(self) -> Literal["added", "changed", "removed"]:
        """What became of the claim."""
        if self.after is None:
            return "removed"
        return "added" if self.before is None else "changed"
