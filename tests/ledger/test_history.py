"""What happened and what differs: by new reports, new versions, new rules, judgements and takings down."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from holdfire.errors import UsageError
from holdfire.ledger import views
from holdfire.ledger.append import append_document, begin_run
from holdfire.ledger.connect import Ledger
from holdfire.ledger.differences import differences
from holdfire.ledger.history import history
from holdfire.ledger.judge import judge
from holdfire.ledger.takedown import take_down
from holdfire.model.entry import AsOf, Run
from tests.ledger.invented import NOON, TEXT, make_claim, make_claims, make_document

NOW = AsOf()
DAY = timedelta(days=1)


def day(number: int) -> datetime:
    return NOON + number * DAY


@pytest.fixture
def story(ledger: Ledger, run: Run) -> dict[str, str]:
    """Day 0 a report, day 1 newer rules, day 2 a correction, day 3 another text at the same address."""
    document = make_document()
    attack, quiet = make_claims(document)
    append_document(ledger, run, document, (attack, quiet), now=day(0))
    rules = begin_run(ledger, command="reread", rulebook_hash="rules-two", version="0.1.0", now=day(1))
    hedged = replace(attack, certainty="hedged", id="0hedged000000000")
    append_document(ledger, rules, document, (hedged, quiet), now=day(1))
    judge(ledger, quiet.id, who="Ann", role="analyst", verdict="correct", reason="only for now", now=day(2),
          changes={"modality": "possible", "conduct": "weighing"})  # fmt: skip
    newer = make_document("Update. " + TEXT)
    moved = make_claim(newer, "stayed out of the fighting", "The Hill Council", polarity="negated",
                       conduct="holding fire", reasons=["it fears a blockade"])  # fmt: skip
    append_document(ledger, rules, newer, (moved,), now=day(3))
    return {"attack": attack.id, "hedged": hedged.id, "quiet": quiet.id, "moved": moved.id, "report": document.id}


def changes(ledger: Ledger, one: datetime, other: datetime) -> list[tuple[str, str, str | None, str | None]]:
    found = differences(ledger, one, other)
    return [
        (
            each.kind,
            each.cause,
            each.before.claim.id if each.before else None,
            each.after.claim.id if each.after else None,
        )
        for each in found
    ]


def test_differences_say_which_claims_and_why(ledger: Ledger, story: dict[str, str]) -> None:
    attack, hedged, quiet = story["attack"], story["hedged"], story["quiet"]
    assert sorted(changes(ledger, day(-1), day(0))) == sorted(
        [("added", "new report", None, attack), ("added", "new report", None, quiet)]
    )
    assert changes(ledger, day(0), day(1)) == [("changed", "new rules", attack, hedged)]
    assert changes(ledger, day(1), day(2)) == [("changed", "new judgement", quiet, quiet)]
    assert sorted(changes(ledger, day(2), day(3)), key=str) == [
        ("changed", "new version", quiet, story["moved"]),
        ("removed", "new version", hedged, None),
    ]
    assert changes(ledger, day(3), day(4)) == []


def test_a_claim_that_only_moved_in_its_text_is_no_difference(ledger: Ledger, run: Run) -> None:
    older, newer = make_document(), make_document("Update. " + TEXT)
    append_document(ledger, run, older, make_claims(older), now=day(0))
    append_document(ledger, run, newer, make_claims(newer), now=day(1))
    assert changes(ledger, day(0), day(1)) == []


def test_a_taking_down_is_told_by_its_number_of_claims(ledger: Ledger, story: dict[str, str]) -> None:
    take_down(ledger, story["report"], who="Ann", reason="court order", now=day(4))
    (gone,) = differences(ledger, day(3), day(4))
    assert (gone.kind, gone.cause, gone.claims) == ("removed", "taken down", 1)


def test_the_history_of_a_claim(ledger: Ledger, story: dict[str, str]) -> None:
    steps = [(each.step, each.cause, each.at) for each in history(ledger, story["quiet"], NOW)]
    assert steps == [
        ("recorded", "new report", day(0)),
        ("superseded", "new rules", day(1)),
        ("recorded", "new rules", day(1)),
        ("judged", None, day(2)),
        ("superseded", "new version", day(3)),
    ]
    assert len(history(ledger, story["quiet"], AsOf(known_by=day(0)))) == 1


def test_the_history_of_a_report_joins_its_versions(ledger: Ledger, story: dict[str, str]) -> None:
    steps = [(each.step, each.cause) for each in history(ledger, story["report"][:10], NOW)]
    assert steps == [
        ("recorded", "new report"), ("superseded", "new rules"), ("recorded", "new rules"),
        ("superseded", "new version"), ("recorded", "new version"),
    ]  # fmt: skip


def test_the_history_of_an_actor_by_id_and_by_words(ledger: Ledger, story: dict[str, str]) -> None:
    assert {each.claim_id for each in history(ledger, "valley-front", NOW)} == {story["attack"], story["hedged"]}
    assert {each.claim_id for each in history(ledger, "the Hill Council", NOW)} == {story["quiet"], story["moved"]}


def test_nobody_knows_the_name(ledger: Ledger, story: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="no claim, report or actor"):
        history(ledger, "nobody", NOW)
    with pytest.raises(UsageError, match="no claim, report or actor"):
        history(ledger, "valley-front", AsOf(known_by=day(-1)))


def test_what_these_rules_have_not_read(ledger: Ledger, run: Run) -> None:
    documents = [make_document(TEXT + str(n), url=f"https://courier.example/{n}") for n in range(3)]
    for document in documents:
        append_document(ledger, run, document, make_claims(document), now=day(0))
    assert views.unread_by(ledger, run.rulebook_hash) == []
    newer = begin_run(ledger, command="reread", rulebook_hash="rules-two", version="0.1.0", now=day(1))
    append_document(ledger, newer, documents[0], make_claims(documents[0]), now=day(1))
    append_document(ledger, newer, documents[1], (), now=day(1))
    assert views.unread_by(ledger, "rules-two") == [documents[2].id]
    assert views.unread_by(ledger, "rules-two", since=(day(9)).date()) == []
