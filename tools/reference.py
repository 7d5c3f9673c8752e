"""Writes docs/reference/ from the code: commands, fields of a claim, conducts. --check fails when a page is stale."""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import click
import typer
from fastapi import FastAPI

from holdfire.cli.commands import COMMANDS
from holdfire.model import claim, document, entry, event_row, network, posture, source, timeline
from holdfire.model.actor import KINDS, Actor, Mention
from holdfire.rules.conducts import load_conducts
from holdfire.rules.load import RuleSource
from holdfire.web.app import PAGES as WEB_PAGES

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
NOTE = "<!-- Made by `make docs` from the code. Change the code, not this page. -->\n"


def commands_page() -> str:
    """Every command with its arguments and options."""
    lines = ["# Commands", "", NOTE]
    for name, row in COMMANDS.items():
        command = typer.main.get_command(import_module(f"holdfire.cli.{row.module}").app)
        lines += list(_command(name, command))
    return "\n".join(lines).rstrip() + "\n"


# Options that the command line adds by itself.
_EVERYWHERE = frozenset({"help", "install_completion", "show_completion"})


def _command(name: str, command: Any, level: int = 2) -> Iterator[str]:
    yield f"{'#' * level} holdfire {name}"
    yield ""
    yield _paragraphs(command.help or "")
    yield ""
    parameters = [each for each in command.params if each.name not in _EVERYWHERE]
    if parameters:
        yield "| argument or option | meaning |"
        yield "| --- | --- |"
        yield from (_parameter(each) for each in parameters)
        yield ""
    for sub in getattr(command, "commands", {}).values():
        yield from _command(f"{name} {sub.name}", sub, level + 1)


def _parameter(parameter: Any) -> str:
    words = getattr(parameter, "help", None) or ""
    if isinstance(parameter, click.Argument) or parameter.param_type_name == "argument":
        return f"| `{parameter.metavar or (parameter.name or '').upper()}` | {_cell(words)} |"
    names = ", ".join(f"`{each}`" for each in (*parameter.opts, *parameter.secondary_opts))
    default = parameter.default
    said = default is not None and default != () and not isinstance(default, bool) and not callable(default)
    return f"| {names} | {_cell(words)}{f' Default: {default}.' if said else ''} |"


def _paragraphs(text: str) -> str:
    return re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.cleandoc(text))


def fields_page() -> str:
    """Every type that a reader of the ledger or of JSON meets, with its fields."""
    types = [claim.Claim, claim.Evidence, Mention, source.Source, source.Quote, claim.Content, claim.Reason]
    types += [
        claim.Condition,
        claim.ClaimTime,
        claim.Place,
        document.Document,
        entry.LedgerEntry,
        Actor,
        event_row.EventRow,
    ]
    types += [posture.Board, posture.Posture, posture.Finding, posture.Umbrella, posture.Gap, posture.Transition]
    types += [timeline.Timeline, timeline.Spell, network.Network, network.Node, network.Tie]
    lines = ["# Fields", "", NOTE, "Offsets count Unicode code points in the document's text, end exclusive.", ""]
    for each in types:
        lines += [f"## {each.__name__}", "", _paragraphs(each.__doc__ or ""), "", "| field | type |", "| --- | --- |"]
        lines += [f"| `{field.name}` | `{_cell(str(field.type))}` |" for field in dataclasses.fields(each)]
        lines.append("")
    lines += ["## Values", "", "| field | values |", "| --- | --- |"]
    for label, values in (
        ("event", claim.EVENTS), ("polarity", claim.POLARITIES), ("modality", claim.MODALITIES),
        ("certainty", claim.CERTAINTIES), ("conduct", claim.CONDUCTS), ("reason category", claim.REASON_CATEGORIES),
        ("reason relation", get_args(claim.ReasonRelation)), ("source kind", get_args(source.SourceKind)),
        ("actor kind", KINDS),
    ):  # fmt: skip
        lines.append(f"| {label} | {', '.join(values)} |")
    return "\n".join(lines) + "\n"


def conducts_page() -> str:
    """Every conduct with its family, sign and half-life."""
    lines = [
        "# Conducts",
        "",
        NOTE,
        "| conduct | family | sign | mark in plots | colour on light, on dark | heat | half-life in days "
        "| stays, days |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for each in load_conducts(RuleSource()).values():
        look = f"{each.sign} | {each.mark} | `{each.colour}` `{each.colour_dark}`"
        lines.append(
            f"| {each.id} | {each.family} | {look} | {each.heat} | {each.half_life_days:g} | {each.stays_days} |"
        )
    lines += ["", "Which claim has which conduct: `src/holdfire/rules/conduct.toml`, the first `[[rule]]` that fits."]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def web_page() -> str:
    """Every address of the web application, what it may be asked, and the fields of its JSON."""
    lines = [
        "# Pages",
        "",
        NOTE,
        "`holdfire serve` answers at these addresses, as a page and, with `.json`, as data.",
        "",
    ]
    asked = dict(_asked())
    for address, _, make, kind in WEB_PAGES:
        lines += [f"## {address.replace(':path', '')}", "", _paragraphs(make.__doc__ or ""), ""]
        lines += ["| question | meaning |", "| --- | --- |", *asked[make.__name__], ""]
        lines += [_paragraphs(kind.__doc__ or ""), "", "| field | type |", "| --- | --- |"]
        lines += [f"| `{field.name}` | `{_cell(str(field.type))}` |" for field in dataclasses.fields(kind)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _asked() -> Iterator[tuple[str, list[str]]]:
    """The questions of each page, by the name of what makes it."""
    app = FastAPI()
    for address, _, make, _ in WEB_PAGES:
        app.add_api_route(address, make, operation_id=make.__name__, response_model=None)
    for found in app.openapi()["paths"].values():
        page = found["get"]
        yield (
            page["operationId"],
            [f"| `{each['name']}` | {_cell(each.get('description', ''))} |" for each in page.get("parameters", ())],
        )


PAGES = {"pages.md": web_page, "commands.md": commands_page, "fields.md": fields_page, "conducts.md": conducts_page}


def main() -> None:
    """Write the pages, or with --check name those that are stale."""
    stale = []
    for name, make in PAGES.items():
        path = FOLDER / name
        fresh = make()
        if not path.exists() or path.read_text("utf-8") != fresh:
            stale.append(name)
            if "--check" not in sys.argv:
                FOLDER.mkdir(parents=True, exist_ok=True)
                path.write_text(fresh, "utf-8")
    if stale and "--check" in sys.argv:
        sys.exit(f"Stale: {', '.join(stale)}. Run: make docs")


if __name__ == "__main__":
    main()
