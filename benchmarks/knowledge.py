"""What it costs to load the knowledge base, kept and anew: python -m benchmarks.knowledge [--rounds N]

Each round loads it from the cache and then builds it from the rule files, in one process, so that both share whatever
else the machine is doing. Printed are the medians in milliseconds of processor time, which other programs do not
lengthen, and that of their ratio. Exit 1 where the kept form takes longer than the ceiling.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from holdfire.pipeline import load_knowledge
from holdfire.rules.cache import Cache
from holdfire.rules.load import RuleSource

# A command that only looks a name up should answer before one notices.
CEILING_MS = 150.0


def main() -> None:
    """Measure, print, compare with the ceiling."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9, help="how often it is loaded each way (9)")
    given = parser.parse_args()
    if given.rounds < 1:
        parser.error("--rounds: at least one.")
    source = RuleSource()
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(folder=Path(folder))
        knowledge = load_knowledge(source, cache)
        kept, anew = [], []
        for _ in range(given.rounds):
            kept.append(_milliseconds(source, cache))
            anew.append(_milliseconds(source, Cache(folder=None)))
    ratio = statistics.median(first / second for first, second in zip(kept, anew, strict=True))
    median = statistics.median(kept)
    print(f"{len(knowledge.actors)} actors, {len(knowledge.names.keys)} names, {given.rounds} rounds")
    print(f"kept {median:.0f} ms ({min(kept):.0f} to {max(kept):.0f}), ceiling {CEILING_MS:.0f} ms")
    print(f"anew {statistics.median(anew):.0f} ms; kept ÷ anew {ratio:.3f}")
    sys.exit(median > CEILING_MS)


def _milliseconds(source: RuleSource, cache: Cache) -> float:
    started = time.process_time()
    load_knowledge(source, cache)
    return 1000 * (time.process_time() - started)


if __name__ == "__main__":
    main()
