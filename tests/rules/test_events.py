"""Every construction of the event rules proves itself on its own examples."""

from __future__ import annotations

from functools import lru_cache

import pytest

from holdfire.extraction.triggers import fits
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, read_document, study
from holdfire.rules.events import Trigger, load_event_rules
from holdfire.rules.load import RuleSource

RULES = load_event_rules(RuleSource())


@lru_cache
def reader() -> Reader:
    return load_reader()


def stands_in(trigger: Trigger, text: str) -> bool:
    sentences = study(Document(id="test", text=text), reader()).sentences
    return any(fits(token, trigger, RULES) for sentence in sentences for token in sentence.doc)


def fired(text: str) -> set[str]:
    return {rule for claim in read_document(Document(id="test", text=text), reader()) for rule in claim.rule_ids}


@pytest.mark.parametrize("trigger", RULES.triggers, ids=lambda each: each.id)
def test_construction_stands_in_its_examples_and_makes_no_claim_of_its_near_misses(trigger: Trigger) -> None:
    assert trigger.matches, "give at least one example"
    assert trigger.near_miss, "give at least one near miss"
    for sentence in trigger.matches:
        assert stands_in(trigger, sentence), sentence
    for sentence in trigger.near_miss:
        assert trigger.id not in fired(sentence), sentence
