"""The words of a place: a name, a place noun with what belongs to it, a direction, or "there"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.extraction.nlp import Sentence
from holdfire.extraction.syntax import lemma
from holdfire.model.span import Span
from holdfire.rules.places import PlaceRules

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Names run on over these: "San Vicente del Caguán", "Deir ez-Zor", "Fada N'Gourma".
_CONNECTS = frozenset(("de", "del", "la", "las", "los", "da", "do", "dos", "el", "al", "-", "–", "’", "'"))
_LONGEST_NAME = 5
_LONGEST_OF = 9
_NAME = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A place phrase. `noun` is the class of its place noun ("town", "site" … or "direction"), None for a bare name.

    `names` are the wordings to look up, best first; `within` is a country or region that the text joins with a
    comma; `relation` is "near" or "beyond" where the place is only close to the name, or in a direction from it;
    `points_back`: it says no name and may stand for a place spoken of before.
    """

    head: Token
    governor: Token | None
    preposition: str
    span: Span
    text: str
    noun: str | None
    noun_lemma: str
    names: tuple[str, ...]
    within: str | None = None
    relation: str | None = None
    points_back: bool = False
    has_name: bool = False

    @property
    def span_words(self) -> frozenset[str]:
        """The words of the phrase in lower case."""
        return frozenset(self.text.lower().split())


def phrase_at(token: Token, sentence: Sentence, rules: PlaceRules) -> Phrase | None:
    """The place phrase that the token heads, or None where the token cannot head one."""
    if token.pos_ in ("ADV", "ADJ") and token.lower_ in rules.adverbs and token.dep_ != "expl":
        span = sentence.span_of(token)
        return _phrase(token, span, token.text, noun=None, names=(), points_back=True)
    base = lemma(token)
    noun = "direction" if base in rules.directions else rules.nouns.get(base)
    named = _is_name(token)
    if token.pos_ in ("ADV", "ADJ") and noun != "direction":
        return None
    if noun is None and not named:
        return None
    if noun == "direction" and named and token.i + 1 < len(token.doc) and _is_name(token.nbor()):
        return None
    if token.dep_ in ("compound", "amod", "poss", "nmod") and token.head.i > token.i and _within_phrase(token, rules):
        return None
    if _is_somebody(token, rules) and (noun is None or token.pos_ == "PROPN"):
        known = rules.gazetteer.find(token.doc[_left(token) : token.i + 1].text)
        if noun is None or not known:
            return None

    doc = token.doc
    first, last = _left(token), _right(token, rules, noun)
    inner = (first, last) if doc[last].is_digit else _name_in(doc, first, last, token, noun)
    if (
        noun == "direction"
        and inner is None
        and token.pos_ in ("ADV", "ADJ")
        and token.dep_ not in ("advmod", "npadvmod", "dobj", "pobj")
    ):
        return None
    if noun is not None and inner is None and not _says_which(token, noun, rules):
        return None
    if noun is None and first > token.left_edge.i and doc[first - 1].text == "The" and first > 1:
        # "At The Harbour Post": the capital article belongs to a title.
        return None
    preposition, near, begin = _before(token, first, rules)
    relation = "near" if near else ("beyond" if noun == "direction" and _of(token) is not None and inner else None)
    start = begin if relation == "near" else first
    span = sentence.span_of(doc[start : last + 1])
    return _phrase(
        token,
        span,
        doc[start : last + 1].text,
        noun=noun,
        names=tuple(_wordings(doc, first, last, token, noun, inner, rules)),
        within=_after_comma(doc, last),
        relation=relation,
        points_back=noun is not None
        and inner is None
        and any(c.lower_ in ("the", "this", "that") for c in token.lefts),
        preposition=preposition,
        has_name=inner is not None,
        noun_lemma=base,
    )


