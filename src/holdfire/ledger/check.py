"""Looks a ledger over: pages, references, the chain of hashes, evidence against text, what stands and what does not."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, func, select, text

from holdfire.ledger.append import run_item
from holdfire.ledger.check_events import batch_items, row_faults, standing_sum
from holdfire.ledger.connect import Ledger
from holdfire.ledger.judge import grade_id, judgement_id
from holdfire.ledger.readings import closings, readings_of, takedowns_of
from holdfire.ledger.rows import digest, version_of_row
from holdfire.ledger.tables import (
    CLAIMS,
    CONFIRMATIONS,
    DOCUMENTS,
    GRADES,
    JUDGEMENTS,
    LINKS,
    MENTIONS,
    PROBLEMS,
    READINGS,
    RUNS,
    STANDING,
    TAKEDOWNS,
    TIPS,
)
from holdfire.ledger.writer import link_hash

_CHUNK = 500
# More of one kind tells nobody more.
MOST_OF_A_KIND = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong: `kind` is "page", "reference", "chain", "record", "evidence", "standing" or "words"."""

    kind: str
    what: str


def check(ledger: Ledger) -> Iterator[Fault]:
    """Everything that is wrong with a ledger; nothing for a sound one. Reads it all, in one snapshot.

    Raises LedgerError where a page cannot even be read.
    """
    with ledger.snapshot() as seen, seen.reading() as connection:
        counts: dict[str, int] = defaultdict(int)
        for look in (_pages, _chain, _documents, _readings, _superseding, _said, _index, _words, _events):
            for fault in look(connection):
                counts[fault.kind] += 1
                if counts[fault.kind] <= MOST_OF_A_KIND:
                    yield fault
        for kind, count in counts.items():
            if count > MOST_OF_A_KIND:
                yield Fault(kind=kind, what=f"and {count - MOST_OF_A_KIND} more of this kind")


def content_hash(ledger: Ledger) -> str:
    """What the ledger holds now, whenever and in whatever order it was recorded: 32 hex digits.

    Covers each article's version and claims that stand, rows of event tables that stand, judgements and takings down;
    not the moments nor the runs.
    """
    standing = (
        select(DOCUMENTS.c.version_id, READINGS.c.content_hash)
        .join(DOCUMENTS, DOCUMENTS.c.seq == READINGS.c.document_seq)
        .where(READINGS.c.superseded_at.is_(None))
    )
    said = select(JUDGEMENTS.c.claim_id, JUDGEMENTS.c.who, JUDGEMENTS.c.verdict, JUDGEMENTS.c.changes)
    with ledger.reading() as connection:
        parts = [digest("standing", *row) for row in connection.execute(standing)]
        parts += [digest("said", *row) for row in connection.execute(said.distinct())]
        events = standing_sum(connection)
        parts += [events] if events else []
        parts += [digest("gone", each) for each in connection.execute(select(TAKEDOWNS.c.series).distinct()).scalars()]
    return digest(*sorted(parts))


def _pages(connection: Connection) -> Iterator[Fault]:
    if connection.dialect.name != "sqlite":
        return
    for row in connection.exec_driver_sql("pragma integrity_check(20)"):
        if row[0] != "ok":
            yield Fault(kind="page", what=f"the file is damaged: {row[0]}")
    for row in connection.exec_driver_sql("pragma foreign_key_check"):
        yield Fault(kind="reference", what=f"row {row[1]} of {row[0]} names a row of {row[2]} that is not there")


def _chain(connection: Connection) -> Iterator[Fault]:
    known = _items(connection)
    hashes: set[str] = set()
    named: set[str] = set()
    listed: set[str] = set()
    for link in connection.execute(select(LINKS).order_by(LINKS.c.seq)):
        items = link.items.split()
        if link.hash != link_hash(link.parents, link.content_hash, link.recorded_at):
            yield Fault(kind="chain", what=f"link {link.seq} was changed: its hash does not fit")
        if link.content_hash != digest(*sorted(items)):
            yield Fault(kind="chain", what=f"link {link.seq} lists other records than its hash covers")
        missing = [each for each in items if each not in known]
        if missing:
            yield Fault(kind="chain", what=f"{len(missing)} records of link {link.seq} are gone or were changed")
        hashes.add(link.hash)
        named.update(link.parents.split())
        listed.update(items)
    for parent in sorted(named - hashes):
        yield Fault(kind="chain", what=f"a link names the link {parent} before it, which is not there")
    tips = set(connection.execute(select(TIPS.c.hash)).scalars())
    if tips != hashes - named:
        yield Fault(kind="chain", what="the ends of the chain are not those that the ledger notes: links are missing")
    for item, what in sorted(known.items()):
        if item not in listed:
            yield Fault(kind="chain", what=f"{what} is in no link: it was added by another program")


