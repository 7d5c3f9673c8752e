"""`holdfire ledger`: check it, copy it, put a copy back, join another one, take a report down, grade outlets."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.judge import login_name
from holdfire.cli.options import LedgerOption, ledger_name, settings_from
from holdfire.cli.words import many
from holdfire.errors import UsageError

if TYPE_CHECKING:
    from holdfire.ledger.connect import Ledger

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Look after the ledger: check, backup, restore, merge, takedown, grade, import-grades.",
)

ByOption = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who says so (else your login name).")]


@app.command()
def check(ledger: LedgerOption = None) -> None:
    """Look the ledger over: pages, references, the chain of hashes, evidence against text. Exit code 1 for a fault."""
    settings = settings_from(ledger, None)

    from holdfire.ledger.check import check as faults_of
    from holdfire.ledger.check import content_hash

    with _opened_to_check(settings.ledger) as opened:
        count = 0
        for fault in faults_of(opened):
            count += 1
            typer.echo(f"{fault.kind}: {fault.what}")
        if not count:
            typer.echo(f"The ledger {ledger_name(settings.ledger)} is sound. Content hash {content_hash(opened)}.")
            return
    typer.echo(
        f"{many(count, 'fault')} in {ledger_name(settings.ledger)}. Keep a copy of the file, then restore the last "
        "backup: holdfire ledger restore BACKUP",
        err=True,
    )
    raise typer.Exit(1)


def _opened_to_check(url: str) -> Ledger:
    """The ledger for reading only, so that one on a read-only disk can be checked; an older one is migrated first."""
    from holdfire.errors import OlderLedger
    from holdfire.ledger.connect import open_ledger

    try:
        return open_ledger(url, create=False, read_only=True)
    except OlderLedger:
        return open_ledger(url, create=False)


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="The file to make.")], ledger: LedgerOption = None
) -> None:
    """Copy the ledger to a new file, whole and as of one moment, while others go on reading and writing."""
    settings = settings_from(ledger, None)

    from holdfire.ledger.backup import back_up
    from holdfire.ledger.connect import open_ledger

    with open_ledger(settings.ledger, create=False) as opened:
        found = back_up(opened, target.expanduser().absolute())
    typer.echo(f"Copied {ledger_name(settings.ledger)} to {target} and checked it. Content hash {found}.")


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="A file that backup made.")],
    ledger: LedgerOption = None,
) -> None:
    """Put a backup in the ledger's place; the ledger that was there is kept beside it."""
    settings = settings_from(ledger, None)
    if not settings.ledger.startswith("sqlite:///"):
        raise UsageError("restore: the ledger is on PostgreSQL. Use its own tools: pg_restore --clean.")

    from holdfire.ledger.backup import restore as put_back

    target = Path(settings.ledger.removeprefix("sqlite:///"))
    found = put_back(source.expanduser().absolute(), target)
    typer.echo(f"Restored {target} from {source}. Content hash {found}.")


@app.command()
def merge(
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Another ledger: a file or a database URL.")],
    ledger: LedgerOption = None,
) -> None:
    """Bring everything of another ledger into this one; the other is only read."""
    settings = settings_from(ledger, None)
    from_where = settings_from(other, None)

    from holdfire.ledger.connect import open_ledger
    from holdfire.ledger.merge import merge as join

    with (
        open_ledger(from_where.ledger, create=False, read_only=True) as theirs,
        open_ledger(settings.ledger) as ours,
    ):
        came = join(ours, theirs)
    typer.echo(
        f"Merged {ledger_name(from_where.ledger)} into {ledger_name(settings.ledger)}: "
        f"{many(came.documents, 'report')}, {many(came.readings, 'reading')}, {many(came.judgements, 'judgement')}, "
        f"{many(came.takedowns, 'taking down')}, {many(came.event_rows, 'event row')} came in."
    )


@app.command()
def takedown(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="The report's id; its first digits will do.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    by: ByOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Remove a report's text and claims for good; its hashes and who took it down, when and why, are kept."""
    settings = settings_from(ledger, None)

    from holdfire.ledger.connect import open_ledger
    from holdfire.ledger.takedown import take_down

    with open_ledger(settings.ledger, create=False) as opened:
        gone = take_down(opened, document, who=by or login_name(), reason=reason, now=datetime.now(UTC))
    typer.echo(
        f"Took down {document}: {many(gone.versions, 'version')} and {many(gone.claims, 'claim')} emptied. "
        "Backups made before still hold the text."
    )


@app.command()
def grade(
    outlet: Annotated[str, typer.Argument(metavar="OUTLET", help="The outlet as reports name it.")],
    letter: Annotated[str, typer.Argument(metavar="A-F", help="A completely reliable … E unreliable, F cannot judge.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    by: ByOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Grade an outlet from A (completely reliable) to E (unreliable) or F (cannot be judged); grades are kept."""
    settings = settings_from(ledger, None)

    from holdfire.ledger.connect import open_ledger
    from holdfire.ledger.judge import grade as record

    with open_ledger(settings.ledger, create=False) as opened:
        made = record(
            opened, outlet, letter=letter.upper(), who=by or login_name(), reason=reason, now=datetime.now(UTC)
        )
    typer.echo(f"{made.outlet} is graded {made.letter} by {made.who}.")


@app.command()
def import_grades(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with the columns outlet, grade and reason.")],
    by: ByOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Grade many outlets from a CSV file: all of it, or nothing where a line is wrong."""
    settings = settings_from(ledger, None)

    from holdfire.ledger.connect import open_ledger
    from holdfire.ledger.judge import grade as record

    rows = _grades_in(file)
    with open_ledger(settings.ledger, create=False) as opened:
        for outlet, letter, reason in rows:
            record(opened, outlet, letter=letter, who=by or login_name(), reason=reason, now=datetime.now(UTC))
    typer.echo(f"{many(len(rows), 'outlet')} graded from {file}.")


def _grades_in(file: Path) -> list[tuple[str, str, str]]:
    """Outlet, letter and reason of each line. Raises UsageError naming the first line that is wrong."""
    import csv

    from holdfire.ledger.judge import GRADE_LETTERS

    try:
        lines = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as why:
        raise UsageError(f"import-grades: {file} cannot be read: {why}. Give a CSV file in UTF-8.") from why
    found = []
    for number, line in enumerate(lines, 2):
        outlet, letter = (line.get("outlet") or "").strip(), (line.get("grade") or "").strip().upper()
        if not outlet or letter not in GRADE_LETTERS:
            raise UsageError(
                f"import-grades: line {number} of {file} needs an outlet and a grade, A to F; it has {outlet!r} and "
                f"{letter!r}. Nothing was recorded."
            )
        found.append((outlet, letter, (line.get("reason") or "").strip() or f"from {file.name}"))
    if not found:
        raise UsageError(f"import-grades: {file} has no line with the columns outlet and grade. Nothing was recorded.")
    return found
