"""Who held an office on a day: "the prime minister" of a state, "the leader" of a movement."""

from __future__ import annotations

from datetime import date

from holdfire.actors.knowledge import KnowledgeBase, title_key, within
from holdfire.model.actor import Actor

# Before a title: a past, future or lesser holder. "vice president" may be an office of its own, and is tried first.
_NOT_THE_HOLDER = frozenset(
    ("former", "ex", "late", "deputy", "vice", "acting", "next", "future", "assistant", "first", "new")
)


def holder_of(title: str, of: str, knowledge: KnowledgeBase, *, on: date | None) -> Actor | None:
    """The actor who held an office of the actor `of` on that day.

    title: words that end in the office's name ("Iraqi prime minister", "former president"). A former, deputy or
    future holder is nobody's office. None where nobody is known, where several held it, or where the day is unknown
    and more than one person ever did.
    """
    words = title_key(title).split()
    for start in range(len(words)):
        found = knowledge.offices.get((of, " ".join(words[start:])))
        if not found:
            continue
        if _NOT_THE_HOLDER & set(words[:start]):
            return None
        holders = {who for office, who in found if within(office.start, office.end, on)}
        if len(holders) > 1 and on is not None:
            # On the day of a handover two hold the office: the newcomer is meant.
            starts = sorted(
                (office.start or date.min, who) for office, who in found if within(office.start, office.end, on)
            )
            return knowledge.get(starts[-1][1])
        return knowledge.get(holders.pop()) if len(holders) == 1 else None
    return None
