"""The board of a very large ledger, drawn from the latest claims of each conduct that can still decide a posture."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from math import log2

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.analysis.course import FAINT
from holdfire.analysis.finding import DOUBT_HALF_LIVES, opposes, run_start
from holdfire.analysis.posture import LOOK_BACK, board_of, board_order
from holdfire.ledger.connect import Ledger
from holdfire.ledger.overview import Extent
from holdfire.ledger.relevant import with_ids
from holdfire.ledger.standing import DaysTold, Latest, posture_inputs
from holdfire.model.entry import AsOf
from holdfire.model.posture import Board, Finding, Posture, Transition
from holdfire.rules.conducts import Conduct
from holdfire.rules.rulebook import Rulebook

# Of a ledger with more claims than this, not every claim that still counts is read.
LIGHT = 200_000
# After so many half-lives the plainest report has faded.
_HALF_LIVES = log2(1 / FAINT)
# Runs of evidence are followed back so far.
_HALF_LIVES_OF_RUN = 6

# An actor's key, and the family that a claim of it decides.
_Place = tuple[str, str]
# On which day, from what, to what.
_Change = tuple[date, str | None, str]


def light_board(
    ledger: Ledger, asof: AsOf, held: Extent, *, rulebook: Rulebook, knowledge: KnowledgeBase, compare: date | None
) -> Board:
    """As `read_board` without a conflict; findings carry their latest claims alone, and reports are counted in all.

    A conduct's latest claim is read where it may decide a posture. The faded are not, nor those that a later report of
    another conduct overtakes whatever its traits. Since when, and what changed, comes from the days of all reports.
    held: the ledger's extent.
    """
    day = asof.valid_on or held.last
    assert day is not None
    before = compare or day - LOOK_BACK
    with _without_collecting():
        longest = max(each.half_life_days for each in rulebook.conducts.values())
        told = DaysTold(ledger, asof, since=before - timedelta(days=_HALF_LIVES_OF_RUN * longest))
        latest = list(posture_inputs(ledger, asof))
        chosen = list(_contenders(latest, day, rulebook))
        if compare:
            chosen += _contenders(posture_inputs(ledger, replace(asof, valid_on=compare)), compare, rulebook)
        entries = with_ids(ledger, asof, {each.claim_id for each in chosen})
        seen = replace(asof, valid_on=day)
        board = board_of(entries, asof=seen, rulebook=rulebook, knowledge=knowledge, compare=compare)
        changes = _changes(latest, told, before, rulebook) if held.first and held.first <= before else {}
        postures = tuple(_told_in_full(each, told, rulebook, changes) for each in board.postures)
        earlier = tuple(_told_in_full(each, told, rulebook, {}) for each in board.earlier)
    changed = [each.change for each in postures if each.change]
    transitions = sorted(changed, key=lambda each: (-each.on.toordinal(), each.name))
    return replace(
        board, reports=held.reports, claims=held.claims, postures=tuple(sorted(postures, key=board_order)),
        transitions=tuple(transitions), earlier=earlier,
    )  # fmt: skip


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No collection meanwhile: nothing here goes round in circles, and each would walk the whole knowledge base."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _changes(latest: Iterable[Latest], told: DaysTold, before: date, rulebook: Rulebook) -> dict[_Place, _Change]:
    """The last change of each actor's deeds, and words, after a day, as the days of the reports alone show it."""
    here: dict[_Place, list[Latest]] = defaultdict(list)
    for each in latest:
        conduct = rulebook.conducts.get(each.conduct or "")
        if conduct is not None and each.confirmed:
            here[each.key, conduct.family].append(each)
    found: dict[_Place, _Change] = {}
    for place, conducts in here.items():
        if all(each.day <= before for each in conducts):
            continue
        days = {each.conduct or "": told.around(each.key, each.conduct or "", before, each.day) for each in conducts}
        held = _leading(days, before, rulebook)
        for day in sorted({one for many in days.values() for one in many if one > before}):
            leads = _leading(days, day, rulebook)
            if leads is not None and leads != held:
                found[place] = (day, held, leads)
            held = leads
    return found


