"""What goes wrong around a ledger: one line says what happened, what is safe and what to do, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from holdfire.cli.main import main
from holdfire.errors import LedgerError
from holdfire.ledger import connect, views
from holdfire.ledger.append import append_document, begin_run
from holdfire.ledger.check import check, content_hash
from holdfire.ledger.connect import Ledger, open_ledger
from holdfire.model.entry import AsOf, Run
from tests.ledger.conftest import Server
from tests.ledger.invented import NOON, RULES, TEXT, make_claims, make_document
from tests.ledger.writer import batch, write_all

NOW = AsOf()
SAFE = "Everything reported as stored is still there"


def fill(ledger: Ledger, count: int = 3) -> None:
    run = begin_run(ledger, command="read", rulebook_hash=RULES, version="0.1.0", now=NOON)
    for number in range(count):
        document = make_document(TEXT + f" Part {number}.", url=f"https://courier.example/{number}")
        append_document(ledger, run, document, make_claims(document), now=NOON)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where the system lets us make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.getuid() != 0:
        pytest.skip("only root can make a small disk")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("this system does not let us make a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill_up(ledger: Ledger, ballast: Path) -> None:
    """Write the batch, then make the disk smaller and write again, until something gives."""
    for _ in range(40):
        write_all(ledger)
        with ballast.open("ab") as more:
            more.write(b"x" * 150_000)


def test_a_full_disk_stops_the_writer_and_loses_nothing(small_disk: Path, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "whole.db") as ledger:
        write_all(ledger)
        expected = content_hash(ledger)
    path = small_disk / "ledger.db"
    with open_ledger(path) as ledger, pytest.raises(LedgerError, match=rf"the disk is full\. {SAFE}.*Free some space"):
        fill_up(ledger, small_disk / "ballast")
    subprocess.run(["mount", "-o", "remount,size=32m", small_disk], check=True)
    with open_ledger(path) as ledger:
        assert not list(check(ledger))
        write_all(ledger)
        assert content_hash(ledger) == expected
        assert not list(check(ledger))


def test_a_read_only_disk_can_be_read_and_says_so_when_written(small_disk: Path) -> None:
    path = small_disk / "ledger.db"
    with open_ledger(path) as ledger:
        fill(ledger)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with open_ledger(path, read_only=True) as ledger:
        assert len(list(views.claims(ledger, NOW))) == 6
    with (
        pytest.raises(LedgerError, match=r"is read-only\..*give yourself write permission"),
        open_ledger(path) as ledger,
    ):
        fill(ledger, 4)


def test_a_reader_sees_one_state_while_others_write(ledger: Ledger, run: Run) -> None:
    document = make_document(url="https://courier.example/first")
    append_document(ledger, run, document, make_claims(document), now=NOON)
    with ledger.snapshot() as seen:
        first = [list(views.claims(seen, NOW)), views.actors(seen, NOW)]
        append_document(ledger, run, document, (), now=NOON + timedelta(hours=1))
        fill(ledger, 3)
        assert [list(views.claims(seen, NOW)), views.actors(seen, NOW)] == first
        assert content_hash(seen) != content_hash(ledger)
    assert len(list(views.documents(ledger, NOW))) == 4
    assert not list(check(ledger))


def test_a_clock_that_jumps_back_leaves_a_sound_ledger(ledger: Ledger, run: Run) -> None:
    documents = [make_document(TEXT + str(n), url=f"https://courier.example/{n}") for n in range(4)]
    for document, hours in zip(documents, (0, 5, -9000, 2), strict=True):
        append_document(ledger, run, document, make_claims(document), now=NOON + timedelta(hours=hours))
        ledger.release()
    later = begin_run(ledger, command="reread", rulebook_hash="two", version="0.1.0", now=NOON - timedelta(days=99))
    append_document(ledger, later, documents[0], (), now=NOON - timedelta(days=99))
    assert not list(check(ledger))
    assert len(list(views.claims(ledger, AsOf(known_by=NOON)))) == 2
    assert len(list(views.claims(ledger, NOW))) == 6


def test_a_locked_file_is_told_and_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "_BUSY_MILLISECONDS", 100)
    path = tmp_path / "ledger.db"
    with open_ledger(path) as ledger:
        fill(ledger)
    with closing(sqlite3.connect(path, isolation_level=None)) as other, open_ledger(path) as ledger:
        other.execute("begin exclusive")
        with pytest.raises(LedgerError, match=f"another program has it locked. {SAFE}"):
            fill(ledger, 4)
        other.execute("rollback")
        fill(ledger, 4)
        assert not list(check(ledger))


def test_damaged_pages_are_seen_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with open_ledger(path) as ledger:
        write_all(ledger)
    whole = path.read_bytes()
    size = 4096
    seen = 0
    for page in range(8, len(whole) // size, max(1, len(whole) // size // 12)):
        path.write_bytes(whole[: page * size] + b"\x5a" * size + whole[(page + 1) * size :])
        seen += bool(damage_in(path))
    assert seen >= 12


def damage_in(path: Path) -> list[str]:
    """What opening and checking a ledger says is wrong with it."""
    try:
        with open_ledger(path, create=False) as ledger:
            return [fault.what for fault in check(ledger)]
    except LedgerError as why:
        return [str(why)] if "is damaged" in str(why) and "ledger restore" in str(why) else []


def test_a_file_that_is_no_ledger_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Notes on the truce. " * 400)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=r"not a Holdfire ledger\. Give another path"):
        open_ledger(path)
    assert path.read_bytes() == before
    with pytest.raises(LedgerError, match="it is a folder"):
        open_ledger(tmp_path)
    with pytest.raises(LedgerError, match="no such file"):
        open_ledger(tmp_path / "none.db", create=False)
    with pytest.raises(LedgerError, match="only SQLite and PostgreSQL"):
        open_ledger("mysql://somewhere/x")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("right@", "wrong@"), "refused the user name or password. Nothing was written. Check the URL"),
        (("desk:", "nobody:"), "refused the user name or password|does not know this user"),
        (("/ledger", "/nothing"), "no such database. Make it with 'createdb'"),
        (("PORT", "9"), "does not answer"),
    ],
)
def test_a_postgresql_that_cannot_be_opened(postgresql: Server, change: tuple[str, str], says: str) -> None:
    url = postgresql.ready()
    postgresql.free.append(url)
    with pytest.raises(LedgerError, match=says) as found:
        open_ledger(url.replace(change[0].replace("PORT", f"{postgresql.port}"), change[1]))
    assert "right" not in str(found.value)
    assert "wrong" not in str(found.value)


def test_a_wrong_password_is_one_line_and_exit_code_1(
    postgresql: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgresql.ready()
    postgresql.free.append(url)
    monkeypatch.setattr(sys, "argv", ["holdfire", "claims", "--ledger", url.replace("right@", "wrong@")])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "wrong" not in err


def test_a_postgresql_that_goes_away_mid_batch(postgresql: Server) -> None:
    whole, url = postgresql.ready(), postgresql.ready()
    with open_ledger(whole) as ledger:
        write_all(ledger)
        expected = content_hash(ledger)
    with open_ledger(url) as ledger:
        stopping = threading.Timer(0.15, postgresql.stop)
        stopping.start()
        try:
            with pytest.raises(LedgerError, match=r"went away|does not answer") as found:
                write_often(ledger)
        finally:
            stopping.join()
            postgresql.start()
        assert "run the same command again" in str(found.value) or "run again" in str(found.value)
        write_all(ledger)
        assert content_hash(ledger) == expected
        assert not list(check(ledger))
    postgresql.free += [whole, url]


def write_often(ledger: Ledger) -> None:
    for _ in range(50):
        write_all(ledger)


def test_what_was_reported_before_the_server_went_is_there(postgresql: Server) -> None:
    url = postgresql.ready()
    with open_ledger(url) as ledger:
        run = begin_run(ledger, command="read", rulebook_hash=RULES, version="0.1.0", now=NOON)
        stored = [append_document(ledger, run, each[0], each[1], now=NOON).document_id for each in batch()[:4]]
        postgresql.stop()
        with pytest.raises(LedgerError):
            append_document(ledger, run, batch()[5][0], batch()[5][1], now=NOON)
        postgresql.start()
        assert {each.id for each in views.documents(ledger, NOW)} == set(stored)
        assert append_document(ledger, run, batch()[5][0], batch()[5][1], now=NOON).outcome == "new"
        assert not list(check(ledger))
    postgresql.free.append(url)


def test_readers_of_a_read_only_ledger_cannot_write(fresh_url: Callable[[], str]) -> None:
    url = fresh_url()
    open_ledger(url).close()
    with open_ledger(url, read_only=True) as ledger, pytest.raises(LedgerError, match="opened for reading only"):
        fill(ledger)
