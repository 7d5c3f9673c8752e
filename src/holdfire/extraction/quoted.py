"""Speakers for the quotations that no cue took in: beside them, before them, or carried on from the last one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from holdfire.extraction.contents import Page, merged, share_of, type_of
from holdfire.extraction.nlp import Sentence
from holdfire.extraction.quotations import Quotation
from holdfire.extraction.speakers import source_from, subject_of
from holdfire.model.source import Attribution
from holdfire.model.span import Span

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

# How many tokens may stand between a quotation and the verb that gives it its speaker.
_NEAR = 24
# What a quotation without a speaker scores: below every list's threshold, so that it is shown only when asked for.
_ALONE = 0.25
# How many characters of the article's own words may part two quotations of one speaker in a paragraph.
_APART = 300


def attribute_quotations(page: Page, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with every remaining quotation that reads as speech added, or put with the words it carries on.

    A quotation that nobody can be given for is kept without a source.
    """
    out = list(found)
    owners = _Owners(out)
    spoken = sorted((_end_of(each), n) for n, each in enumerate(found) if each.source is not None and not each.nested)
    ends = [end for end, _ in spoken]
    previous: int | None = None
    for quotation in page.quotations:
        owner = owners.of(quotation)
        if owner is None:
            beside = _beside(page, quotation)
            if beside is not None:
                out.append(beside)
                owner = len(out) - 1
        if owner is None and _is_speech(page, quotation):
            last = bisect_right(ends, quotation.span.start_char) - 1
            for number in (previous, spoken[last][1] if last >= 0 else None):
                if number is not None and _follows(page, out[number], quotation):
                    owner = number
                    break
            if owner is not None:
                out[owner] = _extended(page, out[owner], quotation)
                previous = owner
                continue
            out.append(
                Attribution(
                    content=quotation.pieces,
                    type="direct",
                    cue_id="quotation.alone",
                    score=_ALONE,
                    closed=quotation.closed,
                )
            )
            owner = len(out) - 1
        if owner is not None:
            previous = owner
    return out


