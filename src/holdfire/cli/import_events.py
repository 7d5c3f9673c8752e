"""`holdfire import`: other people's event tables into the ledger, with what was left out and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from holdfire.cli.options import LedgerOption, RulesOption, choice, ledger_name, rule_source, settings_from
from holdfire.model.event_row import ORIGINS

if TYPE_CHECKING:
    from holdfire.exchange.event_import import Imported
    from holdfire.exchange.event_parties import Parties
    from holdfire.model.entry import Run
    from holdfire.rules.load import RuleSource

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

# An interrupted command ends with this code, as in any shell.
_INTERRUPTED = 130


@app.command()
def import_events(
    origin: Annotated[str, typer.Argument(metavar="ORIGIN", help=f"Whose table it is: {', '.join(ORIGINS)}.")],
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Tables as published, plain or packed (.zip, .gz, .bz2).")
    ],
    grade: Annotated[
        str, typer.Option("--grade", metavar="A-F", help="How reliable the table is to you; F: cannot be judged.")
    ] = "F",
    store: Annotated[bool, typer.Option("--store/--no-store", help="Keep the rows, or only say what they are.")] = True,
    format: Annotated[str, typer.Option("--format", help="text, or json.")] = "text",
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Import event tables: ACLED, UCDP GED, GDELT 1.0 and 2.0, ICEWS, POLECAT. Run it again to go on after a break."""
    choice(format, "--format", ("text", "json"))
    choice(origin, "ORIGIN", ORIGINS)
    choice(grade, "--grade", tuple("ABCDEF"))
    settings = settings_from(ledger, rules)

    from holdfire.exchange.event_import import import_table, try_table
    from holdfire.exchange.event_tables import open_table

    source = rule_source(settings)
    parties = _parties(source)
    # All files are looked at before the first row is kept.
    tables = [open_table(file, origin, parties, grade=grade) for file in files]
    if not store:
        _tell([try_table(table) for table in tables], format, None)
        return

    from holdfire.ledger.connect import open_ledger

    done: list[Imported] = []
    rulebook_hash = source.digest()
    with open_ledger(settings.ledger) as opened, _progress() as show:
        begin = _beginner(opened, origin, rulebook_hash)
        try:
            for table in tables:
                found = import_table(
                    table, opened, begin, rulebook_hash=rulebook_hash, grade=grade, names=parties.names,
                    clock=lambda: datetime.now(UTC), show=show,
                )  # fmt: skip
                done.append(found)
        except KeyboardInterrupt:
            typer.echo(
                "holdfire: stopped. What was stored is kept, whole; run the same command to go on from there.", err=True
            )
            raise typer.Exit(_INTERRUPTED) from None
    _tell(done, format, settings.ledger)


def _parties(source: RuleSource) -> Parties:
    from holdfire.exchange.event_parties import Parties
    from holdfire.pipeline import load_knowledge
    from holdfire.rules.event_tables import load_event_table_rules
    from holdfire.rules.imports import load_import_rules

    return Parties(
        knowledge=load_knowledge(source), rules=load_event_table_rules(source), imports=load_import_rules(source)
    )  # fmt: skip


def _beginner(opened: Any, origin: str, rulebook_hash: str) -> Callable[[], Run]:
    """Begins one run for all files, when the first of them has something to record."""
    begun: list[Run] = []

    def begin() -> Run:
        if not begun:
            from holdfire.ledger.append import begin_run

            begun.append(
                begin_run(
                    opened, command=f"import {origin}", rulebook_hash=rulebook_hash, version=version("holdfire"),
                    now=datetime.now(UTC),
                )
            )  # fmt: skip
        return begun[0]

    return begin


def _tell(done: list[Imported], format: str, url: str | None) -> None:
    """What became of each file. Exit code 1 where a file held records and none could be used."""
    if format == "json":
        typer.echo(json.dumps([_as_json(each) for each in done], ensure_ascii=False, indent=2))
    else:
        for each in done:
            for line in _as_text(each, url):
                typer.echo(line)
    if any(each.tally.read and not each.tally.used for each in done):
        raise typer.Exit(1)


def _as_json(done: Imported) -> dict[str, Any]:
    tally = done.tally
    return {
        "file": done.file, "origin": done.origin, "records": tally.read, "used": tally.used, "rows": tally.rows,
        "parties_named": tally.named, "parties_known": tally.known,
        "skipped": [
            {"reason": reason, "records": each.count, "first_line": each.line, "found": each.detail or None}
            for reason, each in tally.skipped.items()
        ],
        **{name: done.fates[name] for name in ("new", "unchanged", "revised", "older", "duplicates")},
        "resumed_after_line": done.resumed_after or None, "complete_before": done.was_complete,
    }  # fmt: skip


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _as_text(done: Imported, url: str | None) -> Iterator[str]:
    tally, fates = done.tally, done.fates
    left_out = sum(each.count for each in tally.skipped.values())
    yield (
        f"{done.file}: {tally.read:,} record{_s(tally.read)}, {tally.used:,} used for {tally.rows:,} "
        f"row{_s(tally.rows)}, {left_out:,} left out."
    )
    if tally.named:
        share = f"{tally.known:,} of {tally.named:,} mentions of parties ({tally.known / tally.named:.0%})"
        yield f"  The knowledge base knows {share}; the others keep the table's words."
    if url is None:
        yield "  Kept nowhere (--no-store)."
    elif done.was_complete:
        yield f"  Held already in {ledger_name(url)}: this file was imported before, with the same rules and grade."
    else:
        if done.resumed_after:
            yield f"  Went on after line {done.resumed_after:,}, where an earlier import had stopped."
        told = [f"{fates['new']:,} new", f"{fates['unchanged']:,} held already"]
        told += [f"{fates[name]:,} {words}" for name, words in _FATES.items() if fates[name]]
        yield f"  Kept in {ledger_name(url)}: {', '.join(told)}."
    for reason, each in sorted(tally.skipped.items(), key=lambda pair: -pair[1].count):
        found = f": {each.detail}" if each.detail else ""
        yield f"  left out {each.count:,}: {reason} (first on line {each.line:,}{found})"


_FATES = {
    "revised": "replaced an earlier edition", "older": "of an earlier edition than the one held",
    "duplicates": "saying what another row says",
}  # fmt: skip


@contextmanager
def _progress() -> Iterator[Callable[[Imported, int], None]]:
    """Shows how far an import is on a terminal; says nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda done, line: None
        return
    from rich.console import Console

    with Console(stderr=True).status("Importing …") as status:
        yield lambda done, line: status.update(f"{done.file}: line {line:,}, {done.tally.rows:,} rows kept")
