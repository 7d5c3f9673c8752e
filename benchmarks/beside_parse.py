"""Times a stage of reading beside the parse that it builds on, as a ratio within one process."""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from evaluation.score_claims import load_gold

from holdfire.extraction.nlp import Sentence, parse_passages
from holdfire.extraction.passages import split_passages
from holdfire.intake.metadata import parse_published
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader

CORPUS = Path(__file__).parents[1] / "evaluation" / "corpora" / "dev"
# What a stage is given: the document, its parse, the reader; it returns a function, which alone is timed.
Stage = Callable[[Document, Sequence[Sentence], Reader], Callable[[], object]]


def main(name: str, stage: Stage, *, ceiling: float, about: str | None) -> None:
    """Read every annotated report in each round, print the median ratio and its range; exit 1 above the ceiling.

    Parse and stage follow each other report by report, so that both share whatever else the machine is doing. The
    first round fills caches and is not counted.
    """
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="how often every report is read (7)")
    given = parser.parse_args()
    if given.rounds < 1:
        parser.error("--rounds: at least one.")
    reader = load_reader()
    documents = [
        Document(
            id=str(each["id"]),
            text=each["text"],
            title=each["title"],
            published=parse_published(str(each["published"])),
        )
        for each in load_gold(CORPUS)
    ]

    ratios, parses = [], []
    for number in range(given.rounds + 1):
        parsing = working = 0.0
        for document in documents:
            started = time.perf_counter()
            passages = split_passages(document, reader.rulebook.sentences)
            sentences = parse_passages(reader.nlp, document.text, passages)
            parsing += time.perf_counter() - started
            work = stage(document, sentences, reader)
            started = time.perf_counter()
            work()
            working += time.perf_counter() - started
        if number:
            ratios.append(working / parsing)
            parses.append(parsing)
    median = statistics.median(ratios)
    print(f"{len(documents)} reports, {given.rounds} rounds; parse {1000 * statistics.median(parses):.0f} ms a round")
    print(f"{name} ÷ parse: {median:.3f} ({min(ratios):.3f} to {max(ratios):.3f}), ceiling {ceiling}")
    sys.exit(median > ceiling)
