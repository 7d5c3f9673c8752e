"""Brings an event table into the ledger, batch by batch, so that it can be cut off anywhere and go on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from holdfire.exchange.event_files import Record, sha256_of
from holdfire.exchange.event_reading import Unusable
from holdfire.exchange.event_tables import EventTable
from holdfire.ledger.append_events import EventsAppended, Progress, append_events, batches_of
from holdfire.ledger.connect import Ledger
from holdfire.model.entry import Run
from holdfire.model.event_row import MOST_PARTIES, EventRow

_COUNTS = ("read", "used", "rows", "named", "known")
# Names beyond that are whole paragraphs that slipped into their column.
MOST_LETTERS = 500
# Enough that the disk is not waited for after each, few enough to hold and to read again.
BATCH = 5000


@dataclass(slots=True)
class Skipped:
    """Records left out for one reason: how many, the line of the first, and what stood there."""

    count: int
    line: int
    detail: str


@dataclass(slots=True)
class Tally:
    """What became of the records of a file: `read` of them, of which `used` gave `rows` and the rest are `skipped`.

    The rows name so many parties (`named`, one for each mention), of whom the knowledge base has `known`.
    """

    read: int = 0
    used: int = 0
    rows: int = 0
    named: int = 0
    known: int = 0
    skipped: dict[str, Skipped] = field(default_factory=dict)

    def skip(self, reason: str, line: int, detail: str) -> None:
        """Count one record that was left out."""
        found = self.skipped.setdefault(reason, Skipped(0, line, detail))
        found.count += 1

    def add(self, other: Tally) -> None:
        """Count what another part of the same file gave."""
        self.read += other.read
        self.used += other.used
        self.rows += other.rows
        self.named += other.named
        self.known += other.known
        for reason, each in other.skipped.items():
            mine = self.skipped.setdefault(reason, Skipped(0, each.line, each.detail))
            mine.count += each.count

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        skipped = {reason: [each.count, each.line, each.detail] for reason, each in self.skipped.items()}
        counts = {name: getattr(self, name) for name in _COUNTS}
        return {**counts, "skipped": skipped}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Tally:
        """What `as_json` wrote."""
        skipped = {reason: Skipped(*each) for reason, each in data["skipped"].items()}
        return cls(**{name: data[name] for name in _COUNTS}, skipped=skipped)


@dataclass(slots=True)
class Imported:
    """An import: the tally of the whole file, that of this call's batches in the ledger, and where it went on from.

    `resumed_after` is the last line that an earlier call had done, 0 for none; `was_complete` says that it had done
    them all.
    """

    file: str
    origin: str
    tally: Tally = field(default_factory=Tally)
    fates: Counter[str] = field(default_factory=Counter)
    resumed_after: int = 0
    was_complete: bool = False


def import_table(
    table: EventTable,
    ledger: Ledger,
    begin: Callable[[], Run],
    *,
    rulebook_hash: str,
    grade: str,
    names: dict[str, str],
    clock: Callable[[], datetime],
    show: Callable[[Imported, int], None] = lambda done, line: None,
) -> Imported:
    """Read a table into the ledger from where an earlier call with the same file, rules and grade stopped.

    begin: called for the run that it is recorded under, when there is something to record. names: of the actors known,
    filled by the reader as it goes. clock: the moment of recording. show: called after each batch with the last line.
    Each batch is stored whole, with how far it got; a row never stands twice.
    """
    sha256 = sha256_of(table.path)
    done = Imported(file=table.path.name, origin=table.origin)
    for line, notes in batches_of(ledger, file_sha256=sha256, rulebook_hash=rulebook_hash):
        held = json.loads(notes)
        # Two ledgers that had both begun with the file may have been merged: each batch says where it began.
        if (held["origin"], held["grade"], held["after"]) == (table.origin, grade, done.resumed_after):
            done.resumed_after = line
            done.tally.add(Tally.from_json(held))
            done.was_complete = held["end"]
    if done.was_complete:
        return done
    run = begin()
    part, rows, line, stored = Tally(), list[EventRow](), done.resumed_after, done.resumed_after

    def store(*, end: bool) -> None:
        said = {"origin": table.origin, "grade": grade, "after": stored, "end": end, **part.as_json()}
        notes = json.dumps(said, ensure_ascii=False)
        progress = Progress(file=table.path.name, file_sha256=sha256, last_line=line, skipped=notes)
        fate = append_events(ledger, run, rows, progress=progress, now=clock(), names=names)
        done.fates.update(_counts(fate))
        done.tally.add(part)
        show(done, line)

    for record in table.records(after=done.resumed_after):
        read_record(table, record, part, rows)
        line = record.last_line
        if len(rows) >= BATCH or part.read >= 10 * BATCH:
            store(end=False)
            part, rows, stored = Tally(), [], line
    store(end=True)
    return done


def read_record(table: EventTable, record: Record, tally: Tally, rows: list[EventRow]) -> None:
    """Add the rows of one record, or why it gives none."""
    tally.read += 1
    if record.fault is not None:
        tally.skip(record.fault, record.line, "")
        return
    if table.is_header(record.cells):
        tally.skip("it repeats the header", record.line, "")
        return
    try:
        found = table.reader.rows(record.cells)
    except Unusable as why:
        tally.skip(why.reason, record.line, why.detail)
        return
    if any(len(words) > MOST_LETTERS for row in found for words in _names(row)):
        tally.skip(f"a name or an id in it is longer than {MOST_LETTERS} characters", record.line, "")
        return
    if len(found) > MOST_PARTIES:
        tally.skip(f"it names more than {MOST_PARTIES} parties", record.line, "")
        return
    tally.used += 1
    tally.rows += len(found)
    keys = [key for row in found for key in (row.actor_key, row.recipient_key) if key is not None]
    tally.named += len(keys)
    tally.known += sum(not key.startswith("text:") for key in keys)
    rows.extend(found)


def _names(row: EventRow) -> Iterator[str]:
    """What a ledger keeps in an index, which holds no long words."""
    yield row.origin_id
    yield row.actor_key or ""
    yield row.recipient_key or ""


def try_table(table: EventTable) -> Imported:
    """What an import would read, with nothing stored."""
    done = Imported(file=table.path.name, origin=table.origin)
    for record in table.records():
        read_record(table, record, done.tally, [])
    return done


def _counts(fate: EventsAppended) -> dict[str, int]:
    return {
        "new": fate.new, "unchanged": fate.unchanged, "revised": fate.revised, "older": fate.older,
        "duplicates": fate.duplicates,
    }  # fmt: skip
