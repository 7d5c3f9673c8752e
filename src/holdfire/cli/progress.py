"""How far a long run has come: reports done, the rate, the time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

# The rate is told over this many seconds at least: the first ones load the model.
_SETTLED = 3.0


@contextmanager
def progress(paths: Sequence[str]) -> Iterator[Callable[[int], None]]:
    """Shows on a terminal how many of the reports in `paths` are done; says nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    total = reports_in(paths)
    with console.status("Reading …") as status:
        started = 0.0

        def show(done: int) -> None:
            nonlocal started
            started = started or time.monotonic()
            status.update(line(done, total, time.monotonic() - started))

        yield show


def line(done: int, total: int | None, seconds: float) -> str:
    """One line: how many are done, how many a minute, and how long the rest takes where the total is known."""
    of = f" of {total:,}" if total is not None else ""
    if seconds < _SETTLED or not done:
        return f"Reading report {done + 1:,}{of}"
    rate = done / seconds
    left = f", {_span((total - done) / rate)} left" if total is not None and total > done else ""
    return f"Reading report {done + 1:,}{of}: {60 * rate:,.0f} a minute{left}"


def reports_in(paths: Sequence[str]) -> int | None:
    """How many reports the files hold: the lines of JSONL, one of anything else; None for standard input."""
    count = 0
    for path in paths:
        if path == "-":
            return None
        if Path(path).suffix.lower() in (".jsonl", ".ndjson") and Path(path).is_file():
            with Path(path).open("rb") as file:
                count += sum(1 for each in file if each.strip())
        else:
            count += 1
    return count


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
