"""Who says what: sources, cues and contents of a document's direct, mixed and reported speech."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from holdfire.extraction.frames import Frame, noun_frames, verb_frames, verb_start
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.quotations import Quotation, find_quotations
from holdfire.extraction.speakers import owner_of, source_from, subject_of
from holdfire.model.source import Attribution, AttributionKind, QuoteType
from holdfire.model.span import Span, trimmed
from holdfire.rules.attribution import AttributionRules, Cue

if TYPE_CHECKING:
    from spacy.tokens import Token

# Quotation marks and the stops that may stand at either end of a content.
_EDGES = " \t\n\u00a0,;:"
# How many tokens may stand between a quotation and the verb that gives it its speaker.
_NEAR = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What every step looks at: the text, its sentences and the outermost quotations."""

    text: str
    sentences: Sequence[Sentence]
    quotations: Sequence[Quotation]
    rules: AttributionRules
    starts: Sequence[int]

    def sentence_at(self, char: int) -> int:
        """Index of the sentence that an offset falls into, or of the one before it."""
        return max(0, bisect_right(self.starts, char) - 1)

    def quotation_at(self, char: int) -> Quotation | None:
        return next((each for each in self.quotations if each.covers(char)), None)


def find_attributions(
    text: str, sentences: Sequence[Sentence], rules: AttributionRules, *, outlet: str | None = None
) -> tuple[Attribution, ...]:
    """Every attribution of a document, by where its content starts.

    A quotation that goes on over sentences and paragraphs is one attribution with one piece of content a paragraph.
    """
    quotations = tuple(q for q in find_quotations(text) if q.depth == 0 and any(c.isalnum() for c in q.span.of(text)))
    page = _Page(
        text=text,
        sentences=sentences,
        quotations=quotations,
        rules=rules,
        starts=[each.start_char for each in sentences],
    )
    found: list[Attribution] = []
    for sentence in sentences:
        found.extend(_from_cues(page, sentence))
        found.extend(_from_phrases(page, sentence))
    found.extend(_from_quotations(page, found))
    return tuple(sorted(found, key=lambda each: (each.content[0].start_char, -each.content[-1].end_char)))


def _from_cues(page: _Page, sentence: Sentence) -> Iterator[Attribution]:
    rules = page.rules
    for token in sentence.doc:
        part = token.pos_
        if part in ("VERB", "AUX"):
            cue = rules.verbs.get(token.lemma_.lower())
            frames = verb_frames(token) if cue else ()
        elif part == "NOUN":
            cue = rules.nouns.get(token.lemma_.lower())
            frames = noun_frames(token) if cue else ()
        elif part == "ADV":
            cue = rules.adverbs.get(token.lower_)
            if cue is not None:
                yield from _hedged(page, sentence, token, cue)
            continue
        else:
            continue
        if cue is None:
            continue
        best = _best(frames, cue, rules)
        if best is not None:
            made = _built(page, sentence, token, cue, best)
            if made is not None:
                yield made


def _best(frames: Iterable[Frame], cue: Cue, rules: AttributionRules) -> Frame | None:
    kept = [(cue.frames.get(each.shape, 0.0), each) for each in frames]
    kept = [pair for pair in kept if pair[0] >= rules.least]
    return max(kept, key=lambda pair: pair[0])[1] if kept else None


def _built(page: _Page, sentence: Sentence, token: Token, cue: Cue, frame: Frame) -> Attribution | None:
    pieces = _pieces(page, sentence, token, frame)
    if not pieces:
        return None
    head = subject_of(token) if token.pos_ != "NOUN" else owner_of(token)
    return _attribution(page, sentence, pieces, head=head, cue=token, rule=cue)


def _attribution(
    page: _Page, sentence: Sentence, pieces: Sequence[Span], *, head: Token | None, cue: Token, rule: Cue
) -> Attribution | None:
    source = span = None
    if head is not None:
        source, span = source_from(head, sentence, page.text, page.rules)
    place = sentence.span_of(cue)
    pieces, closed = _with_quotations(page, pieces, place)
    if not pieces:
        return None
    certainty = rule.certainty
    if cue.pos_ == "NOUN" and any(c.lower_ in page.rules.unconfirmed for c in cue.lefts):
        certainty = "rumoured"
    return Attribution(
        content=tuple(pieces),
        type=_type_of(page, pieces),
        source=source,
        source_span=span,
        cue=place,
        cue_id=rule.id,
        certainty=certainty,
        kind=_kind(rule.kind),
        closed=closed,
    )


def _kind(name: str) -> AttributionKind:
    kinds: dict[str, AttributionKind] = {
        "report": "report", "stance": "stance", "thought": "thought", "denial": "denial", "rumour": "rumour"
    }  # fmt: skip
    return kinds[name]


