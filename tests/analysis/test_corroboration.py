"""Who else says so: the cases of tests/cases/corroboration.txt, and what the numbers of grades mean."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from holdfire.analysis.corroboration import as_number, corroborate, digit_of
from holdfire.analysis.duplicates import near_duplicates, shared
from holdfire.model.actor import Mention
from holdfire.model.claim import Claim, ClaimTime, Content, Evidence, Place
from holdfire.model.corroboration import Corroboration
from holdfire.model.document import Boilerplate, Document, Pointer
from holdfire.model.entry import Header, Judgement, LedgerEntry
from holdfire.model.source import Source
from holdfire.model.span import Span
from holdfire.rules.load import RuleSource
from holdfire.rules.outlets import load_outlet_rules

FILE = Path(__file__).parents[1] / "cases" / "corroboration.txt"
OUTLETS = load_outlet_rules(RuleSource())
NOON = datetime(2031, 4, 2, 12, 0, tzinfo=UTC)
NOWHERE = Span(0, 1)
_CLAIM = re.compile(
    r"(?P<actors>.+?) (?P<negated>not )?(?P<event>[A-Z]{3,})(?:/(?P<mode>[\w-]+))?(?: -> (?P<recipient>.+?))?"
    r"(?: @ (?P<place>.+?))?(?: on (?P<start>[\d-]+)(?:\.\.(?P<end>[\d-]+))?)?"
    r"(?: says (?P<source>.+?))?(?: cites (?P<cited>.+?))?(?P<unnamed> someone says)?"
    r"(?: (?P<certainty>hedged|rumoured|denied))?(?: (?P<modality>possible|intended))?"
    r"(?: content (?P<content>(?:not )?[A-Z]+))?"
)


@dataclass
class Case:
    title: str
    line: int
    reports: list[tuple[str, ...]] = field(default_factory=list)
    grades: dict[str, str] = field(default_factory=dict)
    groups: set[tuple[frozenset[str], int, str]] = field(default_factory=set)
    opposed: set[tuple[frozenset[str], frozenset[str]]] = field(default_factory=set)


def load() -> tuple[list[Case], dict[str, str]]:
    cases: list[Case] = []
    body, _, rest = FILE.read_text("utf-8").partition("\n-- text ")
    texts = {name: text.strip() for name, _, text in (each.partition("\n") for each in rest.split("\n-- text "))}
    for number, line in enumerate(body.splitlines(), 1):
        if line.startswith("== "):
            cases.append(Case(line[3:], number))
        elif line.startswith("=> "):
            labels, _, result = line[3:].partition(": ")
            count, code = re.fullmatch(r"(\d+) origins?, ([A-F][1-6])", result).groups()  # type: ignore[union-attr]
            cases[-1].groups.add((frozenset(labels.split()), int(count), code))
        elif line.startswith(">< "):
            left, _, right = line[3:].partition(" : ")
            cases[-1].opposed.add((frozenset(left.split()), frozenset(right.split())))
        elif line.startswith("grade "):
            *name, letter = line.split()[1:]
            cases[-1].grades[" ".join(name)] = letter
        elif line and not line.startswith("#"):
            cases[-1].reports.append(tuple(each.strip() for each in line.split(" | ")))
    return cases, texts


CASES, TEXTS = load()


def mention(text: str) -> Mention:
    return Mention(text=text, span=NOWHERE)


def place(text: str | None) -> Place | None:
    if text is None:
        return None
    name, country, code = re.fullmatch(r"(.+?)( country)?(?: \[(\w+)\])?", text).groups()  # type: ignore[union-attr]
    return Place(text=name, span=NOWHERE, country=code, precision="country" if country else "town")


def entry_of(report: tuple[str, ...]) -> tuple[LedgerEntry, Document | None]:
    label, outlet, published, said, *more = report
    found = _CLAIM.fullmatch(said)
    assert found, said
    extra = dict(each.split(" ", 1) for each in more)
    name = label.split(".")[0]
    source, cited, unnamed = found["source"], found["cited"], found["unnamed"]
    sources: tuple[Source, ...] = ()
    if source:
        sources = (Source(text=source, span=NOWHERE, kind="named"),)
    elif cited:
        sources = (Source(text=cited, span=NOWHERE, kind="outlet"),)
    elif unnamed:
        sources = (Source(text="officials", span=NOWHERE, kind="unnamed"),)
    content = found["content"]
    claim = Claim(
        id=label,
        evidence=Evidence(document_id=name, span=NOWHERE, text="x"),
        actor=() if found["actors"] == "nobody" else tuple(mention(each) for each in found["actors"].split(" + ")),
        event=found["event"],
        mode=found["mode"],
        recipient=(mention(found["recipient"]),) if found["recipient"] else (),
        polarity="negated" if found["negated"] else "affirmed",
        modality=found["modality"] or "actual",  # type: ignore[arg-type]
        certainty=found["certainty"] or ("attributed" if sources else "stated"),  # type: ignore[arg-type]
        sources=sources,
        content=Content(event=content.split()[-1], polarity="negated" if " " in content else "affirmed")
        if content
        else None,
        time=ClaimTime(start=found["start"], end=found["end"] or found["start"], text="") if found["start"] else None,
        place=place(found["place"]),
    )
    day = date.fromisoformat(published)
    entry = LedgerEntry(
        claim=claim,
        document=Header(id=name, outlet=outlet, byline=extra.get("by"), published=day),
        recorded_at=NOON,
        run_id="run",
        valid_from=date.fromisoformat(found["start"]) if found["start"] else day,
        valid_to=date.fromisoformat(found["end"] or found["start"]) if found["start"] else day,
    )
    pointers = (
        (Pointer(span=NOWHERE, text="", kind="fuller report", outlet=extra["pointer"]),) if "pointer" in extra else ()
    )
    if "text" not in extra and not pointers:
        return entry, None
    text = TEXTS[extra["text"]] if "text" in extra else "The front fired."
    return entry, Document(id=name, text=text, outlet=outlet, pointers=pointers)


def outcome(case: Case, *, shuffled: bool = False) -> Corroboration:
    made = [entry_of(report) for report in case.reports]
    if shuffled:
        random.Random(case.title).shuffle(made)
    documents = {each.id: each for _, each in made if each}
    return corroborate([entry for entry, _ in made], documents, outlets=OUTLETS, grades=case.grades)


def shown(found: Corroboration) -> tuple[object, object]:
    names = {group.id: frozenset(each.claim.id for each in group.entries) for group in found.groups}
    return (
        {(names[group.id], len(group.origins), group.code) for group in found.groups},
        {(names[each.said.id], names[each.against.id]) for each in found.contradictions},
    )


def is_right(case: Case) -> bool:
    return shown(outcome(case)) == (case.groups, case.opposed)


def test_there_are_enough_groups_and_nearly_all_are_right() -> None:
    groups = sum(len(case.groups) for case in CASES)
    assert len(CASES) >= 40
    wrong = [f"{FILE.name}:{case.line} {case.title}" for case in CASES if not is_right(case)]
    print(f"corroboration: {len(CASES) - len(wrong)} of {len(CASES)} cases right ({groups} groups)")
    assert len(wrong) <= 0.05 * len(CASES), wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_order_of_entries_does_not_matter(case: Case) -> None:
    assert shown(outcome(case, shuffled=True)) == shown(outcome(case))


@pytest.mark.parametrize(
    ("grade", "number"), [("A", 1.0), ("C", 0.5), ("E", 0.0), ("F", None), (1, 1.0), (5, 0.0), (6, None), ("6", None)]
)
def test_a_grade_that_cannot_be_judged_is_never_a_number(grade: str | int, number: float | None) -> None:
    assert as_number(grade) == number


def test_more_support_never_makes_a_grade_worse_and_more_contradiction_never_better() -> None:
    for letter in "ABCDEF":
        for against in range(1, 6):
            digits = [digit_of(count, against, letter) for count in range(8)]
            assert digits == sorted(digits, reverse=True)
        for count in range(1, 6):
            digits = [digit_of(count, against, letter) for against in range(1, 9)]
            assert digits == sorted(digits)


def test_a_rejected_claim_is_left_out() -> None:
    made, _ = entry_of(CASES[0].reports[0])
    said = Judgement(id="1", claim_id="a", who="Ann", role="editor", verdict="reject", reason="so", recorded_at=NOON)
    assert corroborate([_with(made, said)], {}, outlets=OUTLETS).groups == ()


def _with(entry: LedgerEntry, judgement: Judgement) -> LedgerEntry:
    from dataclasses import replace

    return replace(entry, judgements=(judgement,))


def test_boilerplate_does_not_make_copies() -> None:
    notice = " ".join(f"Subscribe to the newsletter number {each} of our house." for each in range(30))
    documents = {}
    for name, text in (("a", TEXTS["own"]), ("b", TEXTS["own-other"])):
        whole = text + "\n" + notice
        mark = Boilerplate(span=Span(len(text) + 1, len(whole)), reason="notice")
        documents[name] = Document(id=name, text=whole, boilerplate=(mark,))
    assert near_duplicates(documents) == {"a": "a", "b": "b"}
    unmarked = {name: Document(id=name, text=each.text) for name, each in documents.items()}
    assert near_duplicates(unmarked) == {"a": "a", "b": "a"}


def test_the_share_of_the_shorter_text() -> None:
    assert shared(0.25, 25, 100) == pytest.approx(1.0)
    assert shared(1.0, 10, 10) == 1.0
    assert shared(0.0, 10, 10) == shared(0.5, 0, 10) == 0.0
