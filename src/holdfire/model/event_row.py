"""A row of another project's event table: who did what to whom on which day, according to which table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from holdfire.model.claim import Polarity

ORIGINS = ("acled", "ucdp", "gdelt", "icews", "polecat")
# Coded by a program, which finds one event as often as it is reported: rows that say the same are one event.
BY_MACHINE = frozenset({"gdelt", "icews", "polecat"})
# As many rows as one event of a table may yield.
MOST_PARTIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One actor doing one event towards at most one recipient, as a table of events has it.

    `origin` is one of ORIGINS, `origin_id` what the table calls the row; where both sides of a clash act, the second
    one's row has ":2" behind it, and so on. `actor_key` and `recipient_key` are what the ledger counts parties under:
    an id of the knowledge base, or "text:" and the folded words; None where the table names nobody. `event` is a PLOVER
    type, None where the table's own code (`code`) has none. `polarity` is None where the table does not say. `country`
    is where it happened, ISO 3166-1 alpha-3. `reported_on` is the day of the first report known. `deaths` and `reports`
    are the table's counts, None where it gives none. `grade` is A to F, the user's for the whole table. `edition` is
    when the origin last changed the row; a later edition supersedes an earlier one.
    """

    origin: str
    origin_id: str
    day: date
    code: str
    event: str | None = None
    mode: str | None = None
    polarity: Polarity | None = None
    actor_key: str | None = None
    actor_text: str | None = None
    recipient_key: str | None = None
    recipient_text: str | None = None
    country: str | None = None
    place: str | None = None
    reported_on: date | None = None
    outlet: str | None = None
    url: str | None = None
    deaths: int | None = None
    reports: int | None = None
    grade: str = "F"
    edition: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCount:
    """How many events of a kind a party has on a day. `key` and `name` are "" where nobody is named."""

    origin: str
    key: str
    name: str
    day: date
    event: str | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTally:
    """How many events of a kind one party did to another on a day in a country, all first reported on one day.

    Keys are None where nobody is named; `reported_on` is None where no report is dated.
    """

    origin: str
    day: date
    event: str | None
    actor_key: str | None
    recipient_key: str | None
    country: str | None
    reported_on: date | None
    count: int
