from dataclasses import replace

import pytest

from holdfire.actors.candidates import Candidate, CandidateTie, LeftOut
from holdfire.actors.knowledge import build_knowledge
from holdfire.actors.merge import plan_import
from holdfire.errors import HoldfireError
from holdfire.model.actor import Actor
from tests.actors.invented import invented_knowledge

KNOWLEDGE = invented_knowledge()


def entry(key: str, name: str, kind: str = "armed group", **fields) -> Candidate:
    return Candidate(scheme="ucdp", key=key, name=name, kind=kind, place=f"line {key}", **fields)


def plan(*candidates: Candidate):
    return plan_import(candidates, (), KNOWLEDGE, label="list")


def test_a_new_actor_becomes_a_record_with_its_outside_id():
    found = plan(entry("7", "Hill Front", country="Port Amar", aliases=("Jabhat al-Tall",)))
    assert found.records == (
        {
            "id": "ucdp.7",
            "name": "Hill Front",
            "kind": "armed group",
            "country": "PAM",
            "aliases": ["Jabhat al-Tall"],
            "external": {"ucdp": "7"},
        },
    )
    assert found.additions == ()


def test_a_known_actor_gets_the_names_it_lacks_and_no_second_record():
    found = plan(entry("8", "Valley Front", country="PAM", aliases=("Jabhat al-Wadi", "Front of the Valley")))
    assert found.records == ()
    assert found.additions == (
        {
            "id": "list.ucdp.8",
            "actor": "pam.valley-front",
            "aliases": ["Front of the Valley"],
            "external": {"ucdp": "8"},
        },
    )


def test_the_same_name_in_another_country_is_another_actor_and_its_name_is_shared():
    found = plan(entry("9", "Valley Front", country="Velmark"))
    assert found.records[0]["id"] == "ucdp.9"
    assert found.records[0]["aliases"] == [{"text": "Valley Front", "ambiguous": True, "note": "also pam.valley-front"}]


def test_a_shared_acronym_is_told_apart_by_country():
    assert plan(entry("1", "PLV", country="VEL")).additions[0]["actor"] == "vel.valley-front"
    assert plan(entry("1", "PLV")).records[0]["name"] == "PLV"


def test_a_person_is_never_taken_for_a_group_of_that_name():
    assert plan(entry("2", "Valley Front", kind="leader", country="PAM")).records[0]["id"] == "ucdp.2"


def test_two_entries_with_one_name_both_call_it_shared():
    found = plan(entry("3", "Hill Front", aliases=("HLF9",)), entry("4", "Coast Front", aliases=("HLF9",)))
    assert [each["aliases"][0]["ambiguous"] for each in found.records] == [True, True]


def test_one_id_for_two_entries_is_refused():
    with pytest.raises(HoldfireError, match=r"line 3: 'Coast Front' has the id 3, which line 3 gives to 'Hill Front'"):
        plan(entry("3", "Hill Front"), entry("3", "Coast Front"))


def test_ties_lead_to_entries_known_actors_and_states_and_to_nobody_else():
    ties = tuple(CandidateTie(relation="member of", to=to) for to in ("6", "8", "PAM", "Q77"))
    found = plan(entry("5", "Ada Moor", kind="leader", ties=ties), entry("6", "Hill Front"), entry("8", "Valley Front"))
    assert [tie["actor"] for tie in found.records[0]["memberships"]] == ["ucdp.6", "pam.valley-front", "pam"]


def test_what_the_reader_left_out_is_passed_on():
    left = LeftOut(name="Civilians", place="line 1", why="no party")
    assert plan_import((), (left,), KNOWLEDGE, label="list").left_out == (left,)


def test_a_country_may_be_given_by_its_id_in_the_list():
    states = build_knowledge(
        [
            *(actor for actor in KNOWLEDGE.actors.values() if actor.id != "pam"),
            replace(KNOWLEDGE.actors["pam"], external=(("wikidata", "Q1"),)),
        ]
    )
    found = plan_import([replace(entry("Q7", "Hill Front", country="Q1"), scheme="wikidata")], (), states, label="x")
    assert found.records[0]["country"] == "PAM"


def test_an_organ_is_known_by_its_state():
    with_organ = build_knowledge(
        [
            *KNOWLEDGE.actors.values(),
            Actor(id="pam.government", name="Amari cabinet", kind="government body", country="PAM"),
        ]
    )
    candidate = entry("9", "Government of Port Amar", "government body", country="Port Amar", organ="government")
    found = plan_import([candidate], (), with_organ, label="list")
    assert found.additions[0]["actor"] == "pam.government"
    assert plan(candidate).records, "there is no such organ"


def test_a_short_name_is_proof_only_for_the_same_kind():
    assert plan(entry("3", "VLF")).additions[0]["actor"] == "pam.valley-front"
    assert plan(entry("3", "VLF", kind="party")).records[0]["aliases"][0]["ambiguous"]


def test_an_entry_without_a_letter_in_its_name_is_left_out():
    found = plan(entry("3", "--"), entry("4", "Hill Front", aliases=("…", "Front of the Hill")))
    assert [each.why for each in found.left_out] == ["its name holds no letter and no digit"]
    assert found.records[0]["aliases"] == ["Front of the Hill"]
