"""Writes records of actors as TOML, and puts them into a rules folder whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from holdfire.actors.merge import Plan
from holdfire.errors import HoldfireError


def as_toml(plan: Plan, *, title: str) -> str:
    """The plan as a rules file: a comment with the title, then `[[actor]]` and `[[addition]]` records."""
    parts = [f"# {''.join(char if char.isprintable() else ' ' for char in title)}"]
    parts.extend(_table("actor", record) for record in plan.records)
    parts.extend(_table("addition", record) for record in plan.additions)
    return "\n\n".join(parts) + "\n"


def write_records(text: str, path: Path, check: Callable[[Path], object]) -> None:
    """Put `text` at `path`, replacing what an earlier import left there.

    check: is given a rules folder that holds the text alone, and raises where it cannot be used; then nothing is
    written. Raises HoldfireError when the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent.parent, prefix=".import-") as folder:
            trial = Path(folder) / path.parent.name / path.name
            trial.parent.mkdir()
            trial.write_text(text, "utf-8")
            check(Path(folder))
            os.replace(trial, path)
    except OSError as why:
        raise HoldfireError(f"Importing actors: {path} cannot be written: {why.strerror}. Choose --into.") from why


def _table(name: str, record: Mapping[str, Any]) -> str:
    lines = [f"[[{name}]]"]
    for key, value in record.items():
        if isinstance(value, list) and value:
            lines.extend((f"{key} = [", *(f"  {_value(each)}," for each in value), "]"))
        else:
            lines.append(f"{key} = {_value(value)}")
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    return _quoted(str(value))


def _quoted(text: str) -> str:
    """A JSON string is a TOML string, but for DEL and for half a surrogate pair, which TOML forbids."""
    whole = text.encode("utf-8", "replace").decode()
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(text: str) -> str:
    return text if text.replace("-", "").replace("_", "").isalnum() and text.isascii() else _quoted(text)
