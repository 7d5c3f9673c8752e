"""`holdfire rules`: check the rule files, run the rules' own examples, show what they leave out of a corpus."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from holdfire.cli.options import RulesOption, choice, rule_source, settings_from
from holdfire.cli.words import many, one_line
from holdfire.errors import HoldfireError, RuleError, UsageError
from holdfire.rules.load import RuleSource, WatchedSource

if TYPE_CHECKING:
    from holdfire.examples import Example
    from holdfire.model.document import Document
    from holdfire.pipeline import Reader

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Check the rules, run their own examples, see what they leave out.",
)

FormatOption = Annotated[str, typer.Option("--format", help="text, or json.")]
# As many passages without a claim as are shown of each report, and the most characters of each.
_SHOWN, _WIDTH = 5, 160


@app.command()
def check(rules: RulesOption = None) -> None:
    """Read every rule file, shipped and yours, and say all that is wrong. Exit code 1 when something is."""
    source = WatchedSource(extra=rule_source(settings_from(None, rules)).extra)
    problems = list(dict.fromkeys(_problems(source)))
    for line in problems:
        typer.echo(line)
    unread, idle = _unread(source), False
    for path, tables in unread:
        idle = idle or not path.is_relative_to(source.folder)
        what = ", ".join(f"[[{each}]]" for each in tables) or "this file"
        typer.echo(f"{path}: nothing reads {what}. Check the spelling.")
    if problems or idle:
        raise typer.Exit(1)
    files = sum(1 for root in (source.folder, *source.extra) for _ in root.rglob("*.toml"))
    typer.echo(f"Checked {many(files, 'rule file')}: no problems.")


@app.command("test")
def run_examples(
    only: Annotated[str | None, typer.Argument(metavar="[RULE]", help="Rules whose id or file holds this.")] = None,
    rules: RulesOption = None,
) -> None:
    """Run every rule's examples: each must catch its matches and leave its near misses. Exit code 1 when one fails."""
    source = rule_source(settings_from(None, rules))
    from holdfire.examples import examples_of, failures, rules_without_examples
    from holdfire.pipeline import load_reader

    chosen = [each for each in examples_of(source) if only is None or only in each.rule or only in each.file]
    if not chosen:
        raise UsageError(f"rules test: no rule with examples has {only!r} in its id or file.")
    failed = 0
    for each in failures(chosen, load_reader(source), source):
        failed += 1
        typer.echo(_failure(each))
    tried = len({(each.part, each.rule) for each in chosen})
    typer.echo(f"Ran {many(len(chosen), 'example')} of {many(tried, 'rule')}: {failed or 'none'} failed.")
    if only is None and (silent := rules_without_examples(source)):
        typer.echo(f"Without a match to prove them: {', '.join(rule for _, rule in silent)}.")
    raise typer.Exit(1 if failed else 0)


@app.command()
def coverage(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help='Files of text, HTML or JSONL; "-" for standard input.')
    ],
    format: FormatOption = "text",
    rules: RulesOption = None,
) -> None:
    """Show which rules never fire on reports, and which of their passages name a party and yield no claim."""
    choice(format, "--format", ("text", "json"))
    source = rule_source(settings_from(None, rules))
    from holdfire.intake.files import IntakeProblem, read_paths
    from holdfire.intake.metadata import Header
    from holdfire.pipeline import load_reader
    from holdfire.rules.boilerplate import load_boilerplate_rules

    reader: Reader | None = None
    fired: Counter[str] = Counter()
    silent: list[dict[str, Any]] = []
    read = failed = passages = 0
    for report in read_paths(paths, given=Header(), rules=load_boilerplate_rules(source)):
        if isinstance(report, IntakeProblem):
            failed += 1
            typer.echo(f"holdfire: {report.where} {report.what}", err=True)
            continue
        reader = reader or load_reader(source)
        read += 1
        count, left = _study(report, reader, fired)
        passages += count
        silent += left
    if reader is None:
        raise HoldfireError("rules coverage: no report could be read. Check the paths.")
    known = sorted({each.id for each in reader.rulebook.events.triggers} | _attribution_ids(source))
    found = {
        "reports": read,
        "passages": passages,
        "rules": len(known),
        "fired": {rule: fired[rule] for rule in known if fired[rule]},
        "never_fired": [rule for rule in known if not fired[rule]],
        "silent_passages": silent,
    }
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2)) if format == "json" else _print_coverage(found)
    raise typer.Exit(1 if failed else 0)


