"""The say–do gap: how far an actor's words and its deeds lie apart, by rules/postures.toml."""

from __future__ import annotations

from holdfire.model.posture import Finding, Gap
from holdfire.rules.postures import PostureRules


def gap_of(deed: Finding | None, word: Finding | None, *, kind: str | None, rules: PostureRules) -> Gap | None:
    """The gap between a deed and a word with both best entries; None where they go together or one is missing."""
    if deed is None or word is None:
        return None
    for rule in rules.gaps:
        fits = word.conduct in rule.words and deed.conduct in rule.deeds
        if fits and (not rule.kinds or kind in rule.kinds):
            return Gap(size=rule.size, direction=rule.direction, word=word.best, deed=deed.best)
    return None
