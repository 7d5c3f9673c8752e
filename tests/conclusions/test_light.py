"""The quick board of very large ledgers, against the board of every claim."""

from datetime import date, timedelta
from functools import lru_cache

import pytest

from holdfire.conclusions.board import board_from, read_entries
from holdfire.conclusions.light import light_board
from holdfire.ledger import views
from holdfire.ledger.append import append_batch, begin_run
from holdfire.ledger.connect import open_ledger
from holdfire.ledger.judge import judge
from holdfire.ledger.overview import extent
from holdfire.model.entry import AsOf
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook
from tests.conclusions.invented import KNOWLEDGE, NOW, report

NAMES = {each.name: each.id for each in KNOWLEDGE.actors.values()}
ACTORS = ("Valley Front", "Hill Pact", "Port Amar", "Isle", "Old Council", "Harbour League")
CONDUCTS = ("attacking", "holding fire", "threatening", "backing", "condemning", "urging restraint")


@lru_cache
def rulebook():
    return load_rulebook(RuleSource())


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """A report every third day for half a year, actors and conducts taking turns unevenly; two reports judged."""
    lines = [
        f"{date(2031, 1, 1) + timedelta(days=number // 3 * 3)} | {('Amar Courier', 'Hill Gazette')[number % 2]}"
        f" | {ACTORS[number * 5 // 3 % 6]} | {CONDUCTS[number * 7 // 5 % 6]}"
        for number in range(180)
    ]
    with open_ledger(f"sqlite:///{tmp_path_factory.mktemp('light') / 'my.db'}") as opened:
        run = begin_run(opened, command="test", rulebook_hash="rules", version="0", now=NOW)
        append_batch(opened, run, [report(line, NAMES) for line in dict.fromkeys(lines)], now=NOW)
        latest = [each.claim.id for each in views.claims(opened, AsOf(), limit=2)]
        judge(opened, latest[0], who="Ann", role="editor", verdict="reject", reason="so", now=NOW)
        judge(opened, latest[1], who="Ann", role="editor", verdict="correct", reason="so", now=NOW,
              changes={"certainty": "rumoured"})  # fmt: skip
        yield opened


def seen(board):
    """Deeds and words with since when and until when, and what changed."""
    return {
        each.key: (
            [(one.conduct, one.since, one.latest) for one in each.findings],
            each.change and (each.change.on, each.change.before, each.change.after),
            [one.conduct for one in each.unconfirmed],
        )
        for each in board.postures
    }


@pytest.mark.parametrize("day", [None, date(2031, 2, 15), date(2031, 4, 30)])
@pytest.mark.parametrize("back", [None, 30])
def test_it_says_what_the_board_of_every_claim_says(ledger, day, back):
    asof = AsOf(valid_on=day)
    held = extent(ledger, asof)
    compare = (day or held.last) - timedelta(days=back) if back else None
    options = {"rulebook": rulebook(), "knowledge": KNOWLEDGE, "compare": compare}
    quick = light_board(ledger, asof, held, **options)
    whole = board_from(read_entries(ledger, asof, knowledge=KNOWLEDGE), asof, **options)
    assert seen(quick) == seen(whole)
    assert len(quick.postures) == 6
    earlier = [{each.key: [one.conduct for one in each.findings] for each in one.earlier} for one in (quick, whole)]
    assert earlier[0] == earlier[1]
