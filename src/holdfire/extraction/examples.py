"""Members that a group is said to include: "militias, including the Popular Mobilization Forces, stayed out"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from holdfire.extraction.mentions import References
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.syntax import conjuncts
from holdfire.model.actor import Mention

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token


def with_examples(
    actors: tuple[Mention, ...], number: int, sentence: Sentence, references: References, words: frozenset[str]
) -> tuple[Mention, ...]:
    """The actors and, of those that stand in this sentence, the members that "including" or its like names."""
    found = {(each.span, each.text): each for each in actors}
    for actor in actors:
        if actor.inferred:
            continue
        for token in sentence.tokens_in(actor.span):
            for thing in _examples(token, words):
                for mention in references.at(number, thing.i):
                    found.setdefault((mention.span, mention.text), mention)
    return tuple(found.values())


def _examples(noun: Token, words: frozenset[str]) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in words and child.i > noun.i:
            for thing in child.children:
                if thing.dep_ == "pobj":
                    yield from conjuncts(thing)