class _Owners:
    """Which attribution holds a quotation; attributions whose cue is itself quoted hold none."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._held = [(n, each) for n, each in enumerate(attributions) if not each.nested and each.type != "indirect"]
        self._held.sort(key=lambda pair: pair[1].content[0].start_char)
        self._from = 0

    def of(self, quotation: Quotation) -> int | None:
        """The attribution with the shortest content that covers most of the quotation. Ask in text order."""
        best: tuple[int, int] | None = None
        for number, each in self._held[self._from :]:
            if each.content[0].start_char >= quotation.span.end_char:
                break
            if share_of(quotation, each.content) >= 0.5:
                rank = (sum(map(len, each.content)), number)
                best = rank if best is None or rank < best else best
        while (
            self._from < len(self._held) and self._held[self._from][1].content[-1].end_char < quotation.span.start_char
        ):
            self._from += 1
        return best[1] if best else None


def _beside(page: Page, quotation: Quotation) -> Attribution | None:
    """A speaker where the parse tied none to the quotation: "…", said X; X said: "…"; X told us this. "…"."""
    found = _after(page, quotation) or _before(page, quotation)
    if found is None:
        return None
    sentence, token = found
    cue = page.rules.verbs[token.lemma_.lower()]
    head = speaker_of(page, sentence, token)
    source = span = None
    if head is not None:
        source, span = source_from(head, sentence, page.text, page.rules, cue=token.i, outlet=page.outlet)
    return Attribution(
        content=quotation.pieces,
        type="direct",
        source=source,
        source_span=span,
        cue=sentence.span_of(token),
        cue_id=cue.id,
        certainty=cue.certainty,
        kind=cue.kind,
        score=0.8,
        closed=quotation.closed,
    )


def _after(page: Page, quotation: Quotation) -> tuple[Sentence, Token] | None:
    sentence = page.sentences[page.sentence_at(quotation.span.end_char - 1)]
    end = quotation.span.end_char - sentence.start_char
    # A participle after a quotation brings in the next one: "…," she said, adding, "…".
    tokens = [t for t in sentence.doc if t.idx >= end and t.tag_ != "VBG"]
    token = _speaking(page, sentence, tokens[:_NEAR])
    return (sentence, token) if token is not None else None


def _before(page: Page, quotation: Quotation) -> tuple[Sentence, Token] | None:
    here = page.sentence_at(quotation.span.start_char)
    for number in (here, here - 1):
        if number < 0:
            break
        sentence = page.sentences[number]
        ends = sentence.passage.span.of(page.text).rstrip()
        if number < here and not ends.endswith(":"):
            break
        start = quotation.span.start_char - sentence.start_char
        token = _speaking(page, sentence, [t for t in sentence.doc if t.idx < start][::-1][:_NEAR])
        if token is not None:
            return sentence, token
    return None


def _speaking(page: Page, sentence: Sentence, tokens: Sequence[Token]) -> Token | None:
    """The first verb of saying among the tokens that stands outside every quotation and has a subject."""
    for token in tokens:
        cue = page.rules.verbs.get(token.lemma_.lower())
        if cue is None or cue.frames.get("quote", 0.0) < page.rules.least or token.pos_ in ("NOUN", "PROPN"):
            continue
        if page.quotation_at(sentence.start_char + token.idx) is not None:
            continue
        if speaker_of(page, sentence, token) is not None:
            return token
    return None


def speaker_of(page: Page, sentence: Sentence, verb: Token) -> Token | None:
    """The verb's subject; where the parse finds it inside a quotation, or none, the noun beside the verb.

    A verb outside quotation marks cannot have a subject within: "…," the mayor said; "…," said the mayor.
    """
    found = subject_of(verb)
    if found is not None:
        if not page.quotations or page.quotation_at(sentence.start_char + found.idx) is None:
            return found
        if page.quotation_at(sentence.start_char + verb.idx) is not None:
            return found
    elif not page.quotations or verb.tag_ not in ("VBD", "VBZ", "VBP") or not page.quotations_in(sentence.passage.span):
        return None
    return _noun_before(page, sentence, verb) or _noun_after(page, sentence, verb)


def _noun_before(page: Page, sentence: Sentence, verb: Token) -> Token | None:
    """The noun phrase that ends where the verb begins, auxiliaries and a bracket or apposition between them skipped."""
    doc = sentence.doc
    at = verb.i - 1
    while at >= 0 and (doc[at].dep_ in ("aux", "advmod", "neg") or doc[at].pos_ == "ADV"):
        at -= 1
    if at >= 0 and doc[at].text in "),":
        # "Ada Moor, a teacher, said" / "Ada Moor (46) said": what stands before the bracket or comma.
        opener = "(" if doc[at].text == ")" else ","
        at -= 1
        while at > 0 and doc[at].text != opener:
            if page.quotation_at(sentence.start_char + doc[at].idx) is not None:
                return None
            at -= 1
        at -= 1
    if at < 0 or doc[at].pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    if page.quotation_at(sentence.start_char + doc[at].idx) is not None:
        return None
    head = doc[at]
    while head.head.i < head.i and head.dep_ in ("pobj", "prep", "conj", "appos") and head.head.i != head.i:
        above = head.head
        if page.quotation_at(sentence.start_char + above.idx) is not None or above.pos_ in ("VERB", "AUX"):
            break
        head = above
    return head if head.pos_ in ("NOUN", "PROPN", "PRON") else doc[at]


def _noun_after(page: Page, sentence: Sentence, verb: Token) -> Token | None:
    """The noun phrase that begins where the verb ends: "said the mayor"."""
    doc = sentence.doc
    if verb.i + 1 >= len(doc):
        return None
    head = doc[verb.i + 1]
    while head.head.i > head.i and head.dep_ in ("det", "compound", "amod", "nmod", "poss", "nummod", "punct"):
        head = head.head
    if head.pos_ not in ("NOUN", "PROPN") or page.quotation_at(sentence.start_char + head.idx) is not None:
        return None
    return head


def _is_speech(page: Page, quotation: Quotation) -> bool:
    """Whether a quotation without a cue reads as something said, not as a name, a title or a word in scare quotes."""
    text = quotation.span.of(page.text)
    words = text.split()
    if len(words) < 4:
        return False
    bare = text.strip(" \"“”'‘’«»`")
    return len(quotation.pieces) > 1 or (bare[:1].isupper() and (len(words) > 7 or bare[-1:] in ".!?,…"))


def _end_of(attribution: Attribution) -> int:
    """Where the attribution ends, its cue included."""
    end = attribution.content[-1].end_char
    return max(end, attribution.cue.end_char) if attribution.cue is not None else end


def _follows(page: Page, attribution: Attribution, quotation: Quotation) -> bool:
    """Whether a quotation goes on from an attribution: in its paragraph, or, from a quotation, opening the next."""
    if attribution.source is None or attribution.kind == "thought":
        return False
    between = page.text[_end_of(attribution) : quotation.span.start_char]
    if "\n" in between.strip():
        return False
    if "\n" in between:
        line = page.text.rfind("\n", 0, quotation.span.start_char) + 1
        return attribution.type != "indirect" and not page.text[line : quotation.span.start_char].strip()
    return len(between) < _APART


def _extended(page: Page, attribution: Attribution, quotation: Quotation) -> Attribution:
    pieces: list[Span] = merged((*attribution.content, *quotation.pieces))
    return replace(
        attribution,
        content=tuple(pieces),
        type=type_of(page, pieces),
        closed=attribution.closed and quotation.closed,
    )
