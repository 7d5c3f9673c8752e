"""Scores attributions on an annotated JSONL file against their floors: python -m evaluation.quotes GOLD.jsonl

A line of the file is {"id", "text", "attributions": [{"source": [s, e] or null, "content": [[s, e], …]}]}, offsets in
code points. Contents match one to one, best first, where their letters and digits overlap by half (intersection over
union); a source is right when it shares a letter with the annotated one, or when neither is there. No annotated text
comes with Holdfire: name your own, and keep your own floors for it with --floors. Exit 1 below a floor.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation.run import below_floor
from holdfire.extraction.attribution import find_attributions
from holdfire.extraction.nlp import load_language, parse_passages
from holdfire.extraction.passages import split_passages
from holdfire.extraction.quotations import find_quotations
from holdfire.model.document import Document
from holdfire.model.source import Attribution
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import Rulebook, load_rulebook

Json = dict[str, Any]
HALF = 0.5
# A content counts as quoted when more of it than this stands in quotation marks.
QUOTED_SHARE = 0.02
FLOORS = Path(__file__).parent / "floors_quotes.toml"


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


MEASURES: dict[str, tuple[Callable[[Item, Item], float], tuple[bool, ...]]] = {
    "lenient": (loosely, (True, False)),
    "strict": (exactly, (True, False)),
    "content": (by_content, (True, False)),
    "quoted": (loosely, (True,)),
    "unquoted": (loosely, (False,)),
}


@dataclass(slots=True)
class Tally:
    """Counts over documents: matched, found and annotated attributions a measure, and speakers right and annotated."""

    counts: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0, 0] for name in MEASURES})
    right: int = 0
    cited: int = 0
    documents: int = 0

    def add(self, golds: Sequence[Item], found: Sequence[Item]) -> None:
        """Count one document in."""
        self.documents += 1
        for name, (weight, kept) in MEASURES.items():
            some_gold = [each for each in golds if each.content and each.quoted in kept]
            some_found = [each for each in found if each.content and each.quoted in kept]
            matched = pairs(some_gold, some_found, weight)
            for at, number in enumerate((len(matched), len(some_found), len(some_gold))):
                self.counts[name][at] += number
            if name == "content":
                self.cited += sum(bool(some_gold[i].source) for i, _ in matched)
                self.right += sum(bool(some_gold[i].source & some_found[j].source) for i, j in matched)

    def figures(self) -> dict[str, float]:
        """F1 a measure, the precision on unquoted content, and the share of speakers right where the content is."""
        f1 = {name: round(2 * hit / max(found + gold, 1), 3) for name, (hit, found, gold) in self.counts.items()}
        hit, found, _ = self.counts["unquoted"]
        speaker = round(self.right / max(self.cited, 1), 3)
        return f1 | {"unquoted precision": round(hit / max(found, 1), 3), "speaker": speaker}


def measure(records: Iterable[Json]) -> Tally:
    """Read every record's text and count what is found against what is annotated."""
    rulebook = load_rulebook(RuleSource())
    nlp = load_language()
    tally = Tally()
    for record in records:
        text = record["text"]
        passages = split_passages(Document(id=record["id"], text=text), rulebook.sentences)
        sentences = parse_passages(nlp, text, passages)
        listed = _listed(find_attributions(text, sentences, rulebook.attribution), rulebook)
        marks = frozenset(at for q in find_quotations(text) for p in q.pieces for at in range(p.start_char, p.end_char))
        golds = [item(text, each["content"], each["source"], marks) for each in record["attributions"]]
        tally.add(golds, [_found_item(text, each, marks) for each in listed])
    return tally


def _listed(found: Iterable[Attribution], rulebook: Rulebook) -> list[Attribution]:
    """Those that `holdfire quotes` lists without being asked for all."""
    least = rulebook.attribution.least_listed
    return [each for each in found if each.score >= least and not each.nested]


def _found_item(text: str, found: Attribution, marks: frozenset[int]) -> Item:
    content = [(piece.start_char, piece.end_char) for piece in found.content]
    source = (found.source_span.start_char, found.source_span.end_char) if found.source_span else None
    return item(text, content, source, marks)


def main() -> None:
    """Read every document of the file, print the figures, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--floors", type=Path, default=FLOORS, help="a TOML file of least figures (the shipped one)")
    given = parser.parse_args()
    floors: dict[str, float] = tomllib.loads(given.floors.read_text("utf-8"))
    tally = measure(json.loads(line) for line in given.gold.read_text("utf-8").splitlines())
    figures = tally.figures()
    print(
        f"{given.gold.stem}: {tally.documents} documents; attributions found, of those annotated: "
        f"{tally.counts['content'][1]}, {tally.counts['content'][2]}"
    )
    for name, figure in figures.items():
        floor = f"   floor {floors[name]}" if name in floors else ""
        print(f"  {name:<34} {figure:>6}{floor}")
    missed = below_floor(figures, floors)
    for line in missed:
        print(f"BELOW ITS FLOOR  {given.gold.stem}: {line}", file=sys.stderr)
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
