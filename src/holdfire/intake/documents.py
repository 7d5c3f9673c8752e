"""Puts a document together: normalised text, header, boilerplate marks, id."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from holdfire.errors import IntakeError
from holdfire.intake.boilerplate import mark_boilerplate
from holdfire.intake.metadata import Header, title_of
from holdfire.intake.pointers import find_pointers
from holdfire.intake.text import normalise
from holdfire.model.document import Document, document_id
from holdfire.rules.boilerplate import BoilerplateRules


def make_document(text: str, header: Header, *, rules: BoilerplateRules, raw: bytes, reader: str) -> Document:
    """A document from a report's words; `raw` is what arrived, for its hash, `reader` the way it came in.

    Keeps the header's id; else makes one from address and text. Raises IntakeError where there are no words.
    """
    text = normalise(text)
    if not text.strip():
        raise IntakeError("is empty.")
    outlet = _one_line(header.outlet)
    url = _one_line(header.url)
    return Document(
        id=_one_line(header.id) or document_id(url, text),
        text=text,
        url=url,
        outlet=outlet,
        title=_one_line(header.title) or title_of(text),
        byline=_one_line(header.byline),
        published=header.published,
        boilerplate=mark_boilerplate(text, rules, outlet=outlet),
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        reader=reader,
        pointers=find_pointers(text, rules.pointers),
    )


def mark_anew(document: Document, rules: BoilerplateRules) -> Document:
    """The same document with its boilerplate and pointers as these rules see them."""
    return replace(
        document,
        boilerplate=mark_boilerplate(document.text, rules, outlet=document.outlet),
        pointers=find_pointers(document.text, rules.pointers),
    )


def _one_line(value: str | None) -> str | None:
    """A header field as a ledger can hold it: normalised, on one line; None where nothing is left."""
    return " ".join(normalise(value).split()) or None if value else None
