"""Speed of reading, each figure beside its rival in the same run: python -m benchmarks.reading

The rival of parse and reading is spaCy's own pipeline with all its parts over the same whole texts. Rounds alternate
between the two, so that both share whatever else the machine is doing; printed are the median of the rounds' ratios and
their range. Texts are the annotated reports, and with --political FILE and --folder PATH any others; every sentence is
varied in each round, so that no parse is found ready. Exit 1 where a figure misses its bar.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from evaluation.score_claims import load_gold

from holdfire.bulk.pool import Pool, Read
from holdfire.extraction.fast_parse import FastParser
from holdfire.extraction.nlp import model_name
from holdfire.extraction.passages import split_passages
from holdfire.intake.files import read_paths
from holdfire.intake.metadata import Header, parse_published
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, read_whole
from holdfire.rules.boilerplate import load_boilerplate_rules
from holdfire.rules.load import RuleSource

CORPORA = Path(__file__).parents[1] / "evaluation" / "corpora"
# Least ratio to spaCy's pipeline, by kind of text; most milliseconds beside the parse; workers; memory; growth.
PARSE, CONFLICT, POLITICAL, GENERAL = 4.5, 4.0, 8.0, 25.0
BESIDE_MS, TWO, MEGABYTES, SLOPE = 6.0, 1.6, 550.0, (0.95, 1.05)
Row = dict[str, Any]


def annotated(*, conflict: bool) -> list[Document]:
    """The reports of both corpora with claims, or those without."""
    found = []
    for folder in ("dev", "held"):
        for each in load_gold(CORPORA / folder):
            if bool(each.get("claims")) == conflict:
                day = parse_published(str(each["published"]))
                found.append(Document(id=str(each["id"]), text=each["text"], title=each["title"], published=day))
    return found


def varied(document: Document, number: int) -> Document:
    """The report with a number of its own in every sentence, and another id."""
    text = document.text.replace(". ", f" ({number}). ").replace(".\n", f" ({number}).\n")
    return replace(document, id=f"{document.id}-{number}", text=text)


@lru_cache
def rival() -> Any:
    """spaCy's pipeline as it comes."""
    import spacy

    return spacy.load(model_name())


@lru_cache
def reader() -> Reader:
    """The reader without its memory of parses."""
    import spacy

    made = load_reader()
    return replace(
        made, nlp=replace(made.nlp, parse=FastParser(spacy.load(model_name(), exclude=["ner"]), kept=0).parse)
    )


def seconds(work: Callable[[], object]) -> float:
    """Processor time, which waiting for others does not lengthen."""
    started = time.process_time()
    work()
    return time.process_time() - started


def ratios(name: str, documents: Sequence[Document], ours: Callable[[Sequence[Document]], object], rounds: int) -> Row:
    """Time spaCy's pipeline and ours over the same texts, in turn."""
    found = []
    for number in range(rounds + 1):
        these = [varied(each, number) for each in documents]
        theirs = seconds(lambda: list(rival().pipe([each.text for each in these])))  # noqa: B023
        own = seconds(lambda: ours(these))  # noqa: B023
        if number:
            found.append(theirs / own)
    return {"what": name, "median": statistics.median(found), "low": min(found), "high": max(found), "unit": "times"}


def sentences_of(documents: Sequence[Document]) -> list[list[str]]:
    """The passages of each report."""
    rules = reader().rulebook.sentences
    return [[each.span.of(document.text) for each in split_passages(document, rules)] for document in documents]


def parse_row(documents: Sequence[Document], rounds: int) -> Row:
    """The fast parse beside spaCy's pipeline, and in how many tokens the two differ, sentence by sentence."""
    from holdfire.extraction.nlp import Stock

    row = ratios(
        "fast parse ÷ spaCy's pipeline",
        documents,
        lambda these: [reader().nlp.parse(t) for t in sentences_of(these)],
        rounds,
    )
    stock, tokens, differing = Stock(rival()), 0, 0
    for texts in sentences_of(documents):
        for wanted, got in zip(stock.parse(texts), reader().nlp.parse(texts), strict=True):
            tokens += len(got)
            differing += sum(
                (a.head.i, a.dep_, a.tag_, a.pos_, a.lemma_) != (b.head.i, b.dep_, b.tag_, b.pos_, b.lemma_)
                for a, b in zip(wanted, got, strict=True)
            )
    return {**row, "bar": PARSE, "fine": row["median"] >= PARSE and not differing,
            "note": f"{differing} of {tokens:,} tokens differ"}  # fmt: skip


def reading_row(name: str, documents: Sequence[Document], bar: float, rounds: int) -> Row:
    """The whole of reading beside spaCy's pipeline."""
    row = ratios(
        f"reading ÷ pipeline, {name}", documents, lambda these: [read_whole(t, reader()) for t in these], rounds
    )
    words = sum(len(each.text.split()) for each in documents)
    return {**row, "bar": bar, "fine": row["median"] >= bar, "note": f"{len(documents)} reports, {words:,} words"}


def beside_row(documents: Sequence[Document], rounds: int) -> Row:
    """Milliseconds for 400 words of a conflict report, beside the parse: each report's least of the rounds."""
    parsing = 0.0

    def parse(texts: Sequence[str]) -> Any:
        nonlocal parsing
        started = time.process_time()
        docs = reader().nlp.parse(texts)
        parsing += time.process_time() - started
        return docs

    watched = replace(reader(), nlp=replace(reader().nlp, parse=parse))
    least: dict[int, float] = {}
    for number in range(rounds + 1):
        for place, document in enumerate(documents):
            parsing = 0.0
            whole = seconds(lambda: read_whole(varied(document, number), watched))  # noqa: B023
            least[place] = min(least.get(place, math.inf), whole - parsing)
    words = sum(len(each.text.split()) for each in documents)
    value = 1000 * sum(least.values()) / words * 400
    return {"what": "all but the parse, 400 words of conflict", "median": value, "unit": "ms", "bar": BESIDE_MS,
            "fine": value <= BESIDE_MS, "note": "processor time"}  # fmt: skip


