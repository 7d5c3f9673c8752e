"""What attribution costs beside the parse that it builds on: python -m benchmarks.attribution [--rounds N]

Each round parses every annotated report and then finds its attributions, one report after the other in the same
process, so that both share whatever else the machine is doing. Printed is the median over the rounds of (time of
attribution ÷ time of the parse), with its range. Exit 1 above the ceiling.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

from evaluation.score_claims import load_gold

from holdfire.extraction.attribution import find_attributions
from holdfire.extraction.nlp import load_language, parse_passages
from holdfire.extraction.passages import split_passages
from holdfire.model.document import Document
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook

CORPUS = Path(__file__).parents[1] / "evaluation" / "corpora" / "dev"
# Attribution is an addition to the parse, not a second one.
CEILING = 0.25


def main() -> None:
    """Measure, print, compare with the ceiling."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="how often every report is read (7)")
    given = parser.parse_args()
    if given.rounds < 1:
        parser.error("--rounds: at least one.")
    rulebook = load_rulebook(RuleSource())
    nlp = load_language()
    documents = [Document(id=str(each["id"]), text=each["text"], title=each["title"]) for each in load_gold(CORPUS)]

    ratios, parses = [], []
    for number in range(given.rounds + 1):
        parsing = attributing = 0.0
        for document in documents:
            started = time.perf_counter()
            passages = split_passages(document, rulebook.sentences)
            sentences = parse_passages(nlp, document.text, passages)
            parsed = time.perf_counter()
            find_attributions(document.text, sentences, rulebook.attribution)
            parsing += parsed - started
            attributing += time.perf_counter() - parsed
        # The first round fills caches and is not counted.
        if number:
            ratios.append(attributing / parsing)
            parses.append(parsing)
    median = statistics.median(ratios)
    print(f"{len(documents)} reports, {given.rounds} rounds; parse {1000 * statistics.median(parses):.0f} ms a round")
    print(f"attribution ÷ parse: {median:.3f} ({min(ratios):.3f} to {max(ratios):.3f}), ceiling {CEILING}")
    sys.exit(median > CEILING)


if __name__ == "__main__":
    main()
