"""How English news words a time: patterns, word lists and dated episodes, from en/dates.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from holdfire.errors import RuleError
from holdfire.rules.load import RuleSource, check_fields
from holdfire.rules.screen import Screen, screen

# The reckonings that extraction/dates_reckon.py knows; a record that asks for another is refused.
KINDS = frozenset(
    "iso numeric date monthday month weekday nightbetween nightinto offset overnight ago past coming ahead vaguepast "
    "vaguecoming nth lasting calendar weekend weekbeforelast quarter half season year decade holiday unresolved "
    "discourse shift relation sincethen daypart into dayof".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePattern:
    """One way of wording a time. `days` is the shift of the kinds that have a fixed one."""

    id: str
    kind: str
    form: re.Pattern[str]
    days: int = 0
    matches: tuple[str, ...] = ()
    near_miss: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventGroup:
    """Nouns and verbs that name one kind of event."""

    id: str
    names: frozenset[str]
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A war or operation that reports date by name only; holds for documents from `start` to `until`."""

    id: str
    start: date
    until: date
    any: tuple[str, ...]
    also: tuple[str, ...]
    names: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRules:
    """Everything that the date reader knows of English. Word lists are lower case.

    A text in which `hint` finds nothing can only match the `unhinted` among the patterns; else `likely` tells which.
    """

    patterns: tuple[TimePattern, ...]
    likely: Screen[TimePattern]
    hint: re.Pattern[str]
    unhinted: tuple[TimePattern, ...]
    blocked: tuple[re.Pattern[str], ...]
    edges: Mapping[str, re.Pattern[str]]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    units: Mapping[str, str]
    seasons: Mapping[str, tuple[int, int]]
    holidays: Mapping[str, tuple[int, int]]
    night: frozenset[str]
    dawn: frozenset[str]
    future: frozenset[str]
    planned: frozenset[str]
    past_auxiliary: frozenset[str]
    timetable: frozenset[str]
    events: tuple[EventGroup, ...]
    episodes: tuple[Episode, ...]
    dateline: re.Pattern[str]
    clock: re.Pattern[str]


def load_date_rules(source: RuleSource) -> DateRules:
    """Read and check en/dates.toml. Raises RuleError naming the record and what is wrong with it."""
    path = "en/dates.toml"
    tables = source.tables(path)
    words, edges, tense = tables["words"], tables["edges"], tables["tense"]
    months = {each.lower(): number for number, each in enumerate(words["month"], 1)}
    months |= {each.lower(): int(number) for each, number in words["month_short"].items()}
    units = {form: unit for word, unit in words["unit"].items() for form in (word, word + "s")}
    # Names of days, months and feasts are told from common words (march, may, lent) by their capital.
    parts = {
        "weekday": rf"(?-i:(?:{_any(words['weekday'])})\b)",
        "month": rf"(?-i:{_any(words['month'])})",
        "month_short": rf"(?-i:{_any(words['month_short'])})",
        "number": rf"\b(?:{_any(words['number'])}|\d{{1,3}})\b",
        "ordinal": rf"(?:{_any(words['ordinal'])}|\d{{1,3}}(?:st|nd|rd|th))\b",
        "unit": rf"(?:{_any(units)})\b",
        "season": rf"(?-i:{_any(words['season'])})",
        "holiday": rf"(?-i:{_any(words['holiday'])})",
        "daypart": _any(words["daypart"]),
    }
    patterns = tuple(_pattern(each, parts) for each in source.records(path, "time"))
    listed = [
        *words["hint"],
        *words["weekday"],
        *words["month"],
        *words["month_short"],
        *words["daypart"],
        *words["night"],
    ]
    listed += [*words["dawn"], *words["season"], *words["holiday"], *units]
    hint = re.compile(rf"\d|\b(?:{_any(listed)})", re.IGNORECASE)
    return DateRules(
        patterns=patterns,
        likely=screen(patterns, lambda each: each.form),
        hint=hint,
        unhinted=tuple(
            each for each in patterns if not each.matches or not all(hint.search(text) for text in each.matches)
        ),
        blocked=tuple(
            _compile(each["form"], parts, each["id"], cased=True) for each in source.records(path, "blocked")
        ),
        edges=_edges(edges),
        weekdays={each.lower(): number for number, each in enumerate(words["weekday"])},
        months=months,
        numbers={each.lower(): int(number) for each, number in words["number"].items()},
        ordinals={each.lower(): int(number) for each, number in words["ordinal"].items()},
        units=units,
        seasons={each: (int(pair[0]), int(pair[1])) for each, pair in words["season"].items()},
        holidays={each.lower(): (int(pair[0]), int(pair[1])) for each, pair in words["holiday"].items()},
        night=frozenset(words["night"]),
        dawn=frozenset(words["dawn"]),
        future=frozenset(tense["future"]),
        planned=frozenset(tense["planned"]),
        past_auxiliary=frozenset(tense["past_auxiliary"]),
        timetable=frozenset(tense["timetable"]),
        events=tuple(
            EventGroup(id=each["id"], names=frozenset(each["names"]), verbs=frozenset(each["verbs"]))
            for each in source.records(path, "event")
        ),
        episodes=tuple(_episode(each) for each in source.records(path, "episode")),
        clock=re.compile(
            rf"\W*(?P<clock>\d{{1,2}}[:.]\d{{2}}(?:\s?[ap]\.?m\.?)?(?:\s(?:GMT|UTC|[A-Z]{{2,4}}))?"
            rf"(?:,?\s+(?P<weekday>{parts['weekday']}))?)(?=\s|\W)"
        ),
        dateline=re.compile(
            rf"(?:[A-Z][\w'’./-]*,?\s+){{1,4}}?(?P<date>(?:\d{{1,2}}\s+(?:{parts['month']}|{parts['month_short']})\.?"
            rf"|(?:{parts['month']}|{parts['month_short']})\.?\s+\d{{1,2}})(?:,?\s+\d{{4}})?)"
            r"(?=\s*(?:\([^)\n]{2,40}\)\s*)?(?:[-–—]|\n|$))"
        ),
    )


