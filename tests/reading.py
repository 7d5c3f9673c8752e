"""One text read for its attributions, with the shipped rules and the language model loaded once a run."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from holdfire.extraction.attribution import find_attributions
from holdfire.extraction.nlp import load_language, parse_passages
from holdfire.extraction.passages import split_passages
from holdfire.model.document import Document
from holdfire.model.source import Attribution
from holdfire.rules.attribution import AttributionRules, load_attribution_rules
from holdfire.rules.load import RuleSource
from holdfire.rules.sentences import load_sentence_rules


@lru_cache
def language() -> Any:
    return load_language()


@lru_cache
def attribution_rules() -> AttributionRules:
    return load_attribution_rules(RuleSource())


@lru_cache
def sentence_rules() -> Any:
    return load_sentence_rules(RuleSource())


def attributions_of(text: str, *, title: str | None = None, outlet: str | None = None) -> tuple[Attribution, ...]:
    passages = split_passages(Document(id="test", text=text, title=title), sentence_rules())
    sentences = parse_passages(language(), text, passages)
    return find_attributions(text, sentences, attribution_rules(), outlet=outlet)


def content_of(attribution: Attribution, text: str) -> str:
    return " … ".join(piece.of(text) for piece in attribution.content)
