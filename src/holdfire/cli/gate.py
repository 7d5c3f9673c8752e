"""`holdfire gate`: what reading only the likely passages saves, and what it loses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.options import RulesOption, rule_source, settings_from
from holdfire.cli.words import many, one_line
from holdfire.errors import UsageError

if TYPE_CHECKING:
    from holdfire.model.claim import Claim

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Measure the gate, which keeps passages that can carry no claim from being parsed.",
)


@app.callback()
def gate() -> None:
    """Measure the gate, which keeps passages that can carry no claim from being parsed."""


@app.command()
def measure(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help='Files of text, HTML or JSONL; "-" for standard input.')
    ],
    rules: RulesOption = None,
) -> None:
    """Read a corpus with and without the gate: how much is not parsed, and which claims are lost or read otherwise."""
    source = rule_source(settings_from(None, rules))
    from holdfire.intake.files import IntakeProblem, read_paths
    from holdfire.intake.metadata import Header
    from holdfire.pipeline import likely_passages, load_reader, read_whole
    from holdfire.rules.boilerplate import load_boilerplate_rules

    gated = load_reader(source)
    ungated = replace(gated, gate=None)
    reports = parsed = size = claims = lost = changed = added = 0
    for report in read_paths(paths, given=Header(), rules=load_boilerplate_rules(source)):
        if isinstance(report, IntakeProblem):
            typer.echo(f"holdfire: {one_line(str(report))}", err=True)
            continue
        reports += 1
        _, without, passages = read_whole(report, ungated)
        _, within, _ = read_whole(report, gated)
        size += sum(len(each.span) for each in passages)
        parsed += sum(len(each.span) for each in likely_passages(report, passages, gated))
        kept, same = {_what(each) for each in within}, set(within)
        claims += len(without)
        lost += sum(_what(each) not in kept for each in without)
        changed += sum(_what(each) in kept and each not in same for each in without)
        added += len(kept - {_what(each) for each in without})
    if not reports:
        raise UsageError("gate measure: nothing could be read.")
    share = parsed / size if size else 0.0
    typer.echo(f"{many(reports, 'report')}: {100 * share:.1f}% of the text is parsed.")
    typer.echo(f"{many(claims, 'claim')} without the gate; with it {lost} lost, {changed} read otherwise, {added} new.")


def _what(claim: Claim) -> tuple[int, int, str]:
    """What makes two claims the same one, read twice."""
    return claim.evidence.span.start_char, claim.evidence.span.end_char, claim.event
