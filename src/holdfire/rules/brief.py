"""Reads en/brief.toml: the titles, sentences and words that briefs are written in."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from holdfire.errors import RuleError
from holdfire.model.claim import CONDUCTS
from holdfire.rules.load import Record, RuleSource, check_fields

FILE = "en/brief.toml"
_LISTS = ("plural", "singular", "with_article", "before", "determiners")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductWords:
    """A conduct after "is", and after "has" alone or with the party that it is done towards (None: it takes none)."""

    now: str
    done: str
    towards: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefRules:
    """Everything that a brief says beside names and quotations.

    titles: by part, in the order of printing. phrases: sentences with fields in braces, by id. words: by conduct.
    deeds: what is weighed, by "EVENT mode" or "EVENT". plural, singular, with_article, before,
    determiners: words of names, folded.
    """

    titles: Mapping[str, str]
    phrases: Mapping[str, str]
    words: Mapping[str, ConductWords]
    deeds: Mapping[str, str]
    plural: frozenset[str]
    singular: frozenset[str]
    with_article: frozenset[str]
    before: frozenset[str]
    determiners: frozenset[str]

    def say(self, phrase: str, **fields: object) -> str:
        """The sentence with its fields filled in. Raises KeyError for a sentence or a field that nobody wrote down."""
        return self.phrases[phrase].format(**fields)


def load_brief_rules(source: RuleSource) -> BriefRules:
    """The words of briefs. Raises RuleError for a sentence that cannot be filled in, or a conduct without words."""
    names = source.tables(FILE).get("names", {})
    lists = {
        key: frozenset(names.get(key, ())) for key in ("plural", "singular", "with_article", "before", "determiners")
    }
    words = {record["id"]: _words(record) for record in source.records(FILE, "words")}
    missing = [name for name in CONDUCTS if name not in words]
    if missing:
        raise RuleError(f"{FILE} has no [[words]] for {', '.join(missing)}. Add them.")
    return BriefRules(
        titles=_texts(source.records(FILE, "part"), "title", "part"),
        phrases=_texts(source.records(FILE, "phrase"), "text", "phrase"),
        words=words,
        deeds=_texts(source.records(FILE, "deed"), "text", "deed"),
        **lists,
    )


def _texts(records: Iterable[Record], field: str, kind: str) -> dict[str, str]:
    found = {}
    for record in records:
        check_fields(record, required=(field,), optional=(), kind=kind)
        _check_braces(record, record[field], kind)
        found[record["id"]] = record[field]
    return found


def _words(record: Record) -> ConductWords:
    check_fields(record, required=("done",), optional=("now", "towards"), kind="words")
    if "{party}" not in record.get("towards", "{party}"):
        raise RuleError(f"{record['_file']}: words '{record['id']}' need {{party}} in 'towards'. Add it.")
    return ConductWords(now=str(record.get("now", record["id"])), done=record["done"], towards=record.get("towards"))


def _check_braces(record: Record, text: str, kind: str) -> None:
    try:
        list(string.Formatter().parse(text))
    except ValueError as why:
        raise RuleError(f"{record['_file']}: {kind} '{record['id']}' has a brace that is not closed: {why}.") from why
