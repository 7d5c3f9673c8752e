"""Conditions: what would bring an act about, wherever it hangs in the parse, and what only dates one."""

from __future__ import annotations

import pytest

from holdfire.model.claim import Claim
from tests.extraction.test_reasons import claims_of


def conditional(text: str) -> list[Claim]:
    return [claim for claim in claims_of(text) if claim.condition is not None]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("The Valley Front would strike the port if the army joined the war.", "if the army joined the war"),
        (
            "The Valley Front threatened to enter the war if fighting reached the hills.",
            "if fighting reached the hills",
        ),
        ("The militia would hit back if attacked.", "if attacked"),
        (
            "The ministry warned it would launch an offensive unless the group disarmed.",
            "unless the group disarmed",
        ),
        ("Should the army enter the town, the militia will attack its convoys.", "Should the army enter the town"),
        ("The Valley Front will attack the port the moment a bomb lands.", "the moment a bomb lands"),
        ("A smaller faction has offered to withdraw if the council asks.", "if the council asks"),
    ],
)
def test_condition_is_found_on_the_verb_or_on_what_it_governs(text: str, condition: str) -> None:
    found = conditional(text)
    assert [claim.condition.text for claim in found if claim.condition] == [condition]
    assert {claim.modality for claim in found} == {"conditional"}


@pytest.mark.parametrize(
    "text",
    [
        "The Valley Front shelled the port when the convoy arrived.",
        "The militia held its fire until the envoys left.",
        "The army withdrew once the bridge was open.",
        "The Valley Front shelled the port even if nobody noticed.",
        "Nobody knows if the militia attacked the port.",
    ],
)
def test_a_date_a_concession_and_a_question_are_no_conditions(text: str) -> None:
    assert conditional(text) == []


def test_what_may_happen_under_a_condition_stays_a_possibility() -> None:
    (claim,) = conditional("The militia may give up its weapons if it keeps its seats, said Ada Moor.")
    assert claim.modality == "possible"
    assert claim.condition is not None
    assert claim.condition.text == "if it keeps its seats"
