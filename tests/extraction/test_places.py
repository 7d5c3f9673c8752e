"""Places: the case file, the gazetteer, and which place belongs to a claim."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfire.extraction.places import PlaceHit
from holdfire.model.claim import Place
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, study

CASES = Path(__file__).parents[1] / "cases" / "places.txt"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def cases() -> list[tuple[int, str, str]]:
    found = []
    for number, line in enumerate(CASES.read_text("utf-8").splitlines(), 1):
        if line.startswith(("#", "==")) or not line.strip():
            continue
        text, answer = (part.strip() for part in line.split("|"))
        assert "[" in text, f"{CASES.name}:{number}: put the words in [brackets]"
        found.append((number, text, answer))
    return found


def hits(reader: Reader, text: str) -> tuple[PlaceHit, ...]:
    return study(Document(id="case", text=text), reader).places


def answer_of(reader: Reader, marked: str) -> str:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = [
        hit for hit in hits(reader, text) if not hit.lent and hit.span.start_char < end and start < hit.span.end_char
    ]
    if not found:
        return "none"
    return described(max(found, key=lambda hit: min(hit.span.end_char, end) - max(hit.span.start_char, start)).place)


def described(place: Place | None) -> str:
    if place is None:
        return "none"
    return f"{place.name}, {place.country or '-'}, {place.precision}" if place.name else "open"


def test_the_case_file_is_read_right(reader: Reader) -> None:
    wrong = [
        f"line {number}: {text}: {got}, not {answer}"
        for number, text, answer in cases()
        if (got := answer_of(reader, text)) != answer
    ]
    assert len(cases()) >= 120
    assert len(wrong) <= 0.05 * len(cases()), "\n".join(wrong)
