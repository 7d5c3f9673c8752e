"""About the method: what the signs mean, what a posture is drawn from, what the ledger holds, whose code is used."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.metadata import version

from holdfire.rules.conducts import Conduct
from holdfire.web.looking import Looking
from holdfire.web.room import ReadingRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendored:
    """A script or data file of others that comes with the pages."""

    package: str
    version: str
    licence: str
    licence_file: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductLine:
    """A conduct with its sign and how many days one report of it counts half."""

    conduct: str
    family: str
    sign: str
    half_life_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage:
    """What the pages are made from."""

    version: str
    rulebook: str
    reports: int
    claims: int
    first: date | None
    last: date | None
    actors_known: int
    conducts: tuple[ConductLine, ...]
    vendored: tuple[Vendored, ...]


def read_about(room: ReadingRoom, looking: Looking) -> AboutPage:
    """The ledger, the rules and the code, in figures."""
    held = room.extent(looking)
    return AboutPage(
        version=version("holdfire"),
        rulebook=room.rulebook.digest,
        reports=held.reports,
        claims=held.claims,
        first=held.first,
        last=held.last,
        actors_known=len(room.knowledge.actors),
        conducts=tuple(_conduct(each) for each in room.rulebook.conducts.values()),
        vendored=vendored(),
    )


def vendored() -> tuple[Vendored, ...]:
    """The manifest of what others wrote."""
    held = resources.files("holdfire.web") / "static" / "vendor" / "manifest.json"
    names = ("package", "version", "licence", "licence_file", "sha256")
    return tuple(Vendored(**{name: each[name] for name in names}) for each in json.loads(held.read_text("utf-8")))


def _conduct(each: Conduct) -> ConductLine:
    return ConductLine(conduct=each.id, family=each.family, sign=each.sign, half_life_days=each.half_life_days)
