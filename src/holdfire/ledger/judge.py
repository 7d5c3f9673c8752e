"""Records what people say of claims and of outlets: judgements and grades, added and never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from holdfire.errors import LedgerError, UsageError
from holdfire.ledger import views
from holdfire.ledger.connect import Ledger
from holdfire.ledger.rows import digest, moment_number, moment_of
from holdfire.ledger.tables import GRADES, JUDGEMENTS
from holdfire.ledger.writer import Pending, numbers_of, seal
from holdfire.model.correction import faults_of
from holdfire.model.entry import AsOf, Judgement, Verdict

GRADE_LETTERS = ("A", "B", "C", "D", "E", "F")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How far an outlet is to be trusted, on the Admiralty's scale: A (completely) to E (not), F (cannot be judged)."""

    outlet: str
    letter: str
    who: str
    reason: str
    recorded_at: datetime


def judge(
    ledger: Ledger,
    claim_id: str,
    *,
    who: str,
    role: str,
    verdict: Verdict,
    reason: str,
    changes: Mapping[str, Any] | None = None,
    now: datetime,
) -> Judgement:
    """Record what somebody says of a claim that stands. The same said again by the same person is recorded once.

    claim_id: may be shortened as long as only one claim begins so.
    changes: for "correct": fields of the claim's JSON and their right values.

    Raises UsageError for an unknown claim, for a correction that cannot be kept, and for an empty name or reason.
    """
    who, reason = who.strip(), reason.strip()
    if not who:
        raise UsageError("Judging a claim: nobody is named. Say who judges.")
    if not reason:
        raise UsageError("Judging a claim: no reason is given. Say why.")
    if (verdict == "correct") != bool(changes):
        raise UsageError("Judging a claim: a correction, and only a correction, says which fields are to change.")
    claim_id = _checked(ledger, claim_id, changes or {})
    body = json.dumps(dict(changes or {}), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    with ledger.writing("judge") as connection:
        numbers = numbers_of(ledger, connection)
        last = _last_of(connection, claim_id, who)
        if last is not None and (last.role, last.verdict, last.changes, last.reason) == (role, verdict, body, reason):
            identity, at = last.id, last.recorded_at
        else:
            at = numbers.moment(moment_number(now))
            if last is not None and last.recorded_at >= at:
                at = numbers.moment(last.recorded_at + 1)
            identity = judgement_id(claim_id, who, role, verdict, body, reason, at)
            pending = Pending(connection)
            link = numbers.next("links")
            pending.add("judgements", (identity, claim_id, link, who, role, verdict, body, reason, at))
            seal(pending, numbers, link, [identity], at)
            pending.flush()
    return Judgement(
        id=identity, claim_id=claim_id, who=who, role=role, verdict=verdict, reason=reason,
        recorded_at=moment_of(at), changes=tuple(json.loads(body).items()),
    )  # fmt: skip


def grade(ledger: Ledger, outlet: str, *, letter: str, who: str, reason: str, now: datetime) -> Grade:
    """Record how far an outlet is to be trusted; the latest grade counts, all are kept. Raises UsageError."""
    if letter not in GRADE_LETTERS:
        raise UsageError(f"Grading {outlet}: {letter!r} is none of {', '.join(GRADE_LETTERS)}.")
    with ledger.writing("grade") as connection:
        numbers = numbers_of(ledger, connection)
        at = numbers.moment(moment_number(now))
        identity = grade_id(outlet, letter, who, reason, at)
        if connection.execute(select(GRADES.c.id).where(GRADES.c.id == identity)).first() is None:
            pending = Pending(connection)
            link = numbers.next("links")
            pending.add("grades", (identity, outlet, letter, who, reason, link, at))
            seal(pending, numbers, link, [identity], at)
            pending.flush()
    return Grade(outlet=outlet, letter=letter, who=who, reason=reason, recorded_at=moment_of(at))


def grades(ledger: Ledger, asof: AsOf) -> dict[str, Grade]:
    """The latest grade of each outlet by `asof.known_by`; an outlet without one is F, cannot be judged."""
    query = select(GRADES)
    if asof.known_by is not None:
        query = query.where(GRADES.c.recorded_at <= moment_number(asof.known_by))
    with ledger.reading() as connection:
        rows = connection.execute(query.order_by(GRADES.c.recorded_at, GRADES.c.id)).all()
    return {
        row.outlet: Grade(outlet=row.outlet, letter=row.grade, who=row.who, reason=row.reason,
                          recorded_at=moment_of(row.recorded_at))
        for row in rows
    }  # fmt: skip


def judgement_id(claim_id: str, who: str, role: str, verdict: str, changes: str, reason: str, at: int) -> str:
    """What the chain of hashes says of a judgement."""
    return digest("judgement", claim_id, who, role, verdict, changes, reason, str(at))


def grade_id(outlet: str, letter: str, who: str, reason: str, at: int) -> str:
    """What the chain of hashes says of a grade."""
    return digest("grade", outlet, letter, who, reason, str(at))


def _checked(ledger: Ledger, claim_id: str, changes: Mapping[str, Any]) -> str:
    entry = views.claim(ledger, claim_id, AsOf())
    if entry is None:
        raise UsageError(
            f"Judging a claim: no claim that stands, or more than one, has an id that begins {claim_id!r}. "
            "List them: holdfire claims"
        )
    document = views.document(ledger, entry.document.id, AsOf())
    if changes and document is None:
        raise LedgerError(
            f"Judging claim {entry.claim.id}: the text of its report is not held, so it cannot be mended."
        )
    faults = faults_of(entry.recorded or entry.claim, changes, document.text if document else "")
    if faults:
        raise UsageError(f"Correcting claim {entry.claim.id}: {'; '.join(faults)}. Nothing was recorded.")
    return entry.claim.id


def _last_of(connection: Connection, claim_id: str, who: str) -> Any:
    query = (
        select(JUDGEMENTS)
        .where(JUDGEMENTS.c.claim_id == claim_id, JUDGEMENTS.c.who == who)
        .order_by(JUDGEMENTS.c.recorded_at.desc(), JUDGEMENTS.c.id.desc())
    )
    return connection.execute(query.limit(1)).first()
