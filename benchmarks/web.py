"""Speed of the pages on a large ledger: each kind of page by itself, then mixed reading while a batch is written.

    python -m benchmarks.web [--claims 200000] [--actors 3000] [--seconds 60] [--rate 40] [--folder FOLDER]

The server is `holdfire serve` itself, in a process of its own. First looks (a day, an actor, a report that nobody asked
for before) and second looks are told apart; the floors are for the median of all. Exit code 1 when one is missed.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx

from benchmarks.claims import reports
from benchmarks.ledger import batches, fill
from holdfire.ledger.append import append_batch, begin_run
from holdfire.ledger.connect import open_ledger

# Milliseconds at the median.
FLOORS = {"board": 400, "actor": 250, "report": 150}
LOOKS = 40
FIRST_DAY, DAYS = date(2028, 6, 1), 900


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--claims", type=int, default=200_000)
    options.add_argument("--actors", type=int, default=3000)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--rate", type=float, default=40, help="requests a second")
    options.add_argument("--folder", type=Path, help="where to write (else a temporary folder)")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        path = Path(folder) / "ledger.db"
        with open_ledger(path) as ledger:
            fill(ledger, given.claims, given.actors)
        ids = [document.id for document, _ in reports(given.claims // 10, actors=given.actors)]
        with served(path) as (address, server):
            fine = one_by_one(address, ids, given.actors)
            return 0 if mixed(address, server, path, ids, given) and fine else 1


@contextmanager
def served(path: Path) -> Iterator[tuple[str, int]]:
    """The address and the process of a server over the ledger."""
    command = [sys.executable, "-m", "holdfire.cli.main", "serve", "--ledger", str(path), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split(" is shown at ")[1].split(" on this machine")[0]
        try:
            yield address.rstrip("/"), server.pid
        finally:
            server.terminate()
            server.wait()


def one_by_one(address: str, ids: list[str], actors: int) -> bool:
    """Every kind of page, first looks and second looks, one request at a time."""
    chance = random.Random(11)
    fine = True
    with httpx.Client(base_url=address, timeout=120) as client:
        for kind, floor in FLOORS.items():
            asked = [path_of(kind, chance, ids, actors) for _ in range(LOOKS)]
            first = [timed(client, each) for each in asked]
            again = [timed(client, each) for each in asked]
            middle = statistics.median(first + again)
            fine &= middle <= floor
            print(
                f"{kind}: median {middle:.0f} ms; first look {statistics.median(first):.0f}, slowest {max(first):.0f}; "
                f"second looks {statistics.median(again):.0f} ms; load {os.getloadavg()[0]:.1f} on {os.cpu_count()}\n"
                f"  {'ok ' if middle <= floor else 'BAD'} at most {floor} ms at the median"
            )
    return fine


def path_of(kind: str, chance: random.Random, ids: list[str], actors: int) -> str:
    """An address of a kind of page; loud actors and late days are asked for more often."""
    if kind == "board":
        return f"/board?valid_on={FIRST_DAY + timedelta(days=DAYS - int(DAYS * chance.random() ** 3))}"
    if kind == "actor":
        return f"/actors/group.{int(actors * chance.random() ** 3)}"
    if kind == "search":
        return f"/search?q=actor:group.{chance.randrange(50)}+conduct:attacking"
    return f"/reports/{ids[int(len(ids) * (1 - chance.random() ** 3))]}"


def timed(client: httpx.Client, path: str) -> float:
    started = time.perf_counter()
    client.get(path).raise_for_status()
    return (time.perf_counter() - started) * 1000


def mixed(address: str, server: int, path: Path, ids: list[str], given: argparse.Namespace) -> bool:
    """So many requests a second of every kind while a batch is being written; none may fail."""
    chance = random.Random(12)
    kinds = chance.choices(("board", "actor", "report", "search"), (25, 30, 35, 10), k=int(given.seconds * given.rate))
    # A handful of people look at a handful of days.
    boards = [path_of("board", chance, ids, given.actors) for _ in range(8)]
    asked = [
        chance.choice(boards) if kind == "board" else path_of(kind, chance, ids, min(given.actors, 300))
        for kind in kinds
    ]
    took: list[float] = []
    failed: list[str] = []
    stop = threading.Event()
    writer = threading.Thread(target=write, args=(path, given.actors, stop))
    writer.start()
    worked = processor_seconds(server)
    began = time.perf_counter()

    def ask(number: int) -> None:
        due = began + number / given.rate
        time.sleep(max(0.0, due - time.perf_counter()))
        try:
            client.get(asked[number]).raise_for_status()
            took.append((time.perf_counter() - due) * 1000)
        except httpx.HTTPError as why:
            failed.append(f"{asked[number]}: {why!r}")

    with httpx.Client(base_url=address, timeout=120, limits=httpx.Limits(max_connections=64)) as client:
        with ThreadPoolExecutor(64) as readers:
            list(readers.map(ask, range(len(asked))))
        spent = time.perf_counter() - began
    stop.set()
    writer.join()
    took.sort()
    print(
        f"mixed: {len(asked)} requests in {spent:.0f} s ({len(asked) / spent:.0f} a second) while a batch was written: "
        f"{processor_seconds(server) - worked:.0f} s of the server's processor time, {len(failed)} failed, "
        f"median {statistics.median(took):.0f} ms, nine in ten within "
        f"{took[int(len(took) * 0.9)]:.0f} ms; load {os.getloadavg()[0]:.1f} on {os.cpu_count()}"
    )
    for each in failed[:5]:
        print(f"  {each}")
    kept_up = spent <= given.seconds * 1.05
    print(
        f"  {'ok ' if not failed and kept_up else 'BAD'} {given.rate:.0f} a second for {given.seconds:.0f} s, no error"
    )
    return not failed and kept_up


def processor_seconds(process: int) -> float:
    """What a process has used of a processor, where the system tells it (Linux)."""
    told = Path(f"/proc/{process}/stat")
    if not told.exists():
        return float("nan")
    fields = told.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def write(path: Path, actors: int, stop: threading.Event) -> None:
    """Append new reports, fifty at a time, a few times a second, until told to stop."""
    with open_ledger(path) as ledger:
        now = datetime.now(UTC)
        run = begin_run(ledger, command="bench", rulebook_hash="rules", version="0", now=now)
        for batch in batches(reports(1_000_000, actors=actors, seed=13), 50):
            if stop.wait(0.3):
                return
            append_batch(ledger, run, batch, now=datetime.now(UTC))


if __name__ == "__main__":
    sys.exit(main())
