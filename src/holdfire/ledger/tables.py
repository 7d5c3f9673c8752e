"""The tables of the ledger. Moments are microseconds since 1970 in UTC; days are integers such as 20250617."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table
from sqlalchemy import Text as AnyText

# SQLite makes only INTEGER PRIMARY KEY the row's own number.
Number = BigInteger().with_variant(Integer(), "sqlite")

# Code points decide the order on both databases, so that prefixes and sorting mean the same.
Text = AnyText().with_variant(AnyText(collation="C"), "postgresql")

METADATA = MetaData()


def _column(name: str, kind: Any = Text, **options: Any) -> Column[Any]:
    return Column(name, kind, nullable=False, **options)


FACTS = Table("facts", METADATA, Column("key", Text, primary_key=True), _column("value"))

# One row per transaction: a chain of hashes, each naming the tips before it. `items` are the hashes of what the
# transaction recorded; `content_hash` covers them.
LINKS = Table(
    "links",
    METADATA,
    Column("seq", Number, primary_key=True, autoincrement=False),
    _column("hash", unique=True),
    _column("parents"),
    _column("content_hash"),
    _column("recorded_at", BigInteger),
    _column("items", server_default=""),
)
TIPS = Table("tips", METADATA, Column("hash", Text, primary_key=True))

RULEBOOKS = Table(
    "rulebooks",
    METADATA,
    Column("hash", Text, primary_key=True),
    _column("first_seen", BigInteger),
)

RUNS = Table(
    "runs",
    METADATA,
    Column("id", Text, primary_key=True),
    _column("link_seq", Number),
    _column("command"),
    Column("rulebook_hash", Text, ForeignKey("rulebooks.hash"), nullable=False),
    _column("version"),
    _column("started_at", BigInteger),
)

# One version of one article. `series` joins the versions of one article; `version_id` covers text and header.
DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("seq", Number, primary_key=True, autoincrement=False),
    _column("version_id", unique=True),
    _column("id", index=True),
    _column("series", index=True),
    Column("url", Text),
    Column("outlet", Text),
    Column("title", Text),
    Column("byline", Text),
    _column("language"),
    Column("published", Integer),
    Column("fetched_at", BigInteger),
    Column("raw_sha256", Text),
    _column("reader"),
    Column("text", Text),  # NULL once taken down
    _column("text_sha256"),
    _column("recorded_at", BigInteger),
)

# One reading of one version with one rulebook.
READINGS = Table(
    "readings",
    METADATA,
    Column("seq", Number, primary_key=True, autoincrement=False),
    _column("id", unique=True),
    Column("document_seq", Number, ForeignKey("documents.seq"), nullable=False, index=True),
    _column("series", index=True),
    Column("run_id", Text, ForeignKey("runs.id"), nullable=False),
    Column("link_seq", Number, ForeignKey("links.seq"), nullable=False, index=True),
    Column("rulebook_hash", Text, ForeignKey("rulebooks.hash"), nullable=False),
    _column("content_hash"),
    _column("boilerplate"),
    _column("claim_count", Integer),
    _column("recorded_at", BigInteger),
    Column("superseded_at", BigInteger),
    Column("passages", Text),  # NULL where whoever appended did not say
    Column("pointers", Text),  # NULL where the report names no other
)

# A reading with newer rules that found exactly what stood already.
CONFIRMATIONS = Table(
    "confirmations",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("reading_seq", Number, ForeignKey("readings.seq"), nullable=False, index=True),
    Column("run_id", Text, ForeignKey("runs.id"), nullable=False),
    Column("link_seq", Number, ForeignKey("links.seq"), nullable=False, index=True),
    Column("rulebook_hash", Text, ForeignKey("rulebooks.hash"), nullable=False),
    _column("recorded_at", BigInteger),
)

CLAIMS = Table(
    "claims",
    METADATA,
    Column("seq", Number, primary_key=True, autoincrement=False),
    _column("id", index=True),
    Column("reading_seq", Number, ForeignKey("readings.seq"), nullable=False, index=True),
    Column("document_seq", Number, ForeignKey("documents.seq"), nullable=False, index=True),
    _column("event"),
    Column("mode", Text),
    _column("polarity"),
    _column("modality"),
    _column("certainty"),
    Column("conduct", Text),
    Column("country", Text),
    _column("valid_from", Integer),
    _column("valid_to", Integer),
    _column("start_char", Integer),
    _column("end_char", Integer),
    Column("evidence", Text),
    _column("role"),
    Column("prefix", Text),
    Column("suffix", Text),
    Column("json", Text),  # the whole claim; NULL once taken down
    _column("content_hash"),
    _column("recorded_at", BigInteger),
    Column("superseded_at", BigInteger),
    Index("ix_claims_valid_from", "valid_from", "seq"),
)

# Everyone named: a knowledge-base id, or "text:" and the words as written.
PARTIES = Table(
    "parties",
    METADATA,
    Column("seq", Number, primary_key=True, autoincrement=False),
    _column("key", unique=True),
    _column("name"),
)

MENTIONS = Table(
    "mentions",
    METADATA,
    Column("claim_seq", Number, ForeignKey("claims.seq"), primary_key=True),
    Column("role", Text, primary_key=True),  # "actor" or "recipient"
    Column("position", Integer, primary_key=True),
    Column("party_seq", Number, ForeignKey("parties.seq"), nullable=False),
    _column("start_char", Integer),
    _column("end_char", Integer),
    _column("inferred", Integer),
    sqlite_with_rowid=False,
)

SOURCES = Table(
    "sources",
    METADATA,
    Column("claim_seq", Number, ForeignKey("claims.seq"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("party_seq", Number, ForeignKey("parties.seq"), nullable=False),
    _column("kind"),
    _column("start_char", Integer),
    _column("end_char", Integer),
    sqlite_with_rowid=False,
)

REASONS = Table(
    "reasons",
    METADATA,
    Column("claim_seq", Number, ForeignKey("claims.seq"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _column("category"),
    _column("relation"),
    _column("bearing"),
    _column("start_char", Integer),
    _column("end_char", Integer),
    sqlite_with_rowid=False,
)

# Inputs of postures, in the order in which they are sought: one row per actor of a claim.
STANDING = Table(
    "standing",
    METADATA,
    Column("party_seq", Number, ForeignKey("parties.seq"), primary_key=True),
    Column("conduct", Text, primary_key=True),  # "" when the claim has none
    Column("confirmed", Integer, primary_key=True),  # 0 for rumoured and denied
    Column("valid_from", Integer, primary_key=True),
    Column("claim_seq", Number, ForeignKey("claims.seq"), primary_key=True),
    _column("recorded_at", BigInteger),
    Column("superseded_at", BigInteger),
    Index("ix_standing_claim_seq", "claim_seq"),
    sqlite_with_rowid=False,
)

# The distinct leading parts of STANDING, so that a read seeks once for each.
CONDUCTS_SEEN = Table(
    "conducts_seen",
    METADATA,
    Column("party_seq", Number, ForeignKey("parties.seq"), primary_key=True),
    Column("conduct", Text, primary_key=True),
    Column("confirmed", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

JUDGEMENTS = Table(
    "judgements",
    METADATA,
    Column("id", Text, primary_key=True),
    _column("claim_id", index=True),
    Column("link_seq", Number, ForeignKey("links.seq"), nullable=False, index=True),
    _column("who"),
    _column("role"),
    _column("verdict"),
    _column("changes"),
    _column("reason"),
    _column("recorded_at", BigInteger),
)

PROBLEMS = Table(
    "problems",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("run_id", Text, ForeignKey("runs.id"), nullable=False),
    Column("link_seq", Number, ForeignKey("links.seq"), nullable=False, index=True),
    _column("place"),
    _column("what"),
    _column("recorded_at", BigInteger),
)

TAKEDOWNS = Table(
    "takedowns",
    METADATA,
    Column("id", Text, primary_key=True),
    _column("series", index=True),
    Column("link_seq", Number, ForeignKey("links.seq"), nullable=False, index=True),
    _column("who"),
    _column("reason"),
    _column("recorded_at", BigInteger),
)

# User's own grades of sources, A to F by outlet.
GRADES = Table(
    "grades",
    METADATA,
    Column("id", Text, primary_key=True),
    _column("outlet", index=True),
    _column("grade"),
    _column("who"),
    _column("reason"),
    Column("link_seq", Number, ForeignKey("links.seq"), nullable=False, index=True),
    _column("recorded_at", BigInteger),
)

# What one transaction took from another project's table. `last_line` is how far it had got in the file, `skipped` what
# it left out on the way (JSON); both let an import that was cut off go on.
EVENT_BATCHES = Table(
    "event_batches",
    METADATA,
    Column("seq", Number, primary_key=True, autoincrement=False),
    _column("id", unique=True),
    Column("run_id", Text, ForeignKey("runs.id"), nullable=False),
    Column("link_seq", Number, ForeignKey("links.seq"), nullable=False, index=True),
    _column("file"),
    _column("file_sha256"),
    _column("last_line", BigInteger),
    _column("skipped"),
    _column("row_count", Integer),
    _column("content_hash"),
    _column("recorded_at", BigInteger),
    Index("ix_event_batches_file", "file_sha256", "last_line"),
)

# Rows of other projects' event tables. `hash` is 63 bits of the digest of a row, `fact` of what it says happened:
# rows of one fact are one event. `edition` is when the origin last changed the row.
EVENT_ROWS = Table(
    "event_rows",
    METADATA,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("batch_seq", Number, ForeignKey("event_batches.seq"), nullable=False, index=True),
    _column("origin"),
    _column("origin_id"),
    _column("hash", BigInteger),
    _column("fact", BigInteger),
    _column("duplicate", Integer),  # 1: an earlier row of the same origin says the same
    _column("day", Integer),
    Column("reported_on", Integer),
    Column("actor_seq", Number, ForeignKey("parties.seq")),
    Column("actor_text", Text),
    Column("recipient_seq", Number, ForeignKey("parties.seq")),
    Column("recipient_text", Text),
    Column("event", Text),
    Column("mode", Text),
    _column("code"),
    Column("polarity", Text),
    Column("country", Text),
    Column("place", Text),
    Column("outlet", Text),
    Column("url", Text),
    Column("deaths", Integer),
    Column("reports", Integer),
    _column("grade"),
    Column("edition", BigInteger),
    _column("recorded_at", BigInteger),
    Column("superseded_at", BigInteger),
    Index("ix_event_rows_origin_id", "origin", "origin_id"),
    Index("ix_event_rows_fact", "fact"),
    Index("ix_event_rows_actor", "actor_seq", "day"),
    Index("ix_event_rows_recipient", "recipient_seq", "day"),
)
