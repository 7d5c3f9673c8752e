"""Joins another ledger into ours: the union of what was recorded, and what stands decided anew from all of it.

Rows keep the moments at which they were recorded, wherever that was: a view known by K shows what any of the two
ledgers knew by K. Merging is commutative and idempotent: it matters neither who merges whom, nor how often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, select

from holdfire.errors import LedgerError
from holdfire.ledger.check import check
from holdfire.ledger.connect import Ledger
from holdfire.ledger.merge_events import bring_events
from holdfire.ledger.readings import takedowns_of
from holdfire.ledger.tables import (
    CLAIMS,
    CONFIRMATIONS,
    DOCUMENTS,
    GRADES,
    JUDGEMENTS,
    LINKS,
    MENTIONS,
    PARTIES,
    PROBLEMS,
    READINGS,
    REASONS,
    RULEBOOKS,
    RUNS,
    SOURCES,
    STANDING,
    TAKEDOWNS,
    TIPS,
)
from holdfire.ledger.takedown import close_series, erase, forget_words
from holdfire.ledger.writer import Numbers, Pending, numbers_of

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What came in from the other ledger."""

    documents: int
    readings: int
    judgements: int
    takedowns: int
    event_rows: int = 0


@dataclass(slots=True)
class _Merging:
    """One merging under way: both connections, and our number for each of their rows."""

    ours: Connection
    theirs: Connection
    pending: Pending
    numbers: Numbers
    links: dict[int, int] = field(default_factory=dict)
    documents: dict[int, int] = field(default_factory=dict)
    readings: dict[int, int] = field(default_factory=dict)
    parties: dict[int, int] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)


def merge(ledger: Ledger, other: Ledger) -> Merged:
    """Bring everything of another ledger into this one, in one transaction. The other one is only read.

    Raises LedgerError when the other ledger is not sound, and when it is this very ledger.
    """
    if ledger.url == other.url:
        raise LedgerError(f"Merging {other.url}: it is the same ledger. Name another one.")
    fault = next(iter(check(other)), None)
    if fault is not None:
        raise LedgerError(
            f"Merging {other.url}: it is not sound: {fault.what}. Nothing was taken from it. Restore a backup of it."
        )
    with other.snapshot() as seen, seen.reading() as theirs, ledger.writing("merge") as ours:
        at_work = _Merging(ours=ours, theirs=theirs, pending=Pending(ours), numbers=numbers_of(ledger, ours))
        _bring_links(at_work)
        documents = _bring_documents(at_work)
        readings = _bring_readings(at_work)
        _bring_keyed(at_work, CONFIRMATIONS, earliest=True)
        _bring_keyed(at_work, PROBLEMS, earliest=True)
        _bring_keyed(at_work, GRADES)
        judgements = _bring_keyed(at_work, JUDGEMENTS)
        takedowns = _bring_keyed(at_work, TAKEDOWNS)
        events = bring_events(
            ours, theirs, at_work.pending, at_work.numbers, links=at_work.links, parties=at_work.parties
        )
        _settle(at_work)
        ledger.state.clear()
    return Merged(documents=documents, readings=readings, judgements=judgements, takedowns=takedowns, event_rows=events)


def _bring_links(at_work: _Merging) -> None:
    """Rulebooks, the chain and the runs; the chain then ends in several links until somebody writes again."""
    ours, theirs = at_work.ours, at_work.theirs
    first_seen = {row.hash: row.first_seen for row in ours.execute(select(RULEBOOKS))}
    for row in theirs.execute(select(RULEBOOKS)):
        if row.hash not in first_seen:
            at_work.pending.add("rulebooks", tuple(row))
        elif row.first_seen < first_seen[row.hash]:
            ours.execute(RULEBOOKS.update().where(RULEBOOKS.c.hash == row.hash).values(first_seen=row.first_seen))
    held = {row.hash: row.seq for row in ours.execute(select(LINKS.c.hash, LINKS.c.seq))}
    for row in theirs.execute(select(LINKS).order_by(LINKS.c.seq)):
        if row.hash not in held:
            held[row.hash] = at_work.numbers.next("links")
            at_work.pending.add("links", (held[row.hash], *row[1:]))
        at_work.links[row.seq] = held[row.hash]
    at_work.pending.flush()
    _bring_keyed(at_work, RUNS)
    chain = ours.execute(select(LINKS.c.hash, LINKS.c.parents)).all()
    named = {parent for row in chain for parent in row.parents.split()}
    tips = [{"hash": row.hash} for row in chain if row.hash not in named]
    ours.execute(TIPS.delete())
    if tips:
        ours.execute(TIPS.insert(), tips)


def _bring_documents(at_work: _Merging) -> int:
    """Versions that we lack; of those that both have, the earlier fetching and recording."""
    came = 0
    for rows in at_work.theirs.execute(select(DOCUMENTS).order_by(DOCUMENTS.c.seq)).mappings().partitions(_CHUNK):
        held = _by(at_work.ours, DOCUMENTS, DOCUMENTS.c.version_id, [row["version_id"] for row in rows])
        for row in rows:
            at_work.touched.add(row["series"])
            mine = held.get(row["version_id"])
            if mine is None:
                came += 1
                seq = at_work.documents[row["seq"]] = at_work.numbers.next("documents")
                at_work.pending.add("documents", (seq, *list(row.values())[1:]))
                if row["text"] is not None:
                    at_work.pending.add("documents_words", (seq, row["title"], row["text"]))
                continue
            at_work.documents[row["seq"]] = mine["seq"]
            if _origin(row) < _origin(mine):
                kept = {name: row[name] for name in ("fetched_at", "raw_sha256", "reader")}
                at_work.ours.execute(DOCUMENTS.update().where(DOCUMENTS.c.seq == mine["seq"]).values(**kept))
            if row["recorded_at"] < mine["recorded_at"]:
                at_work.ours.execute(
                    DOCUMENTS.update().where(DOCUMENTS.c.seq == mine["seq"]).values(recorded_at=row["recorded_at"])
                )
        at_work.pending.flush()
    return came


