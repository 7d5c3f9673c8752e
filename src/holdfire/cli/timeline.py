"""`holdfire timeline`: what each actor did and said over time, and the days on which that changed."""

from __future__ import annotations

import csv
import json
import sys
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
    day,
    ledger_to_read,
    rule_source,
    settings_from,
)
from holdfire.cli.words import day_words, many, one_line
from holdfire.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from holdfire.model.timeline import Spell, Timeline
    from holdfire.rules.rulebook import Rulebook

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

_SENTENCE_CHARS = 90


@app.command()
def timeline(
    actor: Annotated[
        list[str] | None, typer.Argument(metavar="[ACTOR]...", help="Ids or names; without any, everybody.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="The first day (else a year back at most).")] = None,
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    conflict: ConflictOption = None,
    format: Annotated[str, typer.Option("--format", help="text, json or csv.")] = "text",
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Show what each actor did and said over time: spells of one deed or word, each with a sentence."""
    choice(format, "--format", ("text", "json", "csv"))
    asof = as_of(valid_on, known_by)
    first = day(since, "--since")
    if first is not None and asof.valid_on is not None and first > asof.valid_on:
        raise UsageError(f"--since: {first} is after the last day, {asof.valid_on}. Give an earlier day.")
    settings = settings_from(ledger, rules)
    source = rule_source(settings)

    from holdfire.conclusions.actor import find_actor
    from holdfire.conclusions.board import read_entries
    from holdfire.conclusions.timeline import read_timelines
    from holdfire.pipeline import load_knowledge
    from holdfire.rules.rulebook import load_rulebook

    rulebook, knowledge = load_rulebook(source), load_knowledge(source)
    with ledger_to_read(settings) as opened, opened.snapshot() as seen:
        among = conflict_of(conflict, seen, asof, source, knowledge)
        keys = None
        if actor:
            entries = read_entries(seen, asof, knowledge=knowledge, conflict=among)
            keys = [find_actor(each, entries, knowledge) for each in actor]
        found = read_timelines(
            seen, asof, rulebook=rulebook, knowledge=knowledge, conflict=among, since=first, actors=keys
        )
    if format == "json":
        from holdfire.conclusions.as_json import timeline_to_json

        typer.echo(json.dumps([timeline_to_json(each) for each in found], ensure_ascii=False, indent=2))
    elif format == "csv":
        _write_csv(found)
    else:
        _print(found, rulebook)


def _print(found: tuple[Timeline, ...], rulebook: Rulebook) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 116)
    if not found:
        console.print("Nobody did or said anything on those days.")
        return
    first, last = found[0].first, found[0].last
    spells = sum(len(each.spells) for each in found)
    heading = f"{day_words(first)} to {day_words(last)} · {many(len(found), 'actor')}, {many(spells, 'spell')}"
    console.print(Text(heading, style="bold"))
    for each in found:
        console.print()
        console.print(Text(each.name, style="bold"))
        print_spells(console, each.spells, rulebook)


def print_spells(console: Console, spells: tuple[Spell, ...], rulebook: Rulebook) -> None:
    """A line for each spell: its days, its sign and conduct, how many claims, the sentence that begins it."""
    from rich.text import Text

    for spell in spells:
        until = day_words(spell.end) if spell.end else "now"
        days = f"{day_words(spell.start)} – {until}" if spell.end != spell.start else day_words(spell.start)
        line = Text(f"  {days:38}{rulebook.conducts[spell.conduct].sign} {spell.conduct:16}  ")
        line.append(f"{many(len(spell.entries), 'claim'):9} ", style="dim")
        if spell.entries:
            line.append(f"“{one_line(spell.entries[0].claim.evidence.text, _SENTENCE_CHARS)}”", style="dim")
        console.print(line, soft_wrap=True)


def _write_csv(found: tuple[Timeline, ...]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("actor", "family", "conduct", "start", "end", "claims", "sentence", "key", "claim_ids"))
    for each in found:
        for spell in each.spells:
            best = spell.entries[0].claim.evidence.text if spell.entries else ""
            writer.writerow(
                (
                    each.name,
                    spell.family,
                    spell.conduct,
                    spell.start,
                    spell.end or "",
                    len(spell.entries),
                    one_line(best, 200),
                    each.key,
                    " ".join(entry.claim.id for entry in spell.entries),
                )
            )
