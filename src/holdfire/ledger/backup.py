"""Copies a ledger while it is written to, and puts a copy back in its place."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from holdfire.errors import LedgerError
from holdfire.ledger.check import check, content_hash
from holdfire.ledger.connect import WAIT_SECONDS, Ledger, open_ledger
from holdfire.ledger.faults import explained
from holdfire.ledger.lock import FileLock

_ON_POSTGRESQL = (
    "The ledger {url} is on PostgreSQL: use its own tools, which copy it while it is written to. "
    "pg_dump --format=custom --file=FILE, and pg_restore --clean to put it back."
)


def back_up(ledger: Ledger, target: Path) -> str:
    """Copy the ledger to a new file, whole and as of one moment, while others read and write; its content hash.

    The copy is checked before it is given its name. Raises LedgerError when the file is there already, cannot be
    written, or does not come out sound.
    """
    if not ledger.is_sqlite:
        raise LedgerError(_ON_POSTGRESQL.format(url=ledger.url))
    if target.exists():
        raise LedgerError(f"Backing up to {target}: there is such a file already. Give another name.")
    part = target.with_name(target.name + ".part")
    try:
        _remove(part)
        with explained(str(part), "Writing the backup of"), ledger.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            copy = sqlite3.connect(part)
            try:
                raw.backup(copy)
            finally:
                copy.close()
        found = _sound(part, f"The backup {target}")
        _fold_log(part)
        os.replace(part, target)
    except OSError as why:
        raise LedgerError(
            f"Backing up to {target}: {why.strerror}. The ledger is as it was. Try another place."
        ) from why
    finally:
        _remove(part)
    return found


def restore(source: Path, target: Path) -> str:
    """Put a backup in the place of a ledger; the ledger that was there is kept beside it as NAME.before-restore.

    A copy of the backup is checked first, and the step from old to new is one renaming. Returns the content hash.
    Raises LedgerError when the backup is not sound, or while anybody has the ledger open for writing.
    """
    if not source.is_file():
        raise LedgerError(f"Restoring {source}: there is no such file. The ledger is as it was.")
    part = target.with_name(target.name + ".part")
    kept = target.with_name(target.name + ".before-restore")
    if target.exists() and kept.exists():
        raise LedgerError(f"Restoring {source}: {kept} is there from an earlier restoring. Move it away first.")
    lock = FileLock(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(wait_seconds=WAIT_SECONDS, command="ledger restore")
        _remove(part)
        _copy(source, part)
        found = _sound(part, f"The backup {source}")
        if target.exists():
            _fold_log(target)
            os.link(target, kept)
        os.replace(part, target)
    except OSError as why:
        raise LedgerError(f"Restoring {source} to {target}: {why.strerror}. The ledger is as it was.") from why
    finally:
        lock.release()
        _remove(part)
    return found


def _copy(source: Path, target: Path) -> None:
    with explained(str(source), "Reading the backup"):
        copy, made = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True), sqlite3.connect(target)
        try:
            copy.backup(made)
        finally:
            copy.close()
            made.close()


def _remove(part: Path) -> None:
    for name in (part, *(part.with_name(part.name + each) for each in ("-wal", "-shm", "-journal", ".lock"))):
        name.unlink(missing_ok=True)


def _sound(path: Path, what: str) -> str:
    """The content hash of a ledger without a fault. Raises LedgerError naming the first one."""
    with open_ledger(path, create=False) as ledger:
        fault = next(iter(check(ledger)), None)
        if fault is not None:
            raise LedgerError(f"{what} is not sound: {fault.what}. Nothing was put in its place.")
        return content_hash(ledger)


def _fold_log(path: Path) -> None:
    """Write the log of the old ledger into its file, and make sure that nobody else has it open for writing."""
    with explained(str(path), "Restoring over"):
        connection = sqlite3.connect(path, timeout=5)
        try:
            connection.execute("pragma wal_checkpoint(truncate)")
            if connection.execute("pragma journal_mode=delete").fetchone()[0] != "delete":
                raise LedgerError(f"Restoring over {path}: it is in use. Close what uses it and run again.")
        except sqlite3.DatabaseError as why:
            # A damaged file is the very reason to restore: keep it as it is.
            if "lock" in str(why) or "busy" in str(why):
                raise
        finally:
            connection.close()
    for name in (path.with_name(path.name + each) for each in ("-wal", "-shm")):
        name.unlink(missing_ok=True)
