"""The reading room: the open ledger with everything that pages are made from, and what was made already."""

from __future__ import annotations

import tomllib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any, TypeVar, cast

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.ledger.connect import Ledger
from holdfire.ledger.overview import Extent, extent, state_of
from holdfire.rules.conflicts import Conflict, load_conflicts
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import Rulebook
from holdfire.rules.silence import Counted, load_counted
from holdfire.web.looking import Looking

T = TypeVar("T")

# Pages that a handful of people look at, and conclusions that they are made from: the entries behind the board of a
# large ledger take some tens of megabytes.
MOST_PAGES, MOST_CONCLUSIONS = 250, 6
# While somebody writes, what took long is served again for so many times as long as it took, and no longer than a
# minute: a small ledger is read afresh at once, a large one is not read for every report that comes in.
QUICK_SECONDS = 0.05
STALE_TIMES = 100.0
STALE_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as the claim page tells of it."""

    id: str
    why: str
    file: str


@dataclass(slots=True)
class _Kept:
    state: int
    until: float
    value: Any


@dataclass(slots=True, kw_only=True)
class Shelf:
    """What was concluded from one state of the ledger, kept until the ledger moves on.

    A value is made by one reader at a time; the others wait for it. While the ledger is being written, a value that
    took long to make is served for a while after the state that it was made from has passed.
    """

    most: int = MOST_PAGES
    _held: OrderedDict[Hashable, _Kept] = field(default_factory=OrderedDict)
    _making: dict[Hashable, Lock] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def kept(self, key: Hashable, state: int, make: Callable[[], T]) -> T:
        """The value under a key, made now unless one of this state, or a fresh enough one, is held."""
        found = self._fresh(key, state)
        if found is None:
            with self._lock:
                making = self._making.setdefault(key, Lock())
            with making:
                found = self._fresh(key, state) or self._made(key, state, make)
        return cast(T, found.value)

    def _made(self, key: Hashable, state: int, make: Callable[[], Any]) -> _Kept:
        began = monotonic()
        try:
            value = make()
        finally:
            with self._lock:
                self._making.pop(key, None)
        ended = monotonic()
        took = ended - began
        stale = min(STALE_SECONDS, STALE_TIMES * took) if took > QUICK_SECONDS else 0.0
        made = _Kept(state=state, until=ended + stale, value=value)
        with self._lock:
            self._held[key] = made
            self._held.move_to_end(key)
            while len(self._held) > self.most:
                self._held.popitem(last=False)
        return made

    def holds(self, key: Hashable) -> bool:
        """Whether a value was ever made under the key, and is held."""
        with self._lock:
            return key in self._held

    def _fresh(self, key: Hashable, state: int) -> _Kept | None:
        with self._lock:
            found = self._held.get(key)
            if found is None or (found.state != state and monotonic() > found.until):
                return None
            self._held.move_to_end(key)
            return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRoom:
    """What pages are made from. The ledger is open for reading only."""

    ledger: Ledger
    rulebook: Rulebook
    knowledge: KnowledgeBase
    conflicts: tuple[Conflict, ...]
    rules: Mapping[str, Rule]
    counted: Mapping[str, Counted]
    pages: Shelf = field(default_factory=Shelf)
    conclusions: Shelf = field(default_factory=lambda: Shelf(most=MOST_CONCLUSIONS))

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` makes of the ledger as it stands, or as it stood a few seconds ago; of a page's size."""
        return self.pages.kept(key, state_of(self.ledger), make)

    def concluded(self, key: Hashable, make: Callable[[], T]) -> T:
        """As `kept`, for what holds many entries: few of these are kept."""
        return self.conclusions.kept(key, state_of(self.ledger), make)

    def extent(self, looking: Looking) -> Extent:
        """How much the ledger holds, and of which days."""
        return self.kept(("extent", looking.known_by), lambda: extent(self.ledger, looking.asof))


def open_room(ledger: Ledger, source: RuleSource, *, rulebook: Rulebook, knowledge: KnowledgeBase) -> ReadingRoom:
    """The room over an open ledger. Raises RuleError for rules that cannot be used."""
    return ReadingRoom(
        ledger=ledger,
        rulebook=rulebook,
        knowledge=knowledge,
        conflicts=load_conflicts(source),
        rules=_rules(source),
        counted=load_counted(source),
    )


def _rules(source: RuleSource) -> dict[str, Rule]:
    """Every rule that can fire, by id, with why it is there."""
    found: dict[str, Rule] = {}
    for pattern in ("en/*.toml", "en/events/*.toml", "conduct.toml", "composition.toml"):
        for path in source.files(pattern):
            for records in tomllib.loads(path.read_text("utf-8")).values():
                for record in records if isinstance(records, list) else ():
                    if isinstance(record, dict) and "id" in record:
                        name = str(record["id"])
                        found[name] = Rule(id=name, why=str(record.get("why", "")), file=path.name)
    return found
