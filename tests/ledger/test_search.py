"""Words in documents and evidence, the same on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from holdfire.ledger.append import append_document
from holdfire.ledger.connect import Ledger
from holdfire.ledger.search import search
from holdfire.model.entry import AsOf, Run
from tests.ledger.invented import NOON, make_claims, make_document


@pytest.mark.parametrize(
    ("query", "documents", "claims"),
    [
        ("harbour", 1, 0),
        ("SHELLED amar", 1, 1),
        ('"port amar"', 1, 1),
        ('"amar port"', 0, 0),
        ("blockade shelled", 1, 0),
        ("airship", 0, 0),
        ("", 0, 0),
        ('NEAR(" OR * -', 0, 0),
        ("amar-port'; drop table", 0, 0),
    ],
)
def test_every_word_must_be_there_and_nothing_is_an_operator(
    ledger: Ledger, run: Run, query: str, documents: int, claims: int
) -> None:
    document = make_document()
    append_document(ledger, run, document, make_claims(document), now=NOON)
    hits = list(search(ledger, query, AsOf()))
    assert (sum(hit.claim_id is None for hit in hits), sum(hit.claim_id is not None for hit in hits)) == (
        documents,
        claims,
    )
    assert not list(search(ledger, query, AsOf(known_by=NOON - timedelta(seconds=1))))


def test_an_excerpt_marks_the_words(ledger: Ledger, run: Run) -> None:
    document = make_document()
    append_document(ledger, run, document, make_claims(document), now=NOON)
    (hit,) = search(ledger, "blockade", AsOf())
    assert "[blockade]" in hit.excerpt
    assert hit.document.outlet == "Amar Courier"
