"""`holdfire show`: one claim in its sentence and paragraph, with its facets in words."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.options import KnownByOption, LedgerOption, as_of, choice, ledger_to_read, settings_from
from holdfire.cli.words import day_words, moment_words, one_line, party_words
from holdfire.errors import UsageError

if TYPE_CHECKING:
    from rich.text import Text

    from holdfire.model.claim import Claim
    from holdfire.model.document import Document
    from holdfire.model.entry import LedgerEntry

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

# Enough to read the sentence before and after.
_CONTEXT_CHARS = 400


@app.command()
def show(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id; its first digits will do.")],
    known_by: KnownByOption = None,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    ledger: LedgerOption = None,
) -> None:
    """Show one claim: its sentence in context, facets in words, source chain, rules that fired."""
    choice(format, "--format", ("text", "json"))
    asof = as_of(None, known_by)
    settings = settings_from(ledger, None)

    from holdfire.ledger import views

    with ledger_to_read(settings) as opened:
        entry = views.claim(opened, claim, asof)
        if entry is None:
            raise UsageError(
                f"show: no claim, or more than one, has an id that begins {claim!r}. List them: holdfire claims"
            )
        report = views.document(opened, entry.document.id, asof)
    if format == "json":
        from holdfire.model.codec import claim_to_json

        found = {
            "claim": claim_to_json(entry.claim),
            "document": {"id": entry.document.id, "outlet": entry.document.outlet, "url": entry.document.url},
            "recorded_at": entry.recorded_at.isoformat(),
            "superseded_at": entry.superseded_at.isoformat() if entry.superseded_at else None,
            "rulebook_hash": entry.rulebook_hash,
        }
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    _print(entry, report)


def _print(entry: LedgerEntry, report: Document | None) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 100)
    claim, document = entry.claim, entry.document
    title = one_line(document.title or "no title")
    console.print(Text(f"Claim {claim.id} · {title}", style="bold"))
    console.print(Text(f"{document.outlet or 'outlet not stated'} · {day_words(document.published)} · {document.id}"))
    if document.url:
        console.print(Text(document.url))
    console.print()
    if report is not None:
        console.print(Padding(in_context(report, claim), (0, 0, 0, 2)))
    else:
        console.print("  The report's text is not held any more.")
    console.print()
    for label, words in facts_of(entry):
        console.print(Text(f"{label:<11}") + Text(words))


def in_context(report: Document, claim: Claim) -> Text:
    """The evidence underlined, and between « » for those who see no underline, within its paragraphs."""
    from rich.text import Text

    text, span = report.text, claim.evidence.span
    start = max(0, span.start_char - _CONTEXT_CHARS)
    end = min(len(text), span.end_char + _CONTEXT_CHARS)
    start = max(start, text.rfind("\n", 0, span.start_char) + 1)
    after = text.find("\n", span.end_char)
    end = min(end, after if after >= 0 else len(text))
    found = Text(("…" if start and text[start - 1] != "\n" else "") + text[start : span.start_char])
    found.append("«")
    found.append(span.of(text), style="underline bold")
    found.append("»")
    found.append(text[span.end_char : end] + ("…" if end < len(text) and text[end] != "\n" else ""))
    return found


def facts_of(entry: LedgerEntry) -> list[tuple[str, str]]:
    """Label and words for everything that the claim says, in the order of the codebook."""
    from holdfire.model.entry import judgement_words

    claim = entry.claim
    facts = [
        ("actor", party_words(claim.actor) or "nobody named"),
        ("event", claim.event + (f", {claim.mode}" if claim.mode else "")),
        ("facets", facets_in_words(claim)),
        ("conduct", claim.conduct or "none by the codebook"),
        ("recipient", party_words(claim.recipient) or "not stated"),
    ]
    if claim.content:
        content = claim.content
        facts.append(("content", f"{content.actor or 'nobody named'}: {content.event}, {content.polarity}"))
    chain = " → ".join(
        f"{each.name or each.text} ({', '.join(filter(None, (each.kind, each.role, each.closeness)))})"
        for each in claim.sources
    )
    facts.append(("sources", chain or "the article's own voice"))
    if claim.quote:
        facts.append(("quotation", claim.quote.type))
    for reason in claim.reasons:
        giver = party_words(reason.sources) or "the article"
        words = f"“{one_line(reason.text)}” ({reason.category}, {reason.relation}, {reason.bearing}; says {giver})"
        facts.append(("reason", words))
    if claim.condition:
        facts.append(("condition", f"“{one_line(claim.condition.text)}”"))
    if claim.time:
        bounds = f"{claim.time.start or 'open'} to {claim.time.end or 'open'}"
        facts.append(("time", f"“{one_line(claim.time.text)}”: {bounds} ({claim.time.precision})"))
    if claim.place:
        where = ", ".join(filter(None, (claim.place.name, claim.place.country))) or "not resolved"
        facts.append(("place", f"“{one_line(claim.place.text)}”: {where} ({claim.place.precision})"))
    facts.append(("recorded", f"{moment_words(entry.recorded_at)}, rules {entry.rulebook_hash[:8] or 'not stated'}"))
    for judgement in entry.judgements:
        said = f"{judgement.who}, {moment_words(judgement.recorded_at)}: {one_line(judgement_words(judgement))}"
        facts.append(("judged", said))
    facts.append(("rules", ", ".join(claim.rule_ids) or "none"))
    return facts


def facets_in_words(claim: Claim) -> str:
    """Polarity, modality and certainty, with the likelihood where an estimative word is used."""
    words = f"{claim.polarity}, {claim.modality}, {claim.certainty}"
    if claim.likelihood:
        low, high = claim.likelihood
        words += f", likelihood {low:.0%} to {high:.0%}"
    return words
