"""Whole tables into a ledger: nothing twice, nothing lost, everything left out told of."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from benchmarks.made_tables import ACLED_NEW, MAKERS, UCDP, acled_rows, write_csv, write_gdelt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfire.errors import HoldfireError, IntakeError
from holdfire.exchange import event_import
from holdfire.exchange.event_import import Imported, import_table
from holdfire.exchange.event_tables import open_table
from holdfire.ledger.append import begin_run
from holdfire.ledger.check import check, content_hash
from holdfire.ledger.connect import Ledger, open_ledger
from holdfire.ledger.events import event_counts, event_rows
from holdfire.model.entry import AsOf
from holdfire.model.event_row import ORIGINS
from tests.cli.calling import holdfire
from tests.exchange.event_world import parties

ROWS = 1000


def bring(path: Path, origin: str, ledger: Ledger, *, grade: str = "F", show=lambda done, line: None) -> Imported:
    who = parties()

    def begin():
        return begin_run(
            ledger, command="import", rulebook_hash="rules", version="0.1.0", now=datetime(2031, 3, 1, tzinfo=UTC)
        )

    return import_table(
        open_table(path, origin, who, grade=grade), ledger, begin, rulebook_hash="rules", grade=grade, names=who.names,
        clock=lambda: datetime(2031, 3, 1, tzinfo=UTC), show=show,
    )  # fmt: skip


def held(ledger: Ledger) -> list[str]:
    return sorted(f"{row.origin} {row.origin_id}" for row in event_rows(ledger, AsOf()))


@pytest.mark.parametrize("kind", MAKERS)
def test_every_record_is_read_or_told_of(tmp_path: Path, kind: str) -> None:
    origin, make = MAKERS[kind]
    path = make(tmp_path / "table", ROWS)
    lines = path.read_bytes().split(b"\n")
    # Every form of dirt: cut off, doubled, empty, another header, bytes of no alphabet, a NUL.
    dirt = [b"", b"nonsense", lines[3][: len(lines[3]) // 2], lines[3], b"\xff\xfe\xfd", lines[0], b"a\0b"]
    path.write_bytes(b"\n".join([*lines[:-1], *dirt, b""]))
    with open_ledger(tmp_path / "ledger.db") as ledger:
        done = bring(path, origin, ledger)
        assert done.tally.read == done.tally.used + sum(each.count for each in done.tally.skipped.values())
        assert done.tally.used >= ROWS
        assert done.tally.rows == sum(done.fates[name] for name in ("new", "unchanged", "revised", "older"))
        assert len(held(ledger)) == done.fates["new"]
        assert done.fates["unchanged"] >= 1
        assert not list(check(ledger))


def test_a_table_that_comes_again_changes_nothing(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ACLED_NEW, acled_rows(ROWS))
    with open_ledger(tmp_path / "ledger.db") as ledger:
        first = bring(path, "acled", ledger)
        before = content_hash(ledger)
        again = bring(path, "acled", ledger)
        assert again.was_complete
        assert again.tally == first.tally
        # The same rows in another file, in another order.
        rows = list(acled_rows(ROWS))
        random.Random(1).shuffle(rows)
        other = bring(write_csv(tmp_path / "b.csv", ACLED_NEW, iter(rows)), "acled", ledger)
        assert other.fates["unchanged"] == first.tally.rows
        assert content_hash(ledger) == before


def test_a_later_export_replaces_what_was_revised(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ACLED_NEW, acled_rows(20))
    later = (row | {"fatalities": 99, "timestamp": 1950000000} for row in acled_rows(20))
    with open_ledger(tmp_path / "ledger.db") as ledger:
        first = bring(path, "acled", ledger)
        done = bring(write_csv(tmp_path / "b.csv", ACLED_NEW, later), "acled", ledger)
        assert done.fates["revised"] == first.tally.rows
        assert {row.deaths for row in event_rows(ledger, AsOf())} == {99}


def test_tables_come_out_alike_on_either_database(fresh_url: Callable[[], str], tmp_path: Path) -> None:
    with open_ledger(fresh_url()) as ledger, open_ledger("sqlite://") as plain:
        for kind in ("acled", "gdelt 2.0", "icews", "polecat"):
            origin, make = MAKERS[kind]
            path = make(tmp_path / origin, 200)
            done, expected = bring(path, origin, ledger), bring(path, origin, plain)
            assert (done.tally, done.fates) == (expected.tally, expected.fates)
            assert bring(path, origin, ledger).was_complete
        assert content_hash(ledger) == content_hash(plain)
        assert list(event_counts(ledger, AsOf(), dated="report")) == list(event_counts(plain, AsOf(), dated="report"))
        assert not list(check(ledger))


def test_an_import_that_broke_off_goes_on_and_tells_of_the_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv(tmp_path / "a.csv", ACLED_NEW, acled_rows(ROWS))
    text = path.read_text("utf-8").split("\n")
    path.write_text("\n".join([*text[:3], "bad,row", *text[3:-1], "bad,row", ""]), "utf-8")
    monkeypatch.setattr(event_import, "BATCH", 100)
    with open_ledger(tmp_path / "whole.db") as ledger:
        whole = bring(path, "acled", ledger)
        expected, rows = content_hash(ledger), held(ledger)
    chance = random.Random(5)

    def stop(done: Imported, line: int) -> None:
        if chance.random() < 0.4:
            raise KeyboardInterrupt

    with open_ledger(tmp_path / "broken.db") as ledger:
        for _ in range(50):
            try:
                found = bring(path, "acled", ledger, show=stop)
            except KeyboardInterrupt:
                continue
            break
        assert found.resumed_after > 0
        assert found.tally == whole.tally
        assert found.tally.skipped["it has 2 cells and not 31"].count == 2
        assert (content_hash(ledger), held(ledger)) == (expected, rows)
        assert not list(check(ledger))


def test_a_paragraph_in_the_column_of_a_name_costs_its_record(tmp_path: Path) -> None:
    rows = [row | ({"actor1": "Front " * 200} if number == 1 else {}) for number, row in enumerate(acled_rows(3))]
    with open_ledger(tmp_path / "ledger.db") as ledger:
        done = bring(write_csv(tmp_path / "a.csv", ACLED_NEW, iter(rows)), "acled", ledger)
    assert done.tally.used == 2
    assert list(done.tally.skipped) == ["a name or an id in it is longer than 500 characters"]


def test_another_grade_is_another_reading(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ACLED_NEW, acled_rows(5))
    with open_ledger(tmp_path / "ledger.db") as ledger:
        first = bring(path, "acled", ledger)
        assert bring(path, "acled", ledger, grade="B").fates["revised"] == first.tally.rows
        assert {row.grade for row in event_rows(ledger, AsOf())} == {"B"}


def at_work(path: Path, ledger: Path, *, stored: int) -> subprocess.Popen[str]:
    """An import of a GDELT file under way, which has written at least so many bytes."""
    command = [sys.executable, "-m", "holdfire.cli.main", "import", "gdelt", str(path), "--ledger", str(ledger)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    log = ledger.with_name(ledger.name + "-wal")
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        if log.exists() and log.stat().st_size + ledger.stat().st_size >= stored:
            break
        time.sleep(0.01)
    return process


def undisturbed(path: Path, ledger: Path) -> str:
    at_work(path, ledger, stored=sys.maxsize).communicate()
    with open_ledger(ledger, create=False) as opened:
        return content_hash(opened)


def test_a_killed_import_leaves_nothing_twice_and_nothing_lost(tmp_path: Path) -> None:
    path = write_gdelt(tmp_path / "g.csv", 30_000)
    expected = undisturbed(path, tmp_path / "whole.db")
    killed = tmp_path / "killed.db"
    cut_off = 0
    for stored in (1_000_000, 6_000_000, 9_000_000):
        process = at_work(path, killed, stored=stored)
        cut_off += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert cut_off, "no import was killed while it was at work"
    assert undisturbed(path, killed) == expected
    with open_ledger(killed) as ledger:
        assert len(held(ledger)) == 30_000
        assert not list(check(ledger))


def test_an_interrupted_import_says_so_and_goes_on(tmp_path: Path) -> None:
    path = write_gdelt(tmp_path / "g.csv", 60_000)
    process = at_work(path, tmp_path / "l.db", stored=1_000_000)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert said == "holdfire: stopped. What was stored is kept, whole; run the same command to go on from there.\n"
    found = holdfire("import", "gdelt", path, "--ledger", tmp_path / "l.db")
    assert "60,000 records, 60,000 used for 60,000 rows, 0 left out." in found.stdout
    assert "Went on after line " in found.stdout
    with open_ledger(tmp_path / "l.db") as ledger:
        assert len(held(ledger)) == 60_000


def test_progress_is_shown_on_a_terminal_alone(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals on this system")
    path = write_gdelt(tmp_path / "g.csv", 12_000)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "holdfire.cli.main", "import", "gdelt", str(path)]
    process = subprocess.Popen([*command, "--ledger", str(tmp_path / "l.db")], stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    said = b""
    with suppress(OSError):
        while part := os.read(ours, 4096):
            said += part
    os.close(ours)
    assert process.wait() == 0
    assert b"g.csv: line 5,000, 5,000 rows kept" in said
    assert holdfire("import", "gdelt", path, "--ledger", tmp_path / "other.db").stderr == ""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), kind=st.sampled_from(sorted(MAKERS)))
def test_no_bytes_stop_an_import(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, kind: str) -> None:
    folder = tmp_path_factory.mktemp("mangled")
    origin, make = MAKERS[kind]
    whole = make(folder / "table", 12).read_bytes()
    start = whole.index(b"\n") + 1
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(start, len(whole)))
        cut = data.draw(st.integers(0, 40))
        whole = (
            whole[:at] + data.draw(st.binary(max_size=12) | st.sampled_from([b'"', b"\n", b"\t"])) + whole[at + cut :]
        )
    (folder / "table").write_bytes(whole)
    with open_ledger("sqlite://") as ledger:
        done = bring(folder / "table", origin, ledger)
        assert done.tally.read == done.tally.used + sum(each.count for each in done.tally.skipped.values())
        assert not list(check(ledger))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=300)
    | st.builds(bytes.__add__, st.sampled_from([b"\x1f\x8b", b"PK\x03\x04", b"BZh9", b'a,"b']), st.binary(max_size=60))
    | st.builds(lambda text: text.encode(), st.text(st.sampled_from('ab1,"\n\t;\0'), max_size=200)),
    origin=st.sampled_from(ORIGINS),
)
def test_any_file_is_opened_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, origin: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(data)
    said = str(path)
    try:
        open_table(path, origin, parties(), grade="F")
    except HoldfireError as why:
        said = str(why)
    assert str(path) in said
    assert said.isprintable()


@pytest.mark.parametrize(
    ("origin", "text", "message"),
    [
        ("acled", ",".join(UCDP) + "\n", "looks like UCDP GED, not ACLED. Run: holdfire import ucdp"),
        ("gdelt", ",".join(ACLED_NEW) + "\n", "looks like ACLED, not GDELT"),
        ("acled", "event_id_cnty,event_type,actor1\n", "without the column actor2"),
        ("ucdp", "conflict_id,side_a,intensity_level,year\n", "UCDP's list of conflicts by year"),
        ("gdelt", "\t".join(["1"] * 16) + "\n", "GDELT's table of mentions"),
        ("gdelt", "\t".join(["20310101"] * 27) + "\n", "GDELT's knowledge graph"),
        ("gdelt", "\t".join(["1"] * 12) + "\n", "a table without a header and with 12 columns"),
        ("icews", "<!doctype html><html>", "is a web page"),
        ("polecat", '{"rows": []}', "is JSON"),
        ("icews", "name,age\nAnn,3\n", "lacks event id, event date.*Found: name, age"),
        ("acled", "", "is empty"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_it_looks_like(
    tmp_path: Path, origin: str, text: str, message: str
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text)
    with pytest.raises(IntakeError, match=message):
        open_table(path, origin, parties(), grade="F")


class TestTheCommand:
    def test_it_tells_what_was_left_out_and_why(self, tmp_path: Path) -> None:
        rows = [row | ({"event_date": "soon"} if number in (3, 5) else {}) for number, row in enumerate(acled_rows(10))]
        path = write_csv(tmp_path / "a.csv", ACLED_NEW, iter(rows))
        found = holdfire("import", "acled", path, "--ledger", tmp_path / "l.db")
        assert found.returncode == 0
        assert "a.csv: 10 records, 8 used for" in found.stdout
        assert "left out 2: event_date is no date (first on line 6: 'soon')" in found.stdout
        assert found.stderr == ""
        again = holdfire("import", "acled", path, "--ledger", tmp_path / "l.db", "--format", "json")
        (answer,) = json.loads(again.stdout)
        assert answer["complete_before"]
        assert answer["skipped"] == [
            {"reason": "event_date is no date", "records": 2, "first_line": 6, "found": "'soon'"}
        ]

    def test_one_wrong_file_of_several_stops_all_before_anything_is_written(self, tmp_path: Path) -> None:
        good = write_csv(tmp_path / "a.csv", ACLED_NEW, acled_rows(3))
        wrong = write_gdelt(tmp_path / "g.csv", 3)
        found = holdfire("import", "acled", good, wrong, "--ledger", tmp_path / "l.db")
        assert found.returncode == 1
        assert found.stderr.count("\n") == 1
        assert "looks like GDELT, not ACLED" in found.stderr
        assert not (tmp_path / "l.db").exists()

    def test_without_storing_it_only_counts(self, tmp_path: Path) -> None:
        path = write_gdelt(tmp_path / "g.csv", 30)
        found = holdfire("import", "gdelt", path, "--no-store", "--ledger", tmp_path / "l.db")
        assert "30 records, 30 used for 30 rows, 0 left out." in found.stdout
        assert not (tmp_path / "l.db").exists()

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["vdem", "x.csv"], "ORIGIN: 'vdem' is none of acled, ucdp"),
            (["acled", "nowhere.csv"], "there is no file nowhere.csv"),
            (["acled", "x.csv", "--grade", "Z"], "--grade: 'Z' is none of A"),
        ],
    )
    def test_misuse_is_one_line(self, arguments: list[str], message: str) -> None:
        found = holdfire("import", *arguments)
        assert found.returncode == 2
        assert message in found.stderr
        assert found.stderr.count("\n") == 1

    def test_a_file_of_which_nothing_can_be_used_is_a_failure(self, tmp_path: Path) -> None:
        bad = (row | {"event_date": ""} for row in acled_rows(3))
        path = write_csv(tmp_path / "a.csv", ACLED_NEW, bad)
        assert holdfire("import", "acled", path, "--ledger", tmp_path / "l.db").returncode == 1


def test_imported_events_are_counted_by_party_and_day(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ACLED_NEW, acled_rows(ROWS))
    with open_ledger(tmp_path / "ledger.db") as ledger:
        bring(path, "acled", ledger)
        counted = list(event_counts(ledger, AsOf()))
        assert sum(each.count for each in counted) == len(held(ledger))
        assert {each.name for each in counted if each.key == "pam.valley-front"} == {"Valley Front"}


def test_it_tells_how_many_parties_the_knowledge_base_has(tmp_path: Path) -> None:
    rows = [row | {"actor1": "Valley Front", "actor2": "Somebody", "sub_event_type": "Attack"} for row in acled_rows(3)]
    with open_ledger("sqlite://") as ledger:
        done = bring(write_csv(tmp_path / "a.csv", ACLED_NEW, iter(rows)), "acled", ledger)
    assert (done.tally.named, done.tally.known) == (6, 3)
