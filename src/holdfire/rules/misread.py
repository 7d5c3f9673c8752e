"""Verbs that the tagger often takes for nouns, by form, read from en/misread.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from holdfire.rules.load import RuleSource, check_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class MisreadRules:
    """Lower-case form to lemma: present forms for plural (`base`) and singular subjects (`third`), participles.

    `particles` and `companions` map a verb's lemma to the words after it that belong to it: as particles, or as
    prepositions that the parser hangs on the object. `complements` maps a noun's lemma to the prepositions right
    after it that are its own, though the parser hangs them on the verb. `aspect` are verbs that govern a gerund right
    behind them.
    """

    base: Mapping[str, str]
    third: Mapping[str, str]
    participle: Mapping[str, str]
    particles: Mapping[str, frozenset[str]]
    companions: Mapping[str, frozenset[str]]
    complements: Mapping[str, frozenset[str]]
    aspect: frozenset[str]


def load_misread_rules(source: RuleSource) -> MisreadRules:
    """The forms, each list in the order of its lemmas' list."""
    base: dict[str, str] = {}
    third: dict[str, str] = {}
    participle: dict[str, str] = {}
    for record in source.records("en/misread.toml", "verb"):
        check_fields(record, required=("lemma", "base", "third"), optional=("participle",), kind="verb")
        for forms, listed in (
            (base, record["base"]),
            (third, record["third"]),
            (participle, record.get("participle", ())),
        ):
            forms |= {form: _lemma_of(form, record["lemma"]) for form in listed}
    particles: dict[str, frozenset[str]] = {}
    companions: dict[str, frozenset[str]] = {}
    complements: dict[str, frozenset[str]] = {}
    aspect: frozenset[str] = frozenset()
    for record in source.records("en/misread.toml", "phrasal"):
        fields = ("particle", "companion", "complement", "aspect")
        check_fields(record, required=(), optional=fields, kind="phrasal")
        particles |= {verb: frozenset(words) for verb, words in record.get("particle", {}).items()}
        companions |= {verb: frozenset(words) for verb, words in record.get("companion", {}).items()}
        complements |= {noun: frozenset(words) for noun, words in record.get("complement", {}).items()}
        aspect |= frozenset(record.get("aspect", ()))
    return MisreadRules(
        base=base, third=third, participle=participle, particles=particles, companions=companions,
        complements=complements, aspect=aspect,
    )  # fmt: skip


def _lemma_of(form: str, lemmas: list[str]) -> str:
    """The longest lemma that the form begins with: these verbs are regular in the present."""
    return max((each for each in lemmas if form.startswith(each)), key=len, default=form)
