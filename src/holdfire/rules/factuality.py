"""Words that decide polarity, modality, certainty and likelihood, read from en/factuality.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from holdfire.errors import RuleError
from holdfire.rules.load import RuleSource, check_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Hedge:
    """An adverb or verb of doubt and, where it is an estimative word, its range as probabilities (ICD-203)."""

    id: str
    certainty: str
    modality: str | None = None
    likelihood: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactualityRules:
    """Cue words by what they do; all lower-case lemmas or forms. `hedges` maps an adverb or phrase to its meaning."""

    words: Mapping[str, frozenset[str]]
    hedges: Mapping[str, Hedge]
    conditions: tuple[str, ...]


_SETS = (
    "negators", "negative_determiners", "negative_pronouns", "negative_prepositions", "not_negations", "focus",
    "possible", "future", "ability", "deontic", "conditionals", "future_conditionals", "inverted",
    "temporal", "background", "doubters",
    "governing", "opaque", "prospective", "spans", "rumoured_sources", "free_choice", "officials", "unasserting",
)  # fmt: skip


def load_factuality_rules(source: RuleSource) -> FactualityRules:
    """The cue words. Raises RuleError when a word set is missing."""
    tables = source.tables("en/factuality.toml")
    words = {}
    for name in _SETS:
        if name not in tables:
            raise RuleError(f"en/factuality.toml lacks the word list '{name}'. Add it.")
        words[name] = frozenset(tables[name])
    hedges: dict[str, Hedge] = {}
    for record in source.records("en/factuality.toml", "hedge"):
        check_fields(record, required=("words", "certainty"), optional=("modality", "likelihood"), kind="hedge")
        span = record.get("likelihood")
        hedge = Hedge(
            id=record["id"],
            certainty=record["certainty"],
            modality=record.get("modality"),
            likelihood=(float(span[0]), float(span[1])) if span else None,
        )
        hedges |= dict.fromkeys(record["words"], hedge)
    return FactualityRules(words=words, hedges=hedges, conditions=tuple(tables["condition_phrases"]))
