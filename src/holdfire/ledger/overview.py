"""A ledger at a glance: its state in one number, the days it speaks of, the outlets that it reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from holdfire.ledger.connect import Ledger
from holdfire.ledger.rows import day_of
from holdfire.ledger.tables import CLAIMS, DOCUMENTS, LINKS, READINGS
from holdfire.ledger.views import visible
from holdfire.model.entry import AsOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much a ledger holds, and the first and last day that a claim begins on; None for one without claims."""

    reports: int
    claims: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletCount:
    """What one outlet has given: reports, claims, and the days of its first and latest report. None: not stated."""

    outlet: str | None
    reports: int
    claims: int
    first: date | None
    last: date | None


def state_of(ledger: Ledger) -> int:
    """A number that differs whenever something was recorded since; the same while nothing was."""
    with ledger.reading() as connection:
        return int(connection.execute(select(func.coalesce(func.max(LINKS.c.seq), 0))).scalar_one())


def extent(ledger: Ledger, asof: AsOf) -> Extent:
    """Counts and days of what stood at `asof.known_by`, whenever it holds."""
    counts = select(func.count(), func.coalesce(func.sum(READINGS.c.claim_count), 0)).where(
        visible(READINGS.c.recorded_at, READINGS.c.superseded_at, asof)
    )
    days = select(CLAIMS.c.valid_from).where(visible(CLAIMS.c.recorded_at, CLAIMS.c.superseded_at, asof)).limit(1)
    with ledger.reading() as connection:
        reports, claims = connection.execute(counts).one()
        # The index gives the two ends; a minimum over all would read every claim.
        first = connection.execute(days.order_by(CLAIMS.c.valid_from, CLAIMS.c.seq)).scalar()
        last = connection.execute(days.order_by(CLAIMS.c.valid_from.desc(), CLAIMS.c.seq.desc())).scalar()
    return Extent(
        reports=reports, claims=claims, first=day_of(first) if first else None, last=day_of(last) if last else None
    )


def claims_recorded(ledger: Ledger) -> int:
    """How many claims were ever recorded, those that stand no more among them; found at once in any ledger."""
    with ledger.reading() as connection:
        return int(connection.execute(select(func.coalesce(func.max(CLAIMS.c.seq), 0))).scalar_one())


def last_day(ledger: Ledger, asof: AsOf) -> date | None:
    """The latest day that a claim which stood at `asof.known_by` begins on."""
    query = select(CLAIMS.c.valid_from).where(visible(CLAIMS.c.recorded_at, CLAIMS.c.superseded_at, asof))
    with ledger.reading() as connection:
        found = connection.execute(query.order_by(CLAIMS.c.valid_from.desc(), CLAIMS.c.seq.desc()).limit(1)).scalar()
    return day_of(found) if found else None


def outlets(ledger: Ledger, asof: AsOf) -> tuple[OutletCount, ...]:
    """Every outlet with a report that stood at `asof.known_by`, by number of reports, most first."""
    query = (
        select(
            DOCUMENTS.c.outlet, func.count(), func.sum(READINGS.c.claim_count), func.min(DOCUMENTS.c.published),
            func.max(DOCUMENTS.c.published),
        )
        .join(READINGS, READINGS.c.document_seq == DOCUMENTS.c.seq)
        .where(DOCUMENTS.c.text.is_not(None), visible(READINGS.c.recorded_at, READINGS.c.superseded_at, asof))
        .group_by(DOCUMENTS.c.outlet)
    )  # fmt: skip
    with ledger.reading() as connection:
        rows = connection.execute(query).all()
    found = [
        OutletCount(
            outlet=name, reports=reports, claims=claims or 0, first=day_of(first) if first else None,
            last=day_of(last) if last else None,
        )
        for name, reports, claims, first, last in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.reports, each.outlet or "")))
