"""Reads rule files: TOML records from the shipped folder and the user's own, merged by id."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from importlib import resources
from pathlib import Path
from typing import Any

from holdfire.errors import RuleError

Record = dict[str, Any]


def shipped_folder() -> Path:
    """The folder of the rules that come with Holdfire."""
    return Path(str(resources.files("holdfire.rules")))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSource:
    """Where rules are read from: the shipped folder first, then `extra` folders that add to or override it by id.

    Files named in `without` are passed over.
    """

    folder: Path = field(default_factory=shipped_folder)
    extra: tuple[Path, ...] = ()
    without: tuple[Path, ...] = ()

    def files(self, pattern: str) -> tuple[Path, ...]:
        """Rule files that match a glob such as "en/events/*.toml", shipped first, each folder in name order."""
        return tuple(path for root in (self.folder, *self.extra) for path in self._in(root, pattern))

    def _in(self, root: Path, pattern: str) -> list[Path]:
        return [path for path in sorted(root.glob(pattern)) if path not in self.without]

    def digest(self) -> str:
        """What tells one state of the rules from another: a hash of every rule file and gazetteer, 32 hex digits.

        Names and contents count, places do not: the same rules give the same digest on every machine.
        """
        made = hashlib.sha256()
        for root in (self.folder, *self.extra):
            for path in sorted((*root.rglob("*.toml"), *root.rglob("*.gz"))):
                made.update(path.relative_to(root).as_posix().encode() + b"\0")
                made.update(path.read_bytes() + b"\0")
        return made.hexdigest()[:32]

    def tables(self, path: str) -> Record:
        """All top-level tables of one file; keys of the user's copy replace the shipped ones whole.

        Raises RuleError when the file is nowhere, or is not TOML.
        """
        found = self.files(path)
        if not found:
            raise RuleError(f"Reading rules: there is no {path} under {self.folder}. Reinstall Holdfire.")
        merged: Record = {}
        for each in found:
            merged |= read_toml(each)
        return merged

    def records(self, pattern: str, table: str) -> tuple[Record, ...]:
        """The `[[table]]` records of every matching file, merged by `id`, each with its origin under "_file".

        Raises RuleError for a record without an id, and for two records with one id in the same folder.
        """
        merged: dict[str, Record] = {}
        for root in (self.folder, *self.extra):
            here: dict[str, Record] = {}
            for path in self._in(root, pattern):
                for record in _array(read_toml(path), table, path):
                    key = record.get("id")
                    if not isinstance(key, str) or not key:
                        raise RuleError(f"{path}: a [[{table}]] record has no id: {_short(record)}. Give it one.")
                    if key in here:
                        raise RuleError(
                            f"{path}: [[{table}]] '{key}' stands already in {here[key]['_file']}. Rename or drop one."
                        )
                    here[key] = {**record, "_file": str(path)}
            merged |= here
        return tuple(merged.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedSource(RuleSource):
    """A source that remembers what was asked of it, so that files and records which nobody reads can be told of."""

    _files: set[str] = field(default_factory=set, compare=False)
    _records: set[tuple[str, str]] = field(default_factory=set, compare=False)

    def files(self, pattern: str) -> tuple[Path, ...]:
        """As ever, remembered."""
        self._files.add(pattern)
        return RuleSource.files(self, pattern)

    def records(self, pattern: str, table: str) -> tuple[Record, ...]:
        """As ever, remembered."""
        self._records.add((pattern, table))
        return RuleSource.records(self, pattern, table)

    def unread(self, root: Path, path: Path) -> list[str] | None:
        """The lists of records in a file that nobody asked for; [] for a file that nobody opened, else None."""
        name = path.relative_to(root).as_posix()
        asked = {table for pattern, table in self._records if fnmatch(name, pattern)}
        if not asked and not any(fnmatch(name, pattern) for pattern in self._files):
            return []
        tables = read_toml(path)
        odd = [key for key, held in tables.items() if _is_list_of_records(held) and key not in asked]
        return odd or None


def _is_list_of_records(held: object) -> bool:
    return isinstance(held, list) and bool(held) and all(isinstance(each, dict) for each in held)


def read_toml(path: Path) -> Record:
    """The tables of one TOML file. Raises RuleError naming the file when it cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise RuleError(f"{path}: not valid TOML: {why}. Mend the line that it names.") from why
    except OSError as why:
        raise RuleError(f"{path}: cannot be read: {why.strerror}. Check the path and its permissions.") from why


def check_fields(record: Mapping[str, Any], *, required: Iterable[str], optional: Iterable[str], kind: str) -> None:
    """Raise RuleError when a record lacks a required field or has one that nobody reads (a typing slip)."""
    where = f"{record.get('_file', 'rules')}: {kind} '{record.get('id', '?')}'"
    allowed = {"id", "why", "matches", "near_miss", "_file", *required, *optional}
    for name in required:
        if name not in record:
            raise RuleError(f"{where} lacks '{name}'. Add it.")
    for name in record:
        if name not in allowed:
            raise RuleError(f"{where} has an unknown field '{name}'. Known: {', '.join(sorted(allowed - {'_file'}))}.")


def _array(tables: Record, table: str, path: Path) -> list[Record]:
    found = tables.get(table, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise RuleError(f"{path}: '{table}' must be written as [[{table}]] records.")
    return found


def _short(record: Record) -> str:
    text = repr(record)
    return text if len(text) <= 80 else text[:77] + "…"
