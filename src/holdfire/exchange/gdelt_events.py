"""GDELT's event exports (tab-separated, no quoting): 1.0 with 57 or 58 columns, 2.0 with 61."""

from __future__ import annotations

from collections.abc import Sequence

from holdfire.exchange.event_parties import Parties, Party
from holdfire.exchange.event_reading import Columns, Unusable, count_in, day_in, day_or_none
from holdfire.model.actor import party_key
from holdfire.model.event_row import EventRow

# The GDELT Event Database data format codebook, versions 1.03 and 2.0. An older file lacks SOURCEURL.
_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_EVENT = (
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_GEO_2 = (*_GEO[:4], "ADM2Code", *_GEO[4:])


def _columns(geo: Sequence[str]) -> tuple[str, ...]:
    return (
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
        *(f"Actor{number}{each}" for number in (1, 2) for each in _ACTOR), *_EVENT,
        *(f"{place}Geo_{each}" for place in ("Actor1", "Actor2", "Action") for each in geo), "DATEADDED", "SOURCEURL",
    )  # fmt: skip


_REMEMBERED = 200_000
# By how many columns a file has.
LAYOUTS = {57: _columns(_GEO)[:-1], 58: _columns(_GEO), 61: _columns(_GEO_2)}


class GdeltReader:
    """Reads rows of GDELT. An actor is known by the code of its group or state; all others go by their whole code."""

    origin = "gdelt"

    def __init__(self, header: Sequence[str], parties: Parties, grade: str) -> None:
        self._columns = Columns.of(header)
        self._parties = parties
        self._grade = grade
        self._seen: dict[tuple[str, ...], Party | str | None] = {}

    def rows(self, cells: Sequence[str]) -> list[EventRow]:
        """The row of one record. Raises Unusable."""
        get = self._columns.get
        name = get(cells, "globaleventid")
        if name is None or not name.isdigit():
            raise Unusable("GLOBALEVENTID is no number", repr(name or ""))
        day = day_in(get(cells, "sqldate"), "SQLDATE")
        code = get(cells, "eventcode") or ""
        kind = self._parties.rules.of_cameo(code)
        if kind is None:
            raise Unusable("EventCode is no code of CAMEO", repr(code))
        who, whom = self._party(cells, "actor1"), self._party(cells, "actor2")
        if who is None and whom is None:
            raise Unusable("it names no actor")
        added = day_or_none(get(cells, "dateadded"))
        place = get(cells, "actiongeo_countrycode")
        return [
            EventRow(
                origin="gdelt", origin_id=name, day=day, code=code, event=kind.event, mode=kind.mode,
                actor_key=who.key if who else None, actor_text=who.text if who else None,
                recipient_key=whom.key if whom else None, recipient_text=whom.text if whom else None,
                country=self._parties.rules.fips.get(place) if place else None,
                place=get(cells, "actiongeo_fullname"), reported_on=added if added and added >= day else None,
                url=get(cells, "sourceurl"), reports=count_in(get(cells, "numarticles"), "NumArticles"),
                grade=self._grade,
            )
        ]  # fmt: skip

    def _party(self, cells: Sequence[str], side: str) -> Party | None:
        start = self._columns.places[side + "code"]
        raw = tuple(cells[start : start + len(_ACTOR)])
        if raw not in self._seen:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[raw] = self._look_up(cells, side)
        found = self._seen[raw]
        if not isinstance(found, str):
            return found
        # Who bears a name may depend on the day.
        named = self._parties.named("gdelt", found, day_in(self._columns.get(cells, "sqldate"), "SQLDATE"))
        code = self._columns.get(cells, side + "code")
        words = f"{found} [{code}]" if code else found
        if named is not None and named.is_known:
            return Party(key=named.key, text=words)
        return Party(key=party_key(None, code or found), text=words)

    def _look_up(self, cells: Sequence[str], side: str) -> Party | str | None:
        """Who an actor is by its codes, the name to look up where its codes leave that to the name, None for nobody."""
        said = tuple(self._columns.get(cells, side + each.lower()) for each in _ACTOR)
        code, name, country, group, ethnic, religion, _, _, _, _ = said
        if code is None and name is None:
            return None
        if name and ethnic is None and religion is None and (group is not None or country is None):
            return name
        words = f"{name} [{code}]" if name and code else code or name or ""
        found = self._state_or_organ(said)
        return self._parties.party(found, words) if found else Party(key=party_key(None, code or words), text=words)

    def _state_or_organ(self, said: tuple[str | None, ...]) -> str | None:
        """The id of the state or organ that a code is made of, None where it says more or less than that."""
        _, _, country, group, ethnic, religion, _, role, second_role, _ = said
        if country is None or any((group, ethnic, religion, second_role)):
            return None
        iso = self._parties.rules.cameo_countries.get(country, country)
        if role is None:
            return self._parties.state(iso)
        return self._parties.organ(iso, self._parties.rules.organ_codes.get(role))
