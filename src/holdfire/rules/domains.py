"""Subjects that borrow the words of war (sport, business, weather …), read from en/domains.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from holdfire.rules.load import RuleSource, check_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainRules:
    """Words by domain id, and the words that show a text to be about conduct in a conflict; all lower-case forms."""

    political: frozenset[str]
    domains: Mapping[str, frozenset[str]]


def load_domain_rules(source: RuleSource) -> DomainRules:
    """The word lists. Raises RuleError for a record without words."""
    domains = {}
    for record in source.records("en/domains.toml", "domain"):
        check_fields(record, required=("words",), optional=(), kind="domain")
        domains[record["id"]] = frozenset(record["words"])
    return DomainRules(political=frozenset(source.tables("en/domains.toml")["political"]), domains=domains)
