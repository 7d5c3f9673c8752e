"""Scores predicted claims against an annotated folder: python -m evaluation.score_claims GOLD_DIR PREDICTIONS.jsonl

PREDICTIONS is what `holdfire read --format jsonl` writes. Figures:

  claims         a predicted claim is right when its event and one of its actors are, and the evidence overlaps
  conduct        sets of (document, actor, conduct, confirmed or not): what a reader of the board sees
  facets         on matched claims, the share that is right
  marked         F1 over values that are not the plain case (negated; not actual; not stated)
  reasons        F1 over all gold reasons of matched claims; `reason category` wants the category too
  mode, place    share right where the gold gives one and the claim is matched
  time           share right to the day, both ends, where the gold gives a time and the claim is matched
  false attacks  affirmed, actual, unqualified ASSAULT by somebody of whom no gold claim says so, per 100 documents
  boilerplate    share of boilerplate lines marked, and share of the other lines left alone
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from evaluation.matching import (
    DEFAULT,
    Json,
    content_words,
    facets_right,
    is_nobody,
    match,
    names,
    one_actor_right,
    overlap,
    same_name,
    text_of,
    value,
)


@dataclass(slots=True)
class Share:
    """So many right out of so many."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.of += 1

    def share(self) -> float | None:
        return round(self.right / self.of, 3) if self.of else None


