"""A network as a NetworkX graph, and as GraphML text, for the tools of those who study networks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.model.network import Network

if TYPE_CHECKING:
    import networkx as nx


def as_graph(network: Network) -> nx.MultiDiGraph[str]:
    """A directed graph with an edge for each tie, from who acts to whom it is done.

    Nodes bear name, kind, deed, word and side, edges relation, weight, latest day, number of claims, their ids parted
    by blanks, and the best sentence; what is not known is left out.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        **_known(
            conflict=network.conflict,
            valid_on=network.valid_on.isoformat() if network.valid_on else None,
            known_by=network.known_by.isoformat() if network.known_by else None,
        )
    )
    for node in network.nodes:
        graph.add_node(
            node.key, **_known(name=node.name, kind=node.kind, deed=node.deed, word=node.word, side=node.side)
        )
    for tie in network.ties:
        graph.add_edge(
            tie.actor,
            tie.recipient,
            key=tie.relation,
            **_known(
                relation=tie.relation,
                weight=round(tie.weight, 3),
                latest=tie.latest.isoformat() if tie.latest else None,
                claims=len(tie.entries),
                claim_ids=" ".join(each.claim.id for each in tie.entries) or None,
                sentence=_plain(tie.entries[0].claim.evidence.text) if tie.entries else None,
            ),
        )
    return graph


def as_graphml(network: Network) -> str:
    """The graph as GraphML, in the order of the network's nodes and ties."""
    import networkx as nx

    return "\n".join(nx.generate_graphml(as_graph(network), named_key_ids=True)) + "\n"


def _known(**values: Any) -> dict[str, Any]:
    return {name: each for name, each in values.items() if each is not None}


def _plain(text: str) -> str:
    """The words without characters that XML cannot carry."""
    return "".join(each for each in " ".join(text.split()) if each.isprintable())