def _pieces(page: _Page, sentence: Sentence, token: Token, frame: Frame) -> list[Span]:
    """The document spans of a frame's content, a clause before its cue taken from the start of the sentence."""
    doc = sentence.doc
    tokens = list(frame.tokens)
    if frame.shape == "before" and token.dep_ == "ROOT":
        end = verb_start(token) - 1
        if tokens[0][0] < end:
            tokens[0] = (0, end if len(tokens) == 1 and tokens[0][1] < token.i else tokens[0][1])
    if frame.shape == "to" and len(tokens) > 1 and token.lemma_.lower() not in ("seem", "appear"):
        tokens = tokens[1:]
    spans = []
    for first, last in tokens:
        if last < first:
            continue
        span = sentence.span_of(doc[first : last + 1])
        spans.append(_tidied(page.text, span))
    return [each for each in spans if len(each)]


def _tidied(text: str, span: Span) -> Span:
    start, end = span.start_char, span.end_char
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES + ".":
        end -= 1
    return Span(start, end)


def _with_quotations(page: _Page, pieces: Sequence[Span], cue: Span) -> tuple[list[Span], bool]:
    """Content stretched over every quotation that it touches, except one that the cue stands in itself."""
    out = list(pieces)
    closed = True
    for quotation in page.quotations:
        if quotation.covers(cue.start_char) or not any(each.overlaps(quotation.span) for each in out):
            continue
        closed = closed and quotation.closed
        first = next(n for n, each in enumerate(out) if each.overlaps(quotation.span))
        if out[first].contains(quotation.pieces[0]) and len(quotation.pieces) == 1:
            continue
        out[first] = out[first].hull(quotation.pieces[0])
        out[first + 1 : first + 1] = quotation.pieces[1:]
    out = [each for each in out if not (each.start_char <= cue.start_char < each.end_char)] or list(pieces)
    return _merged(out), closed


