"""Reads the paths that a user names: each report becomes a document, each failure one problem, in order."""

from __future__ import annotations

import os
import stat
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from holdfire.errors import HoldfireError, IntakeError, UsageError
from holdfire.intake.documents import make_document
from holdfire.intake.html import charset_of, is_html, read_html
from holdfire.intake.jsonl import looks_like_record, read_record
from holdfire.intake.metadata import Header
from holdfire.intake.text import MAX_BYTES, decode, looks_binary
from holdfire.model.document import Document
from holdfire.rules.boilerplate import BoilerplateRules

_JSONL = {".jsonl", ".ndjson"}
_HTML = {".html", ".htm", ".xhtml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeProblem:
    """One report that could not be read: where it stands and why. `misuse` when the path itself was wrong."""

    where: str
    what: str
    misuse: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def read_paths(paths: Iterable[str], *, given: Header, rules: BoilerplateRules) -> Iterator[Document | IntakeProblem]:
    """The reports in files and on standard input ("-"), one at a time, with a problem in the place of each bad one.

    `given` speaks for bare text and pages where the file itself is silent; what a record or page says of itself wins.
    A file ending in .jsonl or .ndjson, or whose first line is a JSON object, is read line by line.
    """
    for path in paths:
        name = "standard input" if path == "-" else path
        try:
            yield from _read_path(path, name, given, rules)
        except HoldfireError as why:
            yield IntakeProblem(where=name, what=str(why), misuse=isinstance(why, UsageError))
        except OSError as why:
            yield IntakeProblem(where=name, what=f"cannot be read: {why.strerror}. Check the file.")


def _read_path(path: str, name: str, given: Header, rules: BoilerplateRules) -> Iterator[Document | IntakeProblem]:
    suffix = Path(path).suffix.lower()
    with _opened(path) as file:
        first = _line(file)
        records = suffix in _JSONL or (
            suffix not in _HTML
            and first.lstrip().startswith(b"{")
            and looks_like_record(first.decode("utf-8", "replace"))
        )
        if records:
            yield from _read_records(file, first, name, given, rules)
            return
        raw = first + file.read(MAX_BYTES + 1 - len(first)) if len(first) <= MAX_BYTES else first
    if len(raw) > MAX_BYTES:
        raise IntakeError(
            f"is longer than {MAX_BYTES // 1_000_000} MB, the most for one report. Split it, or give JSONL."
        )
    yield _read_report(raw, given, rules, page=suffix in _HTML)


def _read_report(raw: bytes, given: Header, rules: BoilerplateRules, *, page: bool) -> Document:
    if not raw.removeprefix(BOM_UTF8).strip():
        raise IntakeError("is empty.")
    declared = charset_of(raw) if page or raw.lstrip()[:1] == b"<" else None
    text = _decode_page(raw, declared) if declared else decode(raw)
    if page or is_html(text):
        text, found = read_html(text, url=given.url)
        return make_document(text, found.filled(given), rules=rules, raw=raw, reader="html")
    return make_document(text, given, rules=rules, raw=raw, reader="text")


def _decode_page(raw: bytes, declared: str) -> str:
    if looks_binary(raw):
        raise IntakeError("is not text (it holds control bytes). Give text, HTML or JSONL.")
    try:
        return raw.decode(declared)
    except LookupError:
        return decode(raw)
    except UnicodeDecodeError as why:
        raise IntakeError(f"is not valid {declared}, which its head declares: byte {why.start + 1}.") from why


def _read_records(
    file: BinaryIO, line: bytes, name: str, given: Header, rules: BoilerplateRules
) -> Iterator[Document | IntakeProblem]:
    number, found = 0, False
    while line:
        number += 1
        if line.removeprefix(BOM_UTF8).strip():
            found = True
            try:
                yield _read_line(line, given, rules)
            except HoldfireError as why:
                yield IntakeProblem(where=f"{name}, line {number}", what=str(why))
        if len(line) > MAX_BYTES:
            _skip_line(file)
        line = _line(file)
    if not found:
        raise IntakeError("is empty.")


def _read_line(line: bytes, given: Header, rules: BoilerplateRules) -> Document:
    if len(line) > MAX_BYTES:
        raise IntakeError(f"is longer than {MAX_BYTES // 1_000_000} MB, the most for one report.")
    record = read_record(decode(line).lstrip("\ufeff"))
    header = record.header
    if record.html is not None:
        text, found = read_html(record.html, url=header.url)
        return make_document(text, header.filled(found).filled(given), rules=rules, raw=line, reader="html")
    return make_document(record.text or "", header.filled(given), rules=rules, raw=line, reader="jsonl")


def _line(file: BinaryIO) -> bytes:
    return file.readline(MAX_BYTES + 1)


def _skip_line(file: BinaryIO) -> None:
    while True:
        rest = file.readline(MAX_BYTES)
        if not rest or rest.endswith(b"\n"):
            return


def _opened(path: str) -> AbstractContextManager[BinaryIO]:
    if path == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        kind = os.stat(path).st_mode
        if stat.S_ISDIR(kind):
            raise UsageError("is a folder. Name the files in it, for example: holdfire read FOLDER/*.txt")
        return open(path, "rb")
    except FileNotFoundError as why:
        raise UsageError("there is no such file. Check the path.") from why
    except ValueError as why:
        raise UsageError("is no path.") from why
    except OSError as why:
        raise IntakeError(f"cannot be read: {why.strerror}. Check its permissions.") from why
