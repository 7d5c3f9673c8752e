"""Who backs, threatens, restrains or fights whom: ties between actors, from claims and from the knowledge base."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from holdfire.actors.knowledge import KnowledgeBase, within
from holdfire.analysis.belonging import own_keys
from holdfire.analysis.evidence import CONFIRMED, report_of
from holdfire.model.actor import Mention, party_key
from holdfire.model.correction import is_rejected
from holdfire.model.entry import LedgerEntry
from holdfire.model.network import Network, Node, Tie, TieRelation
from holdfire.model.posture import Board
from holdfire.rules.rulebook import Rulebook

# What each conduct towards somebody amounts to. Others tie nobody.
_RELATIONS: Mapping[str, TieRelation] = {
    "attacking": "attacks", "coercing": "attacks", "threatening": "threatens", "urging restraint": "restrains",
    "backing": "backs", "arming": "backs", "aiding": "backs", "condemning": "condemns", "mediating": "mediates",
    "talking": "talks", "agreeing": "talks", "conceding": "talks",
}  # fmt: skip
_LASTING: tuple[TieRelation, ...] = ("member of", "backed by")
# A tie whose reports have faded below this is none any more.
_FAINT = 0.06


def network_of(
    board: Board, entries: Iterable[LedgerEntry], *, rulebook: Rulebook, knowledge: KnowledgeBase
) -> Network:
    """The ties that hold on the day of the board: those that claims tell of, and the knowledge base's among the same.

    Rumours, denials and rejected claims tie nobody. The order of the entries does not matter.
    """
    day = board.valid_on
    told: dict[tuple[str, str, TieRelation], list[tuple[float, LedgerEntry]]] = defaultdict(list)
    names: dict[str, str] = {}
    kept = list(entries)
    # A refinery is struck, but is no actor; somebody whom the knowledge base lacks is one where it acts.
    acting = {key for each in kept for key in own_keys(each)}
    for entry in kept:
        relation = _RELATIONS.get(entry.claim.conduct or "")
        if relation is None or day is None or entry.valid_from is None or entry.valid_from > day:
            continue
        if is_rejected(entry.judgements) or entry.claim.certainty not in CONFIRMED:
            continue
        report = report_of(entry, rulebook=rulebook, knowledge=knowledge)
        conduct = rulebook.conducts[report.conduct]
        weight = report.weight * 0.5 ** (max(0, (day - report.last).days) / conduct.half_life_days)
        for one in entry.claim.actor:
            for other in entry.claim.recipient:
                ends = party_key(one.id, one.text), _recipient_key(other)
                if ends[0] != ends[1] and (ends[1] in acting or knowledge.get(ends[1])):
                    told[*ends, relation].append((weight, entry))
                    names.setdefault(ends[0], one.name or one.text)
                    names.setdefault(ends[1], other.name or other.text)
    ties = [_tie(*ends, found) for ends, found in told.items() if sum(weight for weight, _ in found) >= _FAINT]
    postures = {each.key: each for each in board.postures}
    keys = {each for tie in ties for each in (tie.actor, tie.recipient)} | postures.keys()
    ties += _known_ties(keys, knowledge, day)
    nodes = []
    for key in sorted(keys):
        posture, actor = postures.get(key), knowledge.get(key)
        nodes.append(
            Node(
                key=key,
                name=actor.name if actor else posture.name if posture else names.get(key, key),
                kind=actor.kind if actor else None,
                deed=posture.deed.conduct if posture and posture.deed else None,
                word=posture.word.conduct if posture and posture.word else None,
                side=posture.side if posture else None,
            )
        )
    return Network(
        valid_on=day, known_by=board.known_by, conflict=board.conflict, nodes=tuple(nodes),
        ties=tuple(sorted(ties, key=lambda each: (each.actor, each.recipient, each.relation))),
    )  # fmt: skip


def _recipient_key(mention: Mention) -> str:
    """The key of whom a mention means, or whom it belongs to ("its commanders")."""
    return mention.id or mention.affiliation or party_key(None, mention.text)


def _tie(actor: str, recipient: str, relation: TieRelation, found: list[tuple[float, LedgerEntry]]) -> Tie:
    ranked = sorted(found, key=lambda each: (-each[0], each[1].claim.id))
    entries = tuple(entry for _, entry in ranked)
    return Tie(
        actor=actor, recipient=recipient, relation=relation, weight=sum(weight for weight, _ in ranked),
        latest=max((each.valid_to or each.valid_from or date.min for each in entries), default=None), entries=entries,
    )  # fmt: skip


def _known_ties(keys: set[str], knowledge: KnowledgeBase, day: date | None) -> list[Tie]:
    known = [actor for key in keys if (actor := knowledge.get(key))]
    return [
        Tie(actor=actor.id, recipient=tie.actor_id, relation=relation, weight=1.0)
        for actor in known
        for tie in actor.memberships
        for relation in _LASTING
        if tie.relation == relation and tie.actor_id in keys and within(tie.start, tie.end, day)
    ]
