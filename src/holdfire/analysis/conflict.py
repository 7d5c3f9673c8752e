"""Which entries belong to a conflict: by its days, its sides and whom it watches, its words, its reports and places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.model.actor import Mention
from holdfire.model.entry import LedgerEntry
from holdfire.rules.conflicts import Conflict

_ABOVE = frozenset({"member of", "organ of"})
_ARMED = frozenset({"attacking", "mobilising", "arming", "coercing"})


def entries_of(
    conflict: Conflict, entries: Iterable[LedgerEntry], *, knowledge: KnowledgeBase
) -> Iterator[LedgerEntry]:
    """The entries of its days that are tied to it, in their order.

    Tied is what a side or a watched actor does, unless towards outsiders alone; what anybody does towards a side; what
    is told in the conflict's own words ("this war"); and, in a report that speaks of a side, what is said by others or
    done in the conflict's places.
    """
    tie = _Tie(conflict, knowledge)
    kept = [each for each in entries if is_in_days(each, conflict)]
    reports = {each.document.id for each in kept if tie.is_of_side(each)}
    for entry in kept:
        if tie.holds(entry, in_report=entry.document.id in reports):
            yield entry


def side_of(key: str, conflict: Conflict, knowledge: KnowledgeBase) -> int | None:
    """The number of the side that an actor is on, from 0: its own, or that of a body that it belongs to; else None."""
    actor = knowledge.get(key)
    ties = actor.memberships if actor else ()
    kin = {key, *(tie.actor_id for tie in ties if tie.relation in _ABOVE), *knowledge.led_by(key)}
    return next((number for number, side in enumerate(conflict.sides) if kin & set(side)), None)


class _Tie:
    """A conflict made ready to ask which entries belong to it."""

    def __init__(self, conflict: Conflict, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self.sides = frozenset(each for side in conflict.sides for each in side)
        self.known = self.sides | frozenset(conflict.watched)
        self.places = frozenset(conflict.places)
        words = "|".join(re.escape(each) for each in sorted(conflict.words, key=len, reverse=True))
        self.words = re.compile(rf"\b(?:{words})\b", re.IGNORECASE) if words else None
        self._kin: dict[tuple[str | None, str | None], frozenset[str]] = {}

    def is_of_side(self, entry: LedgerEntry) -> bool:
        """Whether a side acts in the entry or is acted on."""
        return bool(self._any(entry.claim.actor) & self.sides or self._any(entry.claim.recipient) & self.sides)

    def holds(self, entry: LedgerEntry, *, in_report: bool) -> bool:
        """Whether the entry belongs; `in_report`: whether its report speaks of a side."""
        claim = entry.claim
        if self._any(claim.actor) & self.known:
            return not (claim.conduct in _ARMED and self._is_towards_outsiders(claim.recipient))
        if self._any(claim.recipient) & self.sides:
            return True
        if self.words is not None and self.words.search(claim.evidence.text):
            return True
        if not in_report or self._is_towards_outsiders(claim.recipient):
            return False
        place = claim.place.country if claim.place else None
        if place is not None and self.places and place not in self.places:
            return False
        return claim.conduct not in _ARMED or all(map(self._is_near, claim.actor))

    def _is_near(self, mention: Mention) -> bool:
        """Whether an actor may have acted in the conflict's places: it is at home there, or nobody knows where."""
        actor = self.knowledge.get(mention.id or mention.affiliation)
        return actor is None or actor.country is None or not self.places or actor.country in self.places

    def _is_towards_outsiders(self, recipients: Sequence[Mention]) -> bool:
        """Whether all recipients are known, and none has to do with the conflict."""
        return bool(recipients) and all(
            each.id and not self._kin_of(each) & self.known and not (self.places and self._is_near(each))
            for each in recipients
        )

    def _any(self, mentions: Iterable[Mention]) -> set[str]:
        return {key for each in mentions for key in self._kin_of(each)}

    def _kin_of(self, mention: Mention) -> frozenset[str]:
        """The mention's own id, its affiliation, and whom those belong to, lead or are organs of."""
        found = self._kin.get((mention.id, mention.affiliation))
        if found is None:
            own = {each for each in (mention.id, mention.affiliation) if each}
            actors = [self.knowledge.get(each) for each in own]
            above = {tie.actor_id for actor in actors if actor for tie in actor.memberships if tie.relation in _ABOVE}
            led = {group for each in own for group in self.knowledge.led_by(each)}
            offices = {office.of for actor in actors if actor for office in actor.offices}
            found = self._kin[mention.id, mention.affiliation] = frozenset(own | above | led | offices)
        return found


def is_in_days(entry: LedgerEntry, conflict: Conflict) -> bool:
    """Whether the entry speaks of a day between the conflict's start and its end."""
    first = entry.valid_from
    if first is None:
        return False
    last = entry.valid_to or first
    return (conflict.start is None or last >= conflict.start) and (conflict.end is None or first <= conflict.end)
