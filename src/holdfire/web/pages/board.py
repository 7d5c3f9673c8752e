"""The board: actors against deed, word, since, evidence, gap and change, as of a day and a moment of knowing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt

from holdfire.conclusions.board import read_board
from holdfire.conclusions.light import LIGHT
from holdfire.model.posture import Board, Finding, Gap, Posture, Transition
from holdfire.web.conflicts import Choice, choices, conflict_of
from holdfire.web.looking import Looking, actor_path
from holdfire.web.pages.quoted import NAME_CHARS, Quoted, quoted
from holdfire.web.quiet import QuietName, gone_quiet, verdicts
from holdfire.web.room import ReadingRoom
from holdfire.web.words import cut, many, short_day

ROWS_A_PAGE = 100
SPARK_DAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One finding. `told_of` is the group, or the member, that all its evidence speaks of; None: the actor."""

    conduct: str
    since: date
    latest: date
    claims: int
    outlets: int
    origins: int
    against: int
    told_of: str | None
    best: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCell:
    """How far words and deeds lie apart, 1 to 3, and which is ahead."""

    size: int
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCell:
    """The latest change of posture: None before or after for "none reported"."""

    family: str
    on: date
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkDay:
    """How many claims of deeds and of words of one day stand behind the row."""

    day: date
    deeds: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What rests on rumour or denial alone, shown beside the posture and never in it."""

    label: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An actor's row. `earlier_deed` and `earlier_word` are those of the day compared with."""

    key: str
    name: str
    page: str | None
    kind: str | None
    side: int | None
    deed: Cell | None
    word: Cell | None
    since: date | None
    claims: int
    outlets: int
    gap: GapCell | None
    change: ChangeCell | None
    spark: tuple[SparkDay, ...]
    doubts: tuple[Doubt, ...]
    silence: str | None
    earlier_deed: str | None = None
    earlier_word: str | None = None

    @property
    def differs(self) -> bool:
        """Whether the posture is another than on the day compared with."""
        now = (self.deed.conduct if self.deed else None, self.word.conduct if self.word else None)
        return now != (self.earlier_deed, self.earlier_word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the rows are narrowed to; "" and False leave everything."""

    actor: str = ""
    conduct: str = ""
    kind: str = ""
    gap: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """The board with what it was asked for. `first` and `last` are the days that the ledger speaks of.

    `is_quick`: the ledger is so large that the board is drawn from the latest claims of each conduct; evidence is then
    "at least so much", and an actor's page has all of it.
    """

    valid_on: date | None
    known_by: datetime | None
    conflict: str | None
    conflict_id: str | None
    conflicts: tuple[Choice, ...]
    reports: int
    outlets: int
    claims: int
    untied: int
    undated: int
    first: date | None
    last: date | None
    compared_with: date | None
    filters: Filters
    kinds: tuple[str, ...]
    rows: tuple[Row, ...]
    actors: int
    shown: int
    page: int
    pages: int
    lapsed: tuple[str, ...]
    quiet: tuple[QuietName, ...]
    is_quick: bool


def read_board_page(
    room: ReadingRoom, looking: Looking, *, filters: Filters, compare: date | None, page: int
) -> BoardPage:
    """The rows of one page of the board. Raises UsageError for a conflict that nobody has written down."""
    conflict = conflict_of(room, looking.conflict)
    held = room.extent(looking)
    board = room.concluded(
        ("board", looking.asof, conflict.id if conflict else None, compare),
        lambda: read_board(
            room.ledger, looking.asof, rulebook=room.rulebook, knowledge=room.knowledge, conflict=conflict,
            compare=compare,
        ),
    )  # fmt: skip
    earlier = {each.key: each for each in board.earlier}
    fitting = [each for each in board.postures if _fits(each, filters, room, earlier, is_compared=compare is not None)]
    pages = max(1, -(-len(fitting) // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    shown = fitting[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    quiet = verdicts(room, looking, [each.key for each in shown])
    return BoardPage(
        valid_on=board.valid_on,
        known_by=board.known_by,
        conflict=board.conflict,
        conflict_id=board.conflict_id,
        conflicts=choices(room),
        reports=board.reports,
        outlets=board.outlets,
        claims=board.claims,
        untied=board.untied,
        undated=board.undated,
        first=held.first,
        last=held.last,
        compared_with=board.compared_with,
        filters=filters,
        kinds=tuple(sorted({each.kind for each in board.postures if each.kind})),
        rows=tuple(row_of(each, board.valid_on, room, quiet, earlier.get(each.key)) for each in shown),
        actors=len(board.postures),
        shown=len(fitting),
        page=page,
        pages=pages,
        lapsed=_lapsed(board),
        is_quick=conflict is None and held.claims > LIGHT,
        quiet=gone_quiet(room, looking, besides=[each.key for each in board.postures if each.findings]),
    )


def row_of(
    posture: Posture,
    valid_on: date | None,
    room: ReadingRoom,
    quiet: Mapping[str, str],
    earlier: Posture | None = None,
) -> Row:
    """A posture as a row."""
    entries = {each.claim.id for finding in posture.findings for each in finding.entries}
    doubts = (("unconfirmed", posture.unconfirmed), ("denied", posture.denied))
    return Row(
        key=posture.key[: NAME_CHARS * 4],
        name=cut(posture.name, NAME_CHARS),
        page=actor_path(posture.key),
        kind=posture.kind or _kind(room, posture.key),
        side=posture.side,
        deed=cell_of(posture.deed) if posture.deed else None,
        word=cell_of(posture.word) if posture.word else None,
        since=posture.since,
        claims=len(entries),
        outlets=len({name for each in posture.findings for name in each.outlets}),
        gap=gap_cell(posture.gap) if posture.gap else None,
        change=change_cell(posture.change) if posture.change else None,
        spark=_spark(posture, valid_on, room),
        doubts=tuple(Doubt(label=label, cell=cell_of(each)) for label, found in doubts for each in found),
        silence=quiet.get(posture.key),
        earlier_deed=earlier.deed.conduct if earlier and earlier.deed else None,
        earlier_word=earlier.word.conduct if earlier and earlier.word else None,
    )


def cell_of(finding: Finding) -> Cell:
    """A finding as a cell."""
    return Cell(
        conduct=finding.conduct,
        since=finding.since,
        latest=finding.latest,
        claims=len({each.claim.id for each in finding.entries}),
        outlets=len(finding.outlets),
        origins=finding.origins,
        against=len(finding.against),
        told_of=cut(finding.inherited.name, NAME_CHARS) if finding.inherited else None,
        best=quoted(finding.best),
    )


def gap_cell(gap: Gap) -> GapCell:
    """A gap as a cell."""
    return GapCell(size=gap.size, direction=gap.direction)


def change_cell(change: Transition) -> ChangeCell:
    """A transition as a cell."""
    return ChangeCell(family=change.family, on=change.on, before=change.before, after=change.after)


def change_words(change: ChangeCell) -> str:
    """ "was threatening", "new" for what was not reported before, "faded" for what is reported no more."""
    if change.before is None:
        return f"new on {short_day(change.on)}"
    if change.after is None:
        return f"{change.before} faded on {short_day(change.on)}"
    return f"was {change.before} until {short_day(change.on)}"


def spark_words(spark: Iterable[SparkDay]) -> str:
    """A sparkline for those who do not see it."""
    days = list(spark)
    deeds, words = sum(each.deeds for each in days), sum(each.words for each in days)
    return f"{many(deeds, 'claim')} of deeds and {words:,} of words in {len(days)} days"


def bar(claims: int) -> int:
    """How high a sparkline's bar is, 4 to 13: one claim is seen, and ten are no giant."""
    return min(13, round(1 + 3 * sqrt(claims)))


def _kind(room: ReadingRoom, key: str) -> str | None:
    known = room.knowledge.get(key)
    return known.kind if known else None


def _fits(
    posture: Posture, filters: Filters, room: ReadingRoom, earlier: Mapping[str, Posture], *, is_compared: bool
) -> bool:
    conducts = {each.conduct for each in posture.findings}
    if filters.actor and filters.actor.casefold() not in posture.name.casefold():
        return False
    if filters.conduct and filters.conduct not in conducts:
        return False
    if filters.kind and (posture.kind or _kind(room, posture.key)) != filters.kind:
        return False
    if filters.gap and posture.gap is None:
        return False
    if not filters.changed:
        return True
    if not is_compared:
        return posture.change is not None
    before = earlier.get(posture.key)
    return conducts != ({each.conduct for each in before.findings} if before else set())


def _lapsed(board: Board) -> tuple[str, ...]:
    """Names of those who had a posture on the day compared with, and have none now."""
    now = {each.key for each in board.postures if each.findings}
    return tuple(cut(each.name, NAME_CHARS) for each in board.earlier if each.findings and each.key not in now)[:50]


def _spark(posture: Posture, last: date | None, room: ReadingRoom) -> tuple[SparkDay, ...]:
    if last is None:
        return ()
    counts: dict[str, Counter[date]] = {"deed": Counter(), "word": Counter()}
    for finding in (*posture.findings, *posture.others):
        family = counts[room.rulebook.conducts[finding.conduct].family]
        for entry in finding.entries:
            if entry.valid_from is not None:
                family[entry.valid_from] += 1
    days = [last - timedelta(days=back) for back in range(SPARK_DAYS - 1, -1, -1)]
    return tuple(SparkDay(day=each, deeds=counts["deed"][each], words=counts["word"][each]) for each in days)
