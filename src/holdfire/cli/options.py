"""Options that several commands share, and what they turn into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from holdfire.errors import HoldfireError, RuleError, UsageError
from holdfire.rules.load import RuleSource
from holdfire.settings import Settings, load_settings

if TYPE_CHECKING:
    from holdfire.actors.knowledge import KnowledgeBase
    from holdfire.ledger.connect import Ledger
    from holdfire.model.entry import AsOf
    from holdfire.rules.conflicts import Conflict

LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger", metavar="URL", help="Database URL or SQLite file (else HOLDFIRE_LEDGER, else your data folder)."
    ),
]
RulesOption = Annotated[
    list[str] | None,
    typer.Option("--rules", metavar="FOLDER", help="A folder of rules that adds to or overrides the shipped ones."),
]


ValidOnOption = Annotated[
    str | None,
    typer.Option("--valid-on", metavar="DATE", help="The day to look at (else the latest that the ledger speaks of)."),
]
ConflictOption = Annotated[
    str | None,
    typer.Option(
        "--conflict", metavar="NAME", help="Only what belongs to this conflict, of rules/conflicts or of the claims."
    ),
]
KnownByOption = Annotated[
    str | None,
    typer.Option("--known-by", metavar="TIME", help="Leave out what was recorded after this date or moment (UTC)."),
]


def settings_from(ledger: str | None, rules: Sequence[str] | None) -> Settings:
    """The run's settings, options first. Raises UsageError."""
    return load_settings(ledger=ledger, rules=rules or ())


def rule_source(settings: Settings) -> RuleSource:
    """The shipped rules, with the user's folders."""
    return RuleSource(extra=settings.rules)


def day(text: str | None, option: str) -> date | None:
    """An ISO day. Raises UsageError naming the option."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as why:
        raise UsageError(f"{option}: {text!r} is no date. Write it as 2025-06-17.") from why


def choice(text: str, option: str, allowed: Sequence[str]) -> str:
    """The value, where it is one of those allowed. Raises UsageError naming the option."""
    if text not in allowed:
        raise UsageError(f"{option}: {text!r} is none of {', '.join(allowed)}.")
    return text


def conflict_of(
    name: str | None, ledger: Ledger, asof: AsOf, source: RuleSource, knowledge: KnowledgeBase
) -> Conflict | None:
    """The conflict that `--conflict` names, of the rules or of the ledger's claims. Raises UsageError."""
    if name is None:
        return None
    from holdfire.conclusions.conflicts import conflict_named, known_conflicts

    try:
        return conflict_named(name, ledger, asof, known=known_conflicts(source), knowledge=knowledge)
    except RuleError:
        raise
    except HoldfireError as why:
        raise UsageError(f"--conflict: {why}") from why


def moment(text: str | None, option: str) -> datetime | None:
    """An ISO moment; without a zone it is UTC, and a day alone means its end. Raises UsageError naming the option."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
        whole_day = len(text) == 10 and date.fromisoformat(text)
    except ValueError as why:
        raise UsageError(f"{option}: {text!r} is no time. Write it as 2025-06-17 or 2025-06-17T18:30.") from why
    if whole_day:
        found = datetime.combine(whole_day, time.max)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def as_of(valid_on: str | None, known_by: str | None) -> AsOf:
    """The pair of times that the options name. Raises UsageError."""
    from holdfire.model.entry import AsOf

    return AsOf(valid_on=day(valid_on, "--valid-on"), known_by=moment(known_by, "--known-by"))


@contextmanager
def ledger_to_read(settings: Settings) -> Iterator[Ledger]:
    """The ledger, opened for reading only. Raises LedgerError when there is none, or it is not one."""
    from holdfire.ledger.connect import open_ledger

    with open_ledger(settings.ledger, create=False, read_only=True) as ledger:
        yield ledger


def ledger_name(url: str) -> str:
    """The ledger as a user would write it: a file's path, or an address without its password."""
    if url.startswith("sqlite:///"):
        return url.removeprefix("sqlite:///")
    return re.sub(r"(://[^:/@]+):[^@]*@", r"\1:***@", url)
