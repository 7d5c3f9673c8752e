"""UCDP's Georeferenced Event Dataset (GED) and its monthly candidate events (CSV)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from holdfire.exchange.event_parties import Parties
from holdfire.exchange.event_reading import Columns, Unusable, count_in, day_in, day_or_none
from holdfire.model.event_row import EventRow

WANTED = ("id", "type_of_violence", "side_a", "side_b", "date_start", "date_end")
# An event that may lie anywhere in a longer stretch says nothing about a day.
MOST_DAYS = 7


class UcdpReader:
    """Reads rows of UCDP. An event of two armed sides yields a row for either."""

    origin = "ucdp"

    def __init__(self, header: Sequence[str], parties: Parties, grade: str) -> None:
        self._columns = Columns.of(header)
        self._parties = parties
        self._grade = grade

    def rows(self, cells: Sequence[str]) -> list[EventRow]:
        """The rows of one event. Raises Unusable."""
        get = self._columns.get
        name = get(cells, "id")
        if name is None:
            raise Unusable("id is empty")
        day, end = day_in(get(cells, "date_start"), "date_start"), day_in(get(cells, "date_end"), "date_end")
        if end < day:
            raise Unusable("date_end lies before date_start", f"{day} to {end}")
        if (end - day).days >= MOST_DAYS:
            raise Unusable(f"it may have happened on any of more than {MOST_DAYS} days", f"{day} to {end}")
        code = get(cells, "type_of_violence") or ""
        kind = self._parties.rules.kinds.get(("ucdp", code))
        if kind is None:
            raise Unusable("type_of_violence is not 1, 2 or 3", repr(code))
        country = self._parties.country(get(cells, "country") or "")
        first, second = (
            self._parties.named("ucdp", get(cells, side), day, outside=get(cells, f"{side}_new_id"), country=country)
            for side in ("side_a", "side_b")
        )
        if first is None:
            raise Unusable("side_a is empty")
        sides = [(first, second, kind.event, kind.mode)]
        if kind.back_event and second is not None:
            sides.append((second, first, kind.back_event, kind.back_mode))
        sources = get(cells, "number_of_sources")
        return [
            EventRow(
                origin="ucdp", origin_id=name if place == 1 else f"{name}:{place}", day=day, code=code, event=event,
                mode=mode, actor_key=who.key, actor_text=who.text, recipient_key=whom.key if whom else None,
                recipient_text=whom.text if whom else None, country=country, place=get(cells, "where_coordinates"),
                reported_on=_first_report(get(cells, "source_date"), day), outlet=get(cells, "source_office"),
                deaths=count_in(get(cells, "best"), "best"), grade=self._grade,
                reports=None if sources == "-1" else count_in(sources, "number_of_sources"),
            )
            for place, (who, whom, event, mode) in enumerate(sides, start=1)
        ]  # fmt: skip


def _first_report(dates: str | None, day: date) -> date | None:
    """The earliest of the dates of sources that is not before the event."""
    found = [each for part in (dates or "").split(";") if (each := day_or_none(part.strip())) and each >= day]
    return min(found, default=None)
