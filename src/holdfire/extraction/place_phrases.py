"""The words of a place: a name, a place noun with what belongs to it, a direction, or "there"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.extraction.nlp import Sentence
from holdfire.extraction.place_words import (
    Words,
    is_acronym,
    is_name,
    name_after_comma,
    of_phrase,
    text_of,
    wordings,
    words_of,
)
from holdfire.extraction.syntax import lemma
from holdfire.model.span import Span
from holdfire.rules.gazetteer import fold
from holdfire.rules.places import PlaceRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Token

_POINTING = ("the", "this", "that")
_ADVERBIAL = ("advmod", "npadvmod", "dobj", "pobj")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A place phrase. `noun` is the class of its place noun ("town", "site" … or "direction"), None for a bare name.

    `names` are the wordings to look up, best first; `within` is the name that a comma joins to it ("Tripoli, Lebanon");
    `governor` is the word that it hangs on, over its `preposition`; `relation` is "near" or "beyond" where the place is
    only close to the name, or in a direction from it; `points_back`: it says no name and may stand for a place spoken
    of before.
    """

    head: Token
    span: Span
    text: str
    noun: str | None = None
    noun_lemma: str = ""
    names: tuple[str, ...] = ()
    governor: Token | None = None
    preposition: str = ""
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
    if token.pos_ in ("ADV", "ADJ") and token.lower_ in rules.adverbs:
        if token.dep_ == "expl":
            return None
        return Phrase(head=token, span=sentence.span_of(token), text=token.text, points_back=True)
    if token.lower_ == "it" and token.dep_ == "dobj" and lemma(token.head) in rules.it_verbs:
        return Phrase(head=token, span=sentence.span_of(token), text=token.text, governor=token.head, points_back=True)
    noun = _class_of(token, rules)
    if noun is None and not is_name(token):
        return None
    if _belongs_to_another(token, rules) or _is_somebody(token, noun, rules):
        return None
    words = words_of(token, noun)
    if noun is None:
        words = _with_of(token, words, rules)
    has_name = bool(words.runs)
    if noun is not None and not has_name and not _says_which(token, noun, rules):
        return None
    if noun is None and words.first > 1 and token.doc[words.first - 1].text == "The":
        # "At The Harbour Post": the capital article belongs to a title.
        return None

    preposition, near, begin = _before(token, words, rules)
    opening = token.doc[words.first]
    if not preposition and opening.i < token.i and opening.text[:1].isupper() and opening.lower_ in rules.strict:
        # "Near Palmyra, …" opens a line; the tagger takes the preposition for a name.
        preposition, near, begin = opening.lower_, opening.lower_ in rules.vicinity, opening.i
        words = Words(first=opening.i + 1, last=words.last, runs=((opening.i + 1, words.last),))
    governor = _governor(token)
    beyond = noun == "direction" and has_name and of_phrase(token) is not None
    # On the road to a town is not in it.
    beyond = beyond or (preposition in rules.toward and governor is not None and lemma(governor) in rules.ways)
    tokens = token.doc[begin if near else words.first : words.last + 1]
    return Phrase(
        head=token,
        span=sentence.span_of(tokens),
        text=tokens.text,
        noun=noun,
        noun_lemma=lemma(token),
        names=tuple(dict.fromkeys(wordings(token, noun, words, rules))),
        governor=governor,
        preposition=preposition,
        within=name_after_comma(token.doc, words.last),
        relation="near" if near else "beyond" if beyond else None,
        points_back=noun is not None and not has_name and any(each.lower_ in _POINTING for each in token.lefts),
        has_name=has_name,
    )


def _with_of(token: Token, words: Words, rules: PlaceRules) -> Words:
    """The name with its "of …" where the gazetteer knows it so: "the Republic of the Congo"."""
    of = of_phrase(token)
    if of is None or of.i != words.last + 1:
        return words
    start, end = words.runs[0][0], of.right_edge.i
    if not rules.gazetteer.find(token.doc[start : end + 1].text):
        return words
    return Words(first=words.first, last=end, runs=((start, end),))


