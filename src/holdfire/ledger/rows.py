"""Documents and claims as rows and back; hashes and keys that are the same wherever they are computed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping

from holdfire.errors import RefusedDocument
from holdfire.model.claim import Claim
from holdfire.model.codec import claim_to_json
from holdfire.model.document import Document, Passage, document_id
from holdfire.model.span import Span

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
UNCONFIRMED = frozenset({"rumoured", "denied"})
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim made ready to store, before it has a number."""

    claim: Claim
    json: str
    content_hash: str
    valid_from: int
    valid_to: int


def moment_number(moment: datetime) -> int:
    """Microseconds since 1970 in UTC; a moment without a zone is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH) // _MICROSECOND


def moment_of(number: int) -> datetime:
    """The moment, in UTC."""
    return _EPOCH + timedelta(microseconds=number)


def day_number(day: date) -> int:
    """2025-06-17 as 20250617."""
    return day.year * 10000 + day.month * 100 + day.day


def day_of(number: int) -> date:
    """20250617 as a date."""
    return date(number // 10000, number // 100 % 100, number % 100)


def digest(*parts: str) -> str:
    """SHA-256 of the parts, each closed by a NUL, as 32 hex digits."""
    made = hashlib.sha256()
    for part in parts:
        made.update(part.encode("utf-8", "surrogatepass"))
        made.update(b"\0")
    return made.hexdigest()[:32]


def version_id(document: Document) -> str:
    """The id of one version: everything in the header and the text, not when or by what it was fetched."""
    published = document.published.isoformat() if document.published else ""
    return _version(
        document.id, document.url, document.outlet, document.title, document.byline, document.language, published,
        document.text,
    )  # fmt: skip


def version_of_row(row: RowMapping) -> str:
    """As `version_id`, from a row of documents whose text is held."""
    published = day_of(row["published"]).isoformat() if row["published"] else ""
    names = ("id", "url", "outlet", "title", "byline", "language")
    return _version(*(row[name] for name in names), published, row["text"])


def _version(*parts: str | None) -> str:
    return digest(*(part or "" for part in parts))


def series_of(document: Document) -> str:
    """What joins the versions of one article.

    Its address, unless the id was given from outside: then whoever gave it says what is one document.
    """
    if document.url and document.id == document_id(document.url, document.text):
        return "url:" + document.url
    return "id:" + document.id


def boilerplate_json(document: Document) -> str:
    """The marks of a reading, as stored."""
    return _encode([[each.span.start_char, each.span.end_char, each.reason] for each in document.boilerplate])


def passages_json(passages: Sequence[Passage] | None) -> str | None:
    """Passages as stored: start, end, role and paragraph of each; None where nobody said."""
    if passages is None:
        return None
    return _encode([[each.span.start_char, each.span.end_char, each.role, each.paragraph] for each in passages])


def pointers_json(document: Document) -> str | None:
    """The reports that a report names, as stored; None where it names none."""
    if not document.pointers:
        return None
    return _encode([
        [each.span.start_char, each.span.end_char, each.text, each.kind, each.author, each.outlet]
        for each in document.pointers
    ])  # fmt: skip


def document_values(document: Document, *, seq: int, version: str, at: int) -> tuple[Any, ...]:
    """The columns of one documents row, in the table's order."""
    return (
        seq, version, document.id, series_of(document), document.url, document.outlet, document.title,
        document.byline, document.language, day_number(document.published) if document.published else None,
        moment_number(document.fetched_at) if document.fetched_at else None, document.raw_sha256, document.reader,
        document.text, digest(document.text), at,
    )  # fmt: skip


def claim_rows(document: Document, claims: Sequence[Claim], *, at: int) -> list[ClaimRow]:
    """The claims ready to store; an exact double is dropped.

    Raises RefusedDocument for evidence that is not in the text, and for two different claims with one id.
    """
    text = document.text
    made: dict[str, ClaimRow] = {}
    for claim in claims:
        span = claim.evidence.span
        if span.of(text) != claim.evidence.text or span.end_char > len(text):
            raise RefusedDocument(
                f"Storing document {document.id}: the evidence of claim {claim.id} ({claim.evidence.text[:40]!r}) is "
                f"not what stands at {span.start_char}–{span.end_char}. The document was not stored."
            )
        body = _encode(claim_to_json(claim))
        valid_from, valid_to = valid_days(claim, document, at=at)
        row = ClaimRow(
            claim=claim, json=body, content_hash=digest(body), valid_from=valid_from, valid_to=valid_to
        )  # fmt: skip
        if made.setdefault(claim.id, row).json != body:
            raise RefusedDocument(
                f"Storing document {document.id}: two different claims have the id {claim.id}. The document was not "
                "stored. This is a fault of the reader: please report it with the text."
            )
    return list(made.values())


def reading_hash(version: str, boilerplate: str, rows: Sequence[ClaimRow]) -> str:
    """What a reading found, whatever the order and whenever: the version, the marks and each claim's hash."""
    return digest(version, boilerplate, *sorted(row.content_hash for row in rows))


def valid_days(claim: Claim, document: Document, *, at: int) -> tuple[int, int]:
    """First and last day on which the claim is true, as `AsOf.valid_on` compares them.

    The claim's own time; else the day of publication, of fetching, of recording, whichever is known first. What
    is reported cannot begin after it was reported (a threat for Friday is made when it is voiced), so a later
    start is moved back to the publication.
    """
    known = document.published or (document.fetched_at.date() if document.fetched_at else None)
    return days_of(claim, day_number(known) if known else None, at=at)


def days_of(claim: Claim, reported: int | None, *, at: int) -> tuple[int, int]:
    """As `valid_days`, from the day on which the claim was reported, where that is known."""
    start = _iso_number(claim.time.start) if claim.time else None
    end = _iso_number(claim.time.end) if claim.time else None
    first = start or end or reported or day_number(moment_of(at).date())
    if reported is not None and first > reported:
        first = reported
    return first, max(end or first, first)


def check_text(document: Document) -> None:
    """Raises RefusedDocument for characters that a database cannot hold: NUL and halves of surrogate pairs."""
    for name in ("id", "text", "url", "outlet", "title", "byline"):
        value = getattr(document, name)
        if value is None:
            continue
        if "\0" in value:
            raise RefusedDocument(
                f"Storing document {document.id!r}: its {name} holds a NUL character, which no ledger keeps. "
                "Strip it at intake."
            )
        try:
            value.encode()
        except UnicodeEncodeError as why:
            raise RefusedDocument(
                f"Storing document {document.id!r}: its {name} is not valid Unicode at character {why.start} "
                "(half of a surrogate pair). Mend it at intake."
            ) from why


def surroundings(text: str, span: Span) -> tuple[str, str]:
    """Up to 32 characters either side of a span."""
    return text[max(0, span.start_char - 32) : span.start_char], text[span.end_char : span.end_char + 32]


def _iso_number(day: str | None) -> int | None:
    if not day:
        return None
    try:
        return day_number(date.fromisoformat(day[:10]))
    except ValueError:
        return None
