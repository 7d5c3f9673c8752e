"""Every rule proves itself on its own examples."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

import pytest

from holdfire.examples import Example, examples_of, failures
from holdfire.pipeline import Reader, load_reader
from holdfire.rules.load import RuleSource

SOURCE = RuleSource()
RULES = [list(group) for _, group in groupby(examples_of(SOURCE), key=lambda each: (each.part, each.rule))]


@lru_cache
def reader() -> Reader:
    return load_reader()


@pytest.mark.parametrize("examples", RULES, ids=lambda each: each[0].rule)
def test_rule_catches_its_matches_and_leaves_its_near_misses(examples: list[Example]) -> None:
    assert [(each.text, each.wanted) for each in failures(examples, reader(), SOURCE)] == []


@pytest.mark.parametrize("record", SOURCE.records("en/events/*.toml", "trigger"), ids=lambda each: each["id"])
def test_construction_says_why_and_has_an_example_of_each_sort(record: dict[str, object]) -> None:
    assert record["why"]
    assert record["matches"]
    assert record["near_miss"]


def test_rule_that_does_not_do_what_it_says_is_found(tmp_path) -> None:
    folder = tmp_path / "en" / "events"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(
        '[[trigger]]\nid = "mine.spurn"\nwhy = "x"\nevent = "REJECT"\nverb = ["zorble"]\n'
        'matches = ["The Valley Front spurned the envoys."]\nnear_miss = ["The council met."]\n'
    )
    source = RuleSource(extra=(tmp_path,))
    mine = [each for each in examples_of(source) if each.rule == "mine.spurn"]
    assert [each.text for each in failures(mine, load_reader(source), source)] == [
        "The Valley Front spurned the envoys."
    ]
