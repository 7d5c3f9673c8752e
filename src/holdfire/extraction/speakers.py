"""Who a cue gives as its source: the noun phrase, cut down to the part that names somebody, and what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.extraction.nlp import Sentence
from holdfire.model.source import Source, SourceKind
from holdfire.model.span import Span
from holdfire.rules.attribution import AttributionRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

_SUBJECTS = frozenset(("nsubj", "csubj"))
_PASSIVE = frozenset(("nsubjpass", "csubjpass"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
_SMALL_WORDS = frozenset(("PRP", "EX", "WP", "WDT", "NN", "NNS"))
_RELATIVES = frozenset(("who", "which", "that", "whom"))
_AFTER = frozenset(("relcl", "appos", "acl", "advcl", "parataxis", "dep"))
# How far up a chain of verbs a subject is looked for ("has been trying to begin saying").
_STEPS = 5


def subject_of(verb: Token) -> Token | None:
    """The noun that does the saying: the verb's own subject, an agent, or the one that it shares with another verb.

    None for "it is said that" and for a passive without an agent. "Was quoted as saying" has its passive subject.
    """
    if any(c.dep_ == "auxpass" or c.dep_ in _PASSIVE for c in verb.children):
        return agent_of(verb)
    for step in range(_STEPS):
        for child in verb.children:
            if child.dep_ in _SUBJECTS or (step and child.dep_ in _PASSIVE):
                return None if child.tag_ == "EX" else child
        dep, head = verb.dep_, verb.head
        if head.i == verb.i or dep in ("ccomp", "relcl"):
            return None
        while head.pos_ == "ADP" and head.head.i != head.i:
            head = head.head
        if head.pos_ in _NOMINAL:
            return head if dep in ("acl", "amod") else None
        verb = head
    return None


def is_hedged(verb: Token, rules: AttributionRules) -> bool:
    """Whether the cue is weakened: "seem to agree", or a vague passive that nobody stands behind."""
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in rules.hedging:
        return True
    passive = any(c.dep_ == "auxpass" or c.dep_ in _PASSIVE for c in verb.children)
    return passive and verb.lemma_.lower() in rules.vague and agent_of(verb) is None


def agent_of(verb: Token) -> Token | None:
    """Who a passive is by."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def owner_of(noun: Token, rules: AttributionRules) -> Token | None:
    """Whose saying a noun of saying is: its possessor, "by …" or "from …", or the doer of a verb that only carries it.

    "Their claim that", "a statement by the mayor that", "the mayor issued a warning that".
    """
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    verb = noun.head
    if noun.dep_ == "pobj":
        verb = verb.head
    if noun.dep_ in ("dobj", "pobj") and verb.lemma_.lower() in rules.carrying:
        return subject_of(verb)
    return None


def full_extent(head: Token, cue: int) -> tuple[int, int]:
    """First and last token of the whole noun phrase, appositions and clauses included, without outer commas.

    `cue` is the index of the cue: a clause with the cue in it, wrongly hung on the noun, is none of the phrase.
    """
    first, last = head.left_edge.i, head.right_edge.i
    for child in head.rights:
        holds_cue = child.left_edge.i <= cue <= child.right_edge.i
        if holds_cue or child.dep_ in ("advcl", "parataxis", "ccomp") or (child.dep_ == "dep" and child.pos_ == "VERB"):
            last = min(last, child.left_edge.i - 1)
    if first <= cue < head.i:
        first = cue + 1
    doc = head.doc
    while last > head.i and doc[last].is_punct and doc[last].text not in ").":
        last -= 1
    while first < head.i and (doc[first].is_punct or (doc[first].dep_ in ("cc", "mark", "preconj"))):
        first += 1
    return first, max(last, head.i)


def short_extent(head: Token, cue: int, rules: AttributionRules) -> tuple[int, int, Token | None]:
    """First and last token without appositions and clauses, and the apposition's head where there is one.

    Of a description and a name set side by side ("the envoy, Ada Moor,") the name is the phrase; a name goes without
    the common nouns before it ("analyst Ada Moor") and a phrase without "even" and "only".
    """
    apposition = next((c for c in head.rights if c.dep_ == "appos" and c.i > head.i), None)
    role: Token | None = apposition
    if apposition is not None and apposition.pos_ == "PROPN" and head.pos_ != "PROPN":
        head, role = apposition, head
    first, last = full_extent(head, cue)
    for child in head.rights:
        if child.dep_ in _AFTER and child.left_edge.i <= last:
            if child.dep_ == "acl" and _is_close(child, rules):
                continue
            last = min(last, child.left_edge.i - 1)
        elif child.dep_ == "punct" and child.text in ",(–—" and child.i <= last and not _goes_on(head, child):
            last = min(last, child.i - 1)
    doc = head.doc
    while last > head.i and doc[last].is_punct:
        last -= 1
    last = max(last, head.i)
    if head.pos_ == "PROPN":
        first = _name_start(head, first)
    while first < head.i and ((doc[first].dep_ == "advmod" and doc[first].head.i == head.i) or doc[first].is_punct):
        first += 1
    return first, last, role