def _leading(days: Mapping[str, Collection[date]], on: date, rulebook: Rulebook) -> str | None:
    """The conduct that holds on a day where nothing but days counts."""
    standings: list[tuple[tuple[int, date, int], Conduct, bool]] = []
    for name, told in days.items():
        conduct = rulebook.conducts[name]
        day = max((each for each in told if each <= on), default=None)
        if day is not None:
            faded = (on - day).days > _HALF_LIVES * conduct.half_life_days
            standings.append(((day.toordinal() + conduct.stays_days, day, abs(conduct.heat)), conduct, faded))
    holds = [
        (standing, conduct.id)
        for standing, conduct, faded in standings
        if not faded and not any(gone and than > standing and opposes(by, conduct) for than, by, gone in standings)
    ]
    return max(holds)[1] if holds else None


def _contenders(latest: Iterable[Latest], day: date, rulebook: Rulebook) -> Iterator[Latest]:
    """The claims whose conduct may hold on a day, and those beside it that are not too old to be told."""
    slack = max(each.behind_days for each in rulebook.postures.weights.values())
    by_place: dict[_Place, list[tuple[int, Conduct, Latest]]] = defaultdict(list)
    gone: dict[_Place, list[tuple[int, Conduct]]] = defaultdict(list)
    for each in latest:
        conduct = rulebook.conducts.get(each.conduct or "")
        if conduct is None:
            continue
        age, standing = (day - each.day).days, each.day.toordinal() + conduct.stays_days
        if not each.confirmed:
            if age <= DOUBT_HALF_LIVES * conduct.half_life_days:
                yield each
        elif age <= _HALF_LIVES * conduct.half_life_days:
            by_place[each.key, conduct.family].append((standing, conduct, each))
        else:
            gone[each.key, conduct.family].append((standing, conduct))
    for place, found in by_place.items():
        least = max(standing for standing, _, _ in found) - slack
        for standing, conduct, each in found:
            overtaken = any(than > standing and opposes(by, conduct) for than, by in gone.get(place, ()))
            if standing >= least and not overtaken:
                yield each


def _told_in_full(posture: Posture, told: DaysTold, rulebook: Rulebook, changes: Mapping[_Place, _Change]) -> Posture:
    """The posture with its runs of evidence followed to where they begin, and its last change."""
    key = posture.key
    made: list[Transition] = []
    for family, finding in (("deed", posture.deed), ("word", posture.word)):
        change = changes.get((key, family))
        # What the days alone suggest is told where the reports themselves bear it out.
        if change is not None and finding is not None and change[2] == finding.conduct:
            on, was, now = change
            entries = tuple(each for each in finding.entries if each.valid_from == on)
            made.append(
                Transition(key=key, name=posture.name, family=family, on=on, before=was, after=now, entries=entries)  # type: ignore[arg-type]
            )
    return replace(
        posture, deed=_begun(key, posture.deed, told, rulebook), word=_begun(key, posture.word, told, rulebook),
        change=max(made, key=lambda each: (each.on, each.family == "deed"), default=None),
    )  # fmt: skip


def _begun(key: str, finding: Finding | None, told: DaysTold, rulebook: Rulebook) -> Finding | None:
    if finding is None:
        return None
    conduct = rulebook.conducts[finding.conduct]
    whose, upto = finding.inherited.key if finding.inherited else key, finding.latest
    days = {finding.since, upto, *(each for each in told.days(whose, conduct.id) if each <= upto)}
    contrary = [name for name, each in rulebook.conducts.items() if opposes(each, conduct)]
    broken = {each for name in contrary for each in told.days(whose, name) if each <= upto}
    start = run_start(days, broken, conduct)
    return finding if start == finding.since else replace(finding, since=start)