def _pattern(record: Mapping[str, Any], parts: Mapping[str, str]) -> TimePattern:
    check_fields(record, required=("kind", "form"), optional=("days",), kind="time")
    if record["kind"] not in KINDS:
        raise RuleError(
            f"{record['_file']}: time '{record['id']}' has the unknown kind '{record['kind']}'. "
            f"Known: {', '.join(sorted(KINDS))}."
        )
    return TimePattern(
        id=record["id"],
        kind=record["kind"],
        form=_compile(record["form"], parts, record["id"]),
        days=int(record.get("days", 0)),
        matches=tuple(record.get("matches", ())),
        near_miss=tuple(record.get("near_miss", ())),
    )


def _compile(form: str, parts: Mapping[str, str], key: str, *, cased: bool = False) -> re.Pattern[str]:
    """The expression with its word lists put in. Capitals count only where a word list says so, or all through."""
    for name, value in parts.items():
        form = form.replace("{" + name + "}", f"(?:{value})")
    try:
        return re.compile(rf"(?<![\w$€£])(?:{form})(?!\w)", re.NOFLAG if cased else re.IGNORECASE)
    except re.error as why:
        raise RuleError(f"en/dates.toml: '{key}' is not a valid expression: {why}. Mend its form.") from why


def _edges(tables: Mapping[str, list[str]]) -> dict[str, re.Pattern[str]]:
    fill = rf"(?:\s+(?:{_any(tables['fill'])}))*\s+$"
    found = {
        name: re.compile(rf"(?<!\w)(?:{_any(tables[name])}){fill}", re.IGNORECASE)
        for name in ("since", "until", "by", "before", "after", "from", "eve", "range_open")
    }
    found["range"] = re.compile(rf"\s*(?:{_any(tables['range'])})\s*(?:(?:on|the|late|early)\s+)*", re.IGNORECASE)
    return found


def _episode(record: Mapping[str, Any]) -> Episode:
    check_fields(record, required=("start", "until", "any", "names"), optional=("also",), kind="episode")
    return Episode(
        id=record["id"],
        start=record["start"],
        until=record["until"],
        any=tuple(record["any"]),
        also=tuple(record.get("also", ())),
        names=frozenset(record["names"]),
    )


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in ordered)