@dataclass(slots=True)
class Counts:
    """Hits, predictions and gold items of one figure."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def figures(self) -> Json:
        precision = self.hits / self.predicted if self.predicted else 0.0
        recall = self.hits / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3), "gold": self.gold}


@dataclass(slots=True)
class Score:
    """Everything that is counted, over all documents."""

    documents: int = 0
    missing: list[str] = field(default_factory=list)
    claims: Counts = field(default_factory=Counts)
    quad: Counts = field(default_factory=Counts)
    conduct: Counts = field(default_factory=Counts)
    facets: Counter[str] = field(default_factory=Counter)
    matched: int = 0
    marked: dict[str, Counts] = field(default_factory=lambda: {each: Counts() for each in DEFAULT})
    reasons: Counts = field(default_factory=Counts)
    categories: Counts = field(default_factory=Counts)
    mode: Share = field(default_factory=Share)
    place: Share = field(default_factory=Share)
    time: Share = field(default_factory=Share)
    false_attacks: int = 0
    dropped: Share = field(default_factory=Share)
    kept: Share = field(default_factory=Share)

    def figures(self) -> Json:
        """The figures by name, as they are printed."""
        return {
            "documents": self.documents,
            "missing": self.missing,
            "claims": self.claims.figures(),
            "claims by quad class": self.quad.figures(),
            "conduct": self.conduct.figures(),
            "facets": {each: round(right / self.matched, 3) for each, right in sorted(self.facets.items())},
            "marked": {each: counts.figures() for each, counts in self.marked.items()},
            "reasons": self.reasons.figures(),
            "reason category": self.categories.figures(),
            "mode": self.mode.share(),
            "place": self.place.share(),
            "time": self.time.share(),
            "false attacks per 100 documents": round(100 * self.false_attacks / max(1, self.documents), 1),
            "boilerplate": {"dropped": self.dropped.share(), "kept": self.kept.share()},
        }


def score(golds: list[Json], predictions: dict[str, Json], *, lines: list[str] | None = None) -> Json:
    """The figures over all gold documents; a document without prediction counts as empty.

    `lines` collects, where given, one line a missed, spurious or partly wrong claim.
    """
    total = Score(documents=len(golds))
    for document in golds:
        predicted = predictions.get(str(document["id"]))
        if predicted is None:
            total.missing.append(document["id"])
            predicted = {"document": {"text": ""}, "claims": []}
        gold = [] if document.get("none") else document["claims"]
        claims = predicted["claims"]
        _count_claims(total, document["id"], gold, claims, lines)
        _count_conduct(total, gold, claims)
        _count_false_attacks(total, gold, claims)
        _count_boilerplate(total, document, predicted["document"])
    return total.figures()


def load_gold(folder: Path) -> list[Json]:
    """The annotated documents of a folder, in name order."""
    return [yaml.safe_load(each.read_text("utf-8")) for each in sorted(folder.glob("*.yaml"))]


def load_predictions(path: Path) -> dict[str, Json]:
    """Predictions by document id."""
    found = (json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip())
    return {str(each["document"]["id"]): each for each in found}


def _count_claims(total: Score, name: str, gold: list[Json], claims: list[Json], lines: list[str] | None) -> None:
    must = [each for each in gold if not each.get("optional")]
    for counts, quad in ((total.claims, False), (total.quad, True)):
        full = match(gold, claims, quad=quad)
        hits = [(i, j) for i, j in full if not gold[i].get("optional")]
        counts.hits += len(hits)
        counts.predicted += len(claims) - (len(full) - len(hits))
        counts.gold += len(must)
    full = match(gold, claims)
    hits = [(i, j) for i, j in full if not gold[i].get("optional")]
    free = {j for i, j in full if gold[i].get("optional")}

    for i, j in hits:
        total.matched += 1
        total.facets.update({each: int(right) for each, right in facets_right(gold[i], claims[j]).items()})
        _count_mode_time_and_place(total, gold[i], claims[j])
    for each, counts in total.marked.items():
        plain = DEFAULT[each]
        counts.hits += sum(
            value(gold[i], each) != plain and value(gold[i], each) == value(claims[j], each) for i, j in hits
        )
        counts.predicted += sum(value(claim, each) != plain for j, claim in enumerate(claims) if j not in free)
        counts.gold += sum(value(claim, each) != plain for claim in must)
    _count_reasons(total, gold, claims, full)
    if lines is not None:
        lines += _faults(name, gold, claims, full)


def _count_mode_time_and_place(total: Score, gold: Json, claim: Json) -> None:
    if want := gold.get("mode"):
        got = claim.get("mode")
        total.mode.add(bool(got) and got in str(want).split("|"))
    if want := gold.get("time"):
        got = claim.get("time") or {}
        total.time.add((got.get("start"), got.get("end")) == days_of(str(want)))
    if want := gold.get("place"):
        place = content_words(str(text_of(claim.get("place"))))
        accepted = [content_words(each) for each in str(want).split("|")]
        total.place.add(bool(text_of(claim.get("place"))) and any(each <= place or place <= each for each in accepted))


def days_of(time: str) -> tuple[str, str]:
    """First and last day, ISO, of a gold time: a day, a year, or two days with a stroke between."""
    first, _, last = time.partition("/")
    if len(first) == len("2025"):
        return f"{first}-01-01", f"{last or first}-12-31"
    return first, last or first


def _count_reasons(total: Score, gold: list[Json], claims: list[Json], full: list[tuple[int, int]]) -> None:
    predicted = 0
    for i, j in full:
        if gold[i].get("optional"):
            continue
        reasons, used = claims[j].get("reasons") or [], set()
        predicted += len(reasons)
        for want in gold[i].get("reasons") or []:
            free = (k for k, got in enumerate(reasons) if k not in used and overlap(want["text"], text_of(got)))
            k = next(free, None)
            if k is not None:
                used.add(k)
                total.reasons.hits += 1
                total.categories.hits += reasons[k].get("category") in want["category"].split("|")
    matched = {j for _, j in full}
    predicted += sum(len(claim.get("reasons") or []) for j, claim in enumerate(claims) if j not in matched)
    wanted = sum(len(each.get("reasons") or []) for each in gold if not each.get("optional"))
    for counts in (total.reasons, total.categories):
        counts.predicted += predicted
        counts.gold += wanted


def _count_conduct(total: Score, gold: list[Json], claims: list[Json]) -> None:
    want: dict[tuple[str, str, bool], bool] = {}
    for claim in sorted(gold, key=lambda each: bool(each.get("optional"))):
        for actor in claim["actor"]:
            if claim.get("conduct"):
                want.setdefault((actor, claim["conduct"], _is_shady(claim)), bool(claim.get("optional")))
    got = list(
        dict.fromkeys(
            (*_first_and_last_name(mention), claim["conduct"], _is_shady(claim))
            for claim in claims
            if claim.get("conduct")
            for mention in (claim.get("actor") or [None])
        )
    )
    used: set[int] = set()
    for (actor, conduct, shady), optional in sorted(want.items(), key=lambda each: each[1]):
        accepted = actor.split("|")
        hits = [
            k
            for k, (first, last, found, unconfirmed) in enumerate(got)
            if k not in used
            and found in conduct.split("|")
            and unconfirmed == shady
            and (
                ("?" in accepted and first in ("?", "unknown"))
                or any(same_name(each, name) for each in accepted for name in (first, last))
            )
        ]
        # Several mentions of one party are one finding.
        used.update(hits)
        if not optional:
            total.conduct.hits += bool(hits)
            total.conduct.predicted += bool(hits)
            total.conduct.gold += 1
    total.conduct.predicted += len(got) - len(used)


def _first_and_last_name(mention: Any) -> tuple[str, str]:
    found = names(mention) if mention else []
    return (found[0], found[-1]) if found else ("?", "?")


def _is_shady(claim: Json) -> bool:
    return claim.get("certainty") in ("rumoured", "denied")


def _is_plain_attack(claim: Json, *, assault: bool) -> bool:
    return (
        assault
        and value(claim, "polarity") == "affirmed"
        and value(claim, "modality") in ("actual", "historical")
        and not _is_shady(claim)
    )


def _count_false_attacks(total: Score, gold: list[Json], claims: list[Json]) -> None:
    for claim in claims:
        if not _is_plain_attack(claim, assault=claim.get("event") == "ASSAULT"):
            continue
        actors = claim.get("actor") or []
        # An attack that is pinned on nobody is not pinned on the wrong one.
        total.false_attacks += not any(
            _is_plain_attack(each, assault="ASSAULT" in each["event"].split("|"))
            and (is_nobody(actors) or one_actor_right(each["actor"], actors))
            and overlap(each["evidence"], text_of(claim.get("evidence")))
            for each in gold
        )


def _count_boilerplate(total: Score, gold: Json, document: Json) -> None:
    left = list(document.get("text", ""))
    for mark in document.get("boilerplate") or []:
        left[mark["start_char"] : mark["end_char"]] = " " * (mark["end_char"] - mark["start_char"])
    flat = " ".join("".join(left).split())
    drop = {each.strip() for each in gold.get("boilerplate", [])}
    for line in dict.fromkeys(each.strip() for each in gold["text"].splitlines() if each.strip()):
        is_left = " ".join(line.split()) in flat
        if line in drop:
            total.dropped.add(not is_left)
        else:
            total.kept.add(is_left)


def _faults(name: str, gold: list[Json], claims: list[Json], full: list[tuple[int, int]]) -> list[str]:
    found_gold, found_claims = {i for i, _ in full}, {j for _, j in full}
    lines = [
        f"MISSED  {name}: {each['event']} {each['actor']} «{each['evidence']}»"
        for i, each in enumerate(gold)
        if i not in found_gold and not each.get("optional")
    ]
    for j, claim in enumerate(claims):
        if j not in found_claims:
            who = [names(each)[0] for each in claim.get("actor") or [] if names(each)]
            lines.append(f"EXTRA   {name}: {claim.get('event')} {who} «{text_of(claim.get('evidence'))}»")
    for i, j in full:
        wrong = [
            each
            for each, right in facets_right(gold[i], claims[j]).items()
            if not right and each not in ("all", "core")
        ]
        if wrong and not gold[i].get("optional"):
            lines.append(f"FACETS  {name}: {', '.join(wrong)} «{gold[i]['evidence']}»")
    return lines


def main() -> None:
    """Print the figures of one folder and one file of predictions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--verbose", action="store_true", help="one line a missed, spurious or partly wrong claim")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    lines: list[str] = []
    figures = score(load_gold(given.gold), load_predictions(given.predictions), lines=lines)
    if given.verbose:
        print("\n".join(lines))
    if given.json:
        print(json.dumps(figures, indent=1))
    else:
        for name, found in figures.items():
            print(f"{name}: {found}")


if __name__ == "__main__":
    main()
