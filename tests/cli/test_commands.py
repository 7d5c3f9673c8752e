"""The table of commands against the commands themselves."""

from importlib import import_module

import pytest
import typer

from holdfire.cli.commands import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_help_line_is_the_commands_own(name):
    command = typer.main.get_command(import_module(f"holdfire.cli.{COMMANDS[name].module}").app)
    assert command.help.splitlines()[0] == COMMANDS[name].help
