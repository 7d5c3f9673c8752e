"""`holdfire board`: who fights, who talks and who holds fire, each with its best sentence."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.options import (
    KnownByOption,
    LedgerOption,
    RulesOption,
    ValidOnOption,
    as_of,
    choice,
    conflict_named,
    ledger_to_read,
    rule_source,
    settings_from,
)
from holdfire.cli.words import day_words, many, moment_words, one_line

if TYPE_CHECKING:
    from rich.console import Console

    from holdfire.model.entry import AsOf
    from holdfire.model.posture import Board, Finding, Posture
    from holdfire.rules.load import RuleSource
    from holdfire.rules.rulebook import Rulebook
    from holdfire.settings import Settings

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

NONE = "none reported"
# A quotation on the board, not an article.
_SENTENCE_CHARS = 160


@app.command()
def board(
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    conflict: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what belongs to this conflict (rules/conflicts).")
    ] = None,
    format: Annotated[str, typer.Option("--format", help="text, json, csv or md.")] = "text",
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Show who is fighting, who is talking and who is holding fire, with the best sentence for each."""
    choice(format, "--format", ("text", "json", "csv", "md"))
    asof = as_of(valid_on, known_by)
    settings = settings_from(ledger, rules)
    source = rule_source(settings)

    from holdfire.rules.rulebook import load_rulebook

    rulebook = load_rulebook(source)
    found = opened_board(settings, source, rulebook, asof, conflict)
    if format == "json":
        from holdfire.conclusions.as_json import board_to_json

        typer.echo(json.dumps(board_to_json(found), ensure_ascii=False, indent=2))
    elif format == "csv":
        _write_csv(found)
    elif format == "md":
        typer.echo(_as_markdown(found))
    else:
        print_board(found, rulebook)


def opened_board(settings: Settings, source: RuleSource, rulebook: Rulebook, asof: AsOf, name: str | None) -> Board:
    """The board of a ledger. Raises UsageError for a conflict that nobody has written down."""
    from holdfire.conclusions.board import read_board
    from holdfire.pipeline import load_knowledge

    conflict = conflict_named(name, source)
    with ledger_to_read(settings) as ledger:
        return read_board(ledger, asof, rulebook=rulebook, knowledge=load_knowledge(source), conflict=conflict)


def heading(board: Board) -> str:
    """What the board is of, as of when, and from how much."""
    what = f"{board.conflict} · " if board.conflict else ""
    drawn = f"{many(board.reports, 'report')}, {many(board.outlets, 'outlet')}, {many(board.claims, 'claim')}"
    return f"{what}as of {day_words(board.valid_on)} · known by {moment_words(board.known_by)} · {drawn}"


def rows_of(board: Board) -> list[dict[str, str]]:
    """The board as one flat row an actor: what CSV and Markdown print."""
    rows = []
    for posture in board.postures:
        if not posture.findings:
            continue
        deed, word = posture.deed, posture.word
        best = posture.findings[0].best
        rows.append(
            {
                "actor": posture.name,
                "deed": deed.conduct if deed else NONE,
                "word": word.conduct if word else NONE,
                "since": posture.since.isoformat() if posture.since else "",
                "claims": str(sum(len(each.entries) for each in posture.findings)),
                "outlets": str(len({name for each in posture.findings for name in each.outlets})),
                "sentence": one_line(best.claim.evidence.text, _SENTENCE_CHARS),
                "document": best.document.id,
                "claim": best.claim.id,
            }
        )
    return rows


def apart(board: Board) -> list[tuple[str, str, Finding]]:
    """What is only rumoured, and what is denied: (label, actor, finding), in the board's order."""
    return [
        (label, posture.name, finding)
        for label in ("unconfirmed", "denied")
        for posture in board.postures
        for finding in getattr(posture, label)
    ]


def print_board(board: Board, rulebook: Rulebook) -> None:
    """The board on a terminal: a line an actor, and under it the best sentence."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 110, soft_wrap=False)
    console.print(Text(heading(board), style="bold"))
    if not board.postures:
        console.print("No claim in this ledger speaks of that day. Read reports into it: holdfire read FILE")
        return
    rows = [_cells(each, rulebook) for each in board.postures if each.findings]
    titles = ("actor", "deed", "word", "since", "evidence")
    widths = [min(_WIDEST, max(map(len, column))) for column in zip(titles, *rows, strict=True)]
    console.print(Text(_line(titles, widths), style="bold"))
    for posture, cells in zip((each for each in board.postures if each.findings), rows, strict=True):
        console.print(Text(_line(cells, widths)))
        _print_sentence(console, posture.findings[0])
    beside = apart(board)
    if beside:
        console.print()
        console.print(Text("Beside the board: rumour and denial make no posture", style="bold"))
    for label, actor, finding in beside:
        console.print(Text(f"{actor}  ▨ {finding.conduct}, {label}  {day_words(finding.since)}"))
        _print_sentence(console, finding)


_WIDEST = 34


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    fitted = (one_line(cell, width).ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(fitted).rstrip()


def _print_sentence(console: Console, finding: Finding) -> None:
    from rich.padding import Padding
    from rich.text import Text

    best = finding.best
    words = Text(f"“{one_line(best.claim.evidence.text, _SENTENCE_CHARS)}” ")
    words.append(f"{best.document.outlet or 'outlet not stated'} · {best.claim.id[:8]}", style="dim")
    console.print(Padding(words, (0, 0, 0, 4)))


def _cells(posture: Posture, rulebook: Rulebook) -> tuple[str, ...]:
    claims = len({entry.claim.id for each in posture.findings for entry in each.entries})
    outlets = len({name for each in posture.findings for name in each.outlets})
    return (
        posture.name,
        _conduct(posture.deed, rulebook),
        _conduct(posture.word, rulebook),
        day_words(posture.since),
        f"{claims} · {outlets} o.",
    )


def _conduct(finding: Finding | None, rulebook: Rulebook) -> str:
    return f"{rulebook.conducts[finding.conduct].sign} {finding.conduct}" if finding else NONE


def _write_csv(board: Board) -> None:
    rows = [{"standing": "posture", **each} for each in rows_of(board)]
    for label, actor, finding in apart(board):
        entry = finding.best
        rows.append(
            {
                "standing": label,
                "actor": actor,
                "deed": finding.conduct,
                "word": "",
                "since": finding.since.isoformat(),
                "claims": str(len(finding.entries)),
                "outlets": str(len(finding.outlets)),
                "sentence": one_line(entry.claim.evidence.text, _SENTENCE_CHARS),
                "document": entry.document.id,
                "claim": entry.claim.id,
            }
        )
    names = ("standing", "actor", "deed", "word", "since", "claims", "outlets", "sentence", "document", "claim")
    writer = csv.DictWriter(sys.stdout, fieldnames=names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _as_markdown(board: Board) -> str:
    lines = [f"**{heading(board)}**", "", "| actor | deed | word | since | claims | outlets | sentence |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- |")
    for row in rows_of(board):
        cells = (row[name] for name in ("actor", "deed", "word", "since", "claims", "outlets"))
        lines.append("| " + " | ".join(_cell(each) for each in cells) + f" | “{_cell(row['sentence'])}” |")
    for label, actor, finding in apart(board):
        sentence = _cell(one_line(finding.best.claim.evidence.text, _SENTENCE_CHARS))
        lines.append(f"\n*{label}*: {_cell(actor)}, {finding.conduct}, {finding.since.isoformat()}: “{sentence}”")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")
