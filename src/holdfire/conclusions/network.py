"""The network of an open ledger: who backs, threatens, restrains or fights whom as of a day."""

from __future__ import annotations

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.analysis.network import network_of
from holdfire.analysis.posture import board_of
from holdfire.conclusions.board import read_entries
from holdfire.ledger.connect import Ledger
from holdfire.model.entry import AsOf
from holdfire.model.network import Network
from holdfire.rules.conflicts import Conflict
from holdfire.rules.rulebook import Rulebook


def read_network(
    ledger: Ledger, asof: AsOf, *, rulebook: Rulebook, knowledge: KnowledgeBase, conflict: Conflict | None = None
) -> Network:
    """Everybody on the board and everybody acted on, with the ties between them."""
    entries = read_entries(ledger, asof, knowledge=knowledge, conflict=conflict)
    board = board_of(entries, asof=asof, rulebook=rulebook, knowledge=knowledge, conflict=conflict)
    return network_of(board, entries, rulebook=rulebook, knowledge=knowledge)
