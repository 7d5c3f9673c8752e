"""Passages, runs, problems and rulebooks: what a ledger keeps beside claims."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from holdfire.ledger import views
from holdfire.ledger.append import append_batch, begin_run, record_problem
from holdfire.ledger.check import check, content_hash
from holdfire.ledger.connect import Ledger, open_ledger
from holdfire.ledger.merge import merge
from holdfire.ledger.records import passages, problems, rulebooks, runs
from holdfire.model.document import Passage, Pointer
from holdfire.model.entry import AsOf, Run
from holdfire.model.span import Span
from tests.ledger.conftest import Server
from tests.ledger.invented import NOON, RULES, make_claims, make_document
from tests.ledger.writer import write_all

NOW = AsOf()
DAY = timedelta(days=1)


def test_passages_and_pointers_come_back_with_the_reading_that_stood(ledger: Ledger, run: Run) -> None:
    pointer = Pointer(span=Span(0, 3), text="The", kind="fuller report", author="Ada Moor", outlet="Amar Courier")
    document = make_document(pointers=(pointer,))
    cut = tuple(
        Passage(document_id=document.id, index=n, span=Span(10 * n, 10 * n + 9), role=role, paragraph=n // 2)
        for n, role in enumerate(("headline", "lede", "body"))
    )
    append_batch(ledger, run, [(document, make_claims(document), cut)], now=NOON)
    assert passages(ledger, document.id, NOW) == cut
    assert views.document(ledger, document.id, NOW) == document
    newer = begin_run(ledger, command="reread", rulebook_hash="two", version="0.1.0", now=NOON + DAY)
    append_batch(ledger, newer, [(document, (), cut[:1])], now=NOON + DAY)
    assert passages(ledger, document.id, NOW) == cut[:1]
    assert passages(ledger, document.id, AsOf(known_by=NOON)) == cut
    append_batch(ledger, newer, [(make_document("Quiet.", id="other"), ())], now=NOON + DAY)
    assert passages(ledger, "other", NOW) is None


def test_runs_problems_and_rulebooks_are_seen_as_of_a_moment(ledger: Ledger, run: Run) -> None:
    problem = record_problem(ledger, run, where="page 3", what="no article found", now=NOON)
    newer = begin_run(ledger, command="reread", rulebook_hash="two", version="0.2.0", now=NOON + DAY)
    assert runs(ledger, NOW) == (run, newer)
    assert [each.hash for each in rulebooks(ledger, NOW)] == [RULES, "two"]
    assert problems(ledger, NOW) == (problem,)
    before = AsOf(known_by=NOON)
    assert runs(ledger, before) == (run,)
    assert [each.hash for each in rulebooks(ledger, before)] == [RULES]
    assert problems(ledger, AsOf(known_by=NOON - DAY)) == ()


def test_a_ledger_moves_from_one_database_to_the_other_and_back(postgresql: Server, tmp_path: Path) -> None:
    url = postgresql.ready()
    with open_ledger(tmp_path / "one.db") as one, open_ledger(url) as other, open_ledger(tmp_path / "two.db") as two:
        write_all(one)
        merge(other, one)
        merge(two, other)
        assert content_hash(one) == content_hash(other) == content_hash(two)
        for ledger in (other, two):
            assert not list(check(ledger))
            assert list(views.claims(ledger, NOW)) == list(views.claims(one, NOW))
            assert runs(ledger, NOW) == runs(one, NOW)
    postgresql.free.append(url)
