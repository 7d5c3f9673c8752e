"""The first tables, and the full-text indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make every table of revision 0001."""
    op.create_table(
        "documents",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("version_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("series", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=True),
        sa.Column("outlet", TEXT, nullable=True),
        sa.Column("title", TEXT, nullable=True),
        sa.Column("byline", TEXT, nullable=True),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("published", sa.Integer(), nullable=True),
        sa.Column("fetched_at", sa.BigInteger(), nullable=True),
        sa.Column("raw_sha256", TEXT, nullable=True),
        sa.Column("reader", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=True),
        sa.Column("text_sha256", TEXT, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("version_id"),
    )
    op.create_index(op.f("ix_documents_id"), "documents", ["id"], unique=False)
    op.create_index(op.f("ix_documents_series"), "documents", ["series"], unique=False)
    op.create_table(
        "facts",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "links",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("parents", TEXT, nullable=False),
        sa.Column("content_hash", TEXT, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("hash"),
    )
    op.create_table(
        "parties",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "rulebooks",
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_table("tips", sa.Column("hash", TEXT, nullable=False), sa.PrimaryKeyConstraint("hash"))
    op.create_table(
        "conducts_seen",
        sa.Column("party_seq", NUMBER, nullable=False),
        sa.Column("conduct", TEXT, nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_seq"],
            ["parties.seq"],
        ),
        sa.PrimaryKeyConstraint("party_seq", "conduct", "confirmed"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "grades",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("outlet", TEXT, nullable=False),
        sa.Column("grade", TEXT, nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("link_seq", NUMBER, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["links.seq"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_grades_link_seq"), "grades", ["link_seq"], unique=False)
    op.create_index(op.f("ix_grades_outlet"), "grades", ["outlet"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("claim_id", TEXT, nullable=False),
        sa.Column("link_seq", NUMBER, nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("changes", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["links.seq"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_judgements_claim_id"), "judgements", ["claim_id"], unique=False)
    op.create_index(op.f("ix_judgements_link_seq"), "judgements", ["link_seq"], unique=False)
    op.create_table(
        "runs",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("link_seq", NUMBER, nullable=False),
        sa.Column("command", TEXT, nullable=False),
        sa.Column("rulebook_hash", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rulebook_hash"],
            ["rulebooks.hash"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "takedowns",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("series", TEXT, nullable=False),
        sa.Column("link_seq", NUMBER, nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["links.seq"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("series", name="uq_takedowns_series"),
    )
    op.create_index(op.f("ix_takedowns_link_seq"), "takedowns", ["link_seq"], unique=False)
    op.create_table(
        "problems",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("run_id", TEXT, nullable=False),
        sa.Column("link_seq", NUMBER, nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["links.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["runs.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_problems_link_seq"), "problems", ["link_seq"], unique=False)
    op.create_table(
        "readings",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("document_seq", NUMBER, nullable=False),
        sa.Column("series", TEXT, nullable=False),
        sa.Column("run_id", TEXT, nullable=False),
        sa.Column("link_seq", NUMBER, nullable=False),
        sa.Column("rulebook_hash", TEXT, nullable=False),
        sa.Column("content_hash", TEXT, nullable=False),
        sa.Column("boilerplate", TEXT, nullable=False),
        sa.Column("claim_count", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("superseded_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_seq"],
            ["documents.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["links.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["rulebook_hash"],
            ["rulebooks.hash"],
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["runs.id"],
        ),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_readings_document_seq"), "readings", ["document_seq"], unique=False)
    op.create_index(op.f("ix_readings_link_seq"), "readings", ["link_seq"], unique=False)
    op.create_index(op.f("ix_readings_series"), "readings", ["series"], unique=False)
    op.create_table(
        "claims",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("reading_seq", NUMBER, nullable=False),
        sa.Column("document_seq", NUMBER, nullable=False),
        sa.Column("event", TEXT, nullable=False),
        sa.Column("mode", TEXT, nullable=True),
        sa.Column("polarity", TEXT, nullable=False),
        sa.Column("modality", TEXT, nullable=False),
        sa.Column("certainty", TEXT, nullable=False),
        sa.Column("conduct", TEXT, nullable=True),
        sa.Column("country", TEXT, nullable=True),
        sa.Column("valid_from", sa.Integer(), nullable=False),
        sa.Column("valid_to", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("evidence", TEXT, nullable=True),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("prefix", TEXT, nullable=True),
        sa.Column("suffix", TEXT, nullable=True),
        sa.Column("json", TEXT, nullable=True),
        sa.Column("content_hash", TEXT, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("superseded_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_seq"],
            ["documents.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["reading_seq"],
            ["readings.seq"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index(op.f("ix_claims_document_seq"), "claims", ["document_seq"], unique=False)
    op.create_index(op.f("ix_claims_id"), "claims", ["id"], unique=False)
    op.create_index(op.f("ix_claims_reading_seq"), "claims", ["reading_seq"], unique=False)
    op.create_index("ix_claims_valid_from", "claims", ["valid_from", "seq"], unique=False)
    op.create_table(
        "confirmations",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("reading_seq", NUMBER, nullable=False),
        sa.Column("run_id", TEXT, nullable=False),
        sa.Column("link_seq", NUMBER, nullable=False),
        sa.Column("rulebook_hash", TEXT, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_seq"],
            ["links.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["reading_seq"],
            ["readings.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["rulebook_hash"],
            ["rulebooks.hash"],
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["runs.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_confirmations_link_seq"), "confirmations", ["link_seq"], unique=False)
    op.create_index(op.f("ix_confirmations_reading_seq"), "confirmations", ["reading_seq"], unique=False)
    op.create_table(
        "mentions",
        sa.Column("claim_seq", NUMBER, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("party_seq", NUMBER, nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("inferred", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_seq"],
            ["claims.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["party_seq"],
            ["parties.seq"],
        ),
        sa.PrimaryKeyConstraint("claim_seq", "role", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reasons",
        sa.Column("claim_seq", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category", TEXT, nullable=False),
        sa.Column("relation", TEXT, nullable=False),
        sa.Column("bearing", TEXT, nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_seq"],
            ["claims.seq"],
        ),
        sa.PrimaryKeyConstraint("claim_seq", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sources",
        sa.Column("claim_seq", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("party_seq", NUMBER, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_seq"],
            ["claims.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["party_seq"],
            ["parties.seq"],
        ),
        sa.PrimaryKeyConstraint("claim_seq", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "standing",
        sa.Column("party_seq", NUMBER, nullable=False),
        sa.Column("conduct", TEXT, nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Integer(), nullable=False),
        sa.Column("claim_seq", NUMBER, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("superseded_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_seq"],
            ["claims.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["party_seq"],
            ["parties.seq"],
        ),
        sa.PrimaryKeyConstraint("party_seq", "conduct", "confirmed", "valid_from", "claim_seq"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_standing_claim_seq", "standing", ["claim_seq"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        _full_text_sqlite()
    else:
        _full_text_postgresql()


def _full_text_sqlite() -> None:
    # External content: the words are indexed, the text itself is kept once, in its own table.
    options = "tokenize='unicode61 remove_diacritics 2'"
    op.execute(
        f"create virtual table documents_words using fts5(title, text, content='documents',"
        f" content_rowid='seq', {options})"
    )
    op.execute(
        f"create virtual table claims_words using fts5(evidence, content='claims', content_rowid='seq', {options})"
    )


def _full_text_postgresql() -> None:
    # A tsvector holds at most a megabyte; 200,000 characters always fit.
    op.execute(
        "create index ix_documents_words on documents using gin"
        " (to_tsvector('simple', left(coalesce(title, '') || ' ' || coalesce(text, ''), 200000)))"
    )
    op.execute("create index ix_claims_words on claims using gin (to_tsvector('simple', left(evidence, 200000)))")
