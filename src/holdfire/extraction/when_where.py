"""Gives a claim the time and the place of its event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from holdfire.extraction.dates import TimeHit
from holdfire.extraction.dates_attach import time_of, time_of_denied
from holdfire.extraction.drafts import Draft
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.places import PlaceHit
from holdfire.extraction.places_attach import place_of
from holdfire.extraction.reason_anchors import Anchored
from holdfire.extraction.syntax import lemma
from holdfire.model.claim import Claim, ClaimTime
from holdfire.rules.places import PlaceRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

# What follows these is why, not which: "claimed the massacre as punishment".
_REASONS = ("as", "for")
_POINTING = ("the", "that", "this", "those", "these")
# "The attack" points to an attack told in this many sentences before, in its paragraph.
_REACH_SENTENCES = 3


def when_and_where(
    claim: Claim,
    draft: Draft,
    number: int,
    sentences: Sequence[Sentence],
    *,
    times: Sequence[TimeHit],
    places: Sequence[PlaceHit],
    earlier: Sequence[Anchored],
    rules: PlaceRules,
) -> Claim:
    """The claim with time and place, each None where the text gives none. `earlier` are the claims before it.

    An event that is only pointed at ("claimed the attack", "denied the killings") has the time and the place of the
    event told before it.
    """
    sentence = sentences[number]
    deed = claim.event in rules.deeds
    time = _time(claim, draft, number, sentence, times)
    place = place_of(number, draft.path, sentence, places, deed=deed, goes_on=_goes_on(claim))
    if deed and _points_back(draft, rules) and (time is None or place is None):
        told = _told_before(claim, number, sentences, earlier)
        if told is not None:
            time, place = time or told.time, place or told.place
    return replace(claim, time=time, place=place)


def _time(claim: Claim, draft: Draft, number: int, sentence: Sentence, times: Sequence[TimeHit]) -> ClaimTime | None:
    """When the event was; of a denied one the time in the denied words, before that of the denial."""
    if claim.certainty == "denied" and len(draft.path) > 1:
        found = time_of_denied(number, draft.core, sentence, times)
        if found is not None:
            return found
    return time_of(number, draft.head.i, sentence, times)


def _goes_on(claim: Claim) -> bool:
    """Whether the claim takes up what was told before: a denial, or a real act by or on somebody only referred to."""
    if claim.certainty == "denied":
        return True
    return claim.modality == "actual" and any(each.form != "named" for each in (*claim.actor, *claim.recipient))


def _points_back(draft: Draft, rules: PlaceRules) -> bool:
    """Whether the event is a noun with an article, or has one for its object, and nothing tells more of it."""
    core = draft.core
    nouns = [core] if core.pos_ == "NOUN" else [each for each in core.children if each.dep_ == "dobj"]
    return any(lemma(each) in rules.event_nouns and _is_bare(each) for each in nouns)


def _is_bare(noun: Token) -> bool:
    if any(each.dep_ in ("acl", "relcl", "poss") for each in noun.children):
        return False
    if any(each.dep_ == "prep" and each.lower_ not in _REASONS for each in noun.children):
        return False
    return any(each.lower_ in _POINTING for each in noun.lefts)


def _told_before(claim: Claim, number: int, sentences: Sequence[Sentence], earlier: Sequence[Anchored]) -> Claim | None:
    """The last claim of the same sort of event in the paragraph."""
    paragraph = sentences[number].passage.paragraph
    for each in reversed(earlier):
        if number - each.number > _REACH_SENTENCES or sentences[each.number].passage.paragraph != paragraph:
            return None
        if each.number < number and each.claim.event == claim.event:
            return each.claim
    return None
