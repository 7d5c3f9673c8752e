"""Finds quotations by their marks alone: pairs, paragraphs that carry on, and marks that are something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from holdfire.model.span import Span, trimmed

Family = Literal["double", "single", "guillemet", "backtick"]
Part = Literal["open", "close", "either"]

_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"``|''|[\"“”„«»‘’'‹›]")
_OPENERS = "“«‹„"
_CLOSERS = "”»›"
_BEFORE_OPENING = " \t\u00a0([{-–—/:…“‘"
_AFTER_CLOSING = " \t\u00a0)]}-–—/.,;:!?…”’"
# A single-quoted stretch longer than this is taken for two apostrophes.
_LONGEST_SINGLE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A quoted stretch with its marks: one piece a paragraph, in order.

    `closed` is False when the text never gives the closing mark; the quotation then ends with its paragraph, or
    where the next one opens. `depth` is 0 for an outermost quotation and counts the quotations around it.
    """

    pieces: tuple[Span, ...]
    family: Family
    closed: bool = True
    depth: int = 0

    @property
    def span(self) -> Span:
        """From the first mark to the last, over all paragraphs."""
        return Span(self.pieces[0].start_char, self.pieces[-1].end_char)

    def covers(self, char: int) -> bool:
        """True when the offset lies in one of the pieces."""
        return any(piece.start_char <= char < piece.end_char for piece in self.pieces)