def _items(connection: Connection) -> dict[str, str]:
    """What every record should be called in the chain, made anew from its columns, and the record in words."""
    found: dict[str, str] = {}
    for row in connection.execute(select(RUNS)):
        found[run_item(row.id, row.command, row.rulebook_hash, row.version, row.started_at)] = f"run {row.id}"
    query = select(READINGS, DOCUMENTS.c.version_id).join(DOCUMENTS, DOCUMENTS.c.seq == READINGS.c.document_seq)
    names: dict[int, str] = {}
    for row in connection.execute(query):
        item = digest("reading", row.version_id, row.rulebook_hash, row.content_hash, str(row.recorded_at))
        found[item] = f"reading {row.id}"
        names[row.seq] = row.id
    for row in connection.execute(select(CONFIRMATIONS)):
        found[digest("confirmation", names.get(row.reading_seq, ""), row.rulebook_hash)] = f"confirmation {row.id}"
    for row in connection.execute(select(JUDGEMENTS)):
        item = judgement_id(row.claim_id, row.who, row.role, row.verdict, row.changes, row.reason, row.recorded_at)
        found[item] = f"judgement {row.id}"
    for row in connection.execute(select(PROBLEMS, RUNS.c.rulebook_hash).join(RUNS, RUNS.c.id == PROBLEMS.c.run_id)):
        found[digest("problem", row.place, row.what, row.rulebook_hash)[:16]] = f"problem {row.id}"
    for row in connection.execute(select(TAKEDOWNS)):
        item = digest("takedown", row.series, row.who, row.reason, str(row.recorded_at))
        found[item] = f"taking down {row.id}"
    for row in connection.execute(select(GRADES)):
        found[grade_id(row.outlet, row.grade, row.who, row.reason, row.recorded_at)] = f"grade {row.id}"
    found.update(batch_items(connection))
    return found


def _documents(connection: Connection) -> Iterator[Fault]:
    for row in connection.execute(select(DOCUMENTS).execution_options(yield_per=_CHUNK)).mappings():
        if row["text"] is None:
            continue
        if digest(row["text"]) != row["text_sha256"] or version_of_row(row) != row["version_id"]:
            yield Fault(kind="record", what=f"the text or header of report {row['id']} was changed")


def _readings(connection: Connection) -> Iterator[Fault]:
    """The claims of each reading against its hash, and their evidence against the text."""
    query = (
        select(
            READINGS.c.seq, READINGS.c.id, READINGS.c.content_hash, READINGS.c.boilerplate, READINGS.c.claim_count,
            DOCUMENTS.c.version_id, DOCUMENTS.c.text,
        )
        .join(DOCUMENTS, DOCUMENTS.c.seq == READINGS.c.document_seq)
        .order_by(READINGS.c.seq)
    )  # fmt: skip
    for rows in connection.execute(query.execution_options(yield_per=_CHUNK)).mappings().partitions():
        claims: dict[int, list[RowMapping]] = defaultdict(list)
        wanted = select(CLAIMS).where(CLAIMS.c.reading_seq.between(rows[0]["seq"], rows[-1]["seq"]))
        for claim in connection.execute(wanted).mappings():
            claims[claim["reading_seq"]].append(claim)
        for reading in rows:
            found = claims[reading["seq"]]
            hashes = sorted(claim["content_hash"] for claim in found)
            if digest(reading["version_id"], reading["boilerplate"], *hashes) != reading["content_hash"]:
                yield Fault(kind="record", what=f"claims of reading {reading['id']} are missing or were added")
            if len(found) != reading["claim_count"]:
                yield Fault(kind="record", what=f"reading {reading['id']} holds {len(found)} claims, not those it says")
            for claim in found:
                yield from _claim(claim, reading["text"])


