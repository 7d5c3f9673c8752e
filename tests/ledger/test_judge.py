"""Judgements: added, never changed; the latest of the highest role counts, and views show what counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from holdfire.errors import UsageError
from holdfire.ledger import views
from holdfire.ledger.append import append_document
from holdfire.ledger.check import check
from holdfire.ledger.connect import Ledger
from holdfire.ledger.judge import grade, grades, judge
from holdfire.model.entry import AsOf, Run, counting_judgement
from tests.ledger.invented import NOON, make_claims, make_document

NOW = AsOf()
HOUR = timedelta(hours=1)


@pytest.fixture
def claim_id(ledger: Ledger, run: Run) -> str:
    document = make_document()
    claims = make_claims(document)
    append_document(ledger, run, document, claims, now=NOON)
    return claims[0].id


def test_a_correction_changes_what_views_show_from_then_on(ledger: Ledger, claim_id: str) -> None:
    changes = {"polarity": "negated", "conduct": "holding fire", "actor": [], "time": None}
    judge(ledger, claim_id, who="Ann", role="analyst", verdict="correct", reason="misread", changes=changes,
          now=NOON + HOUR)  # fmt: skip
    entry = views.claim(ledger, claim_id, NOW)
    assert entry is not None
    assert entry.recorded is not None
    assert (entry.claim.polarity, entry.recorded.polarity) == ("negated", "affirmed")
    assert entry.valid_from == date(2031, 2, 28), "without its own time a claim counts from the publication"
    assert len(list(views.claims(ledger, NOW, conduct="holding fire"))) == 2
    assert not list(views.claims(ledger, NOW, conduct="attacking"))
    assert not list(views.claims(ledger, NOW, actor="valley-front"))
    assert [each.key for each in views.actors(ledger, NOW)] == ["text:hill council"]
    before = AsOf(known_by=NOON)
    assert [each.claim.id for each in views.claims(ledger, before, conduct="attacking")] == [claim_id]
    assert len(views.actors(ledger, before)) == 2
    assert not list(check(ledger))


def test_everything_said_is_kept_and_the_latest_of_the_highest_role_counts(ledger: Ledger, claim_id: str) -> None:
    said = [("Ed", "editor", "accept"), ("Ann", "analyst", "reject"), ("Flo", "editor", "comment")]
    for number, (who, role, verdict) in enumerate(said):
        judge(ledger, claim_id, who=who, role=role, verdict=verdict, reason="so", now=NOON + number * HOUR)  # type: ignore[arg-type]
    entry = views.claim(ledger, claim_id, NOW)
    assert entry is not None
    assert [(each.who, each.role, each.verdict) for each in entry.judgements] == said
    counting = counting_judgement(entry.judgements)
    assert counting is not None
    assert counting.who == "Ed"
    judge(
        ledger, claim_id, who="Flo", role="editor", verdict="reject", reason="on second thoughts", now=NOON + 5 * HOUR
    )
    entry = views.claim(ledger, claim_id, NOW)
    assert entry is not None
    counting = counting_judgement(entry.judgements)
    assert counting is not None
    assert counting.who == "Flo"


def test_the_same_said_again_is_recorded_once(ledger: Ledger, claim_id: str) -> None:
    first = judge(ledger, claim_id, who="Ann", role="analyst", verdict="accept", reason="right", now=NOON + HOUR)
    again = judge(
        ledger, claim_id[:-3], who="Ann", role="analyst", verdict="accept", reason="right", now=NOON + 2 * HOUR
    )
    assert first == again


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": "0"}, "cannot be corrected"),
        ({"colour": "red"}, "no field 'colour'"),
        ({"event": "FIGHT"}, "event cannot be 'FIGHT'"),
        ({"actor": "The Hill Council"}, "does not have the form"),
        ({"evidence": {"start_char": 0, "end_char": 4, "text": "When"}}, "not what stands at 0–4"),
    ],
)
def test_a_correction_that_cannot_be_kept_is_refused(
    ledger: Ledger, claim_id: str, changes: dict[str, object], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        judge(ledger, claim_id, who="Ann", role="analyst", verdict="correct", reason="so", changes=changes, now=NOON)
    entry = views.claim(ledger, claim_id, NOW)
    assert entry is not None
    assert not entry.judgements


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"claim_id": "zzz"}, "no claim that stands"),
        ({"who": " "}, "nobody is named"),
        ({"reason": ""}, "no reason"),
        ({"verdict": "correct"}, "which fields"),
        ({"changes": {"polarity": "negated"}}, "which fields"),
    ],
)
def test_a_judgement_needs_a_claim_a_person_and_a_reason(
    ledger: Ledger, claim_id: str, given: dict[str, object], says: str
) -> None:
    values = {"claim_id": claim_id, "who": "Ann", "role": "analyst", "verdict": "accept", "reason": "so"} | given
    claim = values.pop("claim_id")
    with pytest.raises(UsageError, match=says):
        judge(ledger, claim, **values, now=NOON)  # type: ignore[arg-type]


def test_the_latest_grade_of_an_outlet_counts(ledger: Ledger, run: Run) -> None:
    for number, letter in enumerate("BD"):
        grade(ledger, "Amar Courier", letter=letter, who="Ann", reason="track record", now=NOON + number * HOUR)
    assert grades(ledger, NOW)["Amar Courier"].letter == "D"
    assert grades(ledger, AsOf(known_by=NOON))["Amar Courier"].letter == "B"
    assert not list(check(ledger))
    with pytest.raises(UsageError, match="none of A, B"):
        grade(ledger, "Amar Courier", letter="G", who="Ann", reason="so", now=NOON)
