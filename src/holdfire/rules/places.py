"""How English news words a place: prepositions, place nouns, and what governs them, from en/places.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from holdfire.errors import RuleError
from holdfire.rules.gazetteer import Gazetteer, load_gazetteer
from holdfire.rules.load import RuleSource

FILE = "en/places.toml"
NOUN_CLASSES = ("town", "site", "region", "area", "land", "line", "water", "air")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRules:
    """Everything that the place reader knows of English, and the gazetteer. Words are lower case, nouns lemmas.

    `nouns` maps a place noun to its class. en/places.toml says what each list is for.
    """

    gazetteer: Gazetteer
    where: frozenset[str]
    strict: frozenset[str]
    weak: frozenset[str]
    bare: frozenset[str]
    toward: frozenset[str]
    away: frozenset[str]
    target: frozenset[str]
    vicinity: frozenset[str]
    directions: frozenset[str]
    ways: frozenset[str]
    parts: frozenset[str]
    nouns: Mapping[str, str]
    wide: frozenset[str]
    named_only: frozenset[str]
    target_nouns: frozenset[str]
    target_verbs: frozenset[str]
    move_verbs: frozenset[str]
    move_nouns: frozenset[str]
    object_verbs: frozenset[str]
    feelings: frozenset[str]
    border_verbs: frozenset[str]
    it_verbs: frozenset[str]
    harm_verbs: frozenset[str]
    bare_object_verbs: frozenset[str]
    messages: frozenset[str]
    give_verbs: frozenset[str]
    subject_verbs: frozenset[str]
    of_nouns: frozenset[str]
    people: frozenset[str]
    not_heads: frozenset[str]
    not_names: frozenset[str]
    titles: frozenset[str]
    adverbs: frozenset[str]
    event_nouns: frozenset[str]
    deeds: frozenset[str]


def load_place_rules(source: RuleSource) -> PlaceRules:
    """The word lists of en/places.toml and the gazetteer. Raises RuleError for a missing list."""
    tables = source.tables(FILE)
    try:
        prepositions, directions, nouns = tables["prepositions"], tables["directions"], tables["nouns"]
        governors, barred, pointers = tables["governors"], tables["not_places"], tables["pointers"]
        return PlaceRules(
            gazetteer=load_gazetteer(source),
            **{name: frozenset(prepositions[name]) for name in _PREPOSITIONS},
            directions=frozenset(directions["nouns"]),
            ways=frozenset(directions["ways"]),
            parts=frozenset(directions["parts"]),
            nouns={word: name for name in reversed(NOUN_CLASSES) for word in nouns[name]},
            named_only=frozenset(nouns["named_only"]),
            **{name: frozenset(governors[name]) for name in _GOVERNORS},
            wide=frozenset(tables["wide"]["words"]),
            not_heads=frozenset(barred["heads"]),
            not_names=frozenset(barred["words"]),
            titles=frozenset(barred["titles"]),
            adverbs=frozenset(pointers["adverbs"]),
            event_nouns=frozenset(pointers["event_nouns"]),
            deeds=frozenset(pointers["deeds"]),
        )
    except (KeyError, TypeError) as why:
        raise RuleError(f"{FILE}: the table or list {why} is missing or has another shape. Restore it.") from why


_PREPOSITIONS: tuple[Any, ...] = ("where", "strict", "weak", "bare", "toward", "away", "target", "vicinity")
_GOVERNORS: tuple[Any, ...] = (
    "target_nouns", "target_verbs", "move_verbs", "move_nouns", "object_verbs", "it_verbs", "harm_verbs",
    "border_verbs", "feelings", "bare_object_verbs", "messages", "give_verbs", "subject_verbs", "of_nouns", "people",
)  # fmt: skip
