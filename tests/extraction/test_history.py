"""What was done before the episode that a report is about is background."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, read_document


@lru_cache
def reader() -> Reader:
    return load_reader()


def modalities(text: str, published: date | None = date(2025, 12, 17)) -> list[tuple[str, str | None]]:
    claims = read_document(Document(id="a", text=text, published=published), reader())
    return [(claim.modality, claim.conduct) for claim in claims]


@pytest.mark.parametrize(
    "text",
    [
        "In 1987 the Valley Front shelled the mill.",
        "The Valley Front shelled the mill in March 2024.",
        "The republic has armed the Valley Front since 2003.",
    ],
)
def test_deed_of_another_year_is_history_and_no_conduct(text: str) -> None:
    assert modalities(text) == [("historical", None)]


@pytest.mark.parametrize(
    "text",
    [
        "The Valley Front shelled the mill in October.",
        "The Valley Front shelled the mill on Monday.",
        "The Valley Front shelled a mill built in 1920.",
        "The Valley Front has shelled the mill since May.",
    ],
)
def test_deed_of_the_episode_is_actual(text: str) -> None:
    assert modalities(text) == [("actual", "attacking")]


def test_without_a_day_of_publication_nothing_is_history_by_its_date() -> None:
    assert modalities("The Valley Front shelled the mill in March 2024.", None) == [("actual", "attacking")]
