"""Words that tell how an event is done, read from en/modes.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from holdfire.rules.load import RuleSource, check_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeRule:
    """A PLOVER mode of some events and the lemmas beside them that tell it."""

    id: str
    mode: str
    events: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeRules:
    """`by_word` in file order, first fit wins; `by_content` maps a speech act's content to the act's mode."""

    by_word: tuple[ModeRule, ...]
    by_content: Mapping[str, str]


def load_mode_rules(source: RuleSource) -> ModeRules:
    """The modes by word, in file order, and by the event that a request, a refusal or an agreement is about."""
    rows = []
    for record in source.records("en/modes.toml", "mode"):
        check_fields(record, required=("events", "mode", "words"), optional=(), kind="mode")
        rows.append(
            ModeRule(
                id=record["id"],
                mode=record["mode"],
                events=frozenset(record["events"]),
                words=frozenset(record["words"]),
            )
        )
    return ModeRules(by_word=tuple(rows), by_content=source.tables("en/modes.toml")["content"])
