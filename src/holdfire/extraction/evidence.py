"""The shortest clause that carries a claim, as a span of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.extraction.nlp import Sentence
from holdfire.extraction.syntax import SUBJECTS
from holdfire.model.span import Span

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

# Dependents that are clauses of their own: they carry other claims, not this one.
_OTHER_CLAUSES = frozenset({"conj", "parataxis", "advcl", "relcl", "dep", "ccomp", "cc"})
_EDGE_MARKS = " \t,;:—–-…"
_OPENING = "“\"'‘«("
_CLOSING = "”\"'’»)"


def evidence_span(
    sentence: Sentence, path: tuple[Token, ...], *, keep: tuple[int, int] | None = None, text: str
) -> Span:
    """The clause of the path's outermost token: its subject, its arguments and the event, without other clauses.

    `keep` is a range of token indices (a condition) that must stay inside. The span is trimmed of edge punctuation
    and of a quotation mark that has no partner inside.
    """
    head, core = path[0], path[-1]
    kept = _own_tokens(head, path)
    if head.pos_ in ("VERB", "AUX") and not any(child.dep_ in SUBJECTS for child in head.children):
        # The subject stands elsewhere: begin at the verb's own words.
        first = min((token for token in kept if token.i <= head.i), key=lambda token: token.i)
        kept = [token for token in kept if token.i >= first.i]
    low, high = min(token.i for token in kept), max(token.i for token in kept)
    low, high = min(low, core.i), max(high, core.i)
    if keep is not None:
        low, high = min(low, keep[0]), max(high, keep[1])
    start = sentence.start_char + sentence.doc[low].idx
    last = sentence.doc[high]
    end = sentence.start_char + last.idx + len(last.text)
    return _trimmed(text, start, end)


def _own_tokens(head: Token, path: tuple[Token, ...]) -> list[Token]:
    on_path = set(path)
    found = [head]
    for child in head.children:
        other = child.dep_ in _OTHER_CLAUSES or (child.dep_ == "appos" and head == path[0])
        if child.dep_ == "punct" or (other and not (set(child.subtree) & on_path)):
            continue
        if child in on_path or set(child.subtree) & on_path:
            found += _own_tokens(child, path)
        else:
            found += [token for token in child.subtree if token.dep_ != "punct" or token.i != child.right_edge.i]
    return found


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _EDGE_MARKS:
        start += 1
    while end > start and text[end - 1] in _EDGE_MARKS + ".":
        end -= 1
    inside = text[start:end]
    if inside and inside[0] in _OPENING and not any(mark in inside[1:] for mark in _CLOSING):
        start += 1
    elif inside and inside[-1] in "”»)" and not any(mark in inside[:-1] for mark in "“«("):
        end -= 1
    while end > start and text[end - 1] in " ,;:.":
        end -= 1
    return Span(start, end)
