"""What counting says of an actor's silence, for the pages that show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from holdfire.conclusions import silence as conclusions
from holdfire.conclusions.window import is_large
from holdfire.ledger.relevant import names_of
from holdfire.model.silence import Quietness, Word
from holdfire.web.looking import Looking, actor_path
from holdfire.web.room import ReadingRoom
from holdfire.web.words import cut, many, short_day

# What readers are told: three different findings, none of them restraint.
VERDICTS: Mapping[Word, str] = {
    "quiet": "quiet beyond chance", "reduced": "fewer acts than usual", "back": "acting again",
    "not reported": "not reported", "cannot tell": "cannot tell", "normal": "as usual",
}  # fmt: skip
WEEKS = 53
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The seven days from `start`: acts of the actor, and reports on its country or conflict without it."""

    start: date
    acts: int
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietName:
    """Somebody who has gone quiet beyond chance, and since when."""

    name: str
    page: str | None
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """An actor's silence. `verdict` is None where it is not counted yet; `words` say it in a sentence or two.

    usual_week: acts a week that it was used to. weeks: the last year, oldest first; () where nothing was counted.
    """

    verdict: str | None
    words: str
    own: str
    source: str | None
    since: date | None = None
    usual_week: float | None = None
    weeks: tuple[Week, ...] = ()


def counted(room: ReadingRoom, looking: Looking, own: str) -> conclusions.Silence:
    """Everybody's silence as of a day, counted once for a state of the ledger."""
    return room.concluded(_key(looking, own), lambda: conclusions.read_silence(
        room.ledger, looking.asof, knowledge=room.knowledge, counted=room.counted, own=own,
    ))  # fmt: skip


def verdicts(room: ReadingRoom, looking: Looking, keys: Sequence[str], *, own: str = "attacks") -> Mapping[str, str]:
    """The verdict on the silence of each of these actors that act often enough; nothing where it is not counted yet."""
    if not _is_at_hand(room, looking, own):
        return {}
    wanted = set(keys)
    return {each.key: VERDICTS[each.word] for each in counted(room, looking, own).found if each.key in wanted}


def gone_quiet(
    room: ReadingRoom, looking: Looking, *, besides: Sequence[str], own: str = "attacks"
) -> tuple[QuietName, ...]:
    """Whose silence is beyond chance, besides those who have a posture; nobody where it is not counted yet."""
    if not _is_at_hand(room, looking, own):
        return ()
    shown = set(besides)
    quiet = [each for each in counted(room, looking, own).found if each.word == "quiet" and each.key not in shown]
    names = names_of(room.ledger, [each.key for each in quiet[:_MOST_NAMED]])
    return tuple(
        QuietName(name=cut(names.get(each.key, each.name), 120), page=actor_path(each.key), since=each.since)
        for each in quiet[:_MOST_NAMED]
    )


def silence_of(room: ReadingRoom, looking: Looking, key: str, *, own: str = "attacks") -> Silence:
    """The silence of one actor, with the counts of its last year."""
    if not _is_at_hand(room, looking, own):
        words = "A ledger of this size takes a while to count. Open “Gone quiet” once, and its verdict stands here."
        return Silence(verdict=None, words=words, own=own, source=None)
    found = counted(room, looking, own)
    mine = next((each for each in found.found if each.key == key), None)
    if mine is None:
        words = f"It has too few {own} in what was counted for silence to mean anything."
        return Silence(verdict=VERDICTS["cannot tell"], words=words, own=own, source=found.source)
    return Silence(
        verdict=VERDICTS[mine.word], words=words_of(mine, own), own=own, source=found.source, since=mine.since,
        usual_week=mine.usual_week, weeks=_weeks(found, key),
    )  # fmt: skip


def words_of(found: Quietness, own: str) -> str:
    """A verdict in a sentence or two, with what it rests on."""
    parts = [found.reason[:1].upper() + found.reason[1:]]
    if found.since is not None:
        days = (found.on - found.since).days + 1
        parts.append(
            f"{'since' if found.word != 'back' else 'again since'} {short_day(found.since)} ({many(days, 'day')})"
        )
    if found.expected is not None:
        band = f", {found.low} to {found.high} being usual" if found.low is not None and found.high is not None else ""
        parts.append(f"{found.seen} {own} in {found.window} days where {found.expected:.1f} were to be expected{band}")
    if found.coverage is not None:
        parts.append(f"reporting stood at {found.coverage:.0%} of what it was before")
    if found.false_alarms is not None and found.word in ("quiet", "reduced"):
        parts.append(f"an actor as usual would look so {found.false_alarms:.2g} times a year")
    return "; ".join(parts) + "."


def _key(looking: Looking, own: str) -> tuple[object, ...]:
    return ("silence", looking.asof, own)


def _is_at_hand(room: ReadingRoom, looking: Looking, own: str) -> bool:
    """Whether the counts are made already, or quickly."""
    return room.conclusions.holds(_key(looking, own)) or not is_large(room.ledger)


def _weeks(found: conclusions.Silence, key: str) -> tuple[Week, ...]:
    series = found.series
    if series is None or found.on is None or key not in found.keys:
        return ()
    row = found.keys.index(key)
    end = min((found.on - series.start).days + 1, series.days)
    made = []
    for number in range(WEEKS, 0, -1):
        first, last = end - 7 * number, end - 7 * (number - 1)
        if first >= 0:
            acts, reports = (int(each[row, first:last].sum()) for each in (series.own, series.coverage))
            made.append(Week(start=series.start + timedelta(days=first), acts=acts, reports=reports))
    return tuple(made)
