"""What an actor did and said over time, from its entries: what holds on every day, run together into spells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from holdfire.analysis.course import FAMILIES, Holding, course_of
from holdfire.analysis.evidence import Report
from holdfire.analysis.posture import Setting, name_of
from holdfire.model.posture import Family, Transition
from holdfire.model.timeline import Spell, Timeline

_DAY = timedelta(days=1)


def timeline_of(setting: Setting, key: str, *, first: date, last: date) -> Timeline:
    """The spells and transitions of one actor between two days, inclusive, from what is told of it itself."""
    reports = setting.docket.firm.get(key, ())
    days = [first + _DAY * number for number in range((last - first).days + 1)]
    holdings = list(course_of(reports, days, conducts=setting.rulebook.conducts))
    spells: list[Spell] = []
    transitions: list[Transition] = []
    for family in FAMILIES:
        found = list(_spells(family, holdings, reports))
        spells += found
        transitions += _transitions(key, name_of(setting, key), family, found, first=first)
    return Timeline(
        key=key, name=name_of(setting, key), first=first, last=last,
        spells=tuple(sorted(spells, key=lambda each: (each.start, each.family))),
        transitions=tuple(sorted(transitions, key=lambda each: (each.on, each.family))),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Run:
    """Days in a row on which one conduct held."""

    conduct: str
    start: date
    end: date
    strength: float


def _spells(family: Family, holdings: Sequence[Holding], reports: Sequence[Report]) -> Iterator[Spell]:
    run: _Run | None = None
    for each in holdings:
        name = each.conducts[family]
        if run is not None and name != run.conduct:
            yield _spell(family, run, reports, lasts=False)
            run = None
        if name is not None:
            strength = each.strengths[name]
            run = _Run(name, run.start, each.day, max(run.strength, strength)) if run else _Run(
                name, each.day, each.day, strength
            )  # fmt: skip
    if run is not None:
        yield _spell(family, run, reports, lasts=True)


def _spell(family: Family, run: _Run, reports: Sequence[Report], *, lasts: bool) -> Spell:
    told = [each for each in reports if each.conduct == run.conduct]
    mine = [each for each in told if run.start <= each.last and each.first <= run.end]
    # A spell that begins with the days looked at rests on what was told before.
    if not mine:
        latest = max((each.last for each in told if each.last <= run.start), default=None)
        mine = [each for each in told if each.last == latest]
    mine.sort(key=lambda each: (each.last, -each.weight, each.entry.claim.id))
    return Spell(
        family=family, conduct=run.conduct, start=run.start, end=None if lasts else run.end, strength=run.strength,
        entries=tuple(each.entry for each in mine),
    )  # fmt: skip


def _transitions(key: str, name: str, family: Family, spells: Sequence[Spell], *, first: date) -> Iterator[Transition]:
    """One at the start of every spell but one that begins with the days looked at, and one where nothing holds."""
    before: Spell | None = None
    for spell in spells:
        old = before.conduct if before is not None and before.end == spell.start - _DAY else None
        if before is not None and old is None:
            yield _faded(key, name, before)
        if before is not None or spell.start > first:
            # What made it is what was told on its first day.
            made = tuple(each for each in spell.entries if spell.start in (each.valid_from, each.valid_to))
            yield Transition(
                key=key, name=name, family=family, on=spell.start, before=old, after=spell.conduct,
                entries=made or spell.entries,
            )  # fmt: skip
        before = spell
    if before is not None and before.end is not None:
        yield _faded(key, name, before)


def _faded(key: str, name: str, spell: Spell) -> Transition:
    assert spell.end is not None
    return Transition(
        key=key, name=name, family=spell.family, on=spell.end + _DAY, before=spell.conduct, after=None, entries=()
    )
