"""Writes who each pronoun of an annotated JSONL file stands for: python -m evaluation.coref TEXTS.jsonl > links.jsonl

A line of the file has an "id" and a "text"; a line that is written has the "id" and "links", each with the `span` of a
pronoun and the `antecedent` that Holdfire gives it, as [start, end] in code points. No annotated text comes with
Holdfire: name your own.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, study


def links_of(record: dict[str, Any], reader: Reader) -> list[dict[str, list[int]]]:
    """The links of one text, pronouns in text order."""
    article = study(Document(id=record["id"], text=record["text"]), reader)
    return [
        {"span": [span.start_char, span.end_char], "antecedent": [back.start_char, back.end_char]}
        for span, back in article.references.links
    ]


def main() -> None:
    """Read every text of the file and print its links."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    given = parser.parse_args()
    reader = load_reader()
    for line in given.texts.read_text("utf-8").splitlines():
        record = json.loads(line)
        print(json.dumps({"id": record["id"], "links": links_of(record, reader)}))


if __name__ == "__main__":
    main()
