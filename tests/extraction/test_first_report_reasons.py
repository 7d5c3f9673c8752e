"""The calculus of the report that the project starts from: why the militias hold their fire, and who says so."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from holdfire.analysis.tripwires import role_of
from holdfire.intake.documents import make_document
from holdfire.intake.metadata import Header
from holdfire.model.claim import Claim
from holdfire.pipeline import read_document
from tests.extraction.test_reasons import reader

PLACES = [folder / "shared" / "real" / "media_line.txt" for folder in Path(__file__).parents[3:5]]
REPORT = next((each for each in PLACES if each.exists()), PLACES[0])

pytestmark = pytest.mark.skipif(not REPORT.exists(), reason="the report ../shared/real/media_line.txt is not here")
MILITIAS = ("proxies", "militia")


@lru_cache
def claims() -> tuple[Claim, ...]:
    header = Header(published=date(2025, 6, 17), outlet="The Media Line")
    text = REPORT.read_text("utf-8")
    rules = reader().rulebook.boilerplate
    return read_document(make_document(text, header, rules=rules, raw=text.encode(), reader="text"), reader())


@pytest.mark.parametrize(
    ("category", "bearing", "words"),
    [
        ("deterrence", "for", "wiped out"),
        ("economic", "for", "financial interests"),
        ("political", "for", "political power"),
        ("survival", "for", "survival"),
        ("ideology", "against", "symbolism"),
        ("ideology", "against", "ideological ties"),
    ],
)
def test_each_reason_of_the_restraint_is_found_and_is_the_militias(category: str, bearing: str, words: str) -> None:
    (claim,) = [
        claim
        for claim in claims()
        for reason in claim.reasons
        if (reason.category, reason.bearing) == (category, bearing) and words in reason.text
    ]
    assert claim.conduct == "holding fire"
    assert any(word in each.text for each in claim.actor for word in MILITIAS)


def test_the_analyst_gives_the_price_of_disarming() -> None:
    (claim,) = [each for each in claims() if each.mode == "disarm"]
    assert claim.condition is not None
    assert "hold onto power" in claim.condition.text
    assert [each.text for each in claim.sources] == ["Muwaffaq Khattab"]
    assert role_of(claim, reader().rulebook.reasons) == "way out"
    (reason,) = claim.reasons
    assert (reason.category, reason.relation, reason.bearing) == ("survival", "condition", "for")
    assert [each.text for each in reason.sources] == ["Muwaffaq Khattab"]


def test_the_article_itself_gives_the_other_reasons() -> None:
    given = [reason for claim in claims() for reason in claim.reasons if reason.relation != "condition"]
    assert given
    assert all(reason.sources == () for reason in given)
