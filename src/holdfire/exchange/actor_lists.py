"""Reads another project's list of actors: which format a file has, its rows, and what each says of an actor."""

from __future__ import annotations

import bz2
import codecs
import gzip
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from holdfire.actors.candidates import Candidate, LeftOut
from holdfire.errors import IntakeError, UsageError
from holdfire.exchange.acled_actors import read_acled_actors
from holdfire.exchange.petrarch_actors import read_petrarch_actors
from holdfire.exchange.ucdp_actors import read_ucdp_actors
from holdfire.exchange.wikidata_actors import read_wikidata_actors
from holdfire.rules.imports import FORMATS, ImportRules

Reading = Callable[[Iterable[str], str, ImportRules], Iterator[Candidate | LeftOut]]

_READERS: Mapping[str, Reading] = {
    "ucdp": read_ucdp_actors,
    "acled": read_acled_actors,
    "petrarch": read_petrarch_actors,
    "wikidata": read_wikidata_actors,
}
_HOW = {
    "ucdp": "a CSV file with the columns ActorId and NameData",
    "acled": "a CSV file with the column actor1 or actor_name",
    "petrarch": "lines such as VALLEY_FRONT_ [PAMREB]",
    "wikidata": "a JSON array with one item a line",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorList:
    """A list as read: its format, its actors, and what was left out."""

    format: str
    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]


def read_actor_list(path: Path, rules: ImportRules, *, format: str | None = None) -> ActorList:
    """The actors of a UCDP, ACLED, PETRARCH or Wikidata file, plain or compressed (.gz, .bz2).

    format: one of rules.imports.FORMATS; None goes by what stands in the file. Raises UsageError for a file that is
    not there, IntakeError naming file, place and mend for one that is not of the format, or holds nobody.
    """
    lines = _lines(path)
    start = "".join(line for _, line in zip(range(40), lines, strict=False))
    lines.close()
    format = format or _guess(start)
    if format is None:
        raise IntakeError(
            f"Importing actors: {path} is none of {', '.join(FORMATS)}. Wanted: "
            f"{'; '.join(f'{name}: {how}' for name, how in _HOW.items())}."
        )
    candidates: list[Candidate] = []
    left_out: list[LeftOut] = []
    for each in _READERS[format](_lines(path), str(path), rules):
        if isinstance(each, Candidate):
            candidates.append(each)
        else:
            left_out.append(each)
    if not candidates and not left_out:
        raise IntakeError(f"Importing actors: {path} holds no actors in the format {format}. Wanted: {_HOW[format]}.")
    return ActorList(format=format, candidates=tuple(candidates), left_out=tuple(left_out))


def _guess(start: str) -> str | None:
    """The format that the first lines of a file have."""
    text = start.lstrip()
    if text[:1] in ("[", "{") and '"' in text:
        return "wikidata"
    columns = {name.strip().strip('"').lower() for name in text.split("\n", 1)[0].replace(";", ",").split(",")}
    if {"actorid", "namedata"} <= columns:
        return "ucdp"
    if columns & {"actor1", "actor_name"}:
        return "acled"
    return "petrarch" if "_" in text and "[" in text else None


def _lines(path: Path) -> Generator[str, None, None]:
    """The file's lines, as UTF-8, or as Windows-1252 (which UCDP uses) where a line is not."""
    try:
        with _opened(path) as file:
            for number, raw in enumerate(file, start=1):
                yield _decoded(raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw, path, number)
    except FileNotFoundError as why:
        raise UsageError(f"Importing actors: there is no file {path}. Check the path.") from why
    except IsADirectoryError as why:
        raise UsageError(f"Importing actors: {path} is a folder. Name the file.") from why
    except (OSError, EOFError, zlib.error) as why:
        raise IntakeError(f"Importing actors: {path} cannot be read: {why}. Is it whole, and yours to read?") from why


def _opened(path: Path) -> IO[bytes]:
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return cast(IO[bytes], gzip.open(path, "rb"))
    return cast(IO[bytes], bz2.open(path, "rb")) if suffix == ".bz2" else path.open("rb")


def _decoded(raw: bytes, path: Path, number: int) -> str:
    if b"\0" in raw:
        raise IntakeError(f"Importing actors: {path}, line {number} holds NUL bytes: this is no text. Unpack it first.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
