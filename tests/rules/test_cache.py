"""Kept values are made anew when sources change or the file is damaged, and never stand in the way."""

import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from holdfire.rules.cache import Cache, stamp_of


class Maker:
    """Counts how often a value is made from a source file."""

    def __init__(self, source: Path):
        self.source = source
        self.made = 0

    def make(self) -> dict[str, list[str]]:
        self.made += 1
        return {"words": self.source.read_text("utf-8").split(), "none": [], "more": ["é\t1"]}

    def value(self, folder: Path | None) -> dict[str, list[str]]:
        return Cache(folder=folder).kept("words", [self.source], make=self.make, pack=dict, unpack=dict)


@pytest.fixture
def maker(tmp_path):
    source = tmp_path / "source.toml"
    source.write_text("Valley Front", "utf-8")
    return Maker(source)


def test_made_once_while_the_source_stays(maker, tmp_path):
    first = maker.value(tmp_path / "cache")
    assert maker.value(tmp_path / "cache") == first == {"words": ["Valley", "Front"], "none": [], "more": ["é\t1"]}
    assert maker.made == 1


def test_made_anew_when_the_source_changes(maker, tmp_path):
    maker.value(tmp_path / "cache")
    maker.source.write_text("Rim League of Amar", "utf-8")
    assert maker.value(tmp_path / "cache")["words"] == ["Rim", "League", "of", "Amar"]


def test_a_change_of_time_alone_counts(maker, tmp_path):
    before = stamp_of([maker.source])
    os.utime(maker.source, ns=(1, 1))
    assert stamp_of([maker.source]) != before


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[:-3],
        lambda raw: raw.replace(b"Valley", b"Volley"),
        lambda raw: b"\x80" + raw,
        lambda raw: b"null\n" + raw,
        lambda raw: b'["x", 3, 0]\n',
    ],
)
def test_a_damaged_file_is_made_anew_and_mended(maker, tmp_path, damage):
    good = maker.value(tmp_path / "cache")
    (path,) = (tmp_path / "cache").iterdir()
    raw = path.read_bytes()
    path.write_bytes(damage(raw))
    assert maker.value(tmp_path / "cache") == good
    assert maker.made == 2
    assert path.read_bytes() == raw


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(maker, tmp_path):
    (tmp_path / "file").write_text("in the way")
    for _ in range(2):
        assert maker.value(tmp_path / "file" / "cache")["words"] == ["Valley", "Front"]
    assert maker.made == 2


def test_no_folder_keeps_nothing(maker):
    maker.value(None)
    maker.value(None)
    assert maker.made == 2


def test_what_cannot_be_made_is_not_kept(tmp_path):
    def fail() -> dict[str, list[str]]:
        raise ValueError("bad record")

    with pytest.raises(ValueError, match="bad record"):
        Cache(folder=tmp_path / "cache").kept("words", [], make=fail, pack=dict, unpack=dict)
    assert not (tmp_path / "cache").exists()


def test_old_files_are_dropped_in_time(maker, tmp_path):
    for number in range(12):
        maker.source.write_text("x" * number, "utf-8")
        maker.value(tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) == 8


def _value_in_another_process(source: Path, folder: Path) -> list[str]:
    return Maker(source).value(folder)["words"]


def test_many_writers_at_once_leave_one_whole_file(maker, tmp_path):
    maker.source.write_text("word " * 50_000, "utf-8")
    with ProcessPoolExecutor(4) as pool:
        found = list(pool.map(_value_in_another_process, [maker.source] * 8, [tmp_path / "cache"] * 8))
    assert all(len(each) == 50_000 for each in found)
    (kept,) = (tmp_path / "cache").iterdir()
    assert kept.suffix == ".txt"
    again = Maker(maker.source)
    again.value(tmp_path / "cache")
    assert again.made == 0
