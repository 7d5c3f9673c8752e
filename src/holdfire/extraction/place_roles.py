"""How a place phrase stands in its clause: where, aimed at, acted on, the way there or from there; or no place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from holdfire.extraction.place_phrases import Phrase
from holdfire.extraction.syntax import lemma
from holdfire.rules.gazetteer import Entry
from holdfire.rules.places import PlaceRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

Role = Literal["where", "target", "object", "toward", "away", "named"]
_VERBAL = ("VERB", "AUX")


def role_of(phrase: Phrase, found: Sequence[Entry], *, is_state: bool, rules: PlaceRules) -> Role | None:
    """The role of the phrase, or None where it stands for a party, or the words do not show a place.

    is_state: the phrase denotes a state ("Tehran", "Iran"), which acts and is acted on as a party unless a preposition
    of place or a verb of going says otherwise.
    """
    token = phrase.head
    if phrase.noun is None and phrase.points_back:
        return "object" if phrase.governor is not None else "where"
    is_place = bool(found) or phrase.noun is not None
    governor = phrase.governor
    if phrase.preposition:
        return _after_preposition(phrase, governor, found, is_place=is_place, is_state=is_state, rules=rules)
    if phrase.noun == "direction" and token.dep_ in (
        "advmod",
        "npadvmod",
        "prep",
        "dep",
        "amod",
        "ROOT",
        "dobj",
        "nmod",
    ):
        return "where"
    top = token
    while top.dep_ == "conj":
        top = top.head
    if top.dep_ in ("advmod", "npadvmod") and governor is not None and lemma(governor) in rules.harm_verbs:
        # A name that the tagger takes for an adverb.
        return "object" if found and phrase.noun is None and not is_state else None
    is_area = any(each.kind == "country" for each in found) and phrase.noun is None
    if top.dep_ == "dobj" and governor is not None and lemma(governor) in rules.object_verbs:
        allowed = rules.border_verbs if is_area else rules.harm_verbs
        if is_state and lemma(governor) not in allowed:
            return None
        return "object" if is_place or lemma(governor) in rules.bare_object_verbs else None
    if top.dep_ == "nsubjpass" and governor is not None and lemma(governor) in rules.object_verbs:
        return "object" if is_place and not is_state else None
    if top.dep_ == "nsubj" and governor is not None and lemma(governor) in rules.subject_verbs:
        return "object" if is_place and not is_state else None
    if top.dep_ in ("compound", "nmod", "poss") and lemma(top.head) in rules.target_nouns:
        return "named" if found and not is_state else None
    return None


def _after_preposition(
    phrase: Phrase,
    governor: Token | None,
    found: Sequence[Entry],
    *,
    is_place: bool,
    is_state: bool,
    rules: PlaceRules,
) -> Role | None:
    word = phrase.preposition
    base = lemma(governor) if governor is not None else ""
    aims = governor is not None and _aims(governor, rules)
    if word in rules.target and aims and (is_place or word in ("on", "at")) and not (is_state and _is_country(found)):
        return "target"
    if word in rules.strict:
        if word == "at" and (
            is_state
            or _is_feeling(governor, rules)
            or (not found and base in rules.people and phrase.head.text[:1].isupper())
        ):
            return None
        return "where" if is_place or (word in rules.bare and _is_plain_name(phrase)) else None
    if word in rules.weak:
        if aims and is_place:
            return "where"
        if phrase.noun is not None and not is_state:
            return "where"
        return "where" if any(each.kind in ("point", "sea") for each in found) else None
    if word in rules.toward or word in rules.away:
        moves = governor is not None and _moves(governor, rules)
        if word in ("into", "toward", "towards", "onto") and is_place and not is_state:
            moves = True
        if not moves or not (is_place or (_is_plain_name(phrase) and base not in rules.give_verbs)):
            return None
        if is_state and word == "to" and base in rules.give_verbs and (_is_country(found) or _is_said(governor, rules)):
            return None
        if word == "for" and not (found and base in rules.move_verbs):
            return None
        return "toward" if word in rules.toward else "away"
    if word == "of" and governor is not None and base in rules.of_nouns and is_place:
        return "named" if not is_state else None
    if word == "against" and phrase.noun is not None:
        return "target" if aims else None
    return "where" if word in rules.where and is_place and not is_state else None


def _is_feeling(governor: Token | None, rules: PlaceRules) -> bool:
    return governor is not None and governor.pos_ not in _VERBAL and lemma(governor) in rules.feelings


def _is_said(governor: Token | None, rules: PlaceRules) -> bool:
    """Whether what is sent is words: a letter goes to those who rule, a brigade to the town."""
    return governor is not None and any(
        each.dep_ in ("dobj", "nsubjpass") and lemma(each) in rules.messages for each in governor.children
    )


def _is_country(found: Sequence[Entry]) -> bool:
    return any(each.kind == "country" for each in found)


def _is_plain_name(phrase: Phrase) -> bool:
    """A name in capitals that nobody knows: a village, as far as the words go."""
    return (
        phrase.has_name
        and phrase.head.pos_ in ("PROPN", "X")
        and phrase.head.tag_ != "NNPS"
        and phrase.head.text[:1].isupper()
    )


def _aims(governor: Token, rules: PlaceRules) -> bool:
    """Whether the governor, or what it acts with, is aimed: "launched two missiles at"."""
    base = lemma(governor)
    if base in rules.target_nouns or (governor.pos_ in _VERBAL and base in rules.target_verbs):
        return True
    if governor.pos_ in _VERBAL:
        return any(c.dep_ in ("dobj", "nsubjpass") and lemma(c) in rules.target_nouns for c in governor.children)
    return False


def _moves(governor: Token, rules: PlaceRules) -> bool:
    base = lemma(governor)
    if governor.pos_ in _VERBAL:
        return base in rules.move_verbs or any(
            c.dep_ == "dobj" and lemma(c) in rules.move_nouns for c in governor.children
        )
    if base in rules.move_nouns:
        return True
    # "Pull its vehicles back to", "moving launchers towards": the phrase hangs on the object or the particle.
    head = governor.head
    return (
        governor.dep_ in ("dobj", "advmod", "prt", "nsubjpass")
        and head.pos_ in _VERBAL
        and lemma(head) in rules.move_verbs
    )
