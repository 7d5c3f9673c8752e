"""Reasons that stand in the sentence of the claim: clauses, phrases and asides of cause, purpose and concession."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.extraction.reason_anchors import Anchored
from holdfire.extraction.reason_kinds import explains
from holdfire.extraction.syntax import SUBJECTS, lemma
from holdfire.model.span import Span
from holdfire.rules.reasons import ReasonCue, ReasonRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Doc, Token

_INTRODUCERS = frozenset(
    ("mark", "aux", "auxpass", "advmod", "neg", "case", "predet", "cc", "poss", "compound", "amod", "det")
)
_ASIDES = frozenset(("advcl", "acl", "prep", "amod", "appos", "npadvmod", "advmod", "dep", "relcl", "agent", "nmod"))
_VERBS = frozenset(("VERB", "AUX"))
_STOPS = frozenset((":", ";", "—", "–"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A reason found in a sentence before it is known what it explains.

    `first` and `last` are its tokens, `governor` the word that it hangs on in the parse, `found` the cue's own first
    token. `close` is True where only a claim of the governor itself can be meant ("an offensive to end the siege").
    """

    cue: ReasonCue
    first: int
    last: int
    governor: Token
    found: Token
    close: bool = False


def find_inside(doc: Doc, rules: ReasonRules) -> Iterator[Candidate]:
    """The candidates of one sentence, cue by cue in the order of the rule file; several may find the same words."""
    for cue in rules.likely_cues.likely(doc.text):
        for match in cue.form.finditer(doc.text):
            tokens = tokens_at(doc, match.start(), match.end())
            candidate = _candidate(cue, tokens, rules) if tokens else None
            if candidate is not None:
                yield candidate


def explained_by(candidate: Candidate, anchored: Sequence[Anchored], span: Span) -> list[Anchored]:
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
        if candidate.close or token.head == token or _closes(token):
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
    if token.pos_ not in _VERBS or token.dep_ in ("parataxis", "xcomp", "aux", "auxpass", "acomp", "pcomp", "amod"):
        return False
    return token.dep_ in ("relcl", "advcl", "ROOT", "ccomp") or any(c.dep_ in SUBJECTS for c in token.children)


def tokens_at(doc: Doc, start: int, end: int) -> list[Token]:
    """The tokens of a sentence that characters start to end cover, without white space and punctuation at the edges."""
    found = [token for token in doc if token.idx < end and start < token.idx + len(token.text)]
    while found and (found[0].is_space or found[0].is_punct):
        found.pop(0)
    while found and (found[-1].is_space or found[-1].is_punct):
        found.pop()
    return found


def _candidate(cue: ReasonCue, tokens: list[Token], rules: ReasonRules) -> Candidate | None:
    first = tokens[0]
    top = _top(tokens)
    if "clause" in cue.tests and top.pos_ not in _VERBS:
        top = _top(tokens[-1:])
    if not all(_TESTS[name](top, tokens, rules) for name in cue.tests):
        return None
    if "own" in cue.tests:
        return Candidate(cue=cue, first=first.i, last=_own_end(tokens[-1]), governor=first, found=first)
    if "relative" in cue.tests:
        top = _relative(first)
    elif "adjunct" in cue.tests and (main := _verb_after_aside(top, first)) is not None:
        comma = next(token.i for token in first.doc[first.i :] if token.text == ",")
        return Candidate(cue=cue, first=first.i, last=comma - 1, governor=main, found=first)
    start = tokens[-1].i + 1 if cue.bare else first.i
    # A cue that ends in "to" brings in the infinitive, wherever the parse hangs it.
    end = tokens[-1].head if tokens[-1].tag_ == "TO" else tokens[-1]
    last = max(reach(top, start), reach(end, start))
    if last < start or (top.head == top and top.i >= first.i):
        return None
    close = "of the act" in cue.tests and top.dep_ != "advcl"
    return Candidate(cue=cue, first=start, last=last, governor=top.head, found=first, close=close)


def _top(tokens: list[Token]) -> Token:
    """The word that heads what the cue brings in: the verb of a clause, the preposition of a phrase."""
    token, last = tokens[0], tokens[-1].i
    for _ in range(len(tokens) + 4):
        head = token.head
        inside = tokens[0].i <= head.i <= last
        if head == token or not (inside or (head.i > token.i and token.dep_ in _INTRODUCERS)):
            break
        token = head
    return token


def reach(top: Token, start: int) -> int:
    """Index of the last token of a phrase headed by `top` that begins at `start`, up to a break in the clause."""
    last = top.right_edge.i
    for token in top.doc[start : last + 1]:
        if token.text in _STOPS and token.i > start:
            last = token.i - 1
            break
    while last > start and (top.doc[last].is_punct or top.doc[last].is_space or top.doc[last].dep_ == "cc"):
        last -= 1
    return last


def _own_end(token: Token) -> int:
    """The end of a verb of answering with its object, of another word alone."""
    if token.pos_ in _VERBS:
        ends = [
            child.right_edge.i
            for child in token.children
            if child.dep_ in ("dobj", "prt", "prep") and child.i > token.i
        ]
        return max(ends, default=token.i)
    return token.i


def _is_clause(top: Token, tokens: list[Token], rules: ReasonRules) -> bool:
    return top.pos_ in _VERBS and top.i > tokens[0].i


def _is_stative(top: Token, tokens: list[Token], rules: ReasonRules) -> bool:
    """A clause that tells a state: a verb of state with a subject, or one with a modal or a negation."""
    if not any(child.dep_ in SUBJECTS for child in top.children):
        return False
    return is_stative(top, rules) and not (tokens[0].lower_ == "since" and _is_past(top))


