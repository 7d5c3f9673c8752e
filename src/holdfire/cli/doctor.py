"""`holdfire doctor`: what is installed, what is missing, how the ledger fares."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.cli.options import LedgerOption, RulesOption, rule_source, settings_from
from holdfire.cli.words import many
from holdfire.errors import HoldfireError

if TYPE_CHECKING:
    from holdfire.settings import Settings

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

Line = tuple[bool, str, str]


@app.command()
def doctor(
    ledger: LedgerOption = None,
    rules: RulesOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print only what is wrong.")] = False,
) -> None:
    """Check versions, language model, rules and ledger; say what is missing and how to get it."""
    settings = settings_from(ledger, rules)
    healthy = True
    for fine, what, words in findings(settings):
        healthy = healthy and fine
        if not (quiet and fine):
            typer.echo(f"{'ok ' if fine else 'BAD'} {what:<10} {words}")
    raise typer.Exit(0 if healthy else 1)


def findings(settings: Settings) -> Iterator[Line]:
    """One line a thing looked at: whether it is fine, its name, what was found or what to do."""
    packages = ", ".join(f"{name} {_version(name)}" for name in ("spacy", "sqlalchemy", "trafilatura", "typer"))
    yield True, "holdfire", f"{_version('holdfire')} on Python {platform.python_version()}"
    yield True, "libraries", f"{packages}, SQLite {sqlite3.sqlite_version}"
    yield from _model()
    yield _rules(settings)
    yield _ledger(settings)
    if find_spec("psycopg"):
        yield True, "postgresql", f"driver psycopg {_version('psycopg')}"
    else:
        yield (
            True,
            "postgresql",
            "driver not installed, needed only for ledgers there: pip install 'holdfire[postgresql]'",
        )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _model() -> Iterator[Line]:
    from holdfire.extraction.nlp import load_language

    try:
        nlp = load_language()
    except (HoldfireError, OSError, ValueError) as why:
        yield False, "model", f"{why}"
        return
    yield True, "model", f"{nlp.name} {nlp.version}"
    if nlp.slow_because is None:
        yield True, "parse", "fast; heads, labels and tags agree with spaCy's"
    else:
        yield True, "parse", f"by spaCy itself, several times slower: {nlp.slow_because}"


def _rules(settings: Settings) -> Line:
    from holdfire.rules.knowledge import read_actors
    from holdfire.rules.rulebook import load_rulebook

    source = rule_source(settings)
    try:
        rulebook = load_rulebook(source)
        actors = read_actors(source)
    except HoldfireError as why:
        return False, "rules", f"{why}"
    own = f", with {', '.join(map(str, source.extra))}" if source.extra else ""
    count = len(rulebook.events.triggers)
    return True, "rules", f"{rulebook.digest[:8]}: {count} constructions, {many(len(actors), 'actor')}{own}"


def _ledger(settings: Settings) -> Line:
    from holdfire.ledger.connect import open_ledger
    from holdfire.ledger.views import documents
    from holdfire.model.entry import AsOf

    try:
        with open_ledger(settings.ledger, create=False, read_only=True) as opened:
            count = sum(1 for _ in documents(opened, AsOf()))
    except HoldfireError as why:
        # A first run has no ledger yet: that is no fault.
        return "no such file" in str(why), "ledger", f"{why}"
    return True, "ledger", f"{opened.url}: {many(count, 'report')}"
