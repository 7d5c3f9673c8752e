"""Older ledgers come up to date with their data; newer and foreign ones are refused and left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from holdfire.errors import LedgerError
from holdfire.ledger import views
from holdfire.ledger.append import append_document, begin_run, record_problem
from holdfire.ledger.check import check, content_hash
from holdfire.ledger.connect import Ledger, _open_postgresql, _open_sqlite, _target, open_ledger
from holdfire.ledger.judge import judge
from holdfire.ledger.schema import HEAD, REVISIONS, bring_up_to_date
from holdfire.model.entry import AsOf
from tests.ledger.conftest import Server
from tests.ledger.invented import NOON, RULES, make_claims, make_document

# Columns that revisions after one added, so that rows of today can be put back into tables of then.
ADDED: dict[str, dict[str, tuple[str, ...]]] = {
    "0001": {"links": ("items",), "readings": ("passages", "pointers")},
    "0002": {},
}


def open_at(url: str, revision: str) -> Ledger:
    """A ledger whose tables are those of an older revision."""
    target = _target(url)
    if target.get_backend_name() == "sqlite":
        ledger = _open_sqlite(target, url, create=True, read_only=False, wait_seconds=1)
    else:
        ledger = _open_postgresql(target, url, read_only=False, wait_seconds=1)
    bring_up_to_date(ledger.engine, url, revision=revision)
    return ledger


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes addresses of databases without any table."""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        return server.fresh
    numbers = iter(range(100))
    return lambda: str(tmp_path / f"empty{next(numbers)}.db")


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_a_ledger_of_an_older_revision_keeps_everything(empty_url: Callable[[], str], revision: str) -> None:
    document = make_document()
    claims = make_claims(document)
    today = empty_url()
    with open_ledger(today) as ledger:
        run = begin_run(ledger, command="read", rulebook_hash=RULES, version="0.1.0", now=NOON)
        append_document(ledger, run, document, claims, now=NOON)
        append_document(ledger, run, document, claims[:1], now=NOON)
        record_problem(ledger, run, where="page 3", what="no article found", now=NOON)
        judge(ledger, claims[0].id, who="Ann", role="editor", verdict="accept", reason="so", now=NOON)
        held = content_hash(ledger)
        rows = {}
        for table in views.DOCUMENTS.metadata.sorted_tables:
            with ledger.reading() as connection:
                found = connection.execute(table.select()).mappings().all()
            rows[table.name] = [
                {name: value for name, value in row.items() if name not in ADDED[revision].get(table.name, ())}
                for row in found
            ]

    old = empty_url()
    with open_at(old, revision) as ledger, ledger.engine.connect() as connection, connection.begin():
        for name, found in rows.items():
            for row in found:
                columns, marks = ", ".join(row), ", ".join(f":{each}" for each in row)
                connection.execute(text(f"insert into {name} ({columns}) values ({marks})"), row)
        if ledger.is_sqlite:
            for words in ("documents_words", "claims_words"):
                connection.execute(text(f"insert into {words}({words}) values('rebuild')"))

    with pytest.raises(LedgerError, match="older Holdfire"):
        open_ledger(old, read_only=True)
    with open_ledger(old) as ledger:
        assert not list(check(ledger))
        assert content_hash(ledger) == held
        assert {each.claim for each in views.claims(ledger, AsOf(known_by=NOON))} == set(claims)
        run = begin_run(ledger, command="read", rulebook_hash=RULES, version="0.1.0", now=NOON + timedelta(days=1))
        assert append_document(ledger, run, document, claims[:1], now=NOON).outcome == "unchanged"
        assert not list(check(ledger))


def test_the_tables_that_migrations_make_are_those_that_the_code_names(empty_url: Callable[[], str]) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with open_ledger(empty_url()) as ledger, ledger.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _ours})
        assert compare_metadata(context, views.DOCUMENTS.metadata) == []


def _ours(item: object, name: str | None, kind: str, reflected: bool, compared: object) -> bool:
    return not (name or "").partition("_words")[1]


def test_a_newer_ledger_is_refused_and_left_alone(empty_url: Callable[[], str]) -> None:
    url = empty_url()
    with open_ledger(url) as ledger, ledger.engine.connect() as connection, connection.begin():
        connection.execute(text("update alembic_version set version_num = '9999'"))
    for read_only in (True, False):
        with pytest.raises(LedgerError, match=rf"newer Holdfire \(revision 9999; this one knows {HEAD}\)"):
            open_ledger(url, read_only=read_only)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("create table recipes (name text)")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=r"another program \(tables recipes"):
        open_ledger(path)
    assert path.read_bytes() == before
