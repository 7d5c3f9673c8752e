"""Cuts what is said into the clauses that can each be a reason, and finds where a clause begins after a cue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from holdfire.extraction.nlp import Sentence
from holdfire.extraction.syntax import SUBJECTS
from holdfire.model.source import Attribution
from holdfire.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.extraction.tokens import Doc, Token

_VERBS = frozenset(("VERB", "AUX"))
_BREAKS = frozenset((";", "—", "–", ":"))
_SHORTEST = 3


def units(doc: Doc, first: int, last: int, *, complete: bool = False) -> Iterator[tuple[int, int]]:
    """The coordinated clauses between two tokens, as first and last token, in text order; words too few join the next.

    A clause begins where a verb with a conjunct's label has its left edge, and after a semicolon, a colon or a dash.
    complete: part off only clauses that have a subject of their own.
    """
    starts = {first}
    for token in doc[first : last + 1]:
        if _is_coordinated(token) and token.head.i >= first and not (complete and not _has_subject(token)):
            starts.add(max(first, token.left_edge.i))
        elif token.text in _BREAKS and token.i > first:
            starts.add(token.i + 1)
    edges = [*sorted(starts), last + 1]
    begin = first
    for index in range(1, len(edges)):
        low, high = _bare(doc, begin, edges[index] - 1)
        if high - low + 1 >= _SHORTEST or index == len(edges) - 1:
            if low <= high:
                yield low, high
            begin = edges[index]


def said_in(sentence: Sentence, attributions: Sequence[Attribution]) -> list[tuple[int, int]]:
    """The stretches of a sentence that somebody says, as token ranges; all of it where nobody is cited in it."""
    whole = sentence.passage.span
    pieces = sorted(
        {
            Span(max(piece.start_char, whole.start_char), min(piece.end_char, whole.end_char))
            for each in attributions
            for piece in each.content
            if piece.overlaps(whole)
        }
    )
    outer: list[Span] = []
    for piece in pieces:
        if outer and outer[-1].overlaps(piece):
            outer[-1] = outer[-1].hull(piece)
        else:
            outer.append(piece)
    ranges = []
    for piece in outer:
        held = [token.i for token in sentence.tokens_in(piece)]
        if len(held) >= _SHORTEST:
            ranges.append((held[0], held[-1]))
    return ranges or [(0, len(sentence.doc) - 1)]


def has_clause(doc: Doc, first: int, last: int) -> bool:
    """Whether a finite verb with its subject stands between two tokens."""
    return any(
        token.dep_ in SUBJECTS and token.head.pos_ in _VERBS and first <= token.head.i <= last
        for token in doc[first : last + 1]
    )


def _is_coordinated(token: Token) -> bool:
    return token.dep_ == "conj" and token.pos_ in _VERBS and token.head.pos_ in _VERBS


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _bare(doc: Doc, low: int, high: int) -> tuple[int, int]:
    """The range without conjunctions and punctuation at its edges."""
    while low <= high and _is_edge(doc[low]):
        low += 1
    while high >= low and _is_edge(doc[high]):
        high -= 1
    return low, high


def _is_edge(token: Token) -> bool:
    return token.is_punct or token.is_space or token.dep_ == "cc" or token.lower_ in ("and", "but", "or")
