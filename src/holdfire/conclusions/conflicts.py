"""The conflicts that a board can be narrowed to: shipped, the user's own, and those that the claims themselves show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.errors import HoldfireError
from holdfire.ledger.connect import Ledger
from holdfire.ledger.views import claims
from holdfire.model.correction import is_rejected
from holdfire.model.entry import AsOf, LedgerEntry
from holdfire.rules.conflicts import Conflict, find_conflict, load_conflicts
from holdfire.rules.load import RuleSource

# One exchange of fire may be a misreading; a conflict is told of at least so often, over both directions.
_LEAST_ATTACKS = 3
# More names than this help nobody to choose.
_MOST_NAMED = 8


def known_conflicts(source: RuleSource) -> tuple[Conflict, ...]:
    """Every conflict of the rules, shipped and the user's own. Raises RuleError for one that cannot be used."""
    return load_conflicts(source)


def conflict_named(
    name: str, ledger: Ledger, asof: AsOf, *, known: Sequence[Conflict], knowledge: KnowledgeBase
) -> Conflict:
    """The conflict of the rules with that id or name; else the one of that name which the ledger's claims show.

    Part of a name is enough where only one holds it. Raises HoldfireError where it means none, or several.
    """
    wanted = name.casefold()
    exact = [each for each in known if wanted in (each.id.casefold(), each.name.casefold())]
    if len(exact) == 1:
        return exact[0]
    shown = inferred(claims(ledger, asof), knowledge)
    exact = [each for each in shown if wanted in (each.id.casefold(), each.name.casefold())]
    found = exact[0] if exact else find_conflict(name, tuple(known)) or find_conflict(name, shown)
    if found is not None:
        return found
    names = "; ".join(f"{each.id} ({each.name})" for each in (*known, *shown[:_MOST_NAMED]))
    raise HoldfireError(f"Looking for the conflict {name!r}: it is none, or several, of these: {names}.")


def inferred(entries: Iterable[LedgerEntry], knowledge: KnowledgeBase) -> tuple[Conflict, ...]:
    """The conflicts that entries show: two parties that attack each other, most reported first.

    A state's army is its state. Only parties of the knowledge base are taken; rumours and denials do not count. Each
    conflict is open-ended and begins with the first attack between the two.
    """
    attacks: Counter[tuple[str, str]] = Counter()
    days: dict[frozenset[str], list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        claim = entry.claim
        firm = claim.certainty not in ("rumoured", "denied") and not is_rejected(entry.judgements)
        if claim.conduct != "attacking" or not firm:
            continue
        ours = {knowledge.whole(each.id) for each in claim.actor if each.id}
        theirs = {knowledge.whole(each.id) for each in claim.recipient if each.id}
        if not theirs and len(ours) == 2:
            # "The two sides traded fire."
            one, other = sorted(ours)
            pairs = {(one, other), (other, one)}
        else:
            pairs = {(one, other) for one in ours for other in theirs if one != other}
        for pair in pairs:
            attacks[pair] += 1
            days[frozenset(pair)].append(entry)
    found = []
    for sides, told in days.items():
        one, other = sorted(sides)
        if attacks[one, other] and attacks[other, one] and attacks[one, other] + attacks[other, one] >= _LEAST_ATTACKS:
            found.append((len(told), _conflict(one, other, told, knowledge)))
    return tuple(conflict for _, conflict in sorted(found, key=lambda each: (-each[0], each[1].id)))


def _conflict(one: str, other: str, told: list[LedgerEntry], knowledge: KnowledgeBase) -> Conflict:
    names = [actor.name if (actor := knowledge.get(each)) else each for each in (one, other)]
    return Conflict(
        id=f"{one}-{other}",
        name=" – ".join(names),
        sides=((one,), (other,)),
        start=min((each.valid_from for each in told if each.valid_from), default=None),
    )
