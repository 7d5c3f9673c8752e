"""Which of many patterns may match a text at all: told in one pass by words that their matches must contain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import ahocorasick_rs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Screen(Generic[T]):
    """Records with their patterns; `likely` leaves out those that cannot match. Build with `screen`."""

    records: tuple[T, ...]
    words: ahocorasick_rs.AhoCorasick
    asking: tuple[tuple[int, ...], ...]
    always: frozenset[int]

    def likely(self, text: str) -> list[T]:
        """The records whose pattern may match in `text`, in their order; every one that does match is among them."""
        found = set(self.always)
        for word in {word for word, _, _ in self.words.find_matches_as_indexes(text.lower(), overlapping=True)}:
            found.update(self.asking[word])
        return [self.records[place] for place in sorted(found)]


def screen(records: Iterable[T], pattern_of: Callable[[T], re.Pattern[str]]) -> Screen[T]:
    """A screen over records, each with one pattern."""
    kept = tuple(records)
    asking: dict[str, list[int]] = {}
    always = set()
    for place, record in enumerate(kept):
        words = needed(pattern_of(record))
        for word in words:
            asking.setdefault(word, []).append(place)
        if not words:
            always.add(place)
    return Screen(
        kept,
        ahocorasick_rs.AhoCorasick(list(asking), store_patterns=False),
        tuple(tuple(each) for each in asking.values()),
        frozenset(always),
    )


def needed(pattern: re.Pattern[str]) -> frozenset[str]:
    """Lower-case strings one of which stands in every match, or around it; empty where none can be told."""
    parsed: Any = re._parser.parse(pattern.pattern, pattern.flags)  # type: ignore[attr-defined]
    return _of(parsed) or frozenset()


def _of(parsed: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    """The most telling of the strings that the parts of a sequence ask for; None where no part asks for any."""
    found: list[frozenset[str]] = []
    run = ""
    for code, value in parsed:
        name = str(code)
        if name == "LITERAL":
            run += chr(value).lower()
            continue
        if run:
            found.append(frozenset((run,)))
            run = ""
        part = _part(name, value)
        if part:
            found.append(part)
    if run:
        found.append(frozenset((run,)))
    # Long words are rare in texts; few words are quickly looked for.
    return max(found, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _part(name: str, value: Any) -> frozenset[str] | None:
    if name == "SUBPATTERN":
        return _of(value[-1])
    if name == "ATOMIC_GROUP":
        return _of(value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of(value[2]) if value[0] > 0 else None
    if name == "ASSERT":
        return _of(value[1])
    if name == "BRANCH":
        branches = [_of(each) for each in value[1]]
        return frozenset().union(*(each for each in branches if each)) if all(branches) else None
    return None
