"""Who does it and to whom: the parties of a draft, by the roles that its trigger names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

from holdfire.extraction.drafts import Draft
from holdfire.extraction.syntax import (
    agents,
    children,
    clause_head,
    conjuncts,
    is_passive,
    lemma,
    objects,
    owners,
    preps,
    subjects,
)
from holdfire.model.actor import Mention

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token


Words = frozenset[str]


class PartyFinder(Protocol):
    """What this module asks of the document's references."""

    def at(self, sentence: int, token: int) -> tuple[Mention, ...]:
        """The parties that the noun phrase headed by this token denotes."""

    def thing_at(self, sentence: int, token: int) -> Mention | None:
        """What the noun phrase headed by this token names, party or not."""


def actors_of(draft: Draft, sentence: int, references: PartyFinder, troops: Words) -> tuple[Mention, ...]:
    """The actors of a draft, in text order; empty when the sentence names none."""
    core = draft.core
    # Who says it stands where the outer verb has its subject, whatever place the act inside gives to its actor.
    spoken = draft.renamed and len(draft.path) > 1
    for role in (each for each in draft.trigger.actor if not spoken or each == "speaker"):
        found = parties(_role_tokens(core, role, draft), sentence, references, troops)
        if found:
            return found
    if core.pos_ in ("VERB", "AUX") and is_passive(core):
        found = parties(agents(core), sentence, references, troops)
        if not found and draft.event in ("ASSAULT", "MOBILIZE", "AID") and "object" not in draft.trigger.recipient:
            # "Iranian missiles were fired", "their jets were sent": whose they are.
            for thing in subjects(core):
                if lemma(thing) in troops | draft.trigger.object:
                    found = found or _owner(thing, sentence, references)
        if not found and draft.event == "ASSAULT" and any(is_nobody(each) for each in (core, *subjects(core))):
            # "No missiles were launched from the island": whoever holds the place that they did not come from.
            origin = [thing for preposition, thing in preps(core) if preposition.lower_ == "from"]
            found = parties(origin, sentence, references, troops)
        return found
    for verb in _doing(draft):
        tokens = subjects(verb)
        if is_passive(verb) and core.pos_ in ("NOUN", "PROPN"):
            # "No attack was carried out by them": the agent; the subject is the event itself.
            tokens = agents(verb)
        found = _doers([token for token in tokens if token not in draft.path], draft, sentence, references, troops)
        if not found and verb.dep_ == "acl":
            # "issued a statement urging restraint": whoever issued it.
            found = parties(owners(verb.head), sentence, references, troops)
        if found:
            return found
    for token in draft.path:
        if token.pos_ in ("NOUN", "PROPN"):
            found = noun_actors(token, draft, sentence, references, troops)
            if found:
                return found
    return ()


def _doers(
    tokens: list[Token], draft: Draft, sentence: int, references: PartyFinder, troops: Words
) -> tuple[Mention, ...]:
    """The parties that subjects denote; where the subject is the weapon itself ("a missile hit …"), whose it is."""
    if not any(lemma(token) in draft.trigger.weapon for token in tokens):
        return parties(tokens, sentence, references, troops)
    found: list[Mention] = []
    for token in tokens:
        named = tuple(each for each in references.at(sentence, token.i) if each.id or each.affiliation)
        found += named or _owner(token, sentence, references)
    return distinct(found)


def _doing(draft: Draft) -> list[Token]:
    """The verbs whose subject may be the actor, best first.

    Where an operator leaves the event what it is ("denied it had fired"), the innermost verb with a subject of its own
    names the actor; where it makes a speech act of it ("threatened to fire"), the operator does.
    """
    if "speaker" in draft.trigger.actor and len(draft.path) > 1:
        return [draft.path[0]]
    verbs = [token for token in draft.path if token.pos_ in ("VERB", "AUX", "ADJ") and token.i not in draft.observers]
    if draft.renamed:
        return verbs[:1]
    # A coordinated verb shares the subject before it ("boats rammed and boarded two ships, the army confirms").
    inner = [
        verb
        for verb in reversed(verbs)
        if children(verb, "nsubj", "nsubjpass") or (verb.dep_ == "conj" and verb.head not in draft.path)
    ]
    if inner and all(each.pos_ == "PRON" for each in children(inner[0], "nsubj", "nsubjpass")):
        # "The army denied that it had fired": who "it" is may only be known from the outer clause.
        return [*inner[:1], *verbs[:1]]
    return inner[:1] or verbs[:1]


def is_nobody(token: Token) -> bool:
    """Whether a word carries a negation of its own ("no missiles", "were not")."""
    return any(child.lower_ in ("no", "not", "n't", "n’t", "neither") for child in token.children)


