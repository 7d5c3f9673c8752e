"""Parsed text as plain objects: `Doc`, `Token` and `Span` with the names, the order and the meaning that spaCy gives.

Reading asks a token for its head or its label some hundred times; spaCy makes a new object and looks a string up each
time. Here every token is made once and keeps what it was given. A parse may be mended: `head`, `dep_`, `tag_`, `pos_`
and `lemma_` can be set.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, overload


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A word as written, with what is true of it wherever it stands."""

    text: str
    lower: str
    is_punct: bool = False
    is_space: bool = False
    is_alpha: bool = False
    is_digit: bool = False
    is_title: bool = False
    is_stop: bool = False
    like_num: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A form as the parser read it in one place: its tag, its label, its part of speech and its base form."""

    form: Form
    tag: str
    dep: str
    pos: str
    lemma: str


class Token:
    """One token of a `Doc`. `i` counts tokens and `idx` code points, both from the doc's start."""

    __slots__ = (
        "_head", "children", "dep_", "doc", "form", "i", "idx", "is_punct", "lemma_", "lower_", "pos_", "tag_", "text",
        "whitespace_",
    )  # fmt: skip

    def __init__(self, doc: Doc, i: int, idx: int, word: Word, whitespace: str) -> None:
        form = word.form
        self.doc = doc
        self.i = i
        self.idx = idx
        self.form = form
        self.text = form.text
        self.lower_ = form.lower
        self.is_punct = form.is_punct
        self.whitespace_ = whitespace
        self.tag_ = word.tag
        self.dep_ = word.dep
        self.pos_ = word.pos
        self.lemma_ = word.lemma
        self._head = self
        self.children: list[Token] = []

    def __repr__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.text)

    def _attach(self, head: Token) -> None:
        if head is self._head:
            return
        # New lists: whoever is going through the old ones is not disturbed.
        if self._head is not self:
            self._head.children = [each for each in self._head.children if each is not self]
        self._head = head
        if head is not self:
            head.children = sorted((*head.children, self), key=attrgetter("i"))
        self.doc.forget_edges()

    # What the token depends on; a root is its own head. Setting it moves the whole subtree.
    head = property(attrgetter("_head"), _attach)

    @property
    def lefts(self) -> list[Token]:
        """The children before the token, in text order."""
        own = self.i
        return [each for each in self.children if each.i < own]

    @property
    def rights(self) -> list[Token]:
        """The children after the token, in text order."""
        own = self.i
        return [each for each in self.children if each.i > own]

    @property
    def subtree(self) -> list[Token]:
        """The token and everything below it: what hangs to its left, itself, what hangs to its right."""
        if not self.children:
            return [self]
        found: list[Token] = []
        for each in self.lefts:
            found += each.subtree
        found.append(self)
        for each in self.rights:
            found += each.subtree
        return found

    @property
    def left_edge(self) -> Token:
        """The first token of the subtree."""
        return self.doc.tokens[self.doc.edges()[0][self.i]]

    @property
    def right_edge(self) -> Token:
        """The last token of the subtree."""
        return self.doc.tokens[self.doc.edges()[1][self.i]]

    @property
    def ancestors(self) -> Iterator[Token]:
        """The heads above the token, the nearest first."""
        token = self
        for _ in range(len(self.doc)):
            if token._head is token:
                return
            token = token._head
            yield token

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The tokens coordinated with this one, without it, the nearest to the first first."""
        first = self
        while first._head is not first and first.dep_ == "conj":
            first = first._head
        found = [first]
        for each in found:
            found += [child for child in each.rights if child.dep_ == "conj"]
        return tuple(each for each in found if each is not self)

    def nbor(self, i: int = 1) -> Token:
        """The token `i` places on. Raises IndexError outside the doc."""
        if not 0 <= self.i + i < len(self.doc):
            raise IndexError(f"no token {i} places from token {self.i} of {len(self.doc)}")
        return self.doc.tokens[self.i + i]

    @property
    def text_with_ws(self) -> str:
        """The text with the space after it."""
        return self.text + self.whitespace_

    @property
    def is_space(self) -> bool:
        """White space alone."""
        return self.form.is_space

    @property
    def is_alpha(self) -> bool:
        """Letters alone."""
        return self.form.is_alpha

    @property
    def is_digit(self) -> bool:
        """Digits alone."""
        return self.form.is_digit

    @property
    def is_title(self) -> bool:
        """One capital, then small letters."""
        return self.form.is_title

    @property
    def is_stop(self) -> bool:
        """A function word, by spaCy's list."""
        return self.form.is_stop

    @property
    def like_num(self) -> bool:
        """A number in digits or in words."""
        return self.form.like_num


