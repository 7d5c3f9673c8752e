"""A report's text in pieces, each marked with what it carries: evidence, sources, reasons, boilerplate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from holdfire.model.claim import Claim
from holdfire.model.document import Document
from holdfire.model.span import Span

# A piece that carries nothing may be long; the browser breaks it.
_PARAGRAPH = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text with the same marks. `claims` are those whose evidence covers it, in the order of their start.

    `begins` are the claims whose evidence begins here; `conduct` is that of the first claim. `marks` are "source",
    "reason", "condition", "quotation", "pointer".
    """

    text: str
    claims: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    conduct: str | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, or a stretch of boilerplate with the rule that marked it; `claims` are those that begin in it."""

    pieces: tuple[Piece, ...]
    boilerplate: str | None = None
    claims: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The block's own words."""
        return "".join(each.text for each in self.pieces)


def blocks_of(document: Document, claims: Sequence[Claim]) -> tuple[Block, ...]:
    """The text as paragraphs and stretches of boilerplate, in order; line breaks are left out, nothing else.

    A claim whose evidence does not stand at its place in the text is passed over.
    """
    sound = [each for each in claims if each.evidence.span.of(document.text) == each.evidence.text]
    marked = sorted(sound, key=lambda each: (each.evidence.span, each.id))
    marks = [(span, name) for each in marked for span, name in _marks(each)]
    marks += [(each.span, "pointer") for each in document.pointers]
    stretches = list(_stretches(document))
    found = []
    for span, reason in stretches:
        pieces = tuple(_pieces(document.text, span, marked, marks))
        begun = tuple(dict.fromkeys(each for piece in pieces for each in piece.begins))
        if pieces:
            found.append(Block(pieces=pieces, boilerplate=reason, claims=begun))
    return tuple(found)


def _marks(claim: Claim) -> Iterator[tuple[Span, str]]:
    for source in claim.sources:
        yield source.span, "source"
    for reason in claim.reasons:
        yield reason.span, "reason"
    if claim.condition is not None:
        yield claim.condition.span, "condition"
    if claim.quote is not None:
        yield claim.quote.span, "quotation"


def _stretches(document: Document) -> Iterator[tuple[Span, str | None]]:
    """Paragraphs without their line breaks, cut where boilerplate begins and ends; neighbours of one rule joined."""
    text, length = document.text, len(document.text)
    reasons: list[tuple[Span, str]] = []
    for mark in sorted(document.boilerplate, key=lambda each: each.span):
        span = Span(min(mark.span.start_char, length), min(mark.span.end_char, length))
        if reasons and reasons[-1][1] == mark.reason and not text[reasons[-1][0].end_char : span.start_char].strip():
            span = reasons.pop()[0].hull(span)
        elif reasons and span.start_char < reasons[-1][0].end_char:
            span = Span(reasons[-1][0].end_char, max(reasons[-1][0].end_char, span.end_char))
        reasons.append((span, mark.reason))
    at = 0
    for span, reason in reasons:
        yield from ((each, None) for each in _paragraphs(text, at, span.start_char))
        if span.of(text).strip():
            yield span, reason
        at = span.end_char
    yield from ((each, None) for each in _paragraphs(text, at, length))


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    while at < end:
        stop = text.find(_PARAGRAPH, at, end)
        stop = end if stop < 0 else stop
        if text[at:stop].strip():
            yield Span(at, stop)
        at = stop + 1


def _pieces(
    text: str, span: Span, claims: Sequence[Claim], marks: Iterable[tuple[Span, str]]
) -> Iterator[Piece]:  # fmt: skip
    """The stretch cut wherever a mark begins or ends in it."""
    here = [each for each in claims if each.evidence.span.overlaps(span)]
    told = [(where, name) for where, name in marks if where.overlaps(span)]
    edges = {span.start_char, span.end_char}
    for where in (*(each.evidence.span for each in here), *(where for where, _ in told)):
        edges |= {max(span.start_char, where.start_char), min(span.end_char, where.end_char)}
    for start, end in pairwise(sorted(edges)):
        piece = Span(start, end)
        over = [each for each in here if each.evidence.span.contains(piece)]
        yield Piece(
            text=piece.of(text),
            claims=tuple(each.id for each in over),
            begins=tuple(each.id for each in over if each.evidence.span.start_char == start),
            conduct=next((each.conduct for each in over if each.conduct), None),
            marks=tuple(sorted({name for where, name in told if where.contains(piece)})),
        )
