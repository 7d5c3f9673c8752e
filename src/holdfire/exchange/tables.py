"""Rows of a CSV file as columns by name, with the line each stands on, and an error for a row out of shape."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from holdfire.errors import IntakeError


def rows_of(
    lines: Iterable[str], path: str, *, wanted: Sequence[str], any_of: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) for each row that is not empty; commas, semicolons and tabs are told apart by the header.

    wanted: columns that must be there, all of them; any_of: at least one of these. Raises IntakeError for a header
    that lacks them, and for a row with more or fewer cells than the header.
    """
    source = iter(lines)
    header = next(source, "")
    mark = max(",;\t", key=header.count)
    columns = next(csv.reader([header], delimiter=mark), [])
    columns = [column.strip() for column in columns]
    missing = [name for name in wanted if name not in columns]
    if missing or (any_of and not set(any_of) & set(columns)):
        needed = ", ".join(missing) or f"one of {', '.join(any_of)}"
        raise IntakeError(f"Importing actors: {path}, line 1: the header lacks {needed}. Found: {', '.join(columns)}.")
    reader = csv.reader(source, delimiter=mark)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as why:
            raise IntakeError(f"Importing actors: {path}, line {reader.line_num + 1}: {why}. Mend the row.") from why
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            raise IntakeError(
                f"Importing actors: {path}, line {reader.line_num + 1} has {len(cells)} cells, the header "
                f"{len(columns)}. Mend the row; a name with a comma needs quotation marks."
            )
        yield reader.line_num + 1, dict(zip(columns, cells, strict=True))
