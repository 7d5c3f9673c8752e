"""Puts the demo's board into README.md between its marks: python tools/demo_in_readme.py [--check]"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
MARKS = re.compile(r"(<!-- demo -->\n).*?(<!-- /demo -->)", re.S)
# One screen: the heading and the first rows, then what stands beside the board.
ROWS = 27


def screen() -> str:
    """The demo's board as the README shows it."""
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run(
            [sys.executable, "-m", "holdfire.cli.main", "demo", "--folder", folder],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    board, beside = made.split("\n\n", 1)[1].split("\nWhat to type next")[0].split("\nBeside the board", 1)
    rows = board.splitlines()
    shown = [*rows[:ROWS], *(["…"] if len(rows) > ROWS else []), "", "Beside the board" + beside.rstrip()]
    return "```\n" + "\n".join(line.rstrip() for line in "\n".join(shown).splitlines()) + "\n```\n"


def main() -> None:
    """Write the screen, or with --check say whether README.md shows it already."""
    text = README.read_text("utf-8")
    fresh = MARKS.sub(lambda found: found[1] + screen() + found[2], text)
    if "--check" in sys.argv:
        sys.exit(0 if fresh == text else "README.md shows an old board. Run: make docs")
    README.write_text(fresh, "utf-8")


if __name__ == "__main__":
    main()
