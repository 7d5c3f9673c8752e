"""Speed of the ledger on SQLite: writing whole reports, and reading what every actor's posture is drawn from.

    python -m benchmarks.ledger [--claims 1000000] [--actors 3000] [--folder FOLDER]

Each figure is printed with that of a rival in the same run: row-by-row writing through SQLAlchemy, one commit a report;
and a window function over the same file. Exit code 1 when a figure misses its floor.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from benchmarks.claims import reports
from holdfire.ledger.append import append_batch, begin_run
from holdfire.ledger.connect import Ledger, open_ledger
from holdfire.ledger.rows import day_number, moment_number
from holdfire.ledger.standing import posture_inputs
from holdfire.ledger.tables import METADATA
from holdfire.model.entry import AsOf

DOCUMENTS_PER_SECOND = 1500
TIMES_FASTER = 10
SECONDS_FOR_POSTURES = 0.4
CLAIMS_EACH = 10
BATCH = 500
ROUNDS = 5
PER_ROUND = 2000
START = datetime(2031, 1, 1, tzinfo=UTC)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--claims", type=int, default=1_000_000)
    options.add_argument("--actors", type=int, default=3000)
    options.add_argument("--folder", type=Path, help="where to write (else a temporary folder)")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        fine = writing(Path(folder), given.actors)
        with open_ledger(Path(folder) / "ledger.db") as ledger:
            fill(ledger, given.claims, given.actors)
            return 0 if reading(ledger) and fine else 1


def writing(folder: Path, actors: int) -> bool:
    """Whole reports a second: text, ten claims with mentions, sources, reasons, full-text index. The best of rounds."""
    made = list(reports(ROUNDS * PER_ROUND, claims_each=CLAIMS_EACH, actors=actors))
    ours = busy = 0.0
    with open_ledger(folder / "ours.db") as ledger:
        run = begin_run(ledger, command="bench", rulebook_hash="rules", version="0", now=START)
        for start in range(0, len(made), PER_ROUND):
            part = made[start : start + PER_ROUND]
            started, worked = time.perf_counter(), time.process_time()
            for batch in batches(iter(part), BATCH):
                append_batch(ledger, run, batch, now=START)
            ours = max(ours, len(part) / (time.perf_counter() - started))
            busy = max(busy, len(part) / (time.process_time() - worked))
        some = rows_of(ledger, made[:400])
    with open_ledger(folder / "rival.db") as ledger:
        started = time.perf_counter()
        for rows in some:
            with ledger.engine.connect() as connection, connection.begin():
                for table, values in rows:
                    connection.execute(insert(table), values)
        rival = len(some) / (time.perf_counter() - started)
    print(
        f"writing: {ours:,.0f} documents/s of {CLAIMS_EACH} claims ({busy:,.0f} a second of processor time); "
        f"row by row, a commit each: {rival:,.0f}/s; ratio {ours / rival:.1f}; load {os.getloadavg()[0]:.1f} on "
        f"{os.cpu_count()} processors"
    )
    return told(ours >= DOCUMENTS_PER_SECOND, f"at least {DOCUMENTS_PER_SECOND:,} documents/s")


def rows_of(ledger: Ledger, made: list[Any]) -> list[list[tuple[Any, dict[str, Any]]]]:
    """The rows that the reports became, report by report, for a rival that writes them one at a time."""
    tables = METADATA.tables
    with ledger.reading() as connection:
        shared = [
            (tables[name], dict(row))
            for name in ("rulebooks", "links", "runs", "parties")
            for row in connection.execute(tables[name].select()).mappings()
        ]
        found = []
        for number in range(1, len(made) + 1):
            rows: list[tuple[Any, dict[str, Any]]] = []
            for name, column in (("documents", "seq"), ("readings", "document_seq"), ("claims", "document_seq")):
                query = tables[name].select().where(tables[name].c[column] == number)
                rows += [(tables[name], dict(row)) for row in connection.execute(query).mappings()]
            seqs = [row["seq"] for table, row in rows if table.name == "claims"]
            for name in ("mentions", "sources", "reasons", "standing"):
                query = tables[name].select().where(tables[name].c.claim_seq.in_(seqs))
                rows += [(tables[name], dict(row)) for row in connection.execute(query).mappings()]
            found.append(rows)
    found[0] = shared + found[0]
    return found


def fill(ledger: Ledger, claims: int, actors: int) -> None:
    """The ledger to read from; one report in twelve is read again with newer rules, which find one claim less."""
    count = claims // CLAIMS_EACH
    run = begin_run(ledger, command="bench", rulebook_hash="rules", version="0", now=START)
    started = time.perf_counter()
    again = []
    for number, batch in enumerate(batches(reports(count, claims_each=CLAIMS_EACH, actors=actors), BATCH)):
        append_batch(ledger, run, batch, now=START + timedelta(hours=number))
        again += batch[::12]
    newer = begin_run(ledger, command="bench", rulebook_hash="rules-two", version="0", now=START + timedelta(days=90))
    for batch in batches(iter([(document, found[1:]) for document, found in again]), BATCH):
        append_batch(ledger, newer, batch, now=START + timedelta(days=90))
    took = time.perf_counter() - started
    print(f"filled: {count:,} documents, {claims:,} claims, {len(again):,} read again, {took:.0f} s")


def reading(ledger: Ledger) -> bool:
    """Seeks against two window functions on the same file: over the index table, and over the claims themselves."""
    asof = AsOf(valid_on=date(2030, 6, 30), known_by=START + timedelta(days=60))
    assert asof.valid_on is not None
    assert asof.known_by is not None
    options = {"day": day_number(asof.valid_on), "known": moment_number(asof.known_by)}

    def ours() -> int:
        return sum(1 for _ in posture_inputs(ledger, asof))

    def window(query: str) -> Callable[[], int]:
        def read() -> int:
            with ledger.reading() as connection:
                return len(connection.execute(text(query), options).all())

        return read

    count, quick, busy = best(ours, 5)
    _, lean, _ = best(window(OVER_INDEX), 2)
    other, plain, plain_busy = best(window(OVER_CLAIMS), 2)
    assert count == other, (count, other)
    actors = len({each.key for each in posture_inputs(ledger, asof)})
    print(
        f"postures of {actors:,} actors ({count:,} inputs): {quick:.3f} s by seeks ({busy:.3f} s of processor time); "
        f"window function over claims {plain:.2f} s ({plain_busy:.2f}), ratio {plain / quick:.1f}; over the "
        f"index table {lean:.2f} s, ratio {lean / quick:.1f}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()}"
    )
    return told(quick <= SECONDS_FOR_POSTURES, f"at most {SECONDS_FOR_POSTURES} s") & told(
        plain / quick >= TIMES_FASTER, f"at least {TIMES_FASTER} times faster"
    )


OVER_CLAIMS = """
select key, conduct, confirmed, valid_from, id from (
  select p.key, c.conduct, c.certainty not in ('rumoured', 'denied') as confirmed, c.valid_from, c.id,
    row_number() over (
      partition by m.party_seq, c.conduct, c.certainty not in ('rumoured', 'denied')
      order by c.valid_from desc, c.seq desc) as place
  from claims c join mentions m on m.claim_seq = c.seq and m.role = 'actor' join parties p on p.seq = m.party_seq
  where c.valid_from <= :day and c.recorded_at <= :known and (c.superseded_at is null or c.superseded_at > :known)
) as ranked where place = 1"""

OVER_INDEX = """
select p.key, r.conduct, r.confirmed, r.valid_from, c.id from (
  select s.*, row_number() over (
      partition by s.party_seq, s.conduct, s.confirmed order by s.valid_from desc, s.claim_seq desc) as place
  from standing s
  where s.valid_from <= :day and s.recorded_at <= :known and (s.superseded_at is null or s.superseded_at > :known)
) as r join parties p on p.seq = r.party_seq join claims c on c.seq = r.claim_seq where r.place = 1"""


def batches(found: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while batch := list(islice(found, size)):
        yield batch


def best(read: Callable[[], int], times: int) -> tuple[int, float, float]:
    """What is read, and the shortest of some readings, in seconds and in seconds of processor time.

    The two differ when the machine is busy with other things.
    """
    shortest = busy = float("inf")
    count = 0
    for _ in range(times):
        started, worked = time.perf_counter(), time.process_time()
        count = read()
        shortest = min(shortest, time.perf_counter() - started)
        busy = min(busy, time.process_time() - worked)
    return count, shortest, busy


def told(fine: bool, floor: str) -> bool:
    print(f"  {'ok ' if fine else 'BAD'} {floor}")
    return fine


if __name__ == "__main__":
    sys.exit(main())
