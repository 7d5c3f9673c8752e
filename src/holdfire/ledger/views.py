"""What the ledger shows as of a pair of times: claims, documents, actors and words sought in them."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, func, or_, select
from sqlalchemy.sql import ColumnElement

from holdfire.ledger.connect import Ledger
from holdfire.ledger.rows import day_number, day_of, days_of, moment_number, moment_of
from holdfire.ledger.tables import CLAIMS, CONFIRMATIONS, DOCUMENTS, JUDGEMENTS, PARTIES, READINGS, STANDING
from holdfire.model.actor import Mention, folded, party_key
from holdfire.model.codec import claim_from_json
from holdfire.model.correction import counted
from holdfire.model.document import Boilerplate, Document, Pointer
from holdfire.model.entry import AsOf, Header, Judgement, LedgerEntry
from holdfire.model.span import Span

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorCount:
    """Somebody who acts in the ledger; `key` is a knowledge-base id or "text:" and the words."""

    key: str
    name: str
    count: int


def visible(recorded_at: ColumnElement[Any], superseded_at: ColumnElement[Any], asof: AsOf) -> ColumnElement[bool]:
    """The condition that a row was recorded and not yet superseded at `asof.known_by`."""
    if asof.known_by is None:
        return superseded_at.is_(None)
    known = moment_number(asof.known_by)
    return and_(recorded_at <= known, or_(superseded_at.is_(None), superseded_at > known))


def claims(
    ledger: Ledger,
    asof: AsOf,
    *,
    actor: str | None = None,
    conduct: str | None = None,
    document_id: str | None = None,
    event: str | None = None,
    since: date | None = None,
    limit: int | None = None,
) -> Iterator[LedgerEntry]:
    """The claims seen at `asof`, by day (latest first), then by document and place in the text.

    actor: an actor key, a knowledge-base id or a name as written; the actor of the claim, not its recipient.
    since: leaves out claims that ended before this day.
    limit: at most so many, the latest.
    """
    wanted = _Wanted(actor=actor, conduct=conduct, document_id=document_id, event=event, since=since)
    with ledger.reading() as connection:
        # A correction may bring a claim under the condition or take it away, so these are looked at one by one.
        odd = corrected_ids(connection, asof)
        mended = [each for each in _among(connection, odd, asof) if wanted.holds(each, asof)]
        query = wanted.of(_entries(asof))
        if odd:
            query = query.where(CLAIMS.c.id.not_in(_corrected(asof)))
        if limit is not None:
            query = query.limit(limit)
        found = heapq.merge(_read(connection, query.order_by(*_ORDER), asof), sorted(mended, key=_order), key=_order)
        yield from islice(found, limit)


def claim(ledger: Ledger, claim_id: str, asof: AsOf) -> LedgerEntry | None:
    """The claim with this id, or the only one whose id begins so; None when there is none or are several."""
    query = _entries(asof).where(starts_with(CLAIMS.c.id, claim_id)).order_by(CLAIMS.c.id, CLAIMS.c.seq).limit(3)
    with ledger.reading() as connection:
        found = list(_read(connection, query, asof))
    exact = [each for each in found if each.claim.id == claim_id]
    return exact[0] if exact else found[0] if len(found) == 1 else None


def document(ledger: Ledger, document_id: str, asof: AsOf) -> Document | None:
    """The version of a document that stood at `asof.known_by`, with its marks; None when none did, or taken down.

    The id may be shortened as long as only one begins so.
    """
    query = (
        select(DOCUMENTS, READINGS.c.boilerplate, READINGS.c.pointers)
        .join(READINGS, READINGS.c.document_seq == DOCUMENTS.c.seq)
        .where(starts_with(DOCUMENTS.c.id, document_id), DOCUMENTS.c.text.is_not(None))
        .where(visible(READINGS.c.recorded_at, READINGS.c.superseded_at, asof))
        .order_by(DOCUMENTS.c.id, READINGS.c.recorded_at.desc(), READINGS.c.id)
        .limit(3)
    )
    with ledger.reading() as connection:
        rows = connection.execute(query).mappings().all()
    exact = [row for row in rows if row["id"] == document_id]
    if exact:
        return document_from(exact[0])
    return document_from(rows[0]) if len({row["id"] for row in rows}) == 1 else None


def documents(ledger: Ledger, asof: AsOf) -> Iterator[Header]:
    """The documents that stood at `asof`, latest published first; `valid_on` leaves out those published after it."""
    query = (
        select(DOCUMENTS)
        .join(READINGS, READINGS.c.document_seq == DOCUMENTS.c.seq)
        .where(DOCUMENTS.c.text.is_not(None), visible(READINGS.c.recorded_at, READINGS.c.superseded_at, asof))
        .order_by(func.coalesce(DOCUMENTS.c.published, 0).desc(), DOCUMENTS.c.id)
    )
    if asof.valid_on is not None:
        query = query.where(func.coalesce(DOCUMENTS.c.published, 0) <= day_number(asof.valid_on))
    with ledger.reading() as connection:
        for row in connection.execute(query.execution_options(yield_per=_CHUNK)).mappings():
            yield header_from(row)


def unread_by(ledger: Ledger, rulebook_hash: str, *, since: date | None = None) -> list[str]:
    """Ids of the documents that stand and that these rules have not read yet, in the order of recording.

    since: only those published on this day or later; a document without a date is among them.
    """
    confirmed = select(CONFIRMATIONS.c.reading_seq).where(CONFIRMATIONS.c.rulebook_hash == rulebook_hash)
    query = (
        select(DOCUMENTS.c.id)
        .join(READINGS, READINGS.c.document_seq == DOCUMENTS.c.seq)
        .where(READINGS.c.superseded_at.is_(None), DOCUMENTS.c.text.is_not(None))
        .where(READINGS.c.rulebook_hash != rulebook_hash, READINGS.c.seq.not_in(confirmed))
        .order_by(READINGS.c.seq)
    )
    if since is not None:
        query = query.where(func.coalesce(DOCUMENTS.c.published, 99999999) >= day_number(since))
    with ledger.reading() as connection:
        return list(connection.execute(query).scalars())


def actors(ledger: Ledger, asof: AsOf) -> tuple[ActorCount, ...]:
    """Everyone who acts in a claim seen at `asof`, with the number of those claims, most first.

    Each goes by the name in the claim with the smallest id, so that the order of recording does not matter.
    """
    query = (
        select(PARTIES.c.key, func.count(), func.min(CLAIMS.c.id))
        .join(STANDING, STANDING.c.party_seq == PARTIES.c.seq)
        .join(CLAIMS, CLAIMS.c.seq == STANDING.c.claim_seq)
        .where(visible(STANDING.c.recorded_at, STANDING.c.superseded_at, asof))
        .where(STANDING.c.claim_seq.not_in(select(CLAIMS.c.seq).where(CLAIMS.c.id.in_(_corrected(asof)))))
        .group_by(PARTIES.c.key)
    )
    if asof.valid_on is not None:
        query = query.where(STANDING.c.valid_from <= day_number(asof.valid_on))
    with ledger.reading() as connection:
        counts = {row[0]: (row[1], row[2]) for row in connection.execute(query)}
        mended = list(_among(connection, corrected_ids(connection, asof), asof))
        named = _among(connection, sorted({first for _, first in counts.values()}), asof)
        names = {(each.claim.id, party_key(who.id, who.text)): who.name or who.text
                 for each in (*mended, *named) for who in each.claim.actor}  # fmt: skip
    for entry in mended:
        if asof.valid_on is None or entry.valid_from is None or entry.valid_from <= asof.valid_on:
            for key in {party_key(each.id, each.text) for each in entry.claim.actor}:
                count, first = counts.get(key, (0, entry.claim.id))
                counts[key] = (count + 1, min(first, entry.claim.id))
    found = [ActorCount(key=key, name=names[first, key], count=count) for key, (count, first) in counts.items()]
    return tuple(sorted(found, key=lambda each: (-each.count, each.key)))


def starts_with(column: ColumnElement[Any], prefix: str) -> ColumnElement[bool]:
    """The condition that a value begins with `prefix`, in a form that an index serves."""
    # LIKE would read %, _ and case; the largest code point closes the range.
    return and_(column >= prefix, column < prefix + "\U0010ffff")


def judgements_of(connection: Connection, claim_ids: Sequence[str], asof: AsOf) -> dict[str, tuple[Judgement, ...]]:
    """What was said of these claims by `asof.known_by`, oldest first."""
    query = select(JUDGEMENTS).where(JUDGEMENTS.c.claim_id.in_(claim_ids))
    if asof.known_by is not None:
        query = query.where(JUDGEMENTS.c.recorded_at <= moment_number(asof.known_by))
    found: dict[str, tuple[Judgement, ...]] = {}
    for row in connection.execute(query.order_by(JUDGEMENTS.c.recorded_at, JUDGEMENTS.c.id)):
        made = Judgement(
            id=row.id, claim_id=row.claim_id, who=row.who, role=row.role, verdict=row.verdict, reason=row.reason,
            recorded_at=moment_of(row.recorded_at), changes=tuple(json.loads(row.changes).items()),
        )  # fmt: skip
        found[row.claim_id] = (*found.get(row.claim_id, ()), made)
    return found


def header_from(row: RowMapping) -> Header:
    """The header of a documents row."""
    published = row["published"]
    return Header(
        id=row["id"], url=row["url"], outlet=row["outlet"], title=row["title"], byline=row["byline"],
        published=day_of(published) if published else None,
    )  # fmt: skip


def document_from(row: RowMapping) -> Document:
    """The document of a documents row that also carries the marks of its reading."""
    marks = tuple(
        Boilerplate(span=Span(start, end), reason=why) for start, end, why in json.loads(row["boilerplate"])
    )  # fmt: skip
    pointers = tuple(
        Pointer(span=Span(start, end), text=words, kind=kind, author=author, outlet=outlet)
        for start, end, words, kind, author, outlet in json.loads(row["pointers"] or "[]")
    )
    return Document(
        id=row["id"], text=row["text"], url=row["url"], outlet=row["outlet"], title=row["title"],
        byline=row["byline"], language=row["language"], boilerplate=marks,
        published=day_of(row["published"]) if row["published"] else None,
        fetched_at=moment_of(row["fetched_at"]) if row["fetched_at"] is not None else None,
        raw_sha256=row["raw_sha256"], reader=row["reader"], pointers=pointers,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What `claims` was asked for, as a condition of the query and as a test of one entry."""

    actor: str | None
    conduct: str | None
    document_id: str | None
    event: str | None
    since: date | None

    def of(self, query: Select[Any]) -> Select[Any]:
        if self.actor is not None:
            query = query.where(acts(self.actor))
        if self.conduct is not None:
            query = query.where(CLAIMS.c.conduct == self.conduct)
        if self.document_id is not None:
            query = query.where(DOCUMENTS.c.id == self.document_id)
        if self.event is not None:
            query = query.where(CLAIMS.c.event == self.event)
        if self.since is not None:
            query = query.where(CLAIMS.c.valid_to >= day_number(self.since))
        return query

    def holds(self, entry: LedgerEntry, asof: AsOf) -> bool:
        claim, first, last = entry.claim, entry.valid_from, entry.valid_to
        return (
            (self.actor is None or any(is_named(each, self.actor) for each in claim.actor))
            and self.conduct in (None, claim.conduct)
            and self.document_id in (None, entry.document.id)
            and self.event in (None, claim.event)
            and (self.since is None or last is None or last >= self.since)
            and (asof.valid_on is None or first is None or first <= asof.valid_on)
        )


