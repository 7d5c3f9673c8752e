"""Options that several commands share, and what they turn into."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from holdfire.errors import UsageError
from holdfire.rules.load import RuleSource
from holdfire.settings import Settings, load_settings

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
