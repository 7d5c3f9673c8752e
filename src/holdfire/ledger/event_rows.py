"""Rows of event tables as rows of the ledger and back; what makes two of them the same row, or the same event."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select

from holdfire.ledger.rows import day_number, day_of, digest, moment_number, moment_of
from holdfire.ledger.tables import EVENT_ROWS, PARTIES
from holdfire.model.event_row import BY_MACHINE, EventRow

_LOOK_UP = 500
# The code of what stands in place of a row that its event has no more; no table has it, and no view shows it.
WITHDRAWN = "(withdrawn)"
_ACTORS = PARTIES.alias("actors")
_RECIPIENTS = PARTIES.alias("recipients")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One recording of one row of a table. `rank` is when the origin last changed it, else when it was recorded."""

    seq: int
    hash: int
    rank: int
    recorded_at: int
    superseded_at: int | None


def row_digest(row: EventRow) -> str:
    """The hash of everything that a row says: 32 hex digits."""
    parts = (
        row.origin, row.origin_id, row.day.isoformat(), row.code, row.event, row.mode, row.polarity, row.actor_key,
        row.actor_text, row.recipient_key, row.recipient_text, row.country, row.place,
        row.reported_on.isoformat() if row.reported_on else None, row.outlet, row.url,
        None if row.deaths is None else str(row.deaths), None if row.reports is None else str(row.reports), row.grade,
        None if row.edition is None else str(moment_number(row.edition)),
    )  # fmt: skip
    return _digest(parts)


def short(found: str) -> int:
    """The first 63 bits of a digest, which a column of either database holds."""
    return int(found[:16], 16) >> 1


def fact_of(row: EventRow) -> int:
    """What a row says happened, as a number. Rows that people coded are each an event of their own."""
    if row.origin not in BY_MACHINE:
        return short(_digest((row.origin, row.origin_id)))
    what = (row.origin, row.day.isoformat(), row.event or row.code, row.actor_key, row.recipient_key, row.country)
    return short(_digest((*what, row.place.casefold() if row.place else None)))


def row_values(
    row: EventRow, *, seq: int, batch: int, hash: int, fact: int, duplicate: bool, actor: int | None,
    recipient: int | None, at: int, closed: int | None,
) -> tuple[Any, ...]:  # fmt: skip
    """The columns of one row, in the table's order; `actor` and `recipient` are numbers of parties."""
    return (
        seq, batch, row.origin, row.origin_id, hash, fact, int(duplicate), day_number(row.day),
        day_number(row.reported_on) if row.reported_on else None, actor, row.actor_text, recipient, row.recipient_text,
        row.event, row.mode, row.code, row.polarity, row.country, row.place, row.outlet, row.url, row.deaths,
        row.reports, row.grade, moment_number(row.edition) if row.edition else None, at, closed,
    )  # fmt: skip


def withdrawn(event: EventRow, name: str) -> EventRow:
    """What takes the place of the row `name` that an event had before it was revised to `event`."""
    return EventRow(
        origin=event.origin, origin_id=name, day=event.day, code=WITHDRAWN, grade=event.grade, edition=event.edition
    )  # fmt: skip


def with_parties() -> Select[Any]:
    """A query for rows with the keys of their parties, as `row_from` wants them."""
    joined = EVENT_ROWS.outerjoin(_ACTORS, _ACTORS.c.seq == EVENT_ROWS.c.actor_seq).outerjoin(
        _RECIPIENTS, _RECIPIENTS.c.seq == EVENT_ROWS.c.recipient_seq
    )
    keys = (_ACTORS.c.key.label("actor_key"), _RECIPIENTS.c.key.label("recipient_key"))
    return select(EVENT_ROWS, *keys).select_from(joined)


