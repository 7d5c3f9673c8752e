"""Links say what they recorded, readings keep passages and pointers; one article may be taken down in two ledgers."""

from __future__ import annotations

import hashlib
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the columns, fill `items` from the rows that name their link, drop the constraint."""
    op.add_column("links", sa.Column("items", TEXT, nullable=False, server_default=""))
    op.add_column("readings", sa.Column("passages", TEXT, nullable=True))
    op.add_column("readings", sa.Column("pointers", TEXT, nullable=True))
    with op.batch_alter_table("takedowns") as batch:
        batch.drop_constraint("uq_takedowns_series", type_="unique")
    op.create_index(op.f("ix_takedowns_series"), "takedowns", ["series"], unique=False)
    _fill_items()


def _fill_items() -> None:
    connection = op.get_bind()
    items: dict[int, list[str]] = defaultdict(list)
    for table in ("readings", "confirmations", "judgements", "problems", "takedowns", "grades"):
        for row in connection.execute(sa.text(f"select link_seq, id from {table}")):
            items[row[0]].append(row[1])
    runs = connection.execute(
        sa.text("select link_seq, id, command, rulebook_hash, version, started_at from runs")
    )  # fmt: skip
    for link, *parts in runs:
        items[link].append(_digest("run", *map(str, parts)))
    fill = sa.text("update links set items = :items where seq = :seq")
    for link, found in items.items():
        connection.execute(fill, {"seq": link, "items": " ".join(sorted(found))})


def _digest(*parts: str) -> str:
    made = hashlib.sha256()
    for part in parts:
        made.update(part.encode() + b"\0")
    return made.hexdigest()[:32]