def _name_start(head: Token, first: int) -> int:
    """Where the name itself begins: after the last common noun or adjective before it, the article kept with it."""
    doc = head.doc
    start = head.i
    while start > first and (
        doc[start - 1].pos_ == "PROPN"
        or doc[start - 1].is_title
        or doc[start - 1].text in "-’'&."
        or doc[start - 1].tag_ == "POS"
    ):
        start -= 1
    while start < head.i and doc[start].is_punct:
        start += 1
    if start > first and doc[start - 1].pos_ == "DET":
        return start - 1
    before = doc[first:start]
    return start if any(each.text.islower() and each.pos_ != "ADP" for each in before) else first


def _goes_on(head: Token, comma: Token) -> bool:
    """Whether a comma joins a list: "Qatar, Egypt and Oman"."""
    return any(c.dep_ == "conj" and c.i > comma.i for c in head.rights)


def _is_close(clause: Token, rules: AttributionRules) -> bool:
    text = clause.doc[clause.left_edge.i : clause.right_edge.i + 1].text.lower()
    return any(text.startswith(each) for each in rules.closeness)


def source_from(
    head: Token, sentence: Sentence, text: str, rules: AttributionRules, *, cue: int, outlet: str | None = None
) -> tuple[Source, Span]:
    """The source that a noun stands for and the span of its whole phrase; `cue` is the cue's token index.

    For "who" and "which" the source is the phrase that they point back to, the span the pronoun's own.
    """
    doc = sentence.doc
    whole = full_extent(head, cue)
    named = _antecedent(head)
    first, last, role = short_extent(named, cue, rules)
    if named is not head and named.i < head.i:
        last = min(last, head.i - 1)
        while last > named.i and (doc[last].is_punct or doc[last].pos_ == "ADP"):
            last -= 1
    span = sentence.span_of(doc[first : last + 1])
    kind = kind_of(named, role, rules)
    if (
        outlet
        and span.of(text).removeprefix("the ").removeprefix("The ").lower() == outlet.removeprefix("The ").lower()
    ):
        kind = "outlet"
    source = Source(
        text=span.of(text),
        span=span,
        kind=kind,
        role=_role_text(named, role, sentence, text),
        closeness=_closeness(named, sentence, rules),
    )
    return source, sentence.span_of(doc[whole[0] : whole[1] + 1])


def _antecedent(head: Token) -> Token:
    """What "who" or "which" points back to; the noun itself for any other."""
    if head.lower_ not in _RELATIVES:
        return head
    verb = head.head
    for _ in range(_STEPS):
        if verb.dep_ == "relcl" or verb.head.i == verb.i:
            break
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" and verb.head.pos_ in _NOMINAL else head


def kind_of(head: Token, role: Token | None, rules: AttributionRules) -> SourceKind:
    """What sort of source a noun is: a paper, an outlet, somebody with a name, or somebody without one."""
    words = {head.lemma_.lower(), head.lower_}
    if head.pos_ == "NOUN":
        if words & rules.documents:
            return "document"
        if words & rules.outlets:
            return "outlet"
        if role is not None and role.pos_ == "PROPN":
            return "named"
        return "unnamed"
    if head.pos_ == "PROPN":
        if words & rules.outlets and head.left_edge.i < head.i:
            return "outlet"
        return "named"
    if head.text[:1].isupper() and head.tag_ not in _SMALL_WORDS and not head.is_stop:
        return "named"
    return "unnamed"


def _role_text(head: Token, role: Token | None, sentence: Sentence, text: str) -> str | None:
    """What the source is said to be: the apposition, or the common nouns before a name ("analyst Ada Moor")."""
    doc = sentence.doc
    if role is not None and role.pos_ in ("NOUN", "PROPN") and role.i != head.i:
        last = role.i
        for child in role.rights:
            if child.dep_ == "prep":
                last = max(last, child.right_edge.i)
        if role.i < head.i:
            last = min(last, head.left_edge.i - 1)
        return sentence.span_of(doc[role.left_edge.i : max(last, role.i) + 1]).of(text).strip(" ,")
    if head.pos_ == "PROPN":
        before = [c for c in head.lefts if c.pos_ == "NOUN" and c.dep_ in ("compound", "nmod", "amod")]
        if before:
            return sentence.span_of(doc[before[0].left_edge.i : before[-1].i + 1]).of(text)
    return None


def _closeness(head: Token, sentence: Sentence, rules: AttributionRules) -> str | None:
    """The text's words for how near the source stands, or that it would not be named."""
    doc = sentence.doc
    clause = doc[head.left_edge.i : min(len(doc), head.right_edge.i + 14)].text
    lower = clause.lower()
    for each in rules.closeness:
        at = lower.find(each)
        if at < 0:
            continue
        if not each.endswith((" to", " with", " of", " on")):
            return clause[at : at + len(each)]
        # The phrase needs its object: the noun that its last preposition governs.
        place = head.left_edge.idx + at + len(each) - 1
        word = next((t for t in doc if t.idx <= place < t.idx + len(t)), None)
        noun = next((c for c in word.children if c.dep_ == "pobj"), None) if word is not None else None
        if noun is not None:
            return doc[head.left_edge.i : noun.i + 1].text[at:]
        return clause[at : at + len(each)]
    return None
