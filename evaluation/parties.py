"""Actors and recipients against annotated ones: python -m evaluation.parties [FOLDER]

FOLDER holds the sets named below, which are not Holdfire's to give away; without it (by default a folder
shared/data beside the checkout) nothing is measured and the exit is 0. Figures are compared with floors_actors.toml;
exit 1 below one.

  events/actors_dev.jsonl       {"id", "text", "source": [{"text"}], "target": [{"text"}]}: who does it to whom
  events/re3d_relations.jsonl   relations, for the names in them (evaluation/resolution.py)
  quotes/gum_news_coref.jsonl   pronouns and what they stand for (evaluation/coref.py)

Two names are `exact` when their words are the same, articles and small words aside; they `overlap` when half of the
shorter one's words are the other's too and neither is more than six words longer.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from evaluation import coref, resolution
from evaluation.names import HERE, names_in_corpus, names_in_relations
from evaluation.run import below_floor
from holdfire.model.claim import Claim
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, read_document

Json = dict[str, Any]
FLOORS = HERE / "floors_actors.toml"
# No reader is paid for saying everything.
MOST_PAIRS = 8
_SMALL = frozenset("the a an of s and in".split())


def words(name: str) -> frozenset[str]:
    """The words of a name that count."""
    return frozenset(re.findall(r"[a-z0-9]+", name.lower())) - _SMALL


def is_exact(gold: str, found: str) -> bool:
    """Whether two names have the same words."""
    return words(gold) == words(found)


def overlaps(gold: str, found: str) -> bool:
    """Whether two names share half of the shorter one's words; a whole sentence is nobody's name."""
    first, second = words(gold), words(found)
    if not first or not second or abs(len(first) - len(second)) > 6:
        return False
    return 2 * len(first & second) >= min(len(first), len(second))


def pairs(claims: Iterable[Claim]) -> Iterator[tuple[str, str]]:
    """(actor, recipient) of every claim, "" for nobody; compound actors without a recipient act on each other too."""
    for claim in claims:
        actors = [each.text for each in claim.actor] or [""]
        recipients = [each.text for each in claim.recipient] or [""]
        yield from ((actor, recipient) for actor in actors for recipient in recipients)
        if len(actors) > 1 and recipients == [""]:
            yield from ((actor, other) for actor in actors for other in actors if actor != other)


def span_figures(records: Iterable[Json], reader: Reader) -> dict[str, float]:
    """F1 of actors and recipients, exact and by overlap."""
    ways: dict[str, Callable[[str, str], bool]] = {"exact": is_exact, "overlap": overlaps}
    counts: Counter[tuple[str, str, str]] = Counter()
    for record in records:
        claims = read_document(Document(id=record["id"], text=record["text"]), reader)
        found = list(pairs(claims))[:MOST_PAIRS]
        for side, key, place in (("actor", "source", 0), ("recipient", "target", 1)):
            gold = [each["text"] for each in record[key]]
            named = {pair[place] for pair in found if pair[place]}
            for way, same in ways.items():
                hits = sum(any(same(want, got) for got in named) for want in gold)
                counts[side, way, "hit"] += hits
                counts[side, way, "missed"] += len(gold) - hits
                counts[side, way, "spurious"] += sum(not any(same(want, got) for want in gold) for got in named)
    return {
        f"{side} {way}": round(
            2 * counts[side, way, "hit"]
            / max(1, 2 * counts[side, way, "hit"] + counts[side, way, "missed"] + counts[side, way, "spurious"]),
            3,
        )
        for side in ("actor", "recipient")
        for way in ways
    }  # fmt: skip


def measure(folder: Path, reader: Reader) -> dict[str, dict[str, float]]:
    """The figures of every set, by the names of floors_actors.toml."""
    rows = list(
        resolution.rows_of(
            [*names_in_corpus(HERE / "corpora" / "dev"), *names_in_relations(folder / "events/re3d_relations.jsonl")],
            reader,
        )
    )
    wrong, judged, _ = resolution.wrong_share(resolution.read_verdicts(resolution.VERDICTS), rows)
    return {
        "spans": span_figures(_records(folder / "events/actors_dev.jsonl"), reader),
        "coref": coref.figures(coref.count(_records(folder / "quotes/gum_news_coref.jsonl"), reader)),
        "resolution": {**resolution.shares(rows), "right of judged": round(1 - wrong / max(1, judged), 3)},
    }


def _records(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def shared_folder() -> Path:
    """The folder of sets beside the checkout, or one further up for a worktree of it."""
    places = [above / "shared" / "data" for above in HERE.parents[1:3]]
    return next((each for each in places if each.is_dir()), places[0])


def main() -> None:
    """Measure every set, print the figures, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=shared_folder())
    given = parser.parse_args()
    if not given.folder.is_dir():
        print(f"skipped: there is no folder {given.folder} with the annotated sets")
        return
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    failed = False
    for name, figures in measure(given.folder, load_reader()).items():
        print(name)
        for figure, value in figures.items():
            floor = floors.get(name, {}).get(figure)
            print(f"  {figure:<20} {value}" + (f"   floor {floor}" if floor is not None else ""))
        for line in below_floor(figures, floors.get(name, {})):
            print(f"BELOW ITS FLOOR  {name}: {line}", file=sys.stderr)
            failed = True
    sys.exit(failed)


if __name__ == "__main__":
    main()
