"""Ledgers to test with: SQLite always; PostgreSQL from a server of our own, where Debian's package is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from holdfire.ledger.append import begin_run
from holdfire.ledger.connect import Ledger, open_ledger
from holdfire.ledger.tables import METADATA
from holdfire.model.entry import Run
from tests.ledger.invented import NOON, RULES


@dataclass
class Server:
    """A PostgreSQL server on a free port, with its own folder and account rules."""

    binaries: Path
    folder: Path
    port: int
    user: str | None
    count: int = 0
    free: list[str] = field(default_factory=list)

    def call(self, program: str, *arguments: str) -> None:
        """Run one of its programs as the account that owns the folder."""
        subprocess.run(
            [str(self.binaries / program), *arguments], check=True, user=self.user, cwd=self.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        )  # fmt: skip

    def start(self) -> None:
        """Start it, on localhost only."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off -k {self.folder}"
        self.call(
            "pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log"), "-o", options, "start"
        )

    def stop(self) -> None:
        """Stop it at once, as a failing machine would."""
        with suppress(subprocess.CalledProcessError):
            self.call("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def url(self, name: str, *, password: str = "right") -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://desk:{password}@127.0.0.1:{self.port}/{name}"

    def fresh(self) -> str:
        """The address of a new, empty database."""
        self.count += 1
        name = f"ledger{self.count}"
        self.call("createdb", "-h", str(self.folder), "-p", str(self.port), "-U", "desk", name)
        return self.url(name)

    def ready(self) -> str:
        """The address of an empty ledger: one that an earlier test has given back, else a new one."""
        url = self.free.pop() if self.free else self.fresh()
        with open_ledger(url) as ledger, ledger.engine.connect() as connection, connection.begin():
            connection.execute(text(f"truncate {', '.join(METADATA.tables)}"))
        return url


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A running server, for the whole session."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's server is not installed (apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="psycopg is not installed (the 'postgresql' extra)")
    # The server refuses root, and pytest's own folders are closed to other accounts.
    user = None
    memory = Path("/dev/shm")
    quick = memory if memory.is_dir() and shutil.disk_usage(memory).free > 2**30 else None
    folder = Path(tempfile.mkdtemp(prefix="holdfire-pg-", dir=quick))
    if os.getuid() == 0:
        try:
            user = pwd.getpwnam("postgres").pw_name
        except KeyError:
            pytest.skip("running as root, and there is no 'postgres' account to run the server")
        shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(binaries=binaries, folder=folder, port=port, user=user)
    try:
        secret = folder / "secret"
        secret.write_text("right")
        if user:
            shutil.chown(secret, user)
        server.call("initdb", "-D", str(folder / "data"), "-U", "desk", "--auth-local=trust",
                    "--auth-host=scram-sha-256", "--pwfile", str(secret),
                    "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: what is tested is not the disk."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or shutil.disk_usage(memory).free < 2**28:
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="holdfire-", dir=memory))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_url(request: pytest.FixtureRequest, quick_path: Path) -> Iterator[Callable[[], str]]:
    """Makes addresses of new, empty ledgers, on each database in turn."""
    made: list[str] = []
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgresql")

        def ready() -> str:
            made.append(server.ready())
            return made[-1]

        yield ready
        server.free += made
        return

    def fresh() -> str:
        made.append(str(quick_path / f"ledger{len(made)}.db"))
        return made[-1]

    yield fresh


@pytest.fixture
def ledger(fresh_url: Callable[[], str]) -> Iterator[Ledger]:
    """A new, empty ledger on each database in turn."""
    with open_ledger(fresh_url()) as opened:
        yield opened


@pytest.fixture
def run(ledger: Ledger) -> Run:
    """A run begun at noon."""
    return begin_run(ledger, command="read", rulebook_hash=RULES, version="0.1.0", now=NOON)
