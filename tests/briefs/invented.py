"""Invented postures, timelines and networks, made without a ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from holdfire.model.entry import LedgerEntry
from holdfire.model.network import Network, Node, Tie
from holdfire.model.posture import Finding, Gap, Posture, Umbrella
from holdfire.model.timeline import Spell, Timeline
from tests.analysis.invented import entry

FIRST, LAST = date(2031, 3, 1), date(2031, 3, 12)


def finding(conduct: str, day: str, *, actor: str = "Valley Front", count: int = 1, **more: object) -> Finding:
    """A conduct reported so many times on one day."""
    entries = tuple(entry(conduct, day, actor=actor) for _ in range(count))
    return finding_of(*entries, **more)


def finding_of(*entries: LedgerEntry, **more: object) -> Finding:
    """The finding that these entries make."""
    days = [each.valid_from for each in entries if each.valid_from]
    values: dict[str, object] = {
        "conduct": entries[0].claim.conduct or "", "since": min(days), "latest": max(days),
        "strength": float(len(entries)), "outlets": tuple(sorted({each.document.outlet or "" for each in entries})),
        "entries": entries, "origins": 1,
    }  # fmt: skip
    return Finding(**{**values, **more})  # type: ignore[arg-type]


def posture(name: str, deed: str | None, word: str | None, *, gap: int = 0, **more: object) -> Posture:
    """An actor with a deed and a word of 3 March 2031."""
    deeds = finding(deed, "2031-03-03", actor=name, count=2) if deed else None
    words = finding(word, "2031-03-03", actor=name) if word else None
    apart = None
    if gap and deeds and words:
        apart = Gap(size=gap, direction="words ahead of deeds", word=words.best, deed=deeds.best)
    key = name.lower().replace(" ", "-")
    return replace(Posture(key=key, name=name, deed=deeds, word=words, gap=apart), **more)


POSTURES = (
    posture("Norland", "attacking", "threatening", side=0),
    posture("Sudland", "attacking", "condemning", side=1),
    posture("Valley Front", "holding fire", "threatening", gap=3),
    posture("Hill Council of the Upper and Lower Amar Valleys", "holding fire", "backing", gap=2),
    posture("River Brigade", "mobilising", "urging action"),
    posture("Port Amar", "standing down", None),
    posture("Lake Envoys", None, "mediating"),
    posture("Coast Party", "protesting", "weighing"),
)


def spell(family: str, conduct: str, start: int, end: int | None, *, group: bool = False) -> Spell:
    """A spell from one day of March 2031 to another."""
    return Spell(
        family=family,  # type: ignore[arg-type]
        conduct=conduct,
        start=date(2031, 3, start),
        end=date(2031, 3, end) if end else None,
        strength=1.0,
        entries=(entry(conduct, f"2031-03-{start:02}"),),
        inherited=Umbrella(key="league", name="Valley League", relation="member of") if group else None,
    )


def timeline(name: str, *spells: Spell) -> Timeline:
    """Twelve days of an actor."""
    return Timeline(key=name.lower().replace(" ", "-"), name=name, first=FIRST, last=LAST, spells=spells)


TIMELINES = (
    timeline("Norland", spell("deed", "attacking", 1, None), spell("word", "threatening", 2, 8)),
    timeline("Sudland", spell("deed", "attacking", 1, 9), spell("deed", "standing down", 10, None),
             spell("word", "condemning", 1, 6), spell("word", "agreeing", 9, None)),
    timeline("Valley Front", spell("deed", "holding fire", 3, None), spell("word", "backing", 3, 3),
             spell("word", "threatening", 4, None)),
    timeline("River Brigade of the Upper Valley", spell("deed", "holding fire", 3, None, group=True),
             spell("word", "urging restraint", 5, None)),
    timeline("Port Amar", spell("deed", "mobilising", 2, 6), spell("word", "mediating", 6, None),
             spell("deed", "aiding", 7, 8)),
)  # fmt: skip


def node(name: str, deed: str | None = None, word: str | None = None, side: int | None = None) -> Node:
    """An actor of the network."""
    return Node(key=name, name=name, deed=deed, word=word, side=side)


def tie(actor: str, recipient: str, relation: str, weight: float = 1.0, *, told: bool = True) -> Tie:
    """A tie with one report behind it, or of the knowledge base."""
    entries = (entry("attacking", "2031-03-03", actor=actor, recipient=recipient),) if told else ()
    return Tie(actor=actor, recipient=recipient, relation=relation, weight=weight, entries=entries)  # type: ignore[arg-type]


NETWORK = Network(
    valid_on=LAST, known_by=None, conflict="Norland – Sudland",
    nodes=(
        node("Norland", "attacking", "threatening", 0), node("Sudland", "attacking", "condemning", 1),
        node("Valley Front", "holding fire", "threatening"), node("Hill Council", "holding fire", "backing"),
        node("Lake Envoys", None, "mediating"), node("Coast Party", None, "condemning"), node("Port Amar"),
        node("Nobody tied"),
    ),
    ties=(
        tie("Norland", "Sudland", "attacks", 6.0), tie("Sudland", "Norland", "attacks", 4.0),
        tie("Norland", "Sudland", "threatens"), tie("Valley Front", "Sudland", "threatens"),
        tie("Hill Council", "Norland", "backs", 2.0), tie("Lake Envoys", "Norland", "restrains"),
        tie("Lake Envoys", "Sudland", "restrains"), tie("Lake Envoys", "Sudland", "mediates"),
        tie("Coast Party", "Sudland", "condemns"), tie("Port Amar", "Sudland", "talks"),
        tie("Valley Front", "Hill Council", "member of", told=False),
    ),
)  # fmt: skip
