"""The board as a page: for a terminal, as Markdown, as CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from holdfire.cli.words import day_words, many, moment_words, one_line

if TYPE_CHECKING:
    from rich.console import Console

    from holdfire.model.posture import Board, Finding, Posture
    from holdfire.model.silence import Quietness
    from holdfire.rules.rulebook import Rulebook

NONE = "none reported"
INHERITED = "┄"
# A quotation on the board, not an article.
_SENTENCE_CHARS = 160
_WIDTH = 116
_WIDEST = {"actor": 28, "change": 20}


def heading(board: Board) -> str:
    """What the board is of, as of when, and from how much."""
    what = f"{board.conflict} · " if board.conflict else ""
    drawn = f"{many(board.reports, 'report')}, {many(board.outlets, 'outlet')}, {many(board.claims, 'claim')}"
    compared = f" · compared with {day_words(board.compared_with)}" if board.compared_with else ""
    return f"{what}as of {day_words(board.valid_on)} · known by {moment_words(board.known_by)} · {drawn}{compared}"


def print_board(
    board: Board, rulebook: Rulebook, *, of: int | None = None, silence: Mapping[str, Quietness] | None = None
) -> None:
    """The board on a terminal: a line an actor, and under it the best sentence.

    of: how many there are in all. silence: what counting says, by actor's key, as a last column.
    """
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH, soft_wrap=False)
    console.print(Text(heading(board), style="bold"))
    if not board.postures:
        if of:
            console.print(f"None of {many(of, 'actor')} is as asked for.")
        else:
            console.print("No claim in this ledger speaks of that day. Read reports into it: holdfire read FILE")
        return
    shown = [each for each in board.postures if each.findings]
    rows = [_cells(each, board, rulebook) for each in shown]
    titles: tuple[str, ...] = ("actor", "deed", "word", "since", "evidence", "gap", "change")
    if silence:
        titles = (*titles, "counted")
        said = (silence.get(each.key) for each in shown)
        rows = [(*cells, each.word if each else "–") for cells, each in zip(rows, said, strict=True)]
    columns = zip(titles, zip(*rows, strict=True), strict=True) if rows else ()
    widths = [min(_WIDEST.get(title, 40), max(len(title), *map(len, cells))) for title, cells in columns]
    if rows:
        console.print(Text(_line(titles, widths), style="bold"))
    for posture, cells in zip(shown, rows, strict=True):
        console.print(Text(_line(cells, widths)))
        _print_sentence(console, posture.findings[0])
    beside = apart(board)
    if beside:
        console.print()
        console.print(Text("Beside the board: rumour and denial make no posture", style="bold"))
    for label, actor, finding in beside:
        console.print(Text(f"{actor}  ▨ {finding.conduct}, {label}  {day_words(finding.since)}"))
        _print_sentence(console, finding)
    notes = _footnotes(board, shown, of)
    if silence:
        notes.append(
            "Counted, not read: quiet, not reported and cannot tell are three findings, none of them restraint."
        )
    for line in notes:
        console.print()
        console.print(Text(line, style="dim"))


def _footnotes(board: Board, shown: Sequence[Posture], of: int | None) -> list[str]:
    """What a reader of the board should know besides: signs, who is gone, what was left out."""
    notes = []
    inherited = {each.inherited for posture in shown for each in posture.findings if each.inherited}
    if inherited:
        names = ", ".join(sorted({each.name for each in inherited}))
        notes.append(f"{INHERITED} told of {names}, and not of the actor itself.")
    keys = {each.key for each in board.postures}
    gone = [each for each in board.earlier if each.findings and each.key not in keys]
    if gone and (of is None or of == len(board.postures)):
        words = "; ".join(f"{each.name} ({', '.join(one.conduct for one in each.findings)})" for each in gone)
        notes.append(f"No longer on the board: {words}.")
    if of is not None and of > len(board.postures):
        notes.append(f"{len(board.postures)} of {many(of, 'actor')} shown.")
    if board.untied:
        notes.append(f"{many(board.untied, 'claim')} of those days not tied to this conflict.")
    if board.undated:
        notes.append(f"{many(board.undated, 'claim')} without a day of report or event, taken at the day of reading.")
    return notes


def _cells(posture: Posture, board: Board, rulebook: Rulebook) -> tuple[str, ...]:
    claims = len({entry.claim.id for each in posture.findings for entry in each.entries})
    outlets = len({name for each in posture.findings for name in each.outlets})
    return (
        posture.name,
        _conduct(posture.deed, rulebook),
        _conduct(posture.word, rulebook),
        _since(posture.since, board.valid_on),
        f"{claims} · {outlets} o.",
        gap_sign(posture),
        change_words(posture),
    )


def _since(since: date | None, on: date | None) -> str:
    """ "13 June", with the year where it is not that of the board."""
    if since is None or on is None:
        return day_words(since)
    return f"{since.day} {since:%B}" if since.year == on.year else day_words(since)


def gap_sign(posture: Posture) -> str:
    """One bar for a step between words and deeds, three for opposites; "–" for none."""
    return "▮" * posture.gap.size if posture.gap else "–"


def change_words(posture: Posture) -> str:
    """What the posture was before it last changed, "new" where there was none, "–" where it did not change."""
    if posture.change is None:
        return "–"
    return f"was {posture.change.before}" if posture.change.before else "new"


def _conduct(finding: Finding | None, rulebook: Rulebook) -> str:
    if finding is None:
        return NONE
    mark = f" {INHERITED}" if finding.inherited else ""
    return f"{rulebook.conducts[finding.conduct].sign} {finding.conduct}{mark}"


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


def rows_of(board: Board) -> list[dict[str, str]]:
    """The board as one flat row an actor: what CSV and Markdown print."""
    rows = []
    for posture in board.postures:
        if not posture.findings:
            continue
        deed, word = posture.deed, posture.word
        best = posture.findings[0].best
        inherited = {each.inherited.name for each in posture.findings if each.inherited}
        rows.append(
            {
                "actor": posture.name,
                "deed": deed.conduct if deed else NONE,
                "word": word.conduct if word else NONE,
                "since": posture.since.isoformat() if posture.since else "",
                "claims": str(sum(len(each.entries) for each in posture.findings)),
                "outlets": str(len({name for each in posture.findings for name in each.outlets})),
                "gap": str(posture.gap.size) if posture.gap else "",
                "change": change_words(posture) if posture.change else "",
                "changed_on": posture.change.on.isoformat() if posture.change else "",
                "inherited_from": ", ".join(sorted(inherited)),
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


def write_csv(board: Board) -> None:
    """A row for each posture, then one for each rumour and denial."""
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
    names = (
        "standing", "actor", "deed", "word", "since", "claims", "outlets", "sentence", "document", "claim", "gap",
        "change", "changed_on", "inherited_from",
    )  # fmt: skip
    writer = csv.DictWriter(sys.stdout, fieldnames=names, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)


_MARKDOWN = ("actor", "deed", "word", "since", "claims", "outlets", "gap", "change")


def as_markdown(board: Board) -> str:
    """A table of the postures, and a line for each rumour and denial."""
    lines = [f"**{heading(board)}**", "", f"| {' | '.join(_MARKDOWN)} | sentence |", "| --- " * 9 + "|"]
    for row in rows_of(board):
        deed = f"{row['deed']} (told of {row['inherited_from']})" if row["inherited_from"] else row["deed"]
        shown = row | {"deed": deed}
        cells = (_cell(shown[name]) for name in _MARKDOWN)
        lines.append("| " + " | ".join(cells) + f" | “{_cell(row['sentence'])}” |")
    for label, actor, finding in apart(board):
        sentence = _cell(one_line(finding.best.claim.evidence.text, _SENTENCE_CHARS))
        lines.append(f"\n*{label}*: {_cell(actor)}, {finding.conduct}, {finding.since.isoformat()}: “{sentence}”")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")