_ORDER = (CLAIMS.c.valid_from.desc(), DOCUMENTS.c.id, CLAIMS.c.start_char, CLAIMS.c.id, CLAIMS.c.seq)


def _order(entry: LedgerEntry) -> tuple[int, str, int, str]:
    first = day_number(entry.valid_from) if entry.valid_from else 0
    read = entry.recorded or entry.claim
    return (-first, entry.document.id, read.evidence.span.start_char, read.id)


def is_named(mention: Mention, actor: str) -> bool:
    """Whether an actor key, an id or a name means this mention."""
    return actor == mention.name or party_key(mention.id, mention.text) in (actor, "text:" + folded(actor))


def corrected_ids(connection: Connection, asof: AsOf) -> list[str]:
    """The ids of claims that anybody had corrected by `asof.known_by`."""
    return sorted(connection.execute(_corrected(asof)).scalars())


def _corrected(asof: AsOf) -> Select[Any]:
    query = select(JUDGEMENTS.c.claim_id).where(JUDGEMENTS.c.verdict == "correct").distinct()
    if asof.known_by is not None:
        query = query.where(JUDGEMENTS.c.recorded_at <= moment_number(asof.known_by))
    return query


def entries_judged(connection: Connection, asof: AsOf) -> Iterator[LedgerEntry]:
    """The claims seen at `asof.known_by` that anybody had corrected or rejected by then, whenever they hold."""
    query = select(JUDGEMENTS.c.claim_id).where(JUDGEMENTS.c.verdict.in_(("correct", "reject"))).distinct()
    if asof.known_by is not None:
        query = query.where(JUDGEMENTS.c.recorded_at <= moment_number(asof.known_by))
    yield from _among(connection, sorted(connection.execute(query).scalars()), asof)


