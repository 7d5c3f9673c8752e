"""The board's column of silence: beside the postures, never among them."""

from datetime import date

from holdfire.cli.board_page import print_board
from holdfire.model.posture import Board
from holdfire.model.silence import Quietness
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook
from tests.briefs.invented import POSTURES


def printed(capsys, **more):
    board = Board(
        valid_on=date(2031, 3, 9),
        known_by=None,
        conflict=None,
        reports=1,
        outlets=1,
        claims=1,
        postures=tuple(POSTURES),
    )
    print_board(board, load_rulebook(RuleSource()), **more)
    return capsys.readouterr().out


def test_silence_is_the_last_column_and_says_that_it_was_counted(capsys):
    shown = next(each for each in POSTURES if each.findings)
    said = Quietness(
        key=shown.key, name=shown.name, on=date(2031, 3, 9), word="not reported", reason="", window=28, seen=0
    )
    out = printed(capsys, silence={shown.key: said})
    heads = next(line for line in out.splitlines() if line.startswith("actor"))
    assert heads.endswith("counted")
    line = next(line for line in out.splitlines() if line.startswith(shown.name[:10]))
    assert line.endswith("not reported")
    assert "none of them restraint" in out


def test_without_it_the_board_is_as_before(capsys):
    assert "counted" not in printed(capsys).lower()
