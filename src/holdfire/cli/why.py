"""`holdfire why`: the reasons that reports give for what an actor does, and what would make it move."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

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
from holdfire.cli.words import day_words, many, moment_words, one_line, party_words
from holdfire.errors import HoldfireError

if TYPE_CHECKING:
    from rich.console import Console

    from holdfire.actors.knowledge import KnowledgeBase
    from holdfire.analysis.calculus import Calculus, Told
    from holdfire.ledger.connect import Ledger
    from holdfire.model.entry import AsOf

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

# A quotation on a page, not an article.
_SENTENCE_CHARS = 160


@app.command()
def why(
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="The actor's id, or a name that it bears.")],
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Show the reasons given for what an actor does and does not do, its tripwires and its ways out."""
    choice(format, "--format", ("text", "json"))
    asof = as_of(valid_on, known_by)
    settings = settings_from(ledger, rules)
    source = rule_source(settings)

    from holdfire.analysis.calculus import calculus_of
    from holdfire.pipeline import load_knowledge
    from holdfire.rules.reasons import load_reason_rules

    with ledger_to_read(settings) as opened:
        key, name, told = told_of(opened, asof, actor, load_knowledge(source))
    if not told:
        raise HoldfireError(
            f"Looking for reasons: the ledger holds no claim by {actor!r} for those times. See who acts: holdfire board"
        )
    found = calculus_of(told, rules=load_reason_rules(source))
    if format == "json":
        from holdfire.conclusions.as_json import calculus_to_json

        head = {
            "actor": {"key": key, "name": name},
            "valid_on": asof.valid_on.isoformat() if asof.valid_on else None,
            "known_by": asof.known_by.isoformat() if asof.known_by else None,
        }
        typer.echo(json.dumps(head | calculus_to_json(found), ensure_ascii=False, indent=2))
    else:
        _print(found, name, asof, told)


def told_of(ledger: Ledger, asof: AsOf, actor: str, knowledge: KnowledgeBase) -> tuple[str, str, list[Told]]:
    """The actor's key and name, and the entries in which it acts, then those of the groups it belongs to."""
    from holdfire.actors.knowledge import within
    from holdfire.analysis.calculus import Told
    from holdfire.ledger.views import claims

    bearers = list(dict.fromkeys(each.actor_id for each in knowledge.names.claimants(actor)))
    known = knowledge.get(actor) or (knowledge.get(bearers[0]) if len(bearers) == 1 else None)
    key, name = (known.id, known.name) if known else (actor, actor)
    told = [Told(entry=each) for each in claims(ledger, asof, actor=key)]
    for tie in known.memberships if known else ():
        above = knowledge.get(tie.actor_id)
        if above is not None and tie.relation == "member of" and within(tie.start, tie.end, asof.valid_on):
            told += [Told(entry=each, of=above.name) for each in claims(ledger, asof, actor=above.id)]
    return key, name, told


def _print(found: Calculus, name: str, asof: AsOf, told: list[Told]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 110)
    day = day_words(asof.valid_on) if asof.valid_on else "all days"
    reports = len({each.entry.document.id for each in told})
    drawn = f"{many(len(found.reasons), 'reason')} in {many(len(told), 'claim')} of {many(reports, 'report')}"
    console.print(Text(f"{name} · {day} · known by {moment_words(asof.known_by)} · {drawn}", style="bold"))
    if not found.reasons:
        console.print("Reasons: none reported")
    for (conduct, bearing), group in groupby(found.reasons, key=lambda each: (each.conduct, each.reason.bearing)):
        console.print()
        console.print(Text(f"{bearing.capitalize()} {conduct}", style="bold"))
        for category, reasons in groupby(group, key=lambda each: each.reason.category):
            console.print(Text(f"  {category}"))
            for each in reasons:
                _print_words(
                    console, each.reason.text, party_words(each.reason.sources), each.told, each.reason.relation
                )
    _print_months(console, found)
    for role, title in (("tripwire", "Tripwires"), ("way out", "Ways out")):
        console.print()
        conditions = found.of_role(role)  # type: ignore[arg-type]
        console.print(Text(title + ("" if conditions else ": none reported"), style="bold"))
        for condition in conditions:
            claim = condition.told.entry.claim
            _print_words(console, condition.condition.text, party_words(claim.sources), condition.told, claim.event)


def _print_words(console: Console, words: str, giver: str, told: Told, label: str) -> None:
    """The words, then who gives them and where, and the sentence that they explain."""
    from rich.padding import Padding
    from rich.text import Text

    entry = told.entry
    console.print(Padding(Text(f"“{one_line(words, _SENTENCE_CHARS)}” ({label})"), (0, 0, 0, 4)))
    parts = [
        f"says {giver or 'the article'}", entry.document.outlet or "outlet not stated", day_words(entry.valid_from),
        entry.claim.id[:8],
    ]  # fmt: skip
    if told.of:
        parts.insert(0, f"told of {told.of}")
    if entry.claim.certainty in ("rumoured", "denied"):
        parts.insert(0, entry.claim.certainty)
    sentence = one_line(entry.claim.evidence.text, _SENTENCE_CHARS)
    console.print(Padding(Text(f"of “{sentence}” · " + " · ".join(parts), style="dim"), (0, 0, 0, 6)))


def _print_months(console: Console, found: Calculus) -> None:
    """How the reasons shifted from month to month, where they were given for more than one."""
    from rich.text import Text

    from holdfire.analysis.calculus import by_month

    months = by_month(found.reasons)
    if len(months) < 2:
        return
    console.print()
    console.print(Text("Over time", style="bold"))
    for month in months:
        parts = [
            f"{bearing}: " + ", ".join(f"{category} {count}" for _, category, count in group)
            for bearing, group in groupby(month.counts, key=lambda each: each[0])
        ]
        console.print(Text(f"  {month.first.strftime('%B %Y')} · " + " · ".join(parts)))
