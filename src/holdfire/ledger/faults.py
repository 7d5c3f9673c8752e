"""Turns what a database driver raises into a LedgerError that says what happened, what is safe and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from holdfire.errors import LedgerError

SAFE = "Everything reported as stored is still there, and nothing was half-written."


@contextmanager
def explained(name: str, doing: str) -> Iterator[None]:
    """Raise LedgerError for any database failure inside; `name` is the ledger as the user wrote it."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as why:
        raise LedgerError(explain(name, doing, why)) from why


def explain(name: str, doing: str, why: Exception) -> str:
    """One line: what was being done, to which ledger, what was found, and what to do."""
    found = str(why.orig if isinstance(why, DBAPIError) and why.orig is not None else why).strip()
    low = found.lower()
    start = f"{doing} the ledger {name}:"
    for signs, text in _KNOWN:
        if any(sign in low for sign in signs):
            return f"{start} {text}"
    short = " ".join(found.split())[:200]
    return f"{start} the database answered: {short}. {SAFE} Run 'holdfire ledger check'."


_KNOWN: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("not a database", "file is encrypted"),
        "the file is not a Holdfire ledger. Give another path; the file was left as it is.",
    ),
    (
        ("malformed", "corrupt"),
        "a page of the file is damaged. Nothing was written. Run 'holdfire ledger check', keep a copy of the file, "
        "and restore the last backup with 'holdfire ledger restore'.",
    ),
    (
        ("readonly", "read-only"),
        f"the file or its folder is read-only. {SAFE} Give yourself write permission, or name another ledger.",
    ),
    (
        ("disk is full", "no space left", "disk full"),
        f"the disk is full. {SAFE} Free some space and run the same command again.",
    ),
    (("disk i/o error",), f"the disk reported an error. {SAFE} Check the disk, then run 'holdfire ledger check'."),
    (
        ("database is locked", "table is locked", "database is busy"),
        f"another program has it locked. {SAFE} Wait until it has finished, or close it, and run again.",
    ),
    (
        ("unable to open database", "no such file"),
        "the file cannot be opened or made. Check that its folder exists and that you may write there.",
    ),
    (
        ("password authentication failed", "no password supplied", "authentication failed"),
        "the server refused the user name or password. Nothing was written. Check the URL.",
    ),
    (
        ("role ",),
        "the server does not know this user. Nothing was written. Check the user name in the URL.",
    ),
    (
        ('fatal:  database "',),
        "the server has no such database. Make it with 'createdb', or check the name in the URL.",
    ),
    (
        ("could not translate host", "name or service not known", "failed to resolve host"),
        "the host in the URL is not known. Nothing was written. Check the URL.",
    ),
    (
        ("connection refused", "could not connect", "connection failed", "timeout expired"),
        f"the server does not answer. {SAFE} Start it, or check host and port, and run again.",
    ),
    (
        ("server closed the connection", "terminating connection", "connection is closed", "connection is lost",
         "consuming input failed", "the connection is", "shutting down", "starting up"),
        f"the server went away. {SAFE} When it is back, run the same command again: it goes on where it stopped.",
    ),
)  # fmt: skip
