"""Part of speech and base form of each token: what spaCy's attribute ruler and lemmatizer say, asked once a word.

Both look at a token's text, tag and label and, in a handful of rules ("there is", "let's"), at the token beside it. The
answer is kept under exactly these; the rules themselves are read from the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from holdfire.extraction.encoder import UnknownModel
from holdfire.extraction.tokens import Form, Word

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

# Row of the form, number of the tag, hash of the label; then for a rule on two tokens the other's place and key.
Key = tuple[int, ...]
Test = Callable[[str], bool]
# What a rule may look at, if its answer is to be kept by text, tag and label.
_SEEN = frozenset({"TAG", "DEP", "ORTH", "LOWER", "IS_SPACE"})
_COMMA: Key = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRule:
    """A rule that changes a token because of the one beside it."""

    own: Test
    other: Mapping[str, Test]
    offset: int


class BaseForms:
    """The words met so far. Raises UnknownModel where the model's rules look further than to the next token."""

    def __init__(self, nlp: Language, forms: Sequence[Form], *, capacity: int) -> None:
        """`forms`: the forms by their rows, which grow as words are met."""
        ruler: Any = nlp.get_pipe("attribute_ruler")
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        if lemmatizer.mode != "rule":
            raise UnknownModel(f"a lemmatizer of mode {lemmatizer.mode!r}")
        self._ruler, self._lemmatizer = ruler, lemmatizer
        self._pairs = pair_rules(ruler.patterns)
        tagger: Any = nlp.get_pipe("tagger")
        self._tags: tuple[str, ...] = tagger.labels
        self._vocab = nlp.vocab
        self._forms = forms
        self._capacity = capacity
        # For each form the rules on two tokens that may change it.
        self._touchy: dict[int, tuple[PairRule, ...]] = {}
        self._words: dict[Key, Word] = {}

    def is_full(self, tokens: int) -> bool:
        """Whether `tokens` more might not fit."""
        return len(self._words) + tokens >= self._capacity

    def clear(self) -> None:
        """Forget every word, as is needed when the rows of the forms change."""
        self._words.clear()
        self._touchy.clear()

    def words_of(
        self, rows: Sequence[Sequence[int]], tags: Sequence[Sequence[int]], deps: Sequence[Sequence[int]]
    ) -> list[list[Word]]:
        """The words of each text, from the row, the number of the tag and the hash of the label of each token."""
        keys: list[list[Key]] = [list(zip(*each, strict=True)) for each in zip(rows, tags, deps, strict=True)]
        for each in keys:
            for at, key in enumerate(each):
                if rules := self._rules_on(key[0]):
                    each[at] = self._beside(each, at, rules)
        new = {key for each in keys for key in each}.difference(self._words)
        if new:
            self._read(list(new))
        words = self._words
        return [[words[key] for key in each] for each in keys]

    def _rules_on(self, row: int) -> tuple[PairRule, ...]:
        rules = self._touchy.get(row)
        if rules is None:
            lower = self._forms[row].lower
            rules = self._touchy[row] = tuple(rule for rule in self._pairs if rule.own(lower))
        return rules

    def _beside(self, keys: Sequence[Key], at: int, rules: Iterable[PairRule]) -> Key:
        """The key with that of the token beside it, where a rule on both holds."""
        for rule in rules:
            place = at + rule.offset
            if 0 <= place < len(keys):
                row, tag, dep = keys[place][:3]
                facts = {"LOWER": self._forms[row].lower, "TAG": self._tags[tag], "DEP": self._vocab.strings[dep]}
                if all(test(facts[name]) for name, test in rule.other.items()):
                    return (*keys[at][:3], rule.offset, row, tag, dep)
        return keys[at]

    def _read(self, keys: Sequence[Key]) -> None:
        """Have the model's own rules say part of speech and base form, for all keys in one made-up text."""
        from spacy.tokens import Doc

        places: list[int] = []
        tokens: list[Key] = []
        for key in keys:
            # A comma before each keeps those apart that are no neighbours.
            own, beside = key[:3], key[4:]
            pair = [own] if not beside else [own, beside] if key[3] > 0 else [beside, own]
            places.append(len(tokens) + 1 + pair.index(own))
            tokens += [_COMMA, *pair]
        doc = Doc(self._vocab, words=[self._forms[key[0]].text if key else "," for key in tokens])
        for token, key in zip(doc, tokens, strict=True):
            token.tag_ = self._tags[key[1]] if key else ","
            if key:
                token.dep = key[2]
        doc = self._lemmatizer(self._ruler(doc))
        for key, place in zip(keys, places, strict=True):
            self._words[key] = word_of(doc[place], self._forms[key[0]])


def word_of(token: Token, form: Form) -> Word:
    """The word of a spaCy token whose form is known."""
    return Word(form=form, tag=token.tag_, dep=token.dep_, pos=token.pos_, lemma=token.lemma_)


def pair_rules(patterns: Iterable[dict[str, Any]]) -> tuple[PairRule, ...]:
    """The rules on two tokens among an attribute ruler's patterns. Raises UnknownModel for a rule of any other kind."""
    found = []
    for each in patterns:
        for tokens in each["patterns"]:
            if len(tokens) > 2 or any(not token.keys() <= _SEEN for token in tokens):
                raise UnknownModel(f"an attribute rule on {tokens}")
            if len(tokens) == 2:
                at = each["index"] % 2
                own, other = tokens[at], tokens[1 - at]
                if "LOWER" not in own or not other.keys() <= {"LOWER", "TAG", "DEP"}:
                    raise UnknownModel(f"an attribute rule on {tokens}")
                tests = {name: _test(spec) for name, spec in other.items()}
                found.append(PairRule(own=_test(own["LOWER"]), other=tests, offset=1 - 2 * at))
    return tuple(found)


def _test(spec: str | dict[str, Any]) -> Test:
    if isinstance(spec, str):
        return spec.__eq__
    if spec.keys() == {"IN"}:
        return frozenset(spec["IN"]).__contains__
    if spec.keys() == {"REGEX"}:
        pattern = re.compile(spec["REGEX"])
        return lambda text: pattern.search(text) is not None
    raise UnknownModel(f"an attribute rule on {spec}")
