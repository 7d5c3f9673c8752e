"""Which attributions a stretch of text stands under: the chain of sources of a claim, and who "I" and "we" are."""

from __future__ import annotations

from collections.abc import Sequence

from holdfire.model.source import Attribution
from holdfire.model.span import Span


def chain_for(span: Span, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions whose content covers most of `span`, outermost (longest content) first.

    The words that bring a content in ("According to the council, …") count neither way.
    Empty means the article's own voice. Of two attributions with the same source and cue only the first is kept.
    """
    covering = [
        each
        for each in attributions
        if (covered := _covered(span, each)) and 2 * covered > len(span) - _framing(span, each)
    ]
    covering.sort(key=lambda each: (-sum(len(piece) for piece in each.content), each.content[0].start_char))
    return tuple(covering)


def speaker_at(char: int, attributions: Sequence[Attribution]) -> Attribution | None:
    """The innermost attribution of quoted words at an offset, whose source is who "I" and "we" are there."""
    best: Attribution | None = None
    for each in attributions:
        if each.type == "indirect" or not any(p.start_char <= char < p.end_char for p in each.content):
            continue
        if best is None or sum(map(len, each.content)) < sum(map(len, best.content)):
            best = each
    return best


def _covered(span: Span, attribution: Attribution) -> int:
    return sum([_shared(span, piece) for piece in attribution.content if span.overlaps(piece)])


def _framing(span: Span, attribution: Attribution) -> int:
    """How many characters of the span are a cue and the source after it, where both stand before the content."""
    source = attribution.source_span or (attribution.source.span if attribution.source else None)
    if source is None or attribution.cue is None or source.start_char < attribution.cue.start_char:
        return 0
    frame = attribution.cue.hull(source)
    return _shared(span, frame) if all(frame.end_char <= piece.start_char for piece in attribution.content) else 0


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end_char, other.end_char) - max(one.start_char, other.start_char))
