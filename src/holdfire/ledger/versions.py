"""The versions of an article that a ledger was given, and claims that no longer stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from holdfire.ledger.connect import Ledger
from holdfire.ledger.rows import moment_number, moment_of
from holdfire.ledger.tables import CLAIMS, DOCUMENTS, READINGS
from holdfire.ledger.views import entries_ever, header_from, starts_with
from holdfire.model.entry import AsOf, Header, LedgerEntry

_ALWAYS = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an article: since when it stood, and until when; `superseded_at` is None while it stands.

    `is_held` is False for one whose text was taken down.
    """

    document: Header
    recorded_at: datetime
    superseded_at: datetime | None
    is_held: bool


def versions(ledger: Ledger, document_id: str, asof: AsOf) -> tuple[Version, ...]:
    """Every version of the article that a report is one of, recorded by `asof.known_by`, oldest first.

    The id may be shortened as long as only one article begins so; () when there is none, or several.
    """
    known = moment_number(asof.known_by) if asof.known_by else _ALWAYS
    named = select(DOCUMENTS.c.series).where(starts_with(DOCUMENTS.c.id, document_id)).distinct().limit(2)
    with ledger.reading() as connection:
        series = connection.execute(named).scalars().all()
        if len(series) != 1:
            return ()
        rows = connection.execute(
            select(DOCUMENTS, READINGS.c.recorded_at.label("since"), READINGS.c.superseded_at.label("until"))
            .join(READINGS, READINGS.c.document_seq == DOCUMENTS.c.seq)
            .where(DOCUMENTS.c.series == series[0], READINGS.c.recorded_at <= known)
            .order_by(READINGS.c.recorded_at, READINGS.c.seq)
        ).mappings().all()  # fmt: skip
    found: dict[int, Version] = {}
    for row in rows:
        until = row["until"] if row["until"] is not None and row["until"] <= known else None
        first = found.get(row["seq"])
        found[row["seq"]] = Version(
            document=header_from(row),
            recorded_at=first.recorded_at if first else moment_of(row["since"]),
            superseded_at=moment_of(until) if until is not None else None,
            is_held=row["text"] is not None,
        )
    return tuple(found.values())


def claim_ever(ledger: Ledger, claim_id: str, asof: AsOf) -> LedgerEntry | None:
    """The claim as it was last recorded by `asof.known_by`, whether it still stands or not.

    The id may be shortened as long as only one claim begins so; None when there is none, or several.
    """
    known = AsOf(known_by=asof.known_by)
    with ledger.reading() as connection:
        found = list(entries_ever(connection, known, starts_with(CLAIMS.c.id, claim_id)))
    exact = [each for each in found if each.claim.id == claim_id] or found
    return exact[-1] if len({each.claim.id for each in exact}) == 1 else None
