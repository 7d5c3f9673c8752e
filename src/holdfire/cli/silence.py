"""`holdfire silence`: who has gone quiet beyond chance, apart from thin reporting and from what cannot be told."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
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
from holdfire.cli.words import day_words, many, moment_words
from holdfire.errors import UsageError

if TYPE_CHECKING:
    from holdfire.actors.knowledge import KnowledgeBase
    from holdfire.conclusions.silence import Silence
    from holdfire.model.entry import AsOf
    from holdfire.model.silence import Quietness
    from holdfire.settings import Settings

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

OwnOption = Annotated[str, typer.Option("--count", help="What counts as an act: attacks, deeds or words.")]
SourceOption = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="SOURCE", help="claims, or the origin of an imported table (else the one with most rows)."
    ),
]
SOURCES = ("claims", "acled", "ucdp", "gdelt", "icews", "polecat")
KINDS = ("attacks", "deeds", "words")
NOTE = "Counted, not read: quiet, not reported and cannot tell are three findings, and none of them is holding fire."


@app.command()
def silence(
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="ACTOR", help="Only this actor: its id, or a name that it bears.")
    ] = None,
    count: OwnOption = "attacks",
    source: SourceOption = None,
    dated: Annotated[
        str, typer.Option("--by", help="Days counted by: event, or report (the first report of an event).")
    ] = "event",
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Show who has gone quiet beyond chance, apart from thin reporting and from what cannot be told."""
    choice(format, "--format", ("text", "json"))
    choice(count, "--count", KINDS)
    choice(dated, "--by", ("event", "report"))
    if source is not None:
        choice(source, "--from", SOURCES)
    asof = as_of(valid_on, known_by)
    found = counted_silence(
        actor, own=count, source=source, dated=dated, asof=asof, settings=settings_from(ledger, rules)
    )
    if format == "json":
        typer.echo(json.dumps(silence_to_json(found, asof), ensure_ascii=False, indent=2))
    else:
        _print(found, asof, alone=actor is not None)


def counted_silence(
    actor: str | None, *, own: str, source: str | None, dated: str, asof: AsOf, settings: Settings
) -> Silence:
    """What counting says of one actor, or of all. Raises UsageError for a name that several bear."""
    from holdfire.conclusions.silence import read_silence
    from holdfire.pipeline import load_knowledge
    from holdfire.rules.silence import load_counted

    rules = rule_source(settings)
    knowledge = load_knowledge(rules)
    with ledger_to_read(settings) as opened:
        return read_silence(
            opened, asof, knowledge=knowledge, counted=load_counted(rules), own=own,
            dated="report" if dated == "report" else "event", source=source,
            actors=None if actor is None else [key_of(actor, knowledge)],
        )  # fmt: skip


def key_of(actor: str, knowledge: KnowledgeBase) -> str:
    """What an actor is counted under, by its id or a name. Raises UsageError for a name that several bear."""
    from holdfire.model.actor import party_key

    known = knowledge.get(actor)
    if known is not None:
        return known.id
    bearers = list(dict.fromkeys(each.actor_id for each in knowledge.names.claimants(actor)))
    if len(bearers) > 1:
        raise UsageError(f"{actor!r} is a name of {', '.join(bearers)}. Give one of these ids.")
    return bearers[0] if bearers else actor if actor.startswith("text:") else party_key(None, actor)


def silence_to_json(found: Silence, asof: AsOf) -> dict[str, Any]:
    """The finding as plain values."""
    return {
        "source": found.source,
        "count": found.own,
        "valid_on": found.on.isoformat() if found.on else None,
        "known_by": asof.known_by.isoformat() if asof.known_by else None,
        "actors": [quietness_to_json(each) for each in found.found],
    }


def quietness_to_json(found: Quietness) -> dict[str, Any]:
    """One actor's finding as plain values."""
    return {
        "actor": {"key": found.key, "name": found.name},
        "word": found.word,
        "reason": found.reason,
        "since": found.since.isoformat() if found.since else None,
        "window_days": found.window,
        "seen": found.seen,
        "expected": None if found.expected is None else round(found.expected, 2),
        "band": None if found.low is None else [found.low, found.high],
        "usual_week": None if found.usual_week is None else round(found.usual_week, 2),
        "coverage": None if found.coverage is None else round(found.coverage, 2),
        "false_alarms_a_year": found.false_alarms,
        "shortest_silence_days": found.shortest,
        "last_act": found.last_act.isoformat() if found.last_act else None,
    }


def acts_words(count: int, acts: str) -> str:
    """ "1 attack", "3 attacks"."""
    return many(count, acts.removesuffix("s"))


def basis_words(found: Quietness, acts: str) -> str:
    """What a finding rests on, in a line."""
    if found.expected is None:
        return found.reason
    said = (
        f"{acts_words(found.seen, acts)} in {many(found.window, 'day')}, {found.expected:.1f} to be expected"
        f" ({found.low}–{found.high} within chance)"
    )
    if found.coverage is not None:
        said += f", coverage {found.coverage:.0%} of the usual"
    if found.word == "cannot tell":
        return f"{found.reason}; {said}"
    return said


def _print(found: Silence, asof: AsOf, *, alone: bool) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    day = day_words(found.on)
    console.print(
        Text(f"Silence · {found.own} · {day} · known by {moment_words(asof.known_by)} · from {found.source}", "bold")
    )
    shown = found.found if alone else _by_word(found.found)
    if not shown:
        console.print("Nobody acts often enough in what was counted.")
    width = max((len(each.name) for each in shown), default=0)
    for each in shown:
        since = f" since {day_words(each.since)}" if each.since else ""
        console.print(Text(f"{each.name:<{min(width, 36)}}  {each.word}{since}"))
        console.print(Text(f"    {basis_words(each, found.own)}"))
        if alone:
            _print_more(console, each)
    console.print(NOTE)


def _print_more(console: Any, found: Quietness) -> None:
    if found.last_act:
        console.print(f"    last act seen: {day_words(found.last_act)}")
    if found.usual_week is not None:
        console.print(f"    used to: {found.usual_week:.1f} a week")
    if found.expected is not None:
        shortest = "not even a year" if found.shortest is None else many(found.shortest, "day")
        console.print(f"    shortest silence that would be beyond chance: {shortest}")
    if found.false_alarms is not None:
        console.print(f"    false alarms a year at this surprise: {found.false_alarms:.2g}")


def _by_word(found: Sequence[Quietness]) -> list[Quietness]:
    from holdfire.model.silence import WORDS

    return sorted(found, key=lambda each: WORDS.index(each.word))
