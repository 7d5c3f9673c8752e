"""Files of event tables as records with their lines: packed or plain, quoted or not, one bad record at a time."""

from __future__ import annotations

import bz2
import codecs
import csv
import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from holdfire.errors import IntakeError, UsageError

# A cell with more line ends than that is a quotation mark that nobody closed.
MOST_LINES = 100
# As with any longer line: no table of events has cells of that size.
MOST_CHARS = 1_000_000
_BLOCK = 1 << 20
_OPEN = "a quotation mark in it is never closed"
# What the first bytes of files of other kinds are, and what to do with such a file.
_FOREIGN = (
    (b"PAR1", "a Parquet file. Export it as CSV"),
    (b"%PDF", "a PDF. Take the table itself"),
    (b"RDX", "a file of R's. Write it as CSV from R"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook. Save it as CSV (UTF-8)"),
    (codecs.BOM_UTF16_LE, "text in UTF-16. Save it as UTF-8"),
    (codecs.BOM_UTF16_BE, "text in UTF-16. Save it as UTF-8"),
    (b"SQLite format 3", "a database. Export the table as CSV"),
    (b"\xfd7zXZ", "packed with xz. Unpack it first"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd. Unpack it first"),
    (b"7z\xbc\xaf", "packed with 7-Zip. Unpack it first"),
)


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a table: the physical lines it stands on, counted from 1, its cells, or what is wrong with it."""

    line: int
    last_line: int
    cells: tuple[str, ...]
    fault: str | None = None


def sha256_of(path: Path) -> str:
    """The hash of a file as it lies on the disk, 64 hex digits. Raises UsageError for one that is not there."""
    made = hashlib.sha256()
    with _explained(path), path.open("rb") as file:
        while block := file.read(_BLOCK):
            made.update(block)
    return made.hexdigest()


def lines_of(path: Path) -> Generator[str, None, None]:
    """The lines of a file, plain or packed (.zip with one table in it, .gz, .bz2 by content), with their line ends.

    UTF-8, or Windows-1252 where a line is not UTF-8. Raises UsageError for a file that is not there, IntakeError for
    one that is no text or breaks off.
    """
    with _explained(path), _opened(path) as file:
        for number, raw in enumerate(iter(lambda: file.readline(MOST_CHARS), b""), start=1):
            yield _decoded(raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw)


def records_of(lines: Iterable[str], mark: str, width: int | None, *, first_line: int = 1) -> Iterator[Record]:
    """The records of a table, empty lines left out; `mark` stands between cells, `width` is how many there should be.

    A record may go over several lines inside quotation marks. One that cannot be read costs itself: the next line is
    looked at on its own again.
    """
    held: list[str] = []
    start = first_line
    for line in lines:
        held.append(line)
        while held:
            found = _record(held, mark, width, start)
            if found is None:
                break
            if found.cells or found.fault:
                yield found
            used = found.last_line - start + 1
            start += used
            del held[:used]
    while held:
        found = _record(held, mark, width, start, ended=True)
        assert found is not None
        if found.cells or found.fault:
            yield found
        used = found.last_line - start + 1
        start += used
        del held[:used]


def _record(held: list[str], mark: str, width: int | None, start: int, *, ended: bool = False) -> Record | None:
    """The record that begins with the first line held; None where more lines are needed to tell."""
    text = held[0].rstrip("\r\n")
    if not text.strip():
        return Record(start, start, ())
    if "\0" in text:
        return Record(start, start, (), "it holds NUL bytes")
    if len(text) >= MOST_CHARS - 2:
        return Record(start, start, (), "it is longer than a million characters")
    if '"' not in text or (mark == "\t" and width is not None and text.count("\t") + 1 == width):
        return _checked(start, start, text.split(mark), width)
    lines = _closed(held)
    if lines:
        return _parsed(held[:lines], mark, width, start)
    if ended or len(held) >= MOST_LINES or sum(map(len, held)) >= MOST_CHARS:
        return Record(start, start, (), _OPEN)
    return None


def _closed(held: list[str]) -> int:
    """How many lines it takes until every quotation mark is closed; 0 where the lines held do not do."""
    marks = 0
    for number, line in enumerate(held[:MOST_LINES], start=1):
        marks += line.count('"')
        if marks % 2 == 0:
            return number
    return 0


def _parsed(lines: list[str], mark: str, width: int | None, start: int) -> Record:
    several = len(lines) > 1
    try:
        # Over several lines, a mark inside a cell is a sign that the lines do not belong together.
        rows = list(csv.reader(["".join(lines)], delimiter=mark, strict=several))
    except csv.Error as why:
        return Record(start, start, (), _OPEN if several else f"it cannot be read ({why})")
    if len(rows) != 1 or (several and width is not None and len(rows[0]) != width):
        # The first line is at fault; the others are looked at again.
        return Record(start, start, (), _OPEN)
    return _checked(start, start + len(lines) - 1, rows[0], width)


def _checked(line: int, last: int, cells: list[str], width: int | None) -> Record:
    if width is not None and len(cells) != width:
        return Record(line, last, (), f"it has {len(cells)} cells and not {width}")
    return Record(line, last, tuple(cells))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as plain:
        start = plain.read(16)
        plain.seek(0)
        for sign, what in _FOREIGN:
            if start.startswith(sign):
                raise IntakeError(f"Importing events: {path} is {what}, and import that. Nothing was imported.")
        if start.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(plain) as packed, packed.open(_only_table(packed, path)) as inside:
                yield inside
        elif start.startswith(b"\x1f\x8b"):
            with gzip.open(plain, "rb") as unpacked:
                yield cast(IO[bytes], unpacked)
        elif start.startswith(b"BZh"):
            with bz2.open(plain, "rb") as unpacked_too:
                yield cast(IO[bytes], unpacked_too)
        else:
            yield plain


def _only_table(packed: zipfile.ZipFile, path: Path) -> str:
    names = [each.filename for each in packed.infolist() if not each.is_dir() and "__MACOSX" not in each.filename]
    if any(name.startswith("xl/") for name in names):
        raise IntakeError(
            f"Importing events: {path} is an Excel workbook. Save it as CSV (UTF-8), and import that. Nothing was "
            "imported."
        )
    if len(names) != 1:
        some = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
        raise IntakeError(
            f"Importing events: {path} holds {len(names)} files ({some}) and not one table. Unpack it and import them "
            "one by one."
        )
    return names[0]


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as why:
        raise UsageError(f"Importing events: there is no file {path}. Check the path.") from why
    except IsADirectoryError as why:
        raise UsageError(f"Importing events: {path} is a folder. Name the file.") from why
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError) as why:
        raise IntakeError(
            f"Importing events: {path} cannot be read: {why}. Is it whole, and yours to read? Fetch it again, and run "
            "the same command: what was imported is kept."
        ) from why
