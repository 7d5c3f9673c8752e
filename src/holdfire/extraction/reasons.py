"""Why: attaches the reasons that a text gives to the claims that they explain, with their kind and who gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from holdfire.extraction.reason_anchors import Anchored, Found, Setting, found
from holdfire.extraction.reason_kinds import KNOWN, explains, kind_of
from holdfire.extraction.reasons_across import find_across
from holdfire.extraction.reasons_inside import Candidate, find_inside
from holdfire.extraction.source_chain import chain_for
from holdfire.extraction.syntax import SUBJECTS
from holdfire.model.claim import Claim, Reason
from holdfire.model.source import Source
from holdfire.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS = frozenset(("VERB", "AUX"))
_EDGES = " \t\n,;:.—–-…"
_OPENING, _CLOSING = '“"‘«(', '”"’»)'


def with_reasons(setting: Setting) -> tuple[Claim, ...]:
    """The claims of a document, in the order given, each with its reasons in text order.

    A reason is given to every claim that its cue explains; of two that overlap for one claim the first found stays.
    Reasons whose kind no word tells are kept as "other" where the text says plainly that they are reasons.
    """
    reasons: dict[str, list[Reason]] = {each.claim.id: [] for each in setting.anchored}
    for each in (*_inside(setting), *find_across(setting)):
        reason = _reason(each, setting)
        if reason is not None and _is_new(reason, reasons[each.anchor.claim.id]):
            reasons[each.anchor.claim.id].append(reason)
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
            span = setting.span(number, candidate.first, candidate.last)
            for anchor in _explained(candidate, anchored, span):
                yield found(anchor, span, candidate.cue)


def _explained(candidate: Candidate, anchored: Sequence[Anchored], span: Span) -> list[Anchored]:
    """The claims that a candidate explains: those of the clause it hangs on, and of clauses joined to that one."""
    fitting = [each for each in anchored if explains(each.claim, candidate.cue.of)]
    if "own" in candidate.cue.tests:
        holding = [each for each in fitting if each.claim.evidence.span.contains(span)]
        return sorted(holding, key=lambda each: len(each.claim.evidence.span))[:1]
    free = [each for each in fitting if not candidate.first <= each.head.i <= candidate.last]
    token = candidate.governor
    for _ in range(12):
        hits = [each for each in free if token in each.clause()]
        if hits:
            return hits + [each for each in free if each not in hits and _joined(each, hits[0], candidate)]
        below = [each for each in free if _is_told(each.head, token)]
        if below:
            return below
        if token.head == token or _closes(token):
            return []
        token = token.head
    return []


def _joined(other: Anchored, hit: Anchored, candidate: Candidate) -> bool:
    """Whether a claim stands in a clause coordinated before the one explained, with the reason set off at the end."""
    token = hit.head
    if candidate.found.i == 0 or candidate.found.nbor(-1).text != "," or candidate.found.i < token.i:
        return False
    while token.dep_ == "conj" and token.head.pos_ in _VERBS and not any(c.dep_ in SUBJECTS for c in token.children):
        token = token.head
        if token in other.clause():
            return True
    return False


def _is_told(head: Token, verb: Token) -> bool:
    """Whether `head` heads what a verb of saying says, so that a reason hung on the verb is one for what is said."""
    while head.dep_ == "conj":
        head = head.head
    return head.dep_ == "ccomp" and head.head == verb


def _closes(token: Token) -> bool:
    """Whether the clause of a token ends there: nothing above it is explained by what hangs on it."""
    if token.pos_ not in _VERBS or token.dep_ in ("xcomp", "aux", "auxpass", "acomp", "pcomp", "amod"):
        return False
    return token.dep_ in ("relcl", "advcl", "ROOT", "ccomp") or any(c.dep_ in SUBJECTS for c in token.children)


def _reason(each: Found, setting: Setting) -> Reason | None:
    """The reason as the model has it; None where its kind must be known and is not."""
    span = _trimmed(setting.text, each.span)
    text = span.of(setting.text)
    if not any(char.isalnum() for char in text):
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