def is_stative(verb: Token, rules: ReasonRules) -> bool:
    """Whether a verb tells a state: one that always does, or any with a modal or a negation; never a progressive."""
    if any(child.tag_ == "MD" or child.dep_ == "neg" for child in verb.children):
        return True
    if any(child.dep_ == "aux" and lemma(child) == "be" for child in verb.children):
        return False
    return lemma(verb) in rules.words["stative"]


def _is_past(verb: Token) -> bool:
    return verb.tag_ == "VBD" and not any(child.dep_ in ("aux", "neg") for child in verb.children)


def _is_standing(top: Token, tokens: list[Token], rules: ReasonRules) -> bool:
    """A clause that is not of the past."""
    verbs = [child for child in top.children if child.dep_ in ("aux", "auxpass")] or [top]
    return verbs[0].tag_ in ("VBZ", "VBP", "MD", "VB")


def _is_infinitive(top: Token, tokens: list[Token], rules: ReasonRules) -> bool:
    """An infinitive of purpose: a clause of its own that no verb, noun or adjective asks for."""
    return top.pos_ in _VERBS and top.dep_ == "advcl" and top.tag_ == "VB"


def _is_of_the_act(top: Token, tokens: list[Token], rules: ReasonRules) -> bool:
    """An infinitive on a noun, or on a full verb above it and behind what that verb takes."""
    verb = top.head
    if top.tag_ != "VB" or top.pos_ not in _VERBS or top.dep_ not in ("advcl", "acl", "relcl"):
        return False
    return verb.pos_ == "NOUN" or (
        verb.pos_ == "VERB" and verb.i < tokens[0].i - 1 and tokens[0].nbor(-1).pos_ not in ("ADJ", "ADV", "VERB")
    )


def _is_not_asked(top: Token, tokens: list[Token], rules: ReasonRules) -> bool:
    """An infinitive behind the thing asked for ("a truce to …") or behind the act asked ("to withdraw to …").

    What stands behind those who are asked is the act itself: "urged both camps to …".
    """
    if top.tag_ != "VB" or top.pos_ not in _VERBS:
        return False
    if top.head.tag_ == "VB" and top.dep_ == "advcl":
        return True
    noun = next((token for token in reversed(top.doc[: tokens[0].i]) if token.pos_ == "NOUN"), None)
    return noun is not None and noun.i == tokens[0].i - 1 and lemma(noun) in rules.words["asked_for"]


def _is_adjunct(top: Token, tokens: list[Token], rules: ReasonRules) -> bool:
    """An aside on the clause or on its subject, not the clause's own predicate."""
    if _verb_after_aside(top, tokens[0]) is not None:
        return True
    if top.dep_ not in _ASIDES:
        return False
    return not any(child.dep_ in SUBJECTS or child.dep_ == "aux" for child in top.children)


def _verb_after_aside(top: Token, first: Token) -> Token | None:
    """The main verb of "The front, bled white by war, has no plans", where the parse takes the aside for the predicate.

    None where the aside does not stand between commas, behind its own subject and before a verb joined to it.
    """
    if first != top or first.i < 2 or first.nbor(-1).text != ",":
        return None
    subject = next((child for child in top.children if child.dep_ in SUBJECTS), None)
    if subject is None or not first.i - 2 <= max(subject.i, subject.right_edge.i - 1) < first.i:
        return None
    after = [child for child in top.children if child.dep_ == "conj" and child.pos_ in _VERBS]
    closed = any(token.text == "," for token in top.doc[first.i : after[0].i]) if after else False
    return after[0] if closed else None


def _is_no_place(top: Token, tokens: list[Token], rules: ReasonRules) -> bool:
    following = top.doc[tokens[-1].i + 1 : tokens[-1].i + 2]
    if following and (following[0].like_num or following[0].pos_ == "NUM"):
        return False
    things = [child for child in top.children if child.dep_ in ("pobj", "pcomp")]
    return bool(things) and all(lemma(each) not in rules.words["not_over"] and each.pos_ != "PROPN" for each in things)


def _is_own(top: Token, tokens: list[Token], rules: ReasonRules) -> bool:
    return True


def _is_verb(top: Token, tokens: list[Token], rules: ReasonRules) -> bool:
    return any(token.pos_ == "VERB" for token in tokens)


def _is_modifier(top: Token, tokens: list[Token], rules: ReasonRules) -> bool:
    """A participle on the noun right before it, also where the parse hangs it on the verb."""
    return top.dep_ == "acl" or (top.dep_ == "advcl" and top.i > 0 and top.nbor(-1).pos_ in ("NOUN", "PROPN"))


def _is_relative(top: Token, tokens: list[Token], rules: ReasonRules) -> bool:
    return _relative(tokens[0]).dep_ == "relcl"


def _relative(token: Token) -> Token:
    """The verb of the relative clause that a token stands in, the root where it stands in none."""
    while token.head != token and token.dep_ != "relcl":
        token = token.head
    return token


_TESTS: dict[str, Callable[[Token, list[Token], ReasonRules], bool]] = {
    "clause": _is_clause,
    "stative": _is_stative,
    "standing": _is_standing,
    "infinitive": _is_infinitive,
    "of the act": _is_of_the_act,
    "not asked": _is_not_asked,
    "adjunct": _is_adjunct,
    "not place": _is_no_place,
    "own": _is_own,
    "verb": _is_verb,
    "modifier": _is_modifier,
    "relative": _is_relative,
}
