"""The commands that look after a ledger and look back in it, on a small one."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from holdfire.cli.main import main
from holdfire.ledger.append import append_document, begin_run
from holdfire.ledger.connect import open_ledger
from holdfire.ledger.judge import grades
from holdfire.model.entry import AsOf
from tests.ledger.invented import RULES, make_claims, make_document

YESTERDAY = datetime.now(UTC) - timedelta(days=1)


class Desk:
    """Calls commands on one ledger; keeps exit code, output and errors of the last."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.path, self._capsys, self._monkeypatch = path, capsys, monkeypatch
        self.code: object = 0
        self.out = self.err = ""

    def call(self, *words: str) -> str:
        self._monkeypatch.setattr(sys, "argv", ["holdfire", *words, "--ledger", str(self.path)])
        try:
            main()
            self.code = 0
        except SystemExit as left:
            self.code = left.code or 0
        self.out, self.err = self._capsys.readouterr()
        return self.out


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    path = tmp_path / "ledger.db"
    document = make_document()
    with open_ledger(path) as ledger:
        run = begin_run(ledger, command="read", rulebook_hash=RULES, version="0.1.0", now=YESTERDAY)
        append_document(ledger, run, document, make_claims(document), now=YESTERDAY)
    return Desk(path, capsys, monkeypatch)


CLAIM = make_claims(make_document())[1].id
REPORT = make_document().id


def test_a_correction_by_plain_words_is_seen_in_show_history_and_diff(desk: Desk) -> None:
    out = desk.call("judge", CLAIM, "correct", "--set", "polarity=affirmed", "--set", "actor=Valley Front",
                    "--set", "time=2031-02-20", "--reason", "misread", "--by", "Ann")  # fmt: skip
    assert desk.code == 0, desk.err
    assert 'conduct is "attacking"' in out, "the conduct follows from the facets"
    shown = desk.call("show", CLAIM)
    assert "Valley Front" in shown
    assert "Ann" in shown
    steps = [json.loads(line) for line in desk.call("history", CLAIM, "--format", "jsonl").splitlines()]
    assert [each["step"] for each in steps] == ["recorded", "judged"]
    found = desk.call("diff", "--known-by", (YESTERDAY + timedelta(hours=1)).isoformat())
    assert "polarity: negated → affirmed" in found
    assert found.endswith("1 claim changed: 1 by new judgement.\n")
    lines = desk.call("diff", "--known-by", "2000-01-01", "--known-by", "2100-01-01", "--format", "jsonl").splitlines()
    assert {json.loads(line)["cause"] for line in lines} == {"new report"}


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("judge", CLAIM, "praise", "--reason", "x"), 2, "VERDICT"),
        (("judge", CLAIM, "accept", "--reason", "x", "--role", "king"), 2, "--role"),
        (("judge", CLAIM, "correct", "--reason", "x", "--set", "polarity"), 2, "no '='"),
        (("judge", CLAIM, "correct", "--reason", "x", "--set", "actor=Nobody Here"), 2, "not in the report"),
        (("judge", "zzzz", "accept", "--reason", "x"), 2, "zzzz"),
        (("history", "zzzz"), 2, "no claim, report or actor"),
        (("diff", "--known-by", "soon"), 2, "is no time"),
        (("ledger", "takedown", "zzzz", "--reason", "x"), 2, "no report has"),
        (("ledger", "restore", "nothing.db"), 1, "no such file"),
        (("ledger", "merge", "nothing.db"), 1, "no such file"),
        (("ledger", "grade", "Amar Courier", "Z", "--reason", "x"), 2, "none of A, B"),
    ],
)
def test_misuse_is_one_clear_line(desk: Desk, words: tuple[str, ...], code: int, says: str) -> None:
    desk.call(*words)
    assert desk.code == code
    assert says in desk.err
    assert "Traceback" not in desk.err


def test_care_from_the_command_line(desk: Desk, tmp_path: Path) -> None:
    assert "is sound" in desk.call("ledger", "check")
    copy = str(tmp_path / "copy.db")
    assert "Content hash" in desk.call("ledger", "backup", copy)
    assert "A by Ann" in desk.call("ledger", "grade", "Amar Courier", "a", "--reason", "record", "--by", "Ann")
    assert "2 claims emptied" in desk.call("ledger", "takedown", REPORT, "--reason", "court order", "--by", "Ann")
    assert desk.call("claims").startswith("0 claims")
    assert "0 reports" in desk.call("ledger", "merge", copy), "what is taken down does not come back"
    assert desk.call("claims").startswith("0 claims")
    desk.call("ledger", "restore", copy)
    assert "2 claims." in desk.call("claims")
    assert "is sound" in desk.call("ledger", "check")


def test_a_copy_on_a_read_only_disk_can_be_checked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK)
    assert "is sound" in desk.call("ledger", "check")
    desk.call("ledger", "takedown", REPORT, "--reason", "so", "--by", "Ann")
    assert desk.code == 1
    assert "read-only" in desk.err


def test_check_tells_what_is_wrong_and_what_to_do(desk: Desk) -> None:
    with open_ledger(desk.path) as ledger, ledger.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("update claims set evidence = 'joined the fighting' where id = ?", (CLAIM,))
    out = desk.call("ledger", "check")
    assert desk.code == 1
    assert f"evidence: the evidence of claim {CLAIM}" in out
    assert "restore the last backup" in desk.err


def test_rereading_supersedes_with_the_rules_of_today(desk: Desk) -> None:
    out = desk.call("reread", "--since", "2031-01-01")
    assert desk.code == 0, desk.err
    assert out.startswith("Read 1 report again")
    assert desk.call("reread").startswith("Read 0 reports again")
    assert "is sound" in desk.call("ledger", "check")
    steps = [json.loads(line)["step"] for line in desk.call("history", REPORT, "--format", "jsonl").splitlines()]
    assert steps in (["recorded", "superseded", "recorded"], ["recorded", "confirmed"])


def test_a_rejected_claim_is_marked_in_the_list(desk: Desk) -> None:
    desk.call("judge", CLAIM, "reject", "--reason", "satire", "--by", "Ann")
    assert desk.call("claims").count("[rejected by Ann]") == 1


def test_grades_are_imported_whole_or_not_at_all(desk: Desk, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("outlet,grade,reason\nAmar Courier,b,record\nHill Gazette,D,\n")
    bad.write_text("outlet,grade\nAmar Courier,A\nHill Gazette,7\n")
    desk.call("ledger", "import-grades", str(bad), "--by", "Ann")
    assert desk.code == 2
    assert "line 3 of" in desk.err
    assert "2 outlets graded" in desk.call("ledger", "import-grades", str(good), "--by", "Ann")
    with open_ledger(desk.path, read_only=True) as ledger:
        assert {name: each.letter for name, each in grades(ledger, AsOf()).items()} == {
            "Amar Courier": "B",
            "Hill Gazette": "D",
        }
    found = desk.call("corroborate", "--all", "--format", "jsonl").splitlines()
    assert {json.loads(line)["code"] for line in found} == {"B3"}
