"""Reasons: the rules' own examples, and what is attached to which claim."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from holdfire.extraction.nlp import parse_passages
from holdfire.extraction.passages import split_passages
from holdfire.extraction.reason_kinds import KNOWN
from holdfire.extraction.reasons_inside import find_inside
from holdfire.model.claim import Claim, Reason
from holdfire.model.document import Document
from holdfire.pipeline import Reader, load_reader, read_document
from holdfire.rules.reasons import ReasonKind


@lru_cache
def reader() -> Reader:
    return load_reader()


def claims_of(text: str) -> tuple[Claim, ...]:
    return read_document(Document(id="case", text=text), reader())


def docs_of(text: str) -> list[Any]:
    document = Document(id="case", text=text)
    passages = split_passages(document, reader().rulebook.sentences)
    return [each.doc for each in parse_passages(reader().nlp, text, passages)]


def weight(kind: ReasonKind, text: str) -> int:
    return sum(points for form, points in kind.words if form.search(text))


@pytest.mark.parametrize("cue", reader().rulebook.reasons.cues, ids=lambda cue: cue.id)
def test_every_cue_finds_its_examples_and_leaves_its_near_misses(cue: Any) -> None:
    rules = reader().rulebook.reasons
    assert cue.matches, f"{cue.id} has no example"
    assert cue.near_miss, f"{cue.id} has no near miss"
    for example in cue.matches:
        found = [each.cue.id for doc in docs_of(example) for each in find_inside(doc, rules)]
        assert cue.id in found, f"{cue.id} finds nothing in: {example}"
    for example in cue.near_miss:
        given = [reason.text for claim in claims_of(example) for reason in claim.reasons]
        assert not given, f"{example} gives {given}"


@pytest.mark.parametrize("cue", reader().rulebook.reasons.across, ids=lambda cue: cue.id)
def test_every_cue_of_another_sentence_finds_its_examples_and_leaves_its_near_misses(cue: Any) -> None:
    assert cue.matches, f"{cue.id} has no example"
    assert cue.near_miss, f"{cue.id} has no near miss"
    assert all(cue.form.search(example) for example in cue.matches)
    assert not [reason.text for each in cue.near_miss for claim in claims_of(each) for reason in claim.reasons]


@pytest.mark.parametrize("kind", reader().rulebook.reasons.kinds, ids=lambda kind: kind.category)
def test_every_kind_knows_its_examples_and_not_its_near_misses(kind: ReasonKind) -> None:
    assert kind.matches
    assert kind.near_miss
    assert all(weight(kind, each) >= KNOWN for each in kind.matches)
    assert all(weight(kind, each) < KNOWN for each in kind.near_miss)


FILE = Path(__file__).parents[1] / "cases" / "reasons.txt"
FIELDS = ("why", "kind", "relation", "bearing", "source", "actor")


@dataclass
class Case:
    title: str
    weight: str
    line: int
    text: str = ""
    expected: list[dict[str, str]] = field(default_factory=list)


def read_cases() -> list[Case]:
    cases: list[Case] = []
    for number, line in enumerate(FILE.read_text("utf-8").splitlines(), start=1):
        where = f"{FILE.name}:{number}"
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("== "):
            title, _, weight = line[3:].rpartition("[")
            cases.append(Case(title=title.strip(), weight=weight.rstrip("] "), line=number))
            assert cases[-1].weight in ("must", "should", "may"), f"{where}: say [must], [should] or [may]"
        elif line.startswith("-> "):
            claim = line[3:].strip()
            assert claim == "nothing" or claim in cases[-1].text, f"{where}: the text has no {claim!r}"
            cases[-1].expected.append({"claim": claim})
        elif line.startswith("   "):
            name, value = line.split(maxsplit=1)
            assert name in FIELDS, f"{where}: unknown field {name!r}"
            assert name != "why" or value.strip() in cases[-1].text, f"{where}: the text has no {value.strip()!r}"
            cases[-1].expected[-1][name] = value.strip()
        else:
            cases[-1].text = line.replace("//", "\n\n")
    return cases


def as_case(claim: Claim, reason: Reason) -> dict[str, str]:
    return {
        "claim": claim.evidence.text,
        "why": reason.text,
        "kind": reason.category,
        "relation": reason.relation,
        "bearing": reason.bearing,
        "source": reason.sources[-1].text if reason.sources else "nobody",
        "actor": ", ".join(each.name or each.text for each in claim.actor),
    }


def holds(case: Case) -> tuple[bool, list[dict[str, str]]]:
    claims = claims_of(case.text)
    assert claims, f"{FILE.name}:{case.line}: no claim, so no reason could be given"
    found = [as_case(claim, reason) for claim in claims for reason in claim.reasons]
    if case.expected == [{"claim": "nothing"}]:
        return not found, found
    return all(any(agrees(want, each) for each in found) for want in case.expected), found


def agrees(want: dict[str, str], got: dict[str, str]) -> bool:
    """Whether a reason found is the one wanted: its words and the claim's hold one another, the rest is equal."""
    loose = all(want[name] in got[name] or got[name] in want[name] for name in ("claim", "why"))
    return loose and all(value == got[name] for name, value in want.items() if name not in ("claim", "why"))


@pytest.mark.parametrize("case", [c for c in read_cases() if c.weight == "must"], ids=lambda case: case.title)
def test_case_reads_as_written(case: Case) -> None:
    right, found = holds(case)
    assert right, f"{FILE.name}:{case.line}: found {found}"


def test_most_of_the_wished_for_cases_hold() -> None:
    wished = [each for each in read_cases() if each.weight == "should"]
    assert sum(holds(each)[0] for each in wished) >= len(wished) / 2
