"""Which tables a ledger has: an empty one gets them, an old one is migrated, a newer or foreign one is refused."""

from __future__ import annotations

from importlib import resources

from sqlalchemy import Engine, inspect, select, table, text
from sqlalchemy.sql import column

from holdfire.errors import LedgerError, OlderLedger

# Every revision that this version can read and migrate from, oldest first; the last is what it writes.
REVISIONS = ("0001", "0002", "0003")
HEAD = REVISIONS[-1]


def check_revision(engine: Engine, name: str, *, read_only: bool = False) -> bool:
    """True when the tables are those that this version writes, False when they can be made or migrated.

    Raises LedgerError for a database of another program, for a newer ledger, and for one that must be migrated but
    was opened for reading only.
    """
    tables = set(inspect(engine).get_table_names())
    if "alembic_version" not in tables:
        others = sorted(tables)
        if others:
            raise LedgerError(
                f"Opening the ledger {name}: it is a database of another program (tables {', '.join(others[:3])}…). "
                "Nothing was changed. Give another path."
            )
        if read_only:
            raise LedgerError(f"Opening the ledger {name}: it is empty. Read a report into it first.")
        return False
    with engine.connect() as connection:
        found = connection.execute(select(column("version_num")).select_from(table("alembic_version"))).scalar()
    if found == HEAD:
        return True
    if found is not None and found not in REVISIONS:
        raise LedgerError(
            f"Opening the ledger {name}: it was written by a newer Holdfire (revision {found}; this one knows {HEAD}). "
            "Nothing was changed. Upgrade Holdfire."
        )
    if read_only:
        raise OlderLedger(
            f"Opening the ledger {name}: it was written by an older Holdfire and must be migrated, but it was opened "
            "for reading only. Open it once for writing: 'holdfire ledger check'."
        )
    return False


def bring_up_to_date(engine: Engine, name: str, *, revision: str = "head") -> None:
    """Make or migrate the tables, in one transaction, up to `revision`."""
    # Alembic is slow to import, and nearly every ledger that is opened is up to date.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resources.files("holdfire.ledger") / "migrations"))
    with engine.connect().execution_options(holdfire_writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def is_empty(engine: Engine) -> bool:
    """True when nothing was ever recorded."""
    with engine.connect() as connection:
        return not connection.execute(text("select count(*) from links")).scalar()
