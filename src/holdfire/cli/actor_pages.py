"""One actor of the knowledge base as a page of text or an object of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.model.actor import Actor

# The record's tie read from the other side: "led by" makes the other one a leader.
_FROM_THERE = {
    "member of": "has as member",
    "backed by": "backs",
    "allied with": "allied with",
    "led by": "leads",
    "organ of": "has as organ",
}


def actor_as_json(actor: Actor, knowledge: KnowledgeBase) -> dict[str, Any]:
    """Every field of the record; `ties_to_it` are the memberships of others that name it. Unknown dates are null."""
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country,
        "start": _iso(actor.start),
        "end": _iso(actor.end),
        "aliases": [
            {
                "text": each.text,
                "start": _iso(each.start),
                "end": _iso(each.end),
                "ambiguous": each.ambiguous,
                "note": each.note,
            }
            for each in actor.aliases
        ],
        "demonyms": list(actor.demonyms),
        "metonyms": list(actor.metonyms),
        "memberships": [
            {"relation": each.relation, "actor": each.actor_id, "start": _iso(each.start), "end": _iso(each.end)}
            for each in actor.memberships
        ],
        "ties_to_it": [
            {"relation": tie.relation, "actor": who, "start": _iso(tie.start), "end": _iso(tie.end)}
            for tie, who in knowledge.tied.get(actor.id, ())
        ],
        "offices": [
            {"title": each.title, "of": each.of, "start": _iso(each.start), "end": _iso(each.end)}
            for each in actor.offices
        ],
        "external": dict(actor.external),
        "note": actor.note,
    }


def actor_as_text(actor: Actor, knowledge: KnowledgeBase) -> str:
    """The record as lines of "field: value", what is unknown left out."""
    return "\n".join(_lines(actor, knowledge))


def _lines(actor: Actor, knowledge: KnowledgeBase) -> Iterator[str]:
    yield f"{actor.name} ({actor.id})"
    yield f"  kind: {actor.kind}"
    if actor.country:
        yield f"  country: {actor.country}"
    if actor.start or actor.end:
        yield f"  dates: {_period(actor.start, actor.end)}"
    for each in actor.aliases:
        marks = [*(["shared"] if each.ambiguous else []), *([each.note] if each.note else [])]
        if each.start or each.end:
            marks.append(_period(each.start, each.end))
        yield f"  also: {each.text}" + (f" ({'; '.join(marks)})" if marks else "")
    for label, words in (("people", actor.demonyms), ("seat", actor.metonyms)):
        if words:
            yield f"  {label}: {', '.join(words)}"
    for tie in actor.memberships:
        yield f"  {tie.relation}: {_named(tie.actor_id, knowledge)}{_when(tie.start, tie.end)}"
    for tie, who in knowledge.tied.get(actor.id, ()):
        yield f"  {_FROM_THERE[tie.relation]}: {_named(who, knowledge)}{_when(tie.start, tie.end)}"
    for office in actor.offices:
        yield f"  {office.title}: {_named(office.of, knowledge)}{_when(office.start, office.end)}"
    for (of, title), holders in sorted(knowledge.offices.items()):
        if of == actor.id:
            for held, who in holders:
                yield f"  {title}: {_named(who, knowledge)}{_when(held.start, held.end)}"
    for scheme, key in actor.external:
        yield f"  {scheme}: {key}"
    if actor.note:
        yield f"  note: {actor.note}"


def _named(actor_id: str, knowledge: KnowledgeBase) -> str:
    return f"{knowledge.actors[actor_id].name} ({actor_id})"


def _when(start: date | None, end: date | None) -> str:
    return f", {_period(start, end)}" if start or end else ""


def _period(start: date | None, end: date | None) -> str:
    return f"from {start or 'an unknown day'} to {end or 'no known end'}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
