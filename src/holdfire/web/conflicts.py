"""The conflicts that a page can be narrowed to: those of the rules, and those that the ledger's own claims show."""

from __future__ import annotations

from dataclasses import dataclass

from holdfire.errors import UsageError
from holdfire.rules.conflicts import Conflict, find_conflict
from holdfire.web.room import ReadingRoom
from holdfire.web.words import cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A conflict by its id and name."""

    id: str
    name: str


def choices(room: ReadingRoom) -> tuple[Choice, ...]:
    """What a reader can choose from, in the order of the rules."""
    return tuple(Choice(id=each.id, name=each.name) for each in room.conflicts)


def conflict_of(room: ReadingRoom, name: str | None) -> Conflict | None:
    """The conflict with that id or name; None for none asked. Raises UsageError for one that nobody wrote down."""
    if not name or not name.strip():
        return None
    found = find_conflict(name.strip(), room.conflicts)
    if found is None:
        known = "; ".join(f"{each.id} ({each.name})" for each in room.conflicts)
        raise UsageError(f"conflict: “{cut(name, 60)}” names none, or several, of these: {known}.")
    return found
