"""The claims that a conclusion needs, and no others: recent ones by conduct, those by or towards some parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from holdfire.ledger.connect import Ledger
from holdfire.ledger.rows import day_number, day_of
from holdfire.ledger.tables import CLAIMS, MENTIONS, PARTIES, STANDING
from holdfire.ledger.views import entries_at, entries_judged, visible
from holdfire.model.actor import party_key
from holdfire.model.entry import AsOf, LedgerEntry

# A claim may speak of a stretch of days that ends in the window and begins up to so long before it.
_LONGEST = timedelta(days=366)
# Values in one condition.
_AT_ONCE = 10_000


def recent(ledger: Ledger, asof: AsOf, since: Mapping[str | None, date]) -> list[LedgerEntry]:
    """The claims seen at `asof` that reach up to a day, in no particular order.

    since: that day for each conduct; conducts that it lacks are left out. A stretch of more than a year before that
    day is not seen.
    """
    wanted = or_(*(and_(_conduct(name), CLAIMS.c.valid_to >= day_number(day)) for name, day in since.items()))
    first = day_number(min(since.values()) - _LONGEST)

    def fits(entry: LedgerEntry) -> bool:
        day = since.get(entry.claim.conduct)
        return day is not None and (entry.valid_to is None or entry.valid_to >= day)

    return _read(ledger, asof, and_(CLAIMS.c.valid_from >= first, wanted), fits)


def by_or_towards(
    ledger: Ledger, asof: AsOf, *, by: Collection[str], towards: Collection[str], since: date, of: str | None = None
) -> list[LedgerEntry]:
    """The claims seen at `asof` in which one of the parties acts, or is acted on, in no particular order.

    by, towards: actor keys. since: leaves out claims that ended before this day. of: an id whose described members
    ("officials of the Front") count as well.
    """
    acting = select(STANDING.c.claim_seq).where(STANDING.c.party_seq.in_(_parties(by)))
    acted_on = select(MENTIONS.c.claim_seq).where(
        MENTIONS.c.role == "recipient", MENTIONS.c.party_seq.in_(_parties(towards))
    )
    ways: list[ColumnElement[bool]] = [CLAIMS.c.seq.in_(acting), CLAIMS.c.seq.in_(acted_on)]
    late = and_(CLAIMS.c.valid_from >= day_number(since - _LONGEST), CLAIMS.c.valid_to >= day_number(since))
    if of is not None:
        held = func.instr if ledger.is_sqlite else func.strpos
        ways.append(and_(late, held(CLAIMS.c.json, f'"affiliation":"{of}"') > 0))

    def fits(entry: LedgerEntry) -> bool:
        claim = entry.claim
        if entry.valid_to is not None and entry.valid_to < since:
            return False
        return (
            any(party_key(each.id, each.text) in by for each in claim.actor)
            or any(party_key(each.id, each.text) in towards for each in claim.recipient)
            or (of is not None and any(each.affiliation == of for each in (*claim.actor, *claim.recipient)))
        )

    return _read(ledger, asof, and_(late, or_(*ways)), fits)


def with_ids(ledger: Ledger, asof: AsOf, ids: Collection[str]) -> list[LedgerEntry]:
    """The claims with these ids that are seen at `asof`, in no particular order."""
    wanted = sorted(ids)
    parts = (wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE))
    with ledger.reading() as connection:
        return [each for part in parts for each in entries_at(connection, asof, CLAIMS.c.id.in_(part))]


def days_told(
    ledger: Ledger, asof: AsOf, keys: Collection[str], conducts: Iterable[str], *, before: date
) -> dict[str, list[date]]:
    """The days before a day on which firm claims of each conduct of the parties begin, from the index alone."""
    query = (
        select(STANDING.c.conduct, STANDING.c.valid_from)
        .where(STANDING.c.party_seq.in_(_parties(keys)), STANDING.c.conduct.in_(sorted(conducts)))
        .where(STANDING.c.confirmed == 1, STANDING.c.valid_from < day_number(before))
        .where(visible(STANDING.c.recorded_at, STANDING.c.superseded_at, asof))
        .distinct()
    )
    found: dict[str, list[date]] = defaultdict(list)
    with ledger.reading() as connection:
        for conduct, number in connection.execute(query):
            found[conduct].append(day_of(number))
    return dict(found)


def is_named(ledger: Ledger, key: str) -> bool:
    """Whether anything was ever recorded of a party with this key."""
    with ledger.reading() as connection:
        return connection.execute(select(PARTIES.c.seq).where(PARTIES.c.key == key)).first() is not None


def names_of(ledger: Ledger, keys: Collection[str]) -> dict[str, str]:
    """The names that these parties were first recorded under; nothing for keys of nobody."""
    query = select(PARTIES.c.key, PARTIES.c.name).where(PARTIES.c.key.in_(sorted(keys)))
    with ledger.reading() as connection:
        return {row.key: row.name for row in connection.execute(query)}


def keys_named(ledger: Ledger, name: str, *, most: int = 9) -> list[str]:
    """The keys of parties recorded under a name, whatever its case; where there are none, of those whose name holds it.

    At most so many, in order.
    """
    wanted = func.lower(PARTIES.c.name)
    with ledger.reading() as connection:
        for condition in (wanted == name.lower(), wanted.contains(name.lower(), autoescape=True)):
            query = select(PARTIES.c.key).where(condition).order_by(PARTIES.c.key).limit(most)
            found = list(connection.execute(query).scalars())
            if found:
                return found
    return []


def _conduct(name: str | None) -> ColumnElement[bool]:
    return CLAIMS.c.conduct.is_(None) if name is None else CLAIMS.c.conduct == name


def _parties(keys: Collection[str]) -> Select[tuple[int]]:
    return select(PARTIES.c.seq).where(PARTIES.c.key.in_(sorted(keys)))


def _read(
    ledger: Ledger, asof: AsOf, condition: ColumnElement[bool], fits: Callable[[LedgerEntry], bool]
) -> list[LedgerEntry]:
    """The claims under the condition; those that somebody judged are looked at as they count."""
    with ledger.reading() as connection:
        judged = {each.claim.id: each for each in entries_judged(connection, asof)}
        found = [each for each in entries_at(connection, asof, condition) if each.claim.id not in judged]
    last = asof.valid_on
    found += [
        each
        for each in judged.values()
        if fits(each) and (last is None or each.valid_from is None or each.valid_from <= last)
    ]
    return found
