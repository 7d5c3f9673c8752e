"""Reads silence.toml: which events and conducts are counted as attacks, deeds, words, reports and ties."""

from __future__ import annotations

from dataclasses import dataclass

from holdfire.errors import RuleError
from holdfire.model.claim import CONDUCTS, EVENTS
from holdfire.rules.load import RuleSource, check_fields

FILE = "silence.toml"
NEEDED = ("attacks", "deeds", "words", "reports", "ties")


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts as one kind of act: events of other projects' tables, conducts of claims."""

    id: str
    events: frozenset[str]
    conducts: frozenset[str]


def load_counted(source: RuleSource) -> dict[str, Counted]:
    """Every kind of count by name. Raises RuleError for one that is missing, or that names what the codebook lacks."""
    found: dict[str, Counted] = {}
    for record in source.records(FILE, "count"):
        check_fields(record, required=("events", "conducts"), optional=(), kind="count")
        where = f"{record['_file']}: count '{record['id']}'"
        for field, known in (("events", EVENTS), ("conducts", CONDUCTS)):
            odd = [each for each in record[field] if each not in known]
            if odd:
                raise RuleError(f"{where} has {field} that the codebook lacks: {', '.join(odd)}. Mend or drop them.")
        found[record["id"]] = Counted(record["id"], frozenset(record["events"]), frozenset(record["conducts"]))
    missing = [each for each in NEEDED if each not in found]
    if missing:
        raise RuleError(f"{FILE} lacks [[count]] {', '.join(missing)}. Put them back.")
    return found
