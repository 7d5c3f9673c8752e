"""Gone quiet: whose silence is beyond chance, who is only not reported, and of whom it cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from holdfire.errors import UsageError
from holdfire.ledger.relevant import names_of
from holdfire.model.silence import Quietness, Word
from holdfire.web.looking import Looking, actor_path
from holdfire.web.pages.quoted import NAME_CHARS
from holdfire.web.quiet import VERDICTS, counted, words_of
from holdfire.web.room import ReadingRoom
from holdfire.web.words import cut

KINDS = ("attacks", "deeds", "words")
MOST_LINES = 200
_ORDER: tuple[Word, ...] = ("quiet", "reduced", "back", "not reported", "cannot tell", "normal")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietLine:
    """One actor: the verdict, what it rests on, and the figures behind it; None where they are not known."""

    key: str
    name: str
    page: str | None
    verdict: str
    words: str
    since: date | None
    last_act: date | None
    seen: int
    expected: float | None
    window: int
    usual_week: float | None
    coverage: float | None
    shortest: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietGroup:
    """The actors of one verdict, the most surprising first; `actors` counts those left out as well."""

    verdict: str
    lines: tuple[QuietLine, ...]
    actors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietPage:
    """Everybody who acts often enough to be counted, by verdict. source: "claims", or an imported event table."""

    valid_on: date | None
    known_by: datetime | None
    first: date | None
    last: date | None
    own: str
    source: str
    groups: tuple[QuietGroup, ...]
    actors: int


def read_quiet(room: ReadingRoom, looking: Looking, own: str) -> QuietPage:
    """The verdicts as of a day. Raises UsageError for a kind of act that is not counted."""
    if own not in KINDS:
        raise UsageError(f"own: “{cut(own, 40)}” is none of {', '.join(KINDS)}.")
    found = counted(room, looking, own)
    held = room.extent(looking)
    names = names_of(room.ledger, [each.key for each in found.found if room.knowledge.get(each.key) is None])
    groups = []
    for word in _ORDER:
        mine = sorted((each for each in found.found if each.word == word), key=_surprise)
        if mine:
            lines = tuple(_line(each, own, names.get(each.key, each.name)) for each in mine[:MOST_LINES])
            groups.append(QuietGroup(verdict=VERDICTS[mine[0].word], lines=lines, actors=len(mine)))
    return QuietPage(
        valid_on=found.on,
        known_by=looking.known_by,
        first=held.first,
        last=held.last,
        own=own,
        source=found.source,
        groups=tuple(groups),
        actors=len(found.found),
    )


def _surprise(found: Quietness) -> tuple[float, str]:
    return (found.false_alarms if found.false_alarms is not None else 1e9, found.name)


def _line(found: Quietness, own: str, name: str) -> QuietLine:
    return QuietLine(
        key=found.key[: NAME_CHARS * 4], name=cut(name, NAME_CHARS), page=actor_path(found.key),
        verdict=VERDICTS[found.word], words=words_of(found, own), since=found.since, last_act=found.last_act,
        seen=found.seen, expected=found.expected, window=found.window, usual_week=found.usual_week,
        coverage=found.coverage, shortest=found.shortest,
    )  # fmt: skip
