"""`holdfire network`: who attacks, threatens, restrains, backs or condemns whom as of a day."""

from __future__ import annotations

import csv
import json
import sys
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.options import (
    ConflictOption,
    KnownByOption,
    LedgerOption,
    RulesOption,
    ValidOnOption,
    as_of,
    choice,
    conflict_of,
    ledger_to_read,
    rule_source,
    settings_from,
)
from holdfire.cli.words import day_words, many, moment_words, one_line

if TYPE_CHECKING:
    from holdfire.model.network import Network

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

_SENTENCE_CHARS = 100


@app.command()
def network(
    actor: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only ties of actors whose name holds this; repeatable.")
    ] = None,
    relation: Annotated[
        list[str] | None, typer.Option(metavar="RELATION", help="Only this relation; may be repeated.")
    ] = None,
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    conflict: ConflictOption = None,
    format: Annotated[str, typer.Option("--format", help="text, json, graphml or csv.")] = "text",
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Show who attacks, threatens, restrains, backs or condemns whom, with the best sentence for each tie.

    The knowledge base adds who is a member of what, and backed by whom, among those that the claims name.
    """
    from typing import get_args

    from holdfire.model.network import TieRelation

    choice(format, "--format", ("text", "json", "graphml", "csv"))
    for name in relation or ():
        choice(name, "--relation", get_args(TieRelation))
    asof = as_of(valid_on, known_by)
    settings = settings_from(ledger, rules)
    source = rule_source(settings)

    from holdfire.conclusions.network import narrowed, read_network
    from holdfire.pipeline import load_knowledge
    from holdfire.rules.rulebook import load_rulebook

    rulebook, knowledge = load_rulebook(source), load_knowledge(source)
    with ledger_to_read(settings) as opened, opened.snapshot() as seen:
        among = conflict_of(conflict, seen, asof, source, knowledge)
        found = read_network(seen, asof, rulebook=rulebook, knowledge=knowledge, conflict=among)
    found = narrowed(found, names=actor or (), relations=relation or ())
    if format == "json":
        from holdfire.conclusions.as_json import network_to_json

        typer.echo(json.dumps(network_to_json(found), ensure_ascii=False, indent=2))
    elif format == "graphml":
        from holdfire.conclusions.graph import as_graphml

        typer.echo(as_graphml(found), nl=False)
    elif format == "csv":
        _write_csv(found)
    else:
        _print(found)


def _print(found: Network) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 116)
    what = f"{found.conflict} · " if found.conflict else ""
    drawn = f"{many(len(found.nodes), 'actor')}, {many(len(found.ties), 'tie')}"
    known = moment_words(found.known_by)
    console.print(Text(f"{what}as of {day_words(found.valid_on)} · known by {known} · {drawn}", style="bold"))
    names = {each.key: each.name for each in found.nodes}
    told = sorted((each for each in found.ties if each.entries), key=lambda each: (each.relation, -each.weight))
    for relation, ties in groupby(told, key=lambda each: each.relation):
        console.print()
        console.print(Text(relation, style="bold"))
        for tie in ties:
            best = tie.entries[0]
            line = Text(f"{names[tie.actor]} → {names[tie.recipient]}  ")
            line.append(f"{many(len(tie.entries), 'claim')}, latest {day_words(tie.latest)}", style="dim")
            console.print(Padding(line, (0, 0, 0, 2)))
            words = Text(f"“{one_line(best.claim.evidence.text, _SENTENCE_CHARS)}” ")
            words.append(f"{best.document.outlet or 'outlet not stated'} · {best.claim.id[:8]}", style="dim")
            console.print(Padding(words, (0, 0, 0, 6)))
    lasting = [each for each in found.ties if not each.entries]
    if lasting:
        console.print()
        console.print(Text("by the knowledge base", style="bold"))
        for tie in lasting:
            console.print(f"  {names[tie.actor]} · {tie.relation} · {names[tie.recipient]}")


def _write_csv(found: Network) -> None:
    names = {each.key: each.name for each in found.nodes}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(
        (
            "actor",
            "relation",
            "recipient",
            "weight",
            "latest",
            "claims",
            "sentence",
            "actor_key",
            "recipient_key",
            "claim_ids",
        )
    )
    for tie in found.ties:
        best = tie.entries[0].claim.evidence.text if tie.entries else ""
        writer.writerow(
            (
                names[tie.actor],
                tie.relation,
                names[tie.recipient],
                f"{tie.weight:.3f}",
                tie.latest or "",
                len(tie.entries),
                one_line(best, 200),
                tie.actor,
                tie.recipient,
                " ".join(each.claim.id for each in tie.entries),
            )
        )
