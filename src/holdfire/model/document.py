"""One version of one article, and the passages that it is read in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from holdfire.model.span import Span

Role = Literal["headline", "dateline", "lede", "body", "background", "caption", "boilerplate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Boilerplate:
    """A stretch of the text that is not reporting, and the rule that says so."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Where a report names the report that it retells ("fuller report") or reprints ("first published").

    `author` and `outlet` are as the text names them; None where it does not.
    """

    span: Span
    text: str
    kind: str
    author: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report as it arrived: normalised text, never cut, with its boilerplate marked.

    `text` is what every offset of the product counts in, in Unicode code points. `published` is the outlet's
    own date; None when the report does not say. `reader` names the intake that made the text. `pointers` are part of
    its provenance: the reports that it says it draws on.
    """

    id: str
    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str = "en"
    boilerplate: tuple[Boilerplate, ...] = ()
    published: date | None = None
    fetched_at: datetime | None = None
    raw_sha256: str | None = None
    reader: str = "text"
    pointers: tuple[Pointer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence, or a line where lines are the unit (headlines, bullets, live-blog entries)."""

    document_id: str
    index: int
    span: Span
    role: Role
    paragraph: int = field(default=0)


def document_id(url: str | None, text: str) -> str:
    """The id of one version of one article: a hash of its address and its text, 16 hex digits."""
    digest = hashlib.sha256()
    digest.update((url or "").encode())
    digest.update(b"\0")
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]
