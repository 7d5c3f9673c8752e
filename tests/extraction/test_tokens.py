"""Our tokens against spaCy's: the same names must mean the same, also after a parse was mended."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
import spacy

from holdfire.extraction.base_forms import word_of
from holdfire.extraction.fast_parse import one_sentence
from holdfire.extraction.lexicon import form_of
from holdfire.extraction.nlp import model_name
from holdfire.extraction.parity import SENTENCES
from holdfire.extraction.tokens import Doc, Form, Word

PLAIN = (
    "text", "text_with_ws", "whitespace_", "lower_", "i", "idx", "dep_", "tag_", "pos_", "lemma_", "is_punct",
    "is_space", "is_alpha", "is_digit", "is_title", "is_stop", "like_num",
)  # fmt: skip
ONE = ("head", "left_edge", "right_edge")
MANY = ("children", "lefts", "rights", "subtree", "ancestors", "conjuncts")


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Any, Doc]]:
    nlp = spacy.load(model_name(), exclude=["ner"])
    found = []
    for theirs in nlp.pipe(one_sentence(nlp, text) for text in SENTENCES):
        words = [word_of(token, form_of(token)) for token in theirs]
        spaces = [bool(token.whitespace_) for token in theirs]
        found.append((theirs, Doc(theirs.text, words, spaces, [token.head.i for token in theirs])))
    return found


def differences(theirs: Any, ours: Doc) -> Iterator[str]:
    assert (len(theirs), theirs.text) == (len(ours), ours.text)
    for one, other in zip(theirs, ours, strict=True):
        for name in PLAIN:
            if getattr(one, name) != getattr(other, name):
                yield f"{one.text}.{name}: {getattr(other, name)!r} for {getattr(one, name)!r}"
        for name in ONE:
            if getattr(one, name).i != getattr(other, name).i:
                yield f"{one.text}.{name}: {getattr(other, name)} for {getattr(one, name)}"
        for name in MANY:
            wanted, got = [each.i for each in getattr(one, name)], [each.i for each in getattr(other, name)]
            if wanted != got:
                yield f"{one.text}.{name}: {got} for {wanted}"


def test_every_token_says_what_spacy_says(pairs: list[tuple[Any, Doc]]) -> None:
    assert [each for theirs, ours in pairs for each in differences(theirs, ours)] == []


def test_spans_are_cut_and_headed_as_spacy_does(pairs: list[tuple[Any, Doc]]) -> None:
    for theirs, ours in pairs:
        for start in range(len(ours)):
            for end in range(start + 1, len(ours) + 1):
                one, other = theirs[start:end], ours[start:end]
                assert (one.text, one.start_char, one.end_char) == (other.text, other.start_char, other.end_char)
                assert one.root.i == other.root.i, one.text


@pytest.mark.parametrize("mode", ["strict", "expand"])
def test_code_points_lead_to_the_same_tokens(pairs: list[tuple[Any, Doc]], mode: Any) -> None:
    for theirs, ours in pairs:
        for start in range(0, len(ours.text), 3):
            for end in range(start + 1, min(start + 30, len(ours.text)) + 1):
                one = theirs.char_span(start, end, alignment_mode=mode)
                other = ours.char_span(start, end, alignment_mode=mode)
                assert (one is None) == (other is None)
                assert one is None or (one.start, one.end) == (other.start, other.end)


def is_projective(heads: list[int]) -> bool:
    def under(token: int, head: int) -> bool:
        while token != head and heads[token] != token:
            token = heads[token]
        return token == head

    return all(
        under(between, head)
        for token, head in enumerate(heads)
        for between in range(min(token, head) + 1, max(token, head))
    )


@pytest.mark.parametrize("seed", range(20))
def test_a_mended_parse_stays_the_same_as_spacys(pairs: list[tuple[Any, Doc]], seed: int) -> None:
    chance = random.Random(seed)
    for theirs, ours in pairs:
        heads = [token.head.i for token in ours]
        moved = 0
        while moved < 3:
            token, head = chance.randrange(len(ours)), chance.randrange(len(ours))
            below = {each.i for each in ours[token].subtree}
            after = [head if at == token else each.head.i for at, each in enumerate(ours)]
            if ours[token].head.i in (token, head) or head in below or not is_projective(after):
                continue
            theirs[token].head, ours[token].head = theirs[head], ours[head]
            moved += 1
        found = list(differences(theirs, ours))
        for token, head in enumerate(heads):
            theirs[token].head, ours[token].head = theirs[head], ours[head]
        assert found == []


def test_going_through_children_is_not_disturbed_by_moving_them() -> None:
    words = [Word(form=Form(text=text, lower=text), tag="NN", dep="dep", pos="NOUN", lemma=text) for text in "abcd"]
    doc = Doc("a b c d", words, [True, True, True, False], [3, 3, 3, 3])
    seen = []
    for child in doc[3].children:
        seen.append(child.text)
        child.head = doc[0] if child.i else doc[3]
    assert seen == ["a", "b", "c"]
    assert [child.text for child in doc[3].children] == ["a"]
    assert [child.text for child in doc[0].children] == ["b", "c"]
    assert doc[0].right_edge is doc[2]


def test_a_neighbour_outside_the_text_is_an_error(pairs: list[tuple[Any, Doc]]) -> None:
    with pytest.raises(IndexError, match="no token -1 places from token 0"):
        pairs[0][1][0].nbor(-1)
