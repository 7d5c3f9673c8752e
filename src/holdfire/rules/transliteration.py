"""Spellings of one sound in names from other scripts, read from en/transliteration.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from holdfire.errors import RuleError
from holdfire.rules.load import RuleSource, check_fields

FILE = "en/transliteration.toml"
_TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellingRules:
    """What is read in place of what, in the order in which it is done."""

    steps: tuple[tuple[re.Pattern[str], str], ...]

    def skeleton(self, folded: str) -> str:
        """What is left of a folded name (lower case, no accents, hyphens as spaces) when its spellings are evened out.

        Empty where nothing but an article stands there.
        """
        text = f" {folded} "
        for pattern, to in self.steps:
            text = pattern.sub(to, text)
        return _TWICE.sub(r"\1", text.replace(" ", ""))


def load_spelling_rules(source: RuleSource) -> SpellingRules:
    """The spellings. Raises RuleError for a record without a list of spellings."""
    steps = []
    for record in source.records(FILE, "spelling"):
        check_fields(record, required=("from", "to", "why"), optional=(), kind="spelling")
        if not isinstance(record["from"], list) or not record["from"] or not isinstance(record["to"], str):
            raise RuleError(f"{record['_file']}: spelling '{record['id']}' needs `from`, a list, and `to`, a string.")
        longest = sorted(map(re.escape, map(str, record["from"])), key=len, reverse=True)
        steps.append((re.compile("|".join(longest)), record["to"]))
    return SpellingRules(steps=tuple(steps))
