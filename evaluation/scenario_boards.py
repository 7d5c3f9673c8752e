"""Reads a scenario folder: its reports, and tables of what a careful reader would hold of each actor on each day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from holdfire.intake.documents import make_document
from holdfire.intake.metadata import Header, parse_published
from holdfire.model.document import Document
from holdfire.rules.boilerplate import BoilerplateRules

NONE = "none reported"
COLUMNS = ("actor", "deed", "word", "since", "why")
_DAY = re.compile(r"## (\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a reader holds of one actor on one day. `deed` and `word` are the answers that are right, at least one."""

    day: date
    actor: str
    deed: tuple[str, ...]
    word: tuple[str, ...]
    since: date | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A folder of reports with its boards. `conflict` is the id of the conflict that they are about."""

    name: str
    conflict: str
    rows: tuple[Row, ...]
    reports: tuple[Path, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The days that have a board, earliest first."""
        return tuple(sorted({row.day for row in self.rows}))


def read_scenario(folder: Path) -> Scenario:
    """The scenario in a folder. Raises ValueError for a table that cannot be read, with its file and line."""
    path = folder / "boards.md"
    conflict, rows = "", []
    day = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("conflict:"):
            conflict = line.partition(":")[2].strip()
        elif found := _DAY.fullmatch(line):
            day = date.fromisoformat(found[1])
        elif line.startswith("|") and day and (row := _row(line, day, f"{path}:{number}")):
            rows.append(row)
    if not conflict or not rows:
        raise ValueError(f"{path}: needs a line 'conflict: ID' and at least one table under '## DAY'.")
    return Scenario(name=folder.name, conflict=conflict, rows=tuple(rows), reports=tuple(sorted(folder.glob("*.txt"))))


def read_report(path: Path, rules: BoilerplateRules) -> Document:
    """The report in a file: lines of "name: value" up to the first empty one, then the text as it arrives."""
    head, _, text = path.read_text("utf-8").partition("\n\n")
    told = dict(line.split(": ", 1) for line in head.splitlines())
    header = Header(url=told["url"], outlet=told["outlet"], published=parse_published(told["published"]))
    return make_document(text, header, rules=rules, raw=text.encode(), reader="evaluation")


def faults(scenario: Scenario, conducts: dict[str, str], names: set[str]) -> Iterator[str]:
    """What is wrong with the tables: words that are no conduct of their family, actors that nobody knows, twice told.

    conducts: conduct to family. names: the names of the knowledge base.
    """
    seen = set()
    for row in scenario.rows:
        where = f"{scenario.name}, {row.day}, {row.actor}"
        for family, answers in (("deed", row.deed), ("word", row.word)):
            wrong = [each for each in answers if each != NONE and conducts.get(each) != family]
            if wrong:
                yield f"{where}: no {family}: {', '.join(wrong)}"
        if row.actor not in names:
            yield f"{where}: no actor of the knowledge base has this name"
        if (row.day, row.actor) in seen:
            yield f"{where}: told twice"
        seen.add((row.day, row.actor))


def _row(line: str, day: date, where: str) -> Row | None:
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{where}: {len(cells)} cells, not {len(COLUMNS)}: {', '.join(COLUMNS)}.")
    told = dict(zip(COLUMNS, cells, strict=True))
    if told["actor"] in ("actor", "---"):
        return None
    return Row(
        day=day,
        actor=told["actor"],
        deed=tuple(told["deed"].split(" or ")),
        word=tuple(told["word"].split(" or ")),
        since=date.fromisoformat(told["since"]) if told["since"] else None,
        why=told["why"],
    )