def _among(connection: Connection, ids: Sequence[str], asof: AsOf) -> Iterator[LedgerEntry]:
    whenever = AsOf(known_by=asof.known_by)
    for start in range(0, len(ids), _CHUNK):
        query = _entries(whenever).where(CLAIMS.c.id.in_(ids[start : start + _CHUNK]))
        yield from _read(connection, query, whenever)


def _entries(asof: AsOf, *, superseded: bool = False) -> Select[Any]:
    """Claims with their reading and document: those visible at `asof`, or all recorded by then."""
    query = (
        select(
            CLAIMS, READINGS.c.run_id, READINGS.c.rulebook_hash,
            DOCUMENTS.c.id.label("document_id"), DOCUMENTS.c.url, DOCUMENTS.c.outlet, DOCUMENTS.c.title,
            DOCUMENTS.c.byline, DOCUMENTS.c.published, DOCUMENTS.c.fetched_at,
        )
        .join(READINGS, READINGS.c.seq == CLAIMS.c.reading_seq)
        .join(DOCUMENTS, DOCUMENTS.c.seq == CLAIMS.c.document_seq)
        .where(CLAIMS.c.json.is_not(None))
    )  # fmt: skip
    if not superseded:
        query = query.where(visible(CLAIMS.c.recorded_at, CLAIMS.c.superseded_at, asof))
    elif asof.known_by is not None:
        query = query.where(CLAIMS.c.recorded_at <= moment_number(asof.known_by))
    if asof.valid_on is not None:
        query = query.where(CLAIMS.c.valid_from <= day_number(asof.valid_on))
    return query


