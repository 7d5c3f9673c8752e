"""Which claims are seen otherwise at one moment of knowing than at another, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from holdfire.ledger.connect import Ledger
from holdfire.ledger.readings import ReadingRow, cause_of, readings_of
from holdfire.ledger.rows import moment_number, moment_of
from holdfire.ledger.tables import CLAIMS, DOCUMENTS, JUDGEMENTS, READINGS, TAKEDOWNS
from holdfire.ledger.views import entries_at, header_from
from holdfire.model.codec import claim_to_json
from holdfire.model.correction import FIXED, is_rejected
from holdfire.model.entry import AsOf, Header, LedgerEntry
from holdfire.model.history import Difference

_CHUNK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Between:
    """The two moments, as views take them and as the tables hold them."""

    earlier: AsOf
    later: AsOf
    start: int
    end: int


def differences(ledger: Ledger, earlier: datetime, later: datetime) -> Iterator[Difference]:
    """Every claim that differs between what was known by two moments, article by article.

    A claim is the same when it says the same of the same words, whatever rules found it; a claim whose words,
    or whose place in the text, stayed and that now says something else has changed. Of an article that was taken
    down in between only the number of its claims is told.
    """
    between = _Between(
        earlier=AsOf(known_by=earlier), later=AsOf(known_by=later),
        start=moment_number(earlier), end=moment_number(later),
    )  # fmt: skip
    with ledger.reading() as connection:
        touched = _touched(connection, between)
        yield from _taken_down(connection, between)
        for start in range(0, len(touched), _CHUNK):
            yield from _read_otherwise(connection, touched[start : start + _CHUNK], between)
        judged = _judged(connection, between)
        for start in range(0, len(judged), _CHUNK):
            yield from _judged_otherwise(connection, judged[start : start + _CHUNK], between)


def _touched(connection: Connection, between: _Between) -> list[str]:
    query = select(READINGS.c.series).where(
        or_(
            and_(READINGS.c.recorded_at > between.start, READINGS.c.recorded_at <= between.end),
            and_(READINGS.c.superseded_at > between.start, READINGS.c.superseded_at <= between.end),
        )
    )
    return sorted(connection.execute(query.distinct()).scalars())


def _read_otherwise(connection: Connection, series: list[str], between: _Between) -> Iterator[Difference]:
    for rows in readings_of(connection, series).values():
        old = next((row for row in rows if row.is_seen(between.start)), None)
        new = next((row for row in rows if row.is_seen(between.end)), None)
        if new is None or new is old:
            continue
        before = _claims_of(connection, old, between.earlier)
        after = _claims_of(connection, new, between.later)
        header = _header(connection, new.document_seq)
        for one, other in paired(before, after):
            yield Difference(
                cause=cause_of(new, rows), at=moment_of(new.recorded_at), document=header, before=one, after=other
            )


def _claims_of(connection: Connection, reading: ReadingRow | None, asof: AsOf) -> list[LedgerEntry]:
    if reading is None:
        return []
    found = entries_at(connection, asof, CLAIMS.c.reading_seq == reading.seq)
    return sorted(found, key=lambda each: (each.claim.evidence.span.start_char, each.claim.id))


def paired(
    before: list[LedgerEntry], after: list[LedgerEntry]
) -> Iterator[tuple[LedgerEntry | None, LedgerEntry | None]]:
    """What differs between two readings of one article: pairs of old and new; None for what is missing.

    Claims that say the same of the same words are left out. The rest is paired by words and event, then by words.
    """
    left, right = list(before), list(after)
    for one in before:
        same = next((other for other in right if _says(one) == _says(other)), None)
        if same is not None:
            left.remove(one)
            right.remove(same)
    for alike in (_words_and_event, _words):
        for one in list(left):
            other = next((each for each in right if alike(each) == alike(one)), None)
            if other is not None:
                left.remove(one)
                right.remove(other)
                yield one, other
    yield from ((one, None) for one in left)
    yield from ((None, other) for other in right)


def _judged(connection: Connection, between: _Between) -> list[str]:
    query = select(JUDGEMENTS.c.claim_id).where(
        JUDGEMENTS.c.recorded_at > between.start, JUDGEMENTS.c.recorded_at <= between.end
    )
    return sorted(connection.execute(query.distinct()).scalars())


def _judged_otherwise(connection: Connection, ids: list[str], between: _Between) -> Iterator[Difference]:
    """Claims that stood at both moments and count otherwise since somebody judged them."""
    before = {each.claim.id: each for each in entries_at(connection, between.earlier, CLAIMS.c.id.in_(ids))}
    for after in sorted(entries_at(connection, between.later, CLAIMS.c.id.in_(ids)), key=lambda each: each.claim.id):
        one = before.get(after.claim.id)
        if one is None:
            continue
        if (one.claim, is_rejected(one.judgements)) == (after.claim, is_rejected(after.judgements)):
            continue
        yield Difference(
            cause="new judgement", at=after.judgements[-1].recorded_at, document=after.document, before=one, after=after
        )


def _taken_down(connection: Connection, between: _Between) -> Iterator[Difference]:
    query = select(TAKEDOWNS.c.series, func.min(TAKEDOWNS.c.recorded_at)).group_by(TAKEDOWNS.c.series)
    for series, at in connection.execute(query.order_by(TAKEDOWNS.c.series)):
        rows = readings_of(connection, [series])[series]
        old = next((row for row in rows if row.is_seen(between.start)), None)
        if between.start < at <= between.end and old is not None:
            header = _header(connection, old.document_seq)
            yield Difference(cause="taken down", at=moment_of(at), document=header, claims=old.claim_count)


def _header(connection: Connection, document_seq: int) -> Header:
    return header_from(connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.seq == document_seq)).mappings().one())


def _says(entry: LedgerEntry) -> str:
    """What a claim says, without its id, its rules and where its words stand."""
    found = {name: value for name, value in claim_to_json(entry.claim).items() if name not in FIXED}
    return json.dumps(_without_offsets(found), sort_keys=True)


def _without_offsets(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_offsets(each) for key, each in value.items() if key not in ("start_char", "end_char")}
    return [_without_offsets(each) for each in value] if isinstance(value, list) else value


def _words_and_event(entry: LedgerEntry) -> tuple[str, str]:
    return entry.claim.evidence.text, entry.claim.event


def _words(entry: LedgerEntry) -> str:
    return entry.claim.evidence.text
