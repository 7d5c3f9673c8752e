"""One line of a JSONL file to a record: the words of one report and its header."""

from __future__ import annotations

import json
from dataclasses import dataclass

from holdfire.errors import IntakeError
from holdfire.intake.metadata import Header, parse_published

FIELDS = ("id", "url", "outlet", "title", "byline", "published", "text", "html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One report as a JSONL line gives it: `text` or `html` is set, not both."""

    header: Header
    text: str | None
    html: str | None


def looks_like_record(line: str) -> bool:
    """True where a line is a JSON object, whether or not a report is in it."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read_record(line: str) -> Record:
    """The record in one line; every field but the body may be left out or null, unknown fields are passed over.

    Raises IntakeError saying which field is wrong and how.
    """
    try:
        data = json.loads(line)
    except json.JSONDecodeError as why:
        raise IntakeError(f"is not JSON: {why.msg} at character {why.pos + 1}.") from why
    except (ValueError, RecursionError) as why:
        raise IntakeError("is not JSON that can be read: a number too long, or too deeply nested.") from why
    if not isinstance(data, dict):
        raise IntakeError('is not a JSON object. Write {"text": "…"} with one report a line.')

    fields: dict[str, str | None] = {}
    for name in FIELDS:
        value = data.get(name)
        if name == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise IntakeError(f'has a "{name}" that is no string: {json.dumps(value)[:60]}.')
        fields[name] = value
    text, html = fields.pop("text"), fields.pop("html")
    if text is None and html is None:
        raise IntakeError('has neither "text" nor "html".')

    published = None
    if day := fields.pop("published"):
        try:
            published = parse_published(day)
        except ValueError as why:
            raise IntakeError(f'has a "published" that is no date: {day[:60]!r}. Write it as 2025-06-17.') from why
    header = Header(published=published, **fields)
    return Record(header=header, text=text, html=None if text is not None else html)
