"""`holdfire brief`: what a desk prints of a conflict, each sentence with its claims, as Markdown, HTML, PDF or Word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.options import (
    KnownByOption,
    LedgerOption,
    RulesOption,
    ValidOnOption,
    as_of,
    choice,
    conflict_of,
    day,
    ledger_name,
    ledger_to_read,
    rule_source,
    settings_from,
)
from holdfire.cli.words import many
from holdfire.errors import HoldfireError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.briefs.illustrations import Illustration
    from holdfire.briefs.parts import Brief
    from holdfire.conclusions.material import Material
    from holdfire.rules.rulebook import Rulebook

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

FORMATS = ("md", "html", "pdf", "docx")
_SUFFIXES = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx"}

ConflictOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Only what belongs to this conflict (rules/conflicts).")
]
SinceOption = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="The first day of what is told as news (else the conflict's, or 30 days back)."),
]


@app.command()
def brief(
    conflict: ConflictOption = None,
    since: SinceOption = None,
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write (else standard output).")
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", help="md, html, pdf or docx (else by the name of FILE, else md).")
    ] = None,
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Write a brief, each sentence with its claims: Markdown, HTML, PDF or Word.

    State of play, who fights, talks and holds fire and why, tripwires, rumour, disputes, dissent, changes, and what
    cannot be seen. The notes give outlet, date, quotation, address and grade of every claim.
    """
    made_as = _format(format, output)
    material, rulebook = material_named(
        conflict, since=since, valid_on=valid_on, known_by=known_by, ledger=ledger, rules=rules
    )

    from holdfire.briefs.illustrations import illustrations_of
    from holdfire.briefs.outline import outline_of

    outline = outline_of(material, rulebook=rulebook)
    figures = illustrations_of(material, rulebook=rulebook)
    if output is None:
        typer.echo(_text(outline, figures, rulebook, made_as), nl=False)
        return
    if made_as == "md":
        files = write_figures(figures, output)
        from holdfire.briefs.markdown import as_markdown

        write(output, as_markdown(outline, figures, files=files).encode())
    elif made_as == "docx":
        from holdfire.briefs.word import as_docx

        write(output, as_docx(outline, figures, conducts=rulebook.conducts))
    elif made_as == "pdf":
        from holdfire.briefs.pdf import as_pdf

        write(output, as_pdf(_text(outline, figures, rulebook, "html")))
    else:
        write(output, _text(outline, figures, rulebook, made_as).encode())
    typer.echo(
        f"Wrote {output}: {many(len(outline.sentences), 'sentence')} with {many(len(outline.notes), 'note')}, "
        f"{many(len(figures), 'figure')}.",
        err=True,
    )


def material_named(
    conflict: str | None, *, since: str | None, valid_on: str | None, known_by: str | None, ledger: str | None,
    rules: Sequence[str] | None,
) -> tuple[Material, Rulebook]:  # fmt: skip
    """What briefs and figures are made from, and the rules. Raises UsageError, or HoldfireError for an empty ledger."""
    asof, first = as_of(valid_on, known_by), day(since, "--since")
    if first and asof.valid_on and first > asof.valid_on:
        raise UsageError(f"--since: {first} is later than --valid-on {asof.valid_on}. Mend one of them.")
    settings = settings_from(ledger, rules)
    source = rule_source(settings)

    from holdfire.conclusions.material import read_material
    from holdfire.pipeline import load_knowledge
    from holdfire.rules.rulebook import load_rulebook

    rulebook, knowledge = load_rulebook(source), load_knowledge(source)
    with ledger_to_read(settings) as opened:
        wanted = conflict_of(conflict, opened, asof, source, knowledge)
        found = read_material(opened, asof, rulebook=rulebook, knowledge=knowledge, conflict=wanted, since=first)
    if found is None:
        what = f"of {wanted.name} " if wanted else ""
        raise HoldfireError(
            f"Reading the ledger {ledger_name(settings.ledger)}: no claim {what}speaks of those days. "
            "Read reports into it (holdfire read FILE), or look at another day."
        )
    return found, rulebook


def _format(format: str | None, output: Path | None) -> str:
    """What is to be made. Raises UsageError where the options do not say, or cannot be met."""
    if format is not None:
        choice(format, "--format", FORMATS)
    elif output is not None:
        format = _SUFFIXES.get(output.suffix.lower())
        if format is None:
            raise UsageError(f"-o: {output.name} does not say what to write. Call it .md, .html, .pdf or .docx.")
    if output is None and format in ("pdf", "docx"):
        raise UsageError(f"--format: {format} is written to a file. Name one: -o brief.{format}")
    return format or "md"


def _text(outline: Brief, figures: Sequence[Illustration], rulebook: Rulebook, made_as: str) -> str:
    if made_as == "html":
        from holdfire.briefs.page import as_html

        return as_html(outline, figures, conducts=rulebook.conducts)
    from holdfire.briefs.markdown import as_markdown

    return as_markdown(outline)


def write_figures(figures: Sequence[Illustration], beside: Path) -> dict[str, str]:
    """Write each figure as SVG beside a file; the names of the files by figure."""
    files = {each.key: f"{beside.stem}-{each.key}.svg" for each in figures}
    for each in figures:
        write(beside.with_name(files[each.key]), each.draw("svg"))
    return files


def write(path: Path, content: bytes) -> None:
    """Write a file. Raises HoldfireError where it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as why:
        raise HoldfireError(f"Writing {path}: {why.strerror}. Check the folder and its permissions.") from why
