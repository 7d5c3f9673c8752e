"""`holdfire board`, `actor`, `timeline` and `network` as a user calls them, on a ledger of invented reports."""

import csv
import io
import json

import networkx
import pytest

from tests.cli.calling import holdfire
from tests.conclusions.invented import fill

LINES = """
2031-01-20 | Hill Gazette | Iran   | threatening      | Israel
2031-02-01 | Amar Courier | Israel | attacking        | Iran
2031-02-02 | Hill Gazette | Iran   | attacking        | Israel
2031-02-03 | Amar Courier | Iran   | attacking        | Israel
2031-02-03 | Hill Gazette | Iran-backed militias in Iraq | holding fire
2031-02-04 | Hill Gazette | Kata'ib Hezbollah | backing | Iran
2031-02-12 | Amar Courier | Iran   | holding fire
2031-02-12 | Amar Courier | Old Council | condemning  | Iran
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("conclusions") / "my.db"
    fill(path, LINES, shipped=True)
    return path


def call(ledger, *arguments):
    found = holdfire(*arguments, "--ledger", ledger)
    assert found.returncode == 0, found.stderr
    return found.stdout


def board(ledger, *arguments):
    found = json.loads(call(ledger, "board", "--format", "json", *arguments))
    return {each["actor"]["name"]: each for each in found["postures"]}


def test_whose_posture_changed_comes_first(ledger):
    found = board(ledger)
    assert next(iter(found)) == "Iran"
    assert found["Iran"]["deed"]["conduct"] == "holding fire"
    assert (found["Iran"]["change"]["before"], found["Iran"]["change"]["on"]) == ("attacking", "2031-02-12")
    assert found["Israel"]["change"] is None


def test_a_group_reflects_on_its_member_and_says_so(ledger):
    deed = board(ledger)["Kata'ib Hezbollah"]["deed"]
    assert (deed["conduct"], deed["inherited"]["name"]) == ("holding fire", "Iran-backed militias in Iraq")
    text = call(ledger, "board", "--actor", "kata'ib")
    assert "○ holding fire ┄" in text
    assert "┄ told of Iran-backed militias in Iraq, and not of the actor itself." in text
    assert "▮▮▮" in text


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("--conduct", "holding fire", "--conduct", "condemning"),
         ["Iran", "Old Council", "Iran-backed militias in Iraq", "Kata'ib Hezbollah"]),
        (("--kind", "state"), ["Iran", "Israel"]),
        (("--changed",), ["Iran", "Old Council"]),
        (("--gap", "3"), ["Kata'ib Hezbollah"]),
        (("--actor", "israel", "--actor", "council"), ["Old Council", "Israel"]),
        (("--conflict", "iran-israel-2025"), []),
    ],
)  # fmt: skip
def test_filters(ledger, arguments, names):
    assert sorted(board(ledger, *arguments)) == sorted(names)


def test_compared_with_an_earlier_day(ledger):
    found = json.loads(call(ledger, "board", "--format", "json", "--compare", "2031-02-03"))
    earlier = {each["actor"]["name"]: each for each in found["earlier"]}
    assert earlier["Iran"]["deed"]["conduct"] == "attacking"
    assert {each["actor"]["name"] for each in found["transitions"]} == {"Iran", "Kata'ib Hezbollah", "Old Council"}
    assert "compared with 3 February 2031" in call(ledger, "board", "--compare", "2031-02-03")


def test_a_conflict_that_the_claims_show(ledger):
    found = json.loads(call(ledger, "board", "--format", "json", "--conflict", "Iran – Israel"))
    assert (found["conflict"], found["conflict_id"]) == ("Iran – Israel", "irn-isr")
    assert [each["actor"]["side"] for each in found["postures"] if each["actor"]["name"] == "Israel"] == [1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("board", "--conflict", "nowhere"), "it is none, or several, of these"),
        (("board", "--compare", "2031-03-01", "--valid-on", "2031-02-01"), "is not before the day looked at"),
        (("board", "--conduct", "sleeping"), "--conduct: 'sleeping' is none of"),
        (("timeline", "--since", "2031-03-01", "--valid-on", "2031-02-01"), "is after the last day"),
        (("network", "--relation", "loves"), "--relation: 'loves' is none of"),
    ],
)
def test_misuse_is_told_in_a_line(ledger, arguments, says):
    found = holdfire(*arguments, "--ledger", ledger)
    assert (found.returncode, found.stdout) == (2, "")
    assert says in found.stderr
    assert found.stderr.count("\n") == 1


def test_csv_and_markdown_say_the_same(ledger):
    rows = list(csv.DictReader(io.StringIO(call(ledger, "board", "--format", "csv"))))
    member = next(each for each in rows if each["actor"] == "Kata'ib Hezbollah")
    assert (member["deed"], member["gap"], member["inherited_from"]) == (
        "holding fire", "3", "Iran-backed militias in Iraq",
    )  # fmt: skip
    page = call(ledger, "board", "--format", "md")
    assert "| Kata'ib Hezbollah | holding fire (told of Iran-backed militias in Iraq) | backing |" in page


def test_actor_has_everything_on_one_page(ledger):
    page = call(ledger, "actor", "Iran")
    for words in (
        "deed  ○ holding fire since 12 February 2031", "Over time", "Condemned by", "Old Council · condemning",
        "Iran · attacks · Israel (2 claims)", "Reasons: none reported",
    ):  # fmt: skip
        assert words in page
    found = json.loads(call(ledger, "actor", "irn", "--format", "json"))
    assert found["posture"]["deed"]["conduct"] == "holding fire"
    assert [each["actor"] for each in found["dissent"]] == [["Old Council"]]


def test_nobody_of_that_name_fails_in_a_line(ledger):
    found = holdfire("actor", "Lake League", "--ledger", ledger)
    assert (found.returncode, found.stdout) == (1, "")
    assert "the ledger names nobody so" in found.stderr


def test_timeline_of_one_and_of_all(ledger):
    (found,) = json.loads(call(ledger, "timeline", "Iran", "--format", "json"))
    deeds = [(each["conduct"], each["start"], each["end"]) for each in found["spells"] if each["family"] == "deed"]
    assert deeds == [("attacking", "2031-02-02", "2031-02-11"), ("holding fire", "2031-02-12", None)]
    rows = list(csv.DictReader(io.StringIO(call(ledger, "timeline", "--since", "2031-02-10", "--format", "csv"))))
    assert {each["actor"] for each in rows} >= {"Iran", "Israel", "Old Council"}
    assert "12 February 2031 – now" in call(ledger, "timeline", "Iran")


def test_network_in_every_form(ledger, tmp_path):
    assert "Iran → Israel  2 claims, latest 3 February 2031" in call(ledger, "network", "--relation", "attacks")
    found = json.loads(call(ledger, "network", "--format", "json"))
    assert ("irn", "attacks", "isr") in {(each["actor"], each["relation"], each["recipient"]) for each in found["ties"]}
    path = tmp_path / "net.graphml"
    path.write_text(call(ledger, "network", "--format", "graphml"), "utf-8")
    graph = networkx.read_graphml(path)
    assert graph.nodes["irn"]["deed"] == "holding fire"
    assert {"attacks", "backed by"} <= {relation for _, _, relation in graph.edges(data="relation")}
    rows = list(csv.DictReader(io.StringIO(call(ledger, "network", "--actor", "council", "--format", "csv"))))
    assert [(each["actor"], each["relation"], each["recipient"]) for each in rows] == [
        ("Old Council", "condemns", "Iran")
    ]
