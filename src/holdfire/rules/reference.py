"""The words by which a text points at parties: classes of head nouns, pronouns, ties, and signs of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from holdfire.errors import RuleError
from holdfire.rules.load import RuleSource

FILE = "en/reference.toml"
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRules:
    """Lemmas in lower case. `heads` maps a class to its nouns and `classes` a noun back to its classes, `pronouns` a
    word to its class, `compatible` a kind of actor to the nouns that may stand for one."""

    heads: Mapping[str, frozenset[str]]
    classes: Mapping[str, frozenset[str]]
    compatible: Mapping[str, frozenset[str]]
    pronouns: Mapping[str, str]
    ties: frozenset[str]
    closeness: frozenset[str]
    numbers: Mapping[str, int]
    articles: frozenset[str]
    apart: frozenset[str]
    attaching: frozenset[str]
    quantities: frozenset[str]
    only: Mapping[str, frozenset[str]]
    speaking: frozenset[str]
    person: Mapping[str, frozenset[str]]
    animate: Mapping[str, frozenset[str]]
    indefinite: frozenset[str]
    doer_endings: tuple[str, ...]
    whereabouts: frozenset[str]
    directions: frozenset[str]
    travelling: frozenset[str]
    besieging: frozenset[str]
    disposed: frozenset[str]
    calendar: frozenset[str]

    def classes_of(self, lemma: str) -> frozenset[str]:
        """Every class of head noun that the lemma belongs to."""
        return self.classes.get(lemma, _NONE)


def load_reference_rules(source: RuleSource) -> ReferenceRules:
    """The word lists of en/reference.toml. Raises RuleError when a table or list is missing."""
    tables = source.tables(FILE)
    try:
        return ReferenceRules(
            heads=_sets(tables["heads"]),
            classes=_classes(tables["heads"]),
            compatible=_sets(tables["compatible"]),
            pronouns={word: name for name, words in tables["pronouns"].items() for word in words},
            ties=frozenset(tables["ties"]["words"]),
            closeness=frozenset(tables["ties"]["closeness"]),
            numbers={word: int(value) for word, value in tables["numbers"].items()},
            articles=frozenset(tables["ties"]["articles"]),
            apart=frozenset(tables["ties"]["apart"]),
            attaching=frozenset(tables["ties"]["attaching"]),
            quantities=frozenset(tables["ties"]["quantities"]),
            only=_sets(tables["only"]),
            speaking=frozenset(tables["verbs"]["speaking"]),
            person=_sets(tables["person"]),
            animate=_sets(tables["animate"]),
            indefinite=frozenset(tables["verbs"]["indefinite"]),
            doer_endings=tuple(tables["verbs"]["doers"]),
            whereabouts=frozenset(tables["verbs"]["whereabouts"]),
            directions=frozenset(tables["places"]["directions"]),
            travelling=frozenset(tables["places"]["travelling"]),
            besieging=frozenset(tables["places"]["besieging"]),
            disposed=frozenset(tables["verbs"]["disposed"]),
            calendar=frozenset(tables["verbs"]["calendar"]),
        )
    except (KeyError, TypeError, AttributeError) as why:
        raise RuleError(f"{FILE}: the table or list {why} is missing or has another shape. Restore it.") from why


def _classes(heads: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, words in heads.items():
        for word in words:
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _sets(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table.items()}
