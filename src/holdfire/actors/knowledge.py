"""The knowledge base in memory: actors by id, their names, who belongs to whom, who held which office when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from holdfire.actors.names import NameIndex, index_names
from holdfire.model.actor import Actor, Membership, Office


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeBase:
    """Actors and their indices. `offices` maps (actor id, title) to holders; `tied` maps an actor to who ties to it."""

    actors: Mapping[str, Actor]
    names: NameIndex
    offices: Mapping[tuple[str, str], tuple[tuple[Office, str], ...]]
    tied: Mapping[str, tuple[tuple[Membership, str], ...]]

    def get(self, actor_id: str | None) -> Actor | None:
        """The actor with that id, None when there is none."""
        return self.actors.get(actor_id) if actor_id else None

    def state_of(self, actor_id: str | None) -> Actor | None:
        """The state that the actor is, is an organ of, or is placed in by its country."""
        actor = self.get(actor_id)
        if actor is None or actor.kind == "state":
            return actor
        return self.get(actor.country.lower()) if actor.country else None

    def whole(self, actor_id: str) -> str:
        """The id of the state that the actor is an organ of; its own where it is none."""
        actor = self.get(actor_id)
        for tie in actor.memberships if actor is not None else ():
            above = self.get(tie.actor_id)
            if tie.relation == "organ of" and above is not None and above.kind == "state":
                return above.id
        return actor_id

    def organs(self, actor_id: str) -> tuple[str, ...]:
        """Ids of what is an organ of the actor."""
        return tuple(who for tie, who in self.tied.get(actor_id, ()) if tie.relation == "organ of")

    def speaks_for(self, actor_id: str | None, on: date | None = None) -> frozenset[str]:
        """Ids of whom an actor's words bind on a day: itself and its state; of a leader, what it leads or serves.

        A leader serves the bodies of its offices and the parties and armed groups that it is a member of.
        """
        actor = self.get(actor_id)
        if actor is None:
            return frozenset()
        found = {actor.id, self.whole(actor.id)}
        if actor.kind == "leader":
            found |= {each.of for each in actor.offices if within(each.start, each.end, on)}
            found |= {
                tie.actor_id
                for tie in actor.memberships
                if within(tie.start, tie.end, on)
                and (body := self.get(tie.actor_id)) is not None
                and body.kind in ("party", "armed group", "armed force")
            }
            found |= {
                who
                for tie, who in self.tied.get(actor.id, ())
                if tie.relation == "led by" and within(tie.start, tie.end, on)
            }
        return frozenset(found | {self.whole(each) for each in found})

    def led_by(self, actor_id: str) -> tuple[str, ...]:
        """Ids of the groups that the actor leads."""
        return tuple(who for tie, who in self.tied.get(actor_id, ()) if tie.relation == "led by")


def build_knowledge(actors: Iterable[Actor]) -> KnowledgeBase:
    """The indices over the actors; they are taken as checked."""
    by_id = {actor.id: actor for actor in actors}
    offices: dict[tuple[str, str], list[tuple[Office, str]]] = defaultdict(list)
    tied: dict[str, list[tuple[Membership, str]]] = defaultdict(list)
    for actor in by_id.values():
        for office in actor.offices:
            offices[office.of, title_key(office.title)].append((office, actor.id))
        for tie in actor.memberships:
            tied[tie.actor_id].append((tie, actor.id))
    return KnowledgeBase(
        actors=by_id,
        names=index_names(by_id.values()),
        offices={key: tuple(found) for key, found in offices.items()},
        tied={key: tuple(found) for key, found in tied.items()},
    )


def title_key(title: str) -> str:
    """An office's title as the index has it: "Secretary-General" and "secretary general" are one."""
    return title.lower().replace("-", " ")


def within(start: date | None, end: date | None, day: date | None) -> bool:
    """Whether a day lies in an interval whose unknown ends are open; an unknown day lies in every one."""
    return day is None or ((start is None or start <= day) and (end is None or day <= end))
