"""Whatever a report looks like, the reader does not raise, and what it quotes stands in the text.

`make soak` runs the same for ten minutes (SOAK_SECONDS) over longer texts.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, example, given, seed, settings

from holdfire.errors import IntakeError
from holdfire.intake.documents import make_document
from holdfire.intake.metadata import Header
from holdfire.model.claim import CERTAINTIES, CONDUCTS, EVENTS, MODALITIES, POLARITIES, Claim
from holdfire.model.codec import claim_from_json, claim_to_json, document_to_json
from holdfire.model.document import Document
from holdfire.model.span import Span
from holdfire.pipeline import Reader, load_reader, read_document
from tests.mangled import mangled

HEADER = Header(published=date(2025, 6, 17), outlet="The Port Amar Post")


@lru_cache
def reader() -> Reader:
    return load_reader()


def check(text: str) -> None:
    """Read one text as the command line would, and hold every claim against it."""
    try:
        document = make_document(text, HEADER, rules=reader().rulebook.boilerplate, raw=b"", reader="test")
    except IntakeError:
        return
    claims = read_document(document, reader())
    for mark in document.boilerplate:
        assert 0 <= mark.span.start_char < mark.span.end_char <= len(document.text)
    for claim in claims:
        check_claim(claim, document)
    assert [each.evidence.span for each in claims] == sorted(each.evidence.span for each in claims)
    assert len({each.id for each in claims}) == len(claims)
    assert read_document(document, reader()) == claims
    json.dumps(document_to_json(document), ensure_ascii=False).encode("utf-8")


def check_claim(claim: Claim, document: Document) -> None:
    text, evidence = document.text, claim.evidence
    assert evidence.text
    for span, words in quoted(claim):
        assert 0 <= span.start_char < span.end_char <= len(text)
        assert span.of(text) == words
    assert text[: evidence.span.start_char].endswith(evidence.prefix)
    assert text[evidence.span.end_char :].startswith(evidence.suffix)
    assert claim.event in EVENTS
    assert claim.polarity in POLARITIES
    assert claim.modality in MODALITIES
    assert claim.certainty in CERTAINTIES
    assert claim.conduct is None or claim.conduct in CONDUCTS
    if claim.likelihood is not None:
        assert 0 <= claim.likelihood[0] <= claim.likelihood[1] <= 1
    if claim.time is not None and claim.time.start and claim.time.end:
        assert date.fromisoformat(claim.time.start) <= date.fromisoformat(claim.time.end)
    if claim.quote is not None:
        assert 0 <= claim.quote.span.start_char < claim.quote.span.end_char <= len(text)
    data = json.loads(json.dumps(claim_to_json(claim), ensure_ascii=False).encode("utf-8"))
    assert claim_to_json(claim_from_json(data, document_id=document.id)) == claim_to_json(claim)


def quoted(claim: Claim) -> Iterator[tuple[Span, str]]:
    """Every span of a claim with the words that it is said to hold."""
    yield claim.evidence.span, claim.evidence.text
    for party in (*claim.actor, *claim.recipient, *claim.sources):
        yield party.span, party.text
    for reason in claim.reasons:
        yield reason.span, reason.text
    if claim.condition is not None:
        yield claim.condition.span, claim.condition.text
    if claim.place is not None:
        yield claim.place.span, claim.place.text
    if claim.time is not None and claim.time.span is not None:
        yield claim.time.span, claim.time.text


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(mangled())
@example("The Valley Front 🛩️ fired no rockets,\r\n\r\nsaid the army’s\xa0spokesman. “We will not fight.")
@example("The Valley Front de\u0301nied it had shelled the mi\u0308ll.\u2028\u2028No rockets, no drones.")
@example("\u202eNORLAND BOMBED THE MILL\u202c. If Norland fires, the Valley Front will fire.")
@example("“" * 50 + "The Valley Front attacked" + "”" * 49)
@example("\n\n.\n—\n…\n\u200d\n")
@example("The Valley Front shelled " * 80 + "the mill.")
def test_mangled_reports_are_read_without_fault(text: str) -> None:
    check(text)


@pytest.mark.soak
def test_mangled_reports_for_as_long_as_asked() -> None:
    until = time.monotonic() + float(os.environ.get("SOAK_SECONDS", "600"))
    read, number = 0, 0

    def one(text: str) -> None:
        nonlocal read
        # Past the time, the rest of the batch costs nothing.
        if time.monotonic() < until:
            check(text)
            read += 1

    while time.monotonic() < until:
        number += 1
        health = list(HealthCheck)
        batch = settings(max_examples=200, deadline=None, database=None, suppress_health_check=health)
        seed(number)(batch(given(mangled(whole_reports=True))(one)))()
    print(f"{read} texts read in {number} batches")
