"""Looks the rows of event tables over: each against its hash, what stands of them, which say the same as another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection, and_, func, select

from holdfire.ledger.event_rows import (
    Version,
    batch_content,
    batch_id,
    fact_of,
    row_closings,
    row_digest,
    row_from,
    short,
    with_parties,
)
from holdfire.ledger.rows import digest
from holdfire.ledger.tables import EVENT_BATCHES, EVENT_ROWS
from holdfire.model.event_row import BY_MACHINE

_CHUNK = 2000
_WHOLE = 2**128


def batch_items(connection: Connection) -> Iterator[tuple[str, str]]:
    """What each batch should be called in the chain, made anew from its rows, and the batch in words."""
    for batch in connection.execute(select(EVENT_BATCHES).order_by(EVENT_BATCHES.c.seq)).mappings().all():
        held = connection.execute(with_parties().where(EVENT_ROWS.c.batch_seq == batch["seq"])).mappings()
        content = batch_content((row_digest(row_from(row)), row["recorded_at"]) for row in held)
        said = (batch["file"], batch["file_sha256"], batch["last_line"], batch["skipped"])
        yield batch_id(*said, content, batch["recorded_at"]), f"batch {batch['id']} of {batch['file']}"


def row_faults(connection: Connection) -> Iterator[tuple[str, str]]:
    """Each fault as its kind and words."""
    for row in connection.execute(with_parties().execution_options(yield_per=_CHUNK)).mappings():
        found = row_from(row)
        if (row["hash"], row["fact"]) != (short(row_digest(found)), fact_of(found)):
            yield "record", f"row {row['origin_id']} of {row['origin']} was changed: its hash does not fit"
    yield from _closed_wrongly(connection)
    wrong = _flagged_wrongly(connection)
    if wrong:
        yield "standing", f"{wrong} rows of event tables are flagged as repeating another one, or should be"


def standing_sum(connection: Connection) -> str | None:
    """What stands of all event tables, in whatever order: 32 hex digits, None where there is nothing."""
    columns = (EVENT_ROWS.c.origin, EVENT_ROWS.c.origin_id, EVENT_ROWS.c.hash)
    query = select(*columns).where(EVENT_ROWS.c.superseded_at.is_(None)).execution_options(yield_per=_CHUNK)
    total = count = 0
    # A sum, because ten million digests would have to be held to be sorted.
    for origin, name, hashed in connection.execute(query):
        total = (total + int(digest(origin, name, str(hashed)), 16)) % _WHOLE
        count += 1
    return digest("event rows", str(count), f"{total:032x}") if count else None


def _closed_wrongly(connection: Connection) -> Iterator[tuple[str, str]]:
    """Rows of several editions, or closed ones, that were not closed when they should have been."""
    same = (EVENT_ROWS.c.origin, EVENT_ROWS.c.origin_id)
    several = (
        select(*same)
        .group_by(*same)
        .having((func.count() > 1) | (func.count(EVENT_ROWS.c.superseded_at) > 0))
        .subquery()
    )
    query = (
        select(
            *same, EVENT_ROWS.c.seq, EVENT_ROWS.c.hash, EVENT_ROWS.c.edition, EVENT_ROWS.c.recorded_at,
            EVENT_ROWS.c.superseded_at,
        )
        .join(several, and_(several.c.origin == EVENT_ROWS.c.origin, several.c.origin_id == EVENT_ROWS.c.origin_id))
        .order_by(*same, EVENT_ROWS.c.recorded_at, EVENT_ROWS.c.hash, EVENT_ROWS.c.seq)
        .execution_options(yield_per=_CHUNK)
    )  # fmt: skip
    for (origin, name), rows in groupby(connection.execute(query), key=lambda row: (row.origin, row.origin_id)):
        versions = [
            Version(
                seq=row.seq, hash=row.hash, rank=row.recorded_at if row.edition is None else row.edition,
                recorded_at=row.recorded_at, superseded_at=row.superseded_at,
            )
            for row in rows
        ]  # fmt: skip
        right = row_closings(versions)
        if any(each.superseded_at != right[each.seq] for each in versions):
            yield "standing", f"row {name} of {origin} was closed at another time than it should be"


def _flagged_wrongly(connection: Connection) -> int:
    first = func.first_value(EVENT_ROWS.c.origin_id).over(
        partition_by=EVENT_ROWS.c.fact, order_by=(EVENT_ROWS.c.recorded_at, EVENT_ROWS.c.hash, EVENT_ROWS.c.origin_id)
    )
    coded = select(EVENT_ROWS.c.duplicate, EVENT_ROWS.c.origin_id, first.label("first")).where(
        EVENT_ROWS.c.origin.in_(sorted(BY_MACHINE))
    )
    each = coded.subquery()
    repeats = and_(each.c.origin_id != each.c.first, each.c.duplicate == 0)
    odd = and_(each.c.origin_id == each.c.first, each.c.duplicate == 1)
    by_people = select(func.count()).where(EVENT_ROWS.c.origin.not_in(sorted(BY_MACHINE)), EVENT_ROWS.c.duplicate == 1)
    wrong = connection.execute(select(func.count()).select_from(each).where(repeats | odd)).scalar_one()
    return int(wrong) + int(connection.execute(by_people).scalar_one())
