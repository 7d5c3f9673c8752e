"""`holdfire actors`: search, show and resolve names, check the knowledge base, import other projects' lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.options import RulesOption, choice, day, rule_source, settings_from
from holdfire.errors import HoldfireError, UsageError

if TYPE_CHECKING:
    from holdfire.actors.knowledge import KnowledgeBase
    from holdfire.model.actor import Actor
    from holdfire.rules.load import RuleSource

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Look actors up in the knowledge base, check it, and import others' lists.",
)

FormatOption = Annotated[str, typer.Option("--format", help="text, or json.")]
OnOption = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of the report, as 2020-01-03.")]
CountryOption = Annotated[
    str | None, typer.Option("--country", metavar="CODE", help="What the report is about: ISO 3166-1 alpha-3.")
]


@app.command()
def search(
    name: Annotated[str, typer.Argument(help="A name, part of one, or another spelling.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 10,
    format: FormatOption = "text",
    rules: RulesOption = None,
) -> None:
    """List the actors whose names hold these words or are spelled much like them."""
    choice(format, "--format", ("text", "json"))
    from holdfire.actors.lookup import search as search_actors
    from holdfire.rules.transliteration import load_spelling_rules

    source = _source(rules)
    found = search_actors(name, _knowledge(source), load_spelling_rules(source), limit=limit)
    if format == "json":
        rows = [{**_brief(each.actor), "matched": each.name, "score": each.score} for each in found]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for each in found:
            also = f" (as “{each.name}”)" if each.name != each.actor.name else ""
            typer.echo(f"{each.actor.id}  {each.actor.name}{also}: {_kind(each.actor)}")
    if not found:
        if format == "text":
            typer.echo(f"No match in the knowledge base for “{name}”.")
        raise typer.Exit(1)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="The id of an actor, or a name that only one bears.")],
    format: FormatOption = "text",
    rules: RulesOption = None,
) -> None:
    """Show all that the knowledge base holds about one actor."""
    choice(format, "--format", ("text", "json"))
    from holdfire.cli.actor_pages import actor_as_json, actor_as_text

    knowledge = _knowledge(_source(rules))
    actor = knowledge.get(name)
    if actor is None:
        bearers = list(dict.fromkeys(each.actor_id for each in knowledge.names.claimants(name)))
        if len(bearers) != 1:
            shared = f"the name of {', '.join(bearers)}: give one of these ids" if bearers else "nobody's id or name"
            hint = "" if bearers else f" Try: holdfire actors search {json.dumps(name, ensure_ascii=False)}"
            raise HoldfireError(f"Showing an actor: “{name}” is {shared}.{hint}")
        actor = knowledge.actors[bearers[0]]
    if format == "json":
        typer.echo(json.dumps(actor_as_json(actor, knowledge), ensure_ascii=False, indent=2))
    else:
        typer.echo(actor_as_text(actor, knowledge))


@app.command()
def resolve(
    name: Annotated[str, typer.Argument(help="A name or office as a report would write it.")],
    on: OnOption = None,
    country: CountryOption = None,
    format: FormatOption = "text",
    rules: RulesOption = None,
) -> None:
    """Say whom a report of a day would mean by a name or office, why, and who else it could be."""
    choice(format, "--format", ("text", "json"))
    published = day(on, "--on")
    from holdfire.actors.lookup import resolve_name
    from holdfire.rules.reference import load_reference_rules
    from holdfire.rules.transliteration import load_spelling_rules

    source = _source(rules)
    knowledge = _knowledge(source)
    about = _country(country, knowledge)
    person = load_reference_rules(source).person
    titles = person["titles"] | person["titles_m"] | person["titles_f"]
    found = resolve_name(name, knowledge, load_spelling_rules(source), titles=titles, on=published, country=about)
    actor = knowledge.get(found.actor_id)
    runners_up = [knowledge.actors[each] for each in found.runners_up if each in knowledge.actors]
    if format == "json":
        answer = {
            "name": name,
            "on": published.isoformat() if published else None,
            "country": about,
            "actor": _brief(actor) if actor else None,
            "score": found.score,
            "reasons": list(found.reasons),
            "runners_up": [_brief(each) for each in runners_up],
        }
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        typer.echo(f"{actor.id}  {actor.name}: {_kind(actor)}" if actor else "Left open.")
        for reason in found.reasons:
            typer.echo(f"  because {reason}")
        for each in runners_up:
            typer.echo(f"  or      {each.id}  {each.name}: {_kind(each)}")
    if actor is None:
        raise typer.Exit(1)


@app.command()
def check(format: FormatOption = "text", rules: RulesOption = None) -> None:
    """Look for names claimed twice, ties that point nowhere and dates that cross, in every record."""
    choice(format, "--format", ("text", "json"))
    from holdfire.actors.check import doubts
    from holdfire.rules.knowledge import survey_actors

    survey = survey_actors(_source(rules))
    problems = [*survey.problems, *(() if survey.problems else doubts(survey.actors, survey.files))]
    if format == "json":
        answer = {"actors": len(survey.actors), "problems": problems}
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            typer.echo(problem)
        typer.echo(f"{len(survey.actors)} actors, {len(problems)} problem{'' if len(problems) == 1 else 's'}.")
    if problems:
        raise typer.Exit(1)


@app.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(help="UCDP or ACLED table, PETRARCH dictionary or Wikidata dump; .gz, .bz2.")],
    list_format: Annotated[
        str | None,
        typer.Option("--from", metavar="FORMAT", help="ucdp, acled, petrarch or wikidata (else by content)."),
    ] = None,
    into: Annotated[
        Path | None, typer.Option("--into", metavar="FOLDER", help="Rules folder to write to (else your own).")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")] = False,
    format: FormatOption = "text",
    rules: RulesOption = None,
) -> None:
    """Add the actors of another project's list to your own rules folder; shipped records stay as they are."""
    choice(format, "--format", ("text", "json"))
    from holdfire.rules.imports import FORMATS
    from holdfire.settings import own_rules

    if list_format is not None:
        choice(list_format, "--from", FORMATS)
    settings = settings_from(None, rules)
    folder = into or (settings.rules[-1] if settings.rules else own_rules())

    from holdfire.cli.actor_imports import import_actors

    done = import_actors(file, folder, rule_source(settings), list_format=list_format, write=not dry_run)
    if format == "json":
        typer.echo(json.dumps(done.as_json(), ensure_ascii=False, indent=2))
    else:
        typer.echo(done.as_text())


def _source(rules: list[str] | None) -> RuleSource:
    return rule_source(settings_from(None, rules))


def _knowledge(source: RuleSource) -> KnowledgeBase:
    from holdfire.pipeline import load_knowledge

    return load_knowledge(source)


def _country(text: str | None, knowledge: KnowledgeBase) -> str | None:
    """The code of a country given by code or name. Raises UsageError for one that nobody knows."""
    if text is None:
        return None
    from holdfire.actors.merge import country_code

    code = country_code(text.upper() if len(text) == 3 else text, knowledge)
    if code is None:
        raise UsageError(f"--country: {text!r} is no country known here. Write its code of three letters, such as IRQ.")
    return code


def _brief(actor: Actor) -> dict[str, str | None]:
    return {"id": actor.id, "name": actor.name, "kind": actor.kind, "country": actor.country}


def _kind(actor: Actor) -> str:
    return f"{actor.kind}, {actor.country}" if actor.country else actor.kind
