"""Whether two claims say the same thing, or the opposite: parties, event, time and place compared.

What is missing on one side agrees with anything; what both sides state must fit. See docs/explanation/corroboration.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

from holdfire.model.actor import Mention, folded, party_key
from holdfire.model.claim import Claim, Content, Place
from holdfire.model.entry import LedgerEntry

# A report without a date of its own tells what happened on its day of publication or shortly before.
NEWS_DAYS = 3
# A longer stretch ("since March") is another kind of claim than a day, though it may cover it.
EPISODE_DAYS = 7
# Two places that are nearer to each other than this are names of one.
NEAR_KM = 15.0
_EARTH_KM = 6371.0
_COARSE = frozenset({"country", "admin-1", "sea"})


def says_the_same(one: LedgerEntry, other: LedgerEntry) -> bool:
    """Whether both claim the same act of the same party, done or not done, at the same time and place."""
    return holds(one) == holds(other) and _same_act(one, other, strict=True)


def says_the_opposite(one: LedgerEntry, other: LedgerEntry) -> bool:
    """Whether one claims as done, by who did it and when, what the other claims was not."""
    if holds(one) == holds(other):
        return False
    said, against = (one, other) if holds(one) else (other, one)
    if "denied" in (said.claim.certainty, against.claim.certainty):
        return _same_act(said, against, strict=True)
    # "No drone strikes" does not speak against shelling, nor "did not attack the convoy" against an attack on a base.
    left, right = said.claim, against.claim
    if right.mode is not None and right.mode != left.mode:
        return False
    if right.recipient and not _meet(left.recipient, right.recipient):
        return False
    if right.place is not None and (left.place is None or not _same_place(left.place, right.place)):
        return False
    return _same_act(said, against, strict=False)


def holds(entry: LedgerEntry) -> bool:
    """Whether the claim says that the act was done: affirmed and not denied, or a denial of not having done it."""
    return (entry.claim.polarity == "affirmed") != (entry.claim.certainty == "denied")


def detail(entry: LedgerEntry) -> int:
    """How much a claim states: the more, the less it can be mistaken for another."""
    claim = entry.claim
    stated = (claim.recipient, claim.place, claim.time, claim.mode, claim.content)
    return sum(map(bool, stated)) + (claim.place is not None and claim.place.precision not in _COARSE)


def _same_act(one: LedgerEntry, other: LedgerEntry, *, strict: bool) -> bool:
    left, right = one.claim, other.claim
    return (
        left.event == right.event
        and (not strict or left.mode is None or right.mode is None or left.mode == right.mode)
        and _same_modality(left, right)
        and _same_parties(left, right)
        and _same_content(left.content, right.content)
        and (left.place is None or right.place is None or _same_place(left.place, right.place))
        and _same_time(one, other)
    )


def _same_modality(left: Claim, right: Claim) -> bool:
    done = ("actual", "historical")
    return left.modality == right.modality or (left.modality in done and right.modality in done)


def _same_parties(left: Claim, right: Claim) -> bool:
    actors, others = _keys(left.actor), _keys(right.actor)
    if not actors or not others:
        return False
    # "X and Y trade fire" and "X fired on Y" are one clash.
    if actors != others:
        both, also = actors | _keys(left.recipient), others | _keys(right.recipient)
        compound = len(actors) > 1 or len(others) > 1
        return compound and both == also and bool(actors & others)
    return not left.recipient or not right.recipient or _meet(left.recipient, right.recipient)


def _meet(left: Iterable[Mention], right: Iterable[Mention]) -> bool:
    ours, theirs = list(left), list(right)
    if _keys(ours) & _keys(theirs):
        return True
    # "the garrison of Port Amar" and "the Port Amar garrison" are one; "the port" and "the bridge" are not.
    return any(
        _words(one.text) <= _words(other.text) or _words(other.text) <= _words(one.text)
        for one in ours
        for other in theirs
        if one.id is None or other.id is None
    )


def _keys(mentions: Iterable[Mention]) -> set[str]:
    return {party_key(each.id, each.text) for each in mentions}


def _words(text: str) -> set[str]:
    small = {"the", "a", "an", "of", "in", "at", "on", "near", "s"}
    return set(folded(text).replace("'", " ").replace("’", " ").replace("-", " ").split()) - small


def _same_content(left: Content | None, right: Content | None) -> bool:
    if left is None or right is None:
        return True
    return left.event == right.event and left.polarity == right.polarity


def _same_place(left: Place, right: Place) -> bool:
    if left.geonames is not None and left.geonames == right.geonames:
        return True
    if left.country and right.country and left.country != right.country:
        return False
    # A country holds its towns.
    if (left.precision in _COARSE) != (right.precision in _COARSE) and left.country == right.country:
        return left.country is not None
    if None not in (left.lat, left.lon, right.lat, right.lon) and not {left.precision, right.precision} & _COARSE:
        return _distance_km(left, right) <= NEAR_KM
    one, other = (_words(each.name or each.text) for each in (left, right))
    return one <= other or other <= one


def _distance_km(left: Place, right: Place) -> float:
    assert left.lat is not None and left.lon is not None  # noqa: PT018
    assert right.lat is not None and right.lon is not None  # noqa: PT018
    rise, run = radians(right.lat - left.lat), radians(right.lon - left.lon)
    chord = sin(rise / 2) ** 2 + cos(radians(left.lat)) * cos(radians(right.lat)) * sin(run / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(chord))


def _same_time(one: LedgerEntry, other: LedgerEntry) -> bool:
    first, second = _days(one), _days(other)
    if first is None or second is None:
        return True
    if not (first[0] <= second[1] and second[0] <= first[1]):
        return False
    long, short = sorted((first, second), key=_length, reverse=True)
    if _length(long) <= EPISODE_DAYS or one.claim.polarity != other.claim.polarity:
        return True
    # Two long stretches are the same when they cover each other for the most part.
    shared = (min(first[1], second[1]) - max(first[0], second[0])).days + 1
    return 2 * shared >= _length(long) and _length(short) > 1


def _length(days: tuple[date, date]) -> int:
    return (days[1] - days[0]).days + 1


def _days(entry: LedgerEntry) -> tuple[date, date] | None:
    """The days that the claim may speak of; a claim without a time of its own reaches back a little."""
    first, last = entry.valid_from, entry.valid_to
    if first is None or last is None:
        return None
    dated = entry.claim.time is not None and bool(entry.claim.time.start or entry.claim.time.end)
    return (first, last) if dated else (first - timedelta(days=NEWS_DAYS), last)
