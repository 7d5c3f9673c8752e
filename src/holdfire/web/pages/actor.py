"""An actor: what it does and says, for and against, over time; why; what would move it; what others say of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from holdfire.actors.knowledge import KnowledgeBase
from holdfire.analysis.calculus import Told, ToldCondition, ToldReason
from holdfire.conclusions.actor import ActorView, read_actor
from holdfire.errors import HoldfireError
from holdfire.model.actor import Actor
from holdfire.model.posture import Finding, Posture
from holdfire.web.conflicts import Choice, choices, conflict_of
from holdfire.web.looking import Looking, actor_path
from holdfire.web.missing import Missing
from holdfire.web.pages.board import Cell, Row, cell_of, row_of
from holdfire.web.pages.network import NodeLine, TieLine, lines_of
from holdfire.web.pages.quoted import NAME_CHARS, Quoted, quoted, source_words
from holdfire.web.quiet import Silence, silence_of
from holdfire.web.room import ReadingRoom
from holdfire.web.swimlane import Swimlane, swimlane_of
from holdfire.web.words import cut

# Evidence shown of one finding, and of what others say; the search shows the rest.
_MOST_QUOTED = 6
_MOST_OF_OTHERS = 12
_MOST_TIES = 40
_MOST_NAMES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A conduct with its evidence for and against, strongest first; what is left out is counted."""

    cell: Cell
    family: str
    entries: tuple[Quoted, ...]
    more: int
    against: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonLine:
    """A reason with the sentence that it explains. `told_of` is the group that it was told of, None for the actor."""

    text: str
    category: str
    relation: str
    bearing: str
    conduct: str
    sources: tuple[str, ...]
    told_of: str | None
    quoted: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionLine:
    """A condition with the sentence that it belongs to."""

    text: str
    told_of: str | None
    quoted: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRecord:
    """A tie of the knowledge base in words."""

    relation: str
    name: str
    page: str | None
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The actor as the knowledge base knows it."""

    id: str
    kind: str
    country: str | None
    aliases: tuple[str, ...]
    ties: tuple[TieRecord, ...]
    offices: tuple[TieRecord, ...]
    external: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorPage:
    """Everything on one actor. `record` is None for one that the knowledge base lacks."""

    key: str
    name: str
    valid_on: date
    known_by: datetime | None
    conflict: str | None
    conflicts: tuple[Choice, ...]
    first: date | None
    last: date | None
    row: Row
    findings: tuple[FindingView, ...]
    unconfirmed: tuple[FindingView, ...]
    denied: tuple[FindingView, ...]
    gap_word: Quoted | None
    gap_deed: Quoted | None
    timeline: Swimlane
    reasons: tuple[ReasonLine, ...]
    tripwires: tuple[ConditionLine, ...]
    ways_out: tuple[ConditionLine, ...]
    silence: Silence
    nodes: tuple[NodeLine, ...]
    ties: tuple[TieLine, ...]
    dissent: tuple[Quoted, ...]
    about: tuple[Quoted, ...]
    about_more: int
    names: tuple[str, ...]
    record: Record | None


def read_actor_page(room: ReadingRoom, key: str, looking: Looking) -> ActorPage:
    """The actor with that key, or that bears that name. Raises Missing where nobody, or several, are meant."""
    return room.kept(("actor", key, looking), lambda: _page(room, key, looking))


def _page(room: ReadingRoom, key: str, looking: Looking) -> ActorPage:
    conflict = conflict_of(room, looking.conflict)
    held = room.extent(looking)
    if held.claims == 0:
        raise Missing("The ledger holds no claims yet. Read a report into it: holdfire read FILE")
    view = _view(room, key, looking)
    posture, day = view.posture, view.timeline.last
    nodes, ties, _ = lines_of(view.neighbours, most=_MOST_TIES)
    silence = silence_of(room, looking, view.key)
    quiet = {view.key: silence.verdict} if silence.verdict else {}
    return ActorPage(
        key=view.key[: NAME_CHARS * 4],
        name=cut(view.name, NAME_CHARS),
        valid_on=day,
        known_by=looking.known_by,
        conflict=conflict.name if conflict else None,
        conflicts=choices(room),
        first=held.first,
        last=held.last,
        row=row_of(posture, day, room, quiet),
        findings=tuple(_finding(each, room) for each in (*posture.findings, *posture.others)),
        unconfirmed=tuple(_finding(each, room) for each in posture.unconfirmed),
        denied=tuple(_finding(each, room) for each in posture.denied),
        gap_word=quoted(posture.gap.word) if posture.gap else None,
        gap_deed=quoted(posture.gap.deed) if posture.gap else None,
        timeline=swimlane_of(view.timeline),
        reasons=tuple(_reason(each) for each in view.reasons.reasons),
        tripwires=tuple(_condition(each) for each in view.reasons.of_role("tripwire")),
        ways_out=tuple(_condition(each) for each in view.reasons.of_role("way out")),
        silence=silence,
        nodes=nodes,
        ties=ties,
        dissent=tuple(map(quoted, view.dissent[:_MOST_OF_OTHERS])),
        about=tuple(map(quoted, view.about[:_MOST_OF_OTHERS])),
        about_more=max(0, len(view.about) - _MOST_OF_OTHERS),
        names=tuple(cut(each, NAME_CHARS) for each in view.names[:_MOST_NAMES]),
        record=_record(view.actor, room.knowledge) if view.actor else None,
    )


def lead_words(posture: Posture | Row) -> str:
    """The posture in a few words: "holding fire in deeds, backing in words"."""
    deed = f"{posture.deed.conduct} in deeds" if posture.deed else ""
    word = f"{posture.word.conduct} in words" if posture.word else ""
    return ", ".join(filter(None, (deed, word))) or "nothing confirmed is reported"


def by_conduct(reasons: Iterable[ReasonLine]) -> list[list[ReasonLine]]:
    """The reasons in runs of one conduct and bearing, in their order."""
    return [list(run) for _, run in groupby(reasons, key=lambda each: (each.conduct, each.bearing))]


def _view(room: ReadingRoom, key: str, looking: Looking) -> ActorView:
    conflict = conflict_of(room, looking.conflict)
    try:
        return read_actor(
            room.ledger, key, looking.asof, rulebook=room.rulebook, knowledge=room.knowledge, conflict=conflict
        )
    except HoldfireError as why:
        raise Missing(str(why)) from why


def _finding(finding: Finding, room: ReadingRoom) -> FindingView:
    return FindingView(
        cell=cell_of(finding),
        family=room.rulebook.conducts[finding.conduct].family,
        entries=tuple(map(quoted, finding.entries[:_MOST_QUOTED])),
        more=max(0, len(finding.entries) - _MOST_QUOTED),
        against=tuple(map(quoted, finding.against[:_MOST_QUOTED])),
    )


def _reason(each: ToldReason) -> ReasonLine:
    reason = each.reason
    return ReasonLine(
        text=cut(reason.text, 300), category=reason.category, relation=reason.relation, bearing=reason.bearing,
        conduct=each.conduct, sources=tuple(source_words(source) for source in reason.sources),
        told_of=_told_of(each.told), quoted=quoted(each.told.entry),
    )  # fmt: skip


def _condition(each: ToldCondition) -> ConditionLine:
    return ConditionLine(
        text=cut(each.condition.text, 300), told_of=_told_of(each.told), quoted=quoted(each.told.entry)
    )


def _told_of(told: Told) -> str | None:
    return cut(told.of, NAME_CHARS) if told.of else None


def _record(actor: Actor, knowledge: KnowledgeBase) -> Record:
    def named(relation: str, key: str, start: date | None, end: date | None) -> TieRecord:
        other = knowledge.get(key)
        return TieRecord(
            relation=relation, name=other.name if other else key, page=actor_path(key), start=start, end=end
        )

    return Record(
        id=actor.id,
        kind=actor.kind,
        country=actor.country,
        aliases=tuple(dict.fromkeys(each.text for each in actor.aliases)),
        ties=tuple(named(each.relation, each.actor_id, each.start, each.end) for each in actor.memberships),
        offices=tuple(named(each.title, each.of, each.start, each.end) for each in actor.offices),
        external=tuple(f"{scheme} {number}" for scheme, number in actor.external),
        note=actor.note,
    )
