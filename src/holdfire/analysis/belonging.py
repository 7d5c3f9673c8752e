"""Whom a claim speaks of besides the party that it names: the state of an army, the group of its leader or spokesman.

What an organ does, its state does; what a leader in office says or does, the body that it leads says or does. Groups
and their members are told apart: what is told of one only reflects on the other, and is marked as inherited.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from holdfire.actors.knowledge import KnowledgeBase, within
from holdfire.model.actor import Actor, Mention, party_key
from holdfire.model.entry import LedgerEntry
from holdfire.model.posture import Umbrella
from holdfire.rules.rulebook import Rulebook

_GROUPS = frozenset({"coalition", "armed group", "armed force", "party"})


def own_keys(entry: LedgerEntry) -> frozenset[str]:
    """The keys of the parties that the claim itself names as acting."""
    return frozenset(party_key(each.id, each.text) for each in entry.claim.actor)


def keys_of(entry: LedgerEntry, knowledge: KnowledgeBase, rulebook: Rulebook) -> frozenset[str]:
    """The keys of everybody that the claim speaks of: whom it names, and the bodies that these are or speak for."""
    found: set[str] = set(own_keys(entry))
    speaks = rulebook.conducts[entry.claim.conduct].family == "word" if entry.claim.conduct else True
    for mention in entry.claim.actor:
        bodies = bodies_of(mention, entry.valid_from, knowledge, rulebook)
        found |= _widest(bodies, entry.valid_from, knowledge) if speaks else bodies
    return frozenset(found)


def _widest(bodies: set[str], day: date | None, knowledge: KnowledgeBase) -> set[str]:
    """The bodies that belong to none of the others: who leads a movement and its militia speaks for the movement."""
    known = [actor for each in bodies if (actor := knowledge.get(each)) is not None]
    inside = {actor.id for actor in known if bodies & {above.id for above in _above(actor, day, knowledge)}}
    return bodies - inside


def bodies_of(mention: Mention, day: date | None, knowledge: KnowledgeBase, rulebook: Rulebook) -> set[str]:
    """Ids of the bodies that a party acts and speaks as on a day: what it is an organ of, what it leads, its party."""
    actor = knowledge.get(mention.id)
    if actor is not None:
        return bodies_of_actor(actor, day, knowledge, rulebook)
    owner = knowledge.get(mention.affiliation)
    if owner is None or owner.kind == "leader" or not _in_office(mention, rulebook):
        return set()
    return {owner.id, *bodies_of_actor(owner, day, knowledge, rulebook)}


def bodies_of_actor(actor: Actor, day: date | None, knowledge: KnowledgeBase, rulebook: Rulebook) -> set[str]:
    """As `bodies_of`, for an actor of the knowledge base."""
    return set(_bodies(actor, day, knowledge, rulebook, seen=set()))


def umbrellas_of(key: str, day: date | None, knowledge: KnowledgeBase) -> tuple[Umbrella, ...]:
    """The groups above an actor and the members below it that what is told of may reflect on it, nearest first.

    A leader is no member in this sense, nor is a state of the international bodies that it sits in.
    """
    actor = knowledge.get(key)
    if actor is None or actor.kind == "leader":
        return ()
    found: dict[str, Umbrella] = {}
    for above in _above(actor, day, knowledge):
        for each in (above, *_above(above, day, knowledge)):
            found.setdefault(each.id, Umbrella(key=each.id, name=each.name, relation="member of"))
    for tie, who in sorted(knowledge.tied.get(key, ()), key=lambda each: each[1]):
        other = knowledge.get(who)
        if other is None or other.kind == "leader" or not within(tie.start, tie.end, day):
            continue
        if tie.relation == "member of" and actor.kind in _GROUPS:
            found.setdefault(who, Umbrella(key=who, name=other.name, relation="has the member"))
        elif tie.relation == "led by":
            found.setdefault(who, Umbrella(key=who, name=other.name, relation="leads"))
    found.pop(key, None)
    return tuple(found.values())


def _above(actor: Actor, day: date | None, knowledge: KnowledgeBase) -> list[Actor]:
    ties = [each for each in actor.memberships if each.relation == "member of" and within(each.start, each.end, day)]
    groups = [knowledge.get(each.actor_id) for each in ties]
    return [each for each in groups if each is not None and each.kind in _GROUPS]


def _bodies(
    actor: Actor, day: date | None, knowledge: KnowledgeBase, rulebook: Rulebook, *, seen: set[str]
) -> Iterator[str]:
    seen.add(actor.id)
    for name in sorted({*_organ_of(actor, day), *_led_by(actor, day, knowledge, rulebook)} - seen):
        body = knowledge.get(name)
        if body is not None and body.kind != "international body":
            yield name
            yield from _bodies(body, day, knowledge, rulebook, seen=seen)


def _organ_of(actor: Actor, day: date | None) -> Iterator[str]:
    # An organ on paper that a patron arms speaks for itself.
    if any(tie.relation == "backed by" and within(tie.start, tie.end, day) for tie in actor.memberships):
        return
    for tie in actor.memberships:
        if tie.relation == "organ of" and actor.kind != "media" and within(tie.start, tie.end, day):
            yield tie.actor_id


def _led_by(actor: Actor, day: date | None, knowledge: KnowledgeBase, rulebook: Rulebook) -> Iterator[str]:
    if actor.kind != "leader":
        return
    for office in actor.offices:
        if office.title.casefold() not in rulebook.postures.own_voice and within(office.start, office.end, day):
            yield office.of
    for tie, who in knowledge.tied.get(actor.id, ()):
        if tie.relation == "led by" and within(tie.start, tie.end, day):
            yield who


def _in_office(mention: Mention, rulebook: Rulebook) -> bool:
    words = {word.strip(",.").removesuffix("'s").removesuffix("’s").casefold() for word in mention.text.split()}
    return bool(words & rulebook.factuality.words["officials"]) and not rulebook.postures.beside.search(mention.text)
