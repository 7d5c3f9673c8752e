"""PETRARCH actor dictionaries: a name, its synonyms behind "+", and CAMEO codes in brackets, some with dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from holdfire.actors.candidates import Candidate, CandidateTie, LeftOut
from holdfire.errors import IntakeError
from holdfire.rules.imports import NO_ACTOR, ImportRules

_CODE = re.compile(r"\[([^\[\]]*)\]")
_NAME = re.compile(r"^[^\[\]\t#;]+")
# Two-digit years up to this one are of this century (PETRARCH's own reckoning).
_PIVOT = 30
_STATES_LETTERS = 3
# One word of up to so many letters, set in capitals, may be an acronym and is left as it stands.
_ACRONYM = 6


@dataclass(slots=True, kw_only=True)
class _Entry:
    name: str
    line: int
    synonyms: list[str] = field(default_factory=list)
    codes: list[tuple[str, date | None, date | None]] = field(default_factory=list)


def read_petrarch_actors(lines: Iterable[str], path: str, rules: ImportRules) -> Iterator[Candidate | LeftOut]:
    """The entries in order. The first code that a rule knows gives the kind; dated codes give dated ties to a state.

    Raises IntakeError for a line that is neither name, synonym, code nor comment, and for a date that is none.
    """
    seen: dict[str, int] = {}
    for entry in _entries(lines, path, rules):
        name = _written(entry.name, rules)
        place = f"{path}, line {entry.line}"
        if not entry.codes:
            yield LeftOut(name=name, place=place, why="it has no code")
            continue
        if name in seen:
            yield LeftOut(name=name, place=place, why=f"line {seen[name]} has it already")
            continue
        seen[name] = entry.line
        yield _actor(entry, name, place, rules)


def _entries(lines: Iterable[str], path: str, rules: ImportRules) -> Iterator[_Entry]:
    entry: _Entry | None = None
    for number, line in enumerate(lines, start=1):
        text = line.split("#", 1)[0].rstrip()
        if not text.strip() or text.startswith(("<!", ";")):
            continue
        codes = [_code(found, f"{path}, line {number}") for found in _CODE.findall(text)]
        head = _NAME.match(text)
        named = head[0].strip() if head else ""
        if named.startswith("+") and entry is not None:
            entry.synonyms.append(_written(named[1:], rules))
        elif named and not text[0].isspace():
            if entry is not None:
                yield entry
            entry = _Entry(name=named, line=number)
        elif not codes or entry is None:
            raise IntakeError(
                f"Importing actors: {path}, line {number}: {text.strip()[:60]!r} is no name, synonym, code or comment "
                f"of a PETRARCH dictionary. Wanted: NAME_ [CODE], then +SYNONYM_ lines."
            )
        if entry is not None:
            entry.codes.extend(codes)
    if entry is not None:
        yield entry


def _code(text: str, place: str) -> tuple[str, date | None, date | None]:
    """The code and its dates: [AFGGOV], [AFGGOV <960101], [AFGGOV >010102], [AFGGOV 960102-010101]."""
    code, _, when = text.strip().partition(" ")
    when = when.strip()
    if not when:
        return code, None, None
    if when.startswith("<"):
        return code, None, _day(when[1:], place)
    if when.startswith(">"):
        return code, _day(when[1:], place), None
    first, _, last = when.partition("-")
    return code, _day(first, place), _day(last, place) if last else None


def _day(text: str, place: str) -> date | None:
    """YYMMDD or YYYYMMDD; None for digits that are no day (the dictionaries have a few)."""
    digits = text.strip()
    if not digits.isdigit():
        raise IntakeError(f"Importing actors: {place}: {text!r} is no date. Wanted: YYMMDD or YYYYMMDD.")
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) <= _PIVOT else "19") + digits
    if len(digits) != 8:
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _actor(entry: _Entry, name: str, place: str, rules: ImportRules) -> Candidate | LeftOut:
    kinds = [kind for code, _, _ in entry.codes if (kind := _kind(code, rules))]
    if not kinds:
        code = entry.codes[0][0]
        if len(code) != _STATES_LETTERS:
            return LeftOut(name=name, place=place, why=f"its code {code} says no kind that a rule knows")
        kinds = ["state"]
    kind = kinds[0]
    if kind == NO_ACTOR:
        return LeftOut(name=name, place=place, why="a company, charity, trade or the like")
    dated = any(start or end for _, start, end in entry.codes)
    # Only persons change their codes with time: what holds an office between dates is somebody.
    if dated or "leader" in kinds:
        kind = "leader"
    ties = tuple(
        CandidateTie(relation="member of", to=code[:_STATES_LETTERS], start=start, end=end)
        for code, start, end in entry.codes
        if kind == "leader" and (start or end) and not (start and end and end < start)
    )
    first = entry.codes[0][0][:_STATES_LETTERS]
    return Candidate(
        scheme="petrarch",
        key=name,
        name=name,
        kind=kind,
        place=place,
        country=first if first.isalpha() and not rules.kind_of("petrarch", first) else None,
        aliases=tuple(each for each in dict.fromkeys(entry.synonyms) if each != name),
        ties=ties,
    )


def _kind(code: str, rules: ImportRules) -> str | None:
    """The kind that the first known group of three letters says, those of the country skipped."""
    groups = [code[place : place + 3] for place in range(0, len(code), 3)]
    return next((kind for group in groups if (kind := rules.kind_of("petrarch", group))), None)


def _written(name: str, rules: ImportRules) -> str:
    """A dictionary's name as a report writes it: underscores as spaces, words in capitals with one capital each."""
    text = " ".join(name.replace("_", " ").split()).removeprefix("THE ")
    if not text.isupper():
        return text
    words = text.split()
    if len(words) == 1 and "-" not in text:
        # One word in capitals may be an acronym; the name index lets "HAMAS" stand as "Hamas" too.
        return text if len(text) <= _ACRONYM else text.title()
    return " ".join(
        _capital(word, small=place > 0 and word.lower() in rules.particles) for place, word in enumerate(words)
    )


def _capital(word: str, *, small: bool) -> str:
    if "." in word:
        return word
    if small:
        return word.lower()
    return "-".join(part.capitalize() for part in word.split("-"))
