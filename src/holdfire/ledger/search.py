"""Finds words in documents and in evidence: FTS5 on SQLite, tsvector on PostgreSQL, one meaning on both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import text

from holdfire.ledger.connect import Ledger
from holdfire.ledger.rows import day_number, moment_number
from holdfire.ledger.views import header_from
from holdfire.model.entry import AsOf, Header

_ALWAYS = 2**62
_NEVER_DAY = 99999999


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A document, or a claim of it (`claim_id`), that holds the words; `excerpt` marks them with [ and ]."""

    document: Header
    excerpt: str
    claim_id: str | None = None


def search(ledger: Ledger, query: str, asof: AsOf, *, limit: int = 50) -> Iterator[Hit]:
    """Documents, then evidence, that hold every word of `query` (a phrase when in quotation marks), best first.

    Case and, on SQLite, accents do not matter. Nothing is an operator. An empty query finds nothing.
    """
    phrases = _phrases(query)
    if not phrases:
        return
    known = moment_number(asof.known_by) if asof.known_by else _ALWAYS
    options = {
        "known": known,
        "day": day_number(asof.valid_on) if asof.valid_on else _NEVER_DAY,
        "limit": limit,
        "words": " ".join(f'"{phrase}"' for phrase in phrases),
    }
    statements = (_SQLITE_DOCUMENTS, _SQLITE_CLAIMS) if ledger.is_sqlite else (_PG_DOCUMENTS, _PG_CLAIMS)
    with ledger.reading() as connection:
        for statement in statements:
            for row in connection.execute(text(statement), options).mappings():
                yield Hit(document=header_from(row), excerpt=row["excerpt"], claim_id=row["claim_id"])


def _phrases(query: str) -> list[str]:
    """The words and quoted phrases of a query, without characters that either database would read as syntax."""
    found: list[str] = []
    for quoted, bare in re.findall(r'"([^"]*)"|([^\s"]+)', query):
        words = " ".join(re.findall(r"\w+", quoted or bare))
        if words:
            found.append(words)
    return found


_SEEN = "recorded_at <= :known and (r.superseded_at is null or r.superseded_at > :known)"
_HEADER = "d.id, d.url, d.outlet, d.title, d.byline, d.published"

_SQLITE_DOCUMENTS = f"""
select {_HEADER}, null as claim_id, snippet(documents_words, 1, '[', ']', '…', 24) as excerpt
from documents_words join documents d on d.seq = documents_words.rowid
where documents_words match :words and coalesce(d.published, 0) <= :day
  and exists (select 1 from readings r where r.document_seq = d.seq and r.{_SEEN})
order by rank, d.id limit :limit"""

_SQLITE_CLAIMS = f"""
select {_HEADER}, r.id as claim_id, snippet(claims_words, 0, '[', ']', '…', 24) as excerpt
from claims_words join claims r on r.seq = claims_words.rowid join documents d on d.seq = r.document_seq
where claims_words match :words and r.valid_from <= :day and r.{_SEEN}
order by rank, r.id limit :limit"""

_MARKS = "'StartSel=[, StopSel=], MaxWords=24, MinWords=8'"
_BODY = "left(coalesce(d.title, '') || ' ' || coalesce(d.text, ''), 200000)"
_QUERY = "websearch_to_tsquery('simple', :words)"

_PG_DOCUMENTS = f"""
select {_HEADER}, null as claim_id, ts_headline('simple', d.text, {_QUERY}, {_MARKS}) as excerpt
from documents d
where to_tsvector('simple', {_BODY}) @@ {_QUERY} and coalesce(d.published, 0) <= :day
  and exists (select 1 from readings r where r.document_seq = d.seq and r.{_SEEN})
order by ts_rank(to_tsvector('simple', {_BODY}), {_QUERY}) desc, d.id limit :limit"""

_PG_CLAIMS = f"""
select {_HEADER}, r.id as claim_id, ts_headline('simple', r.evidence, {_QUERY}, {_MARKS}) as excerpt
from claims r join documents d on d.seq = r.document_seq
where to_tsvector('simple', left(r.evidence, 200000)) @@ {_QUERY} and r.valid_from <= :day and r.{_SEEN}
order by ts_rank(to_tsvector('simple', left(r.evidence, 200000)), {_QUERY}) desc, r.id limit :limit"""
