"""Turns a draft and the mood of its clause into the event, polarity, modality and certainty that a claim carries."""

from __future__ import annotations

from dataclasses import dataclass, replace

from holdfire.extraction.drafts import Draft, Inner
from holdfire.extraction.factuality import Facets

ARMED = frozenset({"ASSAULT", "MOBILIZE"})
HOSTILE = frozenset({"ASSAULT", "MOBILIZE", "COERCE", "SANCTION"})
# Retreats that are conceded when announced; releases and access are agreed to.
GIVING_WAY = frozenset({"withdraw", "ceasefire", "disarm", "resign"})
DEEDS = frozenset({"ASSAULT", "MOBILIZE", "COERCE", "SANCTION", "AID", "COOPERATE", "RETREAT", "PROTEST"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The facets of a claim-to-be; `speaker_is_actor` moods are already settled."""

    event: str
    mode: str | None
    polarity: str
    modality: str
    certainty: str | None
    likelihood: tuple[float, float] | None
    content: Inner | None
    by_speaker: bool = False


def settle(draft: Draft, facets: Facets, *, own_words: bool, quoted: bool) -> Reading | None:
    """What the draft claims, None when it claims nothing (a condition, a purpose, a question, a wish).

    own_words: the actor itself speaks, or nobody else is cited, so "will" announces rather than predicts.
    quoted: the clause stands in somebody's words, so "must not" is that speaker's demand.
    """
    reading = Reading(
        event=draft.event,
        mode=draft.mode,
        polarity=_flipped(draft.polarity) if facets.negated else draft.polarity,
        modality=draft.modality,
        certainty=draft.certainty,
        likelihood=facets.hedge.likelihood if facets.hedge else None,
        content=draft.content,
    )
    if facets.mood == "unreal":
        return None
    moody = _moods(reading, facets, own_words=own_words, quoted=quoted)
    if moody is None:
        return None
    reading = moody
    if facets.hedge is not None:
        reading = replace(reading, certainty=reading.certainty or facets.hedge.certainty)
        if facets.hedge.modality and reading.modality == "actual":
            reading = replace(reading, modality=facets.hedge.modality)
    if facets.condition is not None:
        reading = _conditional(reading, facets)
    if facets.background and reading.event in DEEDS and reading.modality == "actual":
        reading = replace(reading, modality="historical")
    return reading


def _moods(reading: Reading, facets: Facets, *, own_words: bool, quoted: bool) -> Reading | None:
    negated = reading.polarity == "negated"
    if facets.mood == "plain":
        return reading
    if facets.mood == "deontic":
        return _demand(reading) if quoted else None
    if facets.mood == "possible":
        return replace(reading, modality="possible", certainty=reading.certainty or "hedged")
    if facets.mood == "unable" or (facets.mood == "future" and negated):
        return _will_not(reading, facets, own_words=own_words)
    return _will(reading, facets, own_words=own_words)


def _will_not(reading: Reading, facets: Facets, *, own_words: bool) -> Reading:
    """Will not, cannot: an armed act is ruled out; anything else is refused."""
    if facets.mood == "future" and (facets.hedge is not None or not own_words):
        return replace(reading, modality="possible", certainty=reading.certainty or "hedged")
    if reading.event in ARMED or (reading.event, reading.mode) == ("AID", "military"):
        return replace(reading, modality="intended")
    if facets.mood == "unable" or reading.event in ("ACCUSE", "SUPPORT", "REQUEST", "THREATEN", "REJECT"):
        return replace(reading, polarity="negated")
    return _speech(reading, "REJECT", polarity="negated")


def _will(reading: Reading, facets: Facets, *, own_words: bool) -> Reading:
    """Will, would: a hostile act is threatened, a withdrawal conceded, help agreed; another's guess is a guess."""
    if facets.hedge is not None or not own_words:
        if reading.event in DEEDS:
            return replace(reading, modality="possible", certainty=reading.certainty or "hedged")
        return replace(reading, modality="intended")
    if reading.event in HOSTILE:
        return _speech(reading, "THREATEN", polarity="affirmed")
    if reading.event == "RETREAT" and reading.mode in GIVING_WAY:
        return _speech(reading, "CONCEDE", polarity="affirmed")
    if reading.event in ("AID", "COOPERATE", "CONSULT", "RETREAT"):
        return _speech(reading, "AGREE", polarity="affirmed")
    return reading


def _demand(reading: Reading) -> Reading:
    """Must, must not: the speaker's request, its content the act."""
    content = Inner(event=reading.event, polarity=reading.polarity, mode=reading.mode)
    return replace(
        reading, event="REQUEST", mode=None, polarity="affirmed", modality="actual", content=content, by_speaker=True
    )


def _speech(reading: Reading, event: str, *, polarity: str) -> Reading:
    content = Inner(event=reading.event, polarity=polarity, mode=reading.mode)
    return replace(reading, event=event, mode=None, polarity="affirmed", modality="actual", content=content)


def _conditional(reading: Reading, facets: Facets) -> Reading:
    """What would happen under a condition; "may" and "unlikely" keep it a possibility."""
    doubtful = facets.mood == "possible" or (facets.hedge is not None and facets.hedge.modality is not None)
    if reading.event in ("REQUEST", "ACCUSE", "SUPPORT") or doubtful:
        return reading
    if reading.modality in ("actual", "intended", "possible"):
        return replace(reading, modality="conditional")
    return reading


def _flipped(polarity: str) -> str:
    return "affirmed" if polarity == "negated" else "negated"
