"""Appends documents with their claims: deterministic, in one transaction, by one writer, never overwriting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from holdfire.ledger.connect import Ledger
from holdfire.ledger.rows import (
    UNCONFIRMED,
    ClaimRow,
    boilerplate_json,
    check_text,
    claim_rows,
    digest,
    document_values,
    moment_number,
    moment_of,
    passages_json,
    pointers_json,
    reading_hash,
    series_of,
    version_id,
)
from holdfire.ledger.tables import DOCUMENTS, READINGS, TAKEDOWNS
from holdfire.ledger.writer import Numbers, Pending, numbers_of, seal
from holdfire.model.actor import party_key
from holdfire.model.claim import Claim
from holdfire.model.document import Document, Passage
from holdfire.model.entry import IntakeProblem, Run

Outcome = Literal["new", "unchanged", "confirmed", "reread", "new version", "older version", "taken down"]
# What was read of one document: its claims, and the passages that it was cut into where they are to be kept.
Reading = tuple[Document, Sequence[Claim]] | tuple[Document, Sequence[Claim], Sequence[Passage]]
# SQLite allows 32,766 variables in a statement; PostgreSQL's planner prefers fewer.
_LOOK_UP = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendResult:
    """What became of one document.

    outcome: "new"; "unchanged" (this reading is held already); "confirmed" (newer rules found the same); "reread"
    (newer rules found something else: the older claims are superseded); "new version" (another text at the same
    address, which supersedes the older one's claims); "older version" (kept, and superseded at once); "taken down"
    (refused). `claims` were stored, `superseded` were closed.
    """

    document_id: str
    outcome: Outcome
    claims: int = 0
    superseded: int = 0


@dataclass(slots=True)
class _Held:
    """A reading of a series, as far as appending needs to know it."""

    seq: int
    id: str
    version: str
    document_seq: int
    rank: int
    rulebook_hash: str
    content_hash: str
    recorded_at: int
    claim_count: int
    current: bool


def begin_run(ledger: Ledger, *, command: str, rulebook_hash: str, version: str, now: datetime) -> Run:
    """Take the writer's lock and record that a run begins. Raises LedgerError when another process is writing.

    The lock is held until `ledger.release()` or `ledger.close()`.
    """
    with ledger.writing(command) as connection:
        numbers = numbers_of(ledger, connection)
        at = numbers.moment(moment_number(now))
        run_id = digest(command, rulebook_hash, version, str(at), *sorted(numbers.tips))[:16]
        pending = Pending(connection)
        link = numbers.next("links")
        if rulebook_hash not in numbers.rulebooks:
            pending.add("rulebooks", (rulebook_hash, at))
        pending.add("runs", (run_id, link, command, rulebook_hash, version, at))
        seal(pending, numbers, link, [run_item(run_id, command, rulebook_hash, version, at)], at)
        pending.flush()
        numbers.rulebooks.add(rulebook_hash)
    return Run(
        id=run_id, command=command, rulebook_hash=rulebook_hash, version=version, started_at=moment_of(at)
    )  # fmt: skip


def run_item(run_id: str, command: str, rulebook_hash: str, version: str, at: int) -> str:
    """What the chain of hashes says of a run."""
    return digest("run", run_id, command, rulebook_hash, version, str(at))


def append_document(
    ledger: Ledger, run: Run, document: Document, claims: Sequence[Claim], *, now: datetime
) -> AppendResult:
    """Store one document with its claims, whole or not at all; see `append_batch`."""
    return append_batch(ledger, run, [(document, claims)], now=now)[0]


def append_batch(ledger: Ledger, run: Run, batch: Iterable[Reading], *, now: datetime) -> tuple[AppendResult, ...]:
    """Store documents with their claims in one transaction; results in the same order.

    When it returns, all of it is on disk. Appending again changes nothing. The time recorded never goes back: when
    the clock does, the last time recorded is used.

    Raises LedgerError, with nothing stored, for evidence that is not in its text, for characters that a database
    cannot hold, and for whatever the database refuses.
    """
    readings = list(batch)
    for reading in readings:
        check_text(reading[0])
    with ledger.writing(run.command) as connection:
        numbers = numbers_of(ledger, connection)
        held = _held(connection, {series_of(reading[0]) for reading in readings})
        gone = _taken_down(connection, held)
        appending = _Appending(connection, numbers, run, numbers.moment(moment_number(now)), held, gone)
        results = tuple(
            appending.add(reading[0], reading[1], reading[2] if len(reading) == 3 else None) for reading in readings
        )
        appending.store()
    return results


def record_problem(ledger: Ledger, run: Run, *, where: str, what: str, now: datetime) -> IntakeProblem:
    """Record an input that could not be read. The same problem of the same rules is recorded once."""
    with ledger.writing(run.command) as connection:
        numbers = numbers_of(ledger, connection)
        at = numbers.moment(moment_number(now))
        where, what = (each.replace("\0", "�").encode("utf-8", "replace").decode() for each in (where, what))
        problem = digest("problem", where, what, run.rulebook_hash)[:16]
        found = connection.exec_driver_sql(
            "select run_id, recorded_at from problems where id = " + ("?" if ledger.is_sqlite else "%s"), (problem,)
        ).first()
        if found is None:
            pending = Pending(connection)
            link = numbers.next("links")
            pending.add("problems", (problem, run.id, link, where, what, at))
            seal(pending, numbers, link, [problem], at)
            pending.flush()
    run_id, recorded = (found[0], found[1]) if found else (run.id, at)
    return IntakeProblem(id=problem, where=where, what=what, recorded_at=moment_of(recorded), run_id=run_id)


def _held(connection: Connection, wanted: set[str]) -> dict[str, list[_Held]]:
    """The readings of each series, oldest first."""
    found: dict[str, list[_Held]] = {series: [] for series in wanted}
    names = sorted(wanted)
    query = (
        select(READINGS, DOCUMENTS.c.version_id, func.coalesce(DOCUMENTS.c.fetched_at, DOCUMENTS.c.recorded_at))
        .join(DOCUMENTS, DOCUMENTS.c.seq == READINGS.c.document_seq)
        .order_by(READINGS.c.seq)
    )
    for start in range(0, len(names), _LOOK_UP):
        for row in connection.execute(query.where(READINGS.c.series.in_(names[start : start + _LOOK_UP]))):
            found[row.series].append(
                _Held(
                    seq=row.seq,
                    id=row.id,
                    version=row.version_id,
                    document_seq=row.document_seq,
                    rank=row[-1],
                    rulebook_hash=row.rulebook_hash,
                    content_hash=row.content_hash,
                    recorded_at=row.recorded_at,
                    claim_count=row.claim_count,
                    current=row.superseded_at is None,
                )
            )
    return found


def _taken_down(connection: Connection, wanted: Iterable[str]) -> set[str]:
    names = sorted(wanted)
    gone: set[str] = set()
    for start in range(0, len(names), _LOOK_UP):
        query = select(TAKEDOWNS.c.series).where(TAKEDOWNS.c.series.in_(names[start : start + _LOOK_UP]))
        gone.update(connection.execute(query).scalars())
    return gone


class _Appending:
    """One transaction under way: decides for each document, gathers rows, writes them table by table."""

    def __init__(
        self, connection: Connection, numbers: Numbers, run: Run, at: int, held: dict[str, list[_Held]], gone: set[str]
    ) -> None:
        self._pending = Pending(connection)
        self._numbers = numbers
        self._run = run
        self._at = at
        self._held = held
        self._gone = gone
        self._items: list[str] = []
        self._link = 0

    def add(
        self, document: Document, claims: Sequence[Claim], passages: Sequence[Passage] | None = None
    ) -> AppendResult:
        """Decide what a document is to the ledger and gather its rows."""
        series = series_of(document)
        if series in self._gone:
            return AppendResult(document_id=document.id, outcome="taken down")
        held = self._held[series]
        current = next((each for each in held if each.current), None)
        version = version_id(document)
        rows = claim_rows(document, claims, at=self._at)
        boilerplate = boilerplate_json(document)
        content = reading_hash(version, boilerplate, rows)
        rules = self._run.rulebook_hash

        same = [each for each in held if each.version == version]
        if current is None or current.version != version:
            # An older version that comes again, as when a batch is resumed.
            if any(each.rulebook_hash == rules and each.content_hash == content for each in same):
                return AppendResult(document_id=document.id, outcome="unchanged")
        elif current.content_hash == content:
            return self._confirm(document, current)
        marks = (boilerplate, passages_json(passages), pointers_json(document))
        return self._store(document, series, version, same, current, rows, marks, content)

    def store(self) -> None:
        """Write what was gathered; nothing at all when nothing is new."""
        if self._items:
            seal(self._pending, self._numbers, self._link, self._items, self._at)
            self._pending.flush()

    def _confirm(self, document: Document, current: _Held) -> AppendResult:
        rules = self._run.rulebook_hash
        key = digest("confirmation", current.id, rules)
        if current.rulebook_hash == rules or self._numbers.is_confirmed(self._pending.connection, current.seq, rules):
            return AppendResult(document_id=document.id, outcome="unchanged")
        self._note(key)
        self._pending.add("confirmations", (key, current.seq, self._run.id, self._link, rules, self._at))
        self._numbers.confirmed.add((current.seq, rules))
        return AppendResult(document_id=document.id, outcome="confirmed")

    def _store(
        self, document: Document, series: str, version: str, same: list[_Held], current: _Held | None,
        rows: list[ClaimRow], marks: tuple[str, str | None, str | None], content: str,
    ) -> AppendResult:  # fmt: skip
        at = self._at
        if current is not None and current.recorded_at >= at:
            at = current.recorded_at + 1
            self._numbers.last = max(self._numbers.last, at)
        if same:
            document_seq, rank = same[0].document_seq, same[0].rank
        else:
            document_seq = self._numbers.next("documents")
            rank = moment_number(document.fetched_at) if document.fetched_at else at
            self._pending.add("documents", document_values(document, seq=document_seq, version=version, at=at))
            self._pending.add("documents_words", (document_seq, document.title, document.text))
        outcome: Outcome = "new"
        superseded = 0
        closed: int | None = None
        if current is not None and supersedes((current.rank, current.version), (rank, version)):
            outcome, closed = "older version", at
        elif current is not None:
            outcome = "reread" if current.version == version else "new version"
            superseded = current.claim_count
            current.current = False
            self._pending.close(current.seq, at)

        reading = self._numbers.next("readings")
        reading_id = digest("reading", version, self._run.rulebook_hash, content, str(at))
        self._note(reading_id)
        self._pending.add(
            "readings",
            (reading, reading_id, document_seq, series, self._run.id, self._link, self._run.rulebook_hash, content,
             marks[0], len(rows), at, closed, marks[1], marks[2]),
        )  # fmt: skip
        for row in rows:
            add_claim(self._pending, self._numbers, row, reading=reading, document=document_seq, at=at, closed=closed)
        self._held[series].append(
            _Held(
                seq=reading,
                id=reading_id,
                version=version,
                document_seq=document_seq,
                rank=rank,
                content_hash=content,
                rulebook_hash=self._run.rulebook_hash,
                recorded_at=at,
                claim_count=len(rows),
                current=closed is None,
            )
        )
        return AppendResult(document_id=document.id, outcome=outcome, claims=len(rows), superseded=superseded)

    def _note(self, item: str) -> None:
        if not self._items:
            self._link = self._numbers.next("links")
        self._items.append(item)


def supersedes(one: tuple[int, str], other: tuple[int, str]) -> bool:
    """Whether one version of an article (its rank and id) is later than another, whichever came first."""
    return one[1] != other[1] and one > other


def add_claim(
    pending: Pending, numbers: Numbers, row: ClaimRow, *, reading: int, document: int, at: int, closed: int | None
) -> int:
    """Gather the rows of one claim; returns its number."""
    claim, evidence = row.claim, row.claim.evidence
    seq = numbers.next("claims")
    pending.add(
        "claims",
        (seq, claim.id, reading, document, claim.event, claim.mode, claim.polarity, claim.modality, claim.certainty,
         claim.conduct, claim.place.country if claim.place else None, row.valid_from, row.valid_to,
         evidence.span.start_char, evidence.span.end_char, evidence.text, evidence.role, evidence.prefix,
         evidence.suffix, row.json, row.content_hash, at, closed),
    )  # fmt: skip
    pending.add("claims_words", (seq, evidence.text))
    confirmed = 0 if claim.certainty in UNCONFIRMED else 1
    conduct = claim.conduct or ""
    seen: set[int] = set()
    for role, mentions in (("actor", claim.actor), ("recipient", claim.recipient)):
        for position, mention in enumerate(mentions):
            party = numbers.party(pending, party_key(mention.id, mention.text), mention.name or mention.text)
            span = mention.span
            pending.add("mentions", (seq, role, position, party, span.start_char, span.end_char, int(mention.inferred)))
            if role == "actor" and party not in seen:
                seen.add(party)
                numbers.see_conduct(pending, (party, conduct, confirmed))
                pending.add("standing", (party, conduct, confirmed, row.valid_from, seq, at, closed))
    for position, source in enumerate(claim.sources):
        party = numbers.party(pending, party_key(source.id, source.text), source.name or source.text)
        span = source.span
        pending.add("sources", (seq, position, party, source.kind, span.start_char, span.end_char))
    for position, reason in enumerate(claim.reasons):
        values: tuple[Any, ...] = (seq, position, reason.category, reason.relation, reason.bearing)
        pending.add("reasons", (*values, reason.span.start_char, reason.span.end_char))
    return seq
