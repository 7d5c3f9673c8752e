"""Who says what: sources, cues and contents of a document's direct, mixed and reported speech."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from holdfire.extraction.contents import Page, last_word, open_page, type_of, with_quotations, without
from holdfire.extraction.frames import Frame, noun_frames, verb_frames, verb_start
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.quoted import attribute_quotations, speaker_of
from holdfire.extraction.source_phrases import from_labels, from_phrases
from holdfire.extraction.speakers import is_hedged, owner_of, source_from
from holdfire.model.source import Attribution, AttributionKind
from holdfire.model.span import Span
from holdfire.rules.attribution import AttributionRules, Cue

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_attributions(
    text: str, sentences: Sequence[Sentence], rules: AttributionRules, *, outlet: str | None = None
) -> tuple[Attribution, ...]:
    """Every attribution of a document, by where its content starts.

    A quotation that goes on over sentences and paragraphs is one attribution with one piece of content a paragraph.
    `outlet` is the document's own: as a source it is an outlet, as the one that was told it is none.
    """
    if not sentences:
        return ()
    page = open_page(text, sentences, rules, outlet)
    found: list[Attribution] = list(from_labels(page))
    for sentence in sentences:
        found.extend(_from_cues(page, sentence))
        found.extend(from_phrases(page, sentence))
    found = attribute_quotations(page, found)
    return tuple(sorted(found, key=lambda each: (each.content[0].start_char, -each.content[-1].end_char)))


def _from_cues(page: Page, sentence: Sentence) -> Iterator[Attribution]:
    rules = page.rules
    colon = _colon(page, sentence)
    for token in sentence.doc:
        part = token.pos_
        if part == "VERB" or part == "AUX":
            cue = rules.verbs.get(token.lemma_.lower())
            if cue is not None:
                yield from _from_verb(page, sentence, token, cue, colon)
        elif part == "NOUN":
            cue = rules.nouns.get(token.lemma_.lower())
            if cue is not None:
                yield from _from_noun(page, sentence, token, cue)
        elif part == "ADV":
            cue = rules.adverbs.get(token.lower_)
            if cue is not None:
                yield from _from_adverb(page, sentence, token, cue)


def _from_verb(page: Page, sentence: Sentence, verb: Token, cue: Cue, colon: int | None) -> Iterator[Attribution]:
    frames = list(verb_frames(verb))
    before_colon = last_word(list(sentence.doc[:colon])) if colon is not None else None
    if colon is not None and before_colon is not None and before_colon.i == verb.i:
        frames.append(Frame(shape="colon", tokens=((colon + 1, len(sentence.doc) - 1),)))
    best = _best(frames, cue, page.rules)
    if best is None:
        return
    frame, score = best
    if frame.shape == "as" and sentence.doc[frame.tokens[-1][0]].lemma_.lower() in page.rules.verbs:
        # "Was quoted as saying that": the saying carries the content.
        return
    head = speaker_of(page, sentence, verb) if verb.lemma_.lower() not in page.rules.hedging else None
    certainty, kind = cue.certainty, cue.kind
    if certainty == "attributed" and is_hedged(verb, page.rules):
        certainty = "hedged"
    pieces = _pieces(page, sentence, verb, frame)
    denied = _denied(page, sentence, verb)
    if denied:
        pieces, certainty, kind = [denied], "denied", "denial"
    made = _attribution(page, sentence, pieces, head=head, cue=verb, rule=cue, score=score)
    if made is not None:
        yield _with(made, certainty, kind)


def _from_noun(page: Page, sentence: Sentence, noun: Token, cue: Cue) -> Iterator[Attribution]:
    rules = page.rules
    unconfirmed = any(c.lower_ in rules.unconfirmed for c in noun.lefts)
    frames = noun_frames(noun)
    best = _best(frames, cue, rules)
    if best is None and unconfirmed and frames:
        best = (frames[0], 0.5)
    if best is None:
        return
    frame, score = best
    first, last = frame.tokens[-1]
    if frame.shape not in ("that", "to"):
        # "Whispers of flights near the border": what goes on modifying the noun goes on telling of it.
        tail = [c.right_edge.i for c in noun.rights if c.dep_ == "prep" and c.i > first]
        last = max((last, *tail))
    pieces = [page.span_of(sentence, first, last)]
    made = _attribution(page, sentence, pieces, head=owner_of(noun, rules), cue=noun, rule=cue, score=score)
    if made is not None:
        yield _with(made, "rumoured", "rumour") if unconfirmed else made


def _from_adverb(page: Page, sentence: Sentence, adverb: Token, cue: Cue) -> Iterator[Attribution]:
    """The clause that "reportedly" stands in, without the adverb."""
    head = adverb.head
    while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
        head = head.head
    if head.i == adverb.i or head.pos_ not in ("VERB", "AUX"):
        return
    parts = without(head.left_edge.i, head.right_edge.i, (adverb.i, adverb.i))
    pieces = [page.span_of(sentence, a, b) for a, b in parts]
    score = cue.frames.get("clause", 0.0)
    made = _attribution(page, sentence, pieces, head=None, cue=adverb, rule=cue, score=score)
    if made is not None:
        yield made


def _best(frames: Iterable[Frame], cue: Cue, rules: AttributionRules) -> tuple[Frame, float] | None:
    """The frame that most surely is content, with its weight."""
    kept = [(each, cue.frames.get(each.shape, 0.0)) for each in frames]
    kept = [(each, weight) for each, weight in kept if weight >= rules.least or each.shape in cue.firm]
    return max(kept, key=lambda pair: pair[1]) if kept else None


def _pieces(page: Page, sentence: Sentence, verb: Token, frame: Frame) -> list[Span]:
    """The document spans of a frame's content, a clause before its cue taken from the start of the sentence."""
    tokens = list(frame.tokens)
    if frame.shape == "before" and verb.dep_ == "ROOT":
        end = verb_start(verb) - 1
        if tokens[0][0] < end:
            tokens[0] = (0, end if len(tokens) == 1 and tokens[0][1] < verb.i else tokens[0][1])
    if len(tokens) > 1 and frame.shape == "to" and verb.lemma_.lower() not in page.rules.hedging:
        tokens = tokens[1:]
    return [page.span_of(sentence, first, last) for first, last in tokens]


