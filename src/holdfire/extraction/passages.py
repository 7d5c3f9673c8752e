"""Cuts a document into passages: lines where lines are the unit, sentences inside paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfire.model.document import Document, Passage, Role
from holdfire.model.span import Span, trimmed
from holdfire.rules.sentences import SentenceRules

_LINE = re.compile(r"[^\n]+")
# A sentence may end at these, with closing marks behind them.
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|(?<=[.!?…][”\"])\s(?=[“\"])")
_LAST_WORD = re.compile(r"(\S+)$")
_BULLET = re.compile(
    r"\s*(?:[•▪◦●·*]|[-–—](?=\s)|\d{1,2}[.)](?=\s)"
    r"|\[?\d{1,2}[:.]\d{2}(?:\s?(?:[ap]\.?m\.?|[A-Z]{2,4}))?\]?\s?[-–—|:](?=\s))\s*"
)
_DATELINE = re.compile(r"[A-Z][A-Z'’/. -]{2,40}(?:,[^.]{2,40})?\s*(?:\([^)]{2,40}\)\s*)?[-–—]{1,2}\s")


# Longer than any sentence of a report; the parser's time and memory grow with what it is given at once.
LONGEST_SENTENCE = 2_000


def split_passages(document: Document, rules: SentenceRules) -> tuple[Passage, ...]:
    """The passages of a document in text order; boilerplate stretches are left out.

    The spans never overlap and never include the white space around a sentence. `paragraph` counts the non-empty
    lines of the text from 0. A first line that repeats the title, or a short one without a full stop, is the headline.
    """
    skipped = [each.span for each in document.boilerplate]
    passages: list[Passage] = []
    for number, line in enumerate(_lines(document.text)):
        if any(mark.contains(line) for mark in skipped):
            continue
        for order, sentence in enumerate(_sentences(document.text, line, rules)):
            if any(mark.overlaps(sentence) for mark in skipped):
                continue
            role = _role(document, sentence, line, number=number, order=order, first=not passages)
            passages.append(
                Passage(document_id=document.id, index=len(passages), span=sentence, role=role, paragraph=number)
            )
    return tuple(passages)


def _lines(text: str) -> Iterator[Span]:
    for match in _LINE.finditer(text):
        span = trimmed(text, match.start(), match.end())
        if len(span):
            yield span


def _sentences(text: str, line: Span, rules: SentenceRules) -> Iterator[Span]:
    start = line.start_char
    bullet = _BULLET.match(text, line.start_char, line.end_char)
    if bullet and bullet.end() < line.end_char:
        start = bullet.end()
    dateline = _DATELINE.match(text, start, line.end_char)
    if dateline:
        start = dateline.end()
    for match in _END.finditer(text, start, line.end_char):
        if _ends_here(text, start, match, line.end_char, rules):
            yield from _bounded(text, trimmed(text, start, match.end()))
            start = match.end()
    yield from _bounded(text, trimmed(text, start, line.end_char))


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """The stretch; where it is too long for a sentence, pieces cut at a semicolon, a comma or a space, or anywhere."""
    while len(span) > LONGEST_SENTENCE:
        limit = span.start_char + LONGEST_SENTENCE
        middle = span.start_char + LONGEST_SENTENCE // 2
        ends = (text.rfind(mark, middle, limit) for mark in ("; ", ", ", " "))
        cut = next((end + 1 for end in ends if end >= 0), limit)
        yield trimmed(text, span.start_char, cut)
        span = trimmed(text, cut, span.end_char)
    if len(span):
        yield span


def _ends_here(text: str, start: int, match: re.Match[str], end: int, rules: SentenceRules) -> bool:
    """Whether the mark at `match` closes a sentence, by the word before it and the character after it."""
    after = text[match.end() : end].lstrip()
    if not after:
        return False
    mark = match.group().strip()
    # "war," he said / “Stop!” she said: a lower-case continuation belongs to the same sentence.
    if after[0].islower():
        return False
    if mark.startswith(".") and not mark.startswith(".."):
        word = _LAST_WORD.search(text, start, match.start())
        before = word.group().lstrip("“\"'‘([") if word else ""
        if before in rules.titles:
            return False
        if len(before) == 1 and before.isupper():
            return False
        if before in rules.abbreviations:
            return re.split(r"\W", after.lstrip("“\"'‘"), maxsplit=1)[0] in rules.starters
        if before.isdigit() and match.start() - start <= len(before):
            return False
    return True


def _role(document: Document, sentence: Span, line: Span, *, number: int, order: int, first: bool) -> Role:
    text = sentence.of(document.text)
    if number == 0 and order == 0:
        titled = document.title is not None and text.strip() == document.title.strip()
        if titled or (sentence == line and len(text) < 160 and text[-1] not in '.”"'):
            return "headline"
    if first or number <= 1:
        return "lede"
    return "body"
