"""Sets an outside list beside the knowledge base: who is known already, who is new, whose names are shared."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from holdfire.actors.candidates import Candidate, CandidateTie, LeftOut
from holdfire.actors.knowledge import KnowledgeBase
from holdfire.actors.names import fold
from holdfire.errors import HoldfireError
from holdfire.model.actor import Actor

# Letters below which a short form is likely to be somebody else's too.
_SHORT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import writes: new records, additions to records that stand, and what is left out."""

    records: tuple[Mapping[str, Any], ...]
    additions: tuple[Mapping[str, Any], ...]
    left_out: tuple[LeftOut, ...]


def plan_import(
    candidates: Sequence[Candidate], left_out: Iterable[LeftOut], knowledge: KnowledgeBase, *, label: str
) -> Plan:
    """What to write so that the knowledge base knows every candidate, and nothing that stands is changed.

    A candidate that carries a known outside id, or whose name only one fitting actor bears, becomes an addition to
    that actor. Of the rest, a name that somebody bears already is written down as ambiguous, with a note.
    label: of this list, for the ids of additions.

    Raises HoldfireError when the list has one id for two entries.
    """
    _each_once(candidates)
    left = [*left_out, *(_nameless(each) for each in candidates if not _unlike([each.name]))]
    candidates = [each for each in candidates if _unlike([each.name])]
    # A list may name a country by the id that it has there.
    states = {
        (scheme, key): actor.country
        for actor in knowledge.actors.values()
        if actor.kind == "state"
        for scheme, key in actor.external
    }
    candidates = [
        replace(each, country=states.get((each.scheme, each.country or ""), each.country)) for each in candidates
    ]
    outside = {pair: actor.id for actor in knowledge.actors.values() for pair in actor.external}
    known = {each.key: _known(each, outside, knowledge) for each in candidates}
    new = [each for each in candidates if known[each.key] is None]
    ids = _ids(candidates, known)
    shared = Counter(text for each in new for text in {fold(name)[0] for name in (each.name, *each.aliases)})
    additions = []
    for each in candidates:
        actor = knowledge.get(known[each.key])
        if actor is None:
            continue
        if actor.kind == "state" and each.kind != "state":
            left.append(LeftOut(name=each.name, place=each.place, why=f"it is the state {actor.id}, known already"))
            continue
        additions.append(_addition(each, actor, knowledge, shared, label))
    return Plan(
        records=tuple(_record(each, ids, knowledge, shared) for each in new),
        additions=tuple(each for each in additions if len(each) > 2),
        left_out=tuple(left),
    )


def _nameless(candidate: Candidate) -> LeftOut:
    return LeftOut(name=candidate.name, place=candidate.place, why="its name holds no letter and no digit")


def _each_once(candidates: Sequence[Candidate]) -> None:
    seen: dict[str, Candidate] = {}
    for each in candidates:
        if each.key in seen:
            raise HoldfireError(
                f"Importing actors: {each.place}: '{each.name}' has the id {each.key}, which "
                f"{seen[each.key].place} gives to '{seen[each.key].name}'. Correct one of the ids."
            )
        seen[each.key] = each


def _known(candidate: Candidate, outside: Mapping[tuple[str, str], str], knowledge: KnowledgeBase) -> str | None:
    """The id of the actor that the candidate is, None where none or several fit."""
    by_id = outside.get((candidate.scheme, candidate.key))
    if by_id is not None:
        return by_id
    country = country_code(candidate.country, knowledge)
    if candidate.organ and country:
        organ = knowledge.get(f"{country.lower()}.{candidate.organ}")
        if organ is not None:
            return organ.id
    for name in (candidate.name, *candidate.aliases):
        claimants = knowledge.names.claimants(name)
        bearers = {
            actor.id: not each.ambiguous
            for each in claimants
            if each.sort in ("name", "alias") and (actor := knowledge.get(each.actor_id)) and _fits(candidate, actor)
        }
        at_home = [key for key in bearers if country and knowledge.actors[key].country == country]
        if len(at_home) == 1:
            return at_home[0]
        # Without a country that agrees, a name must be nobody else's, and a short one of the same kind, to be proof.
        if len(claimants) == 1 and len(bearers) == 1 and all(bearers.values()):
            actor = knowledge.actors[next(iter(bearers))]
            if (country is None or actor.country is None) and (not _is_short(name) or actor.kind == candidate.kind):
                return actor.id
    return None