def _problems(source: RuleSource) -> Iterator[str]:
    """What each loader complains of; the first fault of a file hides its others."""
    from holdfire.rules.conflicts import load_conflicts
    from holdfire.rules.event_tables import load_event_table_rules
    from holdfire.rules.imports import load_import_rules
    from holdfire.rules.knowledge import survey_actors
    from holdfire.rules.rulebook import PARTS, load_rulebook
    from holdfire.rules.silence import load_counted
    from holdfire.rules.transliteration import load_spelling_rules

    def survey(where: RuleSource) -> None:
        found.extend(survey_actors(where).problems)

    found: list[str] = []
    loaders: list[Callable[[RuleSource], object]] = [
        *PARTS.values(), survey, load_conflicts, load_import_rules, load_event_table_rules, load_counted,
        load_spelling_rules, load_rulebook,
    ]  # fmt: skip
    for load in loaders:
        try:
            load(source)
        except RuleError as why:
            yield str(why)
        yield from found
        found.clear()


def _unread(source: WatchedSource) -> list[tuple[Path, list[str]]]:
    """Rule files that no loader asked for (no tables), and lists of records in the others that none asked for."""
    return [
        (path, tables)
        for root in (source.folder, *source.extra)
        for path in sorted(root.rglob("*.toml"))
        if (tables := source.unread(root, path)) is not None
    ]


def _failure(example: Example) -> str:
    what = "does not catch its match" if example.wanted else "catches its near miss"
    return f"{example.file}: '{example.rule}' {what}: {json.dumps(example.text, ensure_ascii=False)}"


def _study(report: Document, reader: Reader, fired: Counter[str]) -> tuple[int, list[dict[str, Any]]]:
    """Count the rules that fire on a report; give its passages, and those of them with a party and no claim.

    A report on another subject, from which nothing is claimed, has none of either.
    """
    from holdfire.extraction.assemble import claims_of
    from holdfire.extraction.domain import foreign_domain
    from holdfire.pipeline import study

    article = study(report, reader)
    passages = [each.passage for each in article.sentences]
    if foreign_domain(report.text, passages, reader.rulebook.domains) is not None:
        return 0, []
    claims = claims_of(article, reader.rulebook)
    fired.update(rule for claim in claims for rule in claim.rule_ids)
    fired.update(each.cue_id for each in article.attributions if each.cue_id)
    evidence = [claim.evidence.span for claim in claims]
    parties = article.references.mentions()
    left = []
    for sentence in article.sentences:
        span = sentence.passage.span
        here = list(dict.fromkeys(each.text for each in parties if span.contains(each.span)))
        if here and not any(span.overlaps(each) for each in evidence):
            left.append({
                "document": report.id, "start_char": span.start_char, "end_char": span.end_char,
                "text": span.of(report.text), "parties": here,
            })  # fmt: skip
    return len(article.sentences), left


def _attribution_ids(source: RuleSource) -> set[str]:
    from holdfire.rules.attribution import FILE

    return {each["id"] for part in ("cue", "phrase") for each in source.records(FILE, part)}


def _print_coverage(found: dict[str, Any]) -> None:
    never, silent = found["never_fired"], found["silent_passages"]
    typer.echo(f"Read {many(found['reports'], 'report')} of {many(found['passages'], 'passage')}.")
    typer.echo(f"{len(never)} of {many(found['rules'], 'rule')} never fired:")
    for rule in never:
        typer.echo(f"  {rule}")
    typer.echo(f"{len(silent)} of {many(found['passages'], 'passage')} name a party and yield no claim:")
    shown: Counter[str] = Counter()
    for each in silent:
        shown[each["document"]] += 1
        if shown[each["document"]] <= _SHOWN:
            typer.echo(f"  {each['document']}  {one_line(each['text'], _WIDTH)}  ({', '.join(each['parties'])})")
    more = sum(max(0, count - _SHOWN) for count in shown.values())
    if more:
        typer.echo(f"  … and {more} more; --format json lists them all.")
