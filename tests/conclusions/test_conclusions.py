"""Boards, actors, timelines, networks and conflicts of a ledger of invented reports."""

import json
from datetime import date
from functools import lru_cache

import pytest

from holdfire.conclusions.actor import read_actor
from holdfire.conclusions.as_json import actor_to_json, board_to_json, network_to_json, timeline_to_json
from holdfire.conclusions.board import read_board, read_entries
from holdfire.conclusions.conflicts import inferred
from holdfire.conclusions.network import read_network
from holdfire.conclusions.timeline import read_timelines
from holdfire.errors import HoldfireError
from holdfire.ledger.connect import open_ledger
from holdfire.model.entry import AsOf
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook
from tests.conclusions.invented import KNOWLEDGE, fill

LINES = """
2031-02-01 | Amar Courier | Port Amar    | attacking        | Isle
2031-02-02 | Amar Courier | Isle         | attacking        | Port Amar
2031-02-02 | Hill Gazette | Isle         | attacking        | Port Amar
2031-02-03 | Hill Gazette | Valley Front | backing          | Isle
2031-02-04 | Hill Gazette | Valley Front | holding fire
2031-02-12 | Amar Courier | Valley Front | attacking        | Port Amar
2031-02-13 | Amar Courier | Old Council  | condemning       | Valley Front
"""


@lru_cache
def rulebook():
    return load_rulebook(RuleSource())


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    with open_ledger(fill(tmp_path_factory.mktemp("ledger") / "my.db", LINES), read_only=True) as opened:
        yield opened


def look(ledger, read, *given, day=None, **options):
    asof = AsOf(valid_on=date.fromisoformat(day) if day else None)
    return read(ledger, *given, asof, rulebook=rulebook(), knowledge=KNOWLEDGE, **options)


def test_board_of_a_day_and_of_an_earlier_one(ledger):
    found = look(ledger, read_board, day="2031-02-13", compare=date(2031, 2, 5))
    now = {each.name: each.deed and each.deed.conduct for each in found.postures}
    before = {each.name: each.deed and each.deed.conduct for each in found.earlier}
    assert (now["Valley Front"], before["Valley Front"]) == ("attacking", "holding fire")
    assert found.compared_with == date(2031, 2, 5)


def test_timeline_tells_the_day_of_the_change(ledger):
    (found,) = look(ledger, read_timelines, actors=["valley-front"])
    deeds = [
        (each.conduct, each.start.day, each.end and each.end.day) for each in found.spells if each.family == "deed"
    ]
    assert deeds == [("holding fire", 4, 11), ("attacking", 12, None)]
    (change,) = [each for each in found.transitions if each.before == "holding fire"]
    assert (change.after, change.on) == ("attacking", date(2031, 2, 12))


def test_network_has_ties_of_claims_and_of_the_knowledge_base(ledger):
    found = look(ledger, read_network)
    ties = {(each.actor, each.relation, each.recipient) for each in found.ties}
    assert ("valley-front", "attacks", "port-amar") in ties
    assert ("text:old council", "condemns", "valley-front") in ties


def test_actor_by_its_name_with_who_condemns_it(ledger):
    found = look(ledger, lambda led, asof, **more: read_actor(led, "valley front", asof, **more))
    assert (found.key, found.posture.deed.conduct) == ("valley-front", "attacking")
    assert [each.claim.actor[0].text for each in found.dissent] == ["Old Council"]


def test_nobody_of_that_name(ledger):
    with pytest.raises(HoldfireError, match="names nobody"):
        look(ledger, lambda led, asof, **more: read_actor(led, "Lake League", asof, **more))


def test_two_that_attack_each_other_are_a_conflict(ledger):
    (found,) = inferred(read_entries(ledger, AsOf(), knowledge=KNOWLEDGE), KNOWLEDGE)
    assert (found.name, found.start) == ("Isle – Port Amar", date(2031, 2, 1))


def test_everything_is_plain_json(ledger):
    for made in (
        board_to_json(look(ledger, read_board)),
        [timeline_to_json(each) for each in look(ledger, read_timelines)],
        network_to_json(look(ledger, read_network)),
        actor_to_json(look(ledger, lambda led, asof, **more: read_actor(led, "isle", asof, **more))),
    ):
        assert json.loads(json.dumps(made)) == made
