"""The table of commands: which module of this folder holds each, and its line of help."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `module` is imported when it is called and must hold a Typer named `app`."""

    module: str
    help: str


# A module's `app` with one command is that command; with several it is a group of them.
COMMANDS = {
    "read": Command("read", "Read reports into the ledger: text, HTML or JSONL."),
    "quotes": Command(
        "quotes", "List who says what: quotations, reported speech, denials and rumours, each with its source."
    ),
    "explain": Command("explain", "Show how one sentence is read: passages, parse, mentions, rules, claims."),
}
