"""`holdfire quotes`: who says what in each report, as lines of JSON, a table or a page."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from holdfire.cli.options import RulesOption, choice, day, rule_source, settings_from
from holdfire.errors import HoldfireError

if TYPE_CHECKING:
    from holdfire.extraction.assemble import Article
    from holdfire.model.source import Attribution
    from holdfire.model.span import Span

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

COLUMNS = tuple("document speaker source role closeness cue content type kind certainty closed start".split())


@app.command()
def quotes(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help='Files of text, HTML or JSONL; "-" for standard input.')
    ],
    format: Annotated[
        str, typer.Option("--format", help="jsonl: one object per report; md: a page; csv: one row per attribution.")
    ] = "md",
    every: Annotated[
        bool,
        typer.Option(
            "--all", help="Also what is said inside quotations and inside reported speech, and what is unsure."
        ),
    ] = False,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Publication date where a report has none.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet where a report names none.")] = None,
    rules: RulesOption = None,
) -> None:
    """List who says what: quotations, reported speech, denials and rumours, each with its source."""
    choice(format, "--format", ("jsonl", "md", "csv"))
    published_on = day(published, "--published")
    settings = settings_from(None, rules)

    from holdfire.intake.files import IntakeProblem, read_paths
    from holdfire.intake.metadata import Header
    from holdfire.pipeline import Reader, load_reader, study
    from holdfire.rules.boilerplate import load_boilerplate_rules

    source = rule_source(settings)
    given = Header(published=published_on, outlet=outlet)
    reader: Reader | None = None
    failed: list[IntakeProblem] = []
    table = csv.writer(sys.stdout)
    if format == "csv":
        table.writerow(COLUMNS)
    for report in read_paths(paths, given=given, rules=load_boilerplate_rules(source)):
        problem = report if isinstance(report, IntakeProblem) else None
        if not isinstance(report, IntakeProblem):
            reader = reader or load_reader(source)
            try:
                article = study(report, reader)
            except HoldfireError as why:
                problem = IntakeProblem(where=report.id, what=str(why))
        if problem is not None:
            failed.append(problem)
            typer.echo(f"holdfire: {' '.join(str(problem).split())}", err=True)
            continue
        least = 0.0 if every or reader is None else reader.rulebook.attribution.least_listed
        listed = [each for each in article.attributions if every or (each.score >= least and not each.nested)]
        if format == "jsonl":
            typer.echo(json.dumps(_as_json(article, listed), ensure_ascii=False))
        elif format == "csv":
            table.writerows(_rows(article, listed))
        else:
            typer.echo(_as_page(article, listed))
    raise typer.Exit(2 if any(each.misuse for each in failed) else 1 if failed else 0)


def _as_json(article: Article, listed: Iterable[Attribution]) -> dict[str, Any]:
    """One report: offsets are code points into its text; "source" is the whole phrase that names the source."""
    return {
        "id": article.document.id,
        "attributions": [
            {
                "source": _pair(each.source_span),
                "cue": _pair(each.cue),
                "content": [_pair(piece) for piece in each.content],
                "type": each.type,
                "speaker": _speaker(article, each),
                "kind": each.source.kind if each.source else None,
                "role": each.source.role if each.source else None,
                "closeness": each.source.closeness if each.source else None,
                "does": each.kind,
                "certainty": each.certainty,
                "score": round(each.score, 2),
                "closed": each.closed,
            }
            for each in listed
        ],
    }


def _pair(span: Span | None) -> list[int] | None:
    return [span.start_char, span.end_char] if span is not None else None


def _speaker(article: Article, attribution: Attribution) -> str | None:
    """The source's name where the text or the knowledge base gives one; None otherwise."""
    if attribution.source is None:
        return None
    from holdfire.extraction.voices import Voices

    found = Voices(article.attributions, article.sentences, article.references).resolved(attribution.source)
    if found.name is None and found.kind == "named":
        return found.text
    return found.name


def _rows(article: Article, listed: Iterable[Attribution]) -> Iterable[tuple[object, ...]]:
    text = article.document.text
    for each in listed:
        source = each.source
        yield (
            article.document.id,
            _speaker(article, each),
            source.text if source else None,
            source.role if source else None,
            source.closeness if source else None,
            each.cue.of(text) if each.cue else None,
            _content(each, text),
            each.type,
            each.kind,
            each.certainty,
            "yes" if each.closed else "no",
            each.content[0].start_char,
        )


def _as_page(article: Article, listed: Iterable[Attribution]) -> str:
    """A report's attributions as a Markdown list under its title, the source before what it says."""
    document = article.document
    lines = [f"## {_plain(document.title or document.id)}", ""]
    for each in listed:
        who = _plain(each.source.text) if each.source else "nobody named"
        name = _speaker(article, each)
        called = f" ({_plain(name)})" if name and each.source and name.lower() not in each.source.text.lower() else ""
        doubt = "" if each.certainty == "attributed" else f", {each.certainty}"
        mark = "" if each.closed else ", closing mark missing"
        lines.append(f"- **{who}**{called}: {_plain(_content(each, document.text))} *({each.type}{doubt}{mark})*")
    if len(lines) == 2:
        lines.append("Nobody is cited.")
    for pointer in document.pointers:
        named = ", ".join(_plain(each) for each in (pointer.author, pointer.outlet) if each)
        lines += ["", f"{pointer.kind.capitalize()}: {named or 'not named'} («{_plain(pointer.text)}»)"]
    return "\n".join([*lines, ""])


def _content(attribution: Attribution, text: str) -> str:
    return " … ".join(" ".join(piece.of(text).split()) for piece in attribution.content)


def _plain(text: str) -> str:
    """Text on one line that Markdown takes as words."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#" else char for char in " ".join(text.split()))
