"""Opens a ledger: SQLite by path, PostgreSQL by URL; brings its tables up to date; hands out connections."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from holdfire.errors import LedgerError
from holdfire.ledger.faults import SAFE, explained
from holdfire.ledger.lock import AdvisoryLock, FileLock, NoLock, WriterLock
from holdfire.ledger.schema import bring_up_to_date, check_revision

# Long enough for a batch of another writer to end; chosen by hand.
WAIT_SECONDS = 5.0
_BUSY_MILLISECONDS = 5000
_CACHE_KIB = 65536


@dataclass(slots=True)
class Ledger:
    """An open ledger. Use as a context manager, or call `close`.

    `state` is what the writer remembers between transactions; it is dropped with the lock.
    """

    url: str
    engine: Engine
    lock: WriterLock
    read_only: bool = False
    wait_seconds: float = WAIT_SECONDS
    state: dict[str, Any] = field(default_factory=dict)
    _held: Connection | None = None
    _threads: RLock = field(default_factory=RLock)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, why: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def is_sqlite(self) -> bool:
        """True for SQLite, False for PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Give back the writer's lock and every connection."""
        self.release()
        self.engine.dispose()

    def release(self) -> None:
        """Let others write; the ledger stays open."""
        self.state.clear()
        self.lock.release()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the ledger from its first query on. Never waits for a writer."""
        if self._held is not None:
            yield self._held
            return
        with explained(self.url, "Reading"), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Ledger]:
        """A ledger to read from whose every view sees the same state, whatever is written meanwhile."""
        with explained(self.url, "Reading"), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            connection.exec_driver_sql("select count(*) from facts")
            yield Ledger(
                url=self.url, engine=self.engine, lock=self.lock, read_only=True, _held=connection,
                wait_seconds=self.wait_seconds,
            )  # fmt: skip

    @contextmanager
    def writing(self, command: str = "write") -> Iterator[Connection]:
        """One transaction of the only writer: all of it is stored, or none.

        Raises LedgerError when another process is writing, and for whatever the database refuses.
        """
        if self.read_only:
            raise LedgerError(f"Writing to the ledger {self.url}: it was opened for reading only.")
        with self._threads, explained(self.url, "Writing to"):
            self.lock.acquire(wait_seconds=self.wait_seconds, command=command)
            try:
                with self.engine.connect().execution_options(holdfire_writes=True) as connection, connection.begin():
                    yield connection
            except BaseException:
                # Numbers given out in a transaction that was rolled back are given out again.
                self.state.clear()
                raise


def open_ledger(
    url: str | Path, *, create: bool = True, read_only: bool = False, wait_seconds: float = WAIT_SECONDS
) -> Ledger:
    """Open a ledger and bring its tables up to date.

    url: a path, "sqlite:///path", "sqlite://" (in memory) or "postgresql+psycopg://user:password@host/name".
    create: make a SQLite file that is not there yet; False raises LedgerError instead.
    wait_seconds: how long a write waits for another writer.

    Raises LedgerError: not a ledger, written by a newer version, unreadable folder, server gone, wrong password.
    """
    target = _target(url)
    name = target.render_as_string(hide_password=True)
    if target.get_backend_name() == "sqlite":
        ledger = _open_sqlite(target, name, create=create, read_only=read_only, wait_seconds=wait_seconds)
    elif target.get_backend_name() == "postgresql":
        ledger = _open_postgresql(target, name, read_only=read_only, wait_seconds=wait_seconds)
    else:
        raise LedgerError(f"Opening the ledger {name}: only SQLite and PostgreSQL are known. Change the URL.")
    try:
        with explained(ledger.url, "Opening"):
            if not check_revision(ledger.engine, ledger.url, read_only=read_only):
                ledger.lock.acquire(wait_seconds=wait_seconds, command="open")
                try:
                    bring_up_to_date(ledger.engine, ledger.url)
                finally:
                    ledger.release()
    except BaseException:
        ledger.close()
        raise
    return ledger


def _target(url: str | Path) -> URL:
    if isinstance(url, Path) or "://" not in url:
        return URL.create("sqlite", database=str(Path(url).expanduser()))
    try:
        found = make_url(url)
    except ArgumentError as why:
        raise LedgerError(
            f"Opening the ledger: {url!r} is no address. Write a path, or postgresql+psycopg://user@host/name."
        ) from why
    if found.drivername in ("postgresql", "postgres"):
        return found.set(drivername="postgresql+psycopg")
    return found


def _open_sqlite(target: URL, name: str, *, create: bool, read_only: bool, wait_seconds: float) -> Ledger:
    if not target.database or target.database == ":memory:":
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        _prepare_sqlite(engine, read_only=False)
        return Ledger(url="sqlite://", engine=engine, lock=NoLock(), wait_seconds=wait_seconds)
    path = Path(target.database).expanduser().absolute()
    _check_path(path, create=create, read_only=read_only)
    engine = create_engine(f"sqlite:///{path}", creator=lambda: _connect_sqlite(path, read_only=read_only))
    _prepare_sqlite(engine, read_only=read_only)
    return Ledger(url=str(path), engine=engine, lock=FileLock(path), read_only=read_only, wait_seconds=wait_seconds)


def _check_path(path: Path, *, create: bool, read_only: bool) -> None:
    if path.is_dir():
        raise LedgerError(
            f"Opening the ledger {path}: it is a folder. Name a file in it, such as {path / 'holdfire.db'}."
        )
    if path.exists():
        if not read_only and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            raise LedgerError(
                f"Opening the ledger {path}: the file or its folder is read-only. {SAFE} It can be read as it is; to "
                "write to it, give yourself write permission, or name another ledger."
            )
        return
    if not create or read_only:
        raise LedgerError(
            f"Opening the ledger {path}: there is no such file. Check the path, or read a report into it."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as why:
        raise LedgerError(
            f"Opening the ledger {path}: its folder cannot be made ({why.strerror}). Name another place."
        ) from why


def _connect_sqlite(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        return sqlite3.connect(path, timeout=_BUSY_MILLISECONDS / 1000, check_same_thread=False)
    # A write-ahead log needs a writable folder even for reading, unless nothing can be waiting in it.
    waiting = path.with_name(path.name + "-wal")
    frozen = not os.access(path.parent, os.W_OK) and not (waiting.exists() and waiting.stat().st_size)
    options = "mode=ro&immutable=1" if frozen else "mode=ro"
    return sqlite3.connect(f"{path.as_uri()}?{options}", uri=True, check_same_thread=False)


def _prepare_sqlite(engine: Engine, *, read_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute(f"pragma busy_timeout={_BUSY_MILLISECONDS}")
        connection.execute("pragma foreign_keys=on")
        connection.execute(f"pragma cache_size=-{_CACHE_KIB}")
        if not read_only and _is_ours(connection):
            connection.execute("pragma journal_mode=wal")
            # FULL: what was reported as stored survives a power cut, not only a killed process.
            connection.execute("pragma synchronous=full")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        raw = connection.connection.driver_connection
        if isinstance(raw, sqlite3.Connection) and raw.in_transaction:
            # Only a ledger in memory shares its one connection: a view read within a view is part of it.
            return
        writes = connection.get_execution_options().get("holdfire_writes", False)
        connection.exec_driver_sql("begin immediate" if writes else "begin")


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the file is empty or has tables of ours; the mode of another program's file is not ours to change."""
    tables = {row[0] for row in connection.execute("select name from sqlite_master")}
    return not tables or "alembic_version" in tables


def _open_postgresql(target: URL, name: str, *, read_only: bool, wait_seconds: float) -> Ledger:
    try:
        engine = create_engine(target, connect_args={"connect_timeout": 10}, pool_pre_ping=True)
    except ModuleNotFoundError as why:
        raise LedgerError(
            f"Opening the ledger {name}: the PostgreSQL driver is not installed. pip install 'holdfire[postgresql]'."
        ) from why
    return Ledger(
        url=name, engine=engine, lock=AdvisoryLock(engine, name), read_only=read_only, wait_seconds=wait_seconds
    )
