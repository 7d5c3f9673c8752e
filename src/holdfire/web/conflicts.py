"""The conflicts that a page can be narrowed to: those of the rules, and those that the ledger's own claims show."""

from __future__ import annotations

from dataclasses import dataclass

from holdfire.conclusions.conflicts import inferred
from holdfire.conclusions.window import is_large
from holdfire.errors import UsageError
from holdfire.ledger.views import claims
from holdfire.model.entry import AsOf
from holdfire.rules.conflicts import Conflict, find_conflict
from holdfire.web.room import ReadingRoom
from holdfire.web.words import cut

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A conflict by its id and name."""

    id: str
    name: str


def choices(room: ReadingRoom) -> tuple[Choice, ...]:
    """What a reader can choose from: the conflicts of the rules, then those that claims show, most reported first."""
    return tuple(Choice(id=each.id, name=each.name) for each in (*room.conflicts, *_shown(room)))


def conflict_of(room: ReadingRoom, name: str | None) -> Conflict | None:
    """The conflict with that id or name; None for none asked. Raises UsageError for one that nobody wrote down."""
    if not name or not name.strip():
        return None
    conflicts = (*room.conflicts, *_shown(room))
    found = find_conflict(name.strip(), conflicts)
    if found is None:
        known = "; ".join(f"{each.id} ({each.name})" for each in conflicts)
        raise UsageError(f"conflict: “{cut(name, 60)}” names none, or several, of these: {known}.")
    return found


def _shown(room: ReadingRoom) -> tuple[Conflict, ...]:
    """The conflicts that the claims of the ledger show; of a large ledger none are sought."""
    if is_large(room.ledger):
        return ()
    return room.kept("conflicts", lambda: inferred(claims(room.ledger, AsOf()), room.knowledge)[:MOST_SHOWN])
