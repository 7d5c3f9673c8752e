"""Takes a report down: its text and what was read from it go, its hashes and the record of the taking down stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, func, or_, select, text

from holdfire.errors import UsageError
from holdfire.ledger.connect import Ledger
from holdfire.ledger.faults import explained
from holdfire.ledger.readings import closings, readings_of, takedowns_of
from holdfire.ledger.rows import digest, moment_number, moment_of
from holdfire.ledger.tables import (
    CLAIMS,
    CONDUCTS_SEEN,
    DOCUMENTS,
    EVENT_ROWS,
    MENTIONS,
    PARTIES,
    READINGS,
    REASONS,
    SOURCES,
    STANDING,
)
from holdfire.ledger.views import starts_with
from holdfire.ledger.writer import Pending, close_reading, numbers_of, seal


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown:
    """What was taken down, and for whom: `versions` of the article and `claims` that were read from them."""

    document_id: str
    versions: int
    claims: int
    who: str
    reason: str
    recorded_at: datetime


def take_down(ledger: Ledger, document_id: str, *, who: str, reason: str, now: datetime) -> Takedown:
    """Remove every version of an article for good, from the file and its indexes; it is not accepted again.

    What stays: ids, hashes, address, outlet and dates, how many claims there were, and who took it down when and why.
    This is the only thing that removes anything from a ledger. Backups made before still hold the text.

    document_id: may be shortened as long as only one report begins so.
    Raises UsageError for an unknown report and for an empty reason.
    """
    if not reason.strip():
        raise UsageError("Taking a report down: no reason is given. Say why.")
    with ledger.writing("takedown") as connection:
        series = _series_of(connection, document_id)
        held = takedowns_of(connection, [series])
        numbers = numbers_of(ledger, connection)
        at = held.get(series) or numbers.moment(moment_number(now))
        if ledger.is_sqlite:
            # What is freed is overwritten with zeros, so that no tool brings it back.
            connection.exec_driver_sql("pragma secure_delete=on")
        versions, claims = erase(connection, series, at)
        forget_words(connection)
        if not held:
            identity = takedown_id(series, who, reason, at)
            pending = Pending(connection)
            link = numbers.next("links")
            pending.add("takedowns", (identity, series, link, who, reason, at))
            seal(pending, numbers, link, [identity], at)
            pending.flush()
        # Names that only this report used are gone from the tables, so the writer must not remember them.
        ledger.state.clear()
    _sweep(ledger)
    return Takedown(
        document_id=document_id, versions=versions, claims=claims, who=who, reason=reason, recorded_at=moment_of(at)
    )


def takedown_id(series: str, who: str, reason: str, at: int) -> str:
    """What the chain of hashes says of a taking down."""
    return digest("takedown", series, who, reason, str(at))


def erase(connection: Connection, series: str, at: int) -> tuple[int, int]:
    """Empty an article's documents and claims and close its readings; how many versions and claims were emptied."""
    documents = select(DOCUMENTS.c.seq).where(DOCUMENTS.c.series == series)
    claims = select(CLAIMS.c.seq).where(CLAIMS.c.document_seq.in_(documents))
    if connection.dialect.name == "sqlite":
        _erase_words(connection, series)
    for table in (STANDING, MENTIONS, SOURCES, REASONS):
        connection.execute(table.delete().where(table.c.claim_seq.in_(claims)))
    emptied = connection.execute(
        CLAIMS.update()
        .where(CLAIMS.c.document_seq.in_(documents), CLAIMS.c.json.is_not(None))
        .values(json=None, evidence=None, prefix=None, suffix=None)
    ).rowcount
    removed = connection.execute(
        DOCUMENTS.update()
        .where(DOCUMENTS.c.series == series, DOCUMENTS.c.text.is_not(None))
        .values(text=None, title=None, byline=None)
    ).rowcount
    connection.execute(READINGS.update().where(READINGS.c.series == series).values(passages=None, pointers=None))
    close_series(connection, series, at)
    _drop_unused_names(connection)
    return removed, emptied


def close_series(connection: Connection, series: str, taken_down: int | None) -> None:
    """Set when each reading of an article was superseded, as `closings` has it, where it is otherwise."""
    rows = readings_of(connection, [series])[series]
    right = closings(rows, taken_down)
    for row in rows:
        if row.superseded_at != right[row.seq]:
            close_reading(connection, row.seq, right[row.seq])


def _series_of(connection: Connection, document_id: str) -> str:
    query = select(DOCUMENTS.c.id, DOCUMENTS.c.series).where(starts_with(DOCUMENTS.c.id, document_id)).distinct()
    found = connection.execute(query.limit(20)).all()
    exact = [row for row in found if row.id == document_id]
    series = {row.series for row in exact or found}
    if len(series) != 1:
        what = "no report has" if not series else "several reports have"
        raise UsageError(f"Taking a report down: {what} an id that begins {document_id!r}. List them: holdfire claims")
    return str(series.pop())


def _erase_words(connection: Connection, series: str) -> None:
    """Take the words out of the full-text indexes, which must be told what they hold."""
    connection.execute(
        text(
            "insert into documents_words(documents_words, rowid, title, text)"
            " select 'delete', seq, title, text from documents where series = :series and text is not null"
        ),
        {"series": series},
    )
    connection.execute(
        text(
            "insert into claims_words(claims_words, rowid, evidence) select 'delete', c.seq, c.evidence"
            " from claims c join documents d on d.seq = c.document_seq"
            " where d.series = :series and c.evidence is not null"
        ),
        {"series": series},
    )


def forget_words(connection: Connection) -> None:
    """Merge the full-text indexes: until then, words taken out of them stay in the file."""
    if connection.dialect.name == "sqlite":
        for words in ("documents_words", "claims_words"):
            connection.exec_driver_sql(f"insert into {words}({words}) values('optimize')")


def _drop_unused_names(connection: Connection) -> None:
    """Forget parties that nothing names any more: their keys may quote the text."""
    used = [select(table.c.party_seq) for table in (MENTIONS, SOURCES, STANDING)]
    named = exists().where(or_(EVENT_ROWS.c.actor_seq == PARTIES.c.seq, EVENT_ROWS.c.recipient_seq == PARTIES.c.seq))
    unused = select(PARTIES.c.seq).where(*(PARTIES.c.seq.not_in(each) for each in used), ~named)
    numbers = list(connection.execute(unused).scalars())
    for start in range(0, len(numbers), 500):
        some = numbers[start : start + 500]
        connection.execute(CONDUCTS_SEEN.delete().where(CONDUCTS_SEEN.c.party_seq.in_(some)))
        connection.execute(PARTIES.delete().where(PARTIES.c.seq.in_(some)))


def _sweep(ledger: Ledger) -> None:
    """Make the write-ahead log, or the dead rows of PostgreSQL, give up what was removed."""
    with explained(ledger.url, "Sweeping"), ledger.engine.connect() as connection:
        if ledger.is_sqlite:
            connection.rollback()
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("pragma wal_checkpoint(truncate)")
        else:
            plain = connection.execution_options(isolation_level="AUTOCOMMIT")
            count = plain.execute(select(func.count()).select_from(READINGS)).scalar_one()
            if count:
                plain.execute(text("vacuum documents, claims, parties, mentions, sources, reasons, standing, readings"))
