"""An invented ledger that has something on every page: three parties, five outlets, versions, judgements, places."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from holdfire.ledger.append import append_batch, begin_run
from holdfire.ledger.connect import open_ledger
from holdfire.ledger.judge import grade, judge
from holdfire.ledger.takedown import take_down
from holdfire.model.actor import Mention, folded
from holdfire.model.claim import Claim, ClaimTime, Condition, Evidence, Place, Reason
from holdfire.model.document import Boilerplate, Document, document_id
from holdfire.model.source import Source
from holdfire.model.span import Span

START = datetime(2031, 3, 2, 9, 0, tzinfo=UTC)
Reading = tuple[Document, tuple[Claim, ...]]

FRONT, COUNCIL, NORLAND = "The Valley Front", "The Hill Council", "Norland"

GUARD, MILITIA = "The River Guard", "The Coast Militia"
RAIDERS = (
    GUARD,
    MILITIA,
    *(f"The {name} Band" for name in ("Amber", "Birch", "Cedar", "Dune", "Elm", "Flint")),
)
KEYS = {FRONT: "front", COUNCIL: "council", NORLAND: "norland", **{who: folded(who) for who in RAIDERS}}

FIRST = (
    "The Valley Front shelled Port Amar on Monday, the harbour master said.\n"
    "The Hill Council stayed out of the fighting because it fears a blockade. "
    "It said it stands with the Valley Front.\n"
    "Give the gift of hope: support our newsroom with a donation today.\n"
    "Norland would send ships if the port fell, its minister warned. Drones were rumoured over Stony Ford."
)
SECOND = (
    "The Valley Front shelled Port Amar again on Wednesday, residents said.\n"
    "The Hill Council has not fired a shot, two of its officers said. Norland urged both sides to hold their fire."
)
DENIAL = "The Valley Front denied that it had shelled Port Amar on Monday. The Hill Council praised the Valley Front."
LATER = (
    "The Hill Council has held its fire since Monday, a spokesman said. "
    "The Hill Council threatened to march on Norland."
)


def report(
    text: str, url: str, outlet: str, published: date, *, title: str = "Port Amar", **fields: object
) -> Document:
    """A report; its id follows from address and text."""
    return Document(
        id=document_id(url, text), text=text, url=url, outlet=outlet, title=title, published=published, **fields
    )  # type: ignore[arg-type]


def claim(
    document: Document, evidence: str, actor: str, event: str, conduct: str | None, *, day: str | None = None,
    source: str | None = None, recipient: str | None = None, reason: str | None = None, condition: str | None = None,
    place: Place | None = None, **fields: object,
) -> Claim:  # fmt: skip
    """A claim whose parts are words of the document."""
    text = document.text

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    def mention(words: str) -> Mention:
        known = KEYS.get(words)
        where = span(words) if words in text else span(words.removeprefix("The "))
        return Mention(text=where.of(text), span=where, id=known, name=words.removeprefix("The ") if known else None)

    values: dict[str, object] = {
        "id": f"{document.id[:10]}{span(evidence).start_char:04x}{event.lower()[:2]}",
        "evidence": Evidence(document_id=document.id, span=span(evidence), text=evidence),
        "actor": (mention(actor),) if actor else (),
        "recipient": (mention(recipient),) if recipient else (),
        "event": event,
        "conduct": conduct,
        "time": ClaimTime(start=day, end=day, text="on that day") if day else None,
        "sources": (Source(text=source, span=span(source), kind="named"),) if source else (),
        "certainty": "attributed" if source else "stated",
        "reasons": (Reason(span=span(reason), text=reason, category="deterrence"),) if reason else (),
        "condition": Condition(span=span(condition), text=condition) if condition else None,
        "place": place,
        "rule_ids": ("assault.strike",),
    }
    return Claim(**{**values, **fields})  # type: ignore[arg-type]


def place(document: Document, words: str, precision: str, lat: float | None, lon: float | None, country: str) -> Place:
    """A place that stands in the document."""
    start = document.text.index(words)
    return Place(
        text=words, span=Span(start, start + len(words)), name=words, country=country, lat=lat, lon=lon,
        precision=precision,
    )  # fmt: skip


def readings() -> list[Reading]:
    """The reports in the order in which they came."""
    appeal = FIRST.index("Give the gift"), FIRST.index("today.") + len("today.")
    one = report(
        FIRST, "https://courier.example/1", "Amar Courier", date(2031, 2, 25), title="Shelling at the harbour",
        boilerplate=(Boilerplate(span=Span(*appeal), reason="appeal for donations"),),
    )  # fmt: skip
    two = report(SECOND, "https://wire.example/2", "Two Rivers Wire", date(2031, 2, 26), title="A second day of shells")
    three = report(DENIAL, "https://front.example/3", "Front Radio", date(2031, 2, 26), title="The Front denies")
    four = report(LATER, "https://wire.example/4", "Two Rivers Wire", date(2031, 3, 1), title="Still holding")
    return [(one, _of_first(one)), (two, _of_second(two)), (three, _of_denial(three)), (four, _of_later(four))]


def _of_first(one: Document) -> tuple[Claim, ...]:
    return (
        claim(one, "The Valley Front shelled Port Amar on Monday", FRONT, "ASSAULT", "attacking", day="2031-02-24",
              source="the harbour master", mode="heavy-weapons", recipient="Port Amar",
              place=place(one, "Port Amar", "town", 33.4, 44.3, "IRQ")),
        claim(one, "stayed out of the fighting", COUNCIL, "ASSAULT", "holding fire", polarity="negated",
              reason="it fears a blockade"),
        claim(one, "It said it stands with the Valley Front", COUNCIL, "SUPPORT", "backing", recipient=FRONT),
        claim(one, "Norland would send ships if the port fell", NORLAND, "THREATEN", "threatening",
              modality="conditional", source="its minister", condition="if the port fell"),
        claim(one, "Drones were rumoured over Stony Ford", "", "ASSAULT", "attacking", certainty="rumoured",
              place=place(one, "Stony Ford", "admin-1", 35.5, 43.1, "IRQ")),
    )  # fmt: skip


def _of_second(two: Document) -> tuple[Claim, ...]:
    return (
        claim(two, "The Valley Front shelled Port Amar again on Wednesday", FRONT, "ASSAULT", "attacking",
              day="2031-02-26", source="residents", recipient="Port Amar",
              place=place(two, "Port Amar", "town", 33.4, 44.3, "IRQ")),
        claim(two, "The Hill Council has not fired a shot", COUNCIL, "ASSAULT", "holding fire", polarity="negated",
              source="two of its officers"),
        claim(two, "Norland urged both sides to hold their fire", NORLAND, "REQUEST", "urging restraint",
              place=place(two, "Norland", "country", None, None, "SYR")),
    )  # fmt: skip


def _of_denial(three: Document) -> tuple[Claim, ...]:
    return (
        claim(three, "it had shelled Port Amar on Monday", FRONT, "ASSAULT", "attacking", day="2031-02-24",
              certainty="denied", recipient="Port Amar"),
        claim(three, "The Hill Council praised the Valley Front", COUNCIL, "SUPPORT", "backing", recipient=FRONT),
    )  # fmt: skip


def _of_later(four: Document) -> tuple[Claim, ...]:
    return (
        claim(four, "The Hill Council has held its fire since Monday", COUNCIL, "ASSAULT", "holding fire",
              polarity="negated", source="a spokesman"),
        claim(four, "The Hill Council threatened to march on Norland", COUNCIL, "THREATEN", "threatening",
              recipient=NORLAND),
    )  # fmt: skip


QUIET_SINCE = date(2030, 12, 15)


def chronicle() -> list[Reading]:
    """More than a year of daily digests: parties that raid now and then, one of which stops for good."""
    chance = random.Random(3)
    found: list[Reading] = []
    day = date(2029, 11, 1)
    while day < date(2031, 3, 1):
        raiders = [who for number, who in enumerate(RAIDERS) if chance.random() < 0.36 - 0.03 * number]
        if day >= QUIET_SINCE and GUARD in raiders:
            raiders.remove(GUARD)
        found.append(digest(day, raiders))
        day += timedelta(days=1)
    return found


def digest(day: date, raiders: Sequence[str]) -> Reading:
    """One day of the chronicle."""
    deeds = "".join(f"{who} raided a convoy on the northern road. " for who in raiders)
    text = f"{deeds}Norland met the envoys of the isles on {day}."
    made = report(text, f"https://digest.example/{day}", "Isle Digest", day, title=f"Digest of {day}")
    road = place(made, "northern road", "country", None, None, "IRQ") if raiders else None
    talks = claim(made, "Norland met the envoys of the isles", NORLAND, "CONSULT", "talking",
                  place=place(made, "isles", "country", None, None, "IRQ"))  # fmt: skip
    raids = (
        claim(made, f"{who} raided a convoy on the northern road", who, "ASSAULT", "attacking", place=road)
        for who in raiders
    )
    return made, (talks, *raids)


def fill(path: Path, more: Sequence[Reading] = ()) -> list[Reading]:
    """Write the ledger: the reports day by day, a second version, a judgement, a grade, a report taken down."""
    held = [*readings(), *more]
    with open_ledger(path) as ledger:
        run = begin_run(ledger, command="read", rulebook_hash="rules-one", version="0.1.0", now=START)
        for number, reading in enumerate(held):
            append_batch(ledger, run, [reading], now=START + timedelta(hours=number))
        append_batch(ledger, run, chronicle(), now=START + timedelta(days=1))
        later = START + timedelta(days=2)
        version, claims = second_version(held[1][0])
        append_batch(ledger, run, [(version, claims)], now=later)
        gone = report("Norland shelled Port Amar.", "https://gone.example/9", "Gone Times", date(2031, 2, 26))
        append_batch(ledger, run, [(gone, ())], now=later)
        take_down(ledger, gone.id, who="Ann", reason="court order", now=later + timedelta(hours=1))
        judge(ledger, held[0][1][3].id, who="Ann", role="editor", verdict="accept", reason="heard it myself",
              now=later + timedelta(hours=2))  # fmt: skip
        grade(ledger, "Two Rivers Wire", letter="B", who="Ann", reason="long record", now=later)
    return held


def second_version(two: Document) -> Reading:
    """The second report once more, with a sentence changed and one added."""
    text = SECOND.replace("residents said", "three residents said") + " The envoys left."
    version = report(text, two.url or "", two.outlet or "", date(2031, 2, 26), title="A second day of shells, amended")
    return version, (
        claim(version, "The Valley Front shelled Port Amar again on Wednesday", FRONT, "ASSAULT", "attacking",
              day="2031-02-26", source="three residents", recipient="Port Amar",
              place=place(version, "Port Amar", "town", 33.4, 44.3, "IRQ")),
        claim(version, "The Hill Council has not fired a shot", COUNCIL, "ASSAULT", "holding fire",
              polarity="negated", source="two of its officers"),
        claim(version, "Norland urged both sides to hold their fire", NORLAND, "REQUEST", "urging restraint",
              place=place(version, "Norland", "country", None, None, "SYR")),
    )  # fmt: skip


LONG = "W" * 1_000_000
SCRIPT = "<script>window.hacked=1</script>"
HANDLER = '"><img src=x onerror="window.hacked=2"><svg onload=window.hacked=3>'
TURNED = "\u202egnp.exe\u2066 hidden \x07\x1b[31m"


def hostile() -> list[Reading]:
    """Reports with hostile text in every field: scripts, handlers, addresses, controls, words of a megabyte."""
    name = f"{SCRIPT}{HANDLER}{TURNED} Legion"
    text = (
        f"{name} attacked {{{{7*7}}}} {{% raise %}} on Monday, {SCRIPT} said "
        f"because {HANDLER} fears </style>{TURNED}.\n"
        f"{SCRIPT}{HANDLER} is an advertisement </details></main>.\n{LONG}\n"
        "The council of <b>Hoaxes</b> held its fire. https://evil.example/<script>"
    )
    appeal = text.index(f"{SCRIPT}{HANDLER} is"), text.index("</main>.") + len("</main>.")
    one = report(
        text, "javascript:window.hacked=4//https://x.example", f"{SCRIPT}{HANDLER}{TURNED}", date(2031, 2, 27),
        title=f"{SCRIPT}{HANDLER}{TURNED} {LONG[:5000]}", byline=f"{HANDLER}{TURNED}",
        boilerplate=(Boilerplate(span=Span(*appeal), reason=f"{SCRIPT}{HANDLER}"),),
    )  # fmt: skip
    words = text[: text.index(" on Monday")]
    long = claim(one, LONG, LONG, "THREATEN", "threatening")
    return [
        (
            one,
            (
                claim(one, words, name, "ASSAULT", "attacking", day="2031-02-27", source=SCRIPT, reason=HANDLER,
                      recipient=HANDLER, condition=f"</style>{TURNED}",
                      place=place(one, SCRIPT, "unresolved", None, None, "<b>"), mode="<i>drone"),
                claim(one, "The council of <b>Hoaxes</b> held its fire", "The council of <b>Hoaxes</b>", "ASSAULT",
                      "holding fire", polarity="negated", place=place(one, "<b>Hoaxes</b>", "town", 34.0, 41.0, "IRQ")),
                long,
            ),
        ),
        (report("A quiet text.", 'data:text/html,<script>alert(1)</script>', "Plain", date(2031, 2, 27)), ()),
    ]  # fmt: skip
