"""Rules for the sentences in which a report names the report that it draws on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from holdfire.errors import RuleError
from holdfire.rules.load import Record, RuleSource, check_fields

FILE = "en/pointers.toml"
KINDS = ("fuller report", "first published")
_WORD = r"[A-Z][\w&’'.-]*[\w]"
_PLACES = {
    "{author}": rf"(?P<author>(?-i:{_WORD}(?: {_WORD}){{0,4}}))",
    "{outlet}": rf"(?P<outlet>(?-i:(?:[Tt]he )?{_WORD}(?: (?:(?:of|and|the|&|for) )?{_WORD}){{0,5}}))",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PointerRule:
    """One way to point to another report; `form` has the groups "author" and "outlet" where the words name them."""

    id: str
    kind: str
    form: re.Pattern[str]
    matches: tuple[str, ...] = ()
    near_miss: tuple[str, ...] = ()


def load_pointer_rules(source: RuleSource) -> tuple[PointerRule, ...]:
    """The rules of en/pointers.toml. Raises RuleError for a pattern that is none, or an unknown kind or field."""
    return tuple(_rule(record) for record in source.records(FILE, "pointer"))


def _rule(record: Record) -> PointerRule:
    check_fields(record, required=("kind", "pattern"), optional=(), kind="pointer")
    where = f"{record['_file']}: pointer '{record['id']}'"
    if record["kind"] not in KINDS:
        raise RuleError(f"{where} has kind '{record['kind']}'. Use one of: {', '.join(KINDS)}.")
    pattern: str = record["pattern"]
    for name, form in _PLACES.items():
        pattern = pattern.replace(name, form)
    try:
        compiled = re.compile(f"(?i:{pattern})")
    except re.error as why:
        raise RuleError(f"{where} has a pattern that is none: {why}. Mend it.") from why
    return PointerRule(
        id=record["id"],
        kind=record["kind"],
        form=compiled,
        matches=tuple(record.get("matches", ())),
        near_miss=tuple(record.get("near_miss", ())),
    )
