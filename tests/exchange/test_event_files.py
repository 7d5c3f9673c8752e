"""Records of tables: quoted and not, over several lines, packed; one bad record costs itself and no other."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.errors import IntakeError, UsageError
from holdfire.exchange.event_files import MOST_LINES, Record, lines_of, records_of


def records(text: str, mark: str = ",", width: int | None = None) -> list[Record]:
    return list(records_of(text.splitlines(keepends=True), mark, width))


def cells(text: str, mark: str = ",", width: int | None = None) -> list[tuple[str, ...]]:
    return [each.cells for each in records(text, mark, width)]


def test_cells_and_their_lines() -> None:
    found = records('a,b\n\n"x, y","say ""no"""\n')
    assert found == [Record(1, 1, ("a", "b")), Record(3, 3, ("x, y", 'say "no"'))]


def test_a_cell_over_several_lines_is_one_record() -> None:
    found = records('a,"one\ntwo, three\nfour"\nb,c\n', width=2)
    assert found == [Record(1, 3, ("a", "one\ntwo, three\nfour")), Record(4, 4, ("b", "c"))]


def test_a_mark_that_is_never_closed_costs_its_line_alone() -> None:
    text = 'a,"open\n' + "".join(f"{number},x\n" for number in range(3 * MOST_LINES))
    found = records(text, width=2)
    assert [each.fault for each in found[:2]] == ["a quotation mark in it is never closed", None]
    assert len(found) == 1 + 3 * MOST_LINES
    assert found[-1] == Record(1 + 3 * MOST_LINES, 1 + 3 * MOST_LINES, (f"{3 * MOST_LINES - 1}", "x"))


def test_two_open_marks_cost_their_lines_alone() -> None:
    found = records('a,"open\nb,c\nd,"open\ne,f\n', width=2)
    assert [each.cells for each in found if not each.fault] == [("b", "c"), ("e", "f")]
    assert [each.line for each in found if each.fault] == [1, 3]


def test_a_record_with_too_few_cells_is_told_of() -> None:
    assert records("a,b\nc\n", width=2)[1].fault == "it has 1 cells and not 2"


def test_tabs_cut_cells_whatever_marks_they_hold() -> None:
    assert cells('5" gun\tx\n"open\ty\n', "\t", 2) == [('5" gun', "x"), ('"open', "y")]


def test_nul_bytes_cost_their_record() -> None:
    assert [each.fault for each in records("a,b\0\nc,d\n", width=2)] == ["it holds NUL bytes", None]


@given(
    table=st.lists(
        st.lists(st.text(st.characters(exclude_characters="\0\r\x85", exclude_categories=["Cs"]), max_size=8),
                 min_size=3, max_size=3),
        max_size=8,
    )
)  # fmt: skip
def test_what_a_csv_writer_wrote_is_read_as_it_was(table: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    lines = io.StringIO(text.getvalue(), newline="\n")
    found = list(records_of(lines, ",", 3))
    assert not [each.fault for each in found if each.fault]
    assert [list(each.cells) for each in found] == table


@given(
    text=st.text(st.sampled_from('ab,"\n\t;\0 '), max_size=80), mark=st.sampled_from(",\t;"),
    width=st.sampled_from([None, 1, 2, 3]),
)  # fmt: skip
def test_any_text_is_cut_without_losing_a_line(text: str, mark: str, width: int | None) -> None:
    lines = text.splitlines(keepends=True)
    found = list(records_of(lines, mark, width))
    covered = [line for each in found for line in range(each.line, each.last_line + 1)]
    assert len(covered) == len(set(covered))
    empty = {number for number, line in enumerate(lines, start=1) if not line.strip()}
    assert set(range(1, len(lines) + 1)) - empty <= set(covered)
    assert all((each.fault is None) == bool(each.cells) for each in found)
    assert width is None or all(len(each.cells) in (0, width) for each in found)


def pack_zip(path: Path, data: bytes, *names: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names or ("table.csv",):
            packed.writestr(name, data)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, None])
def test_packed_files_are_known_by_content(tmp_path: Path, pack) -> None:
    data = "a,b\nRío,ü\n".encode()
    path = tmp_path / "table.csv"
    pack_zip(path, data) if pack is None else path.write_bytes(pack(data))
    assert list(lines_of(path)) == ["a,b\n", "Río,ü\n"]


def test_a_mark_of_order_and_windows_letters_are_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"\xef\xbb\xbfid\r\n" + "Río".encode("cp1252") + b"\r\n")
    assert list(lines_of(path)) == ["id\r\n", "Río\r\n"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PAR1....", "is a Parquet file. Export it as CSV"), ("a,b".encode("utf-16"), "is text in UTF-16"),
        (b"%PDF-1.7", "is a PDF"), (b"SQLite format 3\0", "is a database"),
    ],
)  # fmt: skip
def test_files_of_other_kinds_are_named(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(IntakeError, match=message):
        list(lines_of(path))


def test_a_zip_with_more_than_a_table_is_refused(tmp_path: Path) -> None:
    pack_zip(tmp_path / "two.zip", b"a", "one.csv", "two.csv")
    with pytest.raises(IntakeError, match=r"holds 2 files \(one.csv, two.csv\) and not one table"):
        list(lines_of(tmp_path / "two.zip"))
    pack_zip(tmp_path / "book.xlsx", b"a", "xl/workbook.xml", "xl/styles.xml")
    with pytest.raises(IntakeError, match="is an Excel workbook"):
        list(lines_of(tmp_path / "book.xlsx"))


def test_a_file_that_breaks_off_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "t.gz"
    path.write_bytes(gzip.compress(b"a,b\n" * 10_000)[:-20])
    with pytest.raises(IntakeError, match=r"cannot be read.*Is it whole"):
        list(lines_of(path))


def test_a_wrong_path_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no file"):
        list(lines_of(tmp_path / "none.csv"))
    with pytest.raises(UsageError, match="is a folder"):
        list(lines_of(tmp_path))
