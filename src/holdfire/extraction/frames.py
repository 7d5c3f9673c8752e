"""What a cue word governs: its complements by shape, read off the parse, with nothing decided yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

_SUBJECTS = frozenset(("nsubj", "csubj"))
_PASSIVE_SUBJECTS = frozenset(("nsubjpass", "csubjpass"))
_WH = frozenset(("what", "why", "how", "who", "whom", "where", "when", "which", "whether", "if", "whatever"))
_OPENING = frozenset("“\"«‘'(`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One way of taking a complement: a shape such as "that", "object" or "of", and its token ranges [first, last]."""

    shape: str
    tokens: tuple[tuple[int, int], ...]


def verb_frames(verb: Token) -> tuple[Frame, ...]:
    """The complements of a verb, widest first: a clause before, a clause after, an object, a preposition's object."""
    found: list[Frame] = []
    children = list(verb.children)
    passive = next((c for c in children if c.dep_ in _PASSIVE_SUBJECTS), None)
    for child in children:
        if child.dep_ == "ccomp":
            found.append(_clause(child, verb))
        elif child.dep_ == "xcomp":
            found.append(_open_clause(child, verb, children, passive))
        elif child.dep_ in ("oprd", "attr", "acomp") and child.i > verb.i:
            subject = passive or (_subject(verb) if child.dep_ == "acomp" else None)
            parts = [(child.left_edge.i, child.right_edge.i)]
            if subject is not None:
                parts.insert(0, (subject.left_edge.i, subject.right_edge.i))
            found.append(Frame(shape="being", tokens=tuple(parts)))
        elif child.dep_ in ("dobj", "dative") and child.i > verb.i and passive is None:
            found.extend(_object(child, children))
        elif child.dep_ == "prep" and child.i > verb.i:
            found.extend(_preposition(child))
        elif child.dep_ == "agent" and passive is not None:
            found.append(Frame(shape="passive", tokens=((passive.left_edge.i, passive.right_edge.i),)))
    if verb.head.i != verb.i and (
        verb.dep_ == "parataxis" or (verb.dep_ == "advcl" and verb.doc[verb.left_edge.i].lower_ == "as")
    ):
        found.append(Frame(shape="inserted", tokens=_around(verb)))
    return tuple(found)


def noun_frames(noun: Token) -> tuple[Frame, ...]:
    """The complements of a noun of saying: "reports that …", "calls for …", "a vow to …"."""
    found: list[Frame] = []
    for child in noun.rights:
        if child.dep_ in ("acl", "ccomp", "relcl", "advcl") and child.i > noun.i:
            mark = next((c for c in child.children if c.dep_ in ("mark", "aux") and c.i < child.i), None)
            lower = mark.lower_ if mark is not None else ""
            if (child.dep_ == "acl" and lower in ("that", "to")) or child.dep_ == "ccomp":
                first, last = child.left_edge.i, child.right_edge.i
                found.append(Frame(shape="to" if lower == "to" else "that", tokens=((first, last),)))
        elif child.dep_ == "prep":
            found.extend(_preposition(child))
    return tuple(found)


def _clause(child: Token, verb: Token) -> Frame:
    first, last = child.left_edge.i, child.right_edge.i
    if child.i < verb.i:
        return Frame(shape="before", tokens=_before(verb, child))
    lead = next((c for c in child.lefts if c.dep_ == "mark"), None)
    if lead is not None and lead.lower_ == "that":
        return Frame(shape="that", tokens=((first, last),))
    if child.doc[first].lower_ in _WH:
        return Frame(shape="question", tokens=((first, last),))
    if any(c.dep_ == "aux" and c.tag_ == "TO" for c in child.lefts):
        return Frame(shape="object to", tokens=((first, last),))
    if child.pos_ not in ("VERB", "AUX") or child.tag_ in ("VBG", "VBN"):
        finite = any(c.dep_ in ("aux", "auxpass", "cop") for c in child.lefts)
        if not finite:
            return Frame(shape="object being", tokens=((first, last),))
    return Frame(shape="clause", tokens=((first, last),))


