from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.extraction.nlp import load_language
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, read_document
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook
from tests.actors.invented import invented_knowledge


@lru_cache
def reader() -> Reader:
    return Reader(nlp=load_language(), rulebook=load_rulebook(RuleSource()), knowledge=invented_knowledge())


@lru_cache
def real_reader() -> Reader:
    return load_reader()


def recipients(text: str, event: str) -> list[str]:
    """The recipients of the first claim of that event: the name where it is known, else the words."""
    claims = read_document(Document(id="test", text=text, published=date(2018, 5, 2)), reader())
    found = next(each for each in claims if each.event == event)
    return [each.name or each.text for each in found.recipient]


@pytest.mark.parametrize(
    ("text", "event", "expected"),
    [
        # The phrase hangs on the object of the verb, or deeper.
        ("Port Amar imposed sanctions on Velmark.", "SANCTION", ["Velmark"]),
        ("Port Amar suspended all military aid to Velmark on Monday.", "SANCTION", ["Velmark"]),
        ("Velmark condemned the raid by Amari jets.", "ACCUSE", ["Port Amar"]),
        ("Velmark condemned the Amari attacks.", "ACCUSE", ["Port Amar"]),
        ("Velmark condemned the Valley Front's shelling of the harbour.", "ACCUSE", ["Valley Front"]),
        # People and things that are acted on are recipients where no party is named.
        ("The Valley Front killed 52 people in the raid.", "ASSAULT", ["52 people"]),
        ("Amari jets bombed fuel depots on Sunday.", "ASSAULT", ["fuel depots"]),
        ("The Valley Front freed two aid workers.", "RETREAT", ["two aid workers"]),
        # A party is preferred to a thing.
        ("Amari jets bombed a Valley Front depot.", "ASSAULT", ["Valley Front"]),
        # Weapons, ground and ideas are none.
        ("The Valley Front laid down its arms.", "RETREAT", []),
        ("The Valley Front fired two rockets on Sunday.", "ASSAULT", []),
        ("The Valley Front attacked the town.", "ASSAULT", []),
        # Somebody unknown to the knowledge base may be talked with.
        ("Port Amar held talks with the Orrin Council.", "CONSULT", ["Orrin Council"]),
    ],
)
def test_recipient_of_a_claim(text: str, event: str, expected: list[str]) -> None:
    assert recipients(text, event) == expected


def test_an_actor_is_not_its_own_recipient() -> None:
    assert recipients("Velmark urged Velmark to hold talks with the Valley Front.", "REQUEST") == []


def test_a_recipient_named_by_a_pronoun_is_who_it_stands_for() -> None:
    text = "A ferry burned on Sunday. The Valley Front denied that its fighters had shelled it."
    claims = read_document(Document(id="test", text=text), reader())
    denied = next(each for each in claims if each.certainty == "denied")
    assert [(each.text, each.inferred) for each in denied.recipient] == [("ferry", True)]


@pytest.mark.parametrize(
    ("text", "event", "expected"),
    [
        # A state for its territory only where the attacker comes from outside it.
        ("Amari jets carried out raids in Velmark.", "ASSAULT", ["Velmark"]),
        ("Valley Front fighters carried out raids in Port Amar.", "ASSAULT", []),
        # Whom it is for.
        ("Velmark sent troops to help the Amari navy.", "MOBILIZE", []),
        ("Velmark delivered food to help the Amari navy.", "AID", ["Amari navy"]),
        ("Amari jets carried out a raid, killing three Velmarker soldiers.", "ASSAULT", ["Velmark"]),
        ("Velmark lifted the sanctions imposed on Port Amar.", "RETREAT", ["Port Amar"]),
        ("Velmark condemned the threats made by the Valley Front.", "ACCUSE", ["Valley Front"]),
        ("Velmark said the Valley Front must disarm.", "REQUEST", ["Valley Front"]),
    ],
)
def test_recipient_deeper_in_the_clause(text: str, event: str, expected: list[str]) -> None:
    assert recipients(text, event) == expected


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Israeli jets bombed Hodeidah on Sunday.", ["Yemen"]),
        ("Sudanese army jets bombed El Fasher on Sunday.", []),
        ("Israeli jets took off from Haifa and fired no missiles.", []),
    ],
)
def test_a_place_struck_from_outside_is_its_states(text: str, states: list[str]) -> None:
    claims = read_document(Document(id="test", text=text), real_reader())
    assert [each.name for claim in claims for each in claim.recipient] == states


def actors(text: str, event: str) -> list[str]:
    claims = read_document(Document(id="test", text=text, published=date(2018, 5, 2)), reader())
    return [each.name or each.text for each in next(each for each in claims if each.event == event).actor]


def test_who_issues_a_statement_says_what_it_says() -> None:
    text = "Port Amar issued a statement calling on the Valley Front to leave."
    assert (actors(text, "REQUEST"), recipients(text, "REQUEST")) == (["Port Amar"], ["Valley Front"])


def test_a_subject_that_hangs_on_the_auxiliary_is_the_actor() -> None:
    assert actors("Port Amar and Velmark however have opposed the plan.", "REJECT") == ["Port Amar", "Velmark"]


def test_a_name_that_nobody_knows_counts_beside_a_party() -> None:
    text = "Port Amar lifted sanctions on Velmark and Orrin Shipping."
    assert recipients(text, "RETREAT") == ["Velmark", "Orrin Shipping"]


@pytest.mark.parametrize(
    ("text", "event", "expected"),
    [
        ("Port Amar refused to comply with Velmark's orders.", "REJECT", ["Velmark"]),
        ("Farmers started a hunger strike to protest against Velmark.", "PROTEST", ["Velmark"]),
        ("Port Amar will not accept refugees fleeing the war.", "REJECT", ["refugees"]),
        ("Velmark told the Amari navy to attack the Valley Front.", "REQUEST", ["Amari navy"]),
    ],
)
def test_recipient_in_what_the_verb_governs(text: str, event: str, expected: list[str]) -> None:
    assert recipients(text, event) == expected


def test_an_acronym_in_brackets_is_not_a_second_recipient() -> None:
    assert recipients("Velmark outlawed the Valley Front (VLF) and Orrin Unity.", "COERCE")[:1] == ["Valley Front"]
    assert recipients("Velmark attacked the Valley Front (VLF).", "ASSAULT") == ["Valley Front"]


def test_experts_that_are_sent_are_the_aid_not_whom_it_is_for() -> None:
    assert recipients("Velmark provided doctors and medicine to Port Amar.", "AID") == ["Port Amar"]


WORDS = (
    "Port Amar|Velmark|the Valley Front|Amari|jets|its forces|they|condemned|shelled|sent aid to|“|”|. |"
    "imposed sanctions on|, killing|two aid workers|refused to comply with|the raid by|and|Selun|’s|"
    "İ|—|said|must leave|both sides"
).split("|")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=20))
def test_parties_equal_their_slices_in_any_text(words: list[str]) -> None:
    text = " ".join(words)
    for claim in read_document(Document(id="test", text=text, published=date(2018, 5, 2)), reader()):
        for party in (*claim.actor, *claim.recipient):
            assert party.span.of(text) == party.text
        assert not {each.id for each in claim.actor if each.id} & {each.id for each in claim.recipient if each.id}
