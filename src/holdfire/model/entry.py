"""A claim with its place in the ledger: when it was recorded, by which run, and what people said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from holdfire.model.claim import Claim

Verdict = Literal["accept", "correct", "reject", "comment"]
VERDICTS = ("accept", "correct", "reject", "comment")
# Who counts over whom, lowest first. An unknown role ranks below all of these.
ROLES = ("reader", "analyst", "editor")


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """The pair of times that every view is taken at; None means no bound.

    `valid_on`: nothing that begins after this day is seen. `known_by`: nothing recorded after this moment is seen,
    and what was superseded after it is seen as it then was. A moment without a time zone is taken as UTC.
    """

    valid_on: date | None = None
    known_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A document without its text."""

    id: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person said of a claim. `changes` maps top-level fields of the claim's JSON to corrected values."""

    id: str
    claim_id: str
    who: str
    role: str
    verdict: Verdict
    reason: str
    recorded_at: datetime
    changes: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One call of the product that wrote: the command, the rules and the version that it wrote with."""

    id: str
    command: str
    rulebook_hash: str
    version: str
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeProblem:
    """One input that could not be read: where it stood and what was wrong."""

    id: str
    where: str
    what: str
    recorded_at: datetime
    run_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A claim as it counts. `superseded_at` is None while it stands; `valid_from` and `valid_to` are the days that
    views compare with `AsOf.valid_on` (the claim's time, else the document's publication, else its recording).
    `recorded` is the claim as it was read, where the judgement that counts has corrected it; else None.
    """

    claim: Claim
    document: Header
    recorded_at: datetime
    run_id: str
    superseded_at: datetime | None = None
    rulebook_hash: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    judgements: tuple[Judgement, ...] = field(default=())
    recorded: Claim | None = None


def counting_judgement(judgements: Iterable[Judgement]) -> Judgement | None:
    """The judgement that counts: the latest of the highest role that accepted, corrected or rejected.

    Comments never count. Ties on the moment fall to the larger id, so that the answer is always the same.
    """
    deciding = [each for each in judgements if each.verdict != "comment"]
    if not deciding:
        return None
    return max(deciding, key=lambda each: (role_rank(each.role), each.recorded_at, each.id))


def role_rank(role: str) -> int:
    """The weight of a role, larger counts over smaller; −1 for one that is not listed."""
    return ROLES.index(role) if role in ROLES else -1


def judgement_words(judgement: Judgement) -> str:
    """A judgement in a line: verdict, changes, role, reason."""
    changes = "; ".join(f"{name} = {value!r}" for name, value in judgement.changes)
    return f"{judgement.verdict}{f' ({changes})' if changes else ''}, as {judgement.role}: {judgement.reason}"
