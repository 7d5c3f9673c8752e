"""One actor of an open ledger, all told: posture, timeline, reasons, who condemns it, what others say, neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from holdfire.actors.knowledge import KnowledgeBase, within
from holdfire.analysis.belonging import keys_of, own_keys
from holdfire.analysis.calculus import Calculus, Told, calculus_of
from holdfire.analysis.conflict import entries_of
from holdfire.analysis.network import network_of
from holdfire.analysis.posture import name_of, postures_on, row_of, setting_of
from holdfire.analysis.timeline import timeline_of
from holdfire.conclusions.board import read_entries
from holdfire.conclusions.window import Since, carried_back_posture, is_large, since_of
from holdfire.errors import HoldfireError
from holdfire.ledger.connect import Ledger
from holdfire.ledger.overview import last_day
from holdfire.ledger.relevant import by_or_towards, is_named, keys_named
from holdfire.model.actor import Actor, party_key
from holdfire.model.correction import is_rejected
from holdfire.model.entry import AsOf, LedgerEntry
from holdfire.model.network import Network
from holdfire.model.posture import Board, Posture
from holdfire.model.timeline import Timeline
from holdfire.rules.conflicts import Conflict
from holdfire.rules.rulebook import Rulebook

LOOK_BACK = timedelta(days=365)
_EVER = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorView:
    """What the ledger holds on one actor; `actor` is None for one that the knowledge base lacks.

    `dissent` are the claims of others that condemn it, `about` all claims of others towards it, latest first.
    `neighbours` is the part of the network that it stands in; `names` are what the reports call it.
    """

    actor: Actor | None
    key: str
    name: str
    posture: Posture
    timeline: Timeline
    reasons: Calculus
    dissent: tuple[LedgerEntry, ...]
    about: tuple[LedgerEntry, ...]
    neighbours: Network
    names: tuple[str, ...]


def read_actor(
    ledger: Ledger,
    key_or_name: str,
    asof: AsOf,
    *,
    rulebook: Rulebook,
    knowledge: KnowledgeBase,
    conflict: Conflict | None = None,
) -> ActorView:
    """The actor with that key, or that bears that name.

    Raises HoldfireError when nobody in the ledger is meant, or several.
    """
    with ledger.snapshot() as seen:
        entries, since = _entries(seen, key_or_name, asof, rulebook=rulebook, knowledge=knowledge, conflict=conflict)
        key = find_actor(key_or_name, entries, knowledge)
    days = [each.valid_from for each in entries if each.valid_from]
    last = asof.valid_on or max(days)
    first = max(min(days), last - LOOK_BACK)
    kept = [each for each in entries if each.valid_from and each.valid_from <= last]
    setting = setting_of(kept, rulebook=rulebook, knowledge=knowledge, conflict=conflict)
    mine = [each for each in kept if key in keys_of(each, knowledge, rulebook)]
    known = knowledge.get(key)
    posture = row_of(setting, key, last).posture
    if since is not None:
        posture = carried_back_posture(posture, ledger, asof, since, rulebook)
    # In a large ledger the postures of neighbours are those that their dealings with the actor show.
    board = Board(
        valid_on=last, known_by=asof.known_by, conflict=conflict.name if conflict else None,
        reports=len({each.document.id for each in kept}), outlets=len({each.document.outlet for each in kept}),
        claims=len(kept), postures=tuple(each.posture for each in postures_on(setting, last)),
    )  # fmt: skip
    network = network_of(board, kept, rulebook=rulebook, knowledge=knowledge)
    about = sorted((each for each in entries if _is_towards(each, key)), key=_latest_first)
    return ActorView(
        actor=known,
        key=key,
        name=name_of(setting, key),
        posture=posture,
        timeline=timeline_of(setting, key, first=first, last=last),
        reasons=calculus_of(_told(known, mine, entries, knowledge, asof), rules=rulebook.reasons),
        dissent=tuple(each for each in about if each.claim.conduct == "condemning"),
        about=tuple(about),
        neighbours=_around(key, network),
        names=_names(key, entries),
    )


def _entries(
    ledger: Ledger, key_or_name: str, asof: AsOf, *, rulebook: Rulebook, knowledge: KnowledgeBase,
    conflict: Conflict | None,
) -> tuple[list[LedgerEntry], Since | None]:  # fmt: skip
    """Everything; of a large ledger what is told of the actor, of its kin and towards it, and since when."""
    last = asof.valid_on or last_day(ledger, asof)
    if last is None or not is_large(ledger):
        return read_entries(ledger, asof, knowledge=knowledge, conflict=conflict), None
    key = _meant(ledger, key_or_name, knowledge)
    # The year that the timeline shows, and before it what still counts on its first day.
    start = min(since_of(last - LOOK_BACK, rulebook).values())
    kin, own = _kin(key, knowledge), key if knowledge.get(key) else None
    found = by_or_towards(ledger, asof, by=kin, towards=(key,), since=start, of=own)
    if not any(key in own_keys(each) for each in found):
        start = _EVER
        found = by_or_towards(ledger, asof, by=kin, towards=(key,), since=start, of=own)
    entries = list(entries_of(conflict, found, knowledge=knowledge)) if conflict else found
    return entries, dict.fromkeys([*rulebook.conducts, None], start)


def _meant(ledger: Ledger, key_or_name: str, knowledge: KnowledgeBase) -> str:
    """The key that is meant, of all that were ever recorded. Raises HoldfireError when nobody is, or several."""
    if is_named(ledger, key_or_name):
        return key_or_name
    bearers = sorted({each.actor_id for each in knowledge.names.claimants(key_or_name)})
    found = [each for each in bearers if is_named(ledger, each)] or keys_named(ledger, key_or_name)
    if len(found) == 1:
        return found[0]
    raise _several(key_or_name, found) if found else _nobody(key_or_name)


def _kin(key: str, knowledge: KnowledgeBase) -> set[str]:
    """Whoever's claims may speak of the actor: itself, its organs, leaders and members, theirs, and its groups."""
    found, here = {key}, {key}
    for _ in range(2):
        below = {who for each in here for _, who in knowledge.tied.get(each, ())}
        known = [actor for each in here if (actor := knowledge.get(each))]
        above = {tie.actor_id for actor in known for tie in actor.memberships}
        held = {holder for (of, _), holders in knowledge.offices.items() if of in here for _, holder in holders}
        here = (below | above | held) - found
        found |= here
    return found