def row_from(row: RowMapping) -> EventRow:
    """The row as it was appended."""
    same = (
        "origin", "origin_id", "code", "event", "mode", "polarity", "actor_key", "actor_text", "recipient_key",
        "recipient_text", "country", "place", "outlet", "url", "deaths", "reports", "grade",
    )  # fmt: skip
    return EventRow(
        day=day_of(row["day"]),
        reported_on=day_of(row["reported_on"]) if row["reported_on"] else None,
        edition=None if row["edition"] is None else moment_of(row["edition"]),
        **{name: row[name] for name in same},
    )


def versions_of(connection: Connection, origin: str, wanted: Iterable[str]) -> dict[str, list[Version]]:
    """What is held of rows by their origin's ids, in the order in which it counts: by recording, then by hash."""
    names = sorted(set(wanted))
    found: dict[str, list[Version]] = {}
    columns = (
        EVENT_ROWS.c.origin_id, EVENT_ROWS.c.seq, EVENT_ROWS.c.hash, EVENT_ROWS.c.edition, EVENT_ROWS.c.recorded_at,
        EVENT_ROWS.c.superseded_at,
    )  # fmt: skip
    for start in range(0, len(names), _LOOK_UP):
        some = names[start : start + _LOOK_UP]
        query = select(*columns).where(EVENT_ROWS.c.origin == origin, EVENT_ROWS.c.origin_id.in_(some))
        for name, seq, hashed, edition, at, closed in connection.execute(query):
            rank = at if edition is None else edition
            found.setdefault(name, []).append(
                Version(seq=seq, hash=hashed, rank=rank, recorded_at=at, superseded_at=closed)
            )
    for versions in found.values():
        versions.sort(key=lambda each: (each.recorded_at, each.hash, each.seq))
    return found


def row_closings(versions: Sequence[Version]) -> dict[int, int | None]:
    """When each version of a row should be superseded, by number, from nothing but the versions themselves.

    A later edition closes the one that stands; an earlier one is closed as it comes. `versions`: as `versions_of`.
    """
    closed: dict[int, int | None] = {}
    current: Version | None = None
    for each in versions:
        closed[each.seq] = None
        if current is not None and is_later(current, each):
            closed[each.seq] = each.recorded_at
            continue
        if current is not None:
            closed[current.seq] = each.recorded_at
        current = each
    return closed


def is_later(one: Version, other: Version) -> bool:
    """Whether a version stands against another one that was recorded after it: where it is of a later edition.

    Of one edition that is read twice, with other rules, the later reading stands.
    """
    return one.hash != other.hash and one.rank > other.rank


def first_of(connection: Connection, facts: Iterable[int]) -> dict[int, tuple[int, int, str]]:
    """The row of each fact that was recorded first: (recorded_at, hash, origin_id)."""
    numbers = sorted(set(facts))
    found: dict[int, tuple[int, int, str]] = {}
    columns = (EVENT_ROWS.c.fact, EVENT_ROWS.c.recorded_at, EVENT_ROWS.c.hash, EVENT_ROWS.c.origin_id)
    for start in range(0, len(numbers), _LOOK_UP):
        query = select(*columns).where(EVENT_ROWS.c.fact.in_(numbers[start : start + _LOOK_UP]))
        for fact, at, hashed, name in connection.execute(query):
            found[fact] = min(found.get(fact, (at, hashed, name)), (at, hashed, name))
    return found


def batch_content(rows: Iterable[tuple[str, int]]) -> str:
    """What a batch recorded, in whatever order: from the digest of each row and when it was recorded."""
    return digest(*sorted(f"{found} {at}" for found, at in rows))


def batch_id(file: str, file_sha256: str, last_line: int, skipped: str, content: str, at: int) -> str:
    """What the chain of hashes says of a batch."""
    return digest("events", file, file_sha256, str(last_line), skipped, content, str(at))


def _digest(parts: Sequence[str | None]) -> str:
    # As `digest`, in one go: ten million rows go through it.
    said = "\0".join([part or "" for part in parts]) + "\0"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
