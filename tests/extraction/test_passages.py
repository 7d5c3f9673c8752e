"""Sentences of a report: what ends them, and what is done with text that never ends one."""

from functools import lru_cache

import pytest

from holdfire.extraction.passages import LONGEST_SENTENCE, split_passages
from holdfire.model.document import Document
from holdfire.rules.load import RuleSource
from holdfire.rules.sentences import load_sentence_rules


@lru_cache
def rules():
    return load_sentence_rules(RuleSource())


def cut(text):
    return [each.span.of(text) for each in split_passages(Document(id="x", text=text), rules())]


def test_abbreviations_and_quotations_end_no_sentence():
    assert cut("Gen. Adnan left. “Stop!” he said. The U.S. envoy stayed.") == [
        "Gen. Adnan left.",
        "“Stop!” he said.",
        "The U.S. envoy stayed.",
    ]


@pytest.mark.parametrize("piece", ["the army fired, ", "the army fired; ", "the army fired ", "x"])
def test_text_without_an_end_is_cut_where_it_can_be_and_nothing_is_lost(piece):
    text = piece * (3 * LONGEST_SENTENCE // len(piece))
    found = cut(text)
    assert all(len(each) <= LONGEST_SENTENCE for each in found)
    assert "".join("".join(found).split()) == "".join(text.split())
