"""The application over the invented newsroom's ledger, without a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from holdfire.ledger.connect import Ledger, open_ledger
from holdfire.pipeline import load_knowledge
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook
from holdfire.web.app import create_app
from holdfire.web.room import ReadingRoom, open_room
from tests.web.newsroom import Reading, fill, hostile


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the session's ledgers."""
    return tmp_path_factory.mktemp("web")


@pytest.fixture(scope="session")
def told(folder: Path) -> list[Reading]:
    """What the ledger was given."""
    return fill(folder / "news.db", hostile())


@pytest.fixture(scope="session")
def ledger(folder: Path, told: list[Reading]) -> Iterator[Ledger]:
    """The ledger, opened as `holdfire serve` opens it."""
    with open_ledger(folder / "news.db", create=False, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def room(ledger: Ledger) -> ReadingRoom:
    """The reading room over it, with the shipped rules."""
    source = RuleSource()
    return open_room(ledger, source, rulebook=load_rulebook(source), knowledge=load_knowledge(source))


@pytest.fixture(scope="session")
def client(room: ReadingRoom) -> TestClient:
    """Somebody who asks for pages; an error within the application is raised, not answered."""
    return TestClient(create_app(room), base_url="http://127.0.0.1")
