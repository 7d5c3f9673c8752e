"""A board known by a moment never changes afterwards: new reports, rereadings and judgements leave it as it was."""

from datetime import date, timedelta
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.conclusions.as_json import board_to_json
from holdfire.conclusions.board import read_board
from holdfire.ledger import views
from holdfire.ledger.append import append_batch, begin_run
from holdfire.ledger.connect import open_ledger
from holdfire.ledger.judge import judge
from holdfire.model.entry import AsOf
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook
from tests.conclusions.invented import KNOWLEDGE, NOW, report

HOUR = timedelta(hours=1)
NAMES = {each.name: each.id for each in KNOWLEDGE.actors.values()}
LINES = st.builds(
    "{} | {} | {} | {}".format,
    st.dates(date(2031, 1, 1), date(2031, 2, 28)),
    st.sampled_from(("Amar Courier", "Hill Gazette")),
    st.sampled_from(("Valley Front", "Hill Pact", "Port Amar", "Old Council")),
    st.sampled_from(("attacking", "holding fire", "threatening", "backing", "condemning", "urging restraint")),
)


@lru_cache
def rulebook():
    return load_rulebook(RuleSource())


@settings(max_examples=25, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=6), st.lists(LINES, min_size=1, max_size=6), st.data())
def test_board_known_by_a_moment_stays(tmp_path_factory, first, later, data):
    with open_ledger(f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'my.db'}") as ledger:

        def read():
            asof = AsOf(valid_on=date(2031, 3, 1), known_by=NOW + HOUR)
            board = read_board(ledger, asof, rulebook=rulebook(), knowledge=KNOWLEDGE, compare=date(2031, 2, 20))
            return board_to_json(board)

        run = begin_run(ledger, command="read", rulebook_hash="rules", version="0", now=NOW)
        read_first = [report(line, NAMES) for line in dict.fromkeys(first)]
        append_batch(ledger, run, read_first, now=NOW)
        before = read()
        assert before["claims"] == len(read_first)

        append_batch(ledger, run, [report(line, NAMES) for line in dict.fromkeys(later)], now=NOW + 2 * HOUR)
        newer = begin_run(ledger, command="reread", rulebook_hash="newer", version="0", now=NOW + 3 * HOUR)
        append_batch(ledger, newer, [(document, ()) for document, _ in read_first[:2]], now=NOW + 3 * HOUR)
        judged = data.draw(st.sampled_from([each.claim.id for each in views.claims(ledger, AsOf())] or [""]))
        if judged:
            judge(ledger, judged, who="Ann", role="editor", verdict="reject", reason="so", now=NOW + 4 * HOUR)
        assert read() == before
