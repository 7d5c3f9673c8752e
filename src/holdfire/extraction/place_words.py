"""The edges of a place phrase, and the names in it that a gazetteer can be asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.extraction.syntax import lemma
from holdfire.rules.places import PlaceRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Doc, Token

# Small words that names run on over: "San Vicente del Caguán", "Fada N'Gourma".
_CONNECTS = frozenset(("de", "del", "la", "las", "los", "da", "do", "dos", "el", "al", "-", "–", "’", "'"))
_HYPHENS = ("-", "–")
_STOPS = frozenset(',;:()“”"')
# What the tagger takes strange names for.
_MISTAGGED = ("NOUN", "ADJ", "VERB", "ADV", "INTJ")
_LONGEST_NAME = 5
_LONGEST_OF = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Tokens `first` to `last` of a phrase, and its runs of capitalised words, in order, the head's own left out where
    the head is a place noun."""

    first: int
    last: int
    runs: tuple[tuple[int, int], ...]


def words_of(token: Token, noun: str | None) -> Words:
    """The extent of the place phrase that the token heads: modifiers without article, and "of …" after a place noun."""
    doc, first, last = token.doc, _left(token), _right(token, noun)
    if noun is None:
        start = first
        while start < token.i and doc[start].text.islower():
            start += 1
        return Words(first=first, last=last, runs=((start, last),))
    if doc[last].is_digit:
        return Words(first=first, last=last, runs=((first, last),))
    return Words(first=first, last=last, runs=tuple(_runs(doc, first, last, token.i)))


def wordings(token: Token, noun: str | None, words: Words, rules: PlaceRules) -> Iterator[str]:
    """What to look up, best first: the whole; each name in it with the place noun, alone, and without "northern"."""
    doc, first, last = token.doc, words.first, words.last
    if not words.runs or noun == "line":
        # The border with a country is not in that country.
        return
    # "Southern Red Sea" in capitals is a name of its own, "southern Red Sea" a part of the sea.
    while first < last and doc[first].text.islower():
        first += 1
    yield text_of(doc, first, last)
    if token.text[:1].isupper() and lemma(token) in rules.named_only:
        # Chatham House is not in Chatham; "Baghdad's Green Zone" is the Green Zone.
        yield from (text_of(doc, start, token.i) for start, end in words.runs if end + 1 == token.i)
        return
    # "Syria's Idlib province", "Baghdad's suburb of Taji": the possessor says least.
    beside = [run for run in words.runs if run[1] + 1 == token.i]
    after = [run for run in words.runs if run[0] > token.i]
    for start, end in dict.fromkeys((*beside, *after, *words.runs)):
        if start <= token.i <= end + 1 and end < token.i:
            yield text_of(doc, start, token.i)
        yield text_of(doc, start, end)
        while start < end:
            if doc[start].lower_ in rules.parts:
                start += 1
            elif lemma(doc[end]) in rules.nouns:
                end -= 1
            else:
                break
            yield text_of(doc, start, end)


def name_after_comma(doc: Doc, last: int) -> str | None:
    """The name in "Tripoli, Lebanon"; None where no capitalised word follows a comma."""
    token = doc[last]
    listed = token.dep_ == "conj" or any(each.dep_ == "conj" for each in token.children)
    if listed or last + 2 >= len(doc) or doc[last + 1].text != "," or not is_name(doc[last + 2]):
        return None
    end = last + 2
    while end + 1 < len(doc) and is_name(doc[end + 1]):
        end += 1
    return doc[last + 2 : end + 1].text


def text_of(doc: Doc, first: int, last: int) -> str:
    """The text of tokens `first` to `last`; quicker than a slice of the doc."""
    return "".join([doc[at].text_with_ws for at in range(first, last)]) + doc[last].text


