"""Makes realistic reports with claims: a few loud actors and many quiet ones, years of dates, sources, reasons."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from holdfire.model.actor import Mention
from holdfire.model.claim import Claim, ClaimTime, Evidence, Reason
from holdfire.model.document import Document, document_id
from holdfire.model.source import Source
from holdfire.model.span import Span

# Event, conduct and polarity, with how often they come in a mixed corpus of conflict news.
_KINDS = (
    ("ASSAULT", "attacking", "affirmed", 26), ("ASSAULT", "holding fire", "negated", 7),
    ("CONSULT", "talking", "affirmed", 14), ("THREATEN", "threatening", "affirmed", 9),
    ("ACCUSE", "condemning", "affirmed", 12), ("SUPPORT", "backing", "affirmed", 7),
    ("REQUEST", "urging restraint", "affirmed", 8), ("MOBILIZE", "mobilising", "affirmed", 5),
    ("REJECT", "refusing", "affirmed", 6), ("RETREAT", "standing down", "affirmed", 3),
    ("AID", "arming", "affirmed", 3),
)  # fmt: skip
_CERTAINTIES = (("stated", 45), ("attributed", 40), ("hedged", 8), ("rumoured", 4), ("denied", 3))
_WORDS = (
    "port river council front garrison road convoy night morning shells truce envoy talks bridge valley hill guards "
    "border village statement minister commander fighters drones market hospital winter grain ship harbour north south "
    "said told fired crossed refused joined waited left held burned closed opened asked warned met signed"
).split()
_FIRST_DAY = date(2028, 1, 1)
_DAYS = 1096


def reports(
    count: int, *, claims_each: int = 10, actors: int = 3000, seed: int = 7
) -> Iterator[tuple[Document, tuple[Claim, ...]]]:
    """Reports in order of publication, each of about 1,500 characters with `claims_each` claims.

    Actors follow a Zipf law: the loudest has a thirtieth of all claims, most have a handful of conducts.
    """
    chance = random.Random(seed)
    weights = [1 / (rank + 3) for rank in range(actors)]
    for number in range(count):
        published = _FIRST_DAY + timedelta(days=number * _DAYS // count)
        whose = chance.choices(range(actors), weights, k=claims_each)
        yield _report(chance, number, published, whose)


def _report(
    chance: random.Random, number: int, published: date, whose: list[int]
) -> tuple[Document, tuple[Claim, ...]]:
    sentences: list[str] = []
    spans: list[int] = []
    at = 0
    for actor in whose:
        words = " ".join(chance.choices(_WORDS, k=16))
        sentence = f"Group {actor} {words} because of the {chance.choice(_WORDS)}, the harbour master said. "
        spans.append(at)
        sentences.append(sentence)
        at += len(sentence)
    text = "".join(sentences)
    url = f"https://outlet{number % 60}.example/{number}"
    document = Document(
        id=document_id(url, text), text=text, url=url, outlet=f"Outlet {number % 60}", title=f"Report {number}",
        published=published,
    )  # fmt: skip
    return document, tuple(
        _claim(chance, document, start, sentence, actor, place)
        for place, (start, sentence, actor) in enumerate(zip(spans, sentences, whose, strict=True))
    )


def _claim(chance: random.Random, document: Document, start: int, sentence: str, actor: int, place: int) -> Claim:
    # An actor has its own habits: the quiet ones show few conducts.
    habits = _KINDS[actor % 5 : actor % 5 + (3 if actor > 100 else 11)] or _KINDS
    event, conduct, polarity, _ = chance.choices(habits, [each[3] for each in habits])[0]
    certainty = chance.choices([each[0] for each in _CERTAINTIES], [each[1] for each in _CERTAINTIES])[0]
    name = f"Group {actor}"
    said = sentence.index("the harbour master")
    why = sentence.index("because")
    assert document.published is not None
    day = (document.published - timedelta(days=min(chance.getrandbits(3), 5))).isoformat()
    end = start + len(sentence) - 2
    return Claim(
        id=f"{document.id[:12]}{place:04x}",
        evidence=Evidence(document_id=document.id, span=Span(start, end), text=sentence[:-2]),
        actor=(
            Mention(text=name, span=Span(start, start + len(name)), id=f"group.{actor}", name=name, kind="armed group"),
        ),
        event=event,
        polarity=polarity,  # type: ignore[arg-type]
        certainty=certainty,  # type: ignore[arg-type]
        sources=(Source(text="the harbour master", span=Span(start + said, start + said + 18), kind="named"),)
        if certainty == "attributed"
        else (),
        reasons=(Reason(span=Span(start + why, start + why + 7), text="because", category="deterrence"),)
        if place % 5 == 0
        else (),
        time=ClaimTime(start=day, end=day, text="on that day") if place % 2 else None,
        conduct=conduct,
        rule_ids=("rule.one", "rule.two"),
    )
