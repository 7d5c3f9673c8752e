"""Appends rows of event tables: in one transaction, by one writer, deterministic, never overwriting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from holdfire.errors import LedgerError
from holdfire.ledger.connect import Ledger
from holdfire.ledger.event_rows import (
    Version,
    batch_content,
    batch_id,
    fact_of,
    first_of,
    is_later,
    row_digest,
    row_values,
    short,
    versions_of,
    withdrawn,
)
from holdfire.ledger.rows import moment_number
from holdfire.ledger.tables import EVENT_BATCHES, EVENT_ROWS, RUNS
from holdfire.ledger.writer import Numbers, Pending, numbers_of, seal
from holdfire.model.entry import Run
from holdfire.model.event_row import BY_MACHINE, MOST_PARTIES, EventRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an import has got: the file, the last line done, and what was left out since the batch before.

    `skipped` is opaque here; `last_line` counts from 1.
    """

    file: str
    file_sha256: str
    last_line: int
    skipped: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsAppended:
    """What became of a batch: rows that are new, that were held already, that replace an earlier edition, that are of
    an earlier edition than the one held (kept, and superseded at once); `duplicates` of the stored ones say what
    another row of their origin says."""

    new: int = 0
    unchanged: int = 0
    revised: int = 0
    older: int = 0
    duplicates: int = 0


@dataclass(slots=True)
class _Placed:
    """A row that is to be stored."""

    row: EventRow
    digest: str
    fact: int
    version: Version


def append_events(
    ledger: Ledger,
    run: Run,
    rows: Sequence[EventRow],
    *,
    progress: Progress,
    now: datetime,
    names: Mapping[str, str] | None = None,
) -> EventsAppended:
    """Store rows in one transaction, and how far the import has got; when it returns, all of it is on disk.

    Appending again changes nothing. names: what the knowledge base calls the actors whose ids are keys in the rows.
    Raises LedgerError, with nothing stored, for characters that a database cannot hold.
    """
    for row in rows:
        _check(row)
    with ledger.writing(run.command) as connection:
        numbers = numbers_of(ledger, connection)
        # Batches never share a moment, so that it is always told which of two rows came first.
        latest = connection.execute(select(func.coalesce(func.max(EVENT_BATCHES.c.recorded_at), 0))).scalar_one()
        at = numbers.moment(max(moment_number(now), latest + 1))
        appending = _Appending(connection, numbers, names or {}, at)
        for origin in sorted({row.origin for row in rows}):
            appending.place([row for row in rows if row.origin == origin], origin)
        return appending.store(run, progress)


def batches_of(ledger: Ledger, *, file_sha256: str, rulebook_hash: str) -> Iterator[tuple[int, str]]:
    """The last line and the notes of each batch of a file that was read with these rules, by line."""
    query = (
        select(EVENT_BATCHES.c.last_line, EVENT_BATCHES.c.skipped)
        .join(RUNS, RUNS.c.id == EVENT_BATCHES.c.run_id)
        .where(EVENT_BATCHES.c.file_sha256 == file_sha256, RUNS.c.rulebook_hash == rulebook_hash)
        .order_by(EVENT_BATCHES.c.last_line, EVENT_BATCHES.c.recorded_at, EVENT_BATCHES.c.id)
    )
    with ledger.reading() as connection:
        for row in connection.execute(query):
            yield row.last_line, row.skipped


