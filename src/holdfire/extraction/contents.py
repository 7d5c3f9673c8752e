"""What exactly is attributed: content spans trimmed, stretched over the quotations they touch, and typed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.extraction.nlp import Sentence
from holdfire.extraction.quotations import Quotation, find_quotations
from holdfire.model.source import QuoteType
from holdfire.model.span import Span
from holdfire.rules.attribution import AttributionRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

# White space and the marks that join a content to its cue; quotation marks stay with the content.
_EDGES = " \t\n\u00a0,;:–—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every step looks at: the text, its sentences in order, and the outermost quotations in order."""

    text: str
    sentences: Sequence[Sentence]
    quotations: Sequence[Quotation]
    rules: AttributionRules
    outlet: str | None
    starts: Sequence[int]
    quoted_from: Sequence[int]
    quoted_to: Sequence[int]

    def sentence_at(self, char: int) -> int:
        """Index of the sentence that an offset falls into, or of the one before it."""
        return max(0, bisect_right(self.starts, char) - 1)

    def quotations_in(self, span: Span) -> Sequence[Quotation]:
        """The quotations that share a character with the span."""
        first = bisect_right(self.quoted_to, span.start_char)
        return self.quotations[first : bisect_left(self.quoted_from, span.end_char)]

    def quotation_at(self, char: int) -> Quotation | None:
        """The quotation that an offset stands in."""
        return next((each for each in self.quotations_in(Span(char, char + 1)) if each.covers(char)), None)

    def span_of(self, sentence: Sentence, first: int, last: int) -> Span:
        """The document span of a sentence's tokens first to last, trimmed; empty when the range is."""
        if last < first:
            return Span(sentence.start_char, sentence.start_char)
        return tidied(self.text, sentence.span_of(sentence.doc[first : last + 1]))


def open_page(text: str, sentences: Sequence[Sentence], rules: AttributionRules, outlet: str | None) -> Page:
    """The page of a document, its quotations found."""
    outer = tuple(q for q in find_quotations(text) if q.depth == 0 and any(c.isalnum() for c in q.span.of(text)))
    return Page(
        text=text,
        sentences=sentences,
        quotations=outer,
        rules=rules,
        outlet=outlet,
        starts=[each.start_char for each in sentences],
        quoted_from=[each.span.start_char for each in outer],
        quoted_to=[each.span.end_char for each in outer],
    )


def tidied(text: str, span: Span) -> Span:
    """The span without white space and joining marks at its ends, and without a full stop outside a quotation."""
    start, end = span.start_char, span.end_char
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES + ".":
        end -= 1
    return Span(start, end)


def with_quotations(page: Page, pieces: Sequence[Span], cue: Span) -> tuple[list[Span], bool]:
    """Content stretched over every quotation that it touches, except one that the cue itself stands in.

    The flag is False when one of those quotations was never closed.
    """
    out = list(pieces)
    closed = True
    around = page.quotation_at(cue.start_char)
    hull = Span(min(p.start_char for p in out), max(p.end_char for p in out))
    for quotation in page.quotations_in(hull):
        if quotation is around or not any(each.overlaps(quotation.span) for each in out):
            continue
        closed = closed and quotation.closed
        for part in quotation.pieces:
            touched = next((n for n, each in enumerate(out) if each.overlaps(part)), None)
            if touched is None:
                out.append(part)
            else:
                out[touched] = out[touched].hull(part)
    free = [each for each in out if not each.start_char <= cue.start_char < each.end_char]
    return merged(free or pieces), closed


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start_char < out[-1].end_char:
            out[-1] = out[-1].hull(span)
        else:
            out.append(span)
    return out


def type_of(page: Page, pieces: Sequence[Span]) -> QuoteType:
    """ "direct" when the content is quotations alone, "mixed" when some of it is, else "indirect"."""
    quoted = 0
    for piece in pieces:
        for quotation in page.quotations_in(piece):
            for part in quotation.pieces:
                quoted += max(0, min(piece.end_char, part.end_char) - max(piece.start_char, part.start_char))
    if quoted == 0:
        return "indirect"
    return "direct" if quoted >= sum(map(len, pieces)) - 2 * len(pieces) else "mixed"


def share_of(quotation: Quotation, pieces: Sequence[Span]) -> float:
    """How much of a quotation's characters the pieces cover, 0 to 1."""
    shared = sum(
        max(0, min(a.end_char, b.end_char) - max(a.start_char, b.start_char)) for a in pieces for b in quotation.pieces
    )
    return shared / max(1, sum(map(len, quotation.pieces)))


def without(first: int, last: int, inner: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """A token range without the one inside it: what stands before and what stands after."""
    parts = ((first, min(last, inner[0] - 1)), (max(first, inner[1] + 1), last))
    return tuple((a, b) for a, b in parts if b >= a)


def last_word(tokens: Sequence[Token]) -> Token | None:
    """The last token that is no punctuation."""
    return next((each for each in reversed(tokens) if not each.is_punct and not each.is_space), None)
