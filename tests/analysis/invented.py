"""Ledger entries of invented reports, made without a ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from holdfire.model.actor import Mention
from holdfire.model.claim import Claim, Evidence
from holdfire.model.entry import Header, Judgement, LedgerEntry
from holdfire.model.span import Span

_numbers = count(1)


def entry(
    conduct: str | None,
    day: str,
    *,
    actor: str = "Valley Front",
    outlet: str | None = "Amar Courier",
    certainty: str = "stated",
    verdict: str | None = None,
    document: str | None = None,
    recipient: str | None = None,
    text: str = "text",
) -> LedgerEntry:
    """One claim of one report, published on the day that it speaks of."""
    number = next(_numbers)
    when = date.fromisoformat(day)
    report = Header(id=document or f"report-{number}", outlet=outlet, published=when)
    claim = Claim(
        id=f"claim-{number:05}",
        evidence=Evidence(document_id=report.id, span=Span(0, len(text)), text=text),
        actor=(_party(actor),) if actor else (),
        recipient=(_party(recipient),) if recipient else (),
        event="ASSAULT",
        certainty=certainty,  # type: ignore[arg-type]
        conduct=conduct,
    )
    judged = ()
    if verdict:
        judged = (
            Judgement(
                id=f"j{number}", claim_id=claim.id, who="Ada", role="analyst", verdict=verdict,  # type: ignore[arg-type]
                reason="read it again", recorded_at=datetime(2031, 3, 1, tzinfo=UTC),
            ),
        )  # fmt: skip
    return LedgerEntry(
        claim=claim,
        document=report,
        recorded_at=datetime(2031, 3, 1, tzinfo=UTC),
        run_id="run",
        valid_from=when,
        valid_to=when,
        judgements=judged,
    )


def _party(name: str) -> Mention:
    return Mention(text=name, span=Span(0, len(name)), id=name.lower().replace(" ", "-"), name=name)