def entries_ever(connection: Connection, asof: AsOf, *conditions: ColumnElement[bool]) -> Iterator[LedgerEntry]:
    """The claims recorded by `asof.known_by`, superseded or not, in the order in which they were recorded."""
    query = _entries(asof, superseded=True).where(*conditions)
    yield from _read(connection, query.order_by(CLAIMS.c.recorded_at, CLAIMS.c.id, CLAIMS.c.seq), asof)


def entries_at(connection: Connection, asof: AsOf, *conditions: ColumnElement[bool]) -> Iterator[LedgerEntry]:
    """The claims seen at `asof` under further conditions on the tables, in no particular order."""
    yield from _read(connection, _entries(asof).where(*conditions), asof)


def acts(actor: str) -> ColumnElement[bool]:
    """The condition that a claim has this actor: a key, a knowledge-base id or a name as written."""
    keys = [actor, "text:" + folded(actor)]
    party = select(PARTIES.c.seq).where(or_(PARTIES.c.key.in_(keys), PARTIES.c.name == actor))
    return CLAIMS.c.seq.in_(select(STANDING.c.claim_seq).where(STANDING.c.party_seq.in_(party)))


def _read(connection: Connection, query: Select[Any], asof: AsOf) -> Iterator[LedgerEntry]:
    judged = connection.execute(select(JUDGEMENTS.c.id).limit(1)).first() is not None
    result = connection.execute(query.execution_options(yield_per=_CHUNK)).mappings()
    for rows in result.partitions():
        said = judgements_of(connection, [row["id"] for row in rows], asof) if judged else {}
        for row in rows:
            yield entry_from(row, said.get(row["id"], ()), known_by=asof.known_by)


def entry_from(row: RowMapping, judgements: tuple[Judgement, ...], *, known_by: datetime | None) -> LedgerEntry:
    """One ledger entry; a superseding after `known_by` is not told."""
    closed = row["superseded_at"]
    if closed is not None and known_by is not None and closed > moment_number(known_by):
        closed = None
    found = claim_from_json(
        json.loads(row["json"]), document_id=row["document_id"], prefix=row["prefix"] or "",
        suffix=row["suffix"] or "", role=row["role"],
    )  # fmt: skip
    published = row["published"]
    header = Header(
        id=row["document_id"], url=row["url"], outlet=row["outlet"], title=row["title"], byline=row["byline"],
        published=day_of(published) if published else None,
    )  # fmt: skip
    made = counted(
        LedgerEntry(
            claim=found, document=header, recorded_at=moment_of(row["recorded_at"]), run_id=row["run_id"],
            superseded_at=moment_of(closed) if closed is not None else None, rulebook_hash=row["rulebook_hash"],
            valid_from=day_of(row["valid_from"]), valid_to=day_of(row["valid_to"]), judgements=judgements,
        )
    )  # fmt: skip
    if made.recorded is None or made.claim.time == made.recorded.time:
        return made
    fetched = row["fetched_at"]
    reported = published or (day_number(moment_of(fetched).date()) if fetched is not None else None)
    first, last = days_of(made.claim, reported, at=row["recorded_at"])
    return replace(made, valid_from=day_of(first), valid_to=day_of(last))
