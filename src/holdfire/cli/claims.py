"""`holdfire claims`: the claims of the ledger, one a line."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.options import (
    KnownByOption,
    LedgerOption,
    ValidOnOption,
    as_of,
    choice,
    ledger_to_read,
    settings_from,
)
from holdfire.cli.words import many, one_line, party_words
from holdfire.errors import UsageError

if TYPE_CHECKING:
    from holdfire.model.entry import LedgerEntry

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

_SENTENCE_CHARS = 200
COLUMNS = (
    "claim", "valid_from", "actor", "event", "mode", "polarity", "modality", "certainty", "recipient", "sources",
    "conduct", "evidence", "outlet", "document",
)  # fmt: skip


@app.command()
def claims(
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this actor does or says.")] = None,
    conduct: Annotated[str | None, typer.Option(metavar="CONDUCT", help="Only this conduct.")] = None,
    document: Annotated[str | None, typer.Option(metavar="ID", help="Only this report; its id may be cut.")] = None,
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    format: Annotated[str, typer.Option("--format", help="text, jsonl or csv.")] = "text",
    ledger: LedgerOption = None,
) -> None:
    """List the claims of the ledger, latest first."""
    choice(format, "--format", ("text", "jsonl", "csv"))
    asof = as_of(valid_on, known_by)
    from holdfire.model.claim import CONDUCTS

    if conduct is not None:
        choice(conduct, "--conduct", CONDUCTS)
    settings = settings_from(ledger, None)

    from holdfire.ledger import views

    with ledger_to_read(settings) as opened:
        if document is not None:
            report = views.document(opened, document, asof)
            if report is None:
                raise UsageError(f"--document: the ledger holds no report, or several, whose id begins {document!r}.")
            document = report.id
        found = views.claims(opened, asof, actor=actor, conduct=conduct, document_id=document)
        count = {"text": _print, "jsonl": _write_jsonl, "csv": _write_csv}[format](found)
    if format == "text":
        typer.echo(f"{many(count, 'claim')}." + (" Show one: holdfire show CLAIM" if count else ""))


def _print(entries: Iterable[LedgerEntry]) -> int:
    count = 0
    for entry in entries:
        count += 1
        claim = entry.claim
        day = entry.valid_from.isoformat() if entry.valid_from else "undated   "
        facets = " ".join((claim.polarity, claim.modality, claim.certainty))
        who = party_words(claim.actor) or "nobody named"
        typer.echo(f"{claim.id[:8]}  {day}  {who} · {claim.conduct or 'no conduct'} · {claim.event} {facets}")
        typer.echo(f"          “{one_line(claim.evidence.text, _SENTENCE_CHARS)}” — {_where(entry)}{_judged(entry)}")
    return count


def _judged(entry: LedgerEntry) -> str:
    """What counts of what people said of the claim, where anybody said something."""
    from holdfire.model.entry import counting_judgement

    counting = counting_judgement(entry.judgements)
    words = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}
    return f" [{words[counting.verdict]} by {counting.who}]" if counting else ""


def _where(entry: LedgerEntry) -> str:
    said = party_words(entry.claim.sources)
    outlet = entry.document.outlet or "outlet not stated"
    return f"{said}, in {outlet}" if said else outlet


def _write_jsonl(entries: Iterable[LedgerEntry]) -> int:
    from holdfire.model.codec import claim_to_json

    count = 0
    for entry in entries:
        count += 1
        document = entry.document
        about = {
            "id": document.id,
            "url": document.url,
            "outlet": document.outlet,
            "title": document.title,
            "published": document.published.isoformat() if document.published else None,
        }
        times = {
            "valid_from": entry.valid_from.isoformat() if entry.valid_from else None,
            "valid_to": entry.valid_to.isoformat() if entry.valid_to else None,
            "recorded_at": entry.recorded_at.isoformat(),
        }
        line = {"claim": claim_to_json(entry.claim), "document": about, **times}
        typer.echo(json.dumps(line, ensure_ascii=False))
    return count


def _write_csv(entries: Iterable[LedgerEntry]) -> int:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for entry in entries:
        count += 1
        claim = entry.claim
        writer.writerow(
            (
                claim.id, entry.valid_from or "", party_words(claim.actor), claim.event, claim.mode or "",
                claim.polarity, claim.modality, claim.certainty, party_words(claim.recipient),
                party_words(claim.sources), claim.conduct or "", one_line(claim.evidence.text, _SENTENCE_CHARS),
                entry.document.outlet or "", entry.document.id,
            )
        )  # fmt: skip
    return count
