"""The readings of an article: which stood when, why each was made, and what closed it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from holdfire.ledger.append import supersedes
from holdfire.ledger.connect import Ledger
from holdfire.ledger.rows import version_id
from holdfire.ledger.tables import CONFIRMATIONS, DOCUMENTS, READINGS, TAKEDOWNS
from holdfire.model.document import Document
from holdfire.model.history import Cause

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """A reading with its version. `rank` is when that version was fetched, else recorded: the later one stands."""

    seq: int
    id: str
    series: str
    document_seq: int
    version: str
    rank: int
    run_id: str
    rulebook_hash: str
    content_hash: str
    claim_count: int
    recorded_at: int
    superseded_at: int | None

    def is_seen(self, known: int) -> bool:
        """Whether it stood at a moment."""
        return self.recorded_at <= known and (self.superseded_at is None or self.superseded_at > known)


def readings_of(connection: Connection, series: Iterable[str]) -> dict[str, list[ReadingRow]]:
    """The readings of each series in the order in which they count: by time of recording, then by id."""
    names = sorted(set(series))
    found: dict[str, list[ReadingRow]] = {name: [] for name in names}
    query = (
        select(READINGS, DOCUMENTS.c.version_id, func.coalesce(DOCUMENTS.c.fetched_at, DOCUMENTS.c.recorded_at))
        .join(DOCUMENTS, DOCUMENTS.c.seq == READINGS.c.document_seq)
        .order_by(READINGS.c.recorded_at, READINGS.c.id)
    )
    for start in range(0, len(names), _CHUNK):
        for row in connection.execute(query.where(READINGS.c.series.in_(names[start : start + _CHUNK]))):
            found[row.series].append(
                ReadingRow(
                    seq=row.seq, id=row.id, series=row.series, document_seq=row.document_seq, version=row.version_id,
                    rank=row[-1], run_id=row.run_id, rulebook_hash=row.rulebook_hash, content_hash=row.content_hash,
                    claim_count=row.claim_count, recorded_at=row.recorded_at, superseded_at=row.superseded_at,
                )
            )  # fmt: skip
    return found


def read_already(ledger: Ledger, documents: Sequence[Document], rulebook_hash: str) -> list[bool]:
    """For each document whether exactly this version of it was read by these rules before."""
    versions = [version_id(each) for each in documents]
    found: set[str] = set()
    made = select(DOCUMENTS.c.version_id).join(READINGS, READINGS.c.document_seq == DOCUMENTS.c.seq)
    confirmed = made.join(CONFIRMATIONS, CONFIRMATIONS.c.reading_seq == READINGS.c.seq)
    with ledger.reading() as connection:
        for start in range(0, len(versions), _CHUNK):
            these = DOCUMENTS.c.version_id.in_(versions[start : start + _CHUNK])
            found |= set(connection.scalars(made.where(these, READINGS.c.rulebook_hash == rulebook_hash)))
            found |= set(connection.scalars(confirmed.where(these, CONFIRMATIONS.c.rulebook_hash == rulebook_hash)))
    return [each in found for each in versions]


def takedowns_of(connection: Connection, series: Iterable[str]) -> dict[str, int]:
    """When each series was first taken down, for those that were."""
    names = sorted(set(series))
    found: dict[str, int] = {}
    for start in range(0, len(names), _CHUNK):
        query = select(TAKEDOWNS.c.series, func.min(TAKEDOWNS.c.recorded_at)).group_by(TAKEDOWNS.c.series)
        for row in connection.execute(query.where(TAKEDOWNS.c.series.in_(names[start : start + _CHUNK]))):
            found[row[0]] = row[1]
    return found


def closings(readings: Sequence[ReadingRow], taken_down: int | None = None) -> dict[int, int | None]:
    """When each reading of one series should be superseded, by number, from nothing but the readings themselves.

    A reading of a later version closes the one that stands; one of an earlier version is closed as it comes; newer
    rules close older. `readings` are in the order of `readings_of`; after `taken_down` nothing stands.
    """
    closed: dict[int, int | None] = {}
    current: ReadingRow | None = None
    for each in readings:
        closed[each.seq] = None
        if current is not None and supersedes((current.rank, current.version), (each.rank, each.version)):
            closed[each.seq] = each.recorded_at
            continue
        if current is not None:
            closed[current.seq] = each.recorded_at
        current = each
    if taken_down is not None and current is not None:
        closed[current.seq] = max(taken_down, current.recorded_at)
    return closed


def cause_of(reading: ReadingRow, readings: Sequence[ReadingRow]) -> Cause:
    """Why a reading was made: its report was new, or its text, or the rules."""
    before = [each for each in readings if (each.recorded_at, each.id) < (reading.recorded_at, reading.id)]
    if not before:
        return "new report"
    return "new rules" if reading.version in {each.version for each in before} else "new version"


def closer_of(reading: ReadingRow, readings: Sequence[ReadingRow]) -> ReadingRow | None:
    """The reading that superseded this one (itself, when it came too late to stand); None for a taking down."""
    at = reading.superseded_at
    return next((each for each in readings if each.recorded_at == at and each.seq != reading.seq), None) or (
        reading if at == reading.recorded_at else None
    )
