"""`holdfire why`: reasons for and against, tripwires and ways out, as a user calls it."""

import json

import pytest

from tests.cli.calling import holdfire

REPORT = (
    "Old Ford holds its breath\n"
    "Hezbollah has stayed out of the war because its arsenals are empty, said Ada Moor, an analyst. "
    "Despite its treaty with the League, it has not fired a rocket.\n"
    "The group threatened to attack the port if the army entered the hills. "
    "It may give up its weapons if it keeps its seats in parliament, an aide said.\n"
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("why")
    report = folder / "report.txt"
    report.write_text(REPORT, "utf-8")
    path = folder / "my.db"
    found = holdfire("read", report, "--published", "2025-06-17", "--outlet", "The Harbour Post", "--ledger", path)
    assert found.returncode == 0, found.stderr
    return path


def as_json(ledger, *arguments):
    found = holdfire("why", *arguments, "--format", "json", "--ledger", ledger)
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def test_reasons_for_and_against_with_who_gives_them(ledger):
    found = as_json(ledger, "Hezbollah")
    told = {(each["category"], each["bearing"], each["conduct"], *each["sources"]) for each in found["reasons"]}
    assert ("capability", "for", "holding fire", "Ada Moor") in told
    assert ("alliance", "against", "holding fire") in told
    for each in found["reasons"]:
        assert each["text"] in REPORT
        assert each["sentence"] in REPORT


def test_tripwires_and_ways_out(ledger):
    found = as_json(ledger, "Hezbollah")
    assert [each["text"] for each in found["tripwires"]] == ["if the army entered the hills"]
    (way_out,) = found["ways_out"]
    assert way_out["text"] == "if it keeps its seats in parliament"
    assert way_out["sources"] == ["an aide"]


def test_the_page_says_the_same(ledger):
    found = holdfire("why", "Hezbollah", "--ledger", ledger)
    assert found.returncode == 0, found.stderr
    for words in ("For holding fire", "Against holding fire", "Tripwires", "Ways out", "says Ada Moor"):
        assert words in found.stdout


def test_an_actor_may_be_given_by_id_and_a_day_may_leave_claims_out(ledger):
    by_name = as_json(ledger, "Hezbollah")
    assert as_json(ledger, by_name["actor"]["key"])["reasons"] == by_name["reasons"]
    early = holdfire("why", "Hezbollah", "--valid-on", "2025-06-01", "--ledger", ledger)
    assert early.returncode == 1
    assert "no claim by 'Hezbollah'" in early.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("Nobody of that name",), 1, "holdfire board"),
        (("Hezbollah", "--format", "xml"), 2, "--format"),
        (("Hezbollah", "--valid-on", "2025-02-31"), 2, "--valid-on"),
    ],
)
def test_bad_input_is_told_in_one_line(ledger, arguments, code, words):
    found = holdfire("why", *arguments, "--ledger", ledger)
    assert found.returncode == code
    assert words in found.stderr
    assert len(found.stderr.strip().splitlines()) == 1
    assert "Traceback" not in found.stderr


def test_no_ledger_is_told_in_one_line(tmp_path):
    found = holdfire("why", "Hezbollah", "--ledger", tmp_path / "none.db")
    assert found.returncode == 1
    assert len(found.stderr.strip().splitlines()) == 1


def test_reasons_of_several_months_are_also_counted_by_month(ledger, tmp_path):
    report = tmp_path / "july.txt"
    report.write_text(
        "Old Ford still holds its breath\nHezbollah has stayed out of the war because it fears for its seats, "
        "said Ada Moor, an analyst.\n",
        "utf-8",
    )
    both = tmp_path / "both.db"
    both.write_bytes(ledger.read_bytes())
    found = holdfire("read", report, "--published", "2025-07-17", "--outlet", "The Harbour Post", "--ledger", both)
    assert found.returncode == 0, found.stderr
    assert [each["month"] for each in as_json(both, "Hezbollah")["over_time"]] == ["2025-06", "2025-07"]
    page = holdfire("why", "Hezbollah", "--ledger", both).stdout
    assert "Over time" in page
    assert "July 2025 · for: " in page
