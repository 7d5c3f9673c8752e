"""What an actor did and said over time, from its entries: the board of every day, run together into spells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from holdfire.model.entry import LedgerEntry
from holdfire.model.posture import Family, Finding, Posture, Transition
from holdfire.model.timeline import Spell, Timeline

_DAY = timedelta(days=1)


def timeline_of(key: str, name: str, posture_on: Callable[[date], Posture], *, first: date, last: date) -> Timeline:
    """The spells and transitions of one actor between two days, inclusive.

    posture_on: its posture on any day of them.
    """
    days = [first + _DAY * number for number in range((last - first).days + 1)]
    postures = [(day, posture_on(day)) for day in days]
    spells: list[Spell] = []
    transitions: list[Transition] = []
    for family in ("deed", "word"):
        found = list(_spells(family, [(day, getattr(each, family)) for day, each in postures]))
        spells += found
        transitions += _transitions(key, name, family, found, first=first)
    return Timeline(
        key=key, name=name, first=first, last=last,
        spells=tuple(sorted(spells, key=lambda each: (each.start, each.family))),
        transitions=tuple(sorted(transitions, key=lambda each: (each.on, each.family))),
    )  # fmt: skip


def _spells(family: Family, days: Sequence[tuple[date, Finding | None]]) -> Iterator[Spell]:
    run: list[tuple[date, Finding]] = []
    for day, finding in days:
        if run and (finding is None or finding.conduct != run[-1][1].conduct):
            yield _spell(family, run, ended=True)
            run = []
        if finding is not None:
            run.append((day, finding))
    if run:
        yield _spell(family, run, ended=False)


def _spell(family: Family, run: Sequence[tuple[date, Finding]], *, ended: bool) -> Spell:
    seen: dict[str, LedgerEntry] = {}
    for _, finding in run:
        for entry in finding.entries:
            seen.setdefault(entry.claim.id, entry)
    return Spell(
        family=family, conduct=run[0][1].conduct, start=run[0][0], end=run[-1][0] if ended else None,
        strength=max(finding.strength for _, finding in run), entries=tuple(seen.values()),
        inherited=run[-1][1].inherited,
    )  # fmt: skip


def _transitions(key: str, name: str, family: Family, spells: Sequence[Spell], *, first: date) -> Iterator[Transition]:
    before: Spell | None = None
    for spell in spells:
        if before is not None and before.end is not None and before.end + _DAY < spell.start:
            yield Transition(
                key=key, name=name, family=family, on=before.end + _DAY, before=before.conduct, after=None, entries=()
            )  # fmt: skip
            yield Transition(
                key=key, name=name, family=family, on=spell.start, before=None, after=spell.conduct,
                entries=spell.entries,
            )  # fmt: skip
        elif before is not None or spell.start > first:
            yield Transition(
                key=key, name=name, family=family, on=spell.start, before=before.conduct if before else None,
                after=spell.conduct, entries=spell.entries,
            )  # fmt: skip
        before = spell
    if before is not None and before.end is not None:
        yield Transition(
            key=key, name=name, family=family, on=before.end + _DAY, before=before.conduct, after=None, entries=()
        )  # fmt: skip
