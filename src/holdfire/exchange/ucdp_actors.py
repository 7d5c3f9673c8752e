"""The UCDP Actor Dataset (CSV): one row an actor, with its id, names at birth and since, type and location."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from holdfire.actors.candidates import Candidate, LeftOut
from holdfire.errors import IntakeError
from holdfire.exchange.tables import rows_of
from holdfire.rules.imports import NO_ACTOR, ImportRules

# Codebook of the UCDP Actor Dataset: names as registered, in full, in English, and what they became.
_NAMES = ("NameOrig", "NameOrigFull", "NameOrigFullEng", "NewName", "NewNameFullMotherTongue", "NewNameFullEng")
_EMPTY = frozenset(("", "na", "n/a", "none", "-"))


def read_ucdp_actors(lines: Iterable[str], path: str, rules: ImportRules) -> Iterator[Candidate | LeftOut]:
    """The actors of the list, in its order. Raises IntakeError for a row that has no id or no name."""
    for number, row in rows_of(lines, path, wanted=("ActorId", "NameData")):
        place = f"{path}, line {number}"
        key, name = row["ActorId"].strip(), row["NameData"].strip()
        if not key.isdigit() or not name:
            raise IntakeError(
                f"Importing actors: {place} has ActorId {key!r} and NameData {name!r}. Wanted: a number and a name."
            )
        kind = rules.kind_of("ucdp", row.get("Org", "") or "1")
        if kind is None or kind == NO_ACTOR:
            yield LeftOut(name=name, place=place, why=f"its Org is {row.get('Org')!r}, which no rule knows")
            continue
        aliases = dict.fromkeys(
            part for column in _NAMES for part in _parts(row.get(column, "")) if part.lower() not in _EMPTY
        )
        aliases.pop(name, None)
        organ = rules.organ_by_name("ucdp", name)
        yield Candidate(
            scheme="ucdp",
            key=key,
            name=name,
            kind=kind,
            place=place,
            country=organ[1] if organ else _only(row.get("Location", "")),
            organ=organ[0] if organ else None,
            aliases=tuple(aliases),
        )


def _parts(cell: str) -> Iterator[str]:
    """Several names in one cell are set apart by semicolons."""
    return (part.strip() for part in cell.split(";"))


def _only(location: str) -> str | None:
    """The country of an actor with one location; an actor of several belongs to none."""
    places = [place.strip() for place in location.split(",") if place.strip().lower() not in _EMPTY]
    return places[0] if len(places) == 1 else None
