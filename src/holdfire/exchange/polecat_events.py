"""POLECAT's weekly and yearly files (tab-separated, with a header), which code PLOVER itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from holdfire.exchange.event_parties import Parties, Party
from holdfire.exchange.event_reading import Columns, Unusable, day_in, day_or_none
from holdfire.model.claim import EVENTS
from holdfire.model.event_row import EventRow

WANTED = ("event id", "event date", "event type", "event mode", "actor name", "recipient name")
# Older manuals of PLOVER had a type of its own for demands.
_OLDER = {"DEMAND": "REQUEST"}


class PolecatReader:
    """Reads rows of POLECAT. Of several actors or recipients in one event each yields a row, so that each counts once:
    the first actor with the first recipient, and so on; the words of all stand in every row."""

    origin = "polecat"

    def __init__(self, header: Sequence[str], parties: Parties, grade: str) -> None:
        self._columns = Columns.of(header)
        self._parties = parties
        self._grade = grade

    def rows(self, cells: Sequence[str]) -> list[EventRow]:
        """The rows of one event. Raises Unusable."""
        get = self._columns.get
        name = get(cells, "event id")
        if name is None:
            raise Unusable("Event ID is empty")
        day = day_in(get(cells, "event date"), "Event Date")
        code = (get(cells, "event type") or "").upper()
        event = _OLDER.get(code, code)
        if event not in EVENTS:
            raise Unusable("Event Type is none of PLOVER's", repr(code))
        mode = get(cells, "event mode")
        actors, recipients = self._side(cells, "actor", day), self._side(cells, "recipient", day)
        if not actors and not recipients:
            raise Unusable("it names no actor")
        reported = day_or_none(get(cells, "publication date"))
        return [
            EventRow(
                origin="polecat", origin_id=name if place == 1 else f"{name}:{place}", day=day, code=code,
                event=event, mode=mode.lower() if mode else None, actor_key=who.key if who else None,
                actor_text=get(cells, "actor name") if who else None, recipient_key=whom.key if whom else None,
                recipient_text=get(cells, "recipient name") if whom else None,
                country=self._parties.country(get(cells, "country") or ""),
                place=get(cells, "placename") or get(cells, "city"),
                reported_on=reported if reported and reported >= day else None, outlet=get(cells, "source"),
                grade=self._grade,
            )
            for place, (who, whom) in enumerate(zip_longest(actors, recipients), start=1)
        ]  # fmt: skip

    def _side(self, cells: Sequence[str], side: str, day: date) -> list[Party]:
        """Everybody on one side, each once."""
        names = (self._columns.get(cells, f"{side} name") or "").split(";")
        places = (self._columns.get(cells, f"{side} country") or "").split(";")
        found: dict[str, Party] = {}
        for place, name in enumerate(names):
            country = self._parties.country(places[place] if len(places) == len(names) else places[0])
            party = self._parties.named("polecat", name, day, country=country)
            if party is not None:
                found.setdefault(party.key, party)
        return list(found.values())
