"""Descriptions that denote a party without naming it: "Iran-backed militias" in a report on one country."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from holdfire.errors import RuleError
from holdfire.rules.load import RuleSource, check_fields

PATTERN = "en/descriptions.toml"
_REQUIRED = ("heads", "denotes")
_OPTIONAL = ("country", "modifiers_any", "start", "end", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A phrase pattern and the id of the actor that it denotes, between `start` and `end`.

    `heads` and `modifiers` are in lower case; `country` is ISO alpha-3, None where the words alone say who is meant.
    """

    id: str
    heads: frozenset[str]
    denotes: str
    country: str | None = None
    modifiers: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None

    def fit(self, named: str, phrase: str, countries: Collection[str], on: date | None) -> tuple[int, int] | None:
        """How closely a phrase fits, better ones greater; None where it does not. See `Descriptions.denoted_by`."""
        if self.country is not None and self.country not in countries:
            return None
        if on is not None and ((self.start and on < self.start) or (self.end and on > self.end)):
            return None
        heads = [head for head in self.heads if named.endswith(f" {head}")]
        if not heads:
            return None
        modifiers = [each for each in self.modifiers if f" {each} " in f" {phrase} "]
        if self.modifiers and not modifiers:
            return None
        words = len(max(heads, key=len).split()) + sum(len(each.split()) for each in modifiers)
        return int(self.country is not None), words


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptions:
    """All descriptions, in the order of their files; `by_last_word` finds those with a head that ends in a word."""

    records: tuple[Description, ...]
    by_last_word: Mapping[str, tuple[Description, ...]]

    def denoted_by(self, *, named: str, phrase: str, countries: Collection[str], on: date | None) -> str | None:
        """The id of the actor that a phrase denotes; None where no description fits, or two fit equally well.

        named: the phrase up to and with its head noun; phrase: all of it. countries: ISO alpha-3 of the states that
        the phrase, or else its sentence, names. on: the day of the report; None puts no description out of date.
        """
        named = f" {_plain(named)}"
        likely = self.by_last_word.get(named.rpartition(" ")[2], ())
        phrase = _plain(phrase) if likely else ""
        found = [(fit, each.denotes) for each in likely if (fit := each.fit(named, phrase, countries, on)) is not None]
        best = max((fit for fit, _ in found), default=None)
        denoted = {actor_id for fit, actor_id in found if fit == best}
        return denoted.pop() if len(denoted) == 1 else None


def load_descriptions(source: RuleSource) -> Descriptions:
    """Read every `[[described]]` record. Raises RuleError naming file and record where one cannot be used."""
    return index_descriptions(_description(record) for record in source.records(PATTERN, "described"))


def index_descriptions(descriptions: Iterable[Description]) -> Descriptions:
    """The descriptions, with their index."""
    records = tuple(descriptions)
    by_last_word: dict[str, list[Description]] = {}
    for each in records:
        for word in sorted({head.split()[-1] for head in each.heads}):
            by_last_word.setdefault(word, []).append(each)
    return Descriptions(records=records, by_last_word={word: tuple(each) for word, each in by_last_word.items()})


def _description(record: dict[str, Any]) -> Description:
    check_fields(record, required=_REQUIRED, optional=_OPTIONAL, kind="described")
    where = f"{record.get('_file', 'rules')}: described '{record['id']}'"
    for name in ("heads", "modifiers_any"):
        words = record.get(name, [""])
        if not isinstance(words, list) or not words or not all(isinstance(each, str) for each in words):
            raise RuleError(f"{where} has {name} = {words!r}. Write a list of one or more words.")
    for name in ("start", "end"):
        if record.get(name) is not None and type(record[name]) is not date:
            raise RuleError(f"{where} has {name} = {record[name]!r}. Write a bare date such as 2014-06-15.")
    return Description(
        id=record["id"],
        heads=frozenset(_plain(each) for each in record["heads"]),
        denotes=record["denotes"],
        country=record.get("country"),
        modifiers=tuple(_plain(each) for each in record.get("modifiers_any", ())),
        start=record.get("start"),
        end=record.get("end"),
    )


def _plain(text: str) -> str:
    """Lower case, straight apostrophes, plain hyphens, single spaces."""
    return " ".join(text.lower().replace("’", "'").replace("‑", "-").replace("‐", "-").split())
