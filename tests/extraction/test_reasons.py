"""Reasons: the rules' own examples, and what is attached to which claim."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest

from holdfire.extraction.nlp import parse_passages
from holdfire.extraction.passages import split_passages
from holdfire.extraction.reason_kinds import KNOWN
from holdfire.extraction.reasons_inside import find_inside
from holdfire.model.claim import Claim
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, read_document
from holdfire.rules.reasons import ReasonKind


@lru_cache
def reader() -> Reader:
    return load_reader()


def claims_of(text: str) -> tuple[Claim, ...]:
    return read_document(Document(id="case", text=text), reader())


def docs_of(text: str) -> list[Any]:
    document = Document(id="case", text=text)
    passages = split_passages(document, reader().rulebook.sentences)
    return [each.doc for each in parse_passages(reader().nlp, text, passages)]


def weight(kind: ReasonKind, text: str) -> int:
    return sum(points for form, points in kind.words if form.search(text))


@pytest.mark.parametrize("cue", reader().rulebook.reasons.cues, ids=lambda cue: cue.id)
def test_every_cue_finds_its_examples_and_leaves_its_near_misses(cue: Any) -> None:
    rules = reader().rulebook.reasons
    assert cue.matches, f"{cue.id} has no example"
    assert cue.near_miss, f"{cue.id} has no near miss"
    for example in cue.matches:
        found = [each.cue.id for doc in docs_of(example) for each in find_inside(doc, rules)]
        assert cue.id in found, f"{cue.id} finds nothing in: {example}"
    for example in cue.near_miss:
        given = [reason.text for claim in claims_of(example) for reason in claim.reasons]
        assert not given, f"{example} gives {given}"


@pytest.mark.parametrize("kind", reader().rulebook.reasons.kinds, ids=lambda kind: kind.category)
def test_every_kind_knows_its_examples_and_not_its_near_misses(kind: ReasonKind) -> None:
    assert kind.matches
    assert kind.near_miss
    assert all(weight(kind, each) >= KNOWN for each in kind.matches)
    assert all(weight(kind, each) < KNOWN for each in kind.near_miss)
