"""From a report to the board and back to the sentence, and what is said when something is wrong."""

import csv
import io
import json
import os
import stat

import pytest

from tests.cli.calling import holdfire

REPORT = (
    "Hezbollah stays out\n"
    "Hezbollah has not fired a single rocket since the war began. It condemned Israel in a statement.\n"
    "There were unconfirmed reports of a drone attack on the port.\n"
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "report.txt").write_text(REPORT)
    path = folder / "my.db"
    found = holdfire(
        "read", folder / "report.txt", "--published", "2025-06-17", "--outlet", "The Post", "--ledger", path
    )
    assert found.returncode == 0, found.stderr
    assert f"kept in {path}" in found.stdout
    return path


def claims(ledger, *arguments):
    found = holdfire("claims", *arguments, "--format", "jsonl", "--ledger", ledger)
    assert found.returncode == 0, found.stderr
    return [json.loads(line) for line in found.stdout.splitlines()]


def test_reading_again_changes_nothing(ledger, tmp_path):
    (tmp_path / "again.txt").write_text(REPORT)
    arguments = ("--published", "2025-06-17", "--outlet", "The Post", "--ledger", ledger)
    before = claims(ledger)
    found = holdfire("read", tmp_path / "again.txt", *arguments)
    assert "(1 held already)" in found.stdout
    assert claims(ledger) == before


def test_board_in_every_form(ledger):
    found = json.loads(holdfire("board", "--format", "json", "--ledger", ledger).stdout)
    row = next(each for each in found["postures"] if each["actor"]["name"] == "Hezbollah")
    assert row["deed"]["conduct"] == "holding fire"
    assert row["deed"]["sentence"] in REPORT
    assert found["valid_on"] == "2025-06-17"

    rows = list(csv.DictReader(io.StringIO(holdfire("board", "--format", "csv", "--ledger", ledger).stdout)))
    assert ("Hezbollah", "holding fire") in {(each["actor"], each["deed"]) for each in rows}
    assert "| Hezbollah | holding fire |" in holdfire("board", "--format", "md", "--ledger", ledger).stdout
    text = holdfire("board", "--ledger", ledger).stdout
    assert "as of 17 June 2025" in text
    assert "○ holding fire" in text


def test_board_before_anything_was_known_is_empty(ledger):
    found = json.loads(holdfire("board", "--known-by", "2020-01-01", "--format", "json", "--ledger", ledger).stdout)
    assert found["postures"] == []
    assert "No claim in this ledger" in holdfire("board", "--valid-on", "2020-01-01", "--ledger", ledger).stdout


def test_claims_are_narrowed_and_one_is_shown_in_its_sentence(ledger):
    held = claims(ledger, "--conduct", "holding fire")
    assert {each["claim"]["conduct"] for each in held} == {"holding fire"}
    assert claims(ledger, "--actor", "Hezbollah", "--conduct", "holding fire") == held
    assert claims(ledger, "--actor", "Port Amar") == []
    document = held[0]["document"]["id"]
    assert len(claims(ledger, "--document", document[:6])) == len(claims(ledger))

    shown = holdfire("show", held[0]["claim"]["id"][:8], "--ledger", ledger).stdout
    assert f"«{held[0]['claim']['evidence']['text']}»" in " ".join(shown.split())
    assert "negated, actual, stated" in shown
    assert held[0]["claim"]["rule_ids"][0] in shown


def test_conflict_narrows_the_board(ledger):
    found = json.loads(
        holdfire("board", "--conflict", "iran-israel-2025", "--format", "json", "--ledger", ledger).stdout
    )
    assert found["conflict"] == "Iran – Israel, 2025"
    assert "Hezbollah" in {each["actor"]["name"] for each in found["postures"]}


def test_demo_prints_a_board_and_commands_that_run(tmp_path):
    found = holdfire("demo", "--folder", tmp_path)
    assert found.returncode == 0, found.stderr
    assert "Read 6 sample reports" in found.stdout
    command = next(line.split() for line in found.stdout.splitlines() if " show " in line)
    assert holdfire(*command[1:]).returncode == 0


def test_doctor_says_what_is_there(ledger):
    found = holdfire("doctor", "--ledger", ledger)
    assert found.returncode == 0, found.stdout
    assert "1 report" in found.stdout
    assert "en_core_web_sm" in found.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["board", "--valid-on", "2025-02-31"], 2, "no date"),
        (["board", "--known-by", "yesterday"], 2, "no time"),
        (["board", "--format", "pdf"], 2, "is none of"),
        (["board", "--conflict", "nowhere"], 2, "iran-israel-2025"),
        (["claims", "--conduct", "dancing"], 2, "is none of"),
        (["claims", "--document", "zz"], 2, "no report"),
        (["show", "zz"], 2, "holdfire claims"),
    ],
)
def test_misuse_is_one_line(ledger, arguments, code, says):
    found = holdfire(*arguments, "--ledger", ledger)
    assert found.returncode == code, found.stderr
    assert says in found.stderr
    assert len(found.stderr.splitlines()) == 1


def test_ledger_that_is_not_there_is_no_database_or_cannot_be_written(tmp_path):
    missing = holdfire("board", "--ledger", tmp_path / "none.db")
    assert (missing.returncode, "no such file" in missing.stderr) == (1, True)

    junk = tmp_path / "junk.db"
    junk.write_text("this is a letter, not a ledger" * 50)
    for command in (["board"], ["read", "-"]):
        found = holdfire(*command, "--ledger", junk, stdin=REPORT)
        assert found.returncode == 1
        assert "not a Holdfire ledger" in found.stderr
        assert len(found.stderr.splitlines()) == 1
    assert junk.read_text().startswith("this is a letter")


@pytest.mark.skipif(os.name != "posix", reason="needs a folder that refuses to be written")
def test_folder_that_is_read_only(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    if os.access(folder, os.W_OK):
        pytest.skip("this account may write everywhere (root)")
    found = holdfire("read", "-", "--ledger", folder / "sub" / "my.db", stdin=REPORT)
    assert (found.returncode, len(found.stderr.splitlines())) == (1, 1)


def test_broken_line_costs_that_report_alone_and_is_recorded(tmp_path):
    good = json.dumps({"id": "good", "text": REPORT, "published": "2025-06-17"})
    (tmp_path / "batch.jsonl").write_text(f'{good}\n{{"id": "broken"\n{good.replace("good", "fine")}\n')
    found = holdfire("read", tmp_path / "batch.jsonl", "--ledger", tmp_path / "my.db")
    assert found.returncode == 1
    assert "batch.jsonl:2" in found.stderr or "line 2" in found.stderr
    held = {each["document"]["id"] for each in claims(tmp_path / "my.db")}
    assert held == {"good", "fine"}
