"""What is claimed: every case of tests/cases/claims, and whether there are enough of them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache

import pytest

from holdfire.model.claim import CERTAINTIES, CONDUCTS, MODALITIES, POLARITIES
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, read_document
from tests.claim_cases import VALUES, Case, CaseError, faults, read_cases, read_file

CASES = read_cases()
PUBLISHED = date(2025, 6, 17)
# The share of must and should cases that hold, so that none is quietly demoted; raise it when more do.
FLOOR = 0.9


@lru_cache
def reader() -> Reader:
    return load_reader()


def read(case: Case) -> list[str]:
    document = Document(id="case", text=case.text, published=PUBLISHED)
    return faults(case, read_document(document, reader()))


@pytest.mark.parametrize("case", [each for each in CASES if each.weight == "must"], ids=lambda case: case.title)
def test_case_is_read_as_written(case: Case) -> None:
    assert read(case) == [], f"{case.where}: {case.text}"


def test_enough_cases_hold() -> None:
    wished = [each for each in CASES if each.weight == "should"]
    asked = sum(each.weight == "must" for each in CASES)
    held = asked + sum(not read(each) for each in wished)
    assert held >= FLOOR * (asked + len(wished)), f"{held} of {asked + len(wished)}"


@pytest.mark.parametrize("value", [*CONDUCTS, *POLARITIES, *MODALITIES, *CERTAINTIES])
def test_every_value_has_ten_cases_and_ten_near_misses(value: str) -> None:
    hits = sum(value in each.values() for each in CASES)
    near = sum(value in each.near for each in CASES)
    assert hits >= 10
    assert near >= 10
    assert hits + near >= 20


def test_no_sentence_stands_twice() -> None:
    assert [text for text, times in Counter(each.text for each in CASES).items() if times > 1] == []


def test_a_case_may_not_be_a_near_miss_of_what_it_expects() -> None:
    assert [each.where for each in CASES if each.near & each.values()] == []
    assert all(each.near <= VALUES for each in CASES)


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ("== a [must]\nThe Front fired.\n-> ASSAULT\n   actor  The Guard\n", "a.txt:4: 'The Guard' is not in the text"),
        ("== a [must]\nThe Front, the Front.\n-> ASSAULT\n   actor  Front\n", "a.txt:4: 'Front' stands 2 times"),
        ("== a [must]\nThe Fronts fired.\n-> ASSAULT\n   actor  The Front\n", "a.txt:4: 'The Front' is not"),
        ("== a [will]\nThe Front fired.\n-> ASSAULT\n", "a.txt:1: end the title"),
        ("== a [must]\nThe Front fired.\n-> FIRE\n", "a.txt:3: unknown event 'FIRE'"),
        ("== a [must]\nThe Front fired.\n-> ASSAULT\n   polarity  maybe\n", "a.txt:4: unknown value 'maybe'"),
        ("== a [must]\nThe Front fired.\n-> ASSAULT\n   colour  red\n", "a.txt:4: unknown field 'colour'"),
        ("== a [must]\nThe Front fired.\n", "a.txt:1: 'a' lacks"),
    ],
)
def test_a_badly_written_case_is_refused_with_file_and_line(tmp_path, lines: str, complaint: str) -> None:
    (tmp_path / "a.txt").write_text(lines, "utf-8")
    with pytest.raises(CaseError) as caught:
        read_file(tmp_path / "a.txt")
    assert str(caught.value).startswith(complaint)
