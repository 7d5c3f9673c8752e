"""Brings the event tables of another ledger into ours, batch by batch, so that none is held whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, RowMapping, select

from holdfire.ledger.event_rows import first_of, row_closings, versions_of
from holdfire.ledger.tables import EVENT_BATCHES, EVENT_ROWS
from holdfire.ledger.writer import Numbers, Pending
from holdfire.model.event_row import BY_MACHINE

_LOOK_UP = 500


def bring_events(
    ours: Connection,
    theirs: Connection,
    pending: Pending,
    numbers: Numbers,
    *,
    links: Mapping[int, int],
    parties: Mapping[int, int],
) -> int:
    """Every batch that we lack, with its rows, and what stands of these rows decided anew; how many rows came.

    links, parties: our number of each of theirs.
    """
    held = set(ours.execute(select(EVENT_BATCHES.c.id)).scalars())
    came = 0
    for batch in theirs.execute(select(EVENT_BATCHES).order_by(EVENT_BATCHES.c.seq)).mappings().all():
        if batch["id"] in held:
            continue
        seq = numbers.next("event_batches")
        pending.add("event_batches", tuple((dict(batch) | {"seq": seq, "link_seq": links[batch["link_seq"]]}).values()))
        rows = theirs.execute(select(EVENT_ROWS).where(EVENT_ROWS.c.batch_seq == batch["seq"])).mappings().all()
        for row in rows:
            values = dict(row) | {"seq": numbers.next("event_rows"), "batch_seq": seq}
            for column in ("actor_seq", "recipient_seq"):
                values[column] = None if row[column] is None else parties[row[column]]
            pending.add("event_rows", tuple(values.values()))
        pending.flush()
        came += len(rows)
        _settle(ours, rows)
    return came


def _settle(ours: Connection, rows: Sequence[RowMapping]) -> None:
    """Decide anew which versions of these rows stand, and which rows repeat another one."""
    for origin in {row["origin"] for row in rows}:
        for versions in versions_of(
            ours, origin, (row["origin_id"] for row in rows if row["origin"] == origin)
        ).values():
            right = row_closings(versions)
            for each in versions:
                if each.superseded_at != right[each.seq]:
                    ours.execute(
                        EVENT_ROWS.update().where(EVENT_ROWS.c.seq == each.seq).values(superseded_at=right[each.seq])
                    )
    first = first_of(ours, (row["fact"] for row in rows if row["origin"] in BY_MACHINE))
    facts = sorted(first)
    columns = (EVENT_ROWS.c.seq, EVENT_ROWS.c.fact, EVENT_ROWS.c.origin_id, EVENT_ROWS.c.duplicate)
    for start in range(0, len(facts), _LOOK_UP):
        for row in ours.execute(select(*columns).where(EVENT_ROWS.c.fact.in_(facts[start : start + _LOOK_UP]))).all():
            right_flag = int(row.origin_id != first[row.fact][2])
            if row.duplicate != right_flag:
                ours.execute(EVENT_ROWS.update().where(EVENT_ROWS.c.seq == row.seq).values(duplicate=right_flag))
