"""`holdfire plot`: one figure as SVG or PNG: timelines, words against deeds, the network, coverage, silence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from holdfire.cli.brief import ConflictOption, SinceOption, material_named, write
from holdfire.cli.options import (
    KnownByOption,
    LedgerOption,
    RulesOption,
    ValidOnOption,
    as_of,
    choice,
    settings_from,
)
from holdfire.cli.silence import KINDS, SOURCES, OwnOption, SourceOption, basis_words, counted_silence
from holdfire.errors import HoldfireError, UsageError

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Draw one figure as SVG or PNG: timeline, gap, network, coverage, silence.",
)

OutputOption = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write: a name that ends in .svg or .png.")
]


@app.command()
def timeline(
    output: OutputOption,
    conflict: ConflictOption = None,
    since: SinceOption = None,
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Postures over time: a lane an actor, deeds filled above its line, words outlined below."""
    _plot("timeline", output, conflict, since, valid_on, known_by, ledger, rules)


@app.command()
def gap(
    output: OutputOption,
    conflict: ConflictOption = None,
    since: SinceOption = None,
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """What each actor says against what it does, on one scale from restraint to escalation."""
    _plot("gap", output, conflict, since, valid_on, known_by, ledger, rules)


@app.command()
def network(
    output: OutputOption,
    conflict: ConflictOption = None,
    since: SinceOption = None,
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Who attacks, threatens, backs, condemns or restrains whom."""
    _plot("network", output, conflict, since, valid_on, known_by, ledger, rules)


@app.command()
def coverage(
    output: OutputOption,
    conflict: ConflictOption = None,
    since: SinceOption = None,
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Reports by day and outlet: how much was read, and how much of it tells of the conflict."""
    _plot("coverage", output, conflict, since, valid_on, known_by, ledger, rules)


@app.command()
def silence(
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="The actor's id, or a name that it bears.")],
    output: OutputOption,
    count: OwnOption = "attacks",
    source: SourceOption = None,
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """One actor's acts by week, the band to be expected, how much else was reported, and what it comes to."""
    choice(count, "--count", KINDS)
    if source is not None:
        choice(source, "--from", SOURCES)
    format = figure_format(output)
    found = counted_silence(
        actor, own=count, source=source, dated="event", asof=as_of(valid_on, known_by),
        settings=settings_from(ledger, rules),
    )  # fmt: skip

    from holdfire.analysis.silence_weeks import weeks_of
    from holdfire.briefs.figure_silence import draw_silence

    told = found.found[0]
    weeks = weeks_of(found.series, 0, told.on) if found.series is not None else ()
    if not weeks:
        raise HoldfireError(
            f"Drawing the silence of {told.name}: {told.reason}. Import a table of events, or read more."
        )
    headline = basis_words(told, count)
    write(output, draw_silence(told, weeks, acts=count, format=format, headline=headline, note=f"From {found.source}."))
    typer.echo(f"Wrote {output}: {told.name}, {told.word}; {headline}", err=True)


def _plot(
    key: str, output: Path, conflict: str | None, since: str | None, valid_on: str | None, known_by: str | None,
    ledger: str | None, rules: list[str] | None,
) -> None:  # fmt: skip
    format = figure_format(output)
    material, rulebook = material_named(
        conflict, since=since, valid_on=valid_on, known_by=known_by, ledger=ledger, rules=rules
    )
    from holdfire.briefs.illustrations import MAKERS

    figure = MAKERS[key](material, rulebook)
    if figure is None:
        raise HoldfireError(f"Drawing the {key}: no claim of these days gives anything to draw. Try another day.")
    write(output, figure.draw(format))
    typer.echo(f"Wrote {output}: {figure.caption}", err=True)


def figure_format(output: Path) -> str:
    """ "svg" or "png", by the file's name. Raises UsageError for any other."""
    format = output.suffix.lower().removeprefix(".")
    if format not in ("svg", "png"):
        raise UsageError(f"-o: {output.name} must end in .svg or .png.")
    return format
