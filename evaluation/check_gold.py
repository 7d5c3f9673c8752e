"""Checks annotated files: python -m evaluation.check_gold FOLDER. One line a fault, exit 1 when there is one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from holdfire.model.claim import CERTAINTIES, CONDUCTS, EVENTS, MODALITIES, POLARITIES, REASON_CATEGORIES

Json = dict[str, Any]

_ALLOWED = {"polarity": POLARITIES, "modality": MODALITIES, "certainty": CERTAINTIES, "conduct": CONDUCTS}
_FACETS = "evidence actor recipient event mode polarity modality certainty sources content reasons conduct condition"
_CLAIM_KEYS = {*_FACETS.split(), "optional", "time", "place", "quote", "note", "likelihood"}
_REASON_KEYS = {"text", "category", "relation", "bearing", "sources"}
_RELATIONS = ("cause", "purpose", "condition", "concession")
_BEARINGS = ("for", "against")


def faults(folder: Path) -> list[str]:
    """Every fault in the folder's files, each beginning with the file's name."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            document = yaml.safe_load(path.read_text("utf-8"))
        except yaml.YAMLError as why:
            found.append(f"{path.name}: {' '.join(str(why).split())}")
            continue
        found += [f"{path.name}: {each}" for each in _document_faults(document)]
    return found


def _document_faults(document: Json) -> Iterator[str]:
    for key in ("id", "text", "published", "outlet"):
        if not document.get(key):
            yield f"no {key}"
    lines = [each.strip() for each in (document.get("text") or "").splitlines()]
    for line in document.get("boilerplate", []):
        if line.strip() not in lines:
            yield f"boilerplate line not in text: {line!r}"
    if document.get("none"):
        return
    if not document.get("claims"):
        yield "no claims"
    flat = " ".join((document.get("text") or "").split())
    for claim in document.get("claims") or []:
        yield from _claim_faults(claim, flat)


def _claim_faults(claim: Json, flat: str) -> Iterator[str]:
    evidence = claim.get("evidence")
    for key in sorted(set(claim) - _CLAIM_KEYS):
        yield f"unknown key {key}"
    if " ".join(str(evidence or "\0").split()) not in flat:
        yield f"evidence not in text: {evidence!r}"
    if not isinstance(claim.get("actor"), list) or not claim["actor"]:
        yield f"actor must be a list: {evidence!r}"
    for key in ("recipient", "sources"):
        if key in claim and not isinstance(claim[key], list):
            yield f"{key} must be a list: {evidence!r}"
    for event in str(claim.get("event")).split("|"):
        if event not in EVENTS:
            yield f"event {event!r}"
    for key, allowed in _ALLOWED.items():
        if claim.get(key) is not None and any(each not in allowed for each in str(claim[key]).split("|")):
            yield f"{key} {claim[key]!r}: {evidence!r}"
    for reason in claim.get("reasons") or []:
        yield from _reason_faults(reason, flat)
    if not claim.get("optional") and "conduct" not in claim and claim.get("modality") != "historical":
        yield f"no conduct: {evidence!r}"


def _reason_faults(reason: Json, flat: str) -> Iterator[str]:
    if set(reason) - _REASON_KEYS:
        yield f"reason has unknown keys: {reason}"
    if " ".join(reason["text"].split()) not in flat:
        yield f"reason not in text: {reason['text']!r}"
    if any(each not in REASON_CATEGORIES for each in reason["category"].split("|")):
        yield f"category {reason['category']!r}"
    if reason.get("relation", "cause") not in _RELATIONS or reason.get("bearing", "for") not in _BEARINGS:
        yield f"relation or bearing: {reason}"


if __name__ == "__main__":
    lines = faults(Path(sys.argv[1]))
    print("\n".join(lines), end="\n" if lines else "")
    sys.exit(bool(lines))