def _origin(row: RowMapping) -> tuple[bool, int, str, str]:
    return row["fetched_at"] is None, row["fetched_at"] or 0, row["raw_sha256"] or "", row["reader"]


def _bring_readings(at_work: _Merging) -> int:
    """Readings that we lack, with everything that hangs on them."""
    at_work.parties = {
        row.seq: at_work.numbers.party(at_work.pending, row.key, row.name)
        for row in at_work.theirs.execute(select(PARTIES))
    }
    came = 0
    for rows in at_work.theirs.execute(select(READINGS).order_by(READINGS.c.seq)).mappings().partitions(_CHUNK):
        held = _by(at_work.ours, READINGS, READINGS.c.id, [row["id"] for row in rows])
        fresh = []
        for row in rows:
            mine = held.get(row["id"])
            if mine is None:
                fresh.append(row)
                seq = at_work.readings[row["seq"]] = at_work.numbers.next("readings")
                values = dict(row) | {
                    "seq": seq, "document_seq": at_work.documents[row["document_seq"]],
                    "link_seq": at_work.links[row["link_seq"]],
                }  # fmt: skip
                at_work.pending.add("readings", tuple(values.values()))
                continue
            at_work.readings[row["seq"]] = mine["seq"]
            same = {
                "run_id": min(row["run_id"], mine["run_id"]),
                "passages": max(filter(None, (row["passages"], mine["passages"])), default=None),
                "pointers": max(filter(None, (row["pointers"], mine["pointers"])), default=None),
            }
            at_work.ours.execute(READINGS.update().where(READINGS.c.seq == mine["seq"]).values(**same))
        _bring_claims(at_work, [row["seq"] for row in fresh])
        at_work.pending.flush()
        came += len(fresh)
    return came


def _bring_claims(at_work: _Merging, readings: Sequence[int]) -> None:
    numbers: dict[int, int] = {}
    theirs, pending = at_work.theirs, at_work.pending
    for row in theirs.execute(
        select(CLAIMS).where(CLAIMS.c.reading_seq.in_(readings)).order_by(CLAIMS.c.seq)
    ).mappings():
        seq = numbers[row["seq"]] = at_work.numbers.next("claims")
        values = dict(row) | {
            "seq": seq, "reading_seq": at_work.readings[row["reading_seq"]],
            "document_seq": at_work.documents[row["document_seq"]],
        }  # fmt: skip
        pending.add("claims", tuple(values.values()))
        if row["evidence"] is not None:
            pending.add("claims_words", (seq, row["evidence"]))
    hanging = select(CLAIMS.c.seq).where(CLAIMS.c.reading_seq.in_(readings))
    for table in (MENTIONS, SOURCES, REASONS, STANDING):
        for row in theirs.execute(select(table).where(table.c.claim_seq.in_(hanging))).mappings():
            values = dict(row) | {"claim_seq": numbers[row["claim_seq"]]}
            if "party_seq" in values:
                values["party_seq"] = at_work.parties[row["party_seq"]]
            pending.add(table.name, tuple(values.values()))
            if table is STANDING:
                key = (values["party_seq"], values["conduct"], values["confirmed"])
                at_work.numbers.see_conduct(pending, key)


def _bring_keyed(at_work: _Merging, table: Table, *, earliest: bool = False) -> int:
    """Rows of a table with an `id` that we lack; `earliest`: of those that both have, the one recorded first."""
    came = 0
    for rows in at_work.theirs.execute(select(table)).mappings().partitions(_CHUNK):
        held = _by(at_work.ours, table, table.c.id, [row["id"] for row in rows])
        for row in rows:
            values = dict(row)
            if "link_seq" in values:
                values["link_seq"] = at_work.links[row["link_seq"]]
            if "reading_seq" in values:
                values["reading_seq"] = at_work.readings[row["reading_seq"]]
            if table is TAKEDOWNS:
                at_work.touched.add(row["series"])
            mine = held.get(row["id"])
            if mine is None:
                came += 1
                at_work.pending.add(table.name, tuple(values.values()))
            elif earliest and (row["recorded_at"], row["run_id"]) < (mine["recorded_at"], mine["run_id"]):
                at_work.ours.execute(table.update().where(table.c.id == row["id"]).values(**values))
    at_work.pending.flush()
    return came


def _settle(at_work: _Merging) -> None:
    """Decide anew what stands of every article that the other ledger speaks of."""
    gone = takedowns_of(at_work.ours, at_work.touched)
    for series in sorted(at_work.touched):
        if series in gone:
            erase(at_work.ours, series, gone[series])
        else:
            close_series(at_work.ours, series, None)
    if gone:
        forget_words(at_work.ours)


def _by(connection: Connection, table: Table, column: Any, wanted: Sequence[str]) -> dict[str, RowMapping]:
    """Rows by the value of a column, for the values wanted."""
    found: dict[str, RowMapping] = {}
    for start in range(0, len(wanted), _CHUNK):
        query = select(table).where(column.in_(wanted[start : start + _CHUNK]))
        for row in connection.execute(query).mappings():
            found[row[column.name]] = row
    return found
