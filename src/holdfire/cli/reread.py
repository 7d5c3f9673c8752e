"""`holdfire reread`: the reports of the ledger, read again with the rules of today."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.options import LedgerOption, RulesOption, day, ledger_name, rule_source, settings_from
from holdfire.cli.words import many
from holdfire.errors import HoldfireError

if TYPE_CHECKING:
    from holdfire.ledger.append import Reading
    from holdfire.ledger.connect import Ledger
    from holdfire.model.entry import Run
    from holdfire.rules.load import RuleSource

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

_BATCH = 32


@app.command()
def reread(
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Only reports published on this day or later.")
    ] = None,
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Read the reports of the ledger again with the rules of today; older claims are superseded, never overwritten."""
    first = day(since, "--since")
    settings = settings_from(ledger, rules)

    from holdfire.ledger.connect import open_ledger
    from holdfire.ledger.views import unread_by

    source = rule_source(settings)
    with open_ledger(settings.ledger, create=False) as opened:
        waiting = unread_by(opened, source.digest(), since=first)
        kept, problems, closed = _read_again(opened, waiting, source) if waiting else (Counter[str](), 0, 0)
    same, other = kept["confirmed"] + kept["unchanged"], kept["reread"]
    failed = f" {many(problems, 'problem')}." if problems else ""
    typer.echo(
        f"Read {many(kept.total(), 'report')} again: {same} as before, {other} otherwise ({many(closed, 'claim')} "
        f"superseded), kept in {ledger_name(settings.ledger)}.{failed}"
    )
    raise typer.Exit(1 if problems else 0)


def _read_again(ledger: Ledger, waiting: list[str], source: RuleSource) -> tuple[Counter[str], int, int]:
    """What became of the reports, how many could not be read, and how many claims were superseded."""
    from holdfire.intake.documents import mark_anew
    from holdfire.ledger.append import append_batch, begin_run, record_problem
    from holdfire.ledger.views import document
    from holdfire.model.entry import AsOf
    from holdfire.pipeline import load_reader, read_whole

    reader = load_reader(source)
    kept: Counter[str] = Counter()
    problems = closed = 0
    run: Run = begin_run(
        ledger, command="reread", rulebook_hash=reader.rulebook.digest, version=version("holdfire"),
        now=datetime.now(UTC),
    )  # fmt: skip
    for start in range(0, len(waiting), _BATCH):
        batch: list[Reading] = []
        for name in waiting[start : start + _BATCH]:
            report = document(ledger, name, AsOf())
            if report is None:
                continue
            try:
                batch.append(read_whole(mark_anew(report, reader.rulebook.boilerplate), reader))
            except HoldfireError as why:
                problems += 1
                record_problem(ledger, run, where=name, what=str(why), now=datetime.now(UTC))
                typer.echo(f"holdfire: {name}: {' '.join(str(why).split())}", err=True)
        for each in append_batch(ledger, run, batch, now=datetime.now(UTC)):
            kept[each.outcome] += 1
            closed += each.superseded
    return kept, problems, closed
