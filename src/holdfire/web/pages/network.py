"""The network: who backs, threatens, restrains or fights whom, with the sentence behind each tie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from holdfire.conclusions.network import read_network
from holdfire.model.network import Network, Node, Tie
from holdfire.web.conflicts import Choice, choices, conflict_of
from holdfire.web.looking import Looking, actor_path
from holdfire.web.pages.quoted import NAME_CHARS, Quoted, quoted
from holdfire.web.room import ReadingRoom
from holdfire.web.words import cut

# More than these cannot be told apart in a picture; the weakest ties are left to the table's end.
MOST_TIES = 150
RELATIONS = (
    "attacks", "threatens", "restrains", "backs", "condemns", "mediates", "talks", "member of", "backed by",
)  # fmt: skip
# What a tie says of its actor, as the conduct whose colour it is drawn in.
CONDUCTS = {
    "attacks": "attacking", "threatens": "threatening", "restrains": "urging restraint", "backs": "backing",
    "condemns": "condemning", "mediates": "mediating", "talks": "talking",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeLine:
    """An actor of the network with its posture."""

    key: str
    name: str
    page: str | None
    kind: str | None
    deed: str | None
    word: str | None
    side: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TieLine:
    """A tie with its best sentence; None for a tie of the knowledge base. `conduct` gives it its colour."""

    actor: str
    actor_name: str
    actor_page: str | None
    recipient: str
    recipient_name: str
    recipient_page: str | None
    relation: str
    conduct: str | None
    weight: float
    latest: date | None
    claims: int
    best: Quoted | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPage:
    """Actors and ties as of a day, strongest ties first; `left_out` ties are not shown."""

    valid_on: date | None
    known_by: datetime | None
    conflict: str | None
    conflicts: tuple[Choice, ...]
    first: date | None
    last: date | None
    relation: str
    nodes: tuple[NodeLine, ...]
    ties: tuple[TieLine, ...]
    left_out: int


def read_network_page(room: ReadingRoom, looking: Looking, *, relation: str) -> NetworkPage:
    """The strongest ties of the network, of one relation where one is asked for."""
    conflict = conflict_of(room, looking.conflict)
    held = room.extent(looking)
    network = room.concluded(
        ("network", looking.asof, conflict.id if conflict else None),
        lambda: read_network(
            room.ledger, looking.asof, rulebook=room.rulebook, knowledge=room.knowledge, conflict=conflict
        ),
    )
    nodes, ties, left_out = lines_of(network, relation=relation)
    return NetworkPage(
        valid_on=network.valid_on,
        known_by=network.known_by,
        conflict=network.conflict,
        conflicts=choices(room),
        first=held.first,
        last=held.last,
        relation=relation,
        nodes=nodes,
        ties=ties,
        left_out=left_out,
    )


def lines_of(
    network: Network, *, relation: str = "", most: int = MOST_TIES
) -> tuple[tuple[NodeLine, ...], tuple[TieLine, ...], int]:
    """The actors and strongest ties as lines, and how many ties are left out."""
    by_key = {each.key: each for each in network.nodes}
    wanted = [each for each in network.ties if not relation or each.relation == relation]
    # Ties that claims speak of come before those of the knowledge base, which say who belongs together.
    ranked = sorted(wanted, key=lambda each: (not each.entries, -each.weight, each.actor, each.recipient))
    kept = ranked[:most]
    named = {end for tie in kept for end in (tie.actor, tie.recipient)}
    nodes = tuple(_node(each) for each in network.nodes if each.key in named)
    return nodes, tuple(_tie(each, by_key) for each in kept), len(ranked) - len(kept)


def _node(node: Node) -> NodeLine:
    return NodeLine(
        key=node.key[: NAME_CHARS * 4], name=cut(node.name, NAME_CHARS), page=actor_path(node.key), kind=node.kind,
        deed=node.deed, word=node.word, side=node.side,
    )  # fmt: skip


def _tie(tie: Tie, nodes: dict[str, Node]) -> TieLine:
    actor, recipient = nodes.get(tie.actor), nodes.get(tie.recipient)
    return TieLine(
        actor=tie.actor[: NAME_CHARS * 4],
        actor_name=cut(actor.name if actor else tie.actor, NAME_CHARS),
        actor_page=actor_path(tie.actor),
        recipient=tie.recipient[: NAME_CHARS * 4],
        recipient_name=cut(recipient.name if recipient else tie.recipient, NAME_CHARS),
        recipient_page=actor_path(tie.recipient),
        relation=tie.relation,
        conduct=CONDUCTS.get(tie.relation),
        weight=round(tie.weight, 3),
        latest=tie.latest,
        claims=len(tie.entries),
        best=quoted(tie.entries[0]) if tie.entries else None,
    )
