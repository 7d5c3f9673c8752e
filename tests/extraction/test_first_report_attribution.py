"""Who says what in the report that the project starts from; skipped where that report is not at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfire.model.source import Attribution
from tests.reading import attributions_of, content_of

# Beside the checkout, or a folder further up for a worktree of it.
PLACES = [folder / "shared" / "real" / "media_line.txt" for folder in Path(__file__).parents[3:5]]
REPORT = next((each for each in PLACES if each.exists()), PLACES[0])

pytestmark = pytest.mark.skipif(not REPORT.exists(), reason="the report ../shared/real/media_line.txt is not here")


@pytest.fixture(scope="module")
def text() -> str:
    return REPORT.read_text("utf-8")


@pytest.fixture(scope="module")
def found(text: str) -> tuple[Attribution, ...]:
    return attributions_of(text, outlet="The Media Line")


def one(found: tuple[Attribution, ...], text: str, content: str) -> Attribution:
    hits = [each for each in found if content_of(each, text) == content]
    assert len(hits) == 1, [content_of(each, text) for each in found]
    return hits[0]


@pytest.mark.parametrize(
    ("content", "source", "kind"),
    [
        ("“not to be drawn into this war,”", "Muqtada al-Sadr", "named"),
        ("“It is not their war.”", "Muqtada al-Sadr", "named"),
        (
            "“We cannot engage in any military action… This war is not our war.”",
            "one activist close to al-Sadr",
            "unnamed",
        ),
        ("the militias’ inaction “treason.”", "One Iranian analyst", "unnamed"),
        (
            "some may even consider giving up weapons if it helps them hold onto power",
            "Muwaffaq Khattab",
            "named",
        ),
    ],
)
def test_content_has_its_source_with_the_right_span(
    found: tuple[Attribution, ...], text: str, content: str, source: str, kind: str
) -> None:
    each = one(found, text, content)
    assert each.source is not None
    assert (each.source.text, each.source.kind) == (source, kind)
    assert each.source.span.of(text) == source
    assert each.certainty == "attributed"


def test_clerics_and_politicians_are_one_hedged_source(found: tuple[Attribution, ...], text: str) -> None:
    each = one(found, text, "Iraq is not going to be anyone’s battleground this time")
    assert each.source is not None
    assert each.source.text == "top clerics like Ali al-Sistani and political figures across the board"
    assert each.certainty == "hedged"


def test_khattab_is_an_analyst_and_the_activist_stands_close(found: tuple[Attribution, ...]) -> None:
    sources = [each.source for each in found if each.source is not None]
    assert {each.role for each in sources if each.text == "Muwaffaq Khattab"} == {"analyst"}
    assert {each.closeness for each in sources if each.text.startswith("one activist")} == {"close to al-Sadr"}


def test_whispers_are_rumour_without_a_source(found: tuple[Attribution, ...], text: str) -> None:
    each = one(found, text, "drone activity near US bases in western Iraq")
    assert (each.source, each.certainty) == (None, "rumoured")


def test_scare_quotes_are_no_speech_and_the_outlet_that_was_told_no_source(
    found: tuple[Attribution, ...], text: str
) -> None:
    assert not any("solidarity" in content_of(each, text) for each in found)
    assert not any(each.source and "Media Line" in each.source.text for each in found)
