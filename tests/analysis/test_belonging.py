"""Whom a claim speaks of besides its actor: states of their organs, bodies of their leaders and officials."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest

from holdfire.actors.knowledge import build_knowledge
from holdfire.analysis.belonging import keys_of, umbrellas_of
from holdfire.analysis.posture import board_of
from holdfire.model.actor import Actor, Membership, Office
from holdfire.model.entry import AsOf
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook
from tests.analysis.invented import entry


def tie(relation, actor_id, **dates):
    return Membership(relation=relation, actor_id=actor_id, **dates)


KNOWLEDGE = build_knowledge(
    [
        Actor(id="valley", name="Valley", kind="state"),
        Actor(id="hill", name="Hill", kind="state"),
        Actor(id="valley-army", name="Valley army", kind="armed force", memberships=(tie("organ of", "valley"),)),
        Actor(id="valley-guard", name="Valley Guard", kind="armed force",
              memberships=(tie("organ of", "valley"), tie("backed by", "hill"))),
        Actor(id="ada-moor", name="Ada Moor", kind="leader",
              offices=(Office(title="president", of="valley", start=date(2030, 1, 1), end=date(2031, 1, 31)),)),
        Actor(id="ben-oak", name="Ben Oak", kind="leader", offices=(Office(title="speaker", of="valley"),)),
        Actor(id="cleric", name="Cleric", kind="leader", offices=(Office(title="leader", of="movement"),)),
        Actor(id="movement", name="Movement", kind="party"),
        Actor(id="militia", name="Militia", kind="armed group",
              memberships=(tie("member of", "movement"), tie("led by", "cleric"))),
        Actor(id="pact", name="Pact", kind="coalition"),
        Actor(id="front", name="Front", kind="armed group", memberships=(tie("member of", "pact"),)),
        Actor(id="wing", name="Wing", kind="armed group", memberships=(tie("member of", "pact"),)),
        Actor(id="brigade", name="Brigade", kind="armed group",
              memberships=(tie("member of", "pact", end=date(2031, 2, 10)),)),
    ]
)  # fmt: skip


@lru_cache
def rulebook():
    return load_rulebook(RuleSource())


def keys(actor, conduct="attacking", day="2031-01-20", **mention):
    found = entry(conduct, day, actor=actor)
    if mention:
        party = replace(found.claim.actor[0], **mention)
        found = replace(found, claim=replace(found.claim, actor=(party,)))
    return keys_of(found, KNOWLEDGE, rulebook())


def postures(*entries, valid_on=None):
    asof = AsOf(valid_on=date.fromisoformat(valid_on) if valid_on else None)
    board = board_of(entries, asof=asof, rulebook=rulebook(), knowledge=KNOWLEDGE)
    return {each.name: each for each in board.postures}


def test_what_an_army_does_its_state_does():
    assert keys("Valley army") == {"valley-army", "valley"}


def test_an_organ_that_a_patron_backs_speaks_for_itself():
    assert keys("Valley Guard") == {"valley-guard"}


def test_a_president_acts_for_the_state_while_in_office():
    assert keys("Ada Moor") == {"ada-moor", "valley"}
    assert keys("Ada Moor", day="2031-02-01") == {"ada-moor"}


def test_the_speaker_of_a_parliament_does_not_speak_for_the_state():
    assert keys("Ben Oak", "threatening") == {"ben-oak"}


def test_who_leads_a_movement_and_its_militia_speaks_for_the_movement_and_orders_both():
    assert keys("Cleric", "threatening") == {"cleric", "movement"}
    assert keys("Cleric", "holding fire") == {"cleric", "movement", "militia"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a Front commander", True),
        ("an activist close to the Front", False),
        ("a commander close to the Front", False),
        ("a pro-Front leader", False),
    ],
)
def test_an_unnamed_official_speaks_for_the_body_and_who_is_close_to_it_does_not(text, found):
    told = keys("Nobody", "threatening", text=text, id=None, name=None, affiliation="front")
    assert ("front" in told) is found


def test_umbrellas_hold_for_their_days():
    assert [each.key for each in umbrellas_of("brigade", date(2031, 2, 1), KNOWLEDGE)] == ["pact"]
    assert umbrellas_of("brigade", date(2031, 2, 11), KNOWLEDGE) == ()


def test_a_state_without_a_report_of_its_own_stands_on_the_board_by_its_army():
    found = postures(entry("attacking", "2031-02-01", actor="Valley army"))
    assert found["Valley"].deed.conduct == "attacking"
    assert found["Valley"].deed.inherited is None


def test_a_groups_restraint_is_its_members_and_marked():
    found = postures(entry("holding fire", "2031-02-01", actor="Pact"), entry("backing", "2031-02-01", actor="Front"))
    deed = found["Front"].deed
    assert (deed.conduct, deed.inherited.name, deed.inherited.relation) == ("holding fire", "Pact", "member of")
    assert found["Front"].word.inherited is None


def test_own_reports_come_before_inherited_ones_however_old():
    found = postures(entry("attacking", "2031-02-01", actor="Front"), entry("holding fire", "2031-02-09", actor="Pact"))
    assert (found["Front"].deed.conduct, found["Front"].deed.inherited) == ("attacking", None)


def test_words_are_not_inherited():
    found = postures(entry("threatening", "2031-02-01", actor="Pact"), entry("attacking", "2031-02-01", actor="Front"))
    assert found["Front"].word is None


def test_one_members_attack_is_the_groups_and_its_restraint_is_not():
    named = entry("condemning", "2031-02-01", actor="Pact")
    hot = postures(named, entry("attacking", "2031-02-01", actor="Front"))["Pact"].deed
    assert (hot.conduct, hot.inherited.name, hot.inherited.relation) == ("attacking", "Front", "has the member")
    assert postures(named, entry("holding fire", "2031-02-01", actor="Front"))["Pact"].deed is None


def test_several_members_restraint_is_the_groups_unless_one_fights():
    told = [
        entry("condemning", "2031-02-01", actor="Pact"),
        entry("holding fire", "2031-02-01", actor="Front"),
        entry("holding fire", "2031-02-02", actor="Brigade"),
    ]
    assert postures(*told)["Pact"].deed.conduct == "holding fire"
    fights = [entry("attacking", "2031-02-03", actor="Wing")]
    assert postures(*told, *fights)["Pact"].deed.conduct == "attacking"
