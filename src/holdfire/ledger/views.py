"""What the ledger shows as of a pair of times: claims, documents, actors and words sought in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, func, or_, select
from sqlalchemy.sql import ColumnElement

from holdfire.ledger.connect import Ledger
from holdfire.ledger.rows import day_number, day_of, moment_number, moment_of
from holdfire.ledger.tables import CLAIMS, DOCUMENTS, JUDGEMENTS, PARTIES, READINGS, STANDING
from holdfire.model.actor import folded
from holdfire.model.codec import claim_from_json
from holdfire.model.document import Boilerplate, Document
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
    query = _entries(asof)
    if actor is not None:
        query = query.where(_acts(actor))
    if conduct is not None:
        query = query.where(CLAIMS.c.conduct == conduct)
    if document_id is not None:
        query = query.where(DOCUMENTS.c.id == document_id)
    if event is not None:
        query = query.where(CLAIMS.c.event == event)
    if since is not None:
        query = query.where(CLAIMS.c.valid_to >= day_number(since))
    query = query.order_by(
        CLAIMS.c.valid_from.desc(), DOCUMENTS.c.id, CLAIMS.c.start_char, CLAIMS.c.id, CLAIMS.c.seq
    )  # fmt: skip
    if limit is not None:
        query = query.limit(limit)
    with ledger.reading() as connection:
        yield from _read(connection, query, asof)


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
        select(DOCUMENTS, READINGS.c.boilerplate)
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


def actors(ledger: Ledger, asof: AsOf) -> tuple[ActorCount, ...]:
    """Everyone who acts in a claim seen at `asof`, with the number of those claims, most first."""
    count = func.count().label("count")
    query = (
        select(PARTIES.c.key, PARTIES.c.name, count)
        .join(STANDING, STANDING.c.party_seq == PARTIES.c.seq)
        .where(visible(STANDING.c.recorded_at, STANDING.c.superseded_at, asof))
        .group_by(PARTIES.c.key, PARTIES.c.name)
        .order_by(count.desc(), PARTIES.c.key)
    )
    if asof.valid_on is not None:
        query = query.where(STANDING.c.valid_from <= day_number(asof.valid_on))
    with ledger.reading() as connection:
        rows = connection.execute(query).all()
    return tuple(ActorCount(key=row[0], name=row[1], count=row[2]) for row in rows)


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
    """The document of a documents row that also carries `boilerplate`."""
    marks = tuple(
        Boilerplate(span=Span(start, end), reason=why) for start, end, why in json.loads(row["boilerplate"])
    )  # fmt: skip
    return Document(
        id=row["id"], text=row["text"], url=row["url"], outlet=row["outlet"], title=row["title"],
        byline=row["byline"], language=row["language"], boilerplate=marks,
        published=day_of(row["published"]) if row["published"] else None,
        fetched_at=moment_of(row["fetched_at"]) if row["fetched_at"] is not None else None,
        raw_sha256=row["raw_sha256"], reader=row["reader"],
    )  # fmt: skip


def _entries(asof: AsOf, *, hidden: bool = False) -> Select[Any]:
    query = (
        select(
            CLAIMS, READINGS.c.run_id, READINGS.c.rulebook_hash,
            DOCUMENTS.c.id.label("document_id"), DOCUMENTS.c.url, DOCUMENTS.c.outlet, DOCUMENTS.c.title,
            DOCUMENTS.c.byline, DOCUMENTS.c.published,
        )
        .join(READINGS, READINGS.c.seq == CLAIMS.c.reading_seq)
        .join(DOCUMENTS, DOCUMENTS.c.seq == CLAIMS.c.document_seq)
        .where(CLAIMS.c.json.is_not(None))
    )  # fmt: skip
    if not hidden:
        query = query.where(visible(CLAIMS.c.recorded_at, CLAIMS.c.superseded_at, asof))
    if asof.valid_on is not None:
        query = query.where(CLAIMS.c.valid_from <= day_number(asof.valid_on))
    return query


def _acts(actor: str) -> ColumnElement[bool]:
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
    return LedgerEntry(
        claim=found, document=header, recorded_at=moment_of(row["recorded_at"]), run_id=row["run_id"],
        superseded_at=moment_of(closed) if closed is not None else None, rulebook_hash=row["rulebook_hash"],
        valid_from=day_of(row["valid_from"]), valid_to=day_of(row["valid_to"]), judgements=judgements,
    )  # fmt: skip
