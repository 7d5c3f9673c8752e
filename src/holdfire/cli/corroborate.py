"""`holdfire corroborate`: claims that say the same, who vouches independently, and what contradicts them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from holdfire.cli.options import (
    KnownByOption,
    LedgerOption,
    RulesOption,
    ValidOnOption,
    as_of,
    choice,
    ledger_to_read,
    rule_source,
    settings_from,
)
from holdfire.cli.words import many, one_line, party_words

if TYPE_CHECKING:
    from holdfire.model.corroboration import Corroboration, Group
    from holdfire.model.entry import LedgerEntry

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def corroborate(
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this actor does or says.")] = None,
    days: Annotated[int, typer.Option(min=1, max=3660, help="How many days back from the day looked at.")] = 30,
    all: Annotated[bool, typer.Option("--all", help="Also claims that nothing supports and nothing contradicts.")] = (
        False
    ),
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    format: Annotated[str, typer.Option("--format", help="text or jsonl.")] = "text",
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Group claims that say the same, count their independent origins, pair what contradicts."""
    choice(format, "--format", ("text", "jsonl"))
    asof = as_of(valid_on, known_by)
    settings = settings_from(ledger, rules)

    from holdfire.analysis.corroboration import corroborate as conclude
    from holdfire.ledger import views
    from holdfire.ledger.judge import grades
    from holdfire.rules.outlets import load_outlet_rules

    outlets = load_outlet_rules(rule_source(settings))
    with ledger_to_read(settings) as opened, opened.snapshot() as seen:
        latest = next(iter(views.claims(seen, asof, actor=actor, limit=1)), None)
        day = asof.valid_on or (latest.valid_from if latest else None)
        since = day - timedelta(days=days) if day else None
        entries = list(views.claims(seen, asof, actor=actor, since=since))
        names = sorted({each.document.id for each in entries})
        held = {name: report for name in names if (report := views.document(seen, name, asof))}
        letters = {name: each.letter for name, each in grades(seen, asof).items()}
    found = conclude(entries, held, outlets=outlets, grades=letters)
    opposed = {each.id for pair in found.contradictions for each in (pair.said, pair.against)}
    shown = [each for each in found.groups if all or len(each.origins) > 1 or len(_reports(each)) > 1]
    if format == "jsonl":
        for each in found.groups if all else [*shown, *(each for each in found.groups if each.id in opposed)]:
            typer.echo(json.dumps(_json(each, found), ensure_ascii=False))
        return
    for each in shown:
        _print(each)
    for pair in found.contradictions:
        typer.echo(f"{pair.kind}:")
        _print(pair.said, indent="  ")
        _print(pair.against, indent="  ")
    typer.echo(
        f"{many(len(entries), 'claim')} in {many(len(found.groups), 'group')}, "
        f"{many(len(found.contradictions), 'contradiction')}."
    )


def _reports(group: Group) -> set[str]:
    return {each.document.id for each in group.entries}


def _print(group: Group, *, indent: str = "") -> None:
    first = group.entries[0]
    claim = first.claim
    typer.echo(
        f"{indent}{group.code}  {first.valid_from}  {party_words(claim.actor) or 'nobody named'} · "
        f"{claim.conduct or claim.event}{' (not done)' if claim.polarity == 'negated' else ''}: "
        f"{many(len(group.origins), 'independent origin')} in {many(len(_reports(group)), 'report')}"
    )
    for origin in group.origins:
        why = f" ({', '.join(origin.why)})" if origin.why else ""
        for number, entry in enumerate(origin.entries):
            typer.echo(f"{indent}    {'·' if number == 0 else ' '} {_quoted(entry)}{why if number == 0 else ''}")
    for entry in group.doubtful:
        typer.echo(f"{indent}    ? {_quoted(entry)} ({entry.claim.certainty})")


def _quoted(entry: LedgerEntry) -> str:
    claim = entry.claim
    said = party_words(claim.sources)
    outlet = entry.document.outlet or "outlet not stated"
    return f"{claim.id[:8]} “{one_line(claim.evidence.text, 90)}” — {f'{said}, in ' if said else ''}{outlet}"


def _json(group: Group, found: Corroboration) -> dict[str, Any]:
    against = [
        other.id
        for pair in found.contradictions
        for one, other in ((pair.said, pair.against), (pair.against, pair.said))
        if one.id == group.id
    ]
    return {
        "id": group.id, "code": group.code, "claims": [each.claim.id for each in group.entries],
        "origins": [
            {"key": each.key, "grade": each.letter, "why": list(each.why),
             "claims": [entry.claim.id for entry in each.entries]}
            for each in group.origins
        ],
        "doubtful": [each.claim.id for each in group.doubtful], "contradicted_by": against,
    }  # fmt: skip