def noun_actors(
    noun: Token, draft: Draft, sentence: int, references: PartyFinder, troops: Words
) -> tuple[Mention, ...]:
    """The actors that an event noun names itself: "by X", "X's", "between X and Y", a name or demonym before it."""
    for preposition, thing in preps(noun):
        if preposition.lower_ in ("by", "between"):
            found = parties(conjuncts(thing), sentence, references, troops)
            if found:
                return found
        if preposition.lower_ == "of" and draft.trigger.of == "actor":
            found = parties(conjuncts(thing), sentence, references, troops)
            if found:
                return found
    for child in children(noun, "poss", "compound", "amod", "nmod"):
        found = parties(conjuncts(child), sentence, references, troops)
        if found:
            return found
    for child in children(noun, "acl"):
        # "a strike attributed to X", "the raid claimed by X"
        if child.tag_ == "VBN":
            named = [
                *agents(child),
                *(thing for preposition, thing in preps(child) if preposition.lower_ in ("to", "on")),
            ]
            found = parties(named, sentence, references, troops)
            if found:
                return found
    if noun.dep_ == "nsubj":
        # "The clashes began on Sunday between X and Y"
        between = [thing for preposition, thing in preps(noun.head) if preposition.lower_ == "between"]
        return parties([each for thing in between for each in conjuncts(thing)], sentence, references, troops)
    if noun.dep_ == "pobj" and noun.head.lower_ == "with" and noun.head.head.pos_ in ("VERB", "NOUN"):
        # "ended the truce with raids on the posts": whoever ended it
        return parties(subjects(clause_head(noun.head.head)), sentence, references, troops)
    return ()


def _role_tokens(token: Token, role: str, draft: Draft) -> list[Token]:
    if role == "object":
        if token.pos_ in ("VERB", "AUX") and is_passive(token):
            return [each for each in subjects(token) if each not in draft.path]
        return [each for each in objects(token) if each not in draft.path]
    if role == "subject":
        return subjects(token)
    if role == "agent":
        return agents(token)
    if role == "dative":
        return [each for child in children(token, "dative") for each in conjuncts(child)]
    if role == "complement-subject":
        return [each for child in children(token, "ccomp", "xcomp") for each in children(child, "nsubj")]
    if role == "poss":
        return [each for child in children(token, "poss") for each in conjuncts(child)]
    if role == "modifier":
        return children(token, "compound", "amod", "nmod")
    return [thing for preposition, thing in preps(token) if preposition.lower_ == role and thing not in draft.path]


def parties(tokens: Iterable[Token], sentence: int, references: PartyFinder, troops: Words) -> tuple[Mention, ...]:
    """The parties that phrases denote or, where they denote none, whose they are, each once."""
    found: list[Mention] = []
    for token in tokens:
        # "its forces", "our units": whoever has them.
        own = lemma(token) in troops and any(each.tag_ == "PRP$" for each in children(token, "poss"))
        owned = _owner(token, sentence, references) if own else ()
        found += owned or references.at(sentence, token.i) or _owner(token, sentence, references)
    return distinct(found)


def distinct(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions without those that name an actor again ("the Valley Front (VLF)") or stand in the same place."""
    found: dict[object, Mention] = {}
    for mention in mentions:
        found.setdefault(mention.id or (mention.text, mention.span.start_char), mention)
    return tuple(found.values())


def _owner(noun: Token, sentence: int, references: PartyFinder) -> tuple[Mention, ...]:
    """Whose thing it is ("RSF scouts", "the raid by Iranian jets"): the party that a modifier of the noun names."""
    for thing in _agents_of(noun):
        found = references.at(sentence, thing.i) or _owner(thing, sentence, references)
        if found:
            return found
    for child in children(noun, "poss", "compound", "amod", "nmod"):
        found = tuple(each for one in conjuncts(child) for each in references.at(sentence, one.i))
        if found:
            return found
    # "none of its members", "four of them", "a number of Amaris and Velmarkers"
    of = [thing for preposition, thing in preps(noun) if preposition.lower_ == "of" and preposition.i == noun.i + 1]
    return tuple(each for thing in of for each in references.at(sentence, thing.i))


def _agents_of(noun: Token) -> Iterator[Token]:
    """Who an event noun is by: "the raid by X", "an appeal lodged by X"."""
    for holder in (noun, *(child for child in children(noun, "acl") if child.tag_ == "VBN")):
        for preposition, thing in preps(holder):
            if preposition.lower_ == "by":
                yield thing
