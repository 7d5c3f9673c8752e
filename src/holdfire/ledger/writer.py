"""What one writer keeps between transactions: the next numbers, known parties, the tips of the chain; and its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, func, select

from holdfire.ledger.connect import Ledger
from holdfire.ledger.rows import digest
from holdfire.ledger.tables import (
    CLAIMS,
    CONDUCTS_SEEN,
    CONFIRMATIONS,
    DOCUMENTS,
    EVENT_BATCHES,
    EVENT_ROWS,
    LINKS,
    METADATA,
    PARTIES,
    READINGS,
    RULEBOOKS,
    STANDING,
    TIPS,
)

# Parents before children, for the foreign keys.
_ORDER = (
    "rulebooks", "links", "runs", "documents", "readings", "confirmations", "claims", "parties", "mentions",
    "sources", "reasons", "standing", "conducts_seen", "judgements", "problems", "takedowns", "grades",
    "documents_words", "claims_words", "event_batches", "event_rows",
)  # fmt: skip
_NUMBERED = (LINKS, DOCUMENTS, READINGS, CLAIMS, PARTIES, EVENT_BATCHES, EVENT_ROWS)
# Full-text tables of SQLite; PostgreSQL indexes the texts where they stand.
_WORDS = {"documents_words": ("rowid", "title", "text"), "claims_words": ("rowid", "evidence")}


@dataclass(slots=True)
class Numbers:
    """The writer's memory; valid while the lock is held and dropped when a transaction is rolled back."""

    following: dict[str, int]
    parties: dict[str, int]
    seen: set[tuple[int, str, int]]
    tips: set[str]
    rulebooks: set[str]
    last: int
    confirmed: set[tuple[int, str]] = field(default_factory=set)

    def next(self, table: str) -> int:
        """A number that no row of the table has."""
        found = self.following[table]
        self.following[table] = found + 1
        return found

    def moment(self, now: int) -> int:
        """Now, or the last moment recorded when the clock has gone back."""
        self.last = max(self.last, now)
        return self.last

    def party(self, pending: Pending, key: str, name: str) -> int:
        """The number of a party, which is added when it is new."""
        found = self.parties.get(key)
        if found is None:
            found = self.parties[key] = self.next("parties")
            pending.add("parties", (found, key, name))
        return found

    def see_conduct(self, pending: Pending, key: tuple[int, str, int]) -> None:
        """Note that a party has shown a conduct."""
        if key not in self.seen:
            self.seen.add(key)
            pending.add("conducts_seen", key)

    def is_confirmed(self, connection: Connection, reading: int, rules: str) -> bool:
        """True when these rules have found the same as the reading before."""
        if (reading, rules) in self.confirmed:
            return True
        query = select(CONFIRMATIONS.c.id).where(
            CONFIRMATIONS.c.reading_seq == reading, CONFIRMATIONS.c.rulebook_hash == rules
        )
        return connection.execute(query).first() is not None


def numbers_of(ledger: Ledger, connection: Connection) -> Numbers:
    """The writer's memory, read from the ledger when the lock was just taken."""
    found = ledger.state.get("numbers")
    if isinstance(found, Numbers):
        return found

    def highest(table: Table) -> int:
        return int(connection.execute(select(func.coalesce(func.max(table.c.seq), 0))).scalar_one())

    numbers = Numbers(
        following={table.name: highest(table) + 1 for table in _NUMBERED},
        parties={row.key: row.seq for row in connection.execute(select(PARTIES.c.key, PARTIES.c.seq))},
        seen={(row[0], row[1], row[2]) for row in connection.execute(select(CONDUCTS_SEEN))},
        tips=set(connection.execute(select(TIPS.c.hash)).scalars()),
        rulebooks=set(connection.execute(select(RULEBOOKS.c.hash)).scalars()),
        last=int(connection.execute(select(func.coalesce(func.max(LINKS.c.recorded_at), 0))).scalar_one()),
    )
    ledger.state["numbers"] = numbers
    return numbers


class Pending:
    """Rows gathered by table, written with one statement a table."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._sqlite = connection.dialect.name == "sqlite"
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _ORDER}
        self._closing: list[tuple[int, int]] = []
        self._tips: tuple[set[str], str] | None = None

    def add(self, table: str, values: tuple[Any, ...]) -> None:
        """Gather one row, its values in the order of the table's columns."""
        self._rows[table].append(values)

    def close(self, reading: int, at: int) -> None:
        """Gather the superseding of a reading and its claims."""
        self._closing.append((at, reading))

    def tips(self, old: Iterable[str], new: str) -> None:
        """Gather the move of the chain's end."""
        self._tips = (set(old), new)

    def flush(self) -> None:
        """Write everything gathered."""
        for table in _ORDER:
            rows = self._rows[table]
            if rows and (self._sqlite or table not in _WORDS):
                self.connection.exec_driver_sql(insert_statement(table, sqlite=self._sqlite), rows)
                self._rows[table] = []
        for at, reading in self._closing:
            close_reading(self.connection, reading, at)
        if self._tips:
            old, new = self._tips
            self.connection.execute(TIPS.delete().where(TIPS.c.hash.in_(sorted(old))))
            self.connection.execute(TIPS.insert().values(hash=new))


def close_reading(connection: Connection, reading: int, at: int | None) -> None:
    """Set when a reading and its claims were superseded; the only change that a stored claim ever sees."""
    claims = select(CLAIMS.c.seq).where(CLAIMS.c.reading_seq == reading)
    connection.execute(READINGS.update().where(READINGS.c.seq == reading).values(superseded_at=at))
    connection.execute(STANDING.update().where(STANDING.c.claim_seq.in_(claims)).values(superseded_at=at))
    connection.execute(CLAIMS.update().where(CLAIMS.c.reading_seq == reading).values(superseded_at=at))


def insert_statement(table: str, *, sqlite: bool) -> str:
    """The INSERT of a table for the driver: raw, because a million rows go through it."""
    columns = _WORDS.get(table) or tuple(column.name for column in METADATA.tables[table].columns)
    marks = ", ".join(["?" if sqlite else "%s"] * len(columns))
    return f"insert into {table} ({', '.join(columns)}) values ({marks})"


def seal(pending: Pending, numbers: Numbers, link: int, items: Iterable[str], at: int) -> None:
    """Close a transaction's items into the chain: one link that names every tip before it."""
    at = max(at, numbers.last)
    listed = sorted(items)
    content = digest(*listed)
    parents = " ".join(sorted(numbers.tips))
    made = link_hash(parents, content, at)
    pending.add("links", (link, made, parents, content, at, " ".join(listed)))
    pending.tips(numbers.tips, made)
    numbers.tips = {made}


def link_hash(parents: str, content: str, at: int) -> str:
    """The hash of one link."""
    return digest("link", parents, content, str(at))
