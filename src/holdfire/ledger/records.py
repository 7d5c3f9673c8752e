"""What a ledger keeps beside claims: passages of a reading, runs, inputs that could not be read, rulebooks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from holdfire.ledger.connect import Ledger
from holdfire.ledger.rows import moment_number, moment_of
from holdfire.ledger.tables import DOCUMENTS, PROBLEMS, READINGS, RULEBOOKS, RUNS
from holdfire.ledger.views import visible
from holdfire.model.document import Passage
from holdfire.model.entry import AsOf, IntakeProblem, Run
from holdfire.model.span import Span

_ALWAYS = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRulebook:
    """A state of the rules that something was read with, and since when."""

    hash: str
    first_seen: datetime


def passages(ledger: Ledger, document_id: str, asof: AsOf) -> tuple[Passage, ...] | None:
    """The passages that the reading which stood at `asof.known_by` was cut into; None where they are not held."""
    query = (
        select(READINGS.c.passages)
        .join(DOCUMENTS, DOCUMENTS.c.seq == READINGS.c.document_seq)
        .where(DOCUMENTS.c.id == document_id, visible(READINGS.c.recorded_at, READINGS.c.superseded_at, asof))
    )
    with ledger.reading() as connection:
        held = connection.execute(query.order_by(READINGS.c.recorded_at.desc(), READINGS.c.id)).scalar()
    if held is None:
        return None
    return tuple(
        Passage(document_id=document_id, index=number, span=Span(start, end), role=role, paragraph=paragraph)
        for number, (start, end, role, paragraph) in enumerate(json.loads(held))
    )


def runs(ledger: Ledger, asof: AsOf) -> tuple[Run, ...]:
    """Every call that wrote by `asof.known_by`, oldest first."""
    query = select(RUNS).where(RUNS.c.started_at <= _known(asof)).order_by(RUNS.c.started_at, RUNS.c.id)
    with ledger.reading() as connection:
        return tuple(
            Run(
                id=row.id, command=row.command, rulebook_hash=row.rulebook_hash, version=row.version,
                started_at=moment_of(row.started_at),
            )
            for row in connection.execute(query)
        )  # fmt: skip


def problems(ledger: Ledger, asof: AsOf) -> tuple[IntakeProblem, ...]:
    """Every input that could not be read, as far as recorded by `asof.known_by`, oldest first."""
    query = (
        select(PROBLEMS).where(PROBLEMS.c.recorded_at <= _known(asof)).order_by(PROBLEMS.c.recorded_at, PROBLEMS.c.id)
    )
    with ledger.reading() as connection:
        return tuple(
            IntakeProblem(
                id=row.id, where=row.place, what=row.what, recorded_at=moment_of(row.recorded_at), run_id=row.run_id
            )
            for row in connection.execute(query)
        )


def rulebooks(ledger: Ledger, asof: AsOf) -> tuple[SeenRulebook, ...]:
    """Every state of the rules that something was read with by `asof.known_by`, oldest first."""
    query = select(RULEBOOKS).where(RULEBOOKS.c.first_seen <= _known(asof))
    with ledger.reading() as connection:
        return tuple(
            SeenRulebook(hash=row.hash, first_seen=moment_of(row.first_seen))
            for row in connection.execute(query.order_by(RULEBOOKS.c.first_seen, RULEBOOKS.c.hash))
        )


def _known(asof: AsOf) -> int:
    return moment_number(asof.known_by) if asof.known_by else _ALWAYS
