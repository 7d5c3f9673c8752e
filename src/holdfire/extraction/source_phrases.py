"""Sources given without a verb: "according to X", "X: …" in headlines, labels and transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from holdfire.extraction.contents import Page, type_of, with_quotations
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.speakers import source_from
from holdfire.model.source import Attribution
from holdfire.model.span import Span, trimmed
from holdfire.rules.attribution import SourcePhrase

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

# "SPOKESMAN:", "JOHN DOE, ANCHOR:" at the start of a line, maybe behind an opening mark.
_LABEL = re.compile(r"[\"“]?(?P<who>[A-Z][A-Z.'’-]+(?:[ ,]+[A-Z][A-Z.'’-]*){0,5}):\s+(?=\S)")
_FROM = re.compile(r"(?:From|Via)\s+(?P<who>[^:,\n]{2,60}):\s*(?=\S)")
_HEADING = re.compile(r"(?P<who>[^:,“”\"]{2,50}):\s+(?=\S)")
# Longest name of a speaker before or after a headline's colon, in words.
_LONGEST_NAME = 6


def from_phrases(page: Page, sentence: Sentence) -> Iterator[Attribution]:
    """ "According to X, A": the source is the phrase's object, the content the rest of its clause."""
    doc = sentence.doc
    lower = [token.lower_ for token in doc]
    for phrase in page.rules.phrases:
        size = len(phrase.words)
        at = -1
        while phrase.words[0] in lower[at + 1 :]:
            at = lower.index(phrase.words[0], at + 1)
            if tuple(lower[at : at + size]) == phrase.words and at + size < len(doc):
                made = _from_phrase(page, sentence, phrase, at)
                if made is not None:
                    yield made


def _from_phrase(page: Page, sentence: Sentence, phrase: SourcePhrase, at: int) -> Attribution | None:
    doc = sentence.doc
    size = len(phrase.words)
    head = next((c for c in doc[at + size - 1].children if c.dep_ == "pobj"), None)
    if head is None:
        head = doc[at + size]
        while head.head.i > head.i and head.dep_ in ("det", "compound", "amod", "poss", "nummod"):
            head = head.head
    if head.lemma_.lower() in page.rules.not_sources or head.i < at:
        return None
    spans = [page.span_of(sentence, a, b) for a, b in _rest(doc[at], max(head.right_edge.i, at + size))]
    spans = [each for each in spans if len(each)]
    if not spans:
        return None
    source, whole = source_from(head, sentence, page.text, page.rules, cue=at, outlet=page.outlet)
    cue = sentence.span_of(doc[at : at + size])
    spans, closed = with_quotations(page, spans, cue)
    return Attribution(
        content=tuple(spans),
        type=type_of(page, spans),
        source=source,
        source_span=whole,
        cue=cue,
        cue_id=phrase.id,
        certainty=phrase.certainty,
        closed=closed,
        nested=page.quotation_at(cue.start_char) is not None,
    )


def _rest(first: Token, end: int) -> list[tuple[int, int]]:
    """The clause that a source phrase belongs to, without the phrase (tokens `first` to `end`)."""
    doc = first.doc
    at = first.i
    verb = first.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    stop = len(doc) - 1
    if at == 0 or (verb.left_edge.i == at and verb.dep_ == "ROOT"):
        return [(end + 1, stop)]
    if verb.dep_ == "ROOT" or verb.left_edge.i > at:
        goes_on = end + 1 < stop and doc[end + 1].text == ","
        return [(0, at - 1), (end + 2, stop)] if goes_on else [(0, at - 1)]
    goes_on = end < verb.right_edge.i
    return [(verb.left_edge.i, at - 1), (end + 1, verb.right_edge.i)] if goes_on else [(verb.left_edge.i, at - 1)]


def from_labels(page: Page) -> Iterator[Attribution]:
    """Colon forms: a transcript's "SPEAKER: …" to the end of its line, "From X: …", and headlines' "X: …", "…: X"."""
    for number, sentence in enumerate(page.sentences):
        span = sentence.passage.span
        opens = number == 0 or page.sentences[number - 1].passage.paragraph != sentence.passage.paragraph
        if not opens or ":" not in span.of(page.text):
            continue
        match = _LABEL.match(page.text, span.start_char, span.end_char)
        match = match or _FROM.match(page.text, span.start_char, span.end_char)
        if match is not None:
            line = page.text.find("\n", span.start_char)
            yield _labelled(page, sentence, match, line if line >= 0 else len(page.text), "label.speaker")
            continue
        match = _HEADING.match(page.text, span.start_char, span.end_char)
        if match is None:
            continue
        who = match.group("who")
        quoted = page.text[match.end()] in '"“«'
        named = len(who.split()) <= _LONGEST_NAME and _is_name(sentence, match.end("who"))
        if named and (sentence.passage.role == "headline" or (quoted and not _has_verb(sentence, match.end("who")))):
            yield _labelled(page, sentence, match, span.end_char, "label.headline")


def _labelled(page: Page, sentence: Sentence, match: re.Match[str], end: int, rule: str) -> Attribution:
    who = trimmed(page.text, match.start("who"), match.end("who"))
    colon = Span(match.end("who"), match.end("who") + 1)
    content = trimmed(page.text, match.end(), end)
    pieces, closed = with_quotations(page, [content], colon) if len(content) else ([content], True)
    pieces = [each for each in pieces if each.start_char >= colon.end_char] or [content]
    head = next((t for t in sentence.doc if sentence.start_char + t.idx + len(t) == who.end_char), None)
    if head is None:
        head = sentence.doc[0]
    source, _ = source_from(head, sentence, page.text, page.rules, cue=len(sentence.doc), outlet=page.outlet)
    return Attribution(
        content=tuple(pieces),
        type=type_of(page, pieces),
        source=replace(source, text=who.of(page.text), span=who),
        source_span=who,
        cue=colon,
        cue_id=rule,
        closed=closed,
    )


def _is_name(sentence: Sentence, end: int) -> bool:
    """Whether the last word before the colon can name a speaker."""
    last = [t for t in sentence.doc if sentence.start_char + t.idx < end]
    return bool(last) and last[-1].pos_ in ("PROPN", "NOUN") and last[-1].i < len(sentence.doc) - 1


def _has_verb(sentence: Sentence, end: int) -> bool:
    return any(t.pos_ in ("VERB", "AUX") for t in sentence.doc if sentence.start_char + t.idx < end)
