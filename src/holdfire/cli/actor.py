"""`holdfire actor`: everything that the ledger holds on one actor, on one page."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.options import (
    ConflictOption,
    KnownByOption,
    LedgerOption,
    RulesOption,
    ValidOnOption,
    as_of,
    choice,
    conflict_of,
    ledger_to_read,
    rule_source,
    settings_from,
)
from holdfire.cli.words import day_words, many, moment_words, one_line, party_words

if TYPE_CHECKING:
    from rich.console import Console

    from holdfire.conclusions.actor import ActorView
    from holdfire.model.entry import AsOf, LedgerEntry
    from holdfire.model.posture import Finding
    from holdfire.rules.rulebook import Rulebook

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

_SENTENCE_CHARS = 160
# What is more than this is counted, not listed.
_MOST = 8


@app.command()
def actor(
    name: Annotated[str, typer.Argument(metavar="ACTOR", help="The actor's id, or a name that it bears.")],
    valid_on: ValidOnOption = None,
    known_by: KnownByOption = None,
    conflict: ConflictOption = None,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    ledger: LedgerOption = None,
    rules: RulesOption = None,
) -> None:
    """Show one actor: its posture and since when, gap, course, reasons, who condemns it, its neighbours."""
    choice(format, "--format", ("text", "json"))
    asof = as_of(valid_on, known_by)
    settings = settings_from(ledger, rules)
    source = rule_source(settings)

    from holdfire.conclusions.actor import read_actor
    from holdfire.pipeline import load_knowledge
    from holdfire.rules.rulebook import load_rulebook

    rulebook, knowledge = load_rulebook(source), load_knowledge(source)
    with ledger_to_read(settings) as opened, opened.snapshot() as seen:
        among = conflict_of(conflict, seen, asof, source, knowledge)
        view = read_actor(seen, name, asof, rulebook=rulebook, knowledge=knowledge, conflict=among)
    if format == "json":
        from holdfire.conclusions.as_json import actor_to_json

        typer.echo(json.dumps(actor_to_json(view), ensure_ascii=False, indent=2))
    else:
        _print(view, asof, rulebook)


def _print(view: ActorView, asof: AsOf, rulebook: Rulebook) -> None:
    from rich.console import Console
    from rich.text import Text

    from holdfire.cli.timeline import print_spells

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 116)
    known = view.actor
    what = [view.name, *([known.kind, known.country] if known else ["not in the knowledge base"])]
    when = f"as of {day_words(view.timeline.last)} · known by {moment_words(asof.known_by)}"
    console.print(Text(" · ".join([*filter(None, what), when]), style="bold"))
    others = [each for each in view.names if each != view.name]
    if others:
        console.print(Text(f"also called {', '.join(others[:_MOST])}", style="dim"), soft_wrap=True)
    console.print()
    for family in ("deed", "word"):
        _print_finding(console, family, getattr(view.posture, family), rulebook)
    gap = view.posture.gap
    if gap is not None:
        console.print(f"gap   {'▮' * gap.size} {gap.direction}")
        _print_entry(console, "says", gap.word)
        _print_entry(console, "does", gap.deed)
    for label in ("unconfirmed", "denied"):
        for finding in getattr(view.posture, label):
            console.print(f"▨ {finding.conduct}, {label}, {day_words(finding.since)}")
            _print_entry(console, "", finding.best)
    _title(console, "Over time", bool(view.timeline.spells))
    print_spells(console, view.timeline.spells, rulebook)
    _print_calculus(console, view)
    _title(console, "Condemned by", bool(view.dissent))
    _print_list(console, view.dissent)
    rest = [each for each in view.about if each.claim.conduct != "condemning"]
    _title(console, "Done and said towards it by others", bool(rest))
    _print_list(console, rest)
    ties = view.neighbours.ties
    names = {each.key: each.name for each in view.neighbours.nodes}
    _title(console, "Neighbours", bool(ties))
    for tie in ties:
        told = f" ({many(len(tie.entries), 'claim')})" if tie.entries else " (knowledge base)"
        console.print(f"  {names[tie.actor]} · {tie.relation} · {names[tie.recipient]}{told}", soft_wrap=True)


def _print_finding(console: Console, family: str, finding: Finding | None, rulebook: Rulebook) -> None:
    if finding is None:
        console.print(f"{family}  none reported")
        return
    origins = many(finding.origins, "independent origin")
    told = f" ┄ told of {finding.inherited.name} ({finding.inherited.relation})" if finding.inherited else ""
    sign = rulebook.conducts[finding.conduct].sign
    console.print(
        f"{family}  {sign} {finding.conduct} since {day_words(finding.since)}, latest {day_words(finding.latest)} "
        f"({many(len(finding.entries), 'claim')}, {many(len(finding.outlets), 'outlet')}, "
        f"{origins}){told}",
        soft_wrap=True,
    )
    _print_entry(console, "", finding.best)
    for each in finding.against[:_MOST]:
        _print_entry(console, "against", each)


def _print_calculus(console: Console, view: ActorView) -> None:
    _title(console, "Reasons", bool(view.reasons.reasons))
    for each in view.reasons.reasons[:_MOST]:
        giver = party_words(each.reason.sources) or "the article"
        told = f", told of {each.told.of}" if each.told.of else ""
        words = one_line(each.reason.text, _SENTENCE_CHARS)
        console.print(
            f"  {each.reason.bearing} {each.conduct} · {each.reason.category}: “{words}” (says {giver}{told})",
            soft_wrap=True,
        )
    if len(view.reasons.reasons) > _MOST:
        console.print(f'  and {len(view.reasons.reasons) - _MOST} more: holdfire why "{view.name}"')
    for role, title in (("tripwire", "Tripwires"), ("way out", "Ways out")):
        conditions = view.reasons.of_role(role)  # type: ignore[arg-type]
        _title(console, title, bool(conditions))
        for condition in conditions[:_MOST]:
            console.print(f"  “{one_line(condition.condition.text, _SENTENCE_CHARS)}”", soft_wrap=True)
            _print_entry(console, "of", condition.told.entry)


def _title(console: Console, words: str, has_any: bool) -> None:
    from rich.text import Text

    console.print()
    console.print(Text(words + ("" if has_any else ": none reported"), style="bold"))


def _print_list(console: Console, entries: Sequence[LedgerEntry]) -> None:
    for entry in entries[:_MOST]:
        claim = entry.claim
        who = party_words(claim.actor) or "nobody named"
        doubt = f", {claim.certainty}" if claim.certainty in ("hedged", "rumoured", "denied") else ""
        console.print(f"  {day_words(entry.valid_from)}  {who} · {claim.conduct or claim.event}{doubt}", soft_wrap=True)
        _print_entry(console, "", entry)
    if len(entries) > _MOST:
        console.print(f"  and {len(entries) - _MOST} more")


def _print_entry(console: Console, label: str, entry: LedgerEntry) -> None:
    from rich.padding import Padding
    from rich.text import Text

    words = Text(f"{label} “{one_line(entry.claim.evidence.text, _SENTENCE_CHARS)}” ".lstrip())
    outlet = entry.document.outlet or "outlet not stated"
    words.append(f"{outlet}, {day_words(entry.valid_from)} · {entry.claim.id[:8]}", style="dim")
    console.print(Padding(words, (0, 0, 0, 6), expand=False))