def find_actor(key_or_name: str, entries: list[LedgerEntry], knowledge: KnowledgeBase) -> str:
    """The key of whom a key, an id or a name means among the parties of the entries.

    Raises HoldfireError when nobody is meant, or several.
    """
    present: dict[str, set[str]] = {}
    for entry in entries:
        for each in (*entry.claim.actor, *entry.claim.recipient):
            said = present.setdefault(party_key(each.id, each.text), set())
            said |= {each.text.casefold(), (each.name or each.text).casefold()}
    if key_or_name in present:
        return key_or_name
    wanted = key_or_name.casefold()
    bearers = {each.actor_id for each in knowledge.names.claimants(key_or_name)} & present.keys()
    found = bearers or {key for key, said in present.items() if wanted in said}
    found = found or {key for key, said in present.items() if any(wanted in each for each in said)}
    if len(found) == 1:
        return next(iter(found))
    raise _several(key_or_name, found) if found else _nobody(key_or_name)


def _nobody(name: str) -> HoldfireError:
    return HoldfireError(
        f"Looking for {name!r}: the ledger names nobody so for those times. See who acts: holdfire board"
    )


def _several(name: str, found: Iterable[str]) -> HoldfireError:
    return HoldfireError(
        f"Looking for {name!r}: several answer to it: {', '.join(sorted(found)[:8])}. Give one of these."
    )


def _told(
    known: Actor | None, mine: list[LedgerEntry], entries: list[LedgerEntry], knowledge: KnowledgeBase, asof: AsOf
) -> list[Told]:
    told = [Told(entry=each) for each in mine]
    for tie in known.memberships if known else ():
        above = knowledge.get(tie.actor_id)
        if above is not None and tie.relation == "member of" and within(tie.start, tie.end, asof.valid_on):
            told += [Told(entry=each, of=above.name) for each in entries if above.id in own_keys(each)]
    return told


def _is_towards(entry: LedgerEntry, key: str) -> bool:
    towards = any(party_key(each.id, each.text) == key for each in entry.claim.recipient)
    return towards and key not in own_keys(entry) and not is_rejected(entry.judgements)


def _latest_first(entry: LedgerEntry) -> tuple[int, str, int]:
    day = entry.valid_from.toordinal() if entry.valid_from else 0
    return (-day, entry.document.id, entry.claim.evidence.span.start_char)


def _around(key: str, network: Network) -> Network:
    ties = tuple(each for each in network.ties if key in (each.actor, each.recipient))
    near = {key} | {end for tie in ties for end in (tie.actor, tie.recipient)}
    return replace(network, nodes=tuple(each for each in network.nodes if each.key in near), ties=ties)


def _names(key: str, entries: list[LedgerEntry]) -> tuple[str, ...]:
    said = {
        each.text
        for entry in entries
        for each in (*entry.claim.actor, *entry.claim.recipient)
        if party_key(each.id, each.text) == key and each.form == "named"
    }
    return tuple(sorted(said))
