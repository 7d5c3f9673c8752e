"""A large ledger is read in part, and says the same as when it is read as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from benchmarks.claims import reports

from holdfire.conclusions import window
from holdfire.conclusions.actor import read_actor
from holdfire.conclusions.board import read_board
from holdfire.conclusions.network import read_network
from holdfire.errors import HoldfireError
from holdfire.ledger.append import append_batch, begin_run
from holdfire.ledger.connect import Ledger, open_ledger
from holdfire.ledger.judge import judge
from holdfire.model.entry import AsOf
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook
from tests.conclusions.invented import KNOWLEDGE

NOW = datetime(2031, 1, 1, tzinfo=UTC)
RULEBOOK = load_rulebook(RuleSource())
WITH = {"rulebook": RULEBOOK, "knowledge": KNOWLEDGE}
DAYS = [date(2028, 3, 1), date(2029, 7, 14), date(2030, 12, 20), None]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Three years of reports by forty parties, some of them judged."""
    path: Path = tmp_path_factory.mktemp("window") / "ledger.db"
    with open_ledger(path) as opened:
        run = begin_run(opened, command="read", rulebook_hash="rules", version="0", now=NOW)
        held = list(reports(600, claims_each=4, actors=40))
        append_batch(opened, run, held, now=NOW)
        for number, (_, claims) in enumerate(held[::60]):
            verdict = ("reject", "accept", "correct")[number % 3]
            changes = {"conduct": "mediating"} if verdict == "correct" else None
            judge(opened, claims[0].id, who="Ann", role="editor", verdict=verdict, reason="looked", changes=changes,
                  now=NOW)  # fmt: skip
        yield opened


def shown(board):
    """What a reader sees of postures: their conducts, since when, told last when."""
    return {
        each.key: [(found.conduct, found.since, found.latest) if found else None for found in (each.deed, each.word)]
        for each in board.postures
        if each.findings
    }


@pytest.mark.parametrize("day", DAYS)
def test_board_of_a_window_is_that_of_the_whole(ledger, day, monkeypatch):
    asof = AsOf(valid_on=day)
    whole = read_board(ledger, asof, **WITH)
    monkeypatch.setattr(window, "WHOLE", 0)
    part = read_board(ledger, asof, **WITH)
    assert part.claims < whole.claims or day == DAYS[0]
    assert part.valid_on == whole.valid_on
    assert len(shown(whole)) > 20
    assert shown(part) == shown(whole)


def test_what_is_compared_is_read_as_well(ledger, monkeypatch):
    asof, compare = AsOf(valid_on=date(2030, 6, 1)), date(2028, 6, 1)
    whole = read_board(ledger, asof, compare=compare, **WITH)
    monkeypatch.setattr(window, "WHOLE", 0)
    part = read_board(ledger, asof, compare=compare, **WITH)
    assert shown(part) == shown(whole)
    then = [shown(replace(each, postures=each.earlier)) for each in (part, whole)]
    assert {key: [found and found[0] for found in row] for key, row in then[0].items()} == {
        key: [found and found[0] for found in row] for key, row in then[1].items()
    }


@pytest.mark.parametrize("key", ["group.0", "group.7", "group.39"])
def test_actor_of_a_window_is_that_of_the_whole(ledger, key, monkeypatch):
    asof = AsOf(valid_on=date(2030, 6, 1))
    whole = read_actor(ledger, key, asof, **WITH)
    monkeypatch.setattr(window, "WHOLE", 0)
    part = read_actor(ledger, key, asof, **WITH)
    last = [[(each.family, each.conduct, each.end) for each in view.timeline.spells[-6:]] for view in (part, whole)]
    assert last[0] == last[1]
    assert [part.posture.deed and part.posture.deed.conduct, part.posture.word and part.posture.word.conduct] == [
        whole.posture.deed and whole.posture.deed.conduct, whole.posture.word and whole.posture.word.conduct,
    ]  # fmt: skip
    assert part.name == whole.name


def test_network_of_a_window_has_the_same_actors(ledger, monkeypatch):
    asof = AsOf(valid_on=date(2030, 6, 1))
    whole = read_network(ledger, asof, **WITH)
    monkeypatch.setattr(window, "WHOLE", 0)
    part = read_network(ledger, asof, **WITH)
    assert [(each.key, each.deed, each.word) for each in part.nodes] == [
        (each.key, each.deed, each.word) for each in whole.nodes
    ]


def test_actor_of_a_large_ledger_is_found_by_name_too(ledger, monkeypatch):
    monkeypatch.setattr(window, "WHOLE", 0)
    assert read_actor(ledger, "GROUP 39", AsOf(), **WITH).key == "group.39"
    with pytest.raises(HoldfireError, match="several answer"):
        read_actor(ledger, "roup", AsOf(), **WITH)
    with pytest.raises(HoldfireError, match="nobody"):
        read_actor(ledger, "Zebra", AsOf(), **WITH)


def test_actor_long_quiet_is_still_shown(ledger, monkeypatch):
    monkeypatch.setattr(window, "WHOLE", 0)
    view = read_actor(ledger, "group.39", AsOf(valid_on=date(2040, 1, 1)), **WITH)
    assert view.posture.deed is None
    assert view.names
