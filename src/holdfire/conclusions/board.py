"""The board of an open ledger: everybody's posture as of a day and a moment of knowing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.analysis.conflict import entries_of, is_in_days
from holdfire.analysis.posture import board_of
from holdfire.conclusions.light import LIGHT, light_board
from holdfire.conclusions.window import carried_back, read_window
from holdfire.ledger.connect import Ledger
from holdfire.ledger.overview import extent
from holdfire.ledger.views import claims
from holdfire.model.entry import AsOf, LedgerEntry
from holdfire.model.posture import Board
from holdfire.rules.conflicts import Conflict
from holdfire.rules.rulebook import Rulebook


def read_board(
    ledger: Ledger,
    asof: AsOf,
    *,
    rulebook: Rulebook,
    knowledge: KnowledgeBase,
    conflict: Conflict | None = None,
    compare: date | None = None,
) -> Board:
    """The board as of a day; without one, of the latest day that the ledger speaks of.

    conflict: only what belongs to it. compare: an earlier day whose postures are given beside (`Board.earlier`).
    """
    with ledger.snapshot() as seen:
        held = extent(seen, asof)
        if conflict is None and held.claims > LIGHT:
            return light_board(seen, asof, held, rulebook=rulebook, knowledge=knowledge, compare=compare)
        told, since = read_window(seen, asof, rulebook=rulebook)
        if since is not None and compare is not None:
            told = _with_earlier(told, seen, AsOf(valid_on=compare, known_by=asof.known_by), rulebook)
        board = board_from(told, asof, rulebook=rulebook, knowledge=knowledge, conflict=conflict, compare=compare)
        return carried_back(board, seen, asof, since, rulebook) if since is not None else board


def board_from(
    told: Sequence[LedgerEntry],
    asof: AsOf,
    *,
    rulebook: Rulebook,
    knowledge: KnowledgeBase,
    conflict: Conflict | None = None,
    compare: date | None = None,
) -> Board:
    """As `read_board`, from entries that were read already: of every conflict, seen at `asof`."""
    entries = list(entries_of(conflict, told, knowledge=knowledge)) if conflict else told
    board = board_of(entries, asof=asof, rulebook=rulebook, knowledge=knowledge, conflict=conflict, compare=compare)
    return replace(board, untied=sum(is_in_days(each, conflict) for each in told) - len(entries)) if conflict else board


def _with_earlier(told: list[LedgerEntry], ledger: Ledger, before: AsOf, rulebook: Rulebook) -> list[LedgerEntry]:
    """The entries with those that an earlier day is drawn from."""
    known = {each.claim.id for each in told}
    earlier, _ = read_window(ledger, before, rulebook=rulebook)
    return told + [each for each in earlier if each.claim.id not in known]


def read_entries(
    ledger: Ledger, asof: AsOf, *, knowledge: KnowledgeBase, conflict: Conflict | None = None
) -> list[LedgerEntry]:
    """The claims that conclusions are drawn from: those seen at `asof`, and of the conflict where one is given."""
    with ledger.snapshot() as seen:
        entries = list(claims(seen, asof))
    return list(entries_of(conflict, entries, knowledge=knowledge)) if conflict else entries
