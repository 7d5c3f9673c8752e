"""Which events may stand without a named actor: passives, weapons that strike, rumours, fragments."""

from __future__ import annotations

from collections.abc import Sequence

from holdfire.extraction.drafts import Draft
from holdfire.extraction.moods import Reading
from holdfire.extraction.syntax import children, is_passive, lemma
from holdfire.model.source import Attribution


def may_lack_actor(draft: Draft, reading: Reading, chain: Sequence[Attribution]) -> bool:
    """Only an attack may stand without an actor: in the passive, or as a noun asserted, denied or rumoured."""
    if reading.event != "ASSAULT" or draft.trigger.needs_actor:
        return False
    head, core = draft.head, draft.core
    if core.pos_ in ("VERB", "AUX"):
        return (is_passive(core) and head.dep_ not in ("relcl", "acl", "advcl")) or (
            reading.polarity == "affirmed" and _does_itself(draft)
        )
    if not draft.trigger.implicit:
        return False
    rumoured = reading.certainty == "rumoured" or any(each.certainty == "rumoured" for each in chain)
    if reading.polarity == "negated" or rumoured:
        return True
    return any(child.dep_ == "expl" for child in core.head.children)


def _does_itself(draft: Draft) -> bool:
    """Whether the subject names nobody: it is the weapon, or a denial that anybody claimed the act."""
    own = children(draft.core, "nsubj")
    return draft.trigger.unknown_actor or any(lemma(each) in draft.trigger.weapon for each in own)


def is_bare_noun(draft: Draft, reading: Reading) -> bool:
    """An event noun that no construction carries ("an attack on the port")."""
    alone = draft.head == draft.core and draft.core.pos_ in ("NOUN", "PROPN")
    return alone and reading.event == "ASSAULT" and reading.polarity == "affirmed"


def is_fragment(draft: Draft, reading: Reading) -> bool:
    """A noun phrase that stands for a whole sentence with its subject left out ("No rocket fire, no drone strikes")."""
    core = draft.core
    if draft.head != core or core.pos_ not in ("NOUN", "PROPN") or not draft.trigger.implicit:
        return False
    return all(token.pos_ in ("NOUN", "PROPN", "ADP") for token in (core, *core.ancestors))