def _says_which(token: Token, noun: str, rules: PlaceRules) -> bool:
    """Whether a place noun without a name is one certain place: "the airport", "its border"; not "a camp"."""
    if noun in ("direction", "air", "line"):
        return True
    if lemma(token) in rules.named_only:
        return False
    return any(c.dep_ == "poss" or c.lower_ in ("the", "this", "that") for c in token.lefts)


def _phrase(
    token: Token,
    span: Span,
    text: str,
    *,
    noun: str | None,
    names: tuple[str, ...],
    within: str | None = None,
    relation: str | None = None,
    points_back: bool = False,
    preposition: str = "",
    has_name: bool = False,
    noun_lemma: str = "",
) -> Phrase:
    top = _top(token)
    governor = top.head if top.dep_ != "ROOT" else None
    if governor is not None and top.dep_ == "pobj":
        governor = governor.head if governor.dep_ != "ROOT" else None
        # "Out of the town", "from near the port": the verb governs.
        while governor is not None and governor.pos_ == "ADP" and governor.dep_ != "ROOT":
            governor = governor.head
    return Phrase(
        head=token,
        governor=governor,
        preposition=preposition,
        span=span,
        text=text,
        noun=noun,
        noun_lemma=noun_lemma,
        names=names,
        within=within,
        relation=relation,
        points_back=points_back,
        has_name=has_name,
    )


def _top(token: Token) -> Token:
    """The first of the coordinated phrases that the token belongs to."""
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN", "ADV", "ADJ", "X"):
        token = token.head
    return token


def _before(token: Token, first: int, rules: PlaceRules) -> tuple[str, bool, int]:
    """The preposition of the phrase, whether it means closeness, and where its words start."""
    top = _top(token)
    if top.dep_ != "pobj" or top.head.i >= top.i:
        return "", False, first
    preposition = top.head
    word = preposition.lower_
    if word == "of" and preposition.head.lower_ == "out":
        return "out", False, first
    if word == "to" and preposition.head.lower_ == "close":
        return "near", True, preposition.head.i
    return word, word in rules.vicinity and top is token, preposition.i


def _left(token: Token) -> int:
    """Where the phrase starts: its modifiers without article, number words and possessive pronouns."""
    doc, first = token.doc, token.left_edge.i
    for at in range(token.i - 1, first - 1, -1):
        # A clause or a bracket before the noun is no part of its name.
        if doc[at].text in ',;:()“”"' or doc[at].dep_ in ("relcl", "prep", "cc"):
            first = at + 1
            break
    while first < token.i and (
        doc[first].dep_ in ("det", "predet", "nummod", "advmod", "cc", "punct")
        or doc[first].tag_ in ("DT", "PRP$", "PDT")
    ):
        first += 1
    return first


def _right(token: Token, rules: PlaceRules, noun: str | None) -> int:
    """Where the phrase ends: a name's further words, and "of …" or "with …" after a place noun."""
    doc, last = token.doc, token.i
    if _is_name(token):
        while last + 1 < len(doc) and _runs_on(doc, last + 1) and last - token.i < _LONGEST_NAME:
            last += 1
        while last > token.i and not _is_name(doc[last]):
            last -= 1
        if lemma(token) in rules.nouns and last + 1 < len(doc) and doc[last + 1].is_digit:
            # "Tower 22".
            last += 1
    of = _of(token) if noun is not None else None
    if of is None and noun == "line":
        of = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ in ("with", "between")), None)
    if of is not None:
        end = of.right_edge.i
        for at in range(of.i, end + 1):
            if doc[at].dep_ in ("relcl", "acl", "appos") or doc[at].text in ",;:(":
                end = at - 1
                break
        if of.i < end <= of.i + _LONGEST_OF:
            last = max(last, end)
    return last


def _of(token: Token) -> Token | None:
    return next((c for c in token.rights if c.dep_ == "prep" and c.lower_ == "of"), None)


def _runs_on(doc: Doc, at: int) -> bool:
    token = doc[at]
    if _is_name(token):
        return doc[at - 1].text in _CONNECTS or (
            token.dep_ in ("compound", "flat", "appos", "nmod", "pobj") and doc[at - 1].text not in ","
        )
    return _connects(doc, at) and at + 1 < len(doc) and _is_name(doc[at + 1])


