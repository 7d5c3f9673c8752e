from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from evaluation.coref import figures, is_right
from evaluation.names import NamedText, is_name, names_in_relations
from evaluation.parties import is_exact, overlaps, pairs, shared_folder
from evaluation.resolution import Row, rows_of, sample, shares, wrong_share
from tests.actors.invented import invented_knowledge

from holdfire.extraction.nlp import load_language
from holdfire.model.document import Document
from holdfire.pipeline import Reader, read_document
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(nlp=load_language(), rulebook=load_rulebook(RuleSource()), knowledge=invented_knowledge())


def test_small_words_do_not_tell_names_apart() -> None:
    assert is_exact("the government of Velmark", "government Velmark")
    assert not is_exact("Velmark", "Velmark's navy")


def test_names_overlap_by_half_of_the_shorter() -> None:
    assert overlaps("Amari jets", "three Amari jets")
    assert not overlaps("Amari jets", "Velmark")
    assert not overlaps("people", "people who had fled to the hills above the northern harbour of Selun")


def test_compound_actors_without_a_recipient_act_on_each_other(reader: Reader) -> None:
    claims = read_document(Document(id="test", text="Port Amar and Velmark signed a truce."), reader)
    assert ("Port Amar", "Velmark") in set(pairs(claims))
    assert ("Velmark", "Port Amar") in set(pairs(claims))


@pytest.mark.parametrize(
    ("found", "gold", "right"),
    [
        ((0, 10), [(0, 10)], True),
        ((4, 10), [(0, 10)], True),
        ((0, 60), [(20, 35)], True),
        ((0, 3), [(0, 40)], False),
        ((0, 10), [(20, 30)], False),
    ],
)
def test_an_antecedent_may_be_shorter_but_no_scrap(
    found: tuple[int, int], gold: list[tuple[int, int]], right: bool
) -> None:
    assert is_right(found, gold) is right


def test_recall_is_of_people_alone() -> None:
    found = figures({"he": (3, 4, 4), "she": (0, 0, 2), "they": (1, 2, 4), "it": (0, 9, 9)})
    assert (found["he precision"], found["she precision"], found["people recall"]) == (0.75, 0.0, 0.4)


@pytest.mark.parametrize(("words", "name"), [("al-Sadr", True), ("the Bank of Selun", True), ("we", False)])
def test_names_have_capitals(words: str, name: bool) -> None:
    assert is_name(words) is name
    assert not is_name("rebel groups")


def test_names_of_relations_leave_places_out(tmp_path: Path) -> None:
    path = tmp_path / "relations.jsonl"
    between = '{"doc": "a", "text": "Velmark likes Selun", "type": "%s", "source": %s, "target": %s}\n'
    source, target = '{"text": "Velmark", "start": 0, "end": 7}', '{"text": "Selun", "start": 14, "end": 19}'
    path.write_text(between % ("Likes", source, target) + between % ("CoLocated", source, target), "utf-8")
    (only,) = names_in_relations(path)
    assert (only.set, only.id, only.names) == ("relations", "a-1", ((0, 7), (14, 19)))


def test_a_name_is_resolved_where_it_stands(reader: Reader) -> None:
    text = "The Amari navy met the Orrin Council."
    named = NamedText(set="own", id="a", text=text, published=date(2018, 5, 2), names=((4, 14), (23, 36)))
    assert [row.actor for row in rows_of([named], reader)] == ["pam.navy", ""]


def test_verdicts_count_while_the_resolution_stands() -> None:
    rows = [
        Row("own", "a", 0, 7, "Velmark", "vel"),
        Row("own", "a", 9, 12, "VLF", ""),
        Row("own", "b", 0, 3, "PLV", "x"),
    ]
    judged = [
        {"set": "own", "text": "a", "start_char": "0", "end_char": "7", "name": "Velmark", "actor": "vel", "verdict": v}
        for v in ("right", "wrong", "unclear")
    ]
    judged.append(
        {"set": "own", "text": "b", "start_char": "0", "end_char": "3", "name": "PLV", "actor": "y", "verdict": "right"}
    )
    wrong, counted, changed = wrong_share(judged, rows)
    assert (wrong, counted, changed) == (1, 2, ["own b PLV: was y, is x"])
    assert shares(rows) == {"own": round(2 / 3, 3)}


def test_the_sets_are_looked_for_beside_the_checkout() -> None:
    assert shared_folder().parts[-2:] == ("shared", "data")


def test_a_sample_keeps_its_rows_when_others_change() -> None:
    rows = [Row("own", "a", at, at + 1, "Velmark", "vel") for at in range(50)]
    drawn = sample(rows, 10)
    fewer = sample([row for row in rows if row in drawn or row.start_char % 2], 10)
    assert drawn == fewer
    assert len(drawn) == 10
