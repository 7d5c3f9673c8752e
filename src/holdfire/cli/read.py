"""`holdfire read`: reports in, ledger entries or JSON lines out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.options import LedgerOption, RulesOption, choice, day, rule_source, settings_from
from holdfire.errors import HoldfireError, UsageError

if TYPE_CHECKING:
    from holdfire.intake.files import IntakeProblem
    from holdfire.model.claim import Claim
    from holdfire.model.document import Document
    from holdfire.pipeline import Reader

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@dataclass(slots=True)
class _Tally:
    """What a run has done so far."""

    documents: int = 0
    claims: int = 0
    actors: set[str] = field(default_factory=set)
    problems: list[IntakeProblem] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        return 2 if any(each.misuse for each in self.problems) else 1 if self.problems else 0

    def summary(self, where: str) -> str:
        found = f"{_many(self.claims, 'claim')} by {_many(len(self.actors), 'actor')}"
        failed = f" {_many(len(self.problems), 'problem')}." if self.problems else ""
        return f"Read {_many(self.documents, 'report')}: {found}{where}.{failed}"


@app.command()
def read(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help='Files of text, HTML or JSONL; "-" for standard input.')
    ],
    format: Annotated[
        str, typer.Option("--format", help="summary, or jsonl: one object per report on standard output.")
    ] = "summary",
    store: Annotated[bool, typer.Option("--store/--no-store", help="Append to the ledger, or leave it alone.")] = True,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Publication date where a report has none.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet where a report names none.")] = None,
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Read reports into the ledger: text, HTML or JSONL."""
    choice(format, "--format", ("summary", "jsonl"))
    published_on = day(published, "--published")
    settings = settings_from(ledger, rules)

    from holdfire.intake.files import IntakeProblem, read_paths
    from holdfire.intake.metadata import Header
    from holdfire.pipeline import load_reader, read_document
    from holdfire.rules.boilerplate import load_boilerplate_rules

    source = rule_source(settings)
    given = Header(published=published_on, outlet=outlet)
    reports = read_paths(paths, given=given, rules=load_boilerplate_rules(source))
    tally = _Tally()
    if store:
        raise UsageError("Appending to the ledger: this version has none yet. Add --no-store.")
    with _progress() as show:
        reader: Reader | None = None
        for report in reports:
            if isinstance(report, IntakeProblem):
                _report_problem(report, tally)
                continue
            # The language model is loaded for the first report that can be read, not for a mistyped path.
            reader = reader or load_reader(source)
            show(report)
            try:
                claims = read_document(report, reader)
            except HoldfireError as why:
                _report_problem(IntakeProblem(where=report.id, what=str(why)), tally)
                continue
            tally.documents += 1
            tally.claims += len(claims)
            tally.actors |= {mention.name or mention.text for claim in claims for mention in claim.actor}
            if format == "jsonl":
                _write_line(report, claims)
    where = ", kept nowhere (--no-store)"
    typer.echo(tally.summary(where), err=format == "jsonl")
    raise typer.Exit(tally.exit_code)


@contextmanager
def _progress() -> Iterator[Callable[[Document], None]]:
    """Shows the report being read on a terminal; says nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda report: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("Reading …") as status:
        done = 0

        def show(report: Document) -> None:
            nonlocal done
            done += 1
            status.update(f"Reading report {done}: {report.title or report.id}")

        yield show


def _report_problem(problem: IntakeProblem, tally: _Tally) -> None:
    tally.problems.append(problem)
    typer.echo(f"holdfire: {' '.join(str(problem).split())}", err=True)


def _write_line(document: Document, claims: tuple[Claim, ...]) -> None:
    from holdfire.model.codec import claim_to_json, document_to_json

    found = {"document": document_to_json(document), "claims": [claim_to_json(each) for each in claims]}
    typer.echo(json.dumps(found, ensure_ascii=False))


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
