"""Speed of a brief of a 2,000-report conflict: what is drawn from the ledger, the sentences, the files.

    python -m benchmarks.briefs [--reports 2000] [--actors 300] [--since 2030-01-01]

Seconds of one run in one process, the language model left out as `holdfire brief` leaves it out. The ledger
holds three years, of which the last tells as news. Exit code 1 when the HTML takes longer than the ceiling.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.ledger import fill
from holdfire.briefs.illustrations import illustrations_of
from holdfire.briefs.markdown import as_markdown
from holdfire.briefs.outline import outline_of
from holdfire.briefs.page import as_html
from holdfire.briefs.word import as_docx
from holdfire.conclusions.material import read_material
from holdfire.ledger.connect import open_ledger
from holdfire.model.entry import AsOf
from holdfire.pipeline import load_knowledge
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook

CEILING_SECONDS = 8.0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=2000)
    options.add_argument("--actors", type=int, default=300)
    options.add_argument("--since", type=date.fromisoformat, default=date(2030, 1, 1))
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "ledger.db") as ledger:
        fill(ledger, given.reports * 10, given.actors)
        source = RuleSource()
        seconds: dict[str, float] = {}

        def timed(what: str, make: Callable[[], Any]) -> Any:
            start, spent = time.perf_counter(), time.process_time()
            made = make()
            seconds[what] = time.perf_counter() - start
            print(f"{what:>24}: {seconds[what]:6.2f} s ({time.process_time() - spent:.2f} s of work)")
            return made

        rulebook = timed("rules", lambda: load_rulebook(source))
        knowledge = timed("knowledge base", lambda: load_knowledge(source))
        material = timed("drawn from the ledger", lambda: read_material(
            ledger, AsOf(), rulebook=rulebook, knowledge=knowledge, since=given.since
        ))  # fmt: skip
        assert material is not None
        print(f"{len(material.entries)} claims, {len(material.board.postures)} postures, {len(material.held)} reports")
        brief = timed("sentences", lambda: outline_of(material, rulebook=rulebook))
        figures = illustrations_of(material, rulebook=rulebook)
        page = timed("HTML with figures", lambda: as_html(brief, figures, conducts=rulebook.conducts))
        whole = sum(seconds.values())
        timed("Markdown", lambda: as_markdown(brief))
        timed("Word", lambda: as_docx(brief, figures, conducts=rulebook.conducts))
    print(
        f"HTML all told: {whole:.2f} s (ceiling {CEILING_SECONDS:g}), {len(page) // 1024} kB, {len(brief.notes)} notes"
    )
    return 0 if whole <= CEILING_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
