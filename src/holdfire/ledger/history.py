"""What happened to a claim, a report or an actor, in the order in which the ledger came to know it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

from holdfire.errors import UsageError
from holdfire.ledger.connect import Ledger
from holdfire.ledger.readings import ReadingRow, cause_of, closer_of, readings_of
from holdfire.ledger.rows import moment_number, moment_of
from holdfire.ledger.tables import CLAIMS, CONFIRMATIONS, DOCUMENTS, READINGS, TAKEDOWNS
from holdfire.ledger.views import acts, entries_ever, header_from, starts_with
from holdfire.model.entry import AsOf, Header, LedgerEntry, judgement_words
from holdfire.model.history import Cause, Happening

_ALWAYS = 2**62


def history(ledger: Ledger, name: str, asof: AsOf) -> tuple[Happening, ...]:
    """Everything recorded by `asof.known_by` of a claim, a report or an actor, oldest first.

    name: the id of a claim or of a report, which may be shortened, or an actor's key, id or name; sought in this
    order. `asof.valid_on` leaves out an actor's claims that begin after it.

    Raises UsageError when nothing has the name, or several claims or reports begin so.
    """
    with ledger.reading() as connection:
        for found in (_of_claim, _of_document, _of_actor):
            happenings = found(connection, name, asof)
            if happenings is not None:
                return tuple(sorted(happenings, key=lambda each: (each.at, _STEPS[each.step], each.claim_id or "")))
    raise UsageError(
        f"history: no claim, report or actor goes by {name!r}. Ids may be shortened; list them: holdfire claims"
    )


_STEPS = {"superseded": 0, "recorded": 1, "confirmed": 2, "judged": 3, "taken down": 4}


def _of_claim(connection: Connection, name: str, asof: AsOf) -> Iterable[Happening] | None:
    known = AsOf(known_by=asof.known_by)
    entries = list(entries_ever(connection, known, starts_with(CLAIMS.c.id, name)))
    if not entries:
        return None
    ids = {each.claim.id for each in entries}
    if len(ids) > 1 and name not in ids:
        raise UsageError(f"history: {len(ids)} claims have an id that begins {name!r}. Give more of it.")
    return _of_entries(connection, [each for each in entries if len(ids) == 1 or each.claim.id == name])


def _of_actor(connection: Connection, name: str, asof: AsOf) -> Iterable[Happening] | None:
    entries = list(entries_ever(connection, asof, acts(name)))
    return _of_entries(connection, entries) if entries else None


def _of_entries(connection: Connection, entries: list[LedgerEntry]) -> Iterator[Happening]:
    """The recording, superseding and judging of claims."""
    series = _series_by_document(connection, {each.document.id for each in entries})
    readings = readings_of(connection, {name for names in series.values() for name in names})
    judged: set[str] = set()
    for entry in entries:
        claim, document = entry.recorded or entry.claim, entry.document
        rows = [row for name in series[document.id] for row in readings[name]]
        at = moment_number(entry.recorded_at)
        made = next(row for row in rows if row.recorded_at == at and row.run_id == entry.run_id)
        who = ", ".join(each.name or each.text for each in claim.actor) or "nobody named"
        words = f"{who}: {claim.conduct or 'no conduct'} ({claim.event} {claim.polarity}, {claim.modality})"
        yield Happening(
            at=entry.recorded_at, step="recorded", words=words, document=document, claim_id=claim.id,
            cause=cause_of(made, rows), run_id=entry.run_id, rulebook_hash=entry.rulebook_hash,
        )  # fmt: skip
        if entry.superseded_at is not None:
            yield _superseded(entry, made, rows)
        for judgement in entry.judgements:
            if judgement.id not in judged:
                judged.add(judgement.id)
                yield Happening(
                    at=judgement.recorded_at, step="judged", words=judgement_words(judgement), document=document,
                    claim_id=claim.id, who=judgement.who,
                )  # fmt: skip


def _superseded(entry: LedgerEntry, made: ReadingRow, rows: list[ReadingRow]) -> Happening:
    closer = closer_of(made, rows)
    cause: Cause = "taken down" if closer is None else cause_of(closer, rows)
    words = "a later version of the report is held" if closer is made else f"by a reading: {cause}"
    assert entry.superseded_at is not None
    return Happening(
        at=entry.superseded_at, step="superseded", words=words, document=entry.document,
        claim_id=(entry.recorded or entry.claim).id, cause=cause, run_id=closer.run_id if closer else None,
        rulebook_hash=closer.rulebook_hash if closer else None,
    )  # fmt: skip


def _of_document(connection: Connection, name: str, asof: AsOf) -> Iterable[Happening] | None:
    found = connection.execute(
        select(DOCUMENTS.c.id, DOCUMENTS.c.series).where(starts_with(DOCUMENTS.c.id, name))
    ).all()
    if not found:
        return None
    ids = {row.id for row in found}
    if len(ids) > 1 and name not in ids:
        raise UsageError(f"history: {len(ids)} reports have an id that begins {name!r}. Give more of it.")
    series = {row.series for row in found if len(ids) == 1 or row.id == name}
    known = moment_number(asof.known_by) if asof.known_by else _ALWAYS
    return [each for each in _of_series(connection, series) if moment_number(each.at) <= known]


def _of_series(connection: Connection, series: set[str]) -> Iterator[Happening]:
    """The readings, confirmations and taking down of articles, all versions together."""
    headers = _headers(connection, series)
    for rows in readings_of(connection, series).values():
        for row in rows:
            document = headers[row.document_seq]
            yield Happening(
                at=moment_of(row.recorded_at), step="recorded", document=document, cause=cause_of(row, rows),
                words=f"{row.claim_count} claims read", run_id=row.run_id, rulebook_hash=row.rulebook_hash,
            )  # fmt: skip
            if row.superseded_at is not None:
                closer = closer_of(row, rows)
                yield Happening(
                    at=moment_of(row.superseded_at), step="superseded", document=document,
                    words=f"{row.claim_count} claims closed",
                    cause="taken down" if closer is None else cause_of(closer, rows),
                    run_id=closer.run_id if closer else None,
                )  # fmt: skip
        by_number = {row.seq: row for row in rows}
        query = select(CONFIRMATIONS).where(CONFIRMATIONS.c.reading_seq.in_(by_number))
        for each in connection.execute(query):
            yield Happening(
                at=moment_of(each.recorded_at), step="confirmed", words="newer rules found the same",
                document=headers[by_number[each.reading_seq].document_seq], run_id=each.run_id,
                rulebook_hash=each.rulebook_hash,
            )  # fmt: skip
    for each in connection.execute(select(TAKEDOWNS).where(TAKEDOWNS.c.series.in_(sorted(series)))):
        yield Happening(
            at=moment_of(each.recorded_at), step="taken down", document=headers[max(headers)], words=each.reason,
            who=each.who, cause="taken down",
        )  # fmt: skip


def _headers(connection: Connection, series: set[str]) -> dict[int, Header]:
    query = select(DOCUMENTS).where(DOCUMENTS.c.series.in_(sorted(series)))
    return {row["seq"]: header_from(row) for row in connection.execute(query).mappings()}


def _series_by_document(connection: Connection, ids: set[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {each: set() for each in ids}
    names = sorted(ids)
    for start in range(0, len(names), 500):
        query = (
            select(DOCUMENTS.c.id, READINGS.c.series)
            .join(READINGS, READINGS.c.document_seq == DOCUMENTS.c.seq)
            .where(DOCUMENTS.c.id.in_(names[start : start + 500]))
        )
        for row in connection.execute(query):
            found[row.id].add(row.series)
    return found
