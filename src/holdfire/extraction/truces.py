"""Whose truce it is: the parties that a report names with it, for sentences that only say that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from holdfire.extraction.mentions import References
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.participants import distinct
from holdfire.extraction.syntax import children, conjuncts, lemma, preps
from holdfire.extraction.tokens import Token
from holdfire.model.actor import Mention
from holdfire.rules.events import Trigger

# What a party of a truce may be; towns and persons that stand beside the word are none.
_PARTIES = frozenset({"state", "government body", "armed force", "armed group", "party", "coalition"})


def parties_of_truce(
    number: int, sentence: Sentence, references: References, words: frozenset[str], before: Sequence[Mention]
) -> tuple[Mention, ...]:
    """The parties of the truce that the report speaks of, after this sentence.

    "the truce between A and B", "A's truce with B", "the A-B truce"; `before` where the sentence names none or fewer.
    words: lemmas of truces.
    """
    found: tuple[Mention, ...] = ()
    for token in sentence.doc:
        if token.pos_ in ("NOUN", "PROPN") and lemma(token) in words:
            named = _named(token, number, references)
            found = named if len(named) > len(found) else found
    return found if found and (len(found) >= len(before) or not _among(found, before)) else tuple(before)


def first_parties(sentences: Sequence[Sentence], references: References, words: frozenset[str]) -> tuple[Mention, ...]:
    """The first two parties that a report names with a truce: whose it is in the sentences before that one."""
    for number, sentence in enumerate(sentences):
        found = parties_of_truce(number, sentence, references, words, ())
        if len(found) > 1:
            return found
    return ()


def inferred(parties: Sequence[Mention], sentence: Sentence) -> tuple[Mention, ...]:
    """The parties as another sentence takes them up: inferred where it does not name them itself."""
    return tuple(
        each if sentence.passage.span.contains(each.span) else replace(each, inferred=True) for each in parties
    )


def is_of_others(
    trigger: Trigger,
    actors: Sequence[Mention],
    parties: Sequence[Mention],
    references: References,
    words: frozenset[str],
) -> bool:
    """Whether a truce is announced or proposed by actors that are known and are none of its two or more parties.

    words: lemmas of truces; `trigger` is the construction of the announcement.
    """
    knowledge = references.knowledge
    if knowledge is None or not words <= trigger.object or len(parties) < 2 or not actors:
        return False
    theirs = {id for each in parties for id in knowledge.speaks_for(each.id)}
    ours = [knowledge.speaks_for(each.id) for each in actors]
    return all(each and not each & theirs for each in ours)


def _named(truce: Token, number: int, references: References) -> tuple[Mention, ...]:
    tokens = [each for child in children(truce, "poss", "compound", "amod", "nmod") for each in conjuncts(child)]
    for preposition, thing in preps(truce):
        if preposition.lower_ in ("between", "with", "by", "among"):
            tokens += conjuncts(thing)
    mentions = [each for token in tokens for each in references.at(number, token.i)]
    return distinct(each for each in mentions if each.kind in _PARTIES)


def _among(found: Sequence[Mention], before: Sequence[Mention]) -> bool:
    return {each.id for each in found} <= {each.id for each in before}
