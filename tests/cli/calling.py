"""The command line as a user calls it: in a process of its own."""

import subprocess
import sys


def holdfire(*arguments, stdin=None, **options):
    """Run `holdfire` with these arguments; standard output and error as text."""
    return subprocess.run(
        [sys.executable, "-m", "holdfire.cli.main", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        **options,
    )
