"""How rows of other projects' event tables are read, from cameo.toml, event_tables.toml and country_codes.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from holdfire.errors import RuleError
from holdfire.model.claim import EVENTS
from holdfire.model.event_row import ORIGINS
from holdfire.rules.load import Record, RuleSource, check_fields

_Code = TypeVar("_Code")
# Codes of events have three or four digits; two are a root, or a code whose zero a spreadsheet has cut off.
_LONGEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a code of a table says: what the first party does to the second, and what the second does to the first.

    `event` None: nothing that PLOVER has a type for.
    """

    id: str
    event: str | None = None
    mode: str | None = None
    back_event: str | None = None
    back_mode: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTableRules:
    """Kinds by CAMEO code and by (origin, code in lower case); organs by a table's word and by its code; ISO codes by
    FIPS 10-4, by CAMEO's codes and by tables' names of states; ACLED's words for kinds of actors by number; ids of
    actors by (origin, name); words for people of a state."""

    cameo: Mapping[str, Kind]
    kinds: Mapping[tuple[str, str], Kind]
    organ_names: Mapping[str, str]
    organ_codes: Mapping[str, str]
    fips: Mapping[str, str]
    cameo_countries: Mapping[str, str]
    states: Mapping[str, str]
    inter: Mapping[str, str]
    names: Mapping[tuple[str, str], str]
    people: frozenset[str]

    def of_cameo(self, code: str) -> Kind | None:
        """The kind of a CAMEO code, by its longest beginning that is known; None for a code that CAMEO has not."""
        if not (3 <= len(code) <= _LONGEST and code.isascii() and code.isdigit()):
            return None
        for length in range(len(code), 1, -1):
            if code[:length] in self.cameo:
                return self.cameo[code[:length]]
        return None


def load_event_table_rules(source: RuleSource) -> EventTableRules:
    """The three files. Raises RuleError for an event or origin that there is not, and for a code given twice."""
    cameo: dict[str, Kind] = {}
    for record in source.records("cameo.toml", "cameo"):
        check_fields(record, required=("codes", "why"), optional=("event", "mode"), kind="cameo")
        for code in record["codes"]:
            _once(code, cameo, record)
            cameo[code] = _kind(record)
    kinds: dict[tuple[str, str], Kind] = {}
    for record in source.records("event_tables.toml", "kind"):
        optional = ("event", "mode", "back_event", "back_mode")
        check_fields(record, required=("origin", "codes", "why"), optional=optional, kind="kind")
        if record["origin"] not in ORIGINS:
            raise RuleError(
                f"{record['_file']}: kind '{record['id']}' is of the origin '{record['origin']}'. "
                f"Origins: {', '.join(ORIGINS)}."
            )
        for code in record["codes"]:
            key = (record["origin"], code.lower())
            _once(key, kinds, record)
            kinds[key] = _kind(record)
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for record in source.records("event_tables.toml", "party"):
        check_fields(record, required=("organ", "why"), optional=("names", "codes"), kind="party")
        names |= {each.lower(): record["organ"] for each in record.get("names", ())}
        codes |= dict.fromkeys(record.get("codes", ()), record["organ"])
    own_names: dict[tuple[str, str], str] = {}
    for record in source.records("event_tables.toml", "name"):
        check_fields(record, required=("origin", "name", "actor", "why"), optional=(), kind="name")
        own_names[record["origin"], record["name"]] = record["actor"]
    people: set[str] = set()
    for record in source.records("event_tables.toml", "people"):
        check_fields(record, required=("names", "why"), optional=(), kind="people")
        people |= {each.lower() for each in record["names"]}
    countries, tables = source.tables("country_codes.toml"), source.tables("event_tables.toml")
    return EventTableRules(
        cameo=cameo, kinds=kinds, organ_names=names, organ_codes=codes, fips=countries.get("fips", {}),
        cameo_countries=countries.get("cameo", {}), states=tables.get("states", {}), inter=tables.get("inter", {}),
        names=own_names, people=frozenset(people),
    )  # fmt: skip


def _kind(record: Record) -> Kind:
    for field in ("event", "back_event"):
        if record.get(field, EVENTS[0]) not in EVENTS:
            raise RuleError(
                f"{record['_file']}: '{record['id']}' has {field} '{record[field]}'. Events: {', '.join(EVENTS)}."
            )
    return Kind(
        id=record["id"], event=record.get("event"), mode=record.get("mode"), back_event=record.get("back_event"),
        back_mode=record.get("back_mode"),
    )  # fmt: skip


def _once(code: _Code, known: Mapping[_Code, Kind], record: Record) -> None:
    if code in known:
        raise RuleError(
            f"{record['_file']}: '{record['id']}' has the code {code!r}, which '{known[code].id}' has already. "
            "Drop one of them."
        )