@dataclass(slots=True)
class _Open:
    family: Family
    start_char: int


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Every quotation of the text, by where it starts.

    A quotation left open at the end of its paragraph carries on only where the next paragraph begins with an
    opening mark of the same family; otherwise it ends there and is marked as not closed.
    """
    found: list[Quotation] = []
    carried: Quotation | None = None
    for line in _PARAGRAPH.finditer(text):
        span = trimmed(text, line.start(), line.end())
        if not len(span):
            continue
        marks = list(_marks(text, span))
        if carried is not None and not _begins_with(marks, span, carried.family):
            found.append(carried)
            carried = None
        inner, left_open = _pair(text, marks, span)
        for quotation in inner:
            if carried is not None and quotation.span.start_char == span.start_char:
                found.append(_joined(carried, quotation, closed=quotation.closed))
                carried = None
            else:
                found.append(quotation)
        if left_open is not None:
            last = Quotation(pieces=(Span(left_open.start_char, span.end_char),), family=left_open.family, closed=False)
            if carried is not None and left_open.start_char == span.start_char:
                last = _joined(carried, last, closed=False)
            carried = last
    if carried is not None:
        found.append(carried)
    return _with_depth(sorted(found, key=lambda each: (each.span.start_char, -each.span.end_char)))


def _joined(first: Quotation, second: Quotation, *, closed: bool) -> Quotation:
    return Quotation(pieces=first.pieces + second.pieces, family=first.family, closed=closed)


def _begins_with(marks: Sequence[tuple[Span, Family, Part]], span: Span, family: Family) -> bool:
    if not marks:
        return False
    mark, kind, part = marks[0]
    return mark.start_char == span.start_char and kind == family and part != "close"


def _marks(text: str, span: Span) -> Iterator[tuple[Span, Family, Part]]:
    """The characters of one paragraph that are quotation marks, each with what it can do."""
    for match in _MARK.finditer(text, span.start_char, span.end_char):
        mark = match.group()
        before = text[match.start() - 1] if match.start() > span.start_char else " "
        after = text[match.end()] if match.end() < span.end_char else " "
        place = Span(match.start(), match.end())
        if mark == "``":
            yield place, "backtick", "open"
        elif mark == "''":
            opens = before in _BEFORE_OPENING and not after.isspace()
            yield place, "backtick", "open" if opens else "close"
        elif mark in "‘’'‹›":
            part = _single(text, match.start(), mark, before, after)
            if part is not None:
                yield place, "single", part
        elif mark in "«»":
            yield place, "guillemet", "open" if mark == "«" else "close"
        elif mark in _OPENERS:
            yield place, "double", "open"
        elif mark in _CLOSERS:
            yield place, "double", "close"
        else:
            yield place, "double", _straight(before, after)


def _straight(before: str, after: str) -> Part:
    opens = before in _BEFORE_OPENING and not after.isspace()
    closes = after in _AFTER_CLOSING and not before.isspace()
    if opens and not closes:
        return "open"
    if closes and not opens:
        return "close"
    return "either"


def _single(text: str, at: int, mark: str, before: str, after: str) -> Part | None:
    """A single mark that opens or closes; None for an apostrophe, feet and minutes."""
    if mark in "‹›":
        return "open" if mark == "‹" else "close"
    if before.isalnum() and after.isalnum():
        return None
    if before in _BEFORE_OPENING + '"' and after.isalpha() and mark in "‘'":
        # 'em, 'til, '90s: an apostrophe stands for what is missing; a word in quotation marks has a later partner.
        return "open"
    if mark == "‘":
        return "open" if after.isalnum() or after in "…[" else None
    if before.isdigit() and mark == "'":
        return None
    if (before.isalnum() or before in ".,!?…") and (after in _AFTER_CLOSING or after in '"”'):
        return "close"
    return None


def _pair(text: str, marks: Sequence[tuple[Span, Family, Part]], span: Span) -> tuple[list[Quotation], _Open | None]:
    """Quotations that close within the paragraph, and the outermost one that is still open at its end."""
    closed: list[Quotation] = []
    stack: list[_Open] = []
    for number, (mark, family, part) in enumerate(marks):
        top = next((each for each in reversed(stack) if each.family == family), None)
        if part == "either":
            part = "close" if top is not None else "open"
        if part == "close":
            if top is None:
                continue
            if family == "double" and _is_inches(text, mark.start_char, marks, number):
                continue
            while stack and stack[-1] is not top:
                stack.pop()
            stack.pop()
            if family == "single" and mark.end_char - top.start_char > _LONGEST_SINGLE:
                continue
            closed.append(Quotation(pieces=(Span(top.start_char, mark.end_char),), family=family))
            continue
        if top is not None and family != "single" and not _closes_twice(marks, number, family):
            # The mark before was never closed: it ends where this one opens.
            end = trimmed(text, top.start_char, mark.start_char)
            closed.append(Quotation(pieces=(_to_sentence_end(text, end),), family=family, closed=False))
            stack = stack[: stack.index(top)]
        if family == "single" and not any(f == "single" and p == "close" for _, f, p in marks[number + 1 :]):
            continue
        if family == "double" and text[mark.start_char] == '"' and mark.end_char == span.end_char:
            continue
        stack.append(_Open(family=family, start_char=mark.start_char))
    left = next((each for each in stack if each.family != "single"), None)
    return closed, left


def _closes_twice(marks: Sequence[tuple[Span, Family, Part]], number: int, family: Family) -> bool:
    """Whether the rest of the paragraph closes both the quotation before and the one opening here."""
    balance = 1
    for _, kind, part in marks[number + 1 :]:
        if kind != family:
            continue
        balance += 1 if part == "open" else -1
        if balance < 0:
            return True
    return False


def _is_inches(text: str, at: int, marks: Sequence[tuple[Span, Family, Part]], number: int) -> bool:
    """A straight mark after a figure while a later mark can still close the quotation: inches or seconds."""
    if text[at] != '"' or at == 0 or not text[at - 1].isdigit():
        return False
    rest = [part for _, kind, part in marks[number + 1 :] if kind == "double"]
    return bool(rest) and rest[0] == "close"


def _to_sentence_end(text: str, span: Span) -> Span:
    """Cut an unclosed quotation after its last full stop, if it has one."""
    cut = max(text.rfind(stop, span.start_char, span.end_char) for stop in ".!?…")
    return Span(span.start_char, cut + 1) if cut > span.start_char else span


def _with_depth(quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    out: list[Quotation] = []
    around: list[Span] = []
    for each in quotations:
        while around and around[-1].end_char <= each.span.start_char:
            around.pop()
        out.append(Quotation(pieces=each.pieces, family=each.family, closed=each.closed, depth=len(around)))
        around.append(each.span)
    return tuple(out)
