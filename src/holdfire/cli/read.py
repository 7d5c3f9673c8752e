"""`holdfire read`: reports in, ledger entries or JSON lines out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.options import LedgerOption, RulesOption, choice, day, ledger_name, rule_source, settings_from
from holdfire.cli.progress import progress
from holdfire.cli.words import many
from holdfire.errors import RefusedDocument, UsageError

if TYPE_CHECKING:
    from holdfire.intake.files import IntakeProblem
    from holdfire.ledger.append import AppendResult, Reading
    from holdfire.ledger.connect import Ledger
    from holdfire.model.claim import Claim
    from holdfire.model.document import Document
    from holdfire.model.entry import Run
    from holdfire.rules.load import RuleSource

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


# Enough that the disk is not waited for after each report, few enough that little is read twice after a crash.
BATCH = 32


@dataclass(slots=True)
class _Tally:
    """What a run has done so far. `kept` counts what became of the reports in the ledger."""

    documents: int = 0
    claims: int = 0
    actors: set[str] = field(default_factory=set)
    problems: list[IntakeProblem] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)
    passed_over: int = 0

    @property
    def exit_code(self) -> int:
        return 2 if any(each.misuse for each in self.problems) else 1 if self.problems else 0

    def summary(self, where: str) -> str:
        found = f"{many(self.claims, 'claim')} by {many(len(self.actors), 'actor')}"
        failed = f" {many(len(self.problems), 'problem')}." if self.problems else ""
        passed = f" {many(self.passed_over, 'report')} read before." if self.passed_over else ""
        return f"Read {many(self.documents, 'report')}: {found}{where}.{passed}{failed}"


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
    workers: Annotated[int, typer.Option(metavar="N", help="How many processes read.")] = 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Pass over reports that the ledger holds as read by these rules.")
    ] = False,
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Read reports into the ledger: text, HTML or JSONL."""
    choice(format, "--format", ("summary", "jsonl"))
    published_on = day(published, "--published")
    settings = settings_from(ledger, rules)

    if workers < 1:
        raise UsageError("--workers: at least one.")
    if resume and not store:
        raise UsageError("--resume asks the ledger what was read; it does not go with --no-store.")

    from holdfire.bulk.pool import Pool
    from holdfire.bulk.serial import Serial
    from holdfire.intake.files import IntakeProblem, read_paths
    from holdfire.intake.metadata import Header
    from holdfire.rules.boilerplate import load_boilerplate_rules

    source = rule_source(settings)
    given = Header(published=published_on, outlet=outlet)
    reports = read_paths(paths, given=given, rules=load_boilerplate_rules(source))
    tally = _Tally()
    with ExitStack() as open_things:
        keeper = open_things.enter_context(_Keeper.opened(settings.ledger, tally)) if store else None
        show = open_things.enter_context(progress(paths))
        reading: Pool | Serial = Pool(source, workers) if workers > 1 else Serial(source)
        open_things.enter_context(reading)
        if keeper and resume:
            reports = _left_to_read(reports, keeper.ledger, source, tally)
        try:
            for each in reading.read(reports):
                show(tally.documents + len(tally.problems))
                if isinstance(each, IntakeProblem):
                    _report_problem(each, tally)
                    continue
                tally.documents += 1
                tally.claims += len(each.claims)
                tally.actors |= {mention.name or mention.text for claim in each.claims for mention in claim.actor}
                if format == "jsonl":
                    _write_line(each.document, each.claims)
                if keeper:
                    keeper.keep((each.document, each.claims, each.passages), reading.rulebook_hash)
        except KeyboardInterrupt:
            typer.echo("holdfire: stopped. What was read so far is kept; go on with --resume.", err=True)
            if keeper:
                keeper.flush()
            raise typer.Exit(130) from None
        if keeper:
            keeper.finish(reading.rulebook_hash or None)
    where = _fate(tally, settings.ledger) if store else ", kept nowhere (--no-store)"
    typer.echo(tally.summary(where), err=format == "jsonl")
    raise typer.Exit(tally.exit_code)