class Doc:
    """One parsed text. Sequence of tokens; a slice of it is a `Span`."""

    __slots__ = ("_edges", "_starts", "text", "tokens")

    def __init__(self, text: str, words: Sequence[Word], spaces: Sequence[bool], heads: Sequence[int]) -> None:
        """`words`, `spaces` (after each word) and `heads` (indices; a root's is its own) have one entry a token."""
        self.text = text
        self.tokens: list[Token] = []
        at = 0
        for word, space in zip(words, spaces, strict=True):
            self.tokens.append(Token(self, len(self.tokens), at, word, " " if space else ""))
            at += len(word.form.text) + space
        tokens = self.tokens
        for token, head in zip(tokens, heads, strict=True):
            if head != token.i:
                token._head = above = tokens[head]
                above.children.append(token)
        self._edges: tuple[list[int], list[int]] | None = None
        self._starts: list[int] | None = None

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if at.__class__ is int:
            return self.tokens[at]
        assert isinstance(at, slice)
        start, end, _ = at.indices(len(self.tokens))
        return Span(self, start, max(start, end))

    def char_span(self, start: int, end: int, alignment_mode: Literal["strict", "expand"] = "strict") -> Span | None:
        """The tokens between two code points; None where they are not tokens' ends ("strict") or lie outside."""
        first, last = self._token_at(start), self._token_at(end - 1)
        if first is None or last is None:
            return None
        if alignment_mode == "strict" and (start != first.idx or end != last.idx + len(last.text)):
            return None
        begin = first.i + (alignment_mode == "expand" and start == first.idx + len(first.text))
        return Span(self, begin, last.i + 1)

    def _token_at(self, char: int) -> Token | None:
        """The token that covers a code point, the space after it included."""
        if not self.tokens or not 0 <= char < len(self.text):
            return None
        if self._starts is None:
            self._starts = [each.idx for each in self.tokens]
        return self.tokens[bisect_right(self._starts, char) - 1]

    def forget_edges(self) -> None:
        """Called where a head was changed."""
        self._edges = None

    def edges(self) -> tuple[list[int], list[int]]:
        """The first and the last token of each token's subtree."""
        if self._edges is None:
            self._edges = _edges([token._head.i for token in self.tokens])
        return self._edges


class Span:
    """A run of tokens of a `Doc`, from `start` to `end` (half-open)."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self.doc = doc
        self.start = start
        self.end = end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __reversed__(self) -> Iterator[Token]:
        return reversed(self.doc.tokens[self.start : self.end])

    def __getitem__(self, at: int) -> Token:
        return self.doc.tokens[self.start : self.end][at]

    @property
    def start_char(self) -> int:
        """Where the first token starts; where the text ends for an empty run behind the last."""
        return self.doc.tokens[self.start].idx if self.start < len(self.doc) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Where the last token ends."""
        if self.start == self.end:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The text between, without the space after the last token."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> Token:
        """The token nearest to the top of the tree, the first where several are; punctuation only where all else is."""
        tokens = self.doc.tokens[self.start : self.end]
        for token in tokens:
            if token._head is token:
                return token
        outward = [token for token in tokens if not self.start <= token._head.i < self.end]
        return min(outward, key=_depth, default=tokens[0])


def _depth(token: Token) -> int:
    """How many heads are above a token; for bare punctuation and space as many as there can be."""
    if not token.children and (token.is_punct or token.is_space):
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)


def _edges(heads: Sequence[int]) -> tuple[list[int], list[int]]:
    """The edges of each subtree, by spaCy's own passes: to and fro, again while a head lies outside its sentence."""
    count = len(heads)
    left, right = list(range(count)), list(range(count))
    for _ in range(12):
        for order in (range(count), range(count - 1, -1, -1)):
            for i in order:
                head = heads[i]
                if left[i] < left[head]:
                    left[head] = left[i]
                if right[i] > right[head]:
                    right[head] = right[i]
        if _within(heads, left):
            break
    return left, right


def _within(heads: Sequence[int], left: Sequence[int]) -> bool:
    """Whether every head lies in the sentence of its token, where a sentence starts at a root's left edge."""
    count = len(heads)
    starts = {left[i] for i in range(count) if heads[i] == i}
    begin = 0
    for i in range(count):
        if (i > 0 and i in starts) or i == count - 1:
            if any(not begin <= head <= i for head in heads[begin:i]):
                return False
            begin = i
    return True
