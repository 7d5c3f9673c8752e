"""Finds every name of the knowledge base in a text: leftmost-longest, on word boundaries, with care for capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import ahocorasick_rs

from holdfire.model.actor import Actor

NameSort = Literal["name", "alias", "demonym", "metonym"]

_MARKS = str.maketrans(dict.fromkeys("’‘ʼʻ`´ʿʾʹ", "'") | dict.fromkeys("-‐‑‒–\xa0\u2009\u202f\t\n\r", " "))
# Particles inside names that outlets write with either case: "Al-Sadr", "jama'at Nusrat".
_ODD = re.compile(r"  +|[^\x00-\x7f] *")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """One actor that answers to a name, how, and from when to when."""

    actor_id: str
    sort: NameSort
    start: date | None = None
    end: date | None = None
    ambiguous: bool = False

    def used_on(self, day: date | None) -> bool:
        """Whether the name was in use for this actor that day; an unknown day never rules one out."""
        return day is None or ((self.start is None or self.start <= day) and (self.end is None or day <= self.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """A name found at code points [start_char, end_char) and who may be meant, in the knowledge base's order."""

    start_char: int
    end_char: int
    claimants: tuple[Claimant, ...]


@dataclass(frozen=True, slots=True)
class NameIndex:
    """All names of all actors in one automaton. Build with `index_names`."""

    automaton: ahocorasick_rs.AhoCorasick
    keys: tuple[str, ...]
    entries: Mapping[str, Sequence[tuple[str, Claimant]]]

    def find(self, text: str) -> tuple[NameMatch, ...]:
        """The names in `text`, in order, none inside or across another; offsets are code points of `text`."""
        folded, offsets = fold(text)
        found: list[NameMatch] = []
        size = len(folded)
        spans = self.automaton.find_matches_as_indexes(folded, overlapping=True)
        # Leftmost first, and of those the longest; capitals decide before length, so "us" never hides a name.
        spans.sort(key=lambda each: (each[1], -each[2]))
        reached = 0
        for key, start, end in spans:
            if start < reached or (start and folded[start - 1].isalnum()) or (end < size and folded[end].isalnum()):
                continue
            first, last = (start, end) if offsets is None else (offsets[start], offsets[end - 1] + 1)
            surface = _cased(text[first:last])
            claimants = tuple(
                claimant
                for cased, claimant in self.entries[self.keys[key]]
                if _same_case(cased, surface) or (surface.isupper() and _shouted(text, first, last, surface))
            )
            if claimants:
                found.append(NameMatch(start_char=first, end_char=last, claimants=claimants))
                reached = end
        return tuple(found)

    def claimants(self, name: str) -> tuple[Claimant, ...]:
        """Who answers to exactly this name, capitals aside."""
        return tuple(claimant for _, claimant in self.entries.get(fold(name.strip())[0], ()))


def index_names(actors: Iterable[Actor]) -> NameIndex:
    """The index over names, aliases, demonyms and metonyms of the actors."""
    entries: dict[str, list[tuple[str, Claimant]]] = {}
    for actor in actors:
        for text, claimant in _names_of(actor):
            cased = _cased(text)
            bucket = entries.setdefault(fold(text)[0], [])
            for place, (known, each) in enumerate(bucket):
                if each.actor_id == claimant.actor_id:
                    bucket[place] = (_looser(known, cased), each)
                    break
            else:
                bucket.append((cased, claimant))
    return name_index(entries)


def name_index(entries: Mapping[str, Sequence[tuple[str, Claimant]]]) -> NameIndex:
    """The index over folded names, each with the names as written and their claimants."""
    keys = tuple(entries)
    return NameIndex(ahocorasick_rs.AhoCorasick(keys, store_patterns=False), keys, entries)


def _names_of(actor: Actor) -> Iterable[tuple[str, Claimant]]:
    yield actor.name, Claimant(actor_id=actor.id, sort="name", ambiguous=_own_name_is_ambiguous(actor))
    for alias in actor.aliases:
        yield (
            alias.text,
            Claimant(actor_id=actor.id, sort="alias", start=alias.start, end=alias.end, ambiguous=alias.ambiguous),
        )
    for text in actor.demonyms:
        yield text, Claimant(actor_id=actor.id, sort="demonym")
    for text in actor.metonyms:
        yield text, Claimant(actor_id=actor.id, sort="metonym")


def _own_name_is_ambiguous(actor: Actor) -> bool:
    """A record says that its own name is shared (Georgia, Chad) by repeating it as an ambiguous alias."""
    return any(alias.ambiguous and alias.text == actor.name for alias in actor.aliases)


def fold(text: str) -> tuple[str, Sequence[int] | None]:
    """The text lower-cased, without accents, hyphens as spaces, runs of space as one.

    The second part maps each folded character to its place in `text`; None when every place is the same.
    """
    plain = text.translate(_MARKS)
    if plain.isascii() and "  " not in plain:
        return plain.lower(), None
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for odd in _ODD.finditer(plain):
        place = odd.start()
        if place > at:
            parts.append(plain[at:place].lower())
            offsets.extend(range(at, place))
        at = odd.end()
        letters = "" if plain[place] == " " else _unaccented(plain[place])
        if letters:
            parts.append(letters)
            offsets.extend([place] * len(letters))
        # Of spaces in a row the first stays.
        first = place + (plain[place] != " ")
        if first < at and not (parts and parts[-1][-1] == " "):
            parts.append(" ")
            offsets.append(first)
    parts.append(plain[at:].lower())
    offsets.extend(range(at, len(plain)))
    return "".join(parts), offsets


@lru_cache(maxsize=4096)
def _unaccented(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)
    return "".join(part.lower()[:1] for part in plain if not unicodedata.combining(part))


def _cased(text: str) -> str:
    """Folded but for its capitals."""
    plain = text.translate(_MARKS)
    if not plain.isascii():
        plain = "".join(part for part in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(part))
    return " ".join(plain.split())


def _looser(first: str, second: str) -> str:
    """One name written two ways: word by word the lower-case one ("al-Wadi"), else the acronym ("NATO", "Nato")."""
    pairs = zip(first.split(), second.split(), strict=True)
    return " ".join(min(pair, key=lambda word: (not word.islower(), not word.isupper())) for pair in pairs)


def _same_case(cased: str, surface: str) -> bool:
    """Whether the words of `surface` carry the capitals that the name asks for.

    A lower-case word of the name may stand capitalised (at the start of a sentence, in a headline); an acronym of
    four letters or more may stand as a word ("Nato", "Farc").
    """
    if cased == surface:
        return True
    for want, got in zip(_LETTERS.findall(cased), _LETTERS.findall(surface), strict=False):
        if want == got or want.islower():
            continue
        if want.isupper() and len(want) > 1:
            if len(want) < 4 or not got[0].isupper():
                return False
        elif not got[0].isupper() or (got.isupper() and len(got) > 1):
            return False
    return True


# Initials are mostly shorter.
_NO_INITIALS = 4


def _shouted(text: str, start: int, end: int, surface: str) -> bool:
    """Whether the match is set in capitals for show, where case says nothing.

    Four letters in capitals are seldom somebody else's initials; shorter names, down to three letters, are taken so
    where the copy around them is in capitals too.
    """
    if len(surface) < 3:
        return False
    if sum(each.isalpha() for each in surface) >= _NO_INITIALS:
        return True
    around = text[max(0, start - 30) : start] + text[end : end + 30]
    letters = [each for each in around if each.isalpha()]
    return len(letters) >= 8 and sum(each.isupper() for each in letters) > 0.8 * len(letters)
