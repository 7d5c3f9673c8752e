"""The parser's word vectors in plain numpy: the same numbers as spaCy's layers give, in a quarter of the time.

spaCy's small English model reads each token through four windows of three tokens. Every window is a maxout of three
pieces, a layer norm and a residual. Here the four are run over all sentences at once, with the weights laid out so that
the pieces lie side by side. Rows are multiplied in blocks of one fixed size: how a matrix product rounds depends on how
many rows it is given, and a sentence's parse must not depend on its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import NumpyOps

if TYPE_CHECKING:
    from thinc.api import Model

Floats = NDArray[np.float32]

# Rows in one matrix product: products of one size round alike.
BLOCK = 64
# Rows in the largest product that is tried for being rounded as the block is.
_MOST = 1024


class UnknownModel(Exception):
    """The installed model is not built as the fast parse expects; what differs is the message."""


class SteadyOps(NumpyOps):  # type: ignore[misc]
    """thinc's operations with a matrix product whose rows do not depend on how many rows there are."""

    def __init__(self) -> None:
        super().__init__(use_blis=False)

    def gemm(
        self, x: Floats, y: Floats, *, out: Floats | None = None, trans1: bool = False, trans2: bool = False
    ) -> Floats:
        """x · y, either transposed on demand, written to `out` where given."""
        product = steady_product(x.T if trans1 else x, y.T if trans2 else y)
        if out is None:
            return product
        out[...] = product
        return out


def steady_product(rows: Floats, weights: Floats, block: int = BLOCK) -> Floats:
    """rows · weights, computed in blocks of `block` rows."""
    count, width = rows.shape
    whole = -(-count // block) * block
    if whole != count:
        padded = np.zeros((whole, width), np.float32)
        padded[:count] = rows
        rows = padded
    product: Floats = np.matmul(rows.reshape(-1, block, width), weights)
    return product.reshape(whole, -1)[:count]


def is_steady(weights: Floats) -> bool:
    """Whether products of any number of whole blocks, up to `_MOST` rows, give a row the same bits here.

    They do with every library tried; then one product takes the place of many, in two thirds of the time.
    """
    rows = np.random.default_rng(0).standard_normal((_MOST, len(weights)), np.float32)
    blocks = steady_product(rows, weights)
    return all(
        np.array_equal(np.matmul(rows[:count], weights), blocks[:count]) for count in range(BLOCK, _MOST + 1, BLOCK)
    )


class Encoder:
    """Embedded tokens in, tokens in context out. Raises UnknownModel for a model of another build."""

    def __init__(self, encode: Model[Any, Any]) -> None:
        """`encode`: spaCy's `MaxoutWindowEncoder` with windows of one token to each side."""
        windows = [node for node in encode.walk() if node.name == "expand_window"]
        maxouts = [node for node in encode.walk() if node.name == "maxout"]
        norms = [node for node in encode.walk() if node.name == "layernorm"]
        self.pad = int(encode.attrs.get("pad", 0))
        depth = len(maxouts)
        if not depth or len(windows) != depth or len(norms) != depth or self.pad < depth:
            raise UnknownModel(f"{depth} maxouts, {len(windows)} windows and {len(norms)} norms, padding {self.pad}")
        if any(node.attrs.get("window_size") != 1 for node in windows):
            raise UnknownModel("windows of more than one token to each side")
        self.width = int(maxouts[0].get_dim("nO"))
        self._layers = [self._layer(*pair) for pair in zip(maxouts, norms, strict=True)]
        self._whole = all(is_steady(weights) for weights, _, _, _ in self._layers)
        # Room for one layer's work, kept: giving it back and taking it anew costs as much as the sums.
        self._room = self._room_for(BLOCK)

    def _layer(self, maxout: Model[Any, Any], norm: Model[Any, Any]) -> tuple[Floats, Floats, Floats, Floats]:
        weights: Any = maxout.get_param("W")
        bias: Any = maxout.get_param("b")
        after: Any = norm
        width, pieces, reach = weights.shape
        if (width, pieces, reach) != (self.width, 3, 3 * self.width) or weights.dtype != np.float32:
            raise UnknownModel(f"a maxout of {weights.shape} in {weights.dtype}")
        # Piece-major: all first pieces, then all second, then all third.
        flat = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(pieces * width, reach).T)
        return flat, np.ascontiguousarray(bias.T.reshape(-1)), after.get_param("G"), after.get_param("b")

    def encode(self, vectors: Floats, rows: Sequence[Sequence[int]]) -> list[Floats]:
        """The tokens of each text in context.

        vectors: one row a known token; row 0 is all zeros and stands between texts.
        rows: for each text the rows of its tokens.
        Returns one array of (tokens, width) for each text.
        """
        gap = [0] * self.pad
        order = [0, *gap]
        starts = []
        for each in rows:
            starts.append(len(order))
            order += each
            order += gap
        # The first and the last row are only ever looked at, as neighbours of the rows between.
        order += [0] * (-(len(order) - 1) % BLOCK + 1)
        x = vectors[order]
        for weights, bias, scale, shift in self._layers:
            self._window(x, weights, bias, scale, shift)
        return [x[start : start + len(each)] for start, each in zip(starts, rows, strict=True)]

    def _room_for(self, count: int) -> tuple[Floats, Floats, Floats]:
        return (
            np.empty((count, 3 * self.width), np.float32),
            np.empty((count, 3 * self.width), np.float32),
            np.empty((count, self.width), np.float32),
        )

    def _window(self, x: Floats, weights: Floats, bias: Floats, scale: Floats, shift: Floats) -> None:
        """Run one layer over `x`, in place."""
        width, count = self.width, len(x) - 2
        if len(self._room[0]) < count:
            self._room = self._room_for(count)
        around, z, y = (each[:count] for each in self._room)
        around[...] = np.lib.stride_tricks.as_strided(x, (count, 3 * width), x.strides, writeable=False)
        if self._whole and count <= _MOST:
            np.matmul(around, weights, out=z)
        else:
            np.matmul(around.reshape(-1, BLOCK, 3 * width), weights, out=z.reshape(-1, BLOCK, 3 * width))
        z += bias
        np.maximum(z[:, :width], z[:, width : 2 * width], out=y)
        np.maximum(y, z[:, 2 * width :], out=y)
        y -= y.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", y, y)
        spread /= width
        spread += np.float32(1e-8)
        y *= (1 / np.sqrt(spread))[:, None]
        y *= scale
        y += shift
        x[1:-1] += y
