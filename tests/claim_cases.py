"""The cases of tests/cases/claims/*.txt: sentences, and the claims that a fair reader takes from them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from holdfire.model.claim import CERTAINTIES, CONDUCTS, EVENTS, MODALITIES, POLARITIES, Claim
from holdfire.model.span import Span

FOLDER = Path(__file__).parent / "cases" / "claims"
WEIGHTS = ("must", "should", "may")
# The values that a case can be a near miss of.
VALUES = frozenset((*CONDUCTS, *POLARITIES, *MODALITIES, *CERTAINTIES))
_QUOTED = ("actor", "recipient", "sources", "condition")
_LISTED = {
    "mode": None,
    "polarity": POLARITIES,
    "modality": MODALITIES,
    "certainty": CERTAINTIES,
    "conduct": CONDUCTS,
}


class CaseError(Exception):
    """A case that is not written as README.md says; begins with file and line."""


@dataclass
class Expected:
    """One claim that must be there; `fields` hold what was written, alternatives parted by `|`."""

    event: str
    fields: dict[str, str] = field(default_factory=dict)
    spans: dict[str, list[list[Span]]] = field(default_factory=dict)


@dataclass
class Case:
    """One case: its text, its claims (none for "nothing" and "anything") and the values that nothing in it may have."""

    file: str
    line: int
    title: str
    weight: str
    text: str = ""
    expected: list[Expected] = field(default_factory=list)
    near: set[str] = field(default_factory=set)
    nothing: bool = False
    anything: bool = False

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"

    def values(self) -> set[str]:
        """Every facet value and conduct that one of its claims is expected to have, no alternative left open."""
        return {value for each in self.expected for value in each.fields.values()} & VALUES


def read_cases(folder: Path = FOLDER) -> list[Case]:
    """Every case of every file. Raises CaseError."""
    return [case for path in sorted(folder.glob("*.txt")) for case in read_file(path)]


def read_file(path: Path) -> list[Case]:
    """The cases of one file, in order. Raises CaseError naming file and line."""
    cases: list[Case] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        where = f"{path.name}:{number}"
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("== "):
            cases.append(_opened(line, path.name, number))
        elif not cases:
            raise CaseError(f"{where}: a case begins with '== title [must]'.")
        elif line.startswith("-> "):
            _expect(cases[-1], line[3:].strip(), where)
        elif line.startswith("   "):
            _say(cases[-1], line, where)
        elif cases[-1].expected or cases[-1].nothing or cases[-1].anything:
            raise CaseError(f"{where}: the text stands before the claims.")
        else:
            cases[-1].text += ("\n\n" if cases[-1].text else "") + line
    for case in cases:
        if not case.text or not (case.expected or case.nothing or (case.anything and case.near)):
            raise CaseError(f"{case.where}: '{case.title}' lacks its text or its '->'.")
    return cases


def _opened(line: str, file: str, number: int) -> Case:
    found = re.fullmatch(r"== (.+?)\s+\[(\w+)\]\s*", line)
    if not found or found[2] not in WEIGHTS:
        raise CaseError(f"{file}:{number}: end the title with [must], [should] or [may].")
    return Case(file=file, line=number, title=found[1], weight=found[2])


def _expect(case: Case, event: str, where: str) -> None:
    if event in ("nothing", "anything"):
        case.nothing, case.anything = event == "nothing", event == "anything"
        return
    for each in event.split("|"):
        if each not in EVENTS:
            raise CaseError(f"{where}: unknown event '{each}'.")
    case.expected.append(Expected(event=event))


def _say(case: Case, line: str, where: str) -> None:
    name, _, value = line.strip().partition(" ")
    value = value.strip()
    if name == "not":
        case.near |= _known(value.split(","), VALUES, where)
        return
    if not case.expected:
        raise CaseError(f"{where}: '{name}' belongs under a claim.")
    claim = case.expected[-1]
    claim.fields[name] = value
    if name in _QUOTED:
        claim.spans[name] = [
            [quoted(words.strip(), case.text, where) for words in party.split("|")] for party in value.split(" + ")
        ]
    elif name == "content":
        for each in value.split("|"):
            _known(each.split()[:1], EVENTS, where)
            _known(each.split()[1:], POLARITIES, where)
    elif name not in _LISTED:
        raise CaseError(f"{where}: unknown field '{name}'.")
    elif (allowed := _LISTED[name]) is not None:
        _known(value.split("|"), allowed, where)


def _known(given: Iterable[str], allowed: Iterable[str], where: str) -> set[str]:
    found = {each.strip() for each in given}
    for each in sorted(found - set(allowed)):
        raise CaseError(f"{where}: unknown value '{each}'.")
    return found


def quoted(words: str, text: str, where: str) -> Span:
    """Where the words stand in the text, as whole words and once. Raises CaseError."""
    found = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))
    if len(found) != 1:
        times = "is not in the text" if not found else f"stands {len(found)} times in the text; quote more of it"
        raise CaseError(f"{where}: '{words}' {times}.")
    return Span(*found[0].span())


def faults(case: Case, claims: Iterable[Claim]) -> list[str]:
    """What is wrong with the claims that were read, one line each; empty when the case holds."""
    found = list(claims)
    lines = []
    if case.nothing and found:
        lines.append("nothing should be claimed")
    for want in case.expected:
        if not any(_answers(want, claim) for claim in found):
            lines.append(f"missing {want.event} {want.fields}")
    for claim in found:
        for value in sorted(case.near & {claim.conduct, claim.polarity, claim.modality, claim.certainty}):
            lines.append(f"{claim.event} «{claim.evidence.text}» is {value}")
    return lines


def _answers(want: Expected, claim: Claim) -> bool:
    if claim.event not in want.event.split("|"):
        return False
    for name, value in want.fields.items():
        if name in want.spans:
            if not _stands_there(want.spans[name], _spans(claim, name)):
                return False
        elif name == "content":
            got = f"{claim.content.event} {claim.content.polarity}" if claim.content else None
            if got not in {each if " " in each else f"{each} affirmed" for each in value.split("|")}:
                return False
        elif getattr(claim, name) not in value.split("|"):
            return False
    return True


def _spans(claim: Claim, name: str) -> list[Span]:
    if name == "condition":
        return [claim.condition.span] if claim.condition else []
    return [each.span for each in getattr(claim, name)]


def _stands_there(parties: list[list[Span]], spans: list[Span]) -> bool:
    """Every party is met by one of the spans, every span meets one of the parties."""
    met = all(any(span.overlaps(one) for one in party for span in spans) for party in parties)
    return met and all(any(span.overlaps(one) for party in parties for one in party) for span in spans)
