"""Reads postures.toml: what a report of a conduct weighs, who speaks for whom, and which words and deeds lie apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from holdfire.errors import RuleError
from holdfire.model.actor import KINDS
from holdfire.model.claim import CERTAINTIES, CONDUCTS
from holdfire.rules.load import Record, RuleSource, check_fields

FILE = "postures.toml"
Direction = Literal["words ahead of deeds", "deeds ahead of words"]
_DIRECTIONS = ("words ahead of deeds", "deeds ahead of words")
# What must have a weight.
_NEEDED = ("certainty.stated", "certainty.attributed", "certainty.hedged", "voice.own", "voice.article", "voice.named",
           "voice.unnamed", "voice.distant", "role.body", "span.long")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What one trait of a report makes it count for.

    weight: from 0 to 1, multiplied with those of its other traits. behind_days: how many days older the report is taken
    to be than it is. roles: for a voice, the words for those who have it.
    """

    id: str
    weight: float
    behind_days: int = 0
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRule:
    """Words and deeds that lie apart, by how much and which way; `kinds` empty means every kind of actor."""

    id: str
    words: frozenset[str]
    deeds: frozenset[str]
    kinds: frozenset[str]
    size: int
    direction: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureRules:
    """Weights by id, titles whose holders speak for themselves alone, and gaps, the first that fits deciding.

    `beside` finds the words for who stands beside a body and does not speak for it.
    """

    weights: Mapping[str, Weight]
    own_voice: frozenset[str]
    beside: re.Pattern[str]
    gaps: tuple[GapRule, ...]


def load_posture_rules(source: RuleSource) -> PostureRules:
    """The rules of postures.toml. Raises RuleError for a weight that is missing or out of range."""
    weights = {each.id: each for each in map(_weight, source.records(FILE, "weight"))}
    for name in _NEEDED:
        if name not in weights:
            raise RuleError(f"{FILE} has no [[weight]] record '{name}'. Add it.")
    titles = set()
    for record in source.records(FILE, "office"):
        check_fields(record, required=("titles",), optional=(), kind="office")
        titles |= {each.casefold() for each in record["titles"]}
    beside = set()
    for record in source.records(FILE, "beside"):
        check_fields(record, required=("words",), optional=(), kind="beside")
        beside |= set(record["words"])
    if not beside:
        raise RuleError(f"{FILE} has no [[beside]] record with words. Add one.")
    words = "|".join(re.escape(each) for each in sorted(beside, key=len, reverse=True))
    gaps = tuple(_gap(record) for record in source.records(FILE, "gap"))
    return PostureRules(
        weights=weights, own_voice=frozenset(titles), gaps=gaps, beside=re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    )  # fmt: skip


def _weight(record: Record) -> Weight:
    check_fields(record, required=("of", "weight"), optional=("behind_days", "roles"), kind="weight")
    where = f"{record['_file']}: weight '{record['id']}'"
    if not 0 < record["weight"] <= 1:
        raise RuleError(f"{where} is {record['weight']}. Give a number above 0, at most 1.")
    if record["of"] == "certainty" and record["id"].removeprefix("certainty.") not in CERTAINTIES:
        raise RuleError(f"{where} is of no certainty. Known: {', '.join(CERTAINTIES)}.")
    return Weight(
        id=record["id"], weight=float(record["weight"]), behind_days=int(record.get("behind_days", 0)),
        roles=frozenset(record.get("roles", ())),
    )  # fmt: skip


def _gap(record: Record) -> GapRule:
    check_fields(record, required=("words", "deeds", "size", "direction"), optional=("kinds",), kind="gap")
    where = f"{record['_file']}: gap '{record['id']}'"
    for name, known in (("words", CONDUCTS), ("deeds", CONDUCTS), ("kinds", KINDS)):
        odd = [each for each in record.get(name, ()) if each not in known]
        if odd:
            raise RuleError(f"{where} has unknown {name}: {', '.join(odd)}. Known: {', '.join(known)}.")
    if record["size"] not in (1, 2, 3) or record["direction"] not in _DIRECTIONS:
        raise RuleError(f"{where} needs a size of 1, 2 or 3 and one of the directions {', '.join(_DIRECTIONS)}.")
    return GapRule(
        id=record["id"], words=frozenset(record["words"]), deeds=frozenset(record["deeds"]),
        kinds=frozenset(record.get("kinds", ())), size=record["size"], direction=record["direction"],
    )  # fmt: skip