def _denied(page: Page, sentence: Sentence, verb: Token) -> Span | None:
    """What a denied report says: "rejected reports that talks had begun"."""
    if verb.lemma_.lower() not in page.rules.dismissing:
        return None
    for child in verb.rights:
        if child.dep_ == "dobj" and child.lemma_.lower() in page.rules.dismissed:
            for frame in noun_frames(child):
                if frame.shape in ("that", "of", "about"):
                    return page.span_of(sentence, *frame.tokens[-1])
    return None


def _colon(page: Page, sentence: Sentence) -> int | None:
    """The first colon of the sentence outside quotations and figures, with words after it."""
    for token in sentence.doc:
        if token.text == ":" and 0 < token.i < len(sentence.doc) - 2:
            return token.i if page.quotation_at(sentence.start_char + token.idx) is None else None
    return None


def _attribution(
    page: Page,
    sentence: Sentence,
    pieces: Sequence[Span],
    *,
    head: Token | None,
    cue: Token,
    rule: Cue,
    score: float,
) -> Attribution | None:
    kept = [each for each in pieces if len(each)]
    if not kept:
        return None
    source = span = None
    if head is not None:
        source, span = source_from(head, sentence, page.text, page.rules, cue=cue.i, outlet=page.outlet)
    place = sentence.span_of(cue)
    content, closed = with_quotations(page, kept, place)
    return Attribution(
        content=tuple(content),
        type=type_of(page, content),
        source=source,
        source_span=span,
        cue=place,
        cue_id=rule.id,
        certainty=rule.certainty,
        kind=rule.kind,
        score=score,
        closed=closed,
        nested=page.quotation_at(place.start_char) is not None,
    )


def _with(made: Attribution, certainty: str, kind: AttributionKind) -> Attribution:
    return replace(made, certainty=certainty, kind=kind)
