"""A Wikidata JSON dump, whole or cut to some items: labels, aliases, classes, countries and dated memberships."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any, TypeVar

from holdfire.actors.candidates import Candidate, CandidateTie, LeftOut
from holdfire.errors import IntakeError
from holdfire.rules.imports import NO_ACTOR, ImportRules

_INSTANCE_OF, _COUNTRY, _CITIZENSHIP, _ISO3 = "P31", "P17", "P27", "P298"
_START, _END, _INCEPTION, _DISSOLVED, _BORN, _DIED = "P580", "P582", "P571", "P576", "P569", "P570"
_TIES = ("P463", "P102", "P361")  # member of, member of political party, part of
_TIME = re.compile(r"^[+](\d{4})-(\d\d)-(\d\d)T")
# Wikidata's precision of a time: 11 is a day, 9 a year.
_DAY, _YEAR = 11, 9
_LANGUAGES = ("en", "mul", "en-gb")

Entity = dict[str, Any]
_Read = TypeVar("_Read")


def read_wikidata_actors(lines: Iterable[str], path: str, rules: ImportRules) -> Iterator[Candidate | LeftOut]:
    """The items of a class that a rule knows and that have an English name; all other items are passed over.

    Countries are given as ISO 3166-1 alpha-3 (P298) where the dump holds their items, else by their item's id.
    Persons without a party or group are left out. Raises IntakeError for a line that is no entity of a Wikidata dump.
    """
    taken: list[tuple[str, Entity, str]] = []
    codes: dict[str, str] = {}
    for number, entity in _entities(lines, path):
        place = f"{path}, line {number}"
        if entity.get("type") != "item":
            continue
        kind, code = _in_shape(place, partial(_kind_and_code, entity, rules))
        if code is not None:
            codes[entity["id"]] = code
        if kind is not None:
            taken.append((place, entity, kind))
    for place, entity, kind in taken:
        yield _in_shape(place, partial(_actor, entity, kind, codes, place))


def _in_shape(place: str, read: Callable[[], _Read]) -> _Read:
    try:
        return read()
    except (AttributeError, KeyError, TypeError, ValueError) as why:
        raise IntakeError(
            f"Importing actors: {place} is no item of a Wikidata dump: {type(why).__name__}: {why}. Wanted: labels, "
            f"aliases and claims as Wikidata writes them."
        ) from why


def _kind_and_code(entity: Entity, rules: ImportRules) -> tuple[str | None, str | None]:
    """The kind of the item's first class that a rule knows, and its ISO 3166-1 alpha-3 code where it is a country."""
    kinds = [kind for each in _items(entity, _INSTANCE_OF) if (kind := rules.kind_of("wikidata", each))]
    codes = [str(code) for code in _values(entity, _ISO3)]
    return kinds[0] if kinds and kinds[0] != NO_ACTOR else None, codes[0] if codes else None


def _entities(lines: Iterable[str], path: str) -> Iterator[tuple[int, Entity]]:
    """One entity a line, as dumps are written, between a line that opens the array and one that closes it."""
    for number, line in enumerate(lines, start=1):
        text = line.strip().rstrip(",")
        if text in ("", "[", "]"):
            continue
        place = f"{path}, line {number}"
        try:
            entity = json.loads(text)
        except (ValueError, RecursionError) as why:
            raise IntakeError(
                f"Importing actors: {place} is no JSON object: {why}. Wanted: a Wikidata dump, one item a line."
            ) from why
        if not isinstance(entity, dict) or not isinstance(entity.get("id"), str) or "claims" not in entity:
            raise IntakeError(
                f"Importing actors: {place} has no id and claims, as a Wikidata item has. Wanted: the JSON dump, not "
                f"the answer of a query."
            )
        yield number, entity


def _actor(entity: Entity, kind: str, codes: dict[str, str], place: str) -> Candidate | LeftOut:
    names = _names(entity)
    if not names:
        return LeftOut(name=entity["id"], place=place, why="it has no English name")
    person = kind == "leader"
    ties = tuple(_ties(entity))
    if person and not ties:
        return LeftOut(name=names[0], place=place, why="a person without a party or group")
    start = _first_day(entity, _BORN if person else _INCEPTION)
    end = _first_day(entity, _DIED if person else _DISSOLVED)
    homes = [codes.get(each, each) for each in _items(entity, _CITIZENSHIP if person else _COUNTRY)]
    home = codes.get(entity["id"]) or (homes[0] if len(homes) == 1 else None)
    return Candidate(
        scheme="wikidata",
        key=entity["id"],
        name=names[0],
        kind=kind,
        place=place,
        country=home,
        aliases=tuple(dict.fromkeys(names[1:])),
        ties=ties,
        start=None if start and end and end < start else start,
        end=None if start and end and end < start else end,
    )


def _names(entity: Entity) -> list[str]:
    """The English label and aliases, without the aliases in small letters that are common words."""
    labels, aliases = _table(entity, "labels"), _table(entity, "aliases")
    label = next((labels[each]["value"] for each in _LANGUAGES if each in labels), None)
    if not isinstance(label, str) or not label.strip():
        return []
    others = [each["value"] for language in _LANGUAGES for each in aliases.get(language, ())]
    return [label.strip(), *(name.strip() for name in others if not name.islower() and name != label)]


def _ties(entity: Entity) -> Iterator[CandidateTie]:
    for claim in _TIES:
        for statement in _statements(entity, claim):
            target = _value(statement.get("mainsnak", {}))
            if not isinstance(target, dict) or not isinstance(target.get("id"), str):
                continue
            start, end = (_qualifier(statement, each) for each in (_START, _END))
            if not (start and end and end < start):
                yield CandidateTie(relation="member of", to=target["id"], start=start, end=end)


def _table(entity: Entity, name: str) -> dict[str, Any]:
    """A table of an entity; dumps write an empty one as []."""
    found = entity.get(name)
    return found if isinstance(found, dict) else {}


def _statements(entity: Entity, claim: str) -> list[dict[str, Any]]:
    return [each for each in _table(entity, "claims").get(claim, ()) if each.get("rank") != "deprecated"]


def _values(entity: Entity, claim: str) -> list[Any]:
    return [found for each in _statements(entity, claim) if (found := _value(each.get("mainsnak", {}))) is not None]


def _items(entity: Entity, claim: str) -> list[str]:
    return [each["id"] for each in _values(entity, claim) if isinstance(each, dict) and "id" in each]


def _value(snak: dict[str, Any]) -> Any:
    """The value of a snak, None where it is unknown or there is none."""
    return snak.get("datavalue", {}).get("value") if snak.get("snaktype") == "value" else None


def _qualifier(statement: dict[str, Any], claim: str) -> date | None:
    snaks = statement.get("qualifiers", {}).get(claim, ())
    return next((day for each in snaks if (day := _day(_value(each), last=claim == _END))), None)


def _first_day(entity: Entity, claim: str) -> date | None:
    days = [day for each in _values(entity, claim) if (day := _day(each, last=claim in (_DISSOLVED, _DIED)))]
    return min(days, default=None)


def _day(value: Any, *, last: bool) -> date | None:
    """The day, or the first (`last`: last) one of a year; None for months, whose ends differ, and for coarser times."""
    match = _TIME.match(value.get("time", "")) if isinstance(value, dict) else None
    if match is None:
        return None
    year, month, day = (int(each) for each in match.groups())
    if value.get("precision") == _YEAR:
        return date(year, 12, 31) if last else date(year, 1, 1)
    try:
        return date(year, month, day) if value.get("precision") == _DAY else None
    except ValueError:
        return None
