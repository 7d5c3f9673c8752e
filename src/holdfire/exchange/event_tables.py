"""Which event table a file is: its layout and reader, or an error that says what the file looks like instead."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from holdfire.errors import IntakeError
from holdfire.exchange import acled_events, icews_events, polecat_events, ucdp_events
from holdfire.exchange.acled_events import AcledReader
from holdfire.exchange.event_files import Record, lines_of, records_of
from holdfire.exchange.event_parties import Parties
from holdfire.exchange.event_reading import TableReader
from holdfire.exchange.gdelt_events import LAYOUTS, GdeltReader
from holdfire.exchange.icews_events import IcewsReader
from holdfire.exchange.polecat_events import PolecatReader
from holdfire.exchange.ucdp_events import UcdpReader

_READERS: dict[str, Callable[[Sequence[str], Parties, str], TableReader]] = {
    "acled": AcledReader, "ucdp": UcdpReader, "gdelt": GdeltReader, "icews": IcewsReader, "polecat": PolecatReader,
}  # fmt: skip
_WANTED = {
    "acled": acled_events.WANTED, "ucdp": ucdp_events.WANTED, "gdelt": ("globaleventid", "sqldate"),
    "icews": icews_events.WANTED, "polecat": polecat_events.WANTED,
}  # fmt: skip
_NAMES = {"acled": "ACLED", "ucdp": "UCDP GED", "gdelt": "GDELT", "icews": "ICEWS", "polecat": "POLECAT"}
# Columns of tables that are none of these, what such a table is and what to do. The first that fits counts.
_OTHERS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"event_id_cnty", "event_type", "actor1"}), "ACLED's monadic form or a cut of its table, without the "
     "column actor2. Export it again in the dyadic form, with all columns"),
    (frozenset({"actor_name"}), "a list of actors. Add these with: holdfire actors import FILE"),
    (frozenset({"actorid", "namedata"}), "UCDP's list of actors. Add these with: holdfire actors import FILE"),
    (frozenset({"event_type", "events", "fatalities"}), "ACLED's counts by week or month, which name no actors. "
     "Export the events themselves"),
    (frozenset({"conflict_id", "side_a", "intensity_level"}), "UCDP's list of conflicts by year. Fetch the events, "
     "UCDP GED"),
    (frozenset({"dyad_id", "side_a", "bd_best"}), "UCDP's battle deaths by year. Fetch the events, UCDP GED"),
    (frozenset({"date", "source", "target", "cameocode"}), "GDELT's reduced backfile, which gives events no numbers. "
     "Fetch the full exports"),
)  # fmt: skip
_WIDTHS = {16: "GDELT's table of mentions", 27: "GDELT's knowledge graph"}
_TOLD = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTable:
    """A file that is the table it is said to be. `mark` stands between cells; `header` are the columns' names."""

    path: Path
    origin: str
    mark: str
    header: tuple[str, ...]
    has_header: bool
    reader: TableReader

    def records(self, *, after: int = 0) -> Iterator[Record]:
        """The records on lines after `after`, which must be the last line of a record, or 0; the header left out."""
        skipped = max(after, int(self.has_header))
        lines = islice(lines_of(self.path), skipped, None)
        return records_of(lines, self.mark, len(self.header), first_line=skipped + 1)

    def is_header(self, cells: Sequence[str]) -> bool:
        """Whether a record repeats the header, as where files were joined."""
        return self.has_header and tuple(cells) == self.header


def open_table(path: Path, origin: str, parties: Parties, *, grade: str) -> EventTable:
    """The table in a file; only its beginning is read.

    Raises UsageError for a file that is not there, IntakeError for one that is no such table: what it looks like, and
    what to do.
    """
    start = _first_line(path)
    mark = max("\t,;", key=start.count)
    cells = [cell.strip().strip('"') for cell in _cells(start, mark)]
    found = _origin_of(cells, mark)
    if found != origin:
        raise IntakeError(_refusal(path, origin, found, start, cells, mark))
    has_header = not cells[0].isdigit()
    header = tuple(cells) if origin != "gdelt" else LAYOUTS[len(cells)]
    reader = _READERS[origin](header, parties, grade)
    return EventTable(path=path, origin=origin, mark=mark, header=tuple(cells) if has_header else header,
                      has_header=has_header, reader=reader)  # fmt: skip


def _first_line(path: Path) -> str:
    lines = lines_of(path)
    try:
        line = next(lines, "")
    finally:
        lines.close()
    if not line.strip():
        raise IntakeError(f"Importing events: {path} is empty, or begins with an empty line. Fetch it again.")
    return line.rstrip("\r\n")


def _cells(line: str, mark: str) -> list[str]:
    if mark == "\t" or '"' not in line:
        return line.split(mark)
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return line.split(mark)


def _origin_of(cells: Sequence[str], mark: str) -> str | None:
    names = {cell.lower() for cell in cells}
    if mark == "\t" and len(cells) in LAYOUTS and (cells[0].isdigit() or cells[0].lower() == "globaleventid"):
        return "gdelt"
    for origin, wanted in _WANTED.items():
        if origin != "gdelt" and names >= set(wanted):
            return origin
    return None


def _refusal(path: Path, origin: str, found: str | None, start: str, cells: Sequence[str], mark: str) -> str:
    begin, end = f"Importing events: {path}", "Nothing was imported."
    if found is not None:
        return f"{begin} looks like {_NAMES[found]}, not {_NAMES[origin]}. Run: holdfire import {found} {path}. {end}"
    opening = start.lstrip().lower()
    if opening.startswith("<"):
        return f"{begin} is a web page or XML, as servers send in place of a file. Fetch it again, signed in. {end}"
    if opening.startswith(("{", "[")):
        return f"{begin} is JSON. Ask the server for CSV. {end}"
    names = {cell.lower() for cell in cells}
    for columns, what in _OTHERS:
        if names >= columns:
            return f"{begin} looks like {what}. {end}"
    if mark == "\t" and cells[0].isdigit():
        what = _WIDTHS.get(len(cells), f"a table without a header and with {len(cells)} columns")
        return f"{begin} looks like {what}. GDELT's events have 57, 58 or 61 columns. {end}"
    missing = [name for name in _WANTED[origin] if name not in names]
    shown = ", ".join(cell[:30] for cell in cells[:_TOLD]) + (", …" if len(cells) > _TOLD else "")
    shown = "".join(letter if letter.isprintable() else "�" for letter in shown)
    return (
        f"{begin} is no table of {_NAMES[origin]}: its first line lacks {', '.join(missing)}. Found: {shown}. Give the "
        f"file as it was published, its header included. {end}"
    )
