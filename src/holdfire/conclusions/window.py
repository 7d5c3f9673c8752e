"""How far back a large ledger is read for postures: so far that what lies before has faded, each conduct by its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from holdfire.analysis.belonging import own_keys
from holdfire.analysis.finding import GAP_HALF_LIVES, opposes, run_start
from holdfire.ledger.connect import Ledger
from holdfire.ledger.overview import claims_recorded, last_day
from holdfire.ledger.relevant import days_told, recent
from holdfire.ledger.views import claims
from holdfire.model.entry import AsOf, LedgerEntry
from holdfire.model.posture import Board, Finding, Posture
from holdfire.rules.rulebook import Rulebook

# A ledger of so many claims is read whole: it takes about a second.
WHOLE = 10_000
# After so many half-lives a report counts for less than half a hundredth.
_HALF_LIVES = 8
# Claims without a conduct make no posture; the latest are counted among what a board was drawn from.
_DAYS_OF_OTHERS = 28

Since = Mapping[str | None, date]


def is_large(ledger: Ledger) -> bool:
    """Whether the ledger holds more claims than are read as a whole."""
    return claims_recorded(ledger) > WHOLE


def since_of(day: date, rulebook: Rulebook) -> Since:
    """For each conduct the first day whose reports still count on a day; None stands for claims without a conduct."""
    found: dict[str | None, date] = {
        name: day - timedelta(days=_HALF_LIVES * each.half_life_days) for name, each in rulebook.conducts.items()
    }
    return {**found, None: day - timedelta(days=_DAYS_OF_OTHERS)}


def read_window(ledger: Ledger, asof: AsOf, *, rulebook: Rulebook) -> tuple[list[LedgerEntry], Since | None]:
    """The entries that postures at `asof` are drawn from, and since when they were read; None for a whole ledger."""
    day = asof.valid_on or last_day(ledger, asof)
    if day is None or not is_large(ledger):
        return list(claims(ledger, asof)), None
    since = since_of(day, rulebook)
    return recent(ledger, asof, since), since


def carried_back(board: Board, ledger: Ledger, asof: AsOf, since: Since, rulebook: Rulebook) -> Board:
    """The board with every run of evidence that reaches the window's edge followed to where it really begins."""
    postures = (carried_back_posture(each, ledger, asof, since, rulebook) for each in board.postures)
    return replace(board, postures=tuple(postures))


def carried_back_posture(posture: Posture, ledger: Ledger, asof: AsOf, since: Since, rulebook: Rulebook) -> Posture:
    """As `carried_back`, for one posture."""
    deed = posture.deed and _begun(posture.deed, posture.key, ledger, asof, since, rulebook)
    word = posture.word and _begun(posture.word, posture.key, ledger, asof, since, rulebook)
    return posture if deed is posture.deed and word is posture.word else replace(posture, deed=deed, word=word)


def _begun(finding: Finding, key: str, ledger: Ledger, asof: AsOf, since: Since, rulebook: Rulebook) -> Finding:
    conduct = rulebook.conducts[finding.conduct]
    if (finding.since - since[finding.conduct]).days > GAP_HALF_LIVES * conduct.half_life_days:
        return finding
    keys = {key}.union(*(own_keys(entry) for entry in finding.entries))
    contrary = [name for name, each in rulebook.conducts.items() if opposes(each, conduct)]
    told = days_told(ledger, asof, keys, [conduct.id, *contrary], before=finding.since)
    days = [finding.since, *told.pop(conduct.id, ())]
    start = run_start(days, [day for found in told.values() for day in found], conduct)
    return finding if start == finding.since else replace(finding, since=start)
