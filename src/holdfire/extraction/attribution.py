"""Who says what: sources, cues and contents of a document's direct, mixed and reported speech."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from holdfire.extraction.contents import Page, last_word, open_page, type_of, with_quotations, without
from holdfire.extraction.frames import Frame, noun_frames, verb_frames, verb_start
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.quoted import attribute_quotations, speaker_of
from holdfire.extraction.source_phrases import from_labels, from_phrases
from holdfire.extraction.speakers import is_hedged, owner_of, source_from
from holdfire.model.source import Attribution
from holdfire.model.span import Span
from holdfire.rules.attribution import AttributionRules, Cue

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Doc, Token

# A whole clause is told as so, whatever the verb ("warned that the town had fallen"); an object or an infinitive is
# asked for, promised or judged.
_CLAUSES = frozenset(("that", "clause", "before", "inserted", "colon"))


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
    found = attribute_quotations(page, _weighed(found, rules))
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
    if best is None or verb.lower_ in cue.not_forms:
        return
    frame, score = best
    if cue.not_objects and any(t.lemma_.lower() in cue.not_objects for t in verb.rights):
        return
    if verb.lemma_.lower() in page.rules.hedging and _hedges_a_cue(verb, colon, page.rules):
        return
    if frame.shape == "as" and sentence.doc[frame.tokens[-1][0]].lemma_.lower() in page.rules.verbs:
        # "Was quoted as saying that": the saying carries the content.
        return
    head = speaker_of(page, sentence, verb) if verb.lemma_.lower() not in page.rules.hedging else None
    certainty, kind = cue.certainty, cue.kind
    if kind == "stance" and frame.shape in _CLAUSES:
        kind = "report"
    if certainty == "attributed" and is_hedged(verb, page.rules):
        certainty = "hedged"
    pieces = _pieces(page, sentence, verb, frame)
    denied = _denied(page, sentence, verb)
    if denied:
        pieces, certainty, kind = [denied], "denied", "denial"
    score *= _place_factor(verb, sourceless=head is None, rules=page.rules)
    made = _attribution(page, sentence, pieces, head=head, cue=verb, rule=cue, score=score)
    if made is not None:
        yield replace(made, certainty=certainty, kind=kind)


def _hedges_a_cue(verb: Token, colon: int | None, rules: AttributionRules) -> bool:
    """Whether a verb of seeming only weakens a cue that has content of its own: "seem to agree that"."""
    for child in verb.rights:
        if child.dep_ == "xcomp" and child.lemma_.lower() in rules.verbs:
            return (colon is not None and child.i < colon) or any(f.shape in _CLAUSES for f in verb_frames(child))
    return False


def _from_noun(page: Page, sentence: Sentence, noun: Token, cue: Cue) -> Iterator[Attribution]:
    rules = page.rules
    if noun.dep_ == "dobj" and noun.lemma_.lower() in rules.dismissed and noun.head.lemma_.lower() in rules.dismissing:
        return
    unconfirmed = any(c.lower_ in rules.unconfirmed for c in noun.lefts)
    frames = noun_frames(noun)
    best = _best(frames, cue, rules)
    if best is None and unconfirmed and frames:
        best = (frames[0], 0.5)
    if best is None or noun.lower_ in cue.not_forms:
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
        yield replace(made, certainty="rumoured", kind="rumour") if unconfirmed else made


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
    first, last = tokens[-1]
    if first > verb.i:
        last = _without_asides(sentence.doc, first, last)
        if frame.shape in ("that", "clause") and last == frame.tokens[-1][1]:
            last = _with_conditions(verb, last, page.rules)
        tokens[-1] = (first, last)
    return [page.span_of(sentence, first, last) for first, last in tokens]


def _without_asides(doc: Doc, first: int, last: int) -> int:
    """The last token without a closing aside: ", which …", ", the envoy to …" are the article's own words."""
    for token in doc[first : last + 1]:
        if token.dep_ not in ("relcl", "appos") or token.right_edge.i < last or token.head.i < first:
            continue
        begin = token.left_edge.i
        if begin - 1 > first and doc[begin - 1].text in ",–—(":
            return begin - 2
    return last


def _with_conditions(verb: Token, last: int, rules: AttributionRules) -> int:
    """The last token with the clauses that the parser hung on the cue: "said it would strike if …"."""
    for child in verb.rights:
        first = child.left_edge.i
        if child.dep_ == "advcl" and first - last in (1, 2) and verb.doc[first].lower_ in rules.conditions:
            last = child.right_edge.i
    return last


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
    if not kept or _runs_away(page, kept):
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


def _runs_away(page: Page, pieces: Sequence[Span]) -> bool:
    """Whether the pieces hold more words outside quotation marks than anybody reports in one clause."""
    words = sum(piece.of(page.text).count(" ") + 1 for piece in pieces)
    if words <= page.rules.longest_reported:
        return False
    for piece in pieces:
        for quotation in page.quotations_in(piece):
            if quotation.depth == 0:
                words -= sum(each.of(page.text).count(" ") for each in quotation.pieces if each.overlaps(piece))
    return words > page.rules.longest_reported


def _place_factor(verb: Token, *, sourceless: bool, rules: AttributionRules) -> float:
    """What the verb's place in the sentence takes off its score, as a factor."""
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in rules.hedging:
        return 1.0
    factor = rules.factors.get(verb.dep_, 1.0)
    for child in verb.lefts:
        if child.dep_ == "aux":
            factor *= rules.factors.get({"TO": "infinitive", "MD": "modal"}.get(child.tag_, ""), 1.0)
    return factor * rules.factors["sourceless"] if sourceless else factor


def _weighed(found: Sequence[Attribution], rules: AttributionRules) -> list[Attribution]:
    """The attributions with those marked down whose cue stands in what another one brings in."""
    pieces = sorted((piece.start_char, piece.end_char) for each in found for piece in each.content)
    starts = [start for start, _ in pieces]
    furthest = list(accumulate((end for _, end in pieces), max))
    out = []
    for each in found:
        at = bisect_right(starts, each.cue.start_char) - 1 if each.cue is not None else -1
        inside = each.cue is not None and at >= 0 and furthest[at] > each.cue.start_char
        out.append(replace(each, score=each.score * rules.factors["inside"]) if inside else each)
    return out
