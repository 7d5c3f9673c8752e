"""How likely a noun phrase names a person, from its words, its place in the clause and its verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.extraction.phrases import Phrase
from holdfire.rules.reference import ReferenceRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

# Orders of magnitude, set by hand: only their order matters to the resolver.
SPEAKS = 0.8
FULL_NAME = 0.5
NAME = 0.35
DOER = 0.3
HARDLY = 0.1


def likely_person(phrase: Phrase, token: Token, rules: ReferenceRules) -> float:
    """Chance, 0 to 1, that a singular phrase of no known actor and no class of noun is a person."""
    if phrase.plural or phrase.classes or phrase.match is not None:
        return 0.0
    if phrase.proper and phrase.determiner in ("the", "a", "an"):
        return 0.0
    if phrase.role == "subject" and speaks(token, rules):
        return SPEAKS
    if not phrase.proper:
        return DOER if token.lower_.endswith(rules.doer_endings) else 0.0
    if token.text.isupper() or (token.dep_ == "pobj" and token.head.lower_ in rules.whereabouts):
        return HARDLY
    return FULL_NAME if len(phrase.text.split()) > 1 else NAME


def speaks(token: Token, rules: ReferenceRules) -> bool:
    """Whether the token is the subject of a verb that only people and bodies do: say, want, agree."""
    return token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_.lower() in rules.speaking
