"""A ledger of short invented reports, made without reading: each line says who did what on which day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from holdfire.actors.knowledge import build_knowledge
from holdfire.ledger.append import append_batch, begin_run
from holdfire.ledger.connect import open_ledger
from holdfire.model.actor import Actor, Membership, Mention
from holdfire.model.claim import Claim, Evidence
from holdfire.model.document import Document, document_id
from holdfire.model.span import Span

NOW = datetime(2031, 3, 1, tzinfo=UTC)
EVENTS = {
    "attacking": ("ASSAULT", "affirmed"), "holding fire": ("ASSAULT", "negated"),
    "threatening": ("THREATEN", "affirmed"),
    "backing": ("SUPPORT", "affirmed"), "condemning": ("ACCUSE", "affirmed"),
    "urging restraint": ("REQUEST", "affirmed"),
}  # fmt: skip
KNOWLEDGE = build_knowledge(
    [
        Actor(id="valley-front", name="Valley Front", kind="armed group",
              memberships=(Membership(relation="member of", actor_id="hill-pact"),)),
        Actor(id="hill-pact", name="Hill Pact", kind="coalition"),
        Actor(id="port-amar", name="Port Amar", kind="state"),
        Actor(id="isle", name="Isle", kind="state"),
    ]
)  # fmt: skip


# Shipped actors, for tests that go through the command line.
SHIPPED = {
    "Iran": "irn", "Israel": "isr", "Kata'ib Hezbollah": "irq.kataib-hezbollah",
    "Iran-backed militias in Iraq": "irq.iran-backed-militias",
}  # fmt: skip


def report(line: str, known: Mapping[str, str]) -> tuple[Document, tuple[Claim, ...]]:
    """A report from "DAY | OUTLET | ACTOR | CONDUCT | RECIPIENT", the last of them optional."""
    day, outlet, actor, conduct, *recipient = (part.strip() for part in line.split("|"))
    text = f"{actor} ({conduct}) {' '.join(recipient)}, said {outlet} on {day}."
    document = Document(
        id=document_id(None, text), text=text, outlet=outlet, published=date.fromisoformat(day), title=line
    )  # fmt: skip
    event, polarity = EVENTS[conduct]
    claim = Claim(
        id=document.id + "01", evidence=Evidence(document_id=document.id, span=Span(0, len(text)), text=text),
        actor=(_party(text, actor, known),), recipient=tuple(_party(text, each, known) for each in recipient),
        event=event, polarity=polarity, conduct=conduct,
    )  # fmt: skip
    return document, (claim,)


def _party(text: str, name: str, known: Mapping[str, str]) -> Mention:
    start = text.index(name)
    found = known.get(name)
    return Mention(text=name, span=Span(start, start + len(name)), id=found, name=name if found else None)


def fill(path: Path, lines: str, *, shipped: bool = False) -> str:
    """A ledger that holds a report for each line; its address. shipped: of shipped actors, else of invented ones."""
    url = f"sqlite:///{path}"
    known = SHIPPED if shipped else {each.name: each.id for each in KNOWLEDGE.actors.values()}
    with open_ledger(url) as ledger:
        run = begin_run(ledger, command="test", rulebook_hash="rules", version="0", now=NOW)
        append_batch(ledger, run, [report(line, known) for line in lines.strip().splitlines()], now=NOW)
    return url
