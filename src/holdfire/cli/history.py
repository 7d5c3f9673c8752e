"""`holdfire history`: what happened to a claim, a report or an actor in the ledger."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

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
from holdfire.cli.words import many, moment_words, one_line

if TYPE_CHECKING:
    from holdfire.model.entry import Header
    from holdfire.model.history import Happening

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def history(
    name: Annotated[str, typer.Argument(metavar="CLAIM|DOCUMENT|ACTOR", help="An id, which may be cut, or a name.")],
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    format: Annotated[str, typer.Option("--format", help="text or jsonl.")] = "text",
    ledger: LedgerOption = None,
) -> None:
    """Show what happened to a claim, a report or an actor: read, superseded, judged, taken down, and when."""
    choice(format, "--format", ("text", "jsonl"))
    asof = as_of(valid_on, known_by)
    settings = settings_from(ledger, None)

    from holdfire.ledger.history import history as happenings_of

    with ledger_to_read(settings) as opened:
        found = happenings_of(opened, name, asof)
    for each in found:
        typer.echo(json.dumps(_json(each), ensure_ascii=False) if format == "jsonl" else _words(each))
    if format == "text":
        typer.echo(f"{many(len(found), 'step')}.")


def _words(happening: Happening) -> str:
    claim = f"  {happening.claim_id[:8]}" if happening.claim_id else ""
    cause = f" ({happening.cause})" if happening.cause and happening.step != "taken down" else ""
    who = f" by {happening.who}" if happening.who else ""
    rules = f", rules {happening.rulebook_hash[:8]}" if happening.rulebook_hash else ""
    return (
        f"{moment_words(happening.at)}{claim}  {happening.step}{cause}{who}: {one_line(happening.words, 160)}"
        f" — {where(happening.document)}{rules}"
    )


def where(document: Header) -> str:
    """A report in a few words: outlet, and its title where that is held."""
    title = f", “{one_line(document.title, 60)}”" if document.title else ""
    return f"{document.outlet or 'outlet not stated'}{title}"


def _json(happening: Happening) -> dict[str, Any]:
    return {
        "at": happening.at.isoformat(), "step": happening.step, "cause": happening.cause, "words": happening.words,
        "claim": happening.claim_id, "document": happening.document.id, "who": happening.who,
        "run": happening.run_id, "rulebook_hash": happening.rulebook_hash,
    }  # fmt: skip
