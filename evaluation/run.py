"""Reads every corpus with the shipped rules, scores it and compares with the floors: python -m evaluation.run

Exit 1 when a figure lies below its floor, or an annotated file has a fault.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

from evaluation.check_gold import faults
from evaluation.score_claims import load_gold, score
from holdfire.intake.documents import make_document
from holdfire.intake.metadata import Header, parse_published
from holdfire.model.codec import claim_to_json, document_to_json
from holdfire.pipeline import Reader, load_reader, read_document

Json = dict[str, Any]
HERE = Path(__file__).parent
# These are better when lower; everything else is better when higher.
LOWER_IS_BETTER = frozenset({"false attacks per 100 documents"})


def predict(golds: list[Json], reader: Reader) -> dict[str, Json]:
    """What Holdfire reads in each document, as `holdfire read --format jsonl` writes it, by id."""
    found = {}
    for gold in golds:
        header = Header(
            id=str(gold["id"]),
            outlet=gold["outlet"],
            title=gold.get("title"),
            published=parse_published(str(gold["published"])),
        )
        text = gold["text"]
        rules = reader.rulebook.boilerplate
        document = make_document(text, header, rules=rules, raw=text.encode(), reader="evaluation")
        claims = [claim_to_json(each) for each in read_document(document, reader)]
        found[document.id] = {"document": document_to_json(document), "claims": claims}
    return found


def flat_figures(figures: Json) -> dict[str, float]:
    """The figures that can have a floor, each under one name: "claims" is its F1, "facets core" a share, and so on."""
    flat: dict[str, float] = {}
    for name in ("claims", "claims by quad class", "conduct", "reasons", "reason category"):
        flat[name] = figures[name]["f1"]
    flat |= {f"facets {each}": share for each, share in figures["facets"].items()}
    flat |= {f"marked {each}": found["f1"] for each, found in figures["marked"].items()}
    flat |= {f"boilerplate {each}": share for each, share in figures["boilerplate"].items() if share is not None}
    flat["false attacks per 100 documents"] = figures["false attacks per 100 documents"]
    return flat | {each: figures[each] for each in ("mode", "place", "time") if figures[each] is not None}


def below_floor(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """One line a figure that misses its floor, or that is not measured at all."""
    lines = []
    for name, floor in floors.items():
        found = figures.get(name)
        if found is None:
            lines.append(f"{name}: not measured, floor {floor}")
        elif (found > floor) if name in LOWER_IS_BETTER else (found < floor):
            lines.append(f"{name}: {found}, floor {floor}")
    return lines


def main() -> None:
    """Score every corpus that has floors, print the figures, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept-lower", action="store_true", help="exit 0 below a floor (write a decision record)")
    parser.add_argument("--verbose", action="store_true", help="one line a missed, spurious or partly wrong claim")
    parser.add_argument("--corpus", metavar="NAME", help="only this one, e.g. dev")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="keep the predictions there, one JSONL a corpus")
    given = parser.parse_args()
    reader = load_reader()
    failed = False
    for corpus, floors in tomllib.loads((HERE / "floors.toml").read_text("utf-8")).items():
        if given.corpus not in (None, corpus):
            continue
        folder = HERE / "corpora" / corpus
        for fault in faults(folder):
            print(f"{corpus}: {fault}", file=sys.stderr)
            failed = True
        golds = load_gold(folder)
        started = time.perf_counter()
        predictions = predict(golds, reader)
        took = time.perf_counter() - started
        lines: list[str] = []
        figures = flat_figures(score(golds, predictions, lines=lines))
        if given.verbose:
            print("\n".join(lines))
        if given.write:
            given.write.mkdir(parents=True, exist_ok=True)
            text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in predictions.values())
            (given.write / f"{corpus}.jsonl").write_text(text, "utf-8")
        print(f"{corpus}: {len(golds)} documents in {took:.1f} s")
        for name, found in figures.items():
            floor = f"   floor {floors[name]}" if name in floors else ""
            print(f"  {name:<34} {found:>6}{floor}")
        for line in below_floor(figures, floors):
            print(f"BELOW ITS FLOOR  {corpus}: {line}", file=sys.stderr)
            failed = failed or not given.accept_lower
    sys.exit(failed)


if __name__ == "__main__":
    main()
