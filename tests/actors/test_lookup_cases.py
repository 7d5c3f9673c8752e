"""The look-ups of tests/cases/actor-lookups.txt against the shipped knowledge base."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from holdfire.actors.knowledge import KnowledgeBase, build_knowledge
from holdfire.actors.lookup import resolve_name
from holdfire.actors.resolve import choose, setting_of
from holdfire.rules.knowledge import read_actors
from holdfire.rules.load import RuleSource
from holdfire.rules.reference import load_reference_rules
from holdfire.rules.transliteration import load_spelling_rules

FILE = Path(__file__).parents[1] / "cases" / "actor-lookups.txt"
SOURCE = RuleSource()
SPELLING = load_spelling_rules(SOURCE)
PERSON = load_reference_rules(SOURCE).person
TITLES = PERSON["titles"] | PERSON["titles_m"] | PERSON["titles_f"]
# What a person who knows the conflicts expects; those that fail are listed by the test.
FLOOR = 0.97


@dataclass(frozen=True)
class Lookup:
    line: int
    name: str
    expected: str
    on: date | None = None
    about: str | None = None
    sentence: str | None = None


def read_lookups() -> list[Lookup]:
    found: list[Lookup] = []
    for number, line in enumerate(FILE.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith(("#", "== ")):
            continue
        left, arrow, expected = line.rpartition("->")
        assert arrow, f"{FILE.name}:{number}: no ->"
        name, *conditions = (part.strip() for part in left.split("|"))
        fields: dict[str, str] = {}
        for each in conditions:
            word, _, value = each.partition(" ")
            assert word in ("on", "about", "in"), f"{FILE.name}:{number}: say on, about or in, not {word!r}"
            fields[word] = value.strip()
        assert name in fields.get("in", name), f"{FILE.name}:{number}: the sentence does not hold the name"
        found.append(
            Lookup(
                line=number,
                name=name,
                expected=expected.strip(),
                on=date.fromisoformat(fields["on"]) if "on" in fields else None,
                about=fields.get("about"),
                sentence=fields.get("in"),
            )
        )
    return found


@lru_cache
def knowledge() -> KnowledgeBase:
    return build_knowledge(read_actors(SOURCE))


def answer(lookup: Lookup) -> str:
    """The name of the actor that the look-up gives, "open" where it gives none."""
    if lookup.sentence is not None:
        return in_sentence(lookup, lookup.sentence)
    found = resolve_name(lookup.name, knowledge(), SPELLING, titles=TITLES, on=lookup.on, country=lookup.about).actor_id
    return knowledge().actors[found].name if found else "open"


def in_sentence(lookup: Lookup, sentence: str) -> str:
    """The same for a name where it stands in a sentence, by itself and not inside a longer name."""
    matches = knowledge().names.find(sentence)
    setting = setting_of(matches, knowledge(), published=lookup.on)
    for match in matches:
        if sentence[match.start_char : match.end_char] == lookup.name:
            found = choose(lookup.name, match.claimants, knowledge(), setting).actor_id
            return knowledge().actors[found].name if found else "open"
    return "not found"


def test_every_expected_actor_is_in_the_knowledge_base() -> None:
    names = {actor.name for actor in knowledge().actors.values()} | {"open"}
    assert [f"{FILE.name}:{each.line}: {each.expected}" for each in read_lookups() if each.expected not in names] == []


def test_look_ups_find_whom_an_expert_would() -> None:
    lookups = read_lookups()
    assert len(lookups) >= 100
    wrong = [
        f"{FILE.name}:{each.line}: {each.name}: {got}, not {each.expected}"
        for each in lookups
        if (got := answer(each)) != each.expected
    ]
    right = 1 - len(wrong) / len(lookups)
    assert right >= FLOOR, "\n".join(wrong)
