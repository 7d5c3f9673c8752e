"""How an event is done (PLOVER's mode), from the words beside it or from what a speech act asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.extraction.drafts import Inner
from holdfire.extraction.syntax import children, lemma, preps
from holdfire.rules.modes import ModeRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

SPEECH = frozenset({"REQUEST", "REJECT", "AGREE"})
# Modes that a construction gives only for want of a better one: a word beside the event is more exact.
_LOOSE = frozenset({None, "heavy-weapons", "firearms"})
_MEANS = frozenset({"with", "in", "from", "by", "of", "through"})


def mode_of(event: str, mode: str | None, content: Inner | None, core: Token, rules: ModeRules) -> str | None:
    """The mode of an event whose construction gives `mode`, None where nothing tells it.

    A request, refusal or agreement takes its mode from its content: "yield" for giving way, "assist" for help, "meet"
    for talks.
    """
    if event in SPEECH:
        return mode or (rules.by_content.get(content.event) if content is not None else None)
    if mode not in _LOOSE:
        return mode
    beside = _beside(core)
    for rule in rules.by_word:
        if event in rule.events and beside & rule.words:
            return rule.mode
    return mode


def _beside(core: Token) -> set[str]:
    """Lemmas of the event's own word, of its subject's and object's, and of its means."""
    near = [core, *children(core, "nsubj", "nsubjpass", "dobj", "compound", "amod")]
    near += [thing for preposition, thing in preps(core) if preposition.lower_ in _MEANS]
    near += [each for thing in tuple(near) for each in children(thing, "compound", "amod", "nmod")]
    near += [thing for each in children(core, "dobj", "agent") for preposition, thing in preps(each)]
    for noun in children(core, "dobj"):
        near += [thing for preposition, thing in preps(noun) if preposition.lower_ in ("of", "with")]
    return {lemma(each) for each in near}
