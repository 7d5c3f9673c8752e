"""Reasons without a word that says so: answers to "why?", what follows a colon, and the rest of a refuser's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from holdfire.extraction.reason_anchors import Anchored, Found, Setting, found, other_party, same_party
from holdfire.extraction.reason_kinds import explains
from holdfire.extraction.reason_units import has_clause, said_in, units
from holdfire.extraction.reasons_inside import is_stative
from holdfire.extraction.syntax import SUBJECTS, children
from holdfire.model.span import Span
from holdfire.rules.reasons import ReasonCue

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Doc

# How many sentences after a question still answer it, how far before it the claim may stand that it asks after, and
# how many words a question has that leaves the claim out.
_ANSWERS, _BACK, _BRIEF = 4, 3, 3
# How many sentences of the same quotation, and of one that follows, still explain a refusal.
_OWN, _NEXT = 1, 3
_BLOWS = frozenset(("ASSAULT", "COERCE", "SANCTION", "MOBILIZE"))
_OURS = frozenset(("we", "us", "our", "ours", "i"))


def find_beside(setting: Setting) -> Iterator[Found]:
    """The reasons of a document that stand beside a claim and are known as such by their place alone."""
    for cue in setting.rules.across:
        if cue.kind == "question":
            yield from _answers(setting, cue)
        elif cue.kind == "colon":
            yield from _after_colons(setting, cue)
        elif cue.kind == "state":
            yield from _states(setting, cue)
        elif cue.kind == "spoken":
            yield from _spoken(setting, cue)


def _answers(setting: Setting, cue: ReasonCue) -> Iterator[Found]:
    """The clauses that answer "why?": the first as it stands, later ones where they are of a known kind."""
    for number, sentence in enumerate(setting.sentences):
        match = cue.form.search(sentence.doc.text)
        asked = _asked(setting, number) if match is not None else None
        if match is None or asked is None:
            continue
        first = True
        for answer in _rest_of_paragraph(setting, number, _ANSWERS):
            if cue.form.search(setting.sentences[answer].doc.text) or _tells_another_deed(setting, answer, asked):
                break
            for span in _units_said(setting, answer):
                yield found(asked, span, cue, known_only=not first)
                first = False


def _asked(setting: Setting, number: int) -> Anchored | None:
    """The claim that a question asks the reason of: in the question, else one told shortly before it.

    A question of a few words ("Why not?") asks after the last claim told, a longer one after a refusal by its subject,
    in its own paragraph or the one right before.
    """
    here = setting.in_sentence(number)
    if here:
        return here[0]
    doc = setting.sentences[number].doc
    near = setting.paragraph(number) - 1
    earlier = [each for each in setting.anchored if number - _BACK <= each.number < number]
    earlier = [each for each in earlier if setting.paragraph(each.number) >= near]
    if sum(token.is_alpha for token in doc) > _BRIEF:
        parties = [m for t in doc if t.dep_ in SUBJECTS for m in setting.parties_at(number, t)]
        earlier = [e for e in earlier if explains(e.claim, ("refusal",)) and same_party(e.claim.actor, parties)]
    return earlier[-1] if earlier else None


def _rest_of_paragraph(setting: Setting, number: int, most: int) -> list[int]:
    """The sentences after one in its paragraph, or in the next paragraph where the sentence stands alone."""
    numbers = range(number + 1, min(len(setting.sentences), number + 1 + most))
    if not numbers:
        return []
    paragraph = setting.paragraph(numbers[0])
    alone = number == 0 or setting.paragraph(number - 1) != setting.paragraph(number)
    if paragraph != setting.paragraph(number) and not alone:
        return []
    return [each for each in numbers if setting.paragraph(each) == paragraph]


def _tells_another_deed(setting: Setting, number: int, asked: Anchored) -> bool:
    """Whether a sentence goes on to what another party does."""
    return any(
        each.claim.quote is None and not same_party(each.claim.actor, asked.claim.actor)
        for each in setting.in_sentence(number)
        if each.claim.polarity == "affirmed" and explains(each.claim, ("deed",))
    )


def _units_said(setting: Setting, number: int) -> Iterator[Span]:
    """The clauses of what is said in a sentence, without the words that say who says it."""
    sentence = setting.sentences[number]
    for first, last in said_in(sentence, setting.voices.attributions):
        for low, high in units(sentence.doc, first, last):
            yield setting.span(number, low, high)


def _after_colons(setting: Setting, cue: ReasonCue) -> Iterator[Found]:
    """The clause after the colon or dash that ends a refusal or a charge."""
    for anchor in setting.anchored:
        if not explains(anchor.claim, cue.of):
            continue
        doc = setting.sentences[anchor.number].doc
        for match in cue.form.finditer(doc.text):
            at = next((token.i for token in doc if token.idx >= match.start()), None)
            if at is None or at <= max(token.i for token in anchor.path) or _introduces_speech(setting, anchor, at):
                continue
            if any(token.dep_ in SUBJECTS and token.i > at for token in doc[at : at + 8]):
                for low, high in units(doc, at + 1, len(doc) - 1):
                    span = setting.span(anchor.number, low, high)
                    whole = has_clause(doc, low, high) or low == at + 1
                    if (
                        whole
                        and _is_fit(cue, setting, doc, low, high)
                        and not _tells_own(setting, anchor, span, anchor.number)
                    ):
                        yield found(anchor, span, cue)
                break


def _is_fit(cue: ReasonCue, setting: Setting, doc: Doc, low: int, high: int) -> bool:
    """Whether a clause has a verb of state, where the cue asks for one."""
    return "stative" not in cue.tests or any(
        token.dep_ in SUBJECTS and is_stative(token.head, setting.rules) for token in doc[low : high + 1]
    )


def _introduces_speech(setting: Setting, anchor: Anchored, at: int) -> bool:
    """Whether what follows a colon is a quotation that the words before it bring in."""
    sentence = setting.sentences[anchor.number]
    doc = sentence.doc
    behind = sentence.span_of(doc[at]).end_char
    return any(
        each.cue is not None
        and each.cue.end_char <= behind
        and any(0 <= p.start_char - behind <= 2 for p in each.content)
        for each in setting.voices.attributions
    )


def _states(setting: Setting, cue: ReasonCue) -> Iterator[Found]:
    """What the party that holds back is, has or lacks: a clause of state about it in the next sentence."""
    for number in range(1, len(setting.sentences)):
        if setting.paragraph(number) != setting.paragraph(number - 1) or setting.in_sentence(number):
            continue
        held = [each for each in setting.in_sentence(number - 1) if explains(each.claim, cue.of)]
        doc = setting.sentences[number].doc
        if not held or cue.form.search(doc.text) is None:
            continue
        anchor = held[-1]
        for first, last in said_in(setting.sentences[number], setting.voices.attributions):
            for low, high in units(doc, first, last):
                if _tells_state(setting, number, low, high, anchor):
                    yield found(anchor, setting.span(number, low, high), cue)


def _tells_state(setting: Setting, number: int, low: int, high: int, anchor: Anchored) -> bool:
    """Whether a clause has a verb of state, and the claim's party, or what is its own, as its subject."""
    doc = setting.sentences[number].doc
    for token in doc[low : high + 1]:
        verb = token.head
        if token.dep_ not in SUBJECTS or not low <= verb.i <= high:
            continue
        if not is_stative(verb, setting.rules) and not (verb.tag_ in ("VBZ", "VBP") and not children(verb, "aux")):
            continue
        owner = next((child for child in token.children if child.dep_ == "poss"), None)
        if same_party(setting.parties_at(number, owner or token), anchor.claim.actor):
            return True
    return False


