"""Which of a sentence's places belongs to an event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from holdfire.extraction.nlp import Sentence
from holdfire.extraction.places import PlaceHit
from holdfire.model.claim import Place

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

_VERBAL = ("VERB", "AUX")
# Where something happens says more than where it is headed, and that more than where it comes from.
_BY_ROLE = {"where": 0.0, "target": 0.0, "object": 0.0, "toward": 0.5, "away": 1.5, "named": 1.0}
# Steps that lead out of the event's own clause.
_OTHER_VERB, _SUBJECT, _RELATIVE, _ABOVE, _OTHER_EVENT = 2.0, 2.0, 4.0, 4.0, 8.0
_FURTHEST = 7.5
_UNKNOWN = 0.75


def place_of(
    sentence_index: int,
    path: Sequence[Token],
    sentence: Sentence,
    hits: Sequence[PlaceHit],
    *,
    deed: bool,
    goes_on: bool,
) -> Place | None:
    """The place of the event whose head tokens are `path`, outermost first; None where the text gives none.

    The hit that hangs on the event by the fewest steps, or that its clause shares with verbs above it; then, for a deed
    that goes on with what was told before (`goes_on`), the place of the story so far.
    """
    inside = [hit for hit in hits if hit.sentence == sentence_index]
    here = [hit for hit in inside if not hit.lent]
    own = {token.i for token in path}
    weighed = [
        (weight, number)
        for number, hit in enumerate(here)
        if (weight := _weight(hit, here, own, sentence, deed=deed)) is not None
    ]
    if weighed:
        return here[min(weighed)[1]].place
    lent = [hit for hit in inside if hit.lent]
    return lent[0].place if lent and deed and goes_on else None


def _weight(hit: PlaceHit, here: Sequence[PlaceHit], own: set[int], sentence: Sentence, *, deed: bool) -> float | None:
    token = sentence.doc[hit.head]
    if token.i in own and token.pos_ not in ("NOUN", "PROPN"):
        return None
    steps = _steps(token, own)
    if steps is None and (hit.role in ("where", "object") or (hit.role == "toward" and _is_purpose(own, sentence))):
        steps = _shared(token, own, sentence, deed=deed)
    if steps is None or steps > _FURTHEST:
        return None
    steps += _BY_ROLE[hit.role]
    if hit.place.name is None:
        steps += _UNKNOWN
        # "A workshop near Nabatieh": the name in it says more.
        if any(other is not hit and other.place.name and _is_inside(sentence.doc[other.head], token) for other in here):
            steps += 2.0
    return steps


def _is_inside(token: Token, above: Token) -> bool:
    while token.head.i != token.i:
        token = token.head
        if token.i == above.i:
            return True
    return False


def _steps(token: Token, own: set[int]) -> float | None:
    """The way up from the place to the event, weighed; None where it does not lead there."""
    steps = 0.0
    while token.i not in own:
        if token.head.i == token.i:
            return None
        if token.dep_ in ("relcl", "acl"):
            steps += _RELATIVE if token.dep_ == "relcl" else 1.0
        elif token.dep_ in ("nsubj", "csubj"):
            steps += _SUBJECT
        elif token.pos_ in _VERBAL and token.dep_ in ("conj", "advcl", "ccomp", "parataxis"):
            steps += _OTHER_EVENT if _is_event_of_its_own(token) else _OTHER_VERB
        steps += 0.0 if token.dep_ in ("conj", "compound") and token.pos_ not in _VERBAL else 0.5
        token = token.head
    return steps


def _shared(token: Token, own: set[int], sentence: Sentence, *, deed: bool) -> float | None:
    """The way over a verb above the event, whose place the event shares: coordination, purpose, result.

    A coordinated clause with its own subject shares it only for deeds: fire is returned where it was opened, but not
    condemned there.
    """
    node = sentence.doc[min(own, key=lambda at: _depth(sentence.doc[at]))]
    above: dict[int, float] = {}
    steps = _ABOVE
    while node.head.i != node.i:
        if node.dep_ in ("relcl", "advcl") and any(each.lower_ in ("when", "where") for each in node.children):
            # "The garrison at the ford, when rebels killed ten": told as one event.
            steps -= 2 * _OTHER_VERB
        elif node.pos_ in _VERBAL and _is_event_of_its_own(node) and node.dep_ != "ccomp":
            steps += _OTHER_VERB if deed and node.dep_ == "conj" else _OTHER_EVENT
        elif node.dep_ in ("ccomp", "relcl"):
            steps += _OTHER_VERB
        if node.dep_ == "relcl" and node.head.pos_ not in _VERBAL:
            steps -= _OTHER_VERB
        node = node.head
        steps += 0.5
        above.setdefault(node.i, steps)
    steps_up = 0.0
    while True:
        if token.i in above:
            return above[token.i] + steps_up
        if token.head.i == token.i:
            return None
        if token.dep_ in ("relcl", "ccomp", "advcl"):
            steps_up += _OTHER_VERB if deed else _OTHER_EVENT
        steps_up += 0.5
        token = token.head


def _is_event_of_its_own(verb: Token) -> bool:
    """A clause with its own subject and, where it is subordinate, a conjunction of time or reason."""
    has_subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    if verb.dep_ == "advcl":
        return has_subject or any(c.dep_ == "mark" for c in verb.children)
    return verb.dep_ == "conj" and has_subject


def _is_purpose(own: set[int], sentence: Sentence) -> bool:
    """Whether the event is what somebody went for: "flew to the capital to talk"."""
    verb = sentence.doc[min(own, key=lambda at: _depth(sentence.doc[at]))]
    return verb.dep_ in ("xcomp", "advcl") and any(each.tag_ == "TO" for each in verb.children)


def _depth(token: Token) -> int:
    depth = 0
    while token.head.i != token.i:
        token, depth = token.head, depth + 1
    return depth
