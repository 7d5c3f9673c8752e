"""Which reports are copies of each other: near-duplicates found by MinHash over runs of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import combinations

from rensa import RMinHash

from holdfire.model.document import Document

# Runs of five words are rare enough that two reporters do not share many by chance, short enough to survive light
# editing. 256 hashes put the standard error of a likeness near 0.03.
SHINGLE_WORDS = 5
HASHES = 256
_SEED = 20250613
# The share of the shorter text that must stand in the longer. Chosen on tests/cases/corroboration.txt: independent
# reports that quote the same statement share up to a fifth, light rewrites of a wire report a third and more.
COPY_SHARE = 0.3
# Fewer runs than this decide nothing.
MIN_SHINGLES = 12

_WORD = re.compile(r"\w+")


def near_duplicates(documents: Mapping[str, Document]) -> dict[str, str]:
    """For each document, the smallest id among those that it is a copy of, itself included.

    Copying is taken to be transitive: what copies a copy has the same origin. Boilerplate does not count.
    """
    runs = {name: found for name, each in documents.items() if len(found := shingles(each)) >= MIN_SHINGLES}
    sketches = {name: _sketch(found) for name, found in runs.items()}
    parent = {name: name for name in documents}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for one, other in combinations(sorted(runs), 2):
        if shared(sketches[one].jaccard(sketches[other]), len(runs[one]), len(runs[other])) >= COPY_SHARE:
            left, right = sorted((root(one), root(other)))
            parent[right] = left
    return {name: root(name) for name in documents}


def shared(likeness: float, one: int, other: int) -> float:
    """The share of the smaller of two sets that stands in the larger, from their Jaccard likeness and their sizes."""
    if not one or not other:
        return 0.0
    both = likeness * (one + other) / (1 + likeness)
    return min(1.0, both / min(one, other))


def shingles(document: Document) -> frozenset[str]:
    """Every run of five words of the reporting, case and punctuation aside."""
    words = _WORD.findall(_reporting(document).casefold())
    return frozenset(" ".join(words[at : at + SHINGLE_WORDS]) for at in range(len(words) - SHINGLE_WORDS + 1))


def _reporting(document: Document) -> str:
    kept, at = [], 0
    for mark in sorted(document.boilerplate, key=lambda each: each.span.start_char):
        kept.append(document.text[at : mark.span.start_char])
        at = max(at, mark.span.end_char)
    return " ".join([*kept, document.text[at:]])


def _sketch(found: Iterable[str]) -> RMinHash:
    sketch = RMinHash(num_perm=HASHES, seed=_SEED)
    sketch.update(sorted(found))
    return sketch