def _merged(spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start_char < out[-1].end_char:
            out[-1] = out[-1].hull(span)
        else:
            out.append(span)
    return out


def _type_of(page: _Page, pieces: Sequence[Span]) -> QuoteType:
    quoted = total = 0
    for piece in pieces:
        total += len(piece)
        for quotation in page.quotations:
            for part in quotation.pieces:
                quoted += max(0, min(piece.end_char, part.end_char) - max(piece.start_char, part.start_char))
    if quoted == 0:
        return "indirect"
    return "direct" if quoted >= total - 2 * len(pieces) else "mixed"


def _hedged(page: _Page, sentence: Sentence, adverb: Token, cue: Cue) -> Iterator[Attribution]:
    """The clause that "reportedly" stands in, without the adverb."""
    head = adverb.head if adverb.head.i != adverb.i else None
    while head is not None and head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
        head = head.head
    if head is None or head.pos_ not in ("VERB", "AUX"):
        return
    doc = sentence.doc
    first, last = head.left_edge.i, head.right_edge.i
    if head.dep_ == "relcl":
        first = min((c.left_edge.i for c in head.lefts), default=head.i)
    parts = [
        _tidied(page.text, sentence.span_of(doc[a : b + 1]))
        for a, b in ((first, adverb.i - 1), (adverb.i + 1, last))
        if b >= a
    ]
    parts = [each for each in parts if len(each)]
    if parts:
        made = _attribution(page, sentence, parts, head=None, cue=adverb, rule=cue)
        if made is not None:
            yield made


def _from_phrases(page: _Page, sentence: Sentence) -> Iterator[Attribution]:
    """ "According to X, A": the source is the phrase's object, the content the rest of its clause."""
    doc = sentence.doc
    lower = [token.lower_ for token in doc]
    for phrase in page.rules.phrases:
        size = len(phrase.words)
        for at in range(len(lower) - size):
            if lower[at] != phrase.words[0] or tuple(lower[at : at + size]) != phrase.words:
                continue
            last = doc[at + size - 1]
            head = next((c for c in last.children if c.dep_ == "pobj"), None)
            if head is None and at + size < len(doc):
                head = doc[at + size]
                while head.head.i > head.i and head.dep_ in ("det", "compound", "amod", "poss", "nummod"):
                    head = head.head
            if head is None or head.lemma_.lower() in page.rules.not_sources:
                continue
            top = doc[at]
            end = max(head.right_edge.i, at + size)
            verb = top.head
            while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
                verb = verb.head
            if at == 0 or (verb.left_edge.i == at and verb.dep_ == "ROOT"):
                parts = [(end + 1, len(doc) - 1)]
            elif verb.dep_ == "ROOT" or verb.left_edge.i > at:
                parts = [(0, at - 1)]
                if end + 1 < len(doc) - 1 and doc[end + 1].text == ",":
                    parts.append((end + 2, len(doc) - 1))
            else:
                parts = [(verb.left_edge.i, at - 1)]
                if end < verb.right_edge.i:
                    parts.append((end + 1, verb.right_edge.i))
            spans = [_tidied(page.text, sentence.span_of(doc[a : b + 1])) for a, b in parts if b >= a]
            spans = [each for each in spans if len(each)]
            if not spans:
                continue
            source, whole = source_from(head, sentence, page.text, page.rules)
            cue = sentence.span_of(doc[at : at + size])
            spans, closed = _with_quotations(page, spans, cue)
            yield Attribution(
                content=tuple(spans),
                type=_type_of(page, spans),
                source=source,
                source_span=whole,
                cue=cue,
                cue_id=phrase.id,
                certainty=phrase.certainty,
                closed=closed,
            )


def _from_quotations(page: _Page, found: list[Attribution]) -> list[Attribution]:
    """Attributions of the quotations that no cue took in; continuations are put with the words before (in `found`)."""
    made: list[Attribution] = []
    previous: tuple[list[Attribution], int] | None = None
    for quotation in page.quotations:
        owner = _owner(quotation, found)
        if owner is not None:
            previous = (found, owner)
            continue
        new = _by_neighbour(page, quotation)
        if new is not None:
            made.append(new)
            previous = (made, len(made) - 1)
            continue
        if not _is_speech(page, quotation):
            continue
        if previous is not None and _follows(page, previous[0][previous[1]], quotation):
            store, at = previous
            store[at] = _extended(page, store[at], quotation)
            continue
        made.append(
            Attribution(content=quotation.pieces, type="direct", cue_id="quotation.alone", closed=quotation.closed)
        )
        previous = (made, len(made) - 1)
    return made


def _owner(quotation: Quotation, found: Sequence[Attribution]) -> int | None:
    """The attribution that covers most of a quotation, the shortest where several do."""
    size = len(quotation.span)
    best: tuple[int, int] | None = None
    for number, each in enumerate(found):
        shared = sum(
            max(0, min(a.end_char, b.end_char) - max(a.start_char, b.start_char))
            for a in each.content
            for b in quotation.pieces
        )
        if 2 * shared >= size:
            rank = (sum(map(len, each.content)), number)
            best = rank if best is None or rank < best else best
    return best[1] if best else None


def _by_neighbour(page: _Page, quotation: Quotation) -> Attribution | None:
    """A speaker beside the quotation where the parse tied none to it: "…", said X; X said: "…"; X: "…"."""
    rules = page.rules
    after = page.sentence_at(quotation.span.end_char - 1)
    sentence = page.sentences[after]
    end = quotation.span.end_char - sentence.start_char
    tokens = [t for t in sentence.doc if t.idx >= end][:_NEAR]
    token = _speaking(page, sentence, tokens, rules)
    if token is None:
        before = page.sentence_at(quotation.span.start_char)
        for number in (before, before - 1):
            if number < 0:
                break
            sentence = page.sentences[number]
            start = quotation.span.start_char - sentence.start_char
            tokens = [t for t in sentence.doc if t.idx < start]
            if number < before and not sentence.passage.span.of(page.text).rstrip().endswith(":"):
                break
            token = _speaking(page, sentence, tokens[::-1][:_NEAR], rules)
            if token is not None:
                break
    if token is None:
        return None
    cue = rules.verbs.get(token.lemma_.lower()) or Cue(
        id="cue.beside", kind="report", certainty="attributed", frames={}
    )
    return _attribution(page, sentence, quotation.pieces, head=subject_of(token), cue=token, rule=cue)


def _speaking(page: _Page, sentence: Sentence, tokens: Sequence[Token], rules: AttributionRules) -> Token | None:
    """The first verb of saying among the tokens that stands outside every quotation and has a subject."""
    for token in tokens:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        cue = rules.verbs.get(token.lemma_.lower())
        if cue is None or cue.frames.get("quote", 0.0) < rules.least:
            continue
        if page.quotation_at(sentence.start_char + token.idx) is None and subject_of(token) is not None:
            return token
    return None


def _is_speech(page: _Page, quotation: Quotation) -> bool:
    """Whether a quotation without a cue reads as something said, not as a name, a title or a word in scare quotes."""
    text = quotation.span.of(page.text)
    words = text.split()
    if len(words) < 4:
        return False
    stripped = text.strip(" \"“”'‘’«»`")
    return len(quotation.pieces) > 1 or (stripped[:1].isupper() and (len(words) > 7 or stripped[-1:] in ".!?,…"))


def _follows(page: _Page, attribution: Attribution, quotation: Quotation) -> bool:
    """Whether a quotation goes on from an attributed one: in its paragraph, or opening the next."""
    if attribution.type == "indirect" or attribution.source is None:
        return False
    end = attribution.content[-1].end_char
    if attribution.cue is not None:
        end = max(end, attribution.cue.end_char)
    between = page.text[end : quotation.span.start_char]
    if between.count("\n\n") > 1 or between.strip().count("\n") > 0:
        return False
    if "\n" in between:
        line = page.text.rfind("\n", 0, quotation.span.start_char) + 1
        return not page.text[line : quotation.span.start_char].strip()
    return len(between) < 300


def _extended(page: _Page, attribution: Attribution, quotation: Quotation) -> Attribution:
    pieces = _merged((*attribution.content, *quotation.pieces))
    return replace(
        attribution,
        content=tuple(pieces),
        type=_type_of(page, pieces),
        closed=attribution.closed and quotation.closed,
    )


__all__ = ["find_attributions", "trimmed"]
