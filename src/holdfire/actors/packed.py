"""The knowledge base as plain data and back: what was indexed once need not be indexed again at every start."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.actors.names import Claimant, name_index
from holdfire.model.actor import Actor, Alias, Membership, Office

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
# Sections of lines; a line is a key, a tab, and a row as JSON that is read when it is asked for.
Packed = Mapping[str, Sequence[str]]


class Unpacked(Mapping[Key, Value], Generic[Key, Value]):
    """A mapping whose values are made from their rows when they are first asked for, and then kept."""

    __slots__ = ("_made", "_read", "_rows")

    def __init__(self, rows: dict[Key, str], read: Callable[[list[Any]], Value]) -> None:
        self._rows = rows
        self._read = read
        self._made: dict[Key, Value] = {}

    def __getitem__(self, key: Key) -> Value:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._read(json.loads(self._rows[key]))
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[Key]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def pack_knowledge(knowledge: KnowledgeBase) -> Packed:
    """All of the knowledge base as lines of text; days as ordinals. Ids and folded names hold no tab or line end."""
    return {
        "actors": [_line(actor.id, _actor_row(actor)) for actor in knowledge.actors.values()],
        "names": [
            _line(key, [[cased, *_claimant_row(claimant)] for cased, claimant in bearers])
            for key, bearers in knowledge.names.entries.items()
        ],
        "offices": [
            _line(f"{of} {title}", [[*_office_row(office), who] for office, who in held])
            for (of, title), held in knowledge.offices.items()
        ],
        "tied": [_line(key, [[*_tie_row(tie), who] for tie, who in found]) for key, found in knowledge.tied.items()],
    }


def unpack_knowledge(packed: Packed) -> KnowledgeBase:
    """The knowledge base that was packed. Raises KeyError or ValueError for data of another shape."""
    offices = {_office_key(key): row for key, row in _rows(packed["offices"]).items()}
    return KnowledgeBase(
        actors=Unpacked(_rows(packed["actors"]), _actor),
        names=name_index(Unpacked(_rows(packed["names"]), _bearers)),
        offices=Unpacked(offices, lambda held: tuple((_office(row), row[-1]) for row in held)),
        tied=Unpacked(_rows(packed["tied"]), lambda found: tuple((_tie(row), row[-1]) for row in found)),
    )


def _line(key: str, row: list[Any]) -> str:
    return f"{key}\t{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}"


def _rows(lines: Iterable[str]) -> dict[str, str]:
    return dict(line.split("\t", 1) for line in lines)


def _office_key(key: str) -> tuple[str, str]:
    of, _, title = key.partition(" ")
    return of, title


def _actor_row(actor: Actor) -> list[Any]:
    return [
        actor.id,
        actor.name,
        actor.kind,
        actor.country,
        [[each.text, _number(each.start), _number(each.end), each.ambiguous, each.note] for each in actor.aliases],
        [_tie_row(each) for each in actor.memberships],
        [_office_row(each) for each in actor.offices],
        [list(pair) for pair in actor.external],
        list(actor.demonyms),
        list(actor.metonyms),
        _number(actor.start),
        _number(actor.end),
        actor.note,
    ]


def _actor(row: list[Any]) -> Actor:
    key, name, kind, country, aliases, ties, offices, external, demonyms, metonyms, start, end, note = row
    return Actor(
        id=key,
        name=name,
        kind=kind,
        country=country,
        aliases=tuple(
            Alias(text=text, start=_day(first), end=_day(last), ambiguous=ambiguous, note=said)
            for text, first, last, ambiguous, said in aliases
        ),
        memberships=tuple(map(_tie, ties)),
        offices=tuple(map(_office, offices)),
        external=tuple((scheme, each) for scheme, each in external),
        demonyms=tuple(demonyms),
        metonyms=tuple(metonyms),
        start=_day(start),
        end=_day(end),
        note=note,
    )


def _claimant_row(claimant: Claimant) -> list[Any]:
    return [claimant.actor_id, claimant.sort, _number(claimant.start), _number(claimant.end), claimant.ambiguous]


def _bearers(rows: Iterable[list[Any]]) -> list[tuple[str, Claimant]]:
    return [
        (cased, Claimant(actor_id=who, sort=sort, start=_day(start), end=_day(end), ambiguous=ambiguous))
        for cased, who, sort, start, end, ambiguous in rows
    ]


def _tie_row(tie: Membership) -> list[Any]:
    return [tie.relation, tie.actor_id, _number(tie.start), _number(tie.end), tie.note]


def _tie(row: list[Any]) -> Membership:
    return Membership(relation=row[0], actor_id=row[1], start=_day(row[2]), end=_day(row[3]), note=row[4])


def _office_row(office: Office) -> list[Any]:
    return [office.title, office.of, _number(office.start), _number(office.end)]


def _office(row: list[Any]) -> Office:
    return Office(title=row[0], of=row[1], start=_day(row[2]), end=_day(row[3]))


def _number(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _day(number: int | None) -> date | None:
    return date.fromordinal(number) if number else None
