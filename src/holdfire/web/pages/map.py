"""The map: where claims of the last weeks are placed, each as an area as wide as the place is known."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from holdfire.analysis.conflict import entries_of
from holdfire.ledger import views
from holdfire.model.claim import Place
from holdfire.model.correction import is_rejected
from holdfire.model.entry import AsOf, LedgerEntry
from holdfire.web.conflicts import Choice, choices, conflict_of
from holdfire.web.looking import Looking
from holdfire.web.pages.quoted import NAME_CHARS, Quoted, quoted
from holdfire.web.room import ReadingRoom
from holdfire.web.words import cut

DAYS = 30
# How far from its coordinates a place of each precision may lie, in kilometres: what the area drawn is as wide as.
RADIUS_KM = {"point": 3.0, "town": 10.0, "admin-1": 70.0, "sea": 150.0}
_MOST_QUOTED = 5
_MOST_CLAIMS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many claims of one conduct; None for those without."""

    conduct: str | None
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place with its claims, latest first. Coordinates are the centre of an area of `radius_km`; None: a country."""

    name: str
    country: str | None
    precision: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    conduct: str | None
    claims: int
    tallies: tuple[Tally, ...]
    quoted: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """The places of the claims of some weeks. `spots` have coordinates, `countries` are told as a whole."""

    valid_on: date | None
    known_by: datetime | None
    since: date | None
    days: int
    conflict: str | None
    conflicts: tuple[Choice, ...]
    first: date | None
    last: date | None
    spots: tuple[Spot, ...]
    countries: tuple[Spot, ...]
    unresolved: tuple[Spot, ...]
    unplaced: int
    claims: int


def read_map(room: ReadingRoom, looking: Looking) -> MapPage:
    """The places of what was claimed of the thirty days up to the day looked at."""
    conflict = conflict_of(room, looking.conflict)
    held = room.extent(looking)
    day = looking.valid_on or held.last
    since = day - timedelta(days=DAYS - 1) if day else None
    found = room.kept(
        ("map", looking.asof, conflict.id if conflict else None), lambda: _spots(room, looking, day, since)
    )
    spots, countries, unresolved, unplaced, count = found
    return MapPage(
        valid_on=day,
        known_by=looking.known_by,
        since=since,
        days=DAYS,
        conflict=conflict.name if conflict else None,
        conflicts=choices(room),
        first=held.first,
        last=held.last,
        spots=spots,
        countries=countries,
        unresolved=unresolved,
        unplaced=unplaced,
        claims=count,
    )


_Found = tuple[tuple[Spot, ...], tuple[Spot, ...], tuple[Spot, ...], int, int]


def _spots(room: ReadingRoom, looking: Looking, day: date | None, since: date | None) -> _Found:
    conflict = conflict_of(room, looking.conflict)
    asof = AsOf(valid_on=day, known_by=looking.known_by)
    entries = [each for each in views.claims(room.ledger, asof, since=since, limit=_MOST_CLAIMS)
               if not is_rejected(each.judgements)]  # fmt: skip
    if conflict is not None:
        entries = list(entries_of(conflict, entries, knowledge=room.knowledge))
    by_place: dict[tuple[str, str, str | None], list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        place = entry.claim.place
        if place is not None:
            by_place[_key(place)].append(entry)
    spots = [_spot(found) for found in by_place.values()]
    spots.sort(key=lambda each: (-each.claims, each.name))
    exact = tuple(each for each in spots if each.lat is not None and each.precision in RADIUS_KM)
    whole = tuple(each for each in spots if each.precision == "country" and each.country)
    rest = tuple(each for each in spots if each not in exact and each not in whole)
    return exact, whole, rest, sum(each.claim.place is None for each in entries), len(entries)


def _key(place: Place) -> tuple[str, str, str | None]:
    if place.precision == "country" and place.country:
        return ("country", place.country, None)
    return (place.precision, place.name or place.text, place.country)


def _spot(entries: list[LedgerEntry]) -> Spot:
    place = entries[0].claim.place
    assert place is not None
    counts = Counter(each.claim.conduct for each in entries)
    # The commonest, by name where several are as common: the colour never depends on the order of reading.
    tallies = sorted(counts.items(), key=lambda each: (-each[1], each[0] or "~"))
    is_area = place.precision in RADIUS_KM and place.lat is not None
    return Spot(
        name=cut(place.name or place.text, NAME_CHARS),
        country=place.country,
        precision=place.precision,
        lat=place.lat if is_area else None,
        lon=place.lon if is_area else None,
        radius_km=RADIUS_KM[place.precision] if is_area else None,
        conduct=next((name for name, _ in tallies if name), None),
        claims=len(entries),
        tallies=tuple(Tally(conduct=name, claims=count) for name, count in tallies),
        quoted=tuple(map(quoted, entries[:_MOST_QUOTED])),
    )
