"""The vectors and forms of the words that the parser has met, kept by text, norm and the space after.

The memory is bounded: a full lexicon is emptied and filled again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.extraction.encoder import Floats
from holdfire.extraction.tokens import Form

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from thinc.api import Model

# Words of 400 bytes and their forms. A year of a newsroom's reports has more words, its last weeks have fewer.
CAPACITY = 1 << 16


class Lexicon:
    """Known words, each with its row in `vectors` and in `forms`. Row 0 is no word: zeros."""

    def __init__(self, embed: Model[Any, Any], width: int, *, capacity: int = CAPACITY) -> None:
        """`embed`: spaCy's embedding, which looks at each token by itself."""
        self._embed = embed
        self._capacity = capacity
        self._rows: dict[tuple[int, ...], int] = {}
        self.vectors: Floats = np.zeros((1 << 12, width), np.float32)
        self.forms: list[Form] = [Form(text="", lower="")]

    def is_full(self, tokens: int) -> bool:
        """Whether `tokens` more might not fit."""
        return len(self._rows) + tokens >= self._capacity

    def clear(self) -> None:
        """Forget every word. Rows given out before are then void."""
        self._rows.clear()
        del self.forms[1:]

    def rows_of(self, docs: Sequence[Doc]) -> list[list[int]]:
        """For each doc the rows of its tokens; words not met before are entered."""
        from spacy.attrs import NORM, ORTH, SPACY

        keys = [list(map(tuple, doc.to_array([ORTH, NORM, SPACY]).tolist())) for doc in docs]
        known = self._rows
        new = [place for place, each in enumerate(keys) if not known.keys() >= set(each)]
        if new:
            for place, vectors in zip(new, self._embed.predict([docs[each] for each in new]), strict=True):
                self._enter(docs[place], keys[place], vectors)
        return [[known[key] for key in each] for each in keys]

    def _enter(self, doc: Doc, keys: Iterable[tuple[int, ...]], vectors: Floats) -> None:
        for key, token, vector in zip(keys, doc, vectors, strict=True):
            if key in self._rows:
                continue
            row = len(self.forms)
            if row == len(self.vectors):
                self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
            self.vectors[row] = vector
            self._rows[key] = row
            self.forms.append(form_of(token))


def form_of(token: Token) -> Form:
    """The form of a spaCy token."""
    return Form(
        text=token.text,
        lower=token.lower_,
        is_punct=token.is_punct,
        is_space=token.is_space,
        is_alpha=token.is_alpha,
        is_digit=token.is_digit,
        is_title=token.is_title,
        is_stop=token.is_stop,
        like_num=token.like_num,
    )
