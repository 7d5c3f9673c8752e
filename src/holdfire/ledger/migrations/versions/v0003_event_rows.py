"""Rows of other projects' event tables, and the batches in which they came."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "event_batches",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("run_id", TEXT, nullable=False),
        sa.Column("link_seq", NUMBER, nullable=False),
        sa.Column("file", TEXT, nullable=False),
        sa.Column("file_sha256", TEXT, nullable=False),
        sa.Column("last_line", sa.BigInteger(), nullable=False),
        sa.Column("skipped", TEXT, nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("content_hash", TEXT, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"]),
        sa.ForeignKeyConstraint(["link_seq"], ["links.seq"]),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_event_batches_link_seq"), "event_batches", ["link_seq"], unique=False)
    op.create_index("ix_event_batches_file", "event_batches", ["file_sha256", "last_line"], unique=False)
    op.create_table(
        "event_rows",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("batch_seq", NUMBER, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("origin_id", TEXT, nullable=False),
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("fact", sa.BigInteger(), nullable=False),
        sa.Column("duplicate", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Integer(), nullable=True),
        sa.Column("actor_seq", NUMBER, nullable=True),
        sa.Column("actor_text", TEXT, nullable=True),
        sa.Column("recipient_seq", NUMBER, nullable=True),
        sa.Column("recipient_text", TEXT, nullable=True),
        sa.Column("event", TEXT, nullable=True),
        sa.Column("mode", TEXT, nullable=True),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("polarity", TEXT, nullable=True),
        sa.Column("country", TEXT, nullable=True),
        sa.Column("place", TEXT, nullable=True),
        sa.Column("outlet", TEXT, nullable=True),
        sa.Column("url", TEXT, nullable=True),
        sa.Column("deaths", sa.Integer(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=True),
        sa.Column("grade", TEXT, nullable=False),
        sa.Column("edition", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("superseded_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["batch_seq"], ["event_batches.seq"]),
        sa.ForeignKeyConstraint(["actor_seq"], ["parties.seq"]),
        sa.ForeignKeyConstraint(["recipient_seq"], ["parties.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index(op.f("ix_event_rows_batch_seq"), "event_rows", ["batch_seq"], unique=False)
    op.create_index("ix_event_rows_origin_id", "event_rows", ["origin", "origin_id"], unique=False)
    op.create_index("ix_event_rows_fact", "event_rows", ["fact"], unique=False)
    op.create_index("ix_event_rows_actor", "event_rows", ["actor_seq", "day"], unique=False)
    op.create_index("ix_event_rows_recipient", "event_rows", ["recipient_seq", "day"], unique=False)