def _spoken(setting: Setting, cue: ReasonCue) -> Iterator[Found]:
    """What a refuser, or somebody for it, says beside the refusal, where its words are of a known kind."""
    for anchor in setting.anchored:
        if not explains(anchor.claim, cue.of) or anchor.head.dep_ == "relcl":
            continue
        evidence = anchor.claim.evidence.span
        own = setting.quoted_by(evidence)
        for number in _beside(setting, anchor.number, back=own is not None):
            for span in _units_said(setting, number):
                quoted = setting.quoted_by(span)
                if quoted is None or span.overlaps(evidence) or _tells_own(setting, anchor, span, number):
                    continue
                if not _has_clause(setting, number, span) or _announces(setting, number, span):
                    continue
                if quoted == own if own is not None else _speaks_for(setting, quoted, anchor, span):
                    yield found(anchor, span, cue)


def _beside(setting: Setting, number: int, *, back: bool) -> list[int]:
    """The sentences around a refusal: of its own quotation on both sides, of another only after it."""
    low, high = (number - _OWN, number + _OWN) if back else (number, number + _NEXT)
    near = range(max(0, low), min(len(setting.sentences), high + 1))
    return [each for each in near if setting.paragraph(each) == setting.paragraph(number)]


def _has_clause(setting: Setting, number: int, span: Span) -> bool:
    sentence = setting.sentences[number]
    held = [token.i for token in sentence.tokens_in(span)]
    return bool(held) and has_clause(sentence.doc, held[0], held[-1])


def _announces(setting: Setting, number: int, span: Span) -> bool:
    """Whether words say what "we" shall do: news, not a reason."""
    sentence = setting.sentences[number]
    return any(
        token.dep_ in SUBJECTS
        and token.lower_ in _OURS
        and any(child.lower_ in setting.rules.words["announcing"] for child in children(token.head, "aux"))
        for token in sentence.tokens_in(span)
    )


def _tells_own(setting: Setting, anchor: Anchored, span: Span, number: int) -> bool:
    """Whether a stretch holds a claim that is news of its own: neither a refusal nor what others did to the party."""
    sentence = setting.sentences[number]
    for each in setting.in_sentence(number):
        if not span.contains(sentence.span_of(each.head)) or each.claim.event == "REJECT":
            continue
        done = each.claim.event in _BLOWS and each.claim.polarity == "affirmed"
        if not done or same_party(each.claim.actor, anchor.claim.actor):
            return True
    return False


def _speaks_for(setting: Setting, quoted: int, anchor: Anchored, span: Span) -> bool:
    """Whether words are by the claim's party or by whoever told of it; where nobody did, by a "we" that may be it."""
    attribution = setting.voices.attributions[quoted]
    if attribution.source is None:
        return False
    side = setting.voices.side_of(attribution)
    if side is not None and same_party((side,), anchor.claim.actor):
        return True
    if not anchor.claim.sources:
        other = side is not None and other_party((side,), anchor.claim.actor)
        sentence = setting.sentence_at(span.start_char)
        ours = any(token.lower_ in _OURS for token in sentence.tokens_in(span))
        return ours and not other
    resolved = setting.voices.resolved(attribution.source)
    return any(resolved.span.overlaps(each.span) for each in anchor.claim.sources)