class _Appending:
    """One transaction under way: decides for each row, gathers rows, writes them."""

    def __init__(self, connection: Connection, numbers: Numbers, names: Mapping[str, str], at: int) -> None:
        self._connection = connection
        self._pending = Pending(connection)
        self._numbers = numbers
        self._names = names
        self._at = at
        self._placed: list[_Placed] = []
        self._closing: dict[int, int] = {}
        self._counts = {"new": 0, "unchanged": 0, "revised": 0, "older": 0}

    def place(self, rows: Sequence[EventRow], origin: str) -> None:
        """Decide what each row of one origin is to the ledger."""
        held = versions_of(self._connection, origin, (row.origin_id for row in rows))
        revised = self._decide(rows, held)
        gone = self._gone(origin, {row.origin_id for row in rows}, revised)
        if gone:
            self._decide(gone, versions_of(self._connection, origin, (row.origin_id for row in gone)))

    def _decide(self, rows: Sequence[EventRow], held: Mapping[str, Sequence[Version]]) -> list[EventRow]:
        """Decide for each row; gives those that replace an earlier edition."""
        current = {name: _standing(versions) for name, versions in held.items()}
        known = {(name, each.hash) for name, versions in held.items() for each in versions}
        revised: list[EventRow] = []
        for row in rows:
            found = row_digest(row)
            hashed = short(found)
            if (row.origin_id, hashed) in known:
                self._counts["unchanged"] += 1
                continue
            known.add((row.origin_id, hashed))
            before = current.get(row.origin_id)
            at = self._at if before is None else max(self._at, before.recorded_at + 1)
            self._numbers.last = max(self._numbers.last, at)
            version = Version(
                seq=self._numbers.next("event_rows"), hash=hashed, recorded_at=at, superseded_at=None,
                rank=moment_number(row.edition) if row.edition else at,
            )  # fmt: skip
            outcome = "new" if before is None else "older" if is_later(before, version) else "revised"
            self._counts[outcome] += 1
            if outcome == "older":
                self._closing[version.seq] = at
            else:
                current[row.origin_id] = version
                if before is not None:
                    self._closing[before.seq] = at
                    revised.append(row)
            self._placed.append(_Placed(row=row, digest=found, fact=fact_of(row), version=version))
        return revised

    def _gone(self, origin: str, here: set[str], revised: Sequence[EventRow]) -> list[EventRow]:
        """What withdraws the rows of other parties that an event had before it was revised, and has no more."""
        others = {
            name: row
            for row in revised
            for number in range(2, MOST_PARTIES + 1)
            if ":" not in row.origin_id and (name := f"{row.origin_id}:{number}") not in here
        }
        if origin in BY_MACHINE or not others:
            return []
        held = versions_of(self._connection, origin, others)
        return [withdrawn(others[name], name) for name, versions in held.items() if _standing(versions) is not None]

    def store(self, run: Run, progress: Progress) -> EventsAppended:
        """Write the batch."""
        content = batch_content((each.digest, each.version.recorded_at) for each in self._placed)
        at = self._numbers.last
        said = (progress.file, progress.file_sha256, progress.last_line, progress.skipped)
        identity = batch_id(*said, content, at)
        link, batch = self._numbers.next("links"), self._numbers.next("event_batches")
        self._pending.add("event_batches", (batch, identity, run.id, link, *said, len(self._placed), content, at))
        duplicates = self._duplicates()
        fresh = {each.version.seq for each in self._placed}
        for each in self._placed:
            row, version = each.row, each.version
            values = row_values(
                row, seq=version.seq, batch=batch, hash=version.hash, fact=each.fact, at=version.recorded_at,
                duplicate=version.seq in duplicates, closed=self._closing.get(version.seq),
                actor=self._party(row.actor_key, row.actor_text),
                recipient=self._party(row.recipient_key, row.recipient_text),
            )  # fmt: skip
            self._pending.add("event_rows", values)
        seal(self._pending, self._numbers, link, [identity], at)
        self._pending.flush()
        for seq, closed in self._closing.items():
            if seq not in fresh:
                self._connection.execute(
                    EVENT_ROWS.update().where(EVENT_ROWS.c.seq == seq).values(superseded_at=closed)
                )
        return EventsAppended(**self._counts, duplicates=len(duplicates))

    def _duplicates(self) -> set[int]:
        """Numbers of the rows of which another row of their origin, recorded before, says the same."""
        coded = [each for each in self._placed if each.row.origin in BY_MACHINE]
        first = first_of(self._connection, (each.fact for each in coded))
        for each in coded:
            mine = (each.version.recorded_at, each.version.hash, each.row.origin_id)
            first[each.fact] = min(first.get(each.fact, mine), mine)
        return {each.version.seq for each in coded if first[each.fact][2] != each.row.origin_id}

    def _party(self, key: str | None, words: str | None) -> int | None:
        if key is None:
            return None
        return self._numbers.party(self._pending, key, self._names.get(key) or words or key)


def _standing(versions: Sequence[Version]) -> Version | None:
    return next((each for each in versions if each.superseded_at is None), None)


def _check(row: EventRow) -> None:
    words = (row.origin_id, row.actor_text, row.recipient_text, row.place, row.outlet, row.url, row.code)
    for each in words:
        if each and ("\0" in each or not _is_unicode(each)):
            raise LedgerError(
                f"Storing row {row.origin_id!r} of {row.origin}: {each[:40]!r} holds a character that no ledger keeps. "
                "Nothing of this batch was stored. Strip it from the file."
            )


def _is_unicode(words: str) -> bool:
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True
