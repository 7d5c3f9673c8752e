"""Writes docs/examples/ from the shipped samples: python tools/example_brief.py"""

import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docs" / "examples"
PROGRAM = [sys.executable, "-m", "holdfire.cli.main"]


def main() -> None:
    """Read the samples into a fresh ledger and write the brief of their conflict, with its figures beside it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*PROGRAM, "demo", "--folder", folder], check=True, capture_output=True)
        ledger = ["--ledger", str(Path(folder) / "demo.db")]
        brief = ["brief", "--conflict", "iran-israel-2025", "-o", str(FOLDER / "brief.md")]
        subprocess.run([*PROGRAM, *brief, *ledger], check=True, capture_output=True)


if __name__ == "__main__":
    main()
