"""Speed of the board of a very large ledger, against the same board from every claim that still counts on the day.

    python -m benchmarks.board [--claims 1000000] [--actors 3000] [--folder FOLDER] [--ledger FILE]

The ledger is filled first, which takes some minutes; --ledger takes one that `--folder` left behind. Both boards are
also compared with each other. Exit code 1 when a figure misses its floor.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from benchmarks.ledger import START, best, fill, told
from holdfire.conclusions.board import board_from, read_board
from holdfire.conclusions.window import carried_back, read_window
from holdfire.ledger.connect import Ledger, open_ledger
from holdfire.model.entry import AsOf
from holdfire.model.posture import Board
from holdfire.pipeline import load_knowledge
from holdfire.rules.load import RuleSource
from holdfire.rules.rulebook import load_rulebook

SECONDS = 1.0
TIMES_FASTER = 5
# The quick board sees the latest claim of each conduct: hedged ones may hide a firm one of the days before.
SAME = 0.97


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--claims", type=int, default=1_000_000)
    options.add_argument("--actors", type=int, default=3000)
    options.add_argument("--folder", type=Path, help="where to write (else a temporary folder)")
    options.add_argument("--ledger", type=Path, help="a ledger that was filled before")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        path = given.ledger or (given.folder or Path(temporary)) / "board.db"
        with open_ledger(path) as ledger:
            if given.ledger is None:
                fill(ledger, given.claims, given.actors)
            return 0 if measured(ledger) else 1


def measured(ledger: Ledger) -> bool:
    """Time both boards and compare what they say."""
    source = RuleSource()
    rulebook, knowledge = load_rulebook(source), load_knowledge(source)
    asof = AsOf(valid_on=date(2030, 6, 30), known_by=START + timedelta(days=60))
    boards: dict[str, Board] = {}

    def quick() -> int:
        boards["quick"] = read_board(ledger, asof, rulebook=rulebook, knowledge=knowledge)
        return len(boards["quick"].postures)

    def whole() -> int:
        entries, since = read_window(ledger, asof, rulebook=rulebook)
        board = board_from(entries, asof, rulebook=rulebook, knowledge=knowledge)
        boards["whole"] = carried_back(board, ledger, asof, since, rulebook) if since else board
        return len(entries)

    actors, seconds, busy = best(quick, 5)
    entries, long, long_busy = best(whole, 1)
    same, asked = agreement(boards["quick"], boards["whole"])
    print(
        f"board of {actors:,} actors: {seconds:.2f} s ({busy:.2f} s of processor time); from all {entries:,} claims "
        f"that still count {long:.1f} s ({long_busy:.1f}), ratio {long_busy / busy:.1f}; {same:,} of {asked:,} deeds "
        f"and words the same; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    )
    return (
        told(busy <= SECONDS, f"at most {SECONDS} s of processor time")
        & told(long_busy / busy >= TIMES_FASTER, f"at least {TIMES_FASTER} times faster")
        & told(same >= SAME * asked, f"at least {SAME:.0%} the same")
    )


def agreement(one: Board, other: Board) -> tuple[int, int]:
    """How many deeds and words of the second board the first one shows too, and how many there are."""
    shown = {each.key: {found.conduct for found in each.findings} for each in one.postures}
    asked = [(each.key, found.conduct) for each in other.postures for found in each.findings]
    return sum(conduct in shown.get(key, ()) for key, conduct in asked), len(asked)


if __name__ == "__main__":
    sys.exit(main())
