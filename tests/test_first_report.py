"""The report that the project starts from, read as a user would read it; skipped where it is not at hand."""

import json
from pathlib import Path

import pytest

from tests.cli.calling import holdfire

PLACES = [folder / "shared" / "real" / "media_line.txt" for folder in Path(__file__).parents[2:4]]
REPORT = next((each for each in PLACES if each.exists()), PLACES[0])

pytestmark = pytest.mark.skipif(not REPORT.exists(), reason="the report ../shared/real/media_line.txt is not here")
IRAQI = ("militia", "Iran-backed", "Iraq", "Popular Mobilization", "proxies", "Sadr")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("first") / "my.db"
    found = holdfire("read", REPORT, "--published", "2025-06-17", "--outlet", "The Media Line", "--ledger", path)
    assert found.returncode == 0, found.stderr
    return path


@pytest.fixture(scope="module")
def board(ledger):
    found = json.loads(holdfire("board", "--format", "json", "--ledger", ledger).stdout)
    return {each["actor"]["name"]: each for each in found["postures"]}


@pytest.fixture(scope="module")
def claims(ledger):
    lines = holdfire("claims", "--format", "jsonl", "--ledger", ledger).stdout.splitlines()
    return [json.loads(line)["claim"] for line in lines]


def shown(posture):
    return {posture[family]["conduct"] for family in ("deed", "word") if posture[family]}


def test_who_fights(board):
    assert shown(board["Iran"]) == {"attacking", "threatening"}
    assert shown(board["Israel"]) == {"attacking", "threatening"}


def test_who_holds_fire_while_voicing_solidarity(board):
    militias = board["Iran-backed militias in Iraq"]
    assert shown(militias) == {"holding fire", "backing"}
    assert "holding fire" in shown(board["Popular Mobilization Forces"])


def test_who_urges_restraint(board):
    assert shown(board["Muqtada al-Sadr"]) == {"urging restraint"}


def test_what_is_only_rumour(board, claims):
    assert [each["conduct"] for each in board["unknown"]["unconfirmed"]] == ["attacking"]
    (rumour,) = [each for each in claims if each["certainty"] == "rumoured"]
    assert "drone activity" in rumour["evidence"]["text"]


def test_no_attack_by_any_iraqi_actor(claims):
    for claim in claims:
        if claim["conduct"] == "attacking" and claim["certainty"] not in ("rumoured", "denied"):
            names = " ".join(f"{each['name']} {each['text']}" for each in claim["actor"])
            assert not any(each in names for each in IRAQI), claim["evidence"]["text"]


def test_nothing_from_the_donation_appeal(claims):
    text = REPORT.read_text("utf-8")
    start, end = text.index("Give the gift of hope"), text.index("There are still whispers")
    assert not [each for each in claims if start <= each["evidence"]["start_char"] < end]
