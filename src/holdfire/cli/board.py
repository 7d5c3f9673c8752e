"""`holdfire board`: who fights, who talks and who holds fire, each with its best sentence."""

from __future__ import annotations

import json
from dataclasses import replace
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
from holdfire.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from holdfire.model.entry import AsOf
    from holdfire.model.posture import Board, Posture
    from holdfire.model.silence import Quietness
    from holdfire.rules.load import RuleSource
    from holdfire.rules.rulebook import Rulebook
    from holdfire.settings import Settings

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def board(
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    conflict: ConflictOption = None,
    compare: Annotated[
        str | None, typer.Option(metavar="DATE", help="Tell what changed since this earlier day (else in a week).")
    ] = None,
    actor: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only actors whose name holds this; may be repeated.")
    ] = None,
    conduct: Annotated[
        list[str] | None, typer.Option(metavar="CONDUCT", help="Only those with this deed or word; may be repeated.")
    ] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="Only actors of this kind.")] = None,
    changed: Annotated[bool, typer.Option("--changed", help="Only those whose posture changed.")] = False,
    gap: Annotated[int, typer.Option(min=0, max=3, help="Only those with a say–do gap at least so wide.")] = 0,
    silence: Annotated[
        bool, typer.Option("--silence", help="Add what counting says of each actor (text and json only).")
    ] = False,
    format: Annotated[str, typer.Option("--format", help="text, json, csv or md.")] = "text",
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Show who is fighting, who is talking and who is holding fire, with the best sentence for each.

    Whose posture changed comes first. ▮ to ▮▮▮ is how far words and deeds lie apart; ┄ marks a deed that is told of the
    actor's group, or of a member, and not of the actor itself.
    """
    from holdfire.cli.board_page import as_markdown, print_board, write_csv
    from holdfire.model.actor import KINDS
    from holdfire.model.claim import CONDUCTS

    choice(format, "--format", ("text", "json", "csv", "md"))
    if kind is not None:
        choice(kind, "--kind", KINDS)
    for name in conduct or ():
        choice(name, "--conduct", CONDUCTS)
    asof = as_of(valid_on, known_by)
    before = day(compare, "--compare")
    if before is not None and asof.valid_on is not None and before >= asof.valid_on:
        raise UsageError(f"--compare: {before} is not before the day looked at, {asof.valid_on}. Give an earlier day.")
    settings = settings_from(ledger, rules)
    source = rule_source(settings)

    from holdfire.rules.rulebook import load_rulebook

    rulebook = load_rulebook(source)
    found = opened_board(settings, source, rulebook, asof, conflict, before)

    def is_wanted(posture: Posture) -> bool:
        held = {each.conduct for each in posture.findings}
        return (
            (not actor or any(each.casefold() in posture.name.casefold() for each in actor))
            and (not conduct or bool(held & set(conduct)))
            and kind in (None, posture.kind)
            and (not changed or posture.change is not None)
            and (posture.gap.size if posture.gap else 0) >= gap
        )

    shown = replace(found, postures=tuple(filter(is_wanted, found.postures)))
    counted = silence_by_actor(settings, source, asof, shown) if silence else {}
    if format == "json":
        from holdfire.cli.silence import quietness_to_json
        from holdfire.conclusions.as_json import board_to_json

        told = {"silence": [quietness_to_json(each) for each in counted.values()]} if silence else {}
        typer.echo(json.dumps(board_to_json(shown) | told, ensure_ascii=False, indent=2))
    elif format == "csv":
        write_csv(shown)
    elif format == "md":
        typer.echo(as_markdown(shown))
    else:
        print_board(shown, rulebook, of=len(found.postures), silence=counted)


def opened_board(
    settings: Settings, source: RuleSource, rulebook: Rulebook, asof: AsOf, name: str | None, before: date | None = None
) -> Board:
    """The board of a ledger. Raises UsageError for a conflict that nobody has written down and no claims show."""
    from holdfire.conclusions.board import read_board
    from holdfire.pipeline import load_knowledge

    knowledge = load_knowledge(source)
    with ledger_to_read(settings) as ledger, ledger.snapshot() as seen:
        conflict = conflict_of(name, seen, asof, source, knowledge)
        return read_board(seen, asof, rulebook=rulebook, knowledge=knowledge, conflict=conflict, compare=before)


def silence_by_actor(settings: Settings, source: RuleSource, asof: AsOf, board: Board) -> dict[str, Quietness]:
    """What counting says of each actor on the board, by key; it changes no posture."""
    from holdfire.conclusions.silence import read_silence
    from holdfire.pipeline import load_knowledge
    from holdfire.rules.silence import load_counted

    keys = [each.key for each in board.postures]
    on = replace(asof, valid_on=board.valid_on)
    with ledger_to_read(settings) as ledger:
        found = read_silence(ledger, on, knowledge=load_knowledge(source), counted=load_counted(source), actors=keys)
    return {each.key: each for each in found.found}
