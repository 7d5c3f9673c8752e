"""What the ledger shows of other people's event tables as of a pair of times: rows, and counts by party and day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, select

from holdfire.ledger.connect import Ledger
from holdfire.ledger.event_rows import WITHDRAWN, row_from, with_parties
from holdfire.ledger.rows import day_number, day_of
from holdfire.ledger.tables import EVENT_ROWS, PARTIES
from holdfire.ledger.views import visible
from holdfire.model.entry import AsOf
from holdfire.model.event_row import EventCount, EventRow, EventTally

_CHUNK = 1000
Party = Literal["actor", "recipient", "country"]
Dated = Literal["event", "report"]

_COLUMNS = {
    "actor": EVENT_ROWS.c.actor_seq,
    "recipient": EVENT_ROWS.c.recipient_seq,
    "country": func.coalesce(EVENT_ROWS.c.country, ""),
}


def event_rows(
    ledger: Ledger, asof: AsOf, *, origin: str | None = None, actor: str | None = None, since: date | None = None
) -> Iterator[EventRow]:
    """The rows seen at `asof`, by day and as they came; `actor` is a party's key, `since` the first day wanted."""
    query = with_parties().where(*_seen(asof, [origin] if origin else None, None, since))
    if actor is not None:
        query = query.where(EVENT_ROWS.c.actor_seq.in_(select(PARTIES.c.seq).where(PARTIES.c.key == actor)))
    query = query.order_by(EVENT_ROWS.c.day, EVENT_ROWS.c.origin, EVENT_ROWS.c.origin_id)
    with ledger.reading() as connection:
        for row in connection.execute(query.execution_options(yield_per=_CHUNK)).mappings():
            yield row_from(row)


def event_origins(ledger: Ledger, asof: AsOf) -> dict[str, int]:
    """How many rows of each origin are seen at `asof`."""
    query = select(EVENT_ROWS.c.origin, func.count()).where(*_seen(asof, None, None, None))
    with ledger.reading() as connection:
        found = connection.execute(query.group_by(EVENT_ROWS.c.origin).order_by(EVENT_ROWS.c.origin))
        return {row[0]: row[1] for row in found}


def event_counts(
    ledger: Ledger,
    asof: AsOf,
    *,
    by: Party = "actor",
    dated: Dated = "event",
    origins: Sequence[str] | None = None,
    events: Sequence[str] | None = None,
    keys: Sequence[str] | None = None,
    since: date | None = None,
) -> Iterator[EventCount]:
    """How many events of each kind each party has on each day, as far as seen at `asof`; one origin never adds to
    another. By origin, party, day and event. Rows of one origin that say the same count once.

    by: count for who acts, for who is acted on, or for the country where it happened (whose code is then the key).
    dated: "event" counts on the day on which it happened, "report" on the day of the first report of it (on the day
        of the event where no report is dated), so that late reports do not fill the days before them.
    origins, events (PLOVER types), keys (party keys, or countries): leave out all others. since: the first day wanted.
    """
    who = _COLUMNS[by]
    conditions = _seen(asof, origins, events, since if dated == "event" else None)
    if keys is not None and by == "country":
        conditions.append(who.in_(list(keys)))
    elif keys is not None:
        conditions.append(who.in_(select(PARTIES.c.seq).where(PARTIES.c.key.in_(list(keys)))))
    event = func.coalesce(EVENT_ROWS.c.event, "")
    reported = func.coalesce(EVENT_ROWS.c.reported_on, EVENT_ROWS.c.day)
    group: tuple[ColumnElement[Any], ...] = (EVENT_ROWS.c.origin, who.label("who"), event.label("event"))
    if dated == "event":
        query = (
            select(*group, EVENT_ROWS.c.day.label("day"), func.count(EVENT_ROWS.c.fact.distinct()).label("count"))
            .where(*conditions)
            .group_by(*group, EVENT_ROWS.c.day)
        )
    else:
        facts = (
            select(*group, EVENT_ROWS.c.fact, func.min(reported).label("day"))
            .where(*conditions)
            .group_by(*group, EVENT_ROWS.c.fact)
            .subquery()
        )
        same = (facts.c.origin, facts.c.who, facts.c.event, facts.c.day)
        query = select(*same, func.count().label("count")).group_by(*same)
        if since is not None:
            query = query.where(facts.c.day >= day_number(since))
        if asof.valid_on is not None:
            query = query.where(facts.c.day <= day_number(asof.valid_on))
    counted = query.subquery()
    ordered = select(counted).order_by(counted.c.origin, counted.c.who, counted.c.day, counted.c.event)
    with ledger.reading() as connection:
        parties = _parties(connection) if by != "country" else {}
        for origin, found, kind, on, count in connection.execute(ordered.execution_options(yield_per=_CHUNK)):
            key, name = parties.get(found, ("", "")) if by != "country" else (found, found)
            yield EventCount(origin=origin, key=key, name=name, day=day_of(on), event=kind or None, count=count)


def event_tallies(
    ledger: Ledger, asof: AsOf, *, origins: Sequence[str] | None = None, since: date | None = None
) -> Iterator[EventTally]:
    """The events seen at `asof` by who, whom, kind, country, day and day of the first report, by day; what series of
    counts are made of. Rows of one origin that say the same count once; one origin never adds to another.
    """
    what = (
        EVENT_ROWS.c.origin, EVENT_ROWS.c.day, EVENT_ROWS.c.event, EVENT_ROWS.c.actor_seq, EVENT_ROWS.c.recipient_seq,
        EVENT_ROWS.c.country,
    )  # fmt: skip
    facts = (
        select(*what, func.min(EVENT_ROWS.c.reported_on).label("reported"))
        .where(*_seen(asof, origins, None, since))
        .group_by(*what, EVENT_ROWS.c.fact)
        .subquery()
    )
    same = tuple(facts.c)
    query = select(*same, func.count().label("times")).group_by(*same).order_by(facts.c.day, facts.c.origin, *same[2:])
    with ledger.reading() as connection:
        parties = _parties(connection)
        found: Any = connection.execute(query.execution_options(yield_per=_CHUNK))
        for origin, day, event, actor, recipient, country, reported, times in found:
            yield EventTally(
                origin=origin, day=day_of(day), event=event, country=country, count=times,
                actor_key=parties[actor][0] if actor else None,
                recipient_key=parties[recipient][0] if recipient else None,
                reported_on=day_of(reported) if reported else None,
            )  # fmt: skip


def _parties(connection: Any) -> dict[int | None, tuple[str, str]]:
    return {row.seq: (row.key, row.name) for row in connection.execute(select(PARTIES))}


def _seen(
    asof: AsOf, origins: Sequence[str] | None, events: Sequence[str] | None, since: date | None
) -> list[ColumnElement[bool]]:
    found = [visible(EVENT_ROWS.c.recorded_at, EVENT_ROWS.c.superseded_at, asof), EVENT_ROWS.c.code != WITHDRAWN]
    if asof.valid_on is not None:
        found.append(EVENT_ROWS.c.day <= day_number(asof.valid_on))
    if since is not None:
        found.append(EVENT_ROWS.c.day >= day_number(since))
    if origins is not None:
        found.append(EVENT_ROWS.c.origin.in_(list(origins)))
    if events is not None:
        found.append(EVENT_ROWS.c.event.in_(list(events)))
    return found
