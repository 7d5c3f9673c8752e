"""The gate: what can carry a claim passes with what stands around it; the rest is not parsed."""

from __future__ import annotations

from functools import lru_cache

import pytest

from holdfire.extraction.gate import AFTER, BEFORE
from holdfire.model.document import Document
from holdfire.pipeline import Reader, likely_passages, load_reader, read_whole
from holdfire.rules.events import Trigger

IDLE = "The library opens at nine on weekdays."
DEED = "The Valley Front shelled Port Amar."


@lru_cache
def reader() -> Reader:
    return load_reader()


def passing(*texts: str) -> list[bool]:
    gate = reader().gate
    assert gate is not None
    return gate.passing(texts)


def test_what_holds_no_construction_does_not_pass() -> None:
    assert passing(IDLE, IDLE) == [False, False]
    assert passing(DEED) == [True]


def test_the_words_that_a_construction_asks_for_must_be_there() -> None:
    # "shut" is an event only of a border, a crossing and the like.
    assert passing("They shut the border.") == [True]
    assert passing("They shut the shop.") == [False]


def test_passages_around_a_likely_one_pass_with_it() -> None:
    texts = [IDLE] * 6 + [DEED] + [IDLE] * 6
    assert passing(*texts) == [6 - BEFORE <= at <= 6 + AFTER for at in range(len(texts))]


def test_a_verb_left_out_passes_only_after_a_deed() -> None:
    assert passing("So far they have not.") == [False]
    assert passing(DEED, IDLE, IDLE, IDLE, IDLE, "So far they have not.", IDLE)[-2:] == [True, True]
    assert passing(DEED, *[IDLE] * 8)[-1] is False


@pytest.mark.parametrize("trigger", reader().rulebook.events.triggers, ids=lambda each: each.id)
def test_no_example_of_an_event_is_lost(trigger: Trigger) -> None:
    if trigger.event is not None:
        for text in trigger.matches:
            # Constructions of a deed that is left out have their deed in the same example.
            assert passing(text) == [True], text


def test_only_what_passes_is_parsed_and_every_passage_is_kept() -> None:
    parsed: list[str] = []
    nlp = reader().nlp

    def parse(texts):  # type: ignore[no-untyped-def]
        parsed.extend(texts)
        return nlp.parse(texts)

    from dataclasses import replace

    watched = replace(reader(), nlp=replace(nlp, parse=parse))
    idle = Document(id="idle", text="\n".join([IDLE] * 5))
    _, claims, passages = read_whole(idle, watched)
    assert (claims, len(passages), parsed) == ((), 5, [])
    mixed = Document(id="mixed", text="\n".join([IDLE, IDLE, IDLE, IDLE, DEED, IDLE, IDLE]))
    _, claims, passages = read_whole(mixed, watched)
    assert [each.event for each in claims] == ["ASSAULT"]
    assert len(passages) == 7
    assert parsed == [IDLE, IDLE, DEED, IDLE]


def test_a_report_on_another_subject_has_no_likely_passage() -> None:
    text = (
        "The striker scored two goals as the league leaders attacked.\n"
        "The coach said his players and the goalkeeper had defended the stadium; the referee gave a penalty.\n"
    )
    document = Document(id="sport", text=text)
    passages = read_whole(document, reader())[2]
    assert len(passages) == 2
    assert likely_passages(document, passages, reader()) == ()
