"""Whole reports on other subjects are left alone; reports on a conflict that mention such subjects are not."""

from __future__ import annotations

from functools import lru_cache

import pytest

from holdfire.extraction.domain import foreign_domain
from holdfire.extraction.passages import split_passages
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader

PATENTS = (
    "The patent battle between two makers of lamps is over. Their lawyers fired a last lawsuit at each other in May.\n"
    "A regulator had threatened both firms. Investors welcomed the truce, and the licensing of the processor goes on.\n"
)
FLAMES = (
    "The wildfire attacked the ridge at dawn. Two hundred firefighters held the line above the canyon.\n"
    "Bulldozers dug in along the creek, and the county threatened to arrest the arsonist.\n"
)
HERDS = (
    "Wolves raided three farms and killed forty sheep. The farmers want the herd defended.\n"
    "Rangers refuse to shoot: the species is protected, they said, and the wildlife fund agreed.\n"
)
BOMBED = (
    "The Valley Front shelled the mill, the army said. Firefighters fought the blaze until noon.\n"
    "Farmers lost cattle in the forest above the creek. The ministry condemned the shelling; troops hold fire.\n"
    "The commander of the rebels denied that his fighters had killed civilians with rockets.\n"
)


@lru_cache
def reader() -> Reader:
    return load_reader()


def domain_of(text: str) -> str | None:
    passages = split_passages(Document(id="a", text=text), reader().rulebook.sentences)
    return foreign_domain(text, passages, reader().rulebook.domains)


@pytest.mark.parametrize(
    ("text", "domain"),
    [(PATENTS, "domain.law-and-technology"), (FLAMES, "domain.fire-and-rescue"), (HERDS, "domain.animals")],
)
def test_report_on_another_subject_is_known_by_its_words(text: str, domain: str) -> None:
    assert domain_of(text) == domain


def test_conflict_report_with_fires_and_farms_is_read() -> None:
    assert domain_of(BOMBED) is None
