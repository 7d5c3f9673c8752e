"""Reads the `[[conduct]]` records of conduct.toml: the family, sign and staying power of each conduct."""

from __future__ import annotations

from dataclasses import dataclass

from holdfire.errors import RuleError
from holdfire.model.claim import CONDUCTS
from holdfire.rules.load import RuleSource, check_fields

FAMILIES = ("deed", "word")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """How one conduct stands among the others.

    family: "deed" or "word". sign: the mark shown with it. heat: larger is more escalated, negative is restraint.
    half_life_days: after so many days a report of it weighs half.
    """

    id: str
    family: str
    sign: str
    heat: int
    half_life_days: float


def load_conducts(source: RuleSource) -> dict[str, Conduct]:
    """Every conduct by name, in the order of the file. Raises RuleError for one that is missing, unknown or wrong."""
    found: dict[str, Conduct] = {}
    for record in source.records("conduct.toml", "conduct"):
        check_fields(record, required=("family", "sign", "heat", "half_life_days"), optional=(), kind="conduct")
        where = f"{record['_file']}: conduct '{record['id']}'"
        if record["id"] not in CONDUCTS:
            raise RuleError(f"{where} is none of the codebook's: {', '.join(CONDUCTS)}.")
        if record["family"] not in FAMILIES:
            raise RuleError(f"{where} has the family '{record['family']}'. Known: {', '.join(FAMILIES)}.")
        if not record["half_life_days"] > 0:
            raise RuleError(f"{where} needs a half_life_days above 0.")
        found[record["id"]] = Conduct(
            id=record["id"],
            family=record["family"],
            sign=record["sign"],
            heat=int(record["heat"]),
            half_life_days=float(record["half_life_days"]),
        )
    for name in CONDUCTS:
        if name not in found:
            raise RuleError(f"conduct.toml has no [[conduct]] record '{name}'. Add it.")
    return found
