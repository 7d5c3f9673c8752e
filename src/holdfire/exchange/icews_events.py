"""ICEWS coded event data (tab-separated, with a header), as published on the Harvard Dataverse."""

from __future__ import annotations

from collections.abc import Sequence

from holdfire.exchange.event_parties import Parties
from holdfire.exchange.event_reading import Columns, Unusable, day_in
from holdfire.model.event_row import EventRow

WANTED = ("event id", "event date", "source name", "cameo code", "target name", "country")


class IcewsReader:
    """Reads rows of ICEWS. Its event id is used twice now and then, on different days: both together are the key."""

    origin = "icews"

    def __init__(self, header: Sequence[str], parties: Parties, grade: str) -> None:
        self._columns = Columns.of(header)
        self._parties = parties
        self._grade = grade

    def rows(self, cells: Sequence[str]) -> list[EventRow]:
        """The row of one record. Raises Unusable."""
        get = self._columns.get
        name = get(cells, "event id")
        if name is None:
            raise Unusable("Event ID is empty")
        day = day_in(get(cells, "event date"), "Event Date")
        code = get(cells, "cameo code") or ""
        kind = self._parties.rules.of_cameo(code)
        if kind is None:
            raise Unusable("CAMEO Code is no code of CAMEO", repr(code))
        who, whom = (
            self._parties.named(
                "icews", get(cells, f"{side} name"), day,
                country=self._parties.country(get(cells, f"{side} country") or ""),
            )
            for side in ("source", "target")
        )  # fmt: skip
        whom = self._parties.acted_on(whom, who)
        if who is None and whom is None:
            raise Unusable("it names no actor")
        places = (get(cells, column) for column in ("city", "district", "province"))
        return [
            EventRow(
                origin="icews", origin_id=f"{name}/{day}", day=day, code=code,
                event=kind.event, mode=kind.mode, actor_key=who.key if who else None,
                actor_text=who.text if who else None, recipient_key=whom.key if whom else None,
                recipient_text=whom.text if whom else None,
                country=self._parties.country(get(cells, "country") or ""),
                place=", ".join(part for part in places if part) or None, outlet=get(cells, "publisher"),
                grade=self._grade,
            )
        ]  # fmt: skip