def _class_of(token: Token, rules: PlaceRules) -> str | None:
    """The class of a place noun or a direction; None for every other word."""
    base = lemma(token)
    if base not in rules.directions:
        return rules.nouns.get(base) if token.pos_ not in ("ADV", "ADJ") else None
    if token.text[:1].isupper() and token.i + 1 < len(token.doc) and is_name(token.nbor()):
        # "SOUTH SUDAN".
        return None
    return "direction" if token.pos_ not in ("ADV", "ADJ") or token.dep_ in _ADVERBIAL else None


def _belongs_to_another(token: Token, rules: PlaceRules) -> bool:
    """A modifier is part of its noun's phrase, unless that noun is what is aimed at the place ("the Idlib raid")."""
    if token.dep_ not in ("compound", "amod", "poss", "nmod") or token.head.i <= token.i:
        return False
    head = token.head
    return token.dep_ == "poss" or is_name(head) or lemma(head) not in rules.target_nouns


def _is_somebody(token: Token, noun: str | None, rules: PlaceRules) -> bool:
    """A name that a title, an organisation's noun or an acronym marks as no place."""
    if noun is not None and token.pos_ != "PROPN":
        return False
    words = token.doc[token.left_edge.i : token.i]
    heads = {lemma(token), token.lower_}
    marked = bool(heads & rules.not_heads or heads & rules.not_names)
    marked = marked or fold(text_of(token.doc, _first_name(token), token.i)) in rules.not_names
    marked = marked or any(each.lower_.rstrip(".") in rules.titles for each in words)
    if marked and noun is not None:
        # "West Bank" is no bank.
        at = words_of(token, None)
        return not rules.gazetteer.find(token.doc[at.runs[0][0] : at.last + 1].text)
    return marked or (noun is None and is_acronym(token))


def _first_name(token: Token) -> int:
    at = token.i
    while at > token.left_edge.i and is_name(token.doc[at - 1]):
        at -= 1
    return at


def _says_which(token: Token, noun: str, rules: PlaceRules) -> bool:
    """Whether a place noun without a name is one certain place: "the airport", "its border"; not "a camp"."""
    if noun == "line" and lemma(token) in rules.named_only:
        # "The front line", not "in line with" and "in front of".
        return token.tag_ != "NNS" and any(each.dep_ in ("compound", "amod", "det") for each in token.lefts)
    of = of_phrase(token)
    if noun == "direction" and lemma(token) not in rules.parts:
        # "The outskirts of the town", not "the centre of a dispute" and "on a knife's edge".
        inner = [each for each in of.children if each.dep_ == "pobj"] if of is not None else []
        return any(lemma(each) in rules.nouns or lemma(each) in rules.directions for each in inner)
    if noun in ("direction", "air", "line"):
        return token.tag_ != "NNS" or of_phrase(token) is not None or (noun == "line" and any(token.lefts))
    if lemma(token) in rules.named_only:
        return False
    return any(each.dep_ == "poss" or each.lower_ in _POINTING for each in token.lefts)


def _top(token: Token) -> Token:
    """The first of the coordinated phrases that the token belongs to."""
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN", "ADV", "ADJ", "X"):
        token = token.head
    return token


def _governor(token: Token) -> Token | None:
    top = _top(token)
    governor = top.head if top.dep_ != "ROOT" else None
    if governor is not None and top.dep_ == "pobj":
        governor = governor.head if governor.dep_ != "ROOT" else None
        # "Out of the town", "from near the port": the verb governs.
        while governor is not None and governor.pos_ == "ADP" and governor.dep_ != "ROOT":
            governor = governor.head
    return governor


def _before(token: Token, words: Words, rules: PlaceRules) -> tuple[str, bool, int]:
    """The preposition of the phrase, whether it means closeness, and where its words start."""
    top = _top(token)
    if top.dep_ != "pobj" or top.head.i >= top.i:
        return "", False, words.first
    preposition = top.head
    word = preposition.lower_
    if word == "of" and preposition.head.lower_ == "out":
        return "out", False, words.first
    if word == "to" and preposition.head.lower_ == "close":
        return "near", True, preposition.head.i
    return word, word in rules.vicinity and top is token, preposition.i