def _claim(row: RowMapping, body: str | None) -> Iterator[Fault]:
    if row["json"] is None:
        if body is not None:
            yield Fault(kind="record", what=f"claim {row['id']} was emptied, but its report was not taken down")
        return
    if digest(row["json"]) != row["content_hash"]:
        yield Fault(kind="record", what=f"claim {row['id']} was changed: its hash does not fit")
    start, end = row["start_char"], row["end_char"]
    said: Any = json.loads(row["json"])["evidence"]
    stretch = {"start_char": start, "end_char": end, "text": row["evidence"]}
    if body is None or body[start:end] != row["evidence"] or said != stretch:
        yield Fault(kind="evidence", what=f"the evidence of claim {row['id']} is not what stands at {start}–{end}")


def _superseding(connection: Connection) -> Iterator[Fault]:
    names = list(connection.execute(select(READINGS.c.series).distinct()).scalars())
    for start in range(0, len(names), _CHUNK):
        gone = takedowns_of(connection, names[start : start + _CHUNK])
        for series, rows in readings_of(connection, names[start : start + _CHUNK]).items():
            right = closings(rows, gone.get(series))
            for row in rows:
                if row.superseded_at != right[row.seq]:
                    yield Fault(kind="standing", what=f"reading {row.id} was closed at another time than it should be")
    odd = (
        select(CLAIMS.c.id)
        .join(READINGS, READINGS.c.seq == CLAIMS.c.reading_seq)
        .where(func.coalesce(CLAIMS.c.superseded_at, 0) != func.coalesce(READINGS.c.superseded_at, 0))
    )
    for claim in connection.execute(odd.limit(_CHUNK)).scalars():
        yield Fault(kind="standing", what=f"claim {claim} was closed at another time than its reading")


def _said(connection: Connection) -> Iterator[Fault]:
    """Judgements of claims that nobody recorded."""
    query = select(JUDGEMENTS.c.id, JUDGEMENTS.c.claim_id).where(
        JUDGEMENTS.c.claim_id.not_in(select(CLAIMS.c.id).where(CLAIMS.c.id == JUDGEMENTS.c.claim_id))
    )
    for row in connection.execute(query):
        yield Fault(kind="reference", what=f"judgement {row.id} is of the claim {row.claim_id}, which is not there")


def _index(connection: Connection) -> Iterator[Fault]:
    """The table that postures are drawn from, against the claims and mentions that it repeats."""
    same = and_(
        STANDING.c.conduct == func.coalesce(CLAIMS.c.conduct, ""), STANDING.c.valid_from == CLAIMS.c.valid_from,
        STANDING.c.recorded_at == CLAIMS.c.recorded_at,
        func.coalesce(STANDING.c.superseded_at, 0) == func.coalesce(CLAIMS.c.superseded_at, 0),
    )  # fmt: skip
    joined = select(func.count()).select_from(STANDING).join(CLAIMS, CLAIMS.c.seq == STANDING.c.claim_seq).where(same)
    right = connection.execute(joined).scalar_one()
    held = connection.execute(select(func.count()).select_from(STANDING)).scalar_one()
    actors = select(MENTIONS.c.claim_seq, MENTIONS.c.party_seq).where(MENTIONS.c.role == "actor").distinct()
    needed = connection.execute(select(func.count()).select_from(actors.subquery())).scalar_one()
    if not right == held == needed:
        yield Fault(kind="standing", what=f"the index of postures holds {right} right rows of {held}; {needed} are due")


def _events(connection: Connection) -> Iterator[Fault]:
    for kind, what in row_faults(connection):
        yield Fault(kind=kind, what=what)


def _words(connection: Connection) -> Iterator[Fault]:
    if connection.dialect.name != "sqlite":
        return
    for words, table, column in (("documents_words", "documents", "text"), ("claims_words", "claims", "evidence")):
        indexed = connection.execute(text(f"select count(*) from {words}_docsize")).scalar_one()
        held = connection.execute(text(f"select count({column}) from {table}")).scalar_one()
        if indexed != held:
            yield Fault(kind="words", what=f"the full-text index of {table} holds {indexed} of {held}")
