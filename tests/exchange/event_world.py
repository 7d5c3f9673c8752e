"""An invented world for event tables: two states, a group under two names, a force that came to an end."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from holdfire.actors.knowledge import build_knowledge
from holdfire.exchange.event_parties import Parties
from holdfire.exchange.event_reading import Unusable
from holdfire.exchange.event_tables import open_table
from holdfire.model.actor import Actor, Alias, Membership
from holdfire.model.event_row import EventRow
from holdfire.rules.event_tables import load_event_table_rules
from holdfire.rules.imports import load_import_rules
from holdfire.rules.load import RuleSource

RULES = load_event_table_rules(RuleSource())
IMPORTS = load_import_rules(RuleSource())
ACTORS = (
    Actor(id="pam", name="Port Amar", kind="state", country="PAM"),
    Actor(id="nor", name="Norland", kind="state", country="NOR"),
    *(
        Actor(id=f"{state}.{organ}", name=f"{state} {organ}", kind="armed force", country=state.upper(),
              memberships=(Membership(relation="organ of", actor_id=state),))
        for state in ("pam", "nor") for organ in ("armed-forces", "government", "police")
    ),
    Actor(
        id="pam.valley-front", name="Valley Front", kind="armed group", country="PAM", external=(("ucdp", "9001"),),
        aliases=(Alias(text="VLF"), Alias(text="Free Hill Movement", end=date(2030, 12, 31))),
    ),
    Actor(id="pam.hill-council", name="Hill Council", kind="armed group", country="PAM"),
    Actor(id="nor.old-guard", name="Old Guard", kind="armed group", country="NOR", end=date(2031, 1, 31)),
    Actor(id="nor.new-guard", name="New Guard", kind="armed group", country="NOR", start=date(2031, 2, 1),
          aliases=(Alias(text="Old Guard"),)),
)  # fmt: skip


def parties() -> Parties:
    """A fresh resolver."""
    return Parties(knowledge=build_knowledge(ACTORS), rules=RULES, imports=IMPORTS)


def write(path: Path, columns: Sequence[str], *rows: dict[str, object], mark: str = ",") -> Path:
    """A table with a header; cells that a row lacks are empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=mark)
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path, origin: str, *, grade: str = "F") -> tuple[list[EventRow], list[str]]:
    """The rows of a file, and why its other records give none."""
    table = open_table(path, origin, parties(), grade=grade)
    rows: list[EventRow] = []
    reasons: list[str] = []
    for record in table.records():
        if record.fault is not None:
            reasons.append(record.fault)
            continue
        try:
            rows += table.reader.rows(record.cells)
        except Unusable as why:
            reasons.append(f"{why.reason}: {why.detail}" if why.detail else why.reason)
    return rows, reasons
