"""Reasons told in a clause or sentence of their own, found by their words: motives, accounts, weighings, answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from holdfire.extraction.reason_anchors import Anchored, Found, Setting, found, other_party, same_party
from holdfire.extraction.reason_kinds import KNOWN, explains, kind_of
from holdfire.extraction.reason_units import said_in, units
from holdfire.extraction.reasons_inside import explained_by, find_inside, is_stative, reach, tokens_at
from holdfire.extraction.syntax import SUBJECTS
from holdfire.model.actor import Mention
from holdfire.rules.reasons import ReasonCue

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

_VERBS = frozenset(("VERB", "AUX"))
# How many sentences back the claim may stand that a sentence of reasons explains.
_BACK = 3
# An account with no more words than this behind its verb ("the reason is simple") leaves the reason to what follows.
_BARE_ANSWER = 2


def find_across(setting: Setting) -> Iterator[Found]:
    """The reasons that stand beside their claims, sentence by sentence."""
    opened: Anchored | None = None
    paragraph = -1
    for number, sentence in enumerate(setting.sentences):
        if setting.paragraph(number) != paragraph:
            opened, paragraph = None, setting.paragraph(number)
        explained = opened
        for cue in setting.rules.likely_across.likely(sentence.doc.text):
            for match in cue.form.finditer(sentence.doc.text):
                if cue.kind == "behind":
                    opened = explained = _held_back(setting, number)
                    continue
                for each in _READERS[cue.kind](setting, number, cue, match) if cue.kind in _READERS else ():
                    explained = explained or each.anchor
                    yield each
        # What else gives a reason in a sentence of reasons goes to the same claim.
        if explained is not None:
            here = setting.in_sentence(number)
            for candidate in find_inside(sentence.doc, setting.rules):
                span = setting.span(number, candidate.first, candidate.last)
                if explains(explained.claim, candidate.cue.of) and not explained_by(candidate, here, span):
                    yield found(explained, span, candidate.cue, known_only=True)


def _motive(setting: Setting, number: int, cue: ReasonCue, match: re.Match[str]) -> Iterator[Found]:
    """What a party wants or fears, for its own act beside it: in a clause joined to it, or in the sentence around."""
    doc = setting.sentences[number].doc
    verb = next((token for token in tokens_at(doc, match.start(), match.end()) if _is_main(token)), None)
    if verb is None or verb.dep_ in ("xcomp", "pcomp", "acl"):
        return
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    parties = setting.parties_at(number, subject)
    first, last = _clause_of(verb)
    here = [each for each in setting.in_sentence(number) if not first <= each.head.i <= last]
    joined = [each for each in here if _shares_subject(each.head, verb) or same_party(each.claim.actor, parties)]
    if not joined and parties and not here:
        joined = [
            each for each in _around(setting, number) if same_party(each.claim.actor, parties) and _holds_back(each)
        ][:1]
    bare = not any(token.pos_ in ("NOUN", "PROPN") for token in doc[verb.i : last + 1])
    for anchor in () if bare and not subject else joined[:1]:
        yield found(anchor, setting.span(number, first, last), cue, known_only=True)


def _account(setting: Setting, number: int, cue: ReasonCue, match: re.Match[str]) -> Iterator[Found]:
    """What "the reason is …" says the reason is, clause by clause."""
    doc = setting.sentences[number].doc
    told = _before(setting, number, _possessor(setting, number, match))
    after = [token.i for token in doc if token.idx >= match.end()]
    if told is None or not after:
        return
    colon = next((token.i for token in doc[after[0] :] if token.text == ":"), None)
    first = after[0] if colon is None else colon + 1
    told_next = number + 1
    if len([token for token in doc[first:] if token.is_alpha]) > _BARE_ANSWER:
        for low, high in units(doc, first, len(doc) - 1):
            yield found(told, setting.span(number, low, high), cue)
    elif told_next < len(setting.sentences) and setting.paragraph(told_next) == setting.paragraph(number):
        # "The reason is simple." The next sentence gives it.
        following = setting.sentences[told_next]
        for start, end in said_in(following, setting.voices.attributions):
            for low, high in units(following.doc, start, end):
                yield found(told, setting.span(told_next, low, high), cue)


def _verdict(setting: Setting, number: int, cue: ReasonCue, match: re.Match[str]) -> Iterator[Found]:
    """A judgement on the act that the sentence before refuses."""
    doc = setting.sentences[number].doc
    if number == 0 or setting.paragraph(number - 1) != setting.paragraph(number):
        return
    refused = [each for each in setting.in_sentence(number - 1) if _holds_back(each)]
    for start, end in said_in(setting.sentences[number], setting.voices.attributions):
        for low, high in units(doc, start, end) if refused else ():
            yield found(refused[-1], setting.span(number, low, high), cue)


def _result(setting: Setting, number: int, cue: ReasonCue, match: re.Match[str]) -> Iterator[Found]:
    """What stands before "so" or "that is why": the clause before it in the sentence, else the sentence before."""
    doc = setting.sentences[number].doc
    at = next((token.i for token in doc if token.idx >= match.start()), len(doc))
    here = [each for each in setting.in_sentence(number) if each.head.i >= at and explains(each.claim, cue.of)]
    before = [token for token in doc[:at] if token.is_alpha]
    if not here:
        return
    if len(before) > _BARE_ANSWER:
        *_, (low, high) = units(doc, 0, at - 1)
        if "stative" in cue.tests and not any(
            token.dep_ in SUBJECTS and is_stative(token.head, setting.rules) for token in doc[low : high + 1]
        ):
            return
        yield found(here[0], setting.span(number, low, high), cue)
    elif number and not cue.tests and setting.paragraph(number - 1) == setting.paragraph(number):
        earlier = setting.sentences[number - 1].doc
        if not setting.in_sentence(number - 1):
            yield found(here[0], setting.span(number - 1, 0, len(earlier) - 1), cue)


def _driver(setting: Setting, number: int, cue: ReasonCue, match: re.Match[str]) -> Iterator[Found]:
    """The subject of a verb that makes its object act or hold back, unless it is a party itself."""
    doc = setting.sentences[number].doc
    verb = next((token for token in tokens_at(doc, match.start(), match.end()) if _is_main(token)), None)
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None) if verb is not None else None
    if verb is None or subject is None or subject.pos_ in ("PRON", "PROPN") or setting.parties_at(number, subject):
        return
    driven = {child.i for child in verb.children if child.dep_ in ("xcomp", "ccomp") or child.tag_ == "VB"}
    driven |= {inner.i for child in verb.children if child.dep_ == "prep" for inner in child.children}
    span = setting.span(number, subject.left_edge.i, subject.right_edge.i)
    for anchor in setting.in_sentence(number):
        moved = anchor.head == verb and not any(span.overlaps(each.span) for each in anchor.claim.actor)
        if moved or any(token.i in driven for token in anchor.path):
            yield found(anchor, span, cue)


def _follows(setting: Setting, number: int, cue: ReasonCue, match: re.Match[str]) -> Iterator[Found]:
    """What the act just told answers: the object of "follow", of "in response to"."""
    doc = setting.sentences[number].doc
    earlier = setting.in_sentence(number - 1) if number else []
    tokens = tokens_at(doc, match.start(), match.end())
    if not earlier or not tokens or tokens[-1].i + 1 >= len(doc):
        return
    start = tokens[-1].i + 1
    yield found(earlier[0], setting.span(number, start, max(start, reach(tokens[-1], start))), cue)


def _weighing(setting: Setting, number: int, cue: ReasonCue, match: re.Match[str]) -> Iterator[Found]:
    """The good that weighs more, for the conduct, and the good that weighs less, against it."""
    doc = setting.sentences[number].doc
    anchor = _held_back(setting, number)
    sides = [tokens_at(doc, *match.span(group)) for group in ("for", "against")]
    if anchor is None or not all(sides):
        return
    spans = [setting.span(number, max(side[0].i, _head_of(side).left_edge.i), side[-1].i) for side in sides]
    if cue.abstract and any(kind_of(s.of(setting.text), anchor.claim, setting.rules)[1] < KNOWN for s in spans):
        return
    for span, bearing in zip(spans, ("for", "against"), strict=True):
        yield found(anchor, span, cue, bearing=bearing, known_only=True)


def _head_of(tokens: Sequence[Token]) -> Token:
    """The last word of a run that hangs on a word outside it: the noun of "they are betting survival"."""
    inside = {token.i for token in tokens}
    return next((token for token in reversed(tokens) if token.head.i not in inside), tokens[-1])


def _shunned(setting: Setting, number: int, cue: ReasonCue, match: re.Match[str]) -> Iterator[Found]:
    """The subject of "is not on the agenda"."""
    doc = setting.sentences[number].doc
    anchor = _held_back(setting, number)
    tokens = tokens_at(doc, *match.span("why"))
    if anchor is None or not tokens:
        return
    # What stands before the last comma is an aside on the party, not what it means to be spared.
    comma = max((token.i for token in doc[tokens[0].i : tokens[-1].i] if token.text == ","), default=tokens[0].i - 1)
    yield found(anchor, setting.span(number, comma + 1, tokens[-1].i), cue)


_READERS = {
    "motive": _motive,
    "account": _account,
    "follows": _follows,
    "weighing": _weighing,
    "shunned": _shunned,
    "verdict": _verdict,
    "result": _result,
    "driver": _driver,
}


def _is_main(token: Token) -> bool:
    return token.pos_ in _VERBS and token.dep_ not in ("aux", "auxpass")


def _holds_back(anchor: Anchored) -> bool:
    return explains(anchor.claim, ("refusal",))


def _around(setting: Setting, number: int) -> list[Anchored]:
    """The claims of the sentence before and of the one after, where they stand in the same paragraph."""
    near = [each for each in (number - 1, number + 1) if 0 <= each < len(setting.sentences)]
    same = [each for each in near if setting.paragraph(each) == setting.paragraph(number)]
    return [anchor for each in same for anchor in setting.in_sentence(each)]


def _before(setting: Setting, number: int, parties: Sequence[Mention]) -> Anchored | None:
    """The claim that a sentence of reasons explains: of the nearest before it, rather a refusal than a deed."""
    for earlier in range(number - 1, max(-1, number - 1 - _BACK), -1):
        anchored = setting.in_sentence(earlier)
        free = [each for each in anchored if not other_party(each.claim.actor, parties)]
        if free:
            return next((each for each in reversed(free) if _holds_back(each)), free[-1])
    return None


def _held_back(setting: Setting, number: int) -> Anchored | None:
    """The restraint that a sentence of reasons explains: in it, asked after with "why", or the nearest before."""
    for each in setting.in_sentence(number):
        if _holds_back(each):
            return each
    asked = [each for each in setting.anchored if _is_asked(each) and _holds_back(each)]
    if asked:
        return min(asked, key=lambda each: abs(each.number - number))
    earlier = [each for each in setting.anchored if number - _BACK <= each.number < number and _holds_back(each)]
    return earlier[-1] if earlier else None


def _is_asked(anchor: Anchored) -> bool:
    """Whether the claim's clause is a question after the reason ("to understand why they hold their fire")."""
    return any(child.lower_ == "why" for token in anchor.clause() for child in token.children)


def _possessor(setting: Setting, number: int, match: re.Match[str]) -> Sequence[Mention]:
    """The parties that "its", "their" at the start of the match stand for."""
    doc = setting.sentences[number].doc
    tokens = tokens_at(doc, match.start(), match.end())
    return setting.parties_at(number, tokens[0]) if tokens and tokens[0].dep_ == "poss" else ()


def _clause_of(verb: Token) -> tuple[int, int]:
    """The clause of a verb, without clauses coordinated with it."""
    own = [verb.i]
    for child in verb.children:
        if child.dep_ not in ("conj", "cc", "punct", "parataxis", "mark"):
            own += [token.i for token in child.subtree]
    return min(own), max(own)


def _shares_subject(head: Token, verb: Token) -> bool:
    """Whether two verbs are coordinated and the second has no subject of its own."""
    for later, earlier in ((head, verb), (verb, head)):
        token = later
        while token.dep_ in ("conj", "xcomp") and token.head != token:
            if any(child.dep_ in SUBJECTS for child in token.children):
                break
            token = token.head
            if token == earlier:
                return True
    return False
