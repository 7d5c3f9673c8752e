"""Reads outlets.toml: who owns which outlet, and which agencies' reports others print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from holdfire.errors import RuleError
from holdfire.model.actor import folded
from holdfire.rules.load import Record, RuleSource, check_fields

FILE = "outlets.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One outlet. `credit` finds the lines that credit an agency's report; None for what is no agency."""

    id: str
    names: tuple[str, ...]
    owner: str | None = None
    credit: re.Pattern[str] | None = None
    matches: tuple[str, ...] = ()
    near_miss: tuple[str, ...] = ()

    @property
    def master(self) -> str:
        """What its reports are counted under: the owner, else the outlet itself."""
        return self.owner or self.names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRules:
    """Every outlet, and each by its folded names."""

    outlets: tuple[Outlet, ...]
    by_name: Mapping[str, Outlet]

    def find(self, name: str | None) -> Outlet | None:
        """The outlet that goes by a name, None for one that nobody wrote down."""
        return self.by_name.get(folded(name)) if name else None

    def credited(self, *lines: str | None) -> Outlet | None:
        """The agency that one of these lines credits with the report, the first where there are several."""
        for line in filter(None, lines):
            for outlet in self.outlets:
                if outlet.credit is not None and outlet.credit.search(line):
                    return outlet
        return None


def load_outlet_rules(source: RuleSource) -> OutletRules:
    """The rules of outlets.toml. Raises RuleError for a name that two outlets have."""
    outlets = tuple(_outlet(record) for record in source.records(FILE, "outlet"))
    by_name: dict[str, Outlet] = {}
    for outlet in outlets:
        for name in outlet.names:
            other = by_name.setdefault(folded(name), outlet)
            if other is not outlet:
                raise RuleError(f"{FILE}: '{name}' is a name of both '{other.id}' and '{outlet.id}'. Drop one.")
    return OutletRules(outlets=outlets, by_name=by_name)


def _outlet(record: Record) -> Outlet:
    check_fields(record, required=("names",), optional=("owner", "agency"), kind="outlet")
    names = tuple(record["names"])
    if not names:
        raise RuleError(f"{record['_file']}: outlet '{record['id']}' has no name. Give it one.")
    return Outlet(
        id=record["id"],
        names=names,
        owner=record.get("owner"),
        credit=_credit(names) if record.get("agency") else None,
        matches=tuple(record.get("matches", ())),
        near_miss=tuple(record.get("near_miss", ())),
    )


def _credit(names: tuple[str, ...]) -> re.Pattern[str]:
    """A credit: the name in brackets or slashes, after a dateline's comma, as a byline, or alone at a line's end.

    Initials must be written as they are; of longer names case does not count.
    """
    longest_first = sorted(names, key=len, reverse=True)
    name = "|".join(re.escape(each) if len(each) <= 4 else f"(?i:{re.escape(each)})" for each in longest_first)
    return re.compile(
        rf"[(\[/](?:{name})[)\]/]"
        rf"|^[^.\n]{{1,60}}, (?:{name})\s*[–—-]"
        rf"|^(?i:by )?(?:{name})(?i: staff| reporters?| correspondents?)?$"
        rf"|[;,–—-] (?:{name})\.?$",
        re.MULTILINE,
    )
