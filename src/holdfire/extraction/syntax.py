"""Questions about a dependency parse: whose subject, which object, what governs; nothing about meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
OBJECTS = frozenset({"dobj", "obj"})
RELATIVES = frozenset({"who", "which", "that", "whom"})


def lemma(token: Token) -> str:
    """The lower-case lemma; the form itself where the lemmatizer has none."""
    return (token.lemma_ or token.text).lower()


def children(token: Token, *deps: str) -> list[Token]:
    """The token's dependents with one of these labels, in text order."""
    return [child for child in token.children if child.dep_ in deps]


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it after it, in text order; appositions are not coordination."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and (child.pos_ in ("VERB", "AUX")) == (token.pos_ in ("VERB", "AUX")):
            found += conjuncts(child)
    return found


def is_passive(verb: Token) -> bool:
    """True for a passive clause, and for a past participle that modifies a noun ("the town shelled by them")."""
    for child in verb.children:
        if child.dep_ in ("nsubjpass", "auxpass"):
            return True
    if verb.tag_ == "VBN":
        helped = any(child.dep_ == "aux" for child in verb.children)
        # With an object it is a finite verb that the parser took for a participle: "The force carried out raids".
        if verb.dep_ == "acl" and not helped and not children(verb, "nsubj", "dobj", "obj"):
            return True
        if not helped and children(verb, "agent"):
            # "Rockets fired by the Front hit the port", parsed as two clauses.
            return True
    return verb.dep_ == "conj" and verb.tag_ == "VBN" and not _own_subject(verb) and is_passive(verb.head)


def agents(verb: Token) -> list[Token]:
    """The heads of a passive's "by" phrase, coordination included."""
    found = []
    for by in verb.children:
        if by.dep_ == "agent" or (by.dep_ == "prep" and by.lower_ == "by" and verb.tag_ == "VBN"):
            for pobj in children(by, "pobj"):
                found += conjuncts(pobj)
    return found


def objects(verb: Token) -> list[Token]:
    """The heads of the direct object, coordination included."""
    return [each for child in verb.children if child.dep_ in OBJECTS for each in conjuncts(child)]


def preps(token: Token) -> Iterator[tuple[Token, Token]]:
    """(preposition, object head) for each prepositional phrase on the token, nested compounds ("out of") included.

    The object may be a noun (pobj) or a verb (pcomp). "dative" phrases count ("gave to").
    """
    for child in token.children:
        if child.dep_ in ("prep", "dative", "agent", "prt", "advmod") and child.pos_ in ("ADP", "SCONJ", "ADV", "PART"):
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    for each in conjuncts(inner):
                        yield child, each
                elif inner.dep_ == "prep":
                    for deeper in children(inner, "pobj", "pcomp"):
                        for each in conjuncts(deeper):
                            yield inner, each


def subjects(verb: Token, *, depth: int = 0) -> list[Token]:
    """The heads of the subject, found through coordination, control, relatives and participles.

    For a passive these are the logical objects; ask `is_passive`. Empty when the clause has none that the parse shows.
    """
    if depth > 6:
        return []
    own = _own_subject(verb)
    if own is not None:
        if own.lower_ in RELATIVES and verb.dep_ == "relcl":
            return conjuncts(verb.head)
        return conjuncts(own)
    head = verb.head
    if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        # "forces fighting there": the noun; "a plan to strike": whoever has the plan.
        if verb.tag_ in ("VBG", "VBN"):
            return conjuncts(head)
        return owners(head, depth=depth + 1)
    if verb.dep_ == "xcomp" or (verb.dep_ == "ccomp" and not _own_subject(verb)):
        if head.pos_ in ("VERB", "AUX"):
            controlled = children(head, "dobj", "obj")
            if controlled and verb.dep_ == "xcomp":
                return conjuncts(controlled[0])
            return agents(head) if is_passive(head) and agents(head) else subjects(head, depth=depth + 1)
        if head.pos_ == "ADJ":
            return subjects(head.head, depth=depth + 1) if head.dep_ in ("acomp", "attr") else []
    if verb.dep_ in ("conj", "advcl", "dep", "parataxis") and head.pos_ in ("VERB", "AUX"):
        return subjects(head, depth=depth + 1)
    if verb.dep_ == "pcomp":
        governor = head.head
        while governor.pos_ == "ADV" and governor.head != governor:
            # "far from joining"
            governor = governor.head
        if governor.pos_ in ("VERB", "AUX"):
            return subjects(governor, depth=depth + 1)
        return owners(governor, depth=depth + 1)
    if verb.dep_ in ("acomp", "attr", "oprd") and head.pos_ in ("VERB", "AUX"):
        return subjects(head, depth=depth + 1)
    return []


def owners(noun: Token, *, depth: int = 0) -> list[Token]:
    """Whose the noun is: its possessor, else the subject of the verb that it is an object of."""
    for child in noun.children:
        if child.dep_ == "poss":
            return conjuncts(child)
    head = noun.head
    if noun.dep_ in ("dobj", "obj", "attr") and head.pos_ in ("VERB", "AUX"):
        return subjects(head, depth=depth + 1)
    if noun.dep_ == "pobj" and head.head.pos_ in ("VERB", "AUX"):
        return subjects(head.head, depth=depth + 1)
    return []


def is_inverted(auxiliary: Token, verb: Token) -> bool:
    """True where the auxiliary stands before its subject: "should they attack", "were it to fall"."""
    found = children(verb, "nsubj", "nsubjpass")
    return bool(found) and auxiliary.i < found[0].left_edge.i


def clause_head(token: Token) -> Token:
    """The verb whose clause the token stands in; the token itself when it is that verb, the root when there is none."""
    while token.head != token:
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass", "amod", "compound"):
            return token
        token = token.head
    return token


def _own_subject(verb: Token) -> Token | None:
    found = children(verb, "nsubj", "nsubjpass")
    if not found:
        # "X and Y however have opposed it": the parser hangs the subject on the auxiliary.
        found = [each for helper in children(verb, "aux", "auxpass") for each in children(helper, "nsubj", "nsubjpass")]
    return found[0] if found else None
