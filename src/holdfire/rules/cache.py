"""Keeps what was made from rule files in the user's cache folder, as text, for as long as the files do not change."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")
# Sections of lines, by name; no line holds a line end.
Text = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """A folder of kept values. `folder` None keeps nothing."""

    folder: Path | None

    def kept(
        self,
        name: str,
        sources: Iterable[Path],
        *,
        make: Callable[[], Made],
        pack: Callable[[Made], Text],
        unpack: Callable[[Text], Made],
    ) -> Made:
        """What `make` gives, or what an earlier call packed while the sources had the same names, sizes and times.

        A file that is missing, cut short or of another shape is made anew; a folder that cannot be written is left
        alone. Several processes may do so at once: each writes a file of its own and puts it in place whole.
        Exceptions of `make` pass through, and nothing is kept.
        """
        if self.folder is None:
            return make()
        stamp = stamp_of(sources)
        path = self.folder / f"{name}-{stamp[:16]}.txt"
        try:
            return unpack(_read(path, stamp))
        except (OSError, ValueError, KeyError, TypeError):
            made = make()
        # A failed write costs the next start some time and nothing else.
        try:
            _write(path, stamp, pack(made))
            _drop_others(path, name)
        except OSError:
            pass
        return made


def stamp_of(sources: Iterable[Path]) -> str:
    """A hash of the sources' paths, sizes and times of change, 64 hex digits."""
    made = hashlib.sha256()
    for path in sources:
        status = path.stat()
        made.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return made.hexdigest()


def _read(path: Path, stamp: str) -> Text:
    """The sections kept at `path`. Raises OSError or ValueError where there are none that can be trusted."""
    raw = path.read_bytes()
    head, _, body = raw.partition(b"\n")
    found, sizes, check = json.loads(head)
    if (found, check) != (stamp, zlib.crc32(body)):
        raise ValueError("cut short, or of other rules")
    lines = body.decode().split("\n")
    sections: dict[str, Sequence[str]] = {}
    start = 0
    for name, size in sizes:
        sections[name] = lines[start : start + size]
        start += size
    return sections


def _write(path: Path, stamp: str, sections: Text) -> None:
    body = "\n".join(line for lines in sections.values() for line in lines).encode()
    head = json.dumps([stamp, [[name, len(lines)] for name, lines in sections.items()], zlib.crc32(body)]).encode()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, trial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(head + b"\n" + body)
        os.replace(trial, path)
    except BaseException:
        Path(trial).unlink(missing_ok=True)
        raise


# Rules of several projects, and of versions side by side, are kept at once; more than that are left behind by changes.
_KEPT = 8


def _drop_others(path: Path, name: str) -> None:
    """Remove what has not been written for longest, where there is more than a user needs."""
    found = sorted(path.parent.glob(f"{name}-*.txt"), key=lambda each: each.stat().st_mtime_ns, reverse=True)
    for each in found[_KEPT:]:
        each.unlink(missing_ok=True)
