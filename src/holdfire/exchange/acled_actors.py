"""Actor names as ACLED writes them, from an event table or a list of names: acronym, full name, country, years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from holdfire.actors.candidates import Candidate, LeftOut
from holdfire.exchange.tables import rows_of
from holdfire.rules.imports import NO_ACTOR, ImportRules

# Columns of an event table: the name, and the type of the actor; then those of a list of names.
_COLUMNS = (("actor1", "inter1"), ("actor2", "inter2"), ("assoc_actor_1", ""), ("assoc_actor_2", ""))
_LISTED = (("actor_name", "actor_type"),)
# "(2014-)", "(1979-2003)": the years of a regime.
_YEARS = re.compile(r"\s*\((\d{4})\s*-\s*(\d{4})?\)\s*$")
_BRACKET = re.compile(r"\s*\(([^()]+)\)\s*$")
# "JNIM: Group for Support of Islam and Muslims"
_ACRONYM = re.compile(r"^([^:]{2,20}):\s+(.+)$")
_DASH = re.compile(r"\s+-\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    name: str
    aliases: tuple[str, ...]
    country: str | None
    start: date | None
    end: date | None


def read_acled_actors(lines: Iterable[str], path: str, rules: ImportRules) -> Iterator[Candidate | LeftOut]:
    """Every actor that is named, once, in order of first appearance; the country is that in the name's brackets.

    Raises IntakeError for a table that has no column of actors.
    """
    # A name may stand as an associate, without a type, before it stands as an actor with one.
    places: dict[str, int] = {}
    types: dict[str, str] = {}
    any_of = [column for column, _ in (*_COLUMNS, *_LISTED)]
    for number, row in rows_of(lines, path, wanted=(), any_of=any_of):
        for column, type_column in (*_COLUMNS, *_LISTED):
            for part in (row.get(column) or "").split(";"):
                written = " ".join(part.split())
                if written:
                    places.setdefault(written, number)
                    types[written] = types.get(written) or row.get(type_column, "").strip()
    for written, number in places.items():
        yield _entry(written, types[written], f"{path}, line {number}", rules)


def _entry(written: str, type_code: str, place: str, rules: ImportRules) -> Candidate | LeftOut:
    kind = rules.kind_by_name("acled", written) or rules.kind_of("acled", type_code)
    if kind == NO_ACTOR:
        return LeftOut(name=written, place=place, why="it describes people and names no party")
    if kind is None:
        return LeftOut(name=written, place=place, why="the list does not say what kind of actor it is")
    found = name_parts(written)
    organ = rules.organ_by_name("acled", found.name)
    return Candidate(
        scheme="acled",
        key=written,
        name=found.name,
        kind=kind,
        place=place,
        country=organ[1] if organ else found.country,
        organ=organ[0] if organ else None,
        aliases=found.aliases,
        start=found.start,
        end=found.end,
    )


def name_parts(written: str) -> _Name:
    """An ACLED name taken apart: "JNIM: Group for Support of Islam and Muslims", "Military Forces of Mali (2021-)".

    Years bound the regime, from 1 January of the first to 31 December of the last. A country in brackets, or behind
    "of" in the forces of a state, is the actor's.
    """
    rest, start, end, country = written, None, None, None
    if years := _YEARS.search(rest):
        rest = rest[: years.start()]
        start = date(int(years[1]), 1, 1)
        end = date(int(years[2]), 12, 31) if years[2] else None
        if end and end < start:
            start = end = None
        country = rest.rpartition(" of ")[2] or None if " of " in rest else None
    if bracket := _BRACKET.search(rest):
        rest, country = rest[: bracket.start()], bracket[1]
    aliases: list[str] = []
    if acronym := _ACRONYM.match(rest):
        aliases.append(acronym[1])
        rest = acronym[2]
    first, *others = _DASH.split(rest)
    return _Name(name=first, aliases=(*aliases, *others), country=country, start=start, end=end)
