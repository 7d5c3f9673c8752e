"""`holdfire suspects`: who used to act when a party was attacked, and does not now."""

from __future__ import annotations

import json
import re
import sys
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
from holdfire.cli.silence import KINDS, NOTE, SOURCES, OwnOption, SourceOption, acts_words, key_of
from holdfire.cli.words import day_words, many
from holdfire.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from holdfire.analysis.suspects import Episode, Suspicion

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

_WHEN = re.compile(r"(?:an? |the )?attacks? (?:on|against) (?P<party>.+)", re.IGNORECASE)


@app.command()
def suspects(
    when: Annotated[str, typer.Option("--when", metavar="EVENT", help='What they used to answer: "attack on Iran".')],
    count: OwnOption = "attacks",
    source: SourceOption = None,
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Name who acted in most earlier episodes in which a party was attacked, and does not now."""
    choice(format, "--format", ("text", "json"))
    choice(count, "--count", KINDS)
    if source is not None:
        choice(source, "--from", SOURCES)
    told = _WHEN.fullmatch(when.strip())
    if told is None:
        raise UsageError(f'--when: {when!r} names no event that can be looked for. Write it as "attack on NAME".')
    asof = as_of(valid_on, known_by)
    settings = settings_from(ledger, rules)
    found_rules = rule_source(settings)

    from holdfire.conclusions.silence import name_of, read_suspects
    from holdfire.pipeline import load_knowledge
    from holdfire.rules.silence import load_counted

    knowledge = load_knowledge(found_rules)
    party = key_of(told["party"], knowledge)
    with ledger_to_read(settings) as opened:
        origin, on, found = read_suspects(
            opened, asof, party, knowledge=knowledge, counted=load_counted(found_rules), own=count, source=source
        )
    if format == "json":
        typer.echo(json.dumps(_to_json(party, origin, on, found), ensure_ascii=False, indent=2))
    else:
        _print(name_of(party, knowledge), origin, on, found, count)


def _to_json(party: str, origin: str, on: date | None, found: Suspicion) -> dict[str, Any]:
    return {
        "party": party,
        "source": origin,
        "valid_on": on.isoformat() if on else None,
        "latest": _episode_to_json(found.latest) if found.latest else None,
        "earlier": [_episode_to_json(each) for each in found.earlier],
        "suspects": [
            {
                "actor": {"key": each.key, "name": each.name},
                "acts_in_earlier": list(each.acts),
                "seen": each.seen,
                "expected": round(each.expected, 2),
                "chance": each.chance,
                "allied": each.allied,
            }
            for each in found.suspects
        ],
    }


def _episode_to_json(episode: Episode) -> dict[str, Any]:
    return {"start": episode.start.isoformat(), "end": episode.end.isoformat(), "attacks": episode.attacks}


def _print(name: str, origin: str, on: date | None, found: Suspicion, acts: str) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    console.print(Text(f"Attacks on {name} · {day_words(on)} · from {origin}", "bold"))
    if found.latest is None:
        earlier = f"; {many(len(found.earlier), 'episode')} before" if found.earlier else ""
        console.print(f"No episode of attacks on {name} reaches up to this day{earlier}.")
        return
    console.print(f"Now: {_episode_words(found.latest)}. Before: {many(len(found.earlier), 'episode')}.")
    if len(found.earlier) < 2:
        console.print("Two earlier episodes at least are needed to tell who usually acts.")
        return
    if not found.suspects:
        console.print("Nobody who acted in most of them is missing now.")
    for each in found.suspects:
        ally = ", an ally" if each.allied else ""
        console.print(Text(f"{each.name}{ally}: acted in {each.acted_in} of {len(found.earlier)}", "bold"))
        now = f"now {acts_words(each.seen, acts)}, {each.expected:.1f} to be expected"
        console.print(f"    {now}; chance of so few: {each.chance:.2g}")
        for episode, did in zip(found.earlier, each.acts, strict=True):
            console.print(f"    {_episode_words(episode)}: {acts_words(did, acts)}")
    console.print(NOTE)


def _episode_words(episode: Episode) -> str:
    return f"{day_words(episode.start)} to {day_words(episode.end)}, {many(episode.attacks, 'attack')}"
