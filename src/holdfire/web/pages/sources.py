"""Sources: which outlets the ledger reads, how they are graded, who owns them, and when each was last heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from holdfire.ledger.judge import grades
from holdfire.ledger.overview import OutletCount, outlets
from holdfire.web.looking import Looking
from holdfire.web.pages.quoted import NAME_CHARS
from holdfire.web.room import ReadingRoom
from holdfire.web.words import cut, many

_GRADES = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "cannot be judged",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletLine:
    """One outlet. `counted_as` is the owner or master that its reports are counted under; None for itself alone."""

    outlet: str | None
    reports: int
    claims: int
    latest: date | None
    days_behind: int | None
    grade: str
    grade_words: str
    graded_by: str | None
    counted_as: str | None
    is_agency: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage:
    """Every outlet, most reports first. Days behind are counted from the latest report of any of them."""

    outlets: tuple[OutletLine, ...]
    reports: int
    claims: int
    newest: date | None


def read_sources(room: ReadingRoom, looking: Looking) -> SourcesPage:
    """The outlets of the ledger as it was known."""
    counts = room.kept(("outlets", looking.known_by), lambda: outlets(room.ledger, looking.asof))
    newest = max((each.last for each in counts if each.last), default=None)
    graded = grades(room.ledger, looking.asof)
    lines = []
    for each in counts:
        grade = graded.get(each.outlet or "")
        letter = grade.letter if grade else "F"
        lines.append(
            OutletLine(
                outlet=cut(each.outlet, NAME_CHARS) or None,
                reports=each.reports,
                claims=each.claims,
                latest=each.last,
                days_behind=(newest - each.last).days if newest and each.last else None,
                grade=letter,
                grade_words=_GRADES[letter],
                graded_by=f"{cut(grade.who, NAME_CHARS)}: {cut(grade.reason, 200)}" if grade else None,
                counted_as=_master(room, each),
                is_agency=_is_agency(room, each),
            )
        )
    return SourcesPage(
        outlets=tuple(lines), reports=sum(each.reports for each in counts), claims=sum(each.claims for each in counts),
        newest=newest,
    )  # fmt: skip


def staleness_words(line: OutletLine) -> str:
    """How long ago an outlet was last heard, in words."""
    if line.days_behind is None:
        return "no dated report"
    return "up to date" if line.days_behind < 1 else f"{many(line.days_behind, 'day')} behind the newest"


def _master(room: ReadingRoom, count: OutletCount) -> str | None:
    known = room.rulebook.outlets.find(count.outlet)
    return known.master if known is not None and known.owner else None


def _is_agency(room: ReadingRoom, count: OutletCount) -> bool:
    known = room.rulebook.outlets.find(count.outlet)
    return known is not None and known.credit is not None
