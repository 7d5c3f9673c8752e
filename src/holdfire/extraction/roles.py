"""The tokens that stand in a role of a verb or noun: object, dative, a preposition, and roles deeper in the clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from holdfire.extraction.syntax import agents, children, conjuncts, is_passive, lemma, objects, preps, subjects
from holdfire.rules.recipients import RecipientRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token


def in_role(token: Token, role: str, rules: RecipientRules, under: dict[int, list[tuple[Token, Token]]]) -> list[Token]:
    """Heads of the phrases in a role of a token, coordination included, nearest first.

    Roles: object (of a passive, its subject), subject, agent, dative, poss, modifier, poss-of-object,
    complement-subject ("demanded that X …", "called for X to …"), helped ("sent aid to help X"), opposed ("went on
    strike to protest against X"), struck ("…, killing X"); any other word is a preposition, on the token, on its
    object, or inside phrases that name an event or idea. What hangs under a token is kept in `under` for the next role.
    """
    if role == "object":
        if token.pos_ in ("VERB", "AUX") and is_passive(token):
            return subjects(token)
        return objects(token) or _subjects_of_participles(token)
    if role == "subject":
        return subjects(token)
    if role == "agent":
        return agents(token)
    if role == "dative":
        return _with_conjuncts(token, "dative")
    if role == "poss":
        return _with_conjuncts(token, "poss")
    if role == "modifier":
        return children(token, "compound", "amod", "nmod")
    if role == "poss-of-object":
        return [each for thing in objects(token) for each in _with_conjuncts(thing, "poss")]
    if role == "complement-subject":
        return [each for verb in _finite_complements(token) for each in _with_conjuncts(verb, "nsubj", "nsubjpass")]
    if role == "helped":
        return [each for verb in _purposes(token) if lemma(verb) in rules.helping for each in _acted_on(verb)]
    if role == "opposed":
        return [each for verb in _purposes(token) if lemma(verb) in rules.opposing for each in _against(verb)]
    if role == "struck":
        return [
            each
            for verb in children(token, "advcl")
            if verb.tag_ == "VBG" and lemma(verb) in rules.striking
            for each in objects(verb)
        ]
    if token.i not in under:
        under[token.i] = list(_under(token, rules))
    return [thing for preposition, thing in under[token.i] if preposition.lower_ == role]


def _with_conjuncts(token: Token, *deps: str) -> list[Token]:
    return [each for child in children(token, *deps) for each in conjuncts(child)]


def _finite_complements(token: Token) -> Iterator[Token]:
    """Clauses with a subject of their own that a verb, or its object noun, takes as its complement."""
    yield from children(token, "ccomp", "xcomp")
    for child in children(token, "advcl", "acl"):
        if any(each.dep_ == "mark" and each.lower_ in ("for", "that") for each in child.children):
            yield child
    for thing in objects(token):
        yield from children(thing, "acl", "ccomp")


def _purposes(token: Token) -> Iterator[Token]:
    """Infinitives that say what a thing is done or given for, on the verb or on its object."""
    for holder in (token, *objects(token)):
        for child in children(holder, "advcl", "xcomp", "acl", "relcl"):
            yield from conjuncts(child)


def _against(verb: Token) -> list[Token]:
    return [*objects(verb), *(thing for preposition, thing in preps(verb) if preposition.lower_ in ("against", "over"))]


def _subjects_of_participles(verb: Token) -> list[Token]:
    """ "will not accept refugees fleeing the war": the parser makes a clause of what is an object."""
    return [
        each
        for clause in children(verb, "ccomp")
        if clause.tag_ == "VBG" and not children(clause, "mark", "aux")
        for each in _with_conjuncts(clause, "nsubj")
    ]


def _acted_on(verb: Token) -> list[Token]:
    """The object of "help", also where it is the subject of what it is helped to do."""
    return [*objects(verb), *(each for child in children(verb, "ccomp") for each in _with_conjuncts(child, "nsubj"))]


def _under(token: Token, rules: RecipientRules, *, depth: int = 0) -> Iterator[tuple[Token, Token]]:
    """Prepositional phrases on a token, then those on its object and inside phrases that name an event or an idea.

    "imposed sanctions on the port", "vowed to answer with strikes on the port", "a ban imposed on the port".
    """
    found = list(preps(token))
    yield from found
    if depth >= 3:
        return
    inside = [*objects(token)]
    for preposition, thing in found:
        if preposition.lower_ == "of" or thing.pos_ == "VERB" or rules.is_abstract(lemma(thing)):
            inside.append(thing)
    if token.pos_ in ("NOUN", "PROPN"):
        inside += children(token, "acl")
    for each in inside:
        yield from _under(each, rules, depth=depth + 1)
