"""What every actor's posture is drawn from: the latest claim of each conduct, found by one index seek each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from holdfire.ledger.connect import Ledger
from holdfire.ledger.rows import UNCONFIRMED, day_number, day_of, moment_number
from holdfire.ledger.views import entries_judged
from holdfire.model.actor import party_key
from holdfire.model.correction import is_rejected
from holdfire.model.entry import AsOf

_ALWAYS = 2**62
_NEVER = 99991231
# Day and number of a claim in one integer, so that one seek finds both: 27 bits for the day, 36 for the number.
_SHIFT = 2**36


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """The latest day on which an actor showed a conduct, and a claim that says so.

    `conduct` is None for claims that have none; `confirmed` is False for what is only rumoured or denied.
    """

    key: str
    conduct: str | None
    confirmed: bool
    day: date
    claim_id: str


def posture_inputs(ledger: Ledger, asof: AsOf) -> Iterator[Latest]:
    """For every actor, the latest claim of each conduct that is seen at `asof`, by actor and conduct.

    One index seek for each conduct of each actor, however many claims the ledger holds; a window function would
    read them all. Rejected claims are passed over, corrected ones count as corrected.
    """
    with ledger.reading() as connection:
        latest = list(_sought(connection, asof))
        judged = list(_judged(connection, asof))
    if judged:
        found = {(each.key, each.conduct, each.confirmed): each for each in latest}
        for each in judged:
            place = (each.key, each.conduct, each.confirmed)
            if place not in found or found[place].day < each.day:
                found[place] = each
        latest = list(found.values())
    yield from sorted(latest, key=lambda each: (each.key, each.conduct or "", each.confirmed))


class DaysTold:
    """For every actor and conduct the days, since a day, on which firm claims begin that are seen at `asof`.

    Read at once from the index. Rejected claims are passed over, corrected ones count as corrected.
    """

    def __init__(self, ledger: Ledger, asof: AsOf, *, since: date) -> None:
        options = {
            "known": moment_number(asof.known_by) if asof.known_by else _ALWAYS,
            "day": day_number(asof.valid_on) if asof.valid_on else _NEVER,
            "since": day_number(since),
        }
        together = "group_concat(s.valid_from)" if ledger.is_sqlite else "string_agg(cast(s.valid_from as text), ',')"
        with ledger.reading() as connection:
            judged = list(_judged(connection, asof))
            unless = _UNLESS_JUDGED if _is_judged(connection) else ""
            rows = connection.execute(text(_DAYS.format(together=together, unless=unless)), options).all()
        # Numbers parted by commas: most are never looked at, and one text comes quicker than a row for each.
        self._told: dict[tuple[str, str], str] = {(key, conduct): days for key, conduct, days in rows}
        self._days: dict[str, date] = {}
        for each in judged:
            if each.confirmed and each.conduct and each.day >= since:
                told = self._told.get((each.key, each.conduct))
                number = str(day_number(each.day))
                self._told[each.key, each.conduct] = f"{told},{number}" if told else number

    def days(self, key: str, conduct: str) -> set[date]:
        """The days of one actor and conduct."""
        told = self._told.get((key, conduct))
        return {self._day(each) for each in set(told.split(","))} if told else set()

    def around(self, key: str, conduct: str, day: date, last: date) -> set[date]:
        """Those after a day, the latest of those before or on it, and the last, whichever there are."""
        told = self._told.get((key, conduct))
        if not told:
            return {last}
        edge = str(day_number(day))
        numbers = set(told.split(","))
        found = {each for each in numbers if each > edge}
        before = max((each for each in numbers if each <= edge), default="")
        return {last, *(self._day(each) for each in (found | {before} if before else found))}

    def _day(self, number: str) -> date:
        return self._days.get(number) or self._days.setdefault(number, day_of(int(number)))


def _is_judged(connection: Connection) -> bool:
    """Whether anybody ever corrected or rejected a claim."""
    query = "select 1 from judgements where verdict in ('correct', 'reject') limit 1"
    return connection.execute(text(query)).first() is not None


def _sought(connection: Connection, asof: AsOf) -> Iterator[Latest]:
    options = {
        "known": moment_number(asof.known_by) if asof.known_by else _ALWAYS,
        "day": day_number(asof.valid_on) if asof.valid_on else _NEVER,
        "shift": _SHIFT,
    }
    query = text(_SEEK.format(unless=_UNLESS_JUDGED if _is_judged(connection) else ""))
    days: dict[int, date] = {}
    for key, conduct, confirmed, packed, claim_id in connection.execute(query, options).all():
        number = packed // _SHIFT
        day = days.get(number) or days.setdefault(number, day_of(number))
        yield Latest(key=key, conduct=conduct or None, confirmed=bool(confirmed), day=day, claim_id=claim_id)


def _judged(connection: Connection, asof: AsOf) -> Iterator[Latest]:
    """The claims that the seeks passed over because somebody corrected or rejected them, as they count."""
    for entry in entries_judged(connection, asof):
        day = entry.valid_from
        if day is None or is_rejected(entry.judgements) or (asof.valid_on is not None and day > asof.valid_on):
            continue
        for key in {party_key(each.id, each.text) for each in entry.claim.actor}:
            yield Latest(
                key=key, conduct=entry.claim.conduct, confirmed=entry.claim.certainty not in UNCONFIRMED, day=day,
                claim_id=entry.claim.id,
            )  # fmt: skip


_UNLESS_JUDGED = """
    and s.claim_seq not in (
      select j.seq from claims j where j.id in (
        select claim_id from judgements where verdict in ('correct', 'reject') and recorded_at <= :known))"""

_DAYS = """
select p.key, told.conduct, told.days from (
select seen.party_seq, seen.conduct, {together} as days
from conducts_seen seen
join standing s on s.party_seq = seen.party_seq and s.conduct = seen.conduct and s.confirmed = 1
where seen.confirmed = 1 and seen.conduct <> '' and s.valid_from between :since and :day
  and s.recorded_at <= :known and (s.superseded_at is null or s.superseded_at > :known)
  {unless}
group by seen.party_seq, seen.conduct
) told join parties p on p.seq = told.party_seq"""

_SEEK = """
select p.key, latest.conduct, latest.confirmed, latest.packed, c.id
from (
  select seen.party_seq, seen.conduct, seen.confirmed, (
    select s.valid_from * cast(:shift as bigint) + s.claim_seq
    from standing s
    where s.party_seq = seen.party_seq and s.conduct = seen.conduct and s.confirmed = seen.confirmed
      and s.valid_from <= :day and s.recorded_at <= :known and (s.superseded_at is null or s.superseded_at > :known)
      {unless}
    order by s.valid_from desc, s.claim_seq desc limit 1
  ) as packed
  from conducts_seen seen
) latest
join parties p on p.seq = latest.party_seq
join claims c on c.seq = latest.packed % :shift
where latest.packed is not null"""
