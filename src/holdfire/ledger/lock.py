"""One writer at a time: a lock that a killed process gives back by itself, and that says who holds it."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text

from holdfire.errors import LedgerError

try:
    import fcntl
except ImportError:  # Windows: SQLite's own lock still keeps two transactions apart
    fcntl = None  # type: ignore[assignment]

# Any number that other programs on the same server are unlikely to use.
_ADVISORY = 0x484F4C44
_PAUSE_SECONDS = 0.05


class WriterLock(Protocol):
    """Held from the first write of a run until the ledger is closed or released."""

    def acquire(self, *, wait_seconds: float, command: str) -> None:
        """Raises LedgerError when another process still holds it after `wait_seconds`."""

    def release(self) -> None:
        """Give it back; does nothing when it is not held."""


class FileLock:
    """`flock` on a file beside the SQLite file; its content names the holder."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + ".lock")
        self._handle: int | None = None

    def acquire(self, *, wait_seconds: float, command: str) -> None:
        """Raises LedgerError when another process still holds it after `wait_seconds`, or for a read-only folder."""
        if self._handle is not None or fcntl is None:
            return
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as why:
            raise LedgerError(
                f"Writing to the ledger {self._database}: its folder cannot be written to ({why.strerror}). Nothing "
                "was changed. Give yourself write permission, or name another ledger."
            ) from why
        until = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as why:
                if time.monotonic() >= until:
                    holder = os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "unknown"
                    os.close(handle)
                    raise LedgerError(
                        f"Writing to the ledger {self._database}: another process is writing to it ({holder}). "
                        "Nothing was changed. Wait until it has finished and run again; reading is possible meanwhile."
                    ) from why
                time.sleep(_PAUSE_SECONDS)
        # The note is for people; the lock does not depend on it, so a full disk must not stop us here.
        with contextlib.suppress(OSError):
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"process {os.getpid()}, command '{command}'".encode()[:200], 0)
        self._handle = handle

    def release(self) -> None:
        """Give it back; does nothing when it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class AdvisoryLock:
    """PostgreSQL's session lock, on a connection of its own; the server frees it when we are gone."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._connection: Connection | None = None

    def acquire(self, *, wait_seconds: float, command: str) -> None:
        """Raises LedgerError when another process still holds it after `wait_seconds`."""
        if self._connection is not None:
            if not self._connection.closed and not self._connection.invalidated:
                return
            self._connection = None
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        until = time.monotonic() + wait_seconds
        while not connection.execute(text("select pg_try_advisory_lock(:key)"), {"key": _ADVISORY}).scalar():
            if time.monotonic() >= until:
                holder = connection.execute(text(_HOLDER), {"key": _ADVISORY}).scalar() or "unknown"
                connection.close()
                raise LedgerError(
                    f"Writing to the ledger {self._name}: another process is writing to it ({holder}). Nothing was "
                    "changed. Wait until it has finished and run again; reading is possible meanwhile."
                )
            time.sleep(_PAUSE_SECONDS)
        note = f"process {os.getpid()}, command '{command}'"
        connection.execute(text("select set_config('application_name', :note, false)"), {"note": note[:60]})
        self._connection = connection

    def release(self) -> None:
        """Give it back; does nothing when it is not held."""
        if self._connection is not None:
            with contextlib.suppress(Exception):
                self._connection.execute(text("select pg_advisory_unlock(:key)"), {"key": _ADVISORY})
            self._connection.close()
            self._connection = None


# Who holds the lock, and from which machine.
_HOLDER = """
select a.application_name || coalesce(' at ' || host(a.client_addr), '')
from pg_locks l join pg_stat_activity a on a.pid = l.pid join pg_database d on d.oid = l.database
where l.locktype = 'advisory' and l.granted and l.objid = :key and d.datname = current_database()"""


class NoLock:
    """For a ledger in memory: nobody else can see it."""

    def acquire(self, *, wait_seconds: float, command: str) -> None:
        """Nothing to wait for."""

    def release(self) -> None:
        """Nothing to give back."""