def _fits(candidate: Candidate, actor: Actor) -> bool:
    """Whether the two may be one party: both persons or neither, both states or neither."""
    return all((candidate.kind == kind) == (actor.kind == kind) for kind in ("leader", "state"))


def country_code(country: str | None, knowledge: KnowledgeBase) -> str | None:
    """The ISO 3166-1 alpha-3 code of a country by code or name, None where the knowledge base has no such state."""
    if not country:
        return None
    if len(country) == 3 and country.isupper():
        state = knowledge.get(country.lower())
        return state.country if state and state.kind == "state" else None
    # UCDP writes older names behind: "Myanmar (Burma)", "Yemen (North Yemen)".
    for name in (country, country.split("(")[0].strip()):
        states = {
            actor.country
            for each in knowledge.names.claimants(name)
            if (actor := knowledge.get(each.actor_id)) and actor.kind == "state" and each.sort in ("name", "alias")
        }
        if len(states) == 1:
            return states.pop()
    return None


def _record(
    candidate: Candidate, ids: Mapping[str, str], knowledge: KnowledgeBase, shared: Mapping[str, int]
) -> dict[str, Any]:
    names = (candidate.name, *candidate.aliases)
    aliases = [_alias(name, knowledge, shared) for name in _unlike(names)]
    ties = [tie for each in candidate.ties if (tie := _tie(each, ids, knowledge))]
    own = aliases[0] if isinstance(aliases[0], dict) else None
    record: dict[str, Any] = {
        "id": ids[candidate.key],
        "name": candidate.name,
        "kind": candidate.kind,
        "country": country_code(candidate.country, knowledge),
        # A record says that its own name is shared by repeating it as an ambiguous alias.
        "aliases": [*([own] if own else []), *aliases[1:]],
        "memberships": ties,
        "start": candidate.start,
        "end": candidate.end,
        "external": {candidate.scheme: candidate.key},
    }
    return {key: value for key, value in record.items() if value not in (None, [], ())}


def _addition(
    candidate: Candidate, actor: Actor, knowledge: KnowledgeBase, shared: Mapping[str, int], label: str
) -> dict[str, Any]:
    """The candidate's names that the actor lacks, and its outside id; "id" and "actor" alone where there are none."""
    has = {fold(name)[0] for name in (actor.name, *(each.text for each in actor.aliases))}
    names = [name for name in _unlike((candidate.name, *candidate.aliases)) if fold(name)[0] not in has]
    found: dict[str, Any] = {"id": f"{label}.{candidate.scheme}.{_slug(candidate.key)}", "actor": actor.id}
    if names:
        found["aliases"] = [_alias(name, knowledge, shared) for name in names]
    if candidate.scheme not in dict(actor.external):
        found["external"] = {candidate.scheme: candidate.key}
    return found


def _alias(name: str, knowledge: KnowledgeBase, shared: Mapping[str, int]) -> str | dict[str, Any]:
    others = [each.actor_id for each in knowledge.names.claimants(name)]
    if others:
        return {"text": name, "ambiguous": True, "note": f"also {', '.join(others[:3])}"}
    if shared[fold(name)[0]] > 1:
        return {"text": name, "ambiguous": True, "note": "several entries of the imported list bear it"}
    if _is_short(name):
        return {"text": name, "ambiguous": True, "note": "a short form; others may bear it"}
    return name


def _tie(tie: CandidateTie, ids: Mapping[str, str], knowledge: KnowledgeBase) -> dict[str, Any] | None:
    to = ids.get(tie.to) or (tie.to.lower() if knowledge.get(tie.to.lower()) else None)
    if to is None:
        return None
    found = {"relation": tie.relation, "actor": to, "start": tie.start, "end": tie.end}
    return {key: value for key, value in found.items() if value is not None}


def _unlike(names: Iterable[str]) -> list[str]:
    """The names in order, each once whatever its capitals and accents."""
    written = [name for name in names if any(char.isalnum() for char in name)]
    return list({fold(name)[0]: name for name in reversed(written)}.values())[::-1]


def _is_short(name: str) -> bool:
    return sum(char.isalpha() for char in name) <= _SHORT


def _ids(candidates: Iterable[Candidate], known: Mapping[str, str | None]) -> dict[str, str]:
    """The id that each candidate has or gets: scheme and the list's own id, with a number where two look alike."""
    ids: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for each in candidates:
        made = f"{each.scheme}.{_slug(each.key)}"
        taken[made] += 1
        ids[each.key] = known[each.key] or (made if taken[made] == 1 else f"{made}-{taken[made]}")
    return ids


def _slug(key: str) -> str:
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "entry"
