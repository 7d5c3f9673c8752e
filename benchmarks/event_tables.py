"""Importing an event table: rows a second and memory as the file grows, and counting what was imported.

    python -m benchmarks.event_tables [--rows 2000000] [--folder FOLDER]

Writes a GDELT 2.0 export of invented rows and imports it, each size in a process of its own. Beside it in the same run:
cutting the same file into cells and putting these into one table of SQLite without an index, and counting with one
GROUP BY over the rows. Exit code 1 when a figure misses its floor.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.made_tables import write_gdelt
from holdfire.ledger.connect import open_ledger
from holdfire.ledger.events import event_counts
from holdfire.model.entry import AsOf

# Memory may grow with the parties remembered, not with the file.
MOST_GROWTH = 1.3
# Hashing, looking up, indexing and keeping history cost that many times the plain cutting and storing.
MOST_TIMES_SLOWER = 12
# The invented table has few actors: at three million rows each has 150,000.
SECONDS_FOR_ONE_ACTOR = 1.0
_COLUMNS = 61


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=2_000_000)
    options.add_argument("--folder", type=Path, help="where to write (else a temporary folder)")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        small = write_gdelt(folder / "small.csv", given.rows // 10, columns=_COLUMNS)
        large = write_gdelt(folder / "large.csv", given.rows, columns=_COLUMNS)
        fine = importing(folder, small, large, given.rows)
        return 0 if counting(folder / "large.db") and fine else 1


def importing(folder: Path, small: Path, large: Path, rows: int) -> bool:
    """Rows a second of processor time, and the memory of two sizes of file."""
    first = in_a_process(small, folder / "small.db")
    second = in_a_process(large, folder / "large.db")
    plain = put_plainly(large, folder / "plain.db")
    size = (folder / "large.db").stat().st_size / rows
    print(f"{rows:,} rows, {large.stat().st_size / 1e6:,.0f} MB; in the ledger {size:.0f} bytes a row")
    print(f"  import     {rows / second[0]:10,.0f} rows a second; plain cutting and storing {rows / plain:10,.0f}")
    print(f"  memory     {second[1]:10,.0f} MB; for a tenth of the rows {first[1]:10,.0f} MB")
    lean = told(
        second[1] <= MOST_GROWTH * first[1], f"memory grows at most {MOST_GROWTH} times with ten times the rows"
    )
    fast = told(second[0] <= MOST_TIMES_SLOWER * plain, f"at most {MOST_TIMES_SLOWER} times plain cutting and storing")
    return lean and fast


def in_a_process(table: Path, ledger: Path) -> tuple[float, float]:
    """Seconds of processor time and megabytes of memory that importing a file takes."""
    code = (
        "import resource, sys; from holdfire.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss)"
    )
    command = [sys.executable, "-c", code, "import", "gdelt", str(table), "--ledger", str(ledger)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip().splitlines()
    seconds, kilobytes = said[-1].split()
    return float(seconds), float(kilobytes) / 1000


def put_plainly(table: Path, path: Path) -> float:
    """Seconds of processor time for cutting the file and storing its cells, in one transaction."""

    def cells() -> Iterator[list[str]]:
        with table.open(encoding="utf-8") as lines:
            for line in lines:
                yield line.rstrip("\n").split("\t")

    before = resource.getrusage(resource.RUSAGE_SELF)
    with sqlite3.connect(path) as connection:
        connection.execute(f"create table rows ({', '.join(f'c{number}' for number in range(_COLUMNS))})")
        connection.executemany(f"insert into rows values ({', '.join('?' * _COLUMNS)})", cells())
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def counting(path: Path) -> bool:
    """Counts by party and day: of everybody, of one actor; beside a bare GROUP BY over the same rows."""
    with open_ledger(path, read_only=True) as ledger:
        found, everybody = best(lambda: sum(1 for _ in event_counts(ledger, AsOf())), 2)
        keys = sorted({each.key for each in event_counts(ledger, AsOf(), events=["RETREAT"])})[:1]
        one, seconds = best(lambda: sum(1 for _ in event_counts(ledger, AsOf(), keys=keys)), 3)
        reported, late = best(lambda: sum(1 for _ in event_counts(ledger, AsOf(), dated="report", keys=keys)), 3)
    with sqlite3.connect(path) as connection:
        bare = "select actor_seq, day, event, count(*) from event_rows group by 1, 2, 3"
        _, rival = best(lambda: len(connection.execute(bare).fetchall()), 2)
    print(f"  counting   {found:,} counts of everybody in {everybody:.2f} s; a bare GROUP BY in {rival:.2f} s")
    print(
        f"             {one:,} of one actor in {seconds:.3f} s; by the day of the report {reported:,} in {late:.3f} s"
    )
    return told(max(seconds, late) <= SECONDS_FOR_ONE_ACTOR, f"one actor in {SECONDS_FOR_ONE_ACTOR} s")


def best(work: Callable[[], int], times: int) -> tuple[int, float]:
    """What the work gives, and the shortest of some runs in seconds of processor time."""
    shortest, count = float("inf"), 0
    for _ in range(times):
        started = time.process_time()
        count = work()
        shortest = min(shortest, time.process_time() - started)
    return count, shortest


def told(fine: bool, floor: str) -> bool:
    print(f"  {'ok ' if fine else 'BAD'} {floor}")
    return fine


if __name__ == "__main__":
    sys.exit(main())
