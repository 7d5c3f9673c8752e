"""Who each pronoun of an annotated JSONL file stands for: python -m evaluation.coref TEXTS.jsonl [--links]

A line of the file has an "id", a "text" and "pronouns", each with its `word`, its `span` and, as `gold`, the spans of
the nominal mentions before it that it may stand for, as [start, end] in code points. Prints how many are right, for
each pronoun; with --links writes instead, a line a text, {"id", "links": [{"span", "antecedent"}]}. No annotated text
comes with Holdfire: name your own.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, study

Json = dict[str, Any]
WORDS = {
    "he": ("he", "him", "his"),
    "she": ("she", "her", "hers"),
    "they": ("they", "them", "their", "theirs"),
    "it": ("it", "its"),
}


def links_of(record: Json, reader: Reader) -> list[dict[str, list[int]]]:
    """The links of one text, pronouns in text order."""
    article = study(Document(id=record["id"], text=record["text"]), reader)
    return [
        {"span": [span.start_char, span.end_char], "antecedent": [back.start_char, back.end_char]}
        for span, back in article.references.links
    ]


def is_right(found: Sequence[int], gold: Iterable[Sequence[int]]) -> bool:
    """Whether an antecedent is one of the gold ones, or within one, or around one, and not a scrap of it.

    A scrap is shorter than a quarter of the other, or than ten characters of one that is long.
    """
    for each in gold:
        inside = (each[0] <= found[0] and found[1] <= each[1]) or (found[0] <= each[0] and each[1] <= found[1])
        shorter, longer = sorted((found[1] - found[0], each[1] - each[0]))
        if inside and 4 * shorter >= min(40, longer):
            return True
    return False


def count(records: Iterable[Json], reader: Reader) -> dict[str, tuple[int, int, int]]:
    """(right, answered, in gold) for he, she, they, it."""
    counts: Counter[tuple[str, str]] = Counter()
    for record in records:
        links = {tuple(each["span"]): each["antecedent"] for each in links_of(record, reader)}
        for pronoun in record["pronouns"]:
            word = next((name for name, forms in WORDS.items() if pronoun["word"].lower() in forms), None)
            if word is None:
                continue
            counts[word, "gold"] += 1
            found = links.get(tuple(pronoun["span"]))
            if found is not None:
                counts[word, "answered"] += 1
                counts[word, "right"] += is_right(found, pronoun["gold"])
    return {word: (counts[word, "right"], counts[word, "answered"], counts[word, "gold"]) for word in WORDS}


def figures(counts: dict[str, tuple[int, int, int]]) -> dict[str, float]:
    """Precision for each pronoun, and the recall of he, she and they together."""
    found = {f"{word} precision": right / max(1, answered) for word, (right, answered, _) in counts.items()}
    people = [counts[word] for word in ("he", "she", "they")]
    found["people recall"] = sum(each[0] for each in people) / max(1, sum(each[2] for each in people))
    return {name: round(value, 3) for name, value in found.items()}


def main() -> None:
    """Read every text of the file and print its figures, or its links."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--links", action="store_true", help="print the links, not the figures")
    given = parser.parse_args()
    reader = load_reader()
    records = [json.loads(line) for line in given.texts.read_text("utf-8").splitlines()]
    if given.links:
        for record in records:
            print(json.dumps({"id": record["id"], "links": links_of(record, reader)}))
        return
    counts = count(records, reader)
    for word, (right, answered, gold) in counts.items():
        print(f"{word:<5} {right} right of {answered} answered, {gold} in gold")
    for name, value in figures(counts).items():
        print(f"{name:<18} {value}")


if __name__ == "__main__":
    main()
