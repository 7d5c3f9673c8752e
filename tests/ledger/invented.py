"""Invented reports and claims for the ledger's tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from holdfire.model.actor import Mention
from holdfire.model.claim import Claim, ClaimTime, Evidence, Reason
from holdfire.model.document import Document, document_id
from holdfire.model.source import Source
from holdfire.model.span import Span

NOON = datetime(2031, 3, 1, 12, 0, tzinfo=UTC)
RULES = "rules-one"
TEXT = (
    "The Valley Front shelled Port Amar on Monday, the harbour master said. "
    "The Hill Council stayed out of the fighting because it fears a blockade."
)


def make_document(text: str = TEXT, **fields: object) -> Document:
    """A report by the Amar Courier of 28 February 2031; its id is computed unless given."""
    values: dict[str, object] = {
        "url": "https://courier.example/1", "outlet": "Amar Courier", "title": "Shelling at the harbour",
        "published": date(2031, 2, 28),
    }  # fmt: skip
    values |= fields
    values.setdefault("id", document_id(values["url"], text))  # type: ignore[arg-type]
    return Document(text=text, **values)  # type: ignore[arg-type]


def span_of(text: str, words: str) -> Span:
    """Where the words stand, the first time."""
    start = text.index(words)
    return Span(start, start + len(words))


def make_claim(
    document: Document, evidence: str, actor: str, *, actor_id: str | None = None, claim_id: str | None = None,
    event: str = "ASSAULT", conduct: str | None = "attacking", day: str | None = None, reasons: Sequence[str] = (),
    source: str | None = None, **fields: object,
) -> Claim:  # fmt: skip
    """A claim whose evidence and actor are words of the document."""
    text = document.text
    span = span_of(text, evidence)
    values: dict[str, object] = {
        "id": claim_id or f"{document.id[:8]}{span.start_char:04x}{event.lower()[:4]}",
        "evidence": Evidence(document_id=document.id, span=span, text=evidence),
        "actor": (Mention(text=actor, span=span_of(text, actor), id=actor_id, name=actor if actor_id else None),),
        "event": event,
        "conduct": conduct,
        "time": ClaimTime(start=day, end=day, text="", span=None) if day else None,
        "reasons": tuple(Reason(span=span_of(text, why), text=why, category="deterrence") for why in reasons),
        "sources": (Source(text=source, span=span_of(text, source), kind="named"),) if source else (),
        "rule_ids": ("rule.one",),
    }
    return Claim(**{**values, **fields})  # type: ignore[arg-type]


def make_claims(document: Document) -> tuple[Claim, ...]:
    """The two claims of TEXT: an attack with its source, and fire held with a reason."""
    return (
        make_claim(document, "shelled Port Amar on Monday", "The Valley Front", actor_id="valley-front",
                   day="2031-02-24", source="the harbour master", certainty="attributed"),
        make_claim(document, "stayed out of the fighting", "The Hill Council", polarity="negated",
                   conduct="holding fire", reasons=["it fears a blockade"]),
    )  # fmt: skip