def is_name(token: Token) -> bool:
    """A proper noun, or a capitalised word of another tag that does not open the passage; "Iranian" is none."""
    if token.pos_ in ("PROPN", "X"):
        tied = token.i + 1 < len(token.doc) and token.nbor().text in _HYPHENS and not token.whitespace_
        return token.text[:1].isupper() or (tied and token.text.isalpha())
    return token.text[:1].isupper() and token.i > 0 and token.pos_ in _MISTAGGED and token.tag_ != "JJ"


def is_acronym(token: Token) -> bool:
    """A few capital letters among others that are not: somebody's name, not a place's."""
    letters = token.text.replace(".", "")
    return letters.isupper() and 1 < len(letters) <= 5 and not token.doc.text.isupper()


def of_phrase(token: Token) -> Token | None:
    """The "of" that hangs on the token."""
    return next((each for each in token.rights if each.dep_ == "prep" and each.lower_ == "of"), None)


def _left(token: Token) -> int:
    doc, first = token.doc, token.left_edge.i
    for at in range(token.i - 1, first - 1, -1):
        # A clause or a bracket before the noun is no part of its name.
        if doc[at].text in _STOPS or doc[at].dep_ in ("relcl", "prep", "cc"):
            first = at + 1
            break
    while first < token.i and _is_aside(doc[first]):
        first += 1
    return first


def _is_aside(token: Token) -> bool:
    return token.dep_ in ("det", "predet", "nummod", "advmod", "cc", "preconj", "punct") or token.tag_ in (
        "DT",
        "PRP$",
        "PDT",
    )


def _right(token: Token, noun: str | None) -> int:
    doc, last = token.doc, token.i
    if is_name(token):
        while last + 1 < len(doc) and _runs_on(doc, last + 1) and last - token.i < _LONGEST_NAME:
            last += 1
        while last > token.i and not is_name(doc[last]):
            last -= 1
        if noun is not None and last + 1 < len(doc) and doc[last + 1].is_digit:
            # "Tower 22".
            return last + 1
    return max(last, _end_of_complement(token, noun))


def _end_of_complement(token: Token, noun: str | None) -> int:
    """The last token of "of …" after a place noun, of "with …" after a border; the token itself where it has none."""
    complement = of_phrase(token) if noun is not None else None
    if complement is None and noun == "line":
        complement = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ in ("with", "between")), None)
    if complement is None:
        return token.i
    end = complement.right_edge.i
    for at in range(complement.i, end + 1):
        if token.doc[at].tag_ in ("WDT", "WP", "WRB"):
            end = at - 1 - (token.doc[at - 1].pos_ == "ADP")
            break
        if token.doc[at].dep_ in ("relcl", "acl", "appos") or token.doc[at].text in _STOPS:
            end = at - 1
            break
    return end if complement.i < end <= complement.i + _LONGEST_OF else token.i


def _runs_on(doc: Doc, at: int) -> bool:
    token = doc[at]
    if is_name(token):
        return doc[at - 1].text in _CONNECTS or token.dep_ in ("compound", "flat", "appos", "nmod", "pobj")
    return _connects(doc, at) and at + 1 < len(doc) and is_name(doc[at + 1])


def _runs(doc: Doc, first: int, last: int, head: int) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for at in range(first, last + 2):
        goes_on = start is not None and at < last and _ties(doc, at)
        inside = at <= last and at != head and (goes_on or (is_name(doc[at]) and not is_acronym(doc[at])))
        if inside and start is None:
            start = at
        elif not inside and start is not None:
            yield start, at - 1
            start = None


def _ties(doc: Doc, at: int) -> bool:
    return _connects(doc, at) and is_name(doc[at + 1])


def _connects(doc: Doc, at: int) -> bool:
    """A small word within a name: "del", or what a hyphen ties to the next word ("ez-Zor")."""
    tied = at + 1 < len(doc) and doc[at + 1].text in _HYPHENS and not doc[at].whitespace_
    return doc[at].lower_ in _CONNECTS or tied
