"""Environment and holdfire.toml to one frozen value; options given on the command line come first."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from holdfire.errors import UsageError

CONFIG_FILE = "holdfire.toml"
_KEYS = {"ledger": str, "rules": list}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run needs to know. `ledger` is a database URL; `rules` are folders added to the shipped rules."""

    ledger: str
    rules: tuple[Path, ...] = ()


def load_settings(
    *,
    ledger: str | None = None,
    rules: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """Settings from, first to last: the arguments, HOLDFIRE_LEDGER and HOLDFIRE_RULES, holdfire.toml, defaults.

    The default for rules is the user's own folder, where there is one.

    holdfire.toml is looked for where HOLDFIRE_CONFIG says, else in `folder` (the working folder), else in the user's
    configuration folder; relative paths in it count from its own folder. Raises UsageError for a file that cannot be
    read, or that holds a key nobody knows, and for a rules folder that is none.
    """
    environ = os.environ if environ is None else environ
    found, base = _config(environ, folder or Path.cwd())
    where = ledger or environ.get("HOLDFIRE_LEDGER") or (_beside(base, found["ledger"]) if "ledger" in found else None)
    named = list(rules) or [each for each in environ.get("HOLDFIRE_RULES", "").split(os.pathsep) if each]
    folders = [Path(each) for each in named] or [base / each for each in found.get("rules", ())]
    # What `holdfire actors import` has written, unless the user says where the rules are.
    if not folders and "rules" not in found and own_rules().is_dir():
        folders = [own_rules()]
    for each in folders:
        if not each.is_dir():
            raise UsageError(f"Reading rules: {each} is no folder. Check --rules, HOLDFIRE_RULES and {CONFIG_FILE}.")
    return Settings(ledger=ledger_url(where or str(default_ledger())), rules=tuple(folders))


def own_rules() -> Path:
    """The user's own rules folder, read where no other is named."""
    from platformdirs import user_data_path

    return user_data_path("holdfire", appauthor=False) / "rules"


def cache_folder() -> Path:
    """Where what was made from rules is kept between runs: the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("holdfire", appauthor=False)


def default_ledger() -> Path:
    """Where the ledger is kept when nothing else is said: the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("holdfire", appauthor=False) / "holdfire.db"


def ledger_url(text: str) -> str:
    """A database URL as it stands; a path becomes that of an SQLite file."""
    return text if "://" in text else f"sqlite:///{Path(text).expanduser().absolute()}"


def _beside(base: Path, ledger: str) -> str:
    return ledger if "://" in ledger else str(base / Path(ledger).expanduser())


def _config(environ: Mapping[str, str], folder: Path) -> tuple[dict[str, Any], Path]:
    named = environ.get("HOLDFIRE_CONFIG")
    path = Path(named) if named else folder / CONFIG_FILE
    if not named and not path.is_file():
        from platformdirs import user_config_path

        path = user_config_path("holdfire", appauthor=False) / CONFIG_FILE
        if not path.is_file():
            return {}, folder
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except OSError as why:
        raise UsageError(f"Reading settings: {path} cannot be read: {why.strerror}. Check HOLDFIRE_CONFIG.") from why
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise UsageError(f"Reading settings: {path} is not valid TOML: {why}. Mend the line that it names.") from why
    for key, value in found.items():
        if key not in _KEYS:
            raise UsageError(f"Reading settings: {path} holds an unknown key '{key}'. Known: {', '.join(_KEYS)}.")
        if not isinstance(value, _KEYS[key]):
            raise UsageError(f"Reading settings: '{key}' in {path} must be a {_KEYS[key].__name__}.")
    return found, path.parent.absolute()