def _open_clause(child: Token, verb: Token, children: list[Token], passive: Token | None) -> Frame:
    first, last = child.left_edge.i, child.right_edge.i
    parts = [(first, last)]
    to = any(c.dep_ == "aux" and c.tag_ == "TO" for c in child.lefts)
    shape = "to" if to else "doing" if child.tag_ == "VBG" else "being"
    if passive is not None:
        parts.insert(0, (passive.left_edge.i, passive.right_edge.i))
        return Frame(shape=f"passive {shape}", tokens=tuple(parts))
    subject = _subject(verb)
    if shape == "to" and subject is not None:
        # Kept apart so that raising verbs ("seem") can take the subject along.
        parts.insert(0, (subject.left_edge.i, subject.right_edge.i))
        return Frame(shape="to", tokens=tuple(parts))
    if shape == "being" and subject is not None:
        parts.insert(0, (subject.left_edge.i, subject.right_edge.i))
    return Frame(shape=shape, tokens=tuple(parts))


def _object(child: Token, children: list[Token]) -> Iterator[Frame]:
    last = child.right_edge.i
    shape = "object"
    for other in children:
        if other.i > child.i and other.dep_ in ("prep", "xcomp", "oprd", "ccomp") and other.left_edge.i == last + 1:
            if other.dep_ == "prep" and other.lower_ in ("as", "of", "for", "to", "with", "over", "on", "against"):
                last = other.right_edge.i
                shape = f"object {other.lower_}"
            elif other.dep_ in ("xcomp", "oprd"):
                last = other.right_edge.i
                shape = "object being"
            break
    yield Frame(shape=shape, tokens=((child.left_edge.i, last),))


def _preposition(prep: Token) -> Iterator[Frame]:
    for child in prep.children:
        if child.dep_ in ("pobj", "pcomp") and child.i > prep.i:
            yield Frame(shape=prep.lower_, tokens=((child.left_edge.i, prep.right_edge.i),))
            return
        if child.dep_ == "prep" and child.i > prep.i:
            yield from (Frame(shape=f"{prep.lower_} {f.shape}", tokens=f.tokens) for f in _preposition(child))
            return


def _subject(verb: Token) -> Token | None:
    return next((c for c in verb.lefts if c.dep_ in _SUBJECTS), None)


def _before(verb: Token, clause: Token) -> tuple[tuple[int, int], ...]:
    """The clause before a saying verb, and what goes on with it after: "A, sources said, B"."""
    first, last = clause.left_edge.i, clause.right_edge.i
    if last > verb.i:
        inside = (verb_start(verb), _cue_end(verb))
        return ((first, inside[0] - 1), (inside[1] + 1, last))
    return ((first, last),)


def verb_start(verb: Token) -> int:
    """The first token of a saying clause: its subject's, its auxiliaries' or its own."""
    lefts = [
        c for c in verb.lefts if c.dep_ not in ("ccomp", "punct", "cc", "advcl", "parataxis", "mark", "prep", "dep")
    ]
    return min((c.left_edge.i for c in lefts), default=verb.i)


def _cue_end(verb: Token) -> int:
    last = verb.i
    for child in verb.rights:
        if child.dep_ in ("nsubj", "dobj", "dative", "npadvmod", "prep", "prt", "advmod", "agent"):
            last = max(last, child.right_edge.i)
    return last


def _around(verb: Token) -> tuple[tuple[int, int], ...]:
    """The clause that a saying clause is inserted into, without the insertion."""
    head = verb.head
    first, last = head.left_edge.i, head.right_edge.i
    begin, end = verb.left_edge.i, verb.right_edge.i
    parts = [(first, begin - 1), (end + 1, last)]
    return tuple((a, b) for a, b in parts if b >= a)
