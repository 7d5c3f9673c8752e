"""From ledger entries to postures: the best supported deed and word of each actor on a day.

Method: docs/explanation/postures.md. Which conduct holds is decided in course.py, what an entry counts for in
evidence.py, whom it speaks of in belonging.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.analysis.belonging import own_keys, umbrellas_of
from holdfire.analysis.conflict import side_of
from holdfire.analysis.course import FAMILIES, Holding, change_days, course_of
from holdfire.analysis.evidence import UNKNOWN, Docket, docket_of
from holdfire.analysis.finding import HOT, doubtful_findings, finding_of
from holdfire.analysis.gap import gap_of
from holdfire.model.entry import AsOf, LedgerEntry
from holdfire.model.posture import Board, Finding, Posture, Transition
from holdfire.rules.conflicts import Conflict
from holdfire.rules.rulebook import Rulebook

# Without a day to compare with, changes of the last week are told.
LOOK_BACK = timedelta(days=7)
# So many members that hold fire show that their group does.
_SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What postures are drawn with: the entries by actor, the rules, who is who, and the conflict looked at."""

    docket: Docket
    rulebook: Rulebook
    knowledge: KnowledgeBase
    conflict: Conflict | None = None


def setting_of(
    entries: Iterable[LedgerEntry], *, rulebook: Rulebook, knowledge: KnowledgeBase, conflict: Conflict | None = None
) -> Setting:
    """The entries made ready to draw postures from, on as many days as one likes."""
    docket = docket_of(entries, rulebook=rulebook, knowledge=knowledge)
    return Setting(docket=docket, rulebook=rulebook, knowledge=knowledge, conflict=conflict)


