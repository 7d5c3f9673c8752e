"""Noun phrases that may denote a party: head, span, number, role, and the names that stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from holdfire.actors.names import NameMatch
from holdfire.extraction.nlp import Sentence
from holdfire.model.span import Span
from holdfire.rules.reference import ReferenceRules

if TYPE_CHECKING:
    from holdfire.extraction.tokens import Doc, Token

Role = Literal["subject", "object", "oblique", "possessive", "modifier"]

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_OBJECTS = frozenset(("dobj", "dative", "attr", "oprd"))
_INNER = frozenset(("compound", "amod", "nmod", "npadvmod", "nummod", "quantmod"))
_LEFT = frozenset((*_INNER, "det", "poss", "case", "punct", "advmod", "predet", "prep", "pobj", "appos", "neg", "cc"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
_ARGUMENT = _SUBJECTS | _OBJECTS | {"pobj", "conj", "poss", "appos", "ROOT", "agent"}
# Where the names among a head's modifiers stand, and what may hang between such a name and the head.
_OWNING = _INNER | {"poss"}
_BETWEEN = _OWNING | {"advmod", "nsubj", "intj", "dep"}
_NO_HEAD = frozenset(("appos", "ROOT", "conj"))
_DETERMINING = frozenset(("det", "predet", "poss"))
_NOT_PRONOUN = frozenset(("det", "predet", "advmod", "mark", "preconj", "amod", "nummod", "cc"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One noun phrase. `match` is the name that its head stands in, `owners` the names among its modifiers.

    `ties` are names that a participle ties to the head ("Iran-backed"); `owner_token` is a possessive pronoun's place.
    `adjectival` marks a demonym that qualifies another noun ("Iranian drones"): no pronoun points back at it.
    `qualities` are the lemmas of its modifiers; `place` says that it stands where a place would ("in X", "south X"),
    `restricted` that a relative clause picks some out of those it names. `bare` is True where nothing but a determiner
    goes with the head. `members` are heads coordinated with it.
    """

    sentence: int
    head: int
    tokens: tuple[int, int]
    span: Span
    text: str
    lemma: str
    role: Role
    plural: bool
    determiner: str
    bare: bool
    classes: frozenset[str]
    proper: bool
    match: NameMatch | None = None
    owners: tuple[NameMatch, ...] = ()
    ties: tuple[NameMatch, ...] = ()
    owner_token: int | None = None
    pronoun: str | None = None
    number: int | None = None
    members: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    qualities: tuple[str, ...] = ()
    place: bool = False
    restricted: bool = False
    adjectival: bool = False


def phrases_of(
    number: int, sentence: Sentence, text: str, matches: Sequence[NameMatch], rules: ReferenceRules
) -> Iterator[Phrase]:
    """The phrases of one sentence in the order of their heads; `matches` are the names inside it."""
    doc = sentence.doc
    covering = _covering(sentence, matches)
    done: set[int] = set()
    for token in doc:
        name = covering.get(token.i)
        if name is not None and _is_name_head(token, covering):
            if id(name) not in done:
                done.add(id(name))
                yield _build(number, sentence, text, token, covering, rules)
        elif name is None and _heads_phrase(token, rules):
            yield _build(number, sentence, text, token, covering, rules)


