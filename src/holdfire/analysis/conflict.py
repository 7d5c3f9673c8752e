"""Which entries belong to a conflict: by its days, its sides and whom it watches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.model.actor import Mention
from holdfire.model.entry import LedgerEntry
from holdfire.rules.conflicts import Conflict


def entries_of(
    conflict: Conflict, entries: Iterable[LedgerEntry], *, knowledge: KnowledgeBase
) -> Iterator[LedgerEntry]:
    """The entries of its days in which a side acts or is acted on, a watched actor acts, or nobody is named."""
    sides = frozenset(each for side in conflict.sides for each in side)
    known = sides | frozenset(conflict.watched)
    for entry in entries:
        if not _in_its_days(entry, conflict):
            continue
        acting = not entry.claim.actor or any(_kin(mention, knowledge) & known for mention in entry.claim.actor)
        if acting or any(_kin(mention, knowledge) & sides for mention in entry.claim.recipient):
            yield entry


def _in_its_days(entry: LedgerEntry, conflict: Conflict) -> bool:
    day = entry.valid_from
    if day is None:
        return False
    return (conflict.start is None or day >= conflict.start) and (conflict.end is None or day <= conflict.end)


def _kin(mention: Mention, knowledge: KnowledgeBase) -> frozenset[str]:
    """The mention's own id, its affiliation, and whom those belong to, lead or are organs of."""
    own = {each for each in (mention.id, mention.affiliation) if each}
    actors = [knowledge.get(each) for each in own]
    above = {tie.actor_id for actor in actors if actor for tie in actor.memberships if tie.relation in _ABOVE}
    led = {group for each in own for group in knowledge.led_by(each)}
    return frozenset(own | above | led)


_ABOVE = frozenset({"member of", "organ of"})
