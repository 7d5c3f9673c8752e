"""Reads the `[[conduct]]` records of conduct.toml: the family, look and staying power of each conduct."""

from __future__ import annotations

import re
from dataclasses import dataclass

from holdfire.errors import RuleError
from holdfire.model.claim import CONDUCTS
from holdfire.rules.load import RuleSource, check_fields

FAMILIES = ("deed", "word")
# What a plot or a page draws for a conduct. Deeds are filled where they are hot, words are outlined.
MARKS = (
    "filled square", "half square", "open circle", "barred circle", "triangle up", "triangle down", "diamond",
    "dotted circle", "dot",
)  # fmt: skip
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_FIELDS = ("family", "sign", "mark", "colour", "colour_dark", "heat", "half_life_days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """How one conduct stands among the others.

    family: "deed" or "word". sign: the character shown with it. mark: the shape that plots draw, one of MARKS.
    colour, colour_dark: on light and on dark ground, as #rrggbb; the mark carries the meaning alone.
    heat: larger is more escalated, negative is restraint.
    half_life_days: after so many days a report of it weighs half. stays_days: how many days younger a report of it is
    taken to be when it is set against one of another conduct: decisive conducts stay, lesser ones yield.
    """

    id: str
    family: str
    sign: str
    mark: str
    colour: str
    colour_dark: str
    heat: int
    half_life_days: float
    stays_days: int = 0


def load_conducts(source: RuleSource) -> dict[str, Conduct]:
    """Every conduct by name, in the order of the file. Raises RuleError for one that is missing, unknown or wrong."""
    found: dict[str, Conduct] = {}
    for record in source.records("conduct.toml", "conduct"):
        check_fields(record, required=_FIELDS, optional=("stays_days",), kind="conduct")
        where = f"{record['_file']}: conduct '{record['id']}'"
        if record["id"] not in CONDUCTS:
            raise RuleError(f"{where} is none of the codebook's: {', '.join(CONDUCTS)}.")
        if record["family"] not in FAMILIES:
            raise RuleError(f"{where} has the family '{record['family']}'. Known: {', '.join(FAMILIES)}.")
        if not record["half_life_days"] > 0:
            raise RuleError(f"{where} needs a half_life_days above 0.")
        if record["mark"] not in MARKS:
            raise RuleError(f"{where} has the mark '{record['mark']}'. Known: {', '.join(MARKS)}.")
        for name in ("colour", "colour_dark"):
            if not _COLOUR.fullmatch(str(record[name])):
                raise RuleError(f"{where} has the {name} '{record[name]}'. Write it as #2166ac.")
        found[record["id"]] = Conduct(
            id=record["id"],
            family=record["family"],
            sign=record["sign"],
            mark=record["mark"],
            colour=record["colour"],
            colour_dark=record["colour_dark"],
            heat=int(record["heat"]),
            half_life_days=float(record["half_life_days"]),
            stays_days=int(record.get("stays_days", 0)),
        )
    for name in CONDUCTS:
        if name not in found:
            raise RuleError(f"conduct.toml has no [[conduct]] record '{name}'. Add it.")
    return found
