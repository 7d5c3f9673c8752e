"""Constructions of the first report with invented names: fragments, members, frames, rumours, slogans."""

from functools import lru_cache

import pytest

from holdfire.intake.documents import make_document
from holdfire.intake.metadata import Header
from holdfire.pipeline import load_reader, read_document


@lru_cache
def reader():
    return load_reader()


def claims(text):
    document = make_document(text, Header(), rules=reader().rulebook.boilerplate, raw=b"", reader="test")
    return read_document(document, reader())


def read(text):
    return {
        (each.conduct, each.certainty, tuple(party.text for party in each.actor)): each for each in claims(text)
    }  # fmt: skip


def test_list_of_what_is_lacking_is_told_of_those_spoken_of_before():
    found = claims("The militias have opted out. No rocket fire, no drone attacks, just words of solidarity.")
    assert [(each.conduct, each.mode, each.actor[0].text) for each in found[1:]] == [
        ("holding fire", "heavy-weapons", "militias"),
        ("holding fire", "drone", "militias"),
        ("backing", None, "militias"),
    ]
    assert [each.evidence.text for each in found[1:3]] == ["No rocket fire", "no drone attacks"]


def test_verb_in_a_full_sentence_is_not_made_a_noun():
    (found,) = claims("No drone strikes the port, but the Valley Front shelled Port Amar.")
    assert found.conduct == "attacking"


def test_members_that_are_named_act_as_well():
    found = read("Hill factions, including the Valley Front and the Lake Guard, have sat this war out.")
    ((_, _, actors),) = found
    assert {"Valley Front", "Lake Guard"} <= set(actors)


def test_two_objects_of_two_kinds_are_two_claims():
    found = claims("The Valley Front and the Lake Guard traded missiles and threats.")
    assert {each.conduct for each in found} == {"attacking", "threatening"}


def test_rumour_of_an_attack_needs_no_actor():
    (found,) = claims("There are whispers of rocket fire near the base at Port Amar.")
    assert (found.certainty, found.actor) == ("rumoured", ())


@pytest.mark.parametrize("words", ["It is not their war.", "This is not our fight."])
def test_slogan_is_the_speakers(words):
    found = claims(f"Karim Adnan, a Lake Guard cleric, told reporters flatly: “{words}”")
    assert [(each.conduct, "Adnan" in each.actor[0].text) for each in found] == [("urging restraint", True)]


def test_what_is_agreed_after_a_colon_is_one_claim_of_those_who_agree():
    found = claims("The clerics seem to agree: the valley will not become a battleground.")
    assert [(each.event, each.certainty, each.actor[0].text) for each in found] == [("REJECT", "hedged", "clerics")]


def test_strike_in_an_idle_gerund_has_not_happened():
    assert not [
        each
        for each in claims("For the factions, getting wiped out in a Valley Front strike is not on the agenda.")
        if each.conduct == "attacking"
    ]
    assert [each.conduct for each in claims("The depot was hit in a Valley Front strike.")]


def test_what_is_spared_is_not_attacked():
    (found,) = claims("The Valley Front has so far spared the airport.")
    assert (found.conduct, found.actor[0].text) == ("holding fire", "Valley Front")
    assert claims("The Valley Front spared no effort.") == ()


def test_weapon_or_a_day_is_no_actor():
    (found,) = claims("An anti-ship missile hit a bulk carrier near Port Amar.")
    assert (found.event, found.actor) == ("ASSAULT", ())
    assert not claims("The talks opened in the shadow of Sunday's raid on the port.")


def test_claiming_no_attack_is_holding_fire_and_an_unclaimed_attack_was_made():
    (none,) = claims("The Valley Front claimed no attack on Wednesday.")
    assert (none.conduct, none.actor[0].text) == ("holding fire", "Valley Front")
    (made,) = claims("No group has claimed the attack on the barracks.")
    assert (made.conduct, made.actor) == ("attacking", ())


def test_what_somebody_will_not_allow_has_not_happened():
    found = claims("The president said he would not allow the country to be dragged into a war.")
    assert not [each for each in found if each.conduct == "attacking"]


def test_politicians_attack_each_other_with_words_and_places_with_arms():
    (words,) = claims("Donald Trump attacked Hillary Clinton in early-morning tweets.")
    assert words.conduct == "condemning"
    (arms,) = claims("Vladimir Putin attacked Ukraine.")
    assert arms.conduct == "attacking"


def test_what_is_ruled_out_is_not_done():
    assert [each.conduct for each in claims("The kingdom ruled out sending troops.")] == ["holding fire"]
    assert "attacking" in [each.conduct for each in claims("The army fought on, shelling Port Amar.")]


def test_do_so_stands_for_the_verb_before_it_and_for_nothing_else():
    told = "The army shelled Port Amar. The king called on the young to enlist, and several thousand have done so."
    assert [each.conduct for each in claims(told)].count("attacking") == 1
    (_, held) = claims("The army shelled Port Amar. The Valley Front has not done so.")
    assert held.conduct == "holding fire"
