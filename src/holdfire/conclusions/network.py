"""The network of an open ledger: who backs, threatens, restrains or fights whom as of a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.analysis.conflict import entries_of
from holdfire.analysis.network import network_of
from holdfire.analysis.posture import board_of
from holdfire.conclusions.window import read_window
from holdfire.ledger.connect import Ledger
from holdfire.model.entry import AsOf
from holdfire.model.network import Network
from holdfire.rules.conflicts import Conflict
from holdfire.rules.rulebook import Rulebook


def read_network(
    ledger: Ledger, asof: AsOf, *, rulebook: Rulebook, knowledge: KnowledgeBase, conflict: Conflict | None = None
) -> Network:
    """Everybody on the board and everybody acted on, with the ties between them."""
    with ledger.snapshot() as seen:
        told, _ = read_window(seen, asof, rulebook=rulebook)
    entries = list(entries_of(conflict, told, knowledge=knowledge)) if conflict else told
    board = board_of(entries, asof=asof, rulebook=rulebook, knowledge=knowledge, conflict=conflict)
    return network_of(board, entries, rulebook=rulebook, knowledge=knowledge)


def narrowed(network: Network, *, names: Collection[str] = (), relations: Collection[str] = ()) -> Network:
    """The ties with one of these relations of somebody whose name holds one of these words, and those at their ends.

    Without words, or relations, all; then nobody is left out who has no tie.
    """
    if not names and not relations:
        return network
    wanted = {
        node.key
        for node in network.nodes
        if not names or any(each.casefold() in node.name.casefold() for each in names)
    }
    ties = tuple(
        each
        for each in network.ties
        if (each.actor in wanted or each.recipient in wanted) and (not relations or each.relation in relations)
    )
    ends = {end for tie in ties for end in (tie.actor, tie.recipient)}
    return replace(network, nodes=tuple(each for each in network.nodes if each.key in ends), ties=ties)
