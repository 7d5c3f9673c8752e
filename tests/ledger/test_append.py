"""Appending: whole, deterministic, superseding and never overwriting; the same on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from holdfire.errors import LedgerError
from holdfire.ledger import views
from holdfire.ledger.append import append_batch, append_document, begin_run, record_problem
from holdfire.ledger.connect import Ledger, open_ledger
from holdfire.model.document import Boilerplate
from holdfire.model.entry import AsOf, Run
from holdfire.model.span import Span
from tests.ledger.invented import NOON, TEXT, make_claim, make_claims, make_document

NOW = AsOf()


def test_a_claim_comes_back_exactly_as_it_went_in(ledger: Ledger, run: Run) -> None:
    document = make_document(boilerplate=(Boilerplate(span=Span(0, 3), reason="test"),), byline="A. Reader")
    claims = make_claims(document)
    result = append_document(ledger, run, document, claims, now=NOON)
    assert (result.outcome, result.claims) == ("new", 2)
    entries = list(views.claims(ledger, NOW))
    assert {entry.claim for entry in entries} == set(claims)
    assert {entry.run_id for entry in entries} == {run.id}
    assert views.document(ledger, document.id, NOW) == document
    assert [header.id for header in views.documents(ledger, NOW)] == [document.id]


def test_appending_twice_changes_nothing(ledger: Ledger, run: Run) -> None:
    document = make_document()
    append_document(ledger, run, document, make_claims(document), now=NOON)
    again = append_document(ledger, run, document, make_claims(document), now=NOON + timedelta(days=1))
    assert again.outcome == "unchanged"
    assert len(list(views.claims(ledger, NOW))) == 2


def test_newer_rules_supersede_and_the_older_view_stays(ledger: Ledger, run: Run) -> None:
    document = make_document()
    claims = make_claims(document)
    append_document(ledger, run, document, claims, now=NOON)
    later = NOON + timedelta(days=1)
    second = begin_run(ledger, command="reread", rulebook_hash="rules-two", version="0.1.0", now=later)
    result = append_document(ledger, second, document, claims[:1], now=later)
    assert (result.outcome, result.claims, result.superseded) == ("reread", 1, 2)
    assert [entry.claim.id for entry in views.claims(ledger, NOW)] == [claims[0].id]
    before = list(views.claims(ledger, AsOf(known_by=NOON)))
    assert {entry.claim for entry in before} == set(claims)
    assert all(entry.superseded_at is None for entry in before)


def test_newer_rules_that_find_the_same_leave_the_claims_as_recorded(ledger: Ledger, run: Run) -> None:
    document = make_document()
    append_document(ledger, run, document, make_claims(document), now=NOON)
    later = NOON + timedelta(days=1)
    second = begin_run(ledger, command="reread", rulebook_hash="rules-two", version="0.1.0", now=later)
    outcomes = [append_document(ledger, second, document, make_claims(document), now=later).outcome for _ in "ab"]
    assert outcomes == ["confirmed", "unchanged"]
    assert {entry.recorded_at for entry in views.claims(ledger, NOW)} == {NOON}


def test_a_changed_page_supersedes_its_older_version_even_when_the_older_one_comes_again(
    ledger: Ledger, run: Run
) -> None:
    older = make_document()
    newer = make_document(TEXT.replace("Monday", "Tuesday"))
    claim = make_claim(newer, "shelled Port Amar on Tuesday", "The Valley Front")
    batch = [(older, make_claims(older)), (newer, (claim,))]
    first = append_batch(ledger, run, batch, now=NOON)
    again = append_batch(ledger, run, batch, now=NOON)
    assert [each.outcome for each in first] == ["new", "new version"]
    assert [each.outcome for each in again] == ["unchanged", "unchanged"]
    assert [entry.claim for entry in views.claims(ledger, NOW)] == [claim]


def test_a_version_fetched_earlier_does_not_displace_a_later_one(ledger: Ledger, run: Run) -> None:
    older = make_document(fetched_at=NOON - timedelta(days=2))
    newer = make_document(TEXT.replace("Monday", "Tuesday"), fetched_at=NOON - timedelta(days=1))
    claim = make_claim(newer, "shelled Port Amar on Tuesday", "The Valley Front")
    append_document(ledger, run, newer, (claim,), now=NOON)
    result = append_document(ledger, run, older, make_claims(older), now=NOON)
    assert result.outcome == "older version"
    assert [entry.claim for entry in views.claims(ledger, NOW)] == [claim]


def test_ids_given_from_outside_keep_documents_of_one_address_apart(ledger: Ledger, run: Run) -> None:
    for name in ("one", "two"):
        document = make_document(TEXT + name, id=name)
        append_document(ledger, run, document, make_claims(document), now=NOON)
    assert len(list(views.claims(ledger, NOW))) == 4


def test_a_clock_that_goes_back_does_not_write_into_the_past(ledger: Ledger, run: Run) -> None:
    document = make_document()
    append_document(ledger, run, document, make_claims(document), now=NOON - timedelta(days=400))
    assert {entry.recorded_at for entry in views.claims(ledger, NOW)} == {NOON}


def test_a_batch_is_stored_whole_or_not_at_all(ledger: Ledger, run: Run) -> None:
    good = make_document()
    bad = make_document(url="https://courier.example/2", text="Other words.")
    wrong = make_claims(good)
    with pytest.raises(LedgerError, match="is not what stands at"):
        append_batch(ledger, run, [(good, make_claims(good)), (bad, wrong)], now=NOON)
    assert not list(views.documents(ledger, NOW))
    assert append_document(ledger, run, good, make_claims(good), now=NOON).outcome == "new"


@pytest.mark.parametrize(("text", "says"), [("nul \0 here", "NUL"), ("half \ud800 pair", "surrogate")])
def test_characters_that_no_database_keeps_are_refused(ledger: Ledger, run: Run, text: str, says: str) -> None:
    with pytest.raises(LedgerError, match=says):
        append_document(ledger, run, make_document(text, id="odd"), (), now=NOON)


def test_two_claims_with_one_id_are_refused_and_an_exact_double_is_one(ledger: Ledger, run: Run) -> None:
    document = make_document()
    first, second = make_claims(document)
    same_id = make_claim(document, "stayed out of the fighting", "The Hill Council", claim_id=first.id)
    with pytest.raises(LedgerError, match="two different claims"):
        append_document(ledger, run, document, (first, same_id), now=NOON)
    assert append_document(ledger, run, document, (first, second, first), now=NOON).claims == 2


def test_a_problem_is_recorded_once(ledger: Ledger, run: Run) -> None:
    first = record_problem(ledger, run, where="page 3", what="no article found", now=NOON)
    again = record_problem(ledger, run, where="page 3", what="no article found", now=NOON + timedelta(days=1))
    assert first == again


def test_valid_days_follow_the_claim_then_the_publication(ledger: Ledger, run: Run) -> None:
    document = make_document()
    append_document(ledger, run, document, make_claims(document), now=NOON)
    found = {entry.claim.conduct: entry.valid_from for entry in views.claims(ledger, NOW)}
    assert found == {"attacking": date(2031, 2, 24), "holding fire": date(2031, 2, 28)}
    seen = views.claims(ledger, AsOf(valid_on=date(2031, 2, 27)))
    assert [entry.claim.conduct for entry in seen] == ["attacking"]
    assert [entry.claim.conduct for entry in views.claims(ledger, NOW, since=date(2031, 2, 27))] == ["holding fire"]


def test_a_threat_for_next_week_counts_from_its_publication(ledger: Ledger, run: Run) -> None:
    document = make_document()
    claim = make_claim(document, "shelled Port Amar on Monday", "The Valley Front", day="2031-03-09")
    append_document(ledger, run, document, (claim,), now=NOON)
    (entry,) = views.claims(ledger, NOW)
    assert (entry.valid_from, entry.valid_to) == (date(2031, 2, 28), date(2031, 3, 9))


def test_claims_are_found_by_actor_conduct_event_document_and_prefix(ledger: Ledger, run: Run) -> None:
    document = make_document()
    attack, quiet = make_claims(document)
    append_document(ledger, run, document, (attack, quiet), now=NOON)

    def ids(**wanted: object) -> list[str]:
        return [entry.claim.id for entry in views.claims(ledger, NOW, **wanted)]  # type: ignore[arg-type]

    assert ids(actor="valley-front") == ids(actor="The Valley Front") == [attack.id]
    assert ids(actor="the hill  council") == ids(conduct="holding fire") == [quiet.id]
    assert ids(event="RETREAT") == ids(actor="nobody") == ids(document_id="none") == []
    assert len(ids(event="ASSAULT", document_id=document.id)) == 2
    assert ids(limit=1) == [quiet.id]
    found = views.claim(ledger, attack.id[:-3], NOW)
    assert found is not None
    assert found.claim == attack
    assert views.claim(ledger, document.id[:4], NOW) is None
    assert views.claim(ledger, attack.id, AsOf(known_by=NOON - timedelta(seconds=1))) is None
    keys = {(each.key, each.count) for each in views.actors(ledger, NOW)}
    assert keys == {("valley-front", 1), ("text:hill council", 1)}


def test_a_view_can_be_read_within_a_view_in_memory_too() -> None:
    with open_ledger("sqlite://") as ledger:
        run = begin_run(ledger, command="read", rulebook_hash="one", version="0.1.0", now=NOON)
        for number in range(3):
            document = make_document(TEXT + str(number), url=f"https://courier.example/{number}")
            append_document(ledger, run, document, make_claims(document), now=NOON)
        seen = [views.document(ledger, each.id, NOW) for each in views.documents(ledger, NOW)]
        assert len([each for each in seen if each]) == 3