def many(documents: Sequence[Document], count: int, start: int = 0) -> Iterator[Document]:
    """`count` varied reports."""
    return (varied(documents[number % len(documents)], start + number) for number in range(count))


def workers_row(documents: Sequence[Document], count: int) -> Row:
    """Two processes against one, by the clock, and the memory of each; beside it the same by processor time.

    By the clock two gain nothing where others keep the processors busy; by the busier one's processor time they do.
    """
    took, busiest, memory = {}, {}, 0.0
    for workers in (1, 2):
        with Pool(RuleSource(), workers) as pool:
            # Each process meets the words of all reports before the clock starts.
            list(pool.read(many(documents, 2 * len(documents) * workers, 10_000_000)))
            before = [_processor(each) for each in pool.processes]
            started = time.perf_counter()
            read = sum(1 for each in pool.read(many(documents, count, workers * count)) if isinstance(each, Read))
            took[workers] = time.perf_counter() - started
            assert read == count
            busiest[workers] = max(_processor(p) - b for p, b in zip(pool.processes, before, strict=True))
            memory = max(memory, *(_resident(each) for each in pool.processes))
    value, shared = took[1] / took[2], busiest[1] / busiest[2]
    return {"what": "two processes ÷ one", "median": value, "unit": "times", "bar": TWO,
            "fine": value >= TWO and memory <= MEGABYTES,
            "note": f"{count:,} reports, {memory:.0f} MB each, by processor time {shared:.2f}"}  # fmt: skip


def growth_row(documents: Sequence[Document], most: int) -> Row:
    """The slope of time over number of reports on logarithmic scales, and how much the memory grows after the first."""
    made = load_reader()
    # The first reports meet words for the first time.
    for each in many(documents, min(500, most // 4), 30_000_000):
        read_whole(each, made)
    gc.collect()
    gc.freeze()
    counts = [most // 50, most // 10, most // 2, most]
    coming = many(documents, most, 20_000_000)
    points, spent, done, memory = [], 0.0, 0, []
    for count in counts:
        spent += seconds(lambda: [read_whole(each, made) for each in islice(coming, count - done)])  # noqa: B023
        done = count
        points.append((math.log(count), math.log(spent)))
        memory.append(_resident(os.getpid()))
    slope = statistics.linear_regression(*zip(*points, strict=True)).slope
    return {"what": f"growth from {counts[0]:,} to {most:,} reports", "median": slope, "unit": "log-log slope",
            "bar": SLOPE[1], "fine": SLOPE[0] <= slope <= SLOPE[1],
            "note": f"{memory[0]:.0f} MB, then {memory[-1]:.0f} MB"}  # fmt: skip


def _processor(process: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(process: int) -> float:
    """Megabytes of memory that a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Measure, print one table, keep it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="how often each pair is timed (5)")
    parser.add_argument("--political", help="JSONL of political reports")
    parser.add_argument("--folder", nargs="*", default=[], help="any other files of reports")
    parser.add_argument(
        "--workers", type=int, default=400, help="reports for one and for two processes; 0 for none (400)"
    )
    parser.add_argument("--growth", type=int, default=5000, help="most reports for the growth; 0 for none (5000)")
    parser.add_argument("--json", help="file to keep the figures in")
    given = parser.parse_args()
    conflict, general = annotated(conflict=True), annotated(conflict=False)
    rows = []

    def add(row: Row) -> None:
        rows.append(row)
        spread = f" ({row['low']:.2f} to {row['high']:.2f})" if "low" in row else ""
        mark, figure = "ok " if row["fine"] else "LOW", f"{row['median']:.2f}{spread}"
        print(f"{mark} {row['what']:<42} {figure:>24} {row['unit']:<14} bar {row['bar']:<5} {row['note']}", flush=True)

    political = _documents([given.political]) if given.political else []
    add(parse_row([*conflict, *general, *political], max(1, given.rounds // 2) if political else given.rounds))
    add(reading_row("conflict", conflict, CONFLICT, given.rounds))
    if political:
        add(reading_row("political", political, POLITICAL, max(1, given.rounds // 2)))
    add(reading_row("other subjects", general, GENERAL, given.rounds))
    if given.folder:
        add(reading_row("your own", _documents(given.folder), 1.0, given.rounds))
    add(beside_row(conflict, given.rounds))
    if given.workers:
        add(workers_row(conflict, given.workers))
    if given.growth:
        add(growth_row(conflict, given.growth))
    machine = f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    versions = ", ".join(
        f"{name} {version(name)}" for name in ("holdfire", "spacy", "numpy", model_name().replace("_", "-"))
    )
    print(f"{machine}; {versions}")
    if given.json:
        Path(given.json).parent.mkdir(parents=True, exist_ok=True)
        Path(given.json).write_text(
            json.dumps({"machine": machine, "versions": versions, "rows": rows}, indent=1) + "\n"
        )
    sys.exit(not all(row["fine"] for row in rows))


def _documents(paths: Sequence[str]) -> list[Document]:
    found = read_paths(paths, given=Header(), rules=load_boilerplate_rules(RuleSource()))
    return [each for each in found if isinstance(each, Document)]


if __name__ == "__main__":
    main()
