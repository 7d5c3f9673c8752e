"""Who a cue gives as its source: the noun phrase, cut down to the part that names somebody, and what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.extraction.nlp import Sentence
from holdfire.model.source import Source, SourceKind
from holdfire.model.span import Span
from holdfire.rules.attribution import AttributionRules

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset(("nsubj", "csubj"))
_PASSIVE = frozenset(("nsubjpass", "csubjpass"))
_RELATIVES = frozenset(("who", "which", "that", "whom"))
_AFTER = frozenset(("relcl", "appos", "acl", "advcl", "parataxis", "dep"))
# How far up a chain of verbs a subject is looked for ("has been trying to begin saying").
_STEPS = 5


def subject_of(verb: Token) -> Token | None:
    """The noun that does the saying: the verb's own subject, an agent, or the one that it shares with another verb.

    None for "it is said that" and for a passive without an agent.
    """
    for _ in range(_STEPS):
        passive = False
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                return None if child.lower_ in ("it", "there") and child.tag_ == "EX" else child
            if child.dep_ in _PASSIVE:
                passive = True
        if passive or any(c.dep_ == "auxpass" for c in verb.children):
            return agent_of(verb)
        dep, head = verb.dep_, verb.head
        if head.i == verb.i:
            return None
        if dep == "acl" and head.pos_ in ("NOUN", "PROPN", "PRON"):
            return head
        if dep == "relcl":
            return None
        if dep == "prep" or dep == "pcomp":
            while head.pos_ == "ADP" and head.head.i != head.i:
                head = head.head
        if head.pos_ in ("NOUN", "PROPN", "PRON"):
            return head if dep in ("acl", "amod") else None
        verb = head
    return None


def agent_of(verb: Token) -> Token | None:
    """Who a passive is by."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def owner_of(noun: Token) -> Token | None:
    """Whose saying a noun of saying is: its possessor, "by …" or "from …", or the doer of the verb it is object of."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def full_extent(head: Token) -> tuple[int, int]:
    """First and last token of the whole noun phrase, appositions and clauses included, without outer commas."""
    first, last = head.left_edge.i, head.right_edge.i
    for child in head.rights:
        # A clause of reporting that the parser hung on the name is none of it.
        if child.dep_ in ("advcl", "parataxis", "ccomp") or (child.dep_ == "dep" and child.pos_ == "VERB"):
            last = min(last, child.left_edge.i - 1)
    doc = head.doc
    while last > head.i and (doc[last].is_punct and doc[last].text not in ")."):
        last -= 1
    while first < head.i and (doc[first].is_punct or (doc[first].dep_ in ("cc", "mark") and first == head.left_edge.i)):
        first += 1
    return first, last


def short_extent(head: Token, rules: AttributionRules) -> tuple[int, int, Token | None]:
    """First and last token without appositions and clauses, and the apposition's head where there is one.

    Of a description and a name set side by side ("the envoy, Ada Moor,") the name is the phrase.
    """
    apposition = next((c for c in head.rights if c.dep_ == "appos" and c.i > head.i), None)
    role: Token | None = apposition
    if apposition is not None and apposition.pos_ == "PROPN" and head.pos_ != "PROPN":
        head, role = apposition, head
    first, last = full_extent(head)
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
    return first, max(last, head.i), role


def _goes_on(head: Token, comma: Token) -> bool:
    """Whether a comma joins a list: "Qatar, Egypt and Oman"."""
    return any(c.dep_ == "conj" and c.i > comma.i for c in head.rights)


def _is_close(clause: Token, rules: AttributionRules) -> bool:
    text = clause.doc[clause.left_edge.i : clause.right_edge.i + 1].text.lower()
    return any(text.startswith(each) for each in rules.closeness)


def source_from(head: Token, sentence: Sentence, text: str, rules: AttributionRules) -> tuple[Source, Span]:
    """The source that a noun stands for and the span of its whole phrase.

    For "who" and "which" the source is the phrase that they point back to, the span the pronoun's own.
    """
    doc = sentence.doc
    whole = full_extent(head)
    named = head
    if head.lower_ in _RELATIVES and head.head.dep_ == "relcl":
        named = head.head.head
    elif head.lower_ in _RELATIVES and head.head.dep_ in ("conj", "ccomp", "xcomp") and head.head.head.dep_ == "relcl":
        named = head.head.head.head
    first, last, role = short_extent(named, rules)
    if named is not head:
        last = min(last, head.i - 1) if named.i < head.i else last
        while last > named.i and doc[last].is_punct:
            last -= 1
    span = sentence.span_of(doc[first : last + 1])
    source = Source(
        text=span.of(text),
        span=span,
        kind=kind_of(named, role, rules),
        role=_role_text(named, role, sentence, text),
        closeness=_closeness(named, sentence, rules),
    )
    return source, sentence.span_of(doc[whole[0] : whole[1] + 1])


def kind_of(head: Token, role: Token | None, rules: AttributionRules) -> SourceKind:
    """What sort of source a noun is: a paper, an outlet, somebody with a name, or somebody without one."""
    lemma = head.lemma_.lower()
    if head.pos_ == "NOUN":
        if lemma in rules.documents:
            return "document"
        if lemma in rules.outlets:
            return "outlet"
        if role is not None and role.pos_ == "PROPN":
            return "named"
        return "unnamed"
    if head.pos_ == "PROPN":
        if lemma in rules.outlets and head.left_edge.i < head.i:
            return "outlet"
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
    doc = sentence.doc
    clause = doc[head.left_edge.i : min(len(doc), head.right_edge.i + 12)].text
    lower = clause.lower()
    for each in rules.closeness:
        at = lower.find(each)
        if at >= 0:
            rest = clause[at:].split(",")[0].split("\n")[0]
            return (
                " ".join(rest.split()[:8])
                if each in ("close to", "near to", "familiar with")
                else clause[at : at + len(each)]
            )
    return None
