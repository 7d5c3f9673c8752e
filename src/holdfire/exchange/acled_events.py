"""ACLED's event table (CSV of the export tool or API), with the columns and types of before 2019 and of today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from holdfire.exchange.event_parties import Parties, Party
from holdfire.exchange.event_reading import Columns, Unusable, count_in, day_in
from holdfire.model.event_row import EventRow
from holdfire.rules.event_tables import Kind

WANTED = ("event_id_cnty", "event_date", "event_type", "actor1", "actor2")
# Of ACLED's time_precision: the month is known and the day is not.
_MONTH_ONLY = "3"


class AcledReader:
    """Reads rows of ACLED. A clash yields a row for either side; an actor beside them that the knowledge base knows
    yields a row of its own, without a recipient."""

    origin = "acled"

    def __init__(self, header: Sequence[str], parties: Parties, grade: str) -> None:
        self._columns = Columns.of(header)
        self._parties = parties
        self._grade = grade

    def rows(self, cells: Sequence[str]) -> list[EventRow]:
        """The rows of one event. Raises Unusable."""
        get = self._columns.get
        name = get(cells, "event_id_cnty")
        if name is None:
            raise Unusable("event_id_cnty is empty")
        day = day_in(get(cells, "event_date"), "event_date")
        if get(cells, "time_precision") == _MONTH_ONLY:
            raise Unusable("only the month of the event is known (time_precision 3)")
        kind, code = self._kind(cells)
        country = self._parties.country(get(cells, "iso3") or get(cells, "country") or "")
        first = self._parties.named("acled", get(cells, "actor1"), day, country=country)
        second = self._parties.named("acled", get(cells, "actor2"), day, country=country)
        if first is None:
            raise Unusable("actor1 is empty")
        struck = self._parties.acted_on(second, first)
        sides = [(first, struck, kind.event, kind.mode)]
        sides += [(each, None, kind.event, kind.mode) for each in self._beside(cells, "assoc_actor_1", day, country)]
        if kind.back_event and second is not None:
            sides.append((second, first, kind.back_event, kind.back_mode))
            beside = self._beside(cells, "assoc_actor_2", day, country)
            sides += [(each, None, kind.back_event, kind.back_mode) for each in beside]
        source = get(cells, "source")
        edition = count_in(get(cells, "timestamp"), "timestamp")
        deaths = count_in(get(cells, "fatalities"), "fatalities")
        return [
            EventRow(
                origin="acled", origin_id=name if place == 1 else f"{name}:{place}", day=day, code=code, event=event,
                mode=mode, actor_key=who.key, actor_text=who.text, recipient_key=whom.key if whom else None,
                recipient_text=whom.text if whom else None, country=country, place=get(cells, "location"),
                outlet=source, reports=len(source.split(";")) if source else None, deaths=deaths, grade=self._grade,
                edition=datetime.fromtimestamp(edition, UTC) if edition else None,
            )
            for place, (who, whom, event, mode) in enumerate(sides, start=1)
        ]  # fmt: skip

    def _kind(self, cells: Sequence[str]) -> tuple[Kind, str]:
        """What sort of event it is, and ACLED's word for it."""
        sort, finer = self._columns.get(cells, "event_type"), self._columns.get(cells, "sub_event_type")
        kinds, inter = self._parties.rules.kinds, self._columns.get(cells, "inter1") or ""
        who = self._parties.rules.inter.get(inter, inter).lower()
        for code in (finer, f"{sort}: {who}", sort):
            kind = kinds.get(("acled", code.lower())) if code else None
            if kind is not None:
                return kind, finer or sort or ""
        raise Unusable("event_type is none that ACLED's codebook has", repr(sort or ""))

    def _beside(self, cells: Sequence[str], column: str, day: date, country: str | None) -> Iterator[Party]:
        """The actors named beside one side, as far as the knowledge base knows them."""
        for words in (self._columns.get(cells, column) or "").split(";"):
            party = self._parties.named("acled", words, day, country=country)
            if party is not None and party.is_known:
                yield party
