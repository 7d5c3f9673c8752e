"""Conduct: what a claim says its actor does, by the rows of conduct.toml (CODEBOOK section 5)."""

from __future__ import annotations

from collections.abc import Iterable

from holdfire.model.claim import Content
from holdfire.rules.composition import ConductRule

_PEACE_MODES = frozenset({"ceasefire"})


def conduct_of(
    *,
    event: str,
    mode: str | None,
    polarity: str,
    modality: str,
    content: Content | None,
    content_mode: str | None,
    rules: Iterable[ConductRule],
) -> str | None:
    """The conduct of a claim with these facets, None where the codebook gives none (negated words, history).

    `content_mode` is the mode of the event in `content`; a ceasefire or talks asked for are restraint urged.
    """
    named = None if content is None else f"{content.event} negated" if content.polarity == "negated" else content.event
    peace = content is not None and content.polarity == "affirmed"
    peace = peace and (content_mode in _PEACE_MODES or (content is not None and content.event == "CONSULT"))
    for rule in rules:
        if (
            (not rule.event or event in rule.event)
            and (not rule.polarity or polarity in rule.polarity)
            and (not rule.modality or modality in rule.modality)
            and (not rule.mode or mode in rule.mode)
            and mode not in rule.not_mode
            and (not rule.content or named in rule.content)
            and (not rule.urges_peace or peace)
        ):
            return rule.conduct
    return None
