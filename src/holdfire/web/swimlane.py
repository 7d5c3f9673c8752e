"""A timeline as places on a drawing: deeds above the line, words below, a mark for every claim behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from holdfire.model.posture import Transition
from holdfire.model.timeline import Spell, Timeline
from holdfire.web.words import cut, short_day

WIDTH = 960
LEFT = 64
RIGHT = 12
# Heights in units of the drawing: the axis stands between deeds and words.
DEED_TOP, WORD_TOP, BAR = 10, 74, 26
AXIS = 56
HEIGHT = 112
_LEAST_WIDTH = 5.0
# Room that a letter of a bar's label takes.
_LETTER = 6.6
_MOST_MARKS = 200
# Room that the label of a tick takes.
_LABEL = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A spell as a bar. `label` is "" where it does not fit; `words` say it all."""

    family: str
    conduct: str
    start: date
    end: date | None
    x: float
    width: float
    label: str
    words: str
    claims: int
    told_of: str | None
    claim: str | None
    report: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A claim on its day, in its family's lane."""

    family: str
    conduct: str
    day: date
    x: float
    y: float
    claim: str
    report: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A day written under the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A change of posture, for the list under the drawing."""

    family: str
    on: date
    before: str | None
    after: str | None
    claim: str | None
    report: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Swimlane:
    """The drawing of one timeline, in units of a box of WIDTH × HEIGHT."""

    first: date
    last: date
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    turns: tuple[Turn, ...]


def swimlane_of(timeline: Timeline) -> Swimlane:
    """The timeline from its first spell to its last day; a day has the same width everywhere."""
    first = min((each.start for each in timeline.spells), default=timeline.first)
    first = max(first, timeline.first)
    days = max((timeline.last - first).days + 1, 14)
    first = timeline.last - timedelta(days=days - 1)
    scale = (WIDTH - LEFT - RIGHT) / days

    def at(day: date) -> float:
        return round(LEFT + max(0, (day - first).days) * scale, 1)

    return Swimlane(
        first=first,
        last=timeline.last,
        bars=tuple(_bar(each, at(each.start), at((each.end or timeline.last) + timedelta(days=1)), timeline.last)
                   for each in timeline.spells),
        marks=tuple(_marks(timeline, at, first))[-_MOST_MARKS:],
        ticks=tuple(
            Tick(x=at(day), label=label) for day, label in _ticks(first, timeline.last) if at(day) < WIDTH - _LABEL
        ),
        turns=tuple(_turn(each) for each in reversed(timeline.transitions)),
    )  # fmt: skip


def _bar(spell: Spell, start: float, end: float, last: date) -> Bar:
    width = max(_LEAST_WIDTH, round(end - start - 1, 1))
    until = f"to {short_day(spell.end)}" if spell.end and spell.end != last else "to the day shown"
    told_of = cut(spell.inherited.name, 80) if spell.inherited else None
    count = len({each.claim.id for each in spell.entries})
    words = f"{spell.conduct}, {short_day(spell.start)} {until}, {count} claim{'' if count == 1 else 's'}"
    best = spell.entries[0] if spell.entries else None
    return Bar(
        family=spell.family,
        conduct=spell.conduct,
        start=spell.start,
        end=spell.end,
        x=start,
        width=width,
        label=spell.conduct if len(spell.conduct) * _LETTER + 12 <= width else "",
        words=f"{words}, told of {told_of}" if told_of else words,
        claims=count,
        told_of=told_of,
        claim=best.claim.id if best else None,
        report=best.document.id if best else None,
    )


def _marks(timeline: Timeline, at: Callable[[date], float], first: date) -> Iterator[Mark]:
    seen: set[tuple[str, str]] = set()
    for spell in timeline.spells:
        top = DEED_TOP if spell.family == "deed" else WORD_TOP
        for entry in spell.entries:
            day = entry.valid_from
            if day is None or day < first or day > timeline.last or (spell.family, entry.claim.id) in seen:
                continue
            seen.add((spell.family, entry.claim.id))
            yield Mark(
                family=spell.family,
                conduct=spell.conduct,
                day=day,
                x=at(day),
                y=top + BAR + 5 if spell.family == "deed" else top - 5,
                claim=entry.claim.id,
                report=entry.document.id,
                words=f"{short_day(day)}: {cut(entry.claim.evidence.text, 120)}",
            )


def _turn(each: Transition) -> Turn:
    best = each.entries[0] if each.entries else None
    return Turn(
        family=each.family, on=each.on, before=each.before, after=each.after,
        claim=best.claim.id if best else None, report=best.document.id if best else None,
    )  # fmt: skip


def _ticks(first: date, last: date) -> Iterator[tuple[date, str]]:
    """Days, weeks or months, whichever gives no more than about ten."""
    days = (last - first).days + 1
    if days <= 120:
        step = max(1, -(-days // 9))
        for number in range(0, days - step // 2, step):
            day = first + timedelta(days=number)
            yield day, f"{day.day} {day:%b}"
        return
    months = -(-days // 30)
    step = max(1, -(-months // 10))
    year, month = (first.year, first.month + 1) if first.day > 1 else (first.year, first.month)
    while True:
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        day = date(year, month, 1)
        if day > last:
            return
        yield day, f"{day:%b} {day.year}"
        month += step