def board_of(
    entries: Iterable[LedgerEntry], *, asof: AsOf, rulebook: Rulebook, knowledge: KnowledgeBase,
    conflict: Conflict | None = None, compare: date | None = None,
) -> Board:  # fmt: skip
    """Everybody's posture, those that changed first, then those with the latest evidence, then by name.

    `asof.valid_on` None means the latest day that the entries speak of. Entries after it are left out; what was known
    when is the caller's to choose. compare: an earlier day; changes are then told since that day, else of the last
    week. The order of the entries does not matter.
    """
    kept = list(entries)
    day = asof.valid_on or max((each.valid_from for each in kept if each.valid_from), default=None)
    if day is not None:
        kept = [each for each in kept if each.valid_from is not None and each.valid_from <= day]
    setting = setting_of(kept, rulebook=rulebook, knowledge=knowledge, conflict=conflict)
    postures = postures_on(setting, day, since=compare) if day is not None else []
    changes = [each for posture in postures for each in posture.transitions]
    return Board(
        valid_on=day,
        known_by=asof.known_by,
        conflict=conflict.name if conflict else None,
        conflict_id=conflict.id if conflict else None,
        reports=len({each.document.id for each in kept}),
        outlets=len({each.document.outlet for each in kept if each.document.outlet}),
        claims=len(kept),
        undated=sum(each.document.published is None and each.claim.time is None for each in kept),
        postures=tuple(each.posture for each in postures),
        transitions=tuple(sorted(changes, key=lambda each: (-each.on.toordinal(), each.name, each.family))),
        compared_with=compare,
        earlier=tuple(each.posture for each in postures_on(setting, compare)) if compare else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A posture with the transitions that led to it in the days looked back on."""

    posture: Posture
    transitions: tuple[Transition, ...]


def postures_on(setting: Setting, day: date, *, since: date | None = None) -> list[Row]:
    """The rows of a board: everybody whom an entry names, states spoken of through their organs, and the watched."""
    docket = setting.docket
    keys = {
        key
        for key in (*docket.firm, *docket.doubtful)
        if key in docket.named or key == UNKNOWN or _is_state(key, setting.knowledge)
    }
    keys |= set(setting.conflict.watched) if setting.conflict else set()
    rows = [row_of(setting, key, day, since=since) for key in sorted(keys)]
    shown = [each for each in rows if each.posture.findings or each.posture.unconfirmed or each.posture.denied]
    return sorted(shown, key=lambda each: board_order(each.posture))


def row_of(setting: Setting, key: str, day: date, *, since: date | None = None) -> Row:
    """One actor's posture on a day; without a posture of its own, as what is told of its group or members shows it."""
    rulebook, docket = setting.rulebook, setting.docket
    actor = setting.knowledge.get(key)
    kind = actor.kind if actor else None
    first = min(since or day - LOOK_BACK, day)
    reports = docket.firm.get(key, ())
    course = list(course_of(reports, change_days(reports, first, day), conducts=rulebook.conducts))
    deed, word, others = _own(setting, key, course[-1])
    deed = deed or _inherited(setting, key, day)
    transitions = _transitions(setting, key, course)
    doubtful = docket.doubtful.get(key, ())
    posture = Posture(
        key=key,
        name=name_of(setting, key),
        kind=kind,
        side=side_of(key, setting.conflict, setting.knowledge) if setting.conflict else None,
        deed=deed,
        word=word,
        others=others,
        unconfirmed=tuple(doubtful_findings(doubtful, "rumoured", on=day, conducts=rulebook.conducts)),
        denied=tuple(doubtful_findings(doubtful, "denied", on=day, conducts=rulebook.conducts)),
        gap=gap_of(deed, word, kind=kind, rules=rulebook.postures),
        # Of two on one day the deed's is told.
        change=max(transitions, key=lambda each: (each.on, each.family == "deed"), default=None),
    )
    return Row(posture=posture, transitions=transitions)


def _transitions(setting: Setting, key: str, course: Sequence[Holding]) -> tuple[Transition, ...]:
    """How the actor's own posture changed after the first day of its course, in order.

    Where the entries begin after that day, that an actor had no posture before tells nothing and is left out.
    """
    reports = setting.docket.firm.get(key, ())
    reaches_back = setting.docket.start is not None and setting.docket.start <= course[0].day
    found = []
    for before, now in pairwise(course):
        for family in FAMILIES:
            old, new = before.conducts[family], now.conducts[family]
            if old == new or new is None or (old is None and not reaches_back):
                continue
            made = [each.entry for each in reports if each.conduct == new and now.day in (each.first, each.last)]
            made.sort(key=lambda each: each.claim.id)
            found.append(
                Transition(
                    key=key,
                    name=name_of(setting, key),
                    family=family,
                    on=now.day,
                    before=old,
                    after=new,
                    entries=tuple(made),
                )
            )
    return tuple(found)


def name_of(setting: Setting, key: str) -> str:
    """The knowledge base's name; else the words of the reports that are used most."""
    actor = setting.knowledge.get(key)
    return actor.name if actor else setting.docket.named.get(key, key)


def _own(setting: Setting, key: str, holding: Holding) -> tuple[Finding | None, Finding | None, tuple[Finding, ...]]:
    """The deed and the word that reports of the actor itself show, and the conducts that lost, strongest first."""
    found = {name: _finding(setting, key, name, holding) for name in holding.strengths}
    held = set(holding.conducts.values())
    others = sorted(
        (each for name, each in found.items() if name not in held),
        key=lambda each: (-round(each.strength, 6), each.conduct),
    )
    deed, word = (found[name] if (name := holding.conducts[family]) else None for family in FAMILIES)
    return deed, word, tuple(others)


def _inherited(setting: Setting, key: str, day: date) -> Finding | None:
    """The deed told of the groups above the actor, nearest first; else that of its members where one attacks or arms.

    A group's restraint is its members'. One member's is not the group's, but that of several is where none of its
    members fights. Words are never inherited: a statement is its maker's own.
    """
    hot: list[tuple[int, str, Finding]] = []
    cool: list[tuple[int, str, Finding]] = []
    for umbrella in umbrellas_of(key, day, setting.knowledge):
        reports = [each for each in setting.docket.firm.get(umbrella.key, ()) if umbrella.key in own_keys(each.entry)]
        if not reports:
            continue
        (holding,) = course_of(reports, [day], conducts=setting.rulebook.conducts)
        name = holding.conducts["deed"]
        if name is None:
            continue
        finding = finding_of(
            setting.rulebook.conducts[name], reports, on=day, strength=holding.strengths[name],
            rulebook=setting.rulebook, inherited=umbrella,
        )  # fmt: skip
        if umbrella.relation == "member of":
            return finding
        heat = setting.rulebook.conducts[name].heat
        if heat >= HOT or heat < 0:
            (hot if heat >= HOT else cool).append((-finding.latest.toordinal(), umbrella.key, finding))
    told = hot or (cool if len(cool) >= _SEVERAL else [])
    return min(told, key=lambda each: each[:2])[2] if told else None


def _finding(setting: Setting, key: str, conduct: str, holding: Holding) -> Finding:
    docket, rulebook = setting.docket, setting.rulebook
    reports, strength = docket.firm[key], holding.strengths[conduct]
    denied = [each for each in docket.doubtful.get(key, ())
              if each.claim.certainty == "denied" and each.claim.conduct == conduct]  # fmt: skip
    return finding_of(
        rulebook.conducts[conduct], reports, on=holding.day, strength=strength, rulebook=rulebook, denied=denied,
    )  # fmt: skip


def _is_state(key: str, knowledge: KnowledgeBase) -> bool:
    actor = knowledge.get(key)
    return actor is not None and actor.kind == "state"


def board_order(posture: Posture) -> tuple[bool, int, int, str, str]:
    """Whoever has a posture first; of these the latest changed, then the latest told of, then by name."""
    latest = max((each.latest.toordinal() for each in posture.findings), default=0)
    changed = posture.change.on.toordinal() if posture.change else 0
    return (not posture.findings, -changed, -latest, posture.name.casefold(), posture.key)
