"""`holdfire demo`: the sample reports, read into a fresh ledger, and the board that they make."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.options import RulesOption, rule_source, settings_from
from holdfire.cli.words import many

if TYPE_CHECKING:
    from holdfire.intake.metadata import Header
    from holdfire.rules.load import RuleSource

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

CONFLICT = "iran-israel-2025"


@app.command()
def demo(
    folder: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where to write the ledger (else a new temporary folder).")
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Read the sample reports into a fresh ledger, print the board, say what to type next."""
    where = folder or Path(tempfile.mkdtemp(prefix="holdfire-"))
    where.mkdir(parents=True, exist_ok=True)
    path = where / "demo.db"
    settings = settings_from(str(path), rules)
    source = rule_source(settings)

    from holdfire.cli.board import opened_board
    from holdfire.cli.board_page import print_board
    from holdfire.model.entry import AsOf
    from holdfire.rules.rulebook import load_rulebook

    reports, claims = fill(settings.ledger, source)
    typer.echo(f"Read {many(reports, 'sample report')}: {many(claims, 'claim')}, kept in {path}\n")
    rulebook = load_rulebook(source)
    found = opened_board(settings, source, rulebook, AsOf(), CONFLICT)
    print_board(found, rulebook)
    first = next((each.best.claim.id[:8] for posture in found.postures for each in posture.findings), "CLAIM")
    program = _program()
    typer.echo("\nWhat to type next:")
    for command, why in (
        (f"show {first}", "the first sentence in its report, with its facets and rules"),
        ('claims --conduct "holding fire"', "who holds fire, sentence by sentence"),
        ("board --valid-on 2025-06-17", "the board as of an earlier day"),
        ('explain "The militias have sat this war out."', "how a sentence of your own is read"),
        ("read YOUR-REPORT.txt --published 2025-06-17", "add a report of your own"),
    ):
        ledger = "" if command.startswith("explain") else f" --ledger {path}"
        typer.echo(f"  {program} {command}{ledger}\n      {why}")


def _program() -> str:
    """How this very command line is called from where the user stands."""
    if shutil.which("holdfire"):
        return "holdfire"
    beside = Path(sys.executable).with_name("holdfire")
    return os.path.relpath(beside) if beside.exists() else f"{sys.executable} -m holdfire.cli.main"


def fill(ledger: str, source: RuleSource) -> tuple[int, int]:
    """Read the samples into a ledger; how many reports and claims they gave."""
    from holdfire.intake.files import IntakeProblem, read_paths
    from holdfire.ledger.append import append_batch, begin_run
    from holdfire.ledger.connect import open_ledger
    from holdfire.pipeline import load_reader, read_document

    reader = load_reader(source)
    batch = []
    for path, header in samples():
        for report in read_paths([str(path)], given=header, rules=reader.rulebook.boilerplate):
            if isinstance(report, IntakeProblem):
                raise RuntimeError(f"the sample {report} cannot be read")
            batch.append((report, read_document(report, reader)))
    now = datetime.now(UTC)
    with open_ledger(ledger) as opened:
        run = begin_run(
            opened, command="demo", rulebook_hash=reader.rulebook.digest, version=version("holdfire"), now=now
        )
        append_batch(opened, run, batch, now=now)
    return len(batch), sum(len(claims) for _, claims in batch)


def samples() -> Iterator[tuple[Path, Header]]:
    """The sample files with what samples.toml says of them."""
    from holdfire.intake.metadata import Header

    folder = Path(str(resources.files("holdfire") / "samples"))
    for each in tomllib.loads((folder / "samples.toml").read_text("utf-8"))["report"]:
        yield folder / each["file"], Header(outlet=each.get("outlet"), published=each.get("published"))