def _left_to_read(
    reports: Iterator[Document | IntakeProblem], ledger: Ledger, source: RuleSource, tally: _Tally
) -> Iterator[Document | IntakeProblem]:
    """The reports that the ledger does not hold as read by these rules; problems pass through."""
    from holdfire.ledger.readings import read_already
    from holdfire.model.document import Document
    from holdfire.rules.rulebook import load_rulebook

    digest = load_rulebook(source).digest
    while some := list(islice(reports, BATCH)):
        documents = [each for each in some if isinstance(each, Document)]
        known = read_already(ledger, documents, digest)
        held = {id(each) for each, read in zip(documents, known, strict=True) if read}
        tally.passed_over += len(held)
        yield from (each for each in some if id(each) not in held)


def _fate(tally: _Tally, url: str) -> str:
    """Where the reports went, and how many the ledger held already."""
    if not tally.documents:
        return ", nothing kept"
    held = tally.kept["unchanged"] + tally.kept["confirmed"]
    return f", kept in {ledger_name(url)}" + (f" ({held} held already)" if held else "")


class _Keeper:
    """Appends reports to the ledger in batches; the run begins with the first."""

    def __init__(self, ledger: Ledger, tally: _Tally) -> None:
        self.ledger = ledger
        self._tally = tally
        self._run: Run | None = None
        self._waiting: list[Reading] = []

    @classmethod
    @contextmanager
    def opened(cls, url: str, tally: _Tally) -> Iterator[_Keeper]:
        """A keeper for the ledger, which is opened before anything is read. Raises LedgerError."""
        from holdfire.ledger.connect import open_ledger

        with open_ledger(url) as ledger:
            yield cls(ledger, tally)

    def keep(self, reading: Reading, rulebook_hash: str) -> None:
        """Take one report; a full batch is stored at once."""
        self._begin(rulebook_hash)
        self._waiting.append(reading)
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Store what is waiting. A report that the ledger refuses costs that report alone."""
        from holdfire.ledger.append import append_batch

        waiting, self._waiting = self._waiting, []
        if not waiting or self._run is None:
            return
        try:
            results = append_batch(self.ledger, self._run, waiting, now=datetime.now(UTC))
        except RefusedDocument:
            results = tuple(each for reading in waiting for each in self._one(reading, self._run))
        self._tally.kept.update(each.outcome for each in results)

    def finish(self, rulebook_hash: str | None) -> None:
        """Store the rest, and what could not be read."""
        from holdfire.ledger.append import record_problem

        self.flush()
        if not self._tally.problems:
            return
        if self._run is None and rulebook_hash is None:
            # Nothing at all could be read: a mistyped path is no history.
            return
        self._begin(rulebook_hash or "")
        for problem in self._tally.problems:
            if self._run is not None:
                now = datetime.now(UTC)
                record_problem(self.ledger, self._run, where=problem.where, what=problem.what, now=now)

    def _begin(self, rulebook_hash: str) -> None:
        if self._run is None:
            from holdfire.ledger.append import begin_run

            self._run = begin_run(
                self.ledger,
                command="read",
                rulebook_hash=rulebook_hash,
                version=version("holdfire"),
                now=datetime.now(UTC),
            )

    def _one(self, reading: Reading, run: Run) -> Iterator[AppendResult]:
        from holdfire.intake.files import IntakeProblem
        from holdfire.ledger.append import append_batch

        try:
            yield from append_batch(self.ledger, run, [reading], now=datetime.now(UTC))
        except RefusedDocument as why:
            _report_problem(IntakeProblem(where=reading[0].id, what=str(why)), self._tally)


def _report_problem(problem: IntakeProblem, tally: _Tally) -> None:
    tally.problems.append(problem)
    typer.echo(f"holdfire: {' '.join(str(problem).split())}", err=True)


def _write_line(document: Document, claims: tuple[Claim, ...]) -> None:
    from holdfire.model.codec import claim_to_json, document_to_json

    found = {"document": document_to_json(document), "claims": [claim_to_json(each) for each in claims]}
    typer.echo(json.dumps(found, ensure_ascii=False))