def _is_bare(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Whether nothing but a determiner goes with a noun, neither before it nor as an "of …" after it."""
    after = any(child.dep_ == "prep" and child.lower_ == "of" for child in right)
    return not after and all(child.dep_ in ("det", "punct", "predet") for child in left)


def _is_place(token: Token, before: Sequence[Token], rules: ReferenceRules) -> bool:
    """Whether a name stands where a place would: "in X", "south X", "sent to X", "the siege of X"."""
    if any(child.lower_ in rules.directions for child in before):
        return True
    if token.dep_ == "conj":
        return _is_place(token.head, token.head.lefts, rules)
    if token.dep_ != "pobj":
        return False
    preposition = token.head
    if preposition.lower_ in rules.whereabouts:
        return True
    governor = preposition.head.lemma_.lower()
    return (preposition.lower_ in ("to", "from") and governor in rules.travelling) or (
        preposition.lower_ == "of" and governor in rules.besieging
    )


def _covering(sentence: Sentence, matches: Sequence[NameMatch]) -> dict[int, NameMatch]:
    """The name that each token stands in, by the token's place; matches are in text order and do not overlap."""
    covering: dict[int, NameMatch] = {}
    waiting = iter(matches)
    match = next(waiting, None)
    for token in sentence.doc if match is not None else ():
        start = sentence.start_char + token.idx
        while match is not None and match.end_char <= start:
            match = next(waiting, None)
        if match is None:
            break
        if match.start_char < start + len(token):
            covering[token.i] = match
    return covering


def _is_name_head(token: Token, covering: dict[int, NameMatch]) -> bool:
    """Whether the token is the one of its name that the rest of the sentence hangs on."""
    match = covering[token.i]
    return token.head.i == token.i or covering.get(token.head.i) is not match


def _is_adjectival(token: Token, match: NameMatch) -> bool:
    """Whether a demonym qualifies another noun ("Iranian drones") instead of naming a people."""
    if any(each.sort != "demonym" for each in match.claimants):
        return False
    return token.dep_ in _INNER or (token.pos_ == "ADJ" and token.dep_ not in _ARGUMENT)


def _heads_phrase(token: Token, rules: ReferenceRules) -> bool:
    lower = token.lower_
    if lower in rules.pronouns:
        if lower == "that" and token.dep_ not in _SUBJECTS | _OBJECTS:
            return False
        return token.dep_ not in _NOT_PRONOUN
    if token.dep_ in _INNER:
        return False
    if token.pos_ in _NOMINAL:
        return True
    return token.pos_ in ("NUM", "ADJ", "DET") and token.dep_ in _ARGUMENT and token.dep_ not in _NO_HEAD


def _build(
    number: int, sentence: Sentence, text: str, token: Token, covering: dict[int, NameMatch], rules: ReferenceRules
) -> Phrase:
    doc, match = sentence.doc, covering.get(token.i)
    lower = token.lower_
    lemma = token.lemma_.lower()
    before, after = token.lefts, token.rights
    left = [child for child in before if child.dep_ in _LEFT]
    inner = [child for child in left if child.dep_ in _INNER]
    owners, ties = _owners(sentence, token, before, after, covering, rules)
    plural = (
        token.tag_ in ("NNS", "NNPS")
        or lower in ("they", "them", "their", "both")
        or (token.tag_ == "CD" and lower != "one")
    )
    if match is not None:
        first = last = token.i
        while covering.get(first - 1) is match:
            first -= 1
        while covering.get(last + 1) is match:
            last += 1
        start = min(_extent(token, left, after, rules)[0], first)
        span = Span(min(match.start_char, sentence.start_char + doc[start].idx), match.end_char)
    else:
        first, last = _extent(token, left, after, rules)
        span = sentence.span_of(doc[first : last + 1])
    classes = set(rules.classes_of(lemma) or rules.classes_of(lower))
    if not classes and lower.endswith("s"):
        classes = set(rules.classes_of(lower[:-1]))
        lemma = lower[:-1] if classes else lemma
    if any(c.lower_ in rules.apart or c.lemma_.lower() in rules.apart for c in inner):
        classes.add("outsiders")
    compound = inner[-1] if inner and inner[-1].i == token.i - 1 else None
    if compound is not None:
        classes |= rules.classes_of(f"{compound.lower_} {lemma}") | rules.classes_of(f"{compound.lower_} {lower}")
    if (lemma in rules.only["plural"] and not plural) or (lemma in rules.only["singular"] and plural):
        classes = set()
    return Phrase(
        sentence=number,
        head=token.i,
        tokens=(first, last + 1),
        span=span,
        text=span.of(text),
        lemma=lemma,
        role=_role(token),
        plural=plural,
        determiner=next((c.lower_ for c in before if c.dep_ in _DETERMINING), ""),
        bare=match is None and not owners and _is_bare(left, after),
        classes=frozenset(classes),
        proper=token.pos_ == "PROPN",
        match=match,
        owners=owners,
        place=_is_place(token, before, rules),
        restricted=any(child.dep_ == "relcl" for child in after),
        qualities=tuple(c.lemma_.lower() for c in inner if c.pos_ in ("NOUN", "ADJ")),
        ties=ties,
        owner_token=next((c.i for c in before if c.dep_ == "poss" and c.lower_ in rules.pronouns), None),
        pronoun=rules.pronouns.get(lower) if match is None else None,
        number=_stated_number(token, before, rules),
        members=tuple(child.i for child in token.conjuncts if child.i > token.i) if token.dep_ != "conj" else (),
        titles=_titles(doc, first, last),
        adjectival=match is not None and _is_adjectival(token, match),
    )


def _titles(doc: Doc, first: int, last: int) -> tuple[str, ...]:
    """The words of a phrase, and up to four before it that hang on it."""
    near = [each for each in doc.tokens[max(0, first - 4) : first] if first <= each.head.i <= last]
    return tuple([each.lower_.rstrip(".") for each in (*near, *doc.tokens[first : last + 1])])


def _extent(token: Token, left: Sequence[Token], after: Sequence[Token], rules: ReferenceRules) -> tuple[int, int]:
    """First and last token of the natural phrase, articles left out.

    Modifiers and titles up to the head; after it a short "of …", "close to …", or a place or party that a preposition
    ties to it ("people in northern Velmark", "soldiers from the Valley Front").
    """
    doc, first = token.doc, _first_of(token, left)
    while first < token.i and (doc[first].lower_ in rules.articles or doc[first].is_punct):
        first += 1
    last = token.i
    if token.lower_ not in rules.pronouns or token.lower_ in rules.quantities:
        for child in after:
            if child.dep_ == "prep" and child.i == last + 1 and _goes_along(child, token, rules):
                last = child.right_edge.i
            elif child.dep_ in ("amod", "acl", "advmod") and child.lower_ in rules.closeness:
                last = child.right_edge.i if child.right_edge.i - token.i <= 7 else last
    while last > token.i and doc[last].is_punct:
        last -= 1
    return first, last


def _first_of(token: Token, left: Sequence[Token]) -> int:
    first = token.i
    for child in reversed(left):
        if child.dep_ not in _OWNING and child.right_edge.i + 1 < first:
            break
        if child.dep_ in ("prep", "pobj", "appos", "cc", "neg", "preconj") or (child.is_punct and child.text != "-"):
            continue
        if ":" in child.text:
            # The time of day that opens an entry of a live report.
            continue
        first = min(first, child.left_edge.i)
    return first


def _goes_along(preposition: Token, head: Token, rules: ReferenceRules) -> bool:
    """Whether a prepositional phrase right after a noun belongs to what it names."""
    if preposition.right_edge.i - head.i > 8 or any(each.dep_ in ("relcl", "advcl") for each in preposition.subtree):
        return False
    if preposition.lower_ == "of":
        return True
    inner = [each for each in preposition.children if each.dep_ == "pobj"]
    return preposition.lower_ in rules.attaching and any(
        each.pos_ == "PROPN" and preposition.right_edge.i - preposition.i <= 5 for each in inner
    )


def _owners(
    sentence: Sentence,
    token: Token,
    before: Sequence[Token],
    after: Sequence[Token],
    covering: dict[int, NameMatch],
    rules: ReferenceRules,
) -> tuple[tuple[NameMatch, ...], tuple[NameMatch, ...]]:
    """The names that own or qualify the head, those before it first, the nearest of them leading; and those that a
    participle ties to it."""
    if not covering:
        return (), ()
    owners: list[NameMatch] = []
    ties: list[NameMatch] = []
    own = covering.get(token.i)
    stack = [(child, False) for child in before if child.dep_ in _OWNING]
    for child in after:
        if child.dep_ == "prep" and child.lower_ in ("of", "from", "for"):
            stack.extend((inner, False) for inner in child.children if inner.dep_ == "pobj")
        elif child.dep_ in ("amod", "acl", "advmod") and child.lower_ in rules.closeness:
            stack.extend((inner, True) for inner in child.subtree if inner.i != child.i and inner.i in covering)
    seen: set[int] = set()
    while stack:
        each, tied = stack.pop()
        if each.i in seen:
            continue
        seen.add(each.i)
        match = covering.get(each.i)
        if match is not None and match is not own:
            (ties if tied or _is_tied(each, rules) else owners).append(match)
        if match is None or each.dep_ in _INNER:
            tying = tied or each.lower_ in rules.ties or each.lemma_.lower() in rules.ties
            stack.extend((child, tying) for child in each.children if child.dep_ in _BETWEEN)
    place = sentence.start_char + token.idx
    unique = {id(m): m for m in owners}
    tied_to = {id(m): m for m in ties}
    return (
        tuple(
            sorted(
                (m for k, m in unique.items() if k not in tied_to), key=lambda m: (m.start_char > place, -m.start_char)
            )
        ),
        tuple(tied_to.values()),
    )


def _is_tied(token: Token, rules: ReferenceRules) -> bool:
    """Whether a hyphen ties the name to a participle: "Iran-backed", "pro-Turkish"."""
    doc = token.doc
    if token.i + 2 < len(doc) and doc[token.i + 1].text in "-‑–" and doc[token.i + 2].lower_ in rules.ties:
        return True
    if token.i >= 2 and doc[token.i - 1].text in "-‑–" and doc[token.i - 2].lower_ in rules.ties:
        return True
    return token.i >= 1 and doc[token.i - 1].lower_.rstrip("-") in ("pro", "anti")


def _role(token: Token) -> Role:
    if token.dep_ in _SUBJECTS:
        return "subject"
    if token.dep_ in _OBJECTS:
        return "object"
    if token.dep_ == "poss":
        return "possessive"
    if token.dep_ == "conj" and token.head.i != token.i:
        return _role(token.head)
    if token.dep_ == "ROOT":
        return "subject"
    return "modifier" if token.dep_ in _INNER else "oblique"


def _stated_number(token: Token, before: Sequence[Token], rules: ReferenceRules) -> int | None:
    """The count that goes with a noun, in figures or words ("over 100", "two hundred"); None where none is stated."""
    for child in (token, *before):
        if child.dep_ == "nummod" or child.tag_ == "CD":
            parts = [_number(each, rules) for each in (*child.lefts, child) if each.tag_ == "CD"]
            stated = [each for each in parts if each is not None]
            if stated:
                # "two hundred": the unit multiplies.
                return stated[0] * stated[1] if len(stated) == 2 and stated[1] >= 100 else stated[-1]
    return None


def _number(token: Token, rules: ReferenceRules) -> int | None:
    digits = token.text.replace(",", "")
    return int(digits) if digits.isdecimal() else rules.numbers.get(token.lower_)
