"""Heads and labels by spaCy's own transitions, scored for all sentences of a batch at once in numpy.

spaCy's decoder scores one state at a time in C and takes Python's lock for each of the eight vectors that it adds; that
is most of its time. The states, which move is valid and what a move does are still spaCy's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from holdfire.extraction.encoder import Floats, UnknownModel, steady_product

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# What a state is judged by: eight tokens of stack and buffer, as spaCy's `StateC.set_context_tokens` lists them.
_FEATURES = 8
_PIECES = 2
# Rows in one product of scores: a report's sentences; all products have one size, so that all round alike.
_STATES = 32


class Decoder:
    """Attaches the tokens of sentences. Raises UnknownModel for a parser of another build."""

    def __init__(self, nlp: Language, width: int) -> None:
        """`width`: of the vectors that tokens in context have."""
        parser: Any = nlp.get_pipe("parser")
        self._parser = parser
        model = parser.model
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        linear = [node for node in model.get_ref("tok2vec").walk() if node.name == "linear"]
        if parser.cfg["beam_width"] != 1 or not model.attrs["has_upper"] or model.attrs["unseen_classes"]:
            raise UnknownModel("a parser that is not greedy, or without an upper layer")
        if len(linear) != 1 or linear[0].get_param("W").shape[1] != width:
            raise UnknownModel(f"a parser without one linear layer on vectors of {width}")
        weights = lower.get_param("W")
        features, hidden, pieces, reach = weights.shape
        if (features, pieces, reach) != (_FEATURES, _PIECES, linear[0].get_dim("nO")):
            raise UnknownModel(f"a parser layer of {weights.shape}")
        if upper.get_param("W").shape != (parser.moves.n_moves, hidden):
            raise UnknownModel(f"{parser.moves.n_moves} moves, scores of {upper.get_param('W').shape}")
        self._hidden = hidden
        self._linear = np.ascontiguousarray(linear[0].get_param("W").T), linear[0].get_param("b")
        # Piece-major, as in the encoder: the two pieces of all units lie side by side.
        self._lower = np.ascontiguousarray(weights.transpose(3, 0, 2, 1).reshape(reach, -1))
        self._lower_bias = np.ascontiguousarray(lower.get_param("b").T.reshape(-1))
        self._padding = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(-1)
        self._upper = np.ascontiguousarray(upper.get_param("W").T), upper.get_param("b")
        # spaCy's step model knows how to list the tokens of states; nothing else of it is used.
        self._step: Any = model.predict([_placeholder(nlp, width)])

    def attach(self, docs: Sequence[Doc], encoded: Sequence[Floats]) -> None:
        """Set heads and labels of the docs, given the vectors of their tokens in context."""
        table = self._feature_table(np.concatenate(encoded))
        column = np.arange(_FEATURES) + _FEATURES
        states = every = self._parser.moves.init_batch(docs)
        while states:
            places: NDArray[np.int32] = self._step.get_token_ids(states)
            sums: Floats = table[places * _FEATURES + column].sum(axis=1)
            sums += self._lower_bias
            best = np.maximum(sums[:, : self._hidden], sums[:, self._hidden :])
            scores = steady_product(best, self._upper[0], _STATES)
            scores += self._upper[1]
            states = self._parser.transition_states(states, scores)
        self._parser.set_annotations(docs, every)

    def _feature_table(self, vectors: Floats) -> Floats:
        """What each token adds to a state in each of the eight places: row 8 · (token + 1) + place; first, no token."""
        weights, bias = self._linear
        inner = steady_product(vectors, weights)
        inner += bias
        table = np.concatenate([self._padding[None, :], steady_product(inner, self._lower)])
        return table.reshape(-1, _PIECES * self._hidden)


def _placeholder(nlp: Language, width: int) -> Doc:
    doc = nlp.make_doc(".")
    doc.tensor = np.zeros((len(doc), width), np.float32)
    return doc
