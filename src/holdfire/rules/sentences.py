"""What the sentence splitter needs to know of English: titles, abbreviations, words that start a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from holdfire.rules.load import RuleSource


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRules:
    """Words without their final full stop: `titles` never end a sentence, `abbreviations` do before a starter."""

    titles: frozenset[str]
    abbreviations: frozenset[str]
    starters: frozenset[str]


def load_sentence_rules(source: RuleSource) -> SentenceRules:
    """The splitter's word lists from en/sentences.toml."""
    tables = source.tables("en/sentences.toml")
    return SentenceRules(
        titles=frozenset(tables["titles"]),
        abbreviations=frozenset(tables["abbreviations"]),
        starters=frozenset(tables["starters"]),
    )
