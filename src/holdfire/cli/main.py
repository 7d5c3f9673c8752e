"""The `holdfire` command: one lazy group, so that help costs no language model and no database."""

from __future__ import annotations

import io
import os
import sys
from difflib import get_close_matches
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from holdfire.cli.commands import COMMANDS
from holdfire.errors import HoldfireError, UsageError

# The matrices of the parse are small: threads that share one cost more than they bring. To be said before numpy loads.
for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")


class LazyGroup(TyperGroup):
    """Knows every command's name and line of help; imports a command's module when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command itself, imported now; None for a name that the table lacks."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"holdfire.cli.{COMMANDS[cmd_name].module}")
        # Completion is the whole program's business, not each command's.
        module.app._add_completion = False
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Help lines from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.help) for name, each in COMMANDS.items()])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As ever, with a suggestion for a slip of the keys."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            near = get_close_matches(args[0], COMMANDS)
            # Of near ones the one of the same length: a slip of the keys seldom loses a syllable.
            nearest = min(near, key=lambda each: abs(len(each) - len(args[0])), default=None)
            hint = f" Did you mean '{nearest}'?" if nearest else " Run: holdfire --help"
            ctx.fail(f"There is no command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=LazyGroup,
    name="holdfire",
    help="Who is fighting, who is talking and who is holding fire, with the sentence that says so.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"holdfire {version('holdfire')}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Who is fighting, who is talking and who is holding fire, with the sentence that says so."""


def main() -> None:
    """Run the command line. Exit code 2 for misuse, 1 for failure; a HoldfireError is one line, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except HoldfireError as why:
        sys.stderr.write(f"holdfire: {' '.join(str(why).split())}\n")
        sys.exit(2 if isinstance(why, UsageError) else 1)


if __name__ == "__main__":
    main()
