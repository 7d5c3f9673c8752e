"""A process that writes a batch of reports and says what is stored, to be killed at any moment."""

from __future__ import annotations

import multiprocessing
import sys
from datetime import UTC, datetime
from functools import lru_cache
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from benchmarks.claims import reports

from holdfire.ledger.append import Reading, append_batch, begin_run
from holdfire.ledger.connect import Ledger, open_ledger

SIZE = 3
COUNT = 60


@lru_cache
def batch() -> tuple[Reading, ...]:
    """The reports to write."""
    made: list[Reading] = list(reports(COUNT, claims_each=4, actors=12))
    return tuple(made)


def write_all(ledger: Ledger, said: Connection | None = None) -> None:
    """Write the batch in small transactions; tell after each which reports are stored."""
    readings = batch()
    run = begin_run(ledger, command="read", rulebook_hash="rules", version="0.1.0", now=datetime.now(UTC))
    for start in range(0, len(readings), SIZE):
        stored = append_batch(ledger, run, readings[start : start + SIZE], now=datetime.now(UTC))
        if said is not None:
            said.send([each.document_id for each in stored])
    newer = begin_run(ledger, command="reread", rulebook_hash="rules-two", version="0.1.0", now=datetime.now(UTC))
    for start in range(0, len(readings) // 4, SIZE):
        again: list[Reading] = [(each[0], each[1][1:]) for each in readings[start : start + SIZE]]
        append_batch(ledger, newer, again, now=datetime.now(UTC))
        if said is not None:
            said.send([])


def _work(url: str, said: Connection) -> None:
    with open_ledger(url, wait_seconds=30) as ledger:
        said.send([])
        write_all(ledger, said)
    said.send(None)


def start(url: str) -> tuple[BaseProcess, Connection]:
    """A process that writes to the ledger, and where it says what it has stored; None is its last word."""
    context = multiprocessing.get_context("forkserver")
    root = str(Path(__file__).parents[2])
    if root not in sys.path:
        sys.path.insert(0, root)
    context.set_forkserver_preload(["tests.ledger.writer"])
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(url, theirs), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def told(said: Connection) -> tuple[set[str], bool]:
    """Everything that a dead process had reported as stored, and whether it had finished."""
    stored: set[str] = set()
    try:
        while True:
            word = said.recv()
            if word is None:
                return stored, True
            stored.update(word)
    except EOFError:
        return stored, False