def _connects(doc: Doc, at: int) -> bool:
    """A small word within a name: "del", or what a hyphen ties to the next word ("ez-Zor")."""
    return doc[at].lower_ in _CONNECTS or (
        at + 1 < len(doc) and doc[at + 1].text in ("-", "–") and not doc[at].whitespace_
    )


def _is_name(token: Token) -> bool:
    return token.pos_ in ("PROPN", "X") or (
        token.text[:1].isupper() and token.i > 0 and token.pos_ in ("NOUN", "ADJ", "VERB") and token.tag_ not in ("JJ",)
    )


def _within_phrase(token: Token, rules: PlaceRules) -> bool:
    """A modifier whose noun is itself a place belongs to that noun's phrase."""
    head = token.head
    if token.dep_ == "poss" or lemma(head) in rules.nouns or lemma(head) in rules.directions:
        return True
    return _is_name(head) or lemma(head) not in rules.target_nouns


def _is_somebody(token: Token, rules: PlaceRules) -> bool:
    """A name that a title, an organisation's noun or an acronym marks as no place."""
    words = token.doc[token.left_edge.i : token.i + 1]
    if lemma(token) in rules.not_heads or token.lower_ in rules.not_heads or token.lower_ in rules.not_names:
        return True
    if any(each.lower_.rstrip(".") in rules.titles for each in words):
        return True
    return token.text.isupper() and 1 < len(token.text) <= 5 and not token.doc.text.isupper()


def _name_in(doc: Doc, first: int, last: int, token: Token, noun: str | None) -> tuple[int, int] | None:
    """The stretch of capitalised words of the phrase that names it: before the place noun, or after its "of"."""
    if noun is None:
        return first, last
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for at in range(first, last + 2):
        inside = at <= last and (
            (
                _is_name(doc[at])
                and (at != token.i or noun is None)
                and lemma(doc[at]) not in ("north", "south", "east", "west")
            )
            or (start is not None and at < last and _connects(doc, at) and _is_name(doc[at + 1]))
        )
        if inside and start is None:
            start = at
        elif not inside and start is not None:
            runs.append((start, at - 1))
            start = None
    if not runs and token.pos_ == "PROPN" and token.text[:1].isupper() and first == last:
        return None
    return runs[-1] if runs else None


def _wordings(
    doc: Doc, first: int, last: int, token: Token, noun: str | None, inner: tuple[int, int] | None, rules: PlaceRules
) -> Iterator[str]:
    """What to look up, best first: the whole, without directions, without the place noun, the name alone."""
    while first < last and doc[first].text in rules.parts:
        # "South-east" is three tokens.
        first += 2 if doc[first + 1].text in "-–" and first + 1 < last else 1
    yield doc[first : last + 1].text
    if inner is None or noun == "line" or (token.text[:1].isupper() and lemma(token) in rules.named_only):
        # "Chatham House" is not in Chatham.
        return
    while first < last and doc[first].lower_ in rules.parts:
        first += 1
        yield doc[first : last + 1].text
    start, end = inner
    if start > first or end < last:
        yield (
            doc[start : max(end, token.i if token.i <= last else end) + 1].text
            if token.i > end
            else doc[start : end + 1].text
        )
    while start <= end:
        yield doc[start : end + 1].text
        if doc[start].lower_ in rules.parts or doc[end].lower_ not in rules.nouns:
            start += 1
            if doc[start - 1].lower_ not in rules.parts:
                break
        else:
            end -= 1


def _after_comma(doc: Doc, last: int) -> str | None:
    """The name in "Tripoli, Lebanon"."""
    if last + 2 < len(doc) and doc[last + 1].text == "," and _is_name(doc[last + 2]):
        end = last + 2
        while end + 1 < len(doc) and _is_name(doc[end + 1]):
            end += 1
        return doc[last + 2 : end + 1].text
    return None
