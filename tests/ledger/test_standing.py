"""The inputs of postures, found by seeks, against what the claims themselves say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from holdfire.ledger import views
from holdfire.ledger.append import append_batch, begin_run
from holdfire.ledger.connect import Ledger
from holdfire.ledger.judge import judge
from holdfire.ledger.rows import UNCONFIRMED
from holdfire.ledger.standing import DaysTold, posture_inputs
from holdfire.model.actor import party_key
from holdfire.model.correction import is_rejected
from holdfire.model.entry import AsOf, Run
from tests.ledger.invented import NOON
from tests.ledger.writer import batch

HOUR = timedelta(hours=1)
Found = dict[tuple[str, str | None, bool], date]


def by_hand(ledger: Ledger, asof: AsOf) -> Found:
    """The latest day of each conduct of each actor, from every claim that is seen."""
    latest: Found = {}
    for entry in views.claims(ledger, asof):
        if is_rejected(entry.judgements) or entry.valid_from is None:
            continue
        for key in {party_key(each.id, each.text) for each in entry.claim.actor}:
            place = (key, entry.claim.conduct, entry.claim.certainty not in UNCONFIRMED)
            latest[place] = max(latest.get(place, date.min), entry.valid_from)
    return latest


def by_seeks(ledger: Ledger, asof: AsOf) -> Found:
    return {(each.key, each.conduct, each.confirmed): each.day for each in posture_inputs(ledger, asof)}


@pytest.mark.parametrize("valid_on", [None, date(2029, 6, 1), date(2020, 1, 1)])
@pytest.mark.parametrize("hours", [None, 0, 1, 2, 3])
def test_seeks_find_what_reading_everything_finds(
    ledger: Ledger, run: Run, valid_on: date | None, hours: int | None
) -> None:
    readings = batch()
    append_batch(ledger, run, readings[:40], now=NOON)
    newer = begin_run(ledger, command="reread", rulebook_hash="two", version="0.1.0", now=NOON + HOUR)
    append_batch(ledger, newer, [(each[0], each[1][:2]) for each in readings[:20]], now=NOON + HOUR)
    claims = list(views.claims(ledger, AsOf()))
    judge(ledger, claims[0].claim.id, who="Ann", role="editor", verdict="reject", reason="so", now=NOON + 2 * HOUR)
    judge(ledger, claims[1].claim.id, who="Ann", role="editor", verdict="correct", reason="so", now=NOON + 2 * HOUR,
          changes={"conduct": "arming", "certainty": "rumoured"})  # fmt: skip
    append_batch(ledger, newer, readings[40:], now=NOON + 3 * HOUR)
    asof = AsOf(valid_on=valid_on, known_by=None if hours is None else NOON + hours * HOUR)
    found = by_seeks(ledger, asof)
    assert found == by_hand(ledger, asof)
    assert bool(found) == (valid_on != date(2020, 1, 1))


@pytest.mark.parametrize("hours", [None, 1, 2])
def test_days_told_are_those_of_every_claim(ledger: Ledger, run: Run, hours: int | None) -> None:
    append_batch(ledger, run, batch(), now=NOON)
    claims = list(views.claims(ledger, AsOf()))
    first, second = [each for each in claims if each.claim.conduct and each.claim.actor][:2]
    judge(ledger, first.claim.id, who="Ann", role="editor", verdict="reject", reason="so", now=NOON + 2 * HOUR)
    judge(ledger, second.claim.id, who="Ann", role="editor", verdict="correct", reason="so", now=NOON + 2 * HOUR,
          changes={"conduct": "arming", "certainty": "stated"})  # fmt: skip
    asof = AsOf(valid_on=max(each.valid_from for each in claims), known_by=NOON + hours * HOUR if hours else None)
    since = sorted(each.valid_from for each in claims)[len(claims) // 3]
    told = DaysTold(ledger, asof, since=since)
    wanted: dict[tuple[str, str], set[date]] = {}
    for entry in views.claims(ledger, asof):
        claim = entry.claim
        if claim.conduct is None or claim.certainty in UNCONFIRMED or is_rejected(entry.judgements):
            continue
        for key in {party_key(each.id, each.text) for each in claim.actor}:
            wanted.setdefault((key, claim.conduct), set()).add(entry.valid_from)
    assert len(wanted) > 3
    for (key, conduct), days in wanted.items():
        assert told.days(key, conduct) == {each for each in days if each >= since}
