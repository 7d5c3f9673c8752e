"""Reasons and conditions of an actor: tripwires and ways out, what is listed and in which order."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from holdfire.analysis.calculus import Calculus, Told, by_month, calculus_of
from holdfire.analysis.tripwires import role_of
from holdfire.model.claim import Claim, Condition, Content, Reason
from holdfire.model.entry import LedgerEntry
from holdfire.model.span import Span
from holdfire.rules.load import RuleSource
from holdfire.rules.reasons import ReasonRules, load_reason_rules
from tests.analysis.invented import entry


@lru_cache
def rules() -> ReasonRules:
    return load_reason_rules(RuleSource())


def claim(condition: str | None, **fields: object) -> Claim:
    given = Condition(span=Span(0, len(condition)), text=condition) if condition else None
    return replace(entry(None, "2031-02-20").claim, condition=given, modality="conditional", **fields)


TRUCE = Content(event="RETREAT", actor=None, polarity="affirmed")


@pytest.mark.parametrize(
    ("condition", "fields", "role"),
    [
        ("if the army joins the war", {"event": "THREATEN"}, "tripwire"),
        ("once the bridge falls", {"event": "MOBILIZE"}, "tripwire"),
        ("as long as the army stays away", {"event": "ASSAULT", "polarity": "negated"}, "tripwire"),
        ("as long as the army respects it", {"event": "CONCEDE", "content": TRUCE}, "tripwire"),
        ("as long as the army respects it", {"event": "RETREAT", "mode": "ceasefire"}, "tripwire"),
        ("if the army halts its raids", {"event": "CONCEDE", "content": TRUCE}, "way out"),
        ("if it keeps its seats", {"event": "RETREAT", "mode": "disarm"}, "way out"),
        ("unless it gets guarantees", {"event": "RETREAT", "mode": "withdraw", "polarity": "negated"}, "way out"),
        ("until it gets guarantees", {"event": "REJECT"}, "way out"),
        ("if the army shells the town", {"event": "REJECT"}, None),
        ("if anybody asks", {"event": "SUPPORT"}, None),
        (None, {"event": "THREATEN"}, None),
    ],
)
def test_role_of_a_condition(condition: str | None, fields: dict[str, object], role: str | None) -> None:
    assert role_of(claim(condition, **fields), rules()) == role


def reasoned(
    text: str, category: str, *, bearing: str = "for", day: str = "2031-02-20", **fields: object
) -> LedgerEntry:
    given = entry("holding fire", day, **fields)  # type: ignore[arg-type]
    reason = Reason(span=Span(0, len(text)), text=text, category=category, bearing=bearing)  # type: ignore[arg-type]
    return replace(given, claim=replace(given.claim, polarity="negated", reasons=(reason,)))


def calculus(*entries: LedgerEntry) -> Calculus:
    return calculus_of([Told(entry=each) for each in entries], rules=rules())


def test_reasons_for_come_before_those_against_and_the_commonest_kind_first() -> None:
    found = calculus(
        reasoned("its treaty", "alliance", bearing="against"),
        reasoned("the oil", "economic"),
        reasoned("the raids", "deterrence", day="2031-02-21"),
        reasoned("the bombs", "deterrence", day="2031-02-22"),
    )
    assert [each.reason.text for each in found.reasons] == ["the bombs", "the raids", "the oil", "its treaty"]


def test_order_of_the_entries_does_not_matter() -> None:
    entries = [reasoned(text, "economic", day=f"2031-02-2{n}") for n, text in enumerate(("oil", "tin", "grain"))]
    assert calculus(*entries) == calculus(*reversed(entries))


def test_a_rejected_claim_gives_no_reason() -> None:
    assert calculus(reasoned("the oil", "economic", verdict="reject")).reasons == ()
    assert len(calculus(reasoned("the oil", "economic", verdict="accept")).reasons) == 1


def test_one_report_that_says_it_twice_gives_one_reason_two_reports_two() -> None:
    twice = [reasoned("the oil", "economic", document="one") for _ in range(2)]
    assert len(calculus(*twice).reasons) == 1
    assert len(calculus(*twice, reasoned("the oil", "economic", document="other")).reasons) == 2


def test_conditions_are_told_apart_by_what_they_would_set_off() -> None:
    base = entry("threatening", "2031-02-20")
    threat = replace(base, claim=claim("if the army joins", event="THREATEN"))
    offer = replace(base, claim=claim("if the raids stop", event="RETREAT", mode="withdraw"))
    found = calculus(threat, offer)
    assert [each.condition.text for each in found.of_role("tripwire")] == ["if the army joins"]
    assert [each.condition.text for each in found.of_role("way out")] == ["if the raids stop"]


def test_reasons_are_counted_by_the_month_of_the_act_earliest_first() -> None:
    found = calculus(
        reasoned("fear of raids", "deterrence", day="2031-03-02"),
        reasoned("fear for its seats", "political", day="2031-02-20"),
        reasoned("fear of losing office", "political", day="2031-02-21"),
        reasoned("its treaty", "alliance", bearing="against", day="2031-02-22"),
    )
    months = by_month(found.reasons)
    assert [(each.first.isoformat(), each.counts) for each in months] == [
        ("2031-02-01", (("for", "political", 2), ("against", "alliance", 1))),
        ("2031-03-01", (("for", "deterrence", 1),)),
    ]
