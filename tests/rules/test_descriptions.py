"""Descriptions of parties: each record's examples are read in a sentence, and the shapes that are refused."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from holdfire.actors.knowledge import KnowledgeBase, build_knowledge
from holdfire.errors import RuleError
from holdfire.extraction.mentions import find_references, survey
from holdfire.extraction.nlp import load_language, parse_passages
from holdfire.extraction.passages import split_passages
from holdfire.model.actor import Mention
from holdfire.model.document import Document
from holdfire.rules.descriptions import PATTERN, Description, Descriptions, index_descriptions, load_descriptions
from holdfire.rules.knowledge import read_actors
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import Rulebook, load_rulebook

RECORDS = RuleSource().records(PATTERN, "described")


@lru_cache
def rulebook() -> Rulebook:
    return load_rulebook(RuleSource())


@lru_cache
def knowledge() -> KnowledgeBase:
    return build_knowledge(read_actors(RuleSource()))


@lru_cache
def language() -> Any:
    return load_language()


def mentions(text: str, on: date) -> tuple[Mention, ...]:
    passages = split_passages(Document(id="test", text=text), rulebook().sentences)
    sentences = parse_passages(language(), text, passages)
    surveyed = survey(text, sentences, rulebook=rulebook(), knowledge=knowledge(), published=on)
    return find_references(surveyed).mentions()


def subject_of(example: str, on: date) -> Mention | None:
    """The party that the example is read as when it is the subject of a sentence."""
    found = mentions(f"{example[0].upper()}{example[1:]} said on Tuesday that they would not talk.", on)
    named = [each for each in found if each.span.start_char <= len(example)]
    return max(named, key=lambda each: (-each.span.start_char, len(each.text)), default=None)


def day_of(record: dict[str, Any]) -> date:
    return record.get("start") or record.get("end") or date(2019, 6, 1)


@pytest.mark.parametrize(
    ("record", "example"),
    [pytest.param(record, each, id=each) for record in RECORDS for each in record["matches"]],
)
def test_an_example_denotes_the_party(record: dict[str, Any], example: str) -> None:
    found = subject_of(example, day_of(record))
    assert found is not None
    assert found.id == record["denotes"]


@pytest.mark.parametrize(
    ("record", "example"),
    [pytest.param(record, each, id=each) for record in RECORDS for each in record["near_miss"]],
)
def test_a_near_miss_does_not(record: dict[str, Any], example: str) -> None:
    found = subject_of(example, day_of(record))
    assert found is None or found.id != record["denotes"]


def test_every_description_denotes_an_actor_that_is_known() -> None:
    assert [each.id for each in rulebook().descriptions.records if each.denotes not in knowledge().actors] == []


def invented(*records: Description) -> Descriptions:
    return index_descriptions(records)


HILL = Description(
    id="hill", heads=frozenset(("rebels", "rebel groups")), denotes="vel.hill-front", country="VEL", modifiers=("hill",)
)
ANY = Description(id="any", heads=frozenset(("rebels",)), denotes="xx.rebels", modifiers=("hill",))


def test_a_record_with_a_country_goes_before_one_without() -> None:
    found = invented(ANY, HILL).denoted_by(named="hill rebels", phrase="hill rebels", countries={"VEL"}, on=None)
    assert found == "vel.hill-front"
    assert (
        invented(ANY, HILL).denoted_by(named="hill rebels", phrase="hill rebels", countries=(), on=None) == "xx.rebels"
    )


def test_two_that_fit_equally_well_are_left_open() -> None:
    other = Description(
        id="other", heads=frozenset(("rebels",)), denotes="pam.hill-front", country="PAM", modifiers=("hill",)
    )
    found = invented(HILL, other).denoted_by(
        named="hill rebels", phrase="hill rebels", countries={"VEL", "PAM"}, on=None
    )
    assert found is None


def test_words_inside_a_compound_do_not_count() -> None:
    assert invented(ANY).denoted_by(named="anti-hill rebels", phrase="anti-hill rebels", countries=(), on=None) is None


def test_a_description_out_of_its_time_denotes_nobody() -> None:
    past = Description(id="past", heads=frozenset(("junta",)), denotes="vel.junta", end=date(2012, 1, 31))
    assert invented(past).denoted_by(named="the junta", phrase="the junta", countries=(), on=date(2012, 2, 1)) is None
    assert (
        invented(past).denoted_by(named="the junta", phrase="the junta", countries=(), on=date(2012, 1, 31))
        == "vel.junta"
    )


def test_a_part_of_the_party_is_kept_as_described() -> None:
    found = mentions("Three pro-Iranian armed factions in Iraq fired rockets on Tuesday.", date(2021, 5, 4))
    part = next(each for each in found if each.text.startswith("Three"))
    assert (part.id, part.number) == (None, 3)
    assert part.affiliation is not None


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('heads = "rebels"\ndenotes = "a.b"', "Write a list of one or more words"),
        ('heads = ["rebels"]\ndenotes = "a.b"\nstart = "2014"', "Write a bare date"),
        ('heads = ["rebels"]\ndenotes = "a.b"\nwho = "x"', "unknown field 'who'"),
        ('heads = ["rebels"]', "lacks 'denotes'"),
    ],
)
def test_a_record_that_cannot_be_used_is_named(tmp_path: Path, line: str, problem: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "descriptions.toml").write_text(f'[[described]]\nid = "desc.mine"\n{line}\n', "utf-8")
    with pytest.raises(RuleError, match=r"desc\.mine") as caught:
        load_descriptions(RuleSource(folder=tmp_path))
    assert problem in str(caught.value)
