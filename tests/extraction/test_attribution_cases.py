"""The cases of tests/cases/attribution.txt: a text, and who a fair reader would say says what."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from holdfire.model.source import Attribution
from tests.reading import attributions_of, content_of

FILE = Path(__file__).parents[1] / "cases" / "attribution.txt"
FIELDS = ("content", "cue", "type", "kind", "certainty", "role", "closeness", "sort")


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
            source = line[3:].strip()
            assert source in ("nothing", "nobody") or source in cases[-1].text, f"{where}: the text has no {source!r}"
            cases[-1].expected.append({"source": source})
        elif line.startswith("   "):
            name, value = line.split(maxsplit=1)
            assert name in FIELDS, f"{where}: unknown field {name!r}"
            cases[-1].expected[-1][name] = value.strip()
        else:
            cases[-1].text = line.replace("//", "\n\n")
    return cases


def as_case(found: Attribution, text: str) -> dict[str, str | None]:
    return {
        "source": found.source.text if found.source else "nobody",
        "content": content_of(found, text),
        "cue": found.cue.of(text) if found.cue else None,
        "type": found.type,
        "kind": found.kind,
        "certainty": found.certainty,
        "role": found.source.role if found.source else None,
        "closeness": found.source.closeness if found.source else None,
        "sort": found.source.kind if found.source else None,
    }


def holds(case: Case) -> tuple[bool, list[dict[str, str | None]]]:
    found = [as_case(each, case.text) for each in attributions_of(case.text)]
    if case.expected == [{"source": "nothing"}]:
        return not found, found
    return all(any(want.items() <= each.items() for each in found) for want in case.expected), found


@pytest.mark.parametrize("case", [c for c in read_cases() if c.weight == "must"], ids=lambda case: case.title)
def test_case_reads_as_written(case: Case) -> None:
    right, found = holds(case)
    assert right, f"{FILE.name}:{case.line}: found {found}"


def test_most_of_the_wished_for_cases_hold() -> None:
    wished = [each for each in read_cases() if each.weight == "should"]
    assert sum(holds(each)[0] for each in wished) >= len(wished) / 2
