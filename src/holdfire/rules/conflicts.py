"""Reads the conflicts that a board can be narrowed to: sides, watched actors, start and end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from holdfire.errors import RuleError
from holdfire.rules.load import Record, RuleSource, check_fields

_FIELDS = ("sides", "watched", "words", "places", "start", "end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A conflict as somebody wrote it down. Sides and watched actors are knowledge-base ids; None is an open end.

    `words` are what reports call it, `places` the countries (ISO 3166-1 alpha-3) that it is fought in.
    """

    id: str
    name: str
    sides: tuple[tuple[str, ...], ...]
    watched: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


def load_conflicts(source: RuleSource) -> tuple[Conflict, ...]:
    """Every `[[conflict]]` of conflicts/*.toml, in file order. Raises RuleError for one that cannot be used."""
    return tuple(_conflict(record) for record in source.records("conflicts/*.toml", "conflict"))


def find_conflict(name: str, conflicts: tuple[Conflict, ...]) -> Conflict | None:
    """The conflict with that id or name, or the only one whose name holds the words; None for none or several."""
    wanted = name.casefold()
    exact = [each for each in conflicts if wanted in (each.id.casefold(), each.name.casefold())]
    found = exact or [each for each in conflicts if wanted in each.name.casefold()]
    return found[0] if len(found) == 1 else None


def _conflict(record: Record) -> Conflict:
    check_fields(record, required=("name",), optional=_FIELDS, kind="conflict")
    where = f"{record['_file']}: conflict '{record['id']}'"
    sides = record.get("sides", [])
    if not sides or not all(isinstance(side, list) and side for side in sides):
        raise RuleError(f'{where} needs sides, each a list of actor ids: sides = [["irn"], ["isr"]].')
    for name in ("start", "end"):
        if name in record and not isinstance(record[name], date):
            raise RuleError(f"{where}: {name} must be a date, written {name} = 2025-06-13.")
    start, end = record.get("start"), record.get("end")
    if start and end and end < start:
        raise RuleError(f"{where} ends ({end}) before it starts ({start}). Mend one of the dates.")
    return Conflict(
        id=record["id"],
        name=record["name"],
        sides=tuple(tuple(side) for side in sides),
        watched=tuple(record.get("watched", ())),
        words=tuple(record.get("words", ())),
        places=tuple(record.get("places", ())),
        start=start,
        end=end,
    )
