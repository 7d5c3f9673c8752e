"""Scores attributions on an annotated JSONL file: python -m evaluation.quotes GOLD.jsonl

A line of the file is {"id", "text", "attributions": [{"source": [s, e] or null, "content": [[s, e], …]}]}, offsets in
code points. Contents match one to one, best first, where their letters and digits overlap by half (intersection over
union); a source is right when it shares a letter with the annotated one, or when neither is there. No annotated text
comes with Holdfire: name your own.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from holdfire.extraction.attribution import find_attributions
from holdfire.extraction.nlp import load_language, parse_passages
from holdfire.extraction.passages import split_passages
from holdfire.extraction.quotations import find_quotations
from holdfire.model.document import Document
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook

Json = dict[str, Any]
HALF = 0.5
# A content counts as quoted when more of it than this stands in quotation marks.
QUOTED_SHARE = 0.02


@dataclass(frozen=True)
class Item:
    """One attribution as sets of the offsets of its letters and digits."""

    content: frozenset[int]
    source: frozenset[int]
    quoted: bool


def item(text: str, content: Sequence[Sequence[int]], source: Sequence[int] | None, marks: frozenset[int]) -> Item:
    """An attribution from its spans; `marks` are the offsets that stand in quotation marks."""
    inside = letters(text, content)
    return Item(inside, letters(text, [source] if source else []), len(inside & marks) > QUOTED_SHARE * len(inside))


def letters(text: str, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    """Offsets of the letters and digits in the spans."""
    return frozenset(at for start, end in spans for at in range(start, end) if text[at].isalnum())


def overlap(gold: Item, found: Item) -> float:
    """Shared letters over all letters of the two contents."""
    shared = len(gold.content & found.content)
    return shared / (len(gold.content) + len(found.content) - shared) if shared else 0.0


def same_source(gold: Item, found: Item) -> bool:
    """Whether the sources share a letter, or are both missing."""
    return bool(gold.source & found.source) if gold.source else not found.source


def pairs(golds: Sequence[Item], found: Sequence[Item], weight: Callable[[Item, Item], float]) -> list[tuple[int, int]]:
    """One-to-one matches, heaviest first; a weight of 0 is no match."""
    ranked = sorted(
        ((weight(g, f), -i, -j) for i, g in enumerate(golds) for j, f in enumerate(found) if g.content & f.content),
        reverse=True,
    )
    taken: list[tuple[int, int]] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for score, i, j in ranked:
        if score > 0 and -i not in used_gold and -j not in used_found:
            used_gold.add(-i)
            used_found.add(-j)
            taken.append((-i, -j))
    return taken


def loosely(gold: Item, found: Item) -> float:
    """Content overlaps by half and the source is right."""
    score = overlap(gold, found)
    return score if score >= HALF and same_source(gold, found) else 0.0


def exactly(gold: Item, found: Item) -> float:
    """Content and source are the same to the letter."""
    return float(gold.content == found.content and gold.source == found.source)


def by_content(gold: Item, found: Item) -> float:
    """Content overlaps by half, whoever says it."""
    score = overlap(gold, found)
    return score if score >= HALF else 0.0


def main() -> None:
    """Read every document of the file, print the figures and what attribution costs beside the parse."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    given = parser.parse_args()
    rulebook = load_rulebook(RuleSource())
    nlp = load_language()
    counts = {name: [0, 0, 0] for name in ("lenient", "strict", "quoted", "unquoted", "content")}
    cited = right = documents = 0
    parsing = attributing = 0.0
    for line in given.gold.read_text("utf-8").splitlines():
        record: Json = json.loads(line)
        text = record["text"]
        documents += 1
        started = time.perf_counter()
        passages = split_passages(Document(id=record["id"], text=text), rulebook.sentences)
        sentences = parse_passages(nlp, text, passages)
        parsed = time.perf_counter()
        listed = [
            each
            for each in find_attributions(text, sentences, rulebook.attribution)
            if each.score >= rulebook.attribution.least_listed and not each.nested
        ]
        parsing += parsed - started
        attributing += time.perf_counter() - parsed

        marks = frozenset(at for q in find_quotations(text) for p in q.pieces for at in range(p.start_char, p.end_char))
        golds = [item(text, each["content"], each["source"], marks) for each in record["attributions"]]
        found = [
            item(
                text,
                [(piece.start_char, piece.end_char) for piece in each.content],
                (each.source_span.start_char, each.source_span.end_char) if each.source_span else None,
                marks,
            )
            for each in listed
        ]
        for name, weight, kept in (
            ("lenient", loosely, (True, False)),
            ("strict", exactly, (True, False)),
            ("content", by_content, (True, False)),
            ("quoted", loosely, (True,)),
            ("unquoted", loosely, (False,)),
        ):
            some_gold = [each for each in golds if each.content and each.quoted in kept]
            some_found = [each for each in found if each.content and each.quoted in kept]
            matched = pairs(some_gold, some_found, weight)
            for at, number in enumerate((len(matched), len(some_found), len(some_gold))):
                counts[name][at] += number
            if name == "content":
                cited += sum(bool(some_gold[i].source) for i, _ in matched)
                right += sum(bool(some_gold[i].source & some_found[j].source) for i, j in matched)
    print(
        f"{documents} documents, parse {parsing:.1f} s, attribution {100 * attributing / max(parsing, 1e-9):.1f}% of it"
    )
    for name, (hit, predicted, annotated) in counts.items():
        precision, recall = hit / max(predicted, 1), hit / max(annotated, 1)
        f1 = 2 * hit / max(predicted + annotated, 1)
        print(f"{name:10} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({hit} of {predicted}; {annotated} in gold)")
    print(f"speaker right where the content is: {right} of {cited}, {right / max(cited, 1):.3f}")


if __name__ == "__main__":
    main()
