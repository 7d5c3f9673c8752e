"""Why: attaches the reasons that a text gives to the claims that they explain, with their kind and who gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from holdfire.extraction.reason_anchors import Found, Setting, found
from holdfire.extraction.reason_kinds import KNOWN, kind_of
from holdfire.extraction.reason_units import has_clause, units
from holdfire.extraction.reasons_across import find_across
from holdfire.extraction.reasons_beside import find_beside
from holdfire.extraction.reasons_inside import explained_by, find_inside
from holdfire.extraction.source_chain import chain_for
from holdfire.model.claim import Claim, Reason
from holdfire.model.source import Source
from holdfire.model.span import Span

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

_EDGES = " \t\n,;:.—–-…"
_OPENING, _CLOSING = '“"‘«(', '”"’»)'


def with_reasons(setting: Setting) -> tuple[Claim, ...]:
    """The claims of a document, in the order given, each with its reasons in text order.

    A reason is given to every claim that its cue explains; of two that overlap for one claim the first found stays.
    Reasons whose kind no word tells are kept as "other" where the text says plainly that they are reasons.
    """
    reasons: dict[str, list[Reason]] = {each.claim.id: [] for each in setting.anchored}
    for each in (*_inside(setting), *find_across(setting), *find_beside(setting)):
        given = reasons[each.anchor.claim.id]
        given += [reason for reason in _told(each, setting) if _is_new(reason, given)]
    return tuple(
        replace(each.claim, reasons=tuple(sorted(reasons[each.claim.id], key=lambda reason: reason.span)))
        for each in setting.anchored
    )


def _inside(setting: Setting) -> Iterator[Found]:
    """The reasons that stand in the sentence of the claim."""
    for number, sentence in enumerate(setting.sentences):
        anchored = setting.in_sentence(number)
        if not anchored:
            continue
        for candidate in find_inside(sentence.doc, setting.rules):
            whole = setting.span(number, candidate.first, candidate.last)
            clauses = list(units(sentence.doc, candidate.first, candidate.last, complete=True))
            for anchor in explained_by(candidate, anchored, whole):
                for first, last in clauses:
                    yield found(anchor, setting.span(number, first, last), candidate.cue)


def _told(each: Found, setting: Setting) -> list[Reason]:
    """The reason; two where coordinated nouns in it are of two known kinds ("rich banks and political power")."""
    if each.relation == "condition" and each.anchor.claim.modality == "conditional" and not each.cue.price:
        # What would bring a conditional act about is its condition, not why it is done.
        return []
    whole = _reason(each, setting)
    for at in _joints(each.span, setting):
        halves = (Span(each.span.start_char, at), Span(at, each.span.end_char))
        parts = [_reason(replace(each, span=half, known_only=True), setting) for half in halves]
        if all(parts) and len({part.category for part in parts if part}) == 2:
            return [part for part in parts if part]
    return [whole] if whole is not None else []


def _joints(span: Span, setting: Setting) -> Iterator[int]:
    """Offsets of the conjunctions between two noun phrases, in a span that is no clause or as an apposition in one."""
    sentence = setting.sentence_at(span.start_char)
    inside = sentence.tokens_in(span)
    held = [token.i for token in inside]
    clause = bool(held) and has_clause(sentence.doc, held[0], held[-1])
    for token in inside:
        if token.dep_ != "cc":
            continue
        pair = token.head.pos_ in ("NOUN", "PROPN") and token.head.dep_ != "conj"
        if pair and (not clause or _follows_comma(token.head.left_edge)):
            yield sentence.span_of(token).start_char


def _follows_comma(token: Token) -> bool:
    return token.i > 0 and token.nbor(-1).text == ","


def _reason(each: Found, setting: Setting) -> Reason | None:
    """The reason as the model has it; None where its kind must be known and is not."""
    span = _trimmed(setting.text, _without_sayer(_trimmed(setting.text, each.span), setting))
    text = span.of(setting.text)
    if not _has_words(text):
        return None
    if each.category is not None:
        category = each.category
    else:
        category, weight = kind_of(text, each.anchor.claim, setting.rules, hint=each.cue.hint)
        if each.known_only and weight < KNOWN:
            return None
    return Reason(
        span=span,
        text=text,
        category=category,
        relation=each.relation,  # type: ignore[arg-type]
        bearing=each.bearing,  # type: ignore[arg-type]
        sources=_sources(span, each.anchor.claim, setting),
    )


def _without_sayer(span: Span, setting: Setting) -> Span:
    """The span without the words at its edge that say who says it ("…, the minister said"; "he said, …")."""
    for each in setting.voices.attributions:
        if each.cue is None or not span.contains(each.cue):
            continue
        saying = each.cue
        for source in (each.source_span, each.source.span if each.source else None):
            if source is not None and span.contains(source):
                saying = saying.hull(source)
        before, after = setting.text[span.start_char : saying.start_char], setting.text[saying.end_char : span.end_char]
        # "Fearing a raid" is no saying of the fear's: a comma parts what is said from who says it.
        parted = after.startswith(",") and any(piece.start_char >= saying.end_char for piece in each.content)
        if not _has_words(after):
            span = Span(span.start_char, saying.start_char)
        elif not _has_words(before) and parted:
            span = Span(saying.end_char, span.end_char)
    return span


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _sources(span: Span, claim: Claim, setting: Setting) -> tuple[Source, ...]:
    """Who gives the reason: the chain it stands under; that of the claim where it is part of the claim's words."""
    chain = chain_for(span, setting.voices.attributions)
    sources = tuple(setting.voices.resolved(each.source) for each in chain if each.source is not None)
    if not sources and claim.evidence.span.contains(span):
        return claim.sources
    return sources


def _is_new(reason: Reason, others: Sequence[Reason]) -> bool:
    """Whether no other reason holds these words already; two sides of a weighing may share them."""
    return not any(reason.span.overlaps(each.span) and reason.bearing == each.bearing for each in others)


def _trimmed(text: str, span: Span) -> Span:
    """The span without edge punctuation, and without a quotation mark that has no partner inside or right behind."""
    start, end = span.start_char, span.end_char
    inside = text[start:end]
    if text[end : end + 1] in ("”", "»", '"') and (inside.count("“") > inside.count("”") or inside.count('"') % 2 == 1):
        end += 1
    if text[start:end].startswith("and "):
        start += len("and ")
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    if start < end and text[start] in _OPENING and not any(mark in text[start + 1 : end] for mark in _CLOSING):
        start += 1
    elif start < end and text[end - 1] in _CLOSING and not any(mark in text[start : end - 1] for mark in _OPENING):
        end -= 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)
