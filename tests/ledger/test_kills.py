"""Killed at any moment, a writer leaves a sound ledger: nothing reported is lost, nothing is doubled, work goes on."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from holdfire.errors import LedgerError
from holdfire.ledger import views
from holdfire.ledger.check import check, content_hash
from holdfire.ledger.connect import open_ledger
from holdfire.model.entry import AsOf
from tests.ledger.conftest import Server
from tests.ledger.writer import start, told, write_all

NOW = AsOf()


def undisturbed(url: str) -> tuple[str, float]:
    """The content hash that a whole batch comes to, and the seconds that a process needs for it."""
    process, said = start(url)
    said.recv()
    began = time.perf_counter()
    process.join(120)
    took = time.perf_counter() - began
    assert told(said)[1], "the writer did not finish"
    with open_ledger(url) as ledger:
        assert not list(check(ledger))
        return content_hash(ledger), took


def kill_at(url: str, delay: float) -> set[str]:
    """Start a writer, kill it after so many seconds; what it had reported as stored."""
    process, said = start(url)
    time.sleep(delay)
    process.kill()
    process.join(30)
    return told(said)[0]


def assert_sound_and_whole(url: str, stored: set[str], expected: str) -> None:
    with open_ledger(url, wait_seconds=30) as ledger:
        assert not list(check(ledger))
        held = Counter(each.id for each in views.documents(ledger, NOW))
        assert stored <= held.keys()
        assert set(held.values()) <= {1}
        claims = Counter(each.claim.id for each in views.claims(ledger, NOW))
        assert set(claims.values()) <= {1}
        write_all(ledger)
        assert content_hash(ledger) == expected
        assert not list(check(ledger))


def kill_often(fresh: Callable[[], str], times: int, seed: int) -> None:
    expected, took = undisturbed(fresh())
    chance = random.Random(seed)
    for _ in range(times):
        url = fresh()
        # From before the tables are made until after the last commit.
        stored = kill_at(url, chance.uniform(0, 1.3 * took))
        assert_sound_and_whole(url, stored, expected)


def test_killed_at_forty_points_on_sqlite(quick_path: Path) -> None:
    numbers = iter(range(1000))
    kill_often(lambda: str(quick_path / f"{next(numbers)}.db"), 40, seed=11)


def test_killed_at_some_points_on_postgresql(postgresql: Server) -> None:
    used: list[str] = []

    def fresh() -> str:
        # A database of an earlier round, emptied, is as good as new and made faster.
        postgresql.free += used
        used.clear()
        used.append(postgresql.ready())
        return used[0]

    kill_often(fresh, 6, seed=12)
    postgresql.free += used


@pytest.mark.soak
def test_killed_at_four_hundred_points(tmp_path: Path) -> None:
    numbers = iter(range(1000))
    kill_often(lambda: str(tmp_path / f"{next(numbers)}.db"), 400, seed=13)


def test_killed_again_and_again_the_batch_still_comes_to_its_end(quick_path: Path) -> None:
    expected, took = undisturbed(str(quick_path / "whole.db"))
    url = str(quick_path / "killed.db")
    chance = random.Random(14)
    stored: set[str] = set()
    for _ in range(6):
        stored |= kill_at(url, chance.uniform(0.1 * took, 0.5 * took))
    assert_sound_and_whole(url, stored, expected)


def test_two_processes_that_write_at_once_take_turns(fresh_url: Callable[[], str]) -> None:
    url = fresh_url()
    open_ledger(url).close()
    both = [start(url) for _ in "ab"]
    for process, _ in both:
        process.join(120)
    assert all(told(said)[1] for _, said in both)
    with open_ledger(url) as ledger:
        assert not list(check(ledger))
        before = content_hash(ledger)
        assert set(Counter(each.claim.id for each in views.claims(ledger, NOW)).values()) == {1}
        write_all(ledger)
        assert content_hash(ledger) == before


def test_a_second_writer_is_told_who_writes_and_readers_are_not_stopped(fresh_url: Callable[[], str]) -> None:
    url = fresh_url()
    with open_ledger(url) as ours:
        write_all(ours)
        with open_ledger(url, wait_seconds=0.1) as other, open_ledger(url, read_only=True) as reader:
            with pytest.raises(
                LedgerError, match=r"writing to it \(process \d+, command '.+'.*reading is possible meanwhile"
            ):
                write_all(other)
            assert list(views.claims(reader, NOW, limit=1))
            ours.release()
            write_all(other)
