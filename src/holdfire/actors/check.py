"""What is doubtful about a knowledge base that can be loaded: names twice in a record, names without a note, dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from holdfire.actors.names import fold
from holdfire.model.actor import Actor, Alias


def doubts(actors: Mapping[str, Actor], files: Mapping[str, str]) -> Iterator[str]:
    """One line for each doubt, with file, record and mend, in the order of the records.

    actors: as loaded, by id. files: the file of each, by id.
    """
    for actor in actors.values():
        where = f"{files.get(actor.id, 'rules')}: actor '{actor.id}'"
        for problem in (*_names(actor), *_ties(actor, actors), *_offices(actor)):
            yield f"{where} {problem}"
    yield from _spelled_alike(actors, files)


def _spelled_alike(actors: Mapping[str, Actor], files: Mapping[str, str]) -> Iterator[str]:
    """Names of two actors that differ in capitals, accents or hyphens alone, which a text cannot tell apart."""
    bearers: dict[str, list[tuple[Actor, Alias]]] = defaultdict(list)
    for actor in actors.values():
        shared = {fold(alias.text)[0] for alias in actor.aliases if alias.ambiguous}
        for alias in (Alias(text=actor.name), *actor.aliases):
            if fold(alias.text)[0] not in shared:
                bearers[fold(alias.text)[0]].append((actor, alias))
    for found in bearers.values():
        for (one, first), (other, second) in combinations(found, 2):
            if one.id != other.id and _meet(first, second):
                yield (
                    f"{files.get(one.id, 'rules')}: actor '{one.id}' has the name '{first.text}', and '{other.id}' in "
                    f"{files.get(other.id, 'rules')} has '{second.text}', which reads alike. Call both ambiguous, with "
                    f"a note, or drop one."
                )


def _meet(first: Alias, second: Alias) -> bool:
    start = max(first.start or date.min, second.start or date.min)
    return start < min(first.end or date.max, second.end or date.max)


def _names(actor: Actor) -> Iterator[str]:
    seen: set[tuple[str, date | None]] = set()
    for alias in actor.aliases:
        if (alias.text, alias.start) in seen:
            yield f"has the alias '{alias.text}' twice. Drop one."
        seen.add((alias.text, alias.start))
        if alias.ambiguous and not alias.note:
            yield f"calls '{alias.text}' ambiguous without a note. Say in `note` who else bears it."


def _ties(actor: Actor, actors: Mapping[str, Actor]) -> Iterator[str]:
    for tie in actor.memberships:
        other = actors[tie.actor_id]
        for end in (actor, other):
            if _apart(tie.start, tie.end, end):
                yield (
                    f"is {tie.relation} '{other.id}' from {_day(tie.start)} to {_day(tie.end)}, when '{end.id}' "
                    f"was not ({_day(end.start)} to {_day(end.end)}). Correct one of the dates."
                )
                break


def _offices(actor: Actor) -> Iterator[str]:
    for office in actor.offices:
        what = f"holds the office '{office.title}' of '{office.of}' from {_day(office.start)} to {_day(office.end)}"
        if _apart(office.start, office.end, actor):
            yield f"{what}, but lived {_day(actor.start)} to {_day(actor.end)}. Correct one of the dates."
        elif actor.end is not None and (office.end is None or office.end > actor.end):
            yield f"{what}, past its own end on {actor.end}. Give the office an end."


def _apart(start: date | None, end: date | None, actor: Actor) -> bool:
    """Whether a period lies wholly outside the actor's own; unknown ends are open."""
    return bool((start and actor.end and start > actor.end) or (end and actor.start and end < actor.start))


def _day(day: date | None) -> str:
    return day.isoformat() if day else "an unknown day"
