"""Claims of single sentences: what is done, by whom, and what the grammar around it makes of it."""

from __future__ import annotations

from functools import lru_cache

import pytest

from holdfire.model.claim import Claim
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, read_document


@lru_cache
def reader() -> Reader:
    return load_reader()


def claims(text: str) -> tuple[Claim, ...]:
    return read_document(Document(id="test", text=text), reader())


def told(text: str) -> set[tuple[str, str, str, str]]:
    return {
        (" and ".join(each.text for each in claim.actor), claim.event, claim.polarity, claim.modality)
        for claim in claims(text)
    }


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        # Words and protests are made also where a purpose tells them; deeds are not done by being meant.
        ("The Valley Front marched to demand a truce.", ("Valley Front", "REQUEST", "affirmed", "actual")),
        # Who and why ask about what happened.
        ("Why does the Valley Front hold its fire?", ("Valley Front", "ASSAULT", "negated", "actual")),
        # "One" stands for what was named before.
        (
            "The Valley Front, which first refused a ceasefire, declared one on Monday.",
            ("Valley Front", "CONCEDE", "affirmed", "actual"),
        ),
        # Clauses that a semicolon parts stay apart.
        (
            "The Valley Front shelled the port; the governor denied a rift.",
            ("Valley Front", "ASSAULT", "affirmed", "actual"),
        ),
        # The subject that the parser hangs on the opening phrase.
        ("In Port Amar, the Valley Front stood aside.", ("Valley Front", "ASSAULT", "negated", "actual")),
        # Asked to do something that no construction knows.
        (
            "The Valley Front asked the governor to draw up a list.",
            ("Valley Front", "REQUEST", "affirmed", "actual"),
        ),
        (
            "The Valley Front failed to reach agreement with the governor.",
            ("Valley Front", "REJECT", "affirmed", "actual"),
        ),
        ("The Valley Front has yet to send troops.", ("Valley Front", "MOBILIZE", "negated", "actual")),
        ("For twenty years the Valley Front fought the army.", ("Valley Front", "ASSAULT", "affirmed", "historical")),
    ],
)
def test_claim_is_read(text: str, claim: tuple[str, str, str, str]) -> None:
    assert claim in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The governor fears the possibility of an attack by the Valley Front.",
        "The treaty would not survive an attack by the Valley Front.",
        "The governor will retaliate against any attack by the Valley Front.",
        "The Valley Front kept the right to strike the port.",
        "The Valley Front withdrew after four days of fighting.",
        "The villagers buried their dead at Port Amar.",
    ],
)
def test_no_attack_is_told(text: str) -> None:
    assert not [each for each in told(text) if each[1:] == ("ASSAULT", "affirmed", "actual")]


def test_negation_counts_once_wherever_it_stands() -> None:
    for text in (
        "The Valley Front has carried out no attack on the port.",
        "The Valley Front seems not to have attacked the port.",
        "The Valley Front has no plans to attack the port.",
        "Residents recorded no attacks by the Valley Front.",
    ):
        assert {each[2] for each in told(text)} == {"negated"}, text


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("The Valley Front struck the port with drones.", "drone"),
        ("The Valley Front traded artillery fire with the army.", "heavy-weapons"),
        ("The Valley Front's jets bombed the port.", "aerial"),
        ("The Valley Front refused to meet the envoys.", "meet"),
        ("The Valley Front demanded the release of the hostages.", "yield"),
        ("The Valley Front asked for weapons.", "assist"),
    ],
)
def test_mode_is_told_by_the_words_beside(text: str, mode: str) -> None:
    assert {each.mode for each in claims(text)} == {mode}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The Valley Front threatened to strike the port if the army moved.", "conditional"),
        ("The Valley Front will not hand rockets to the rebels, an official said.", "intended"),
        ("The Valley Front will not attack the port, an analyst said.", "possible"),
        ("The Valley Front may attack the port if the army moves.", "possible"),
        ("The Valley Front declared itself neutral.", "actual"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    assert modality in {each[3] for each in told(text)}


def test_talk_on_the_net_is_rumour() -> None:
    (claim,) = claims("Telegram channels claim that drones hit the port overnight.")
    assert (claim.certainty, claim.actor, claim.mode) == ("rumoured", (), "drone")


def test_warning_somebody_off_is_a_request() -> None:
    (claim,) = claims("The governor warned the Valley Front not to attack the port.")
    assert claim.event == "REQUEST"
    assert claim.content is not None
    assert (claim.content.event, claim.content.polarity) == ("ASSAULT", "negated")
