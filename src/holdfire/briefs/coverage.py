"""How thickly the days were reported: reports read, and reports that tell of the conflict, by day and outlet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from holdfire.model.entry import Header, LedgerEntry

NO_OUTLET = "outlet not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletDays:
    """One outlet's reports that tell of the conflict: ISO ordinals of days with how many, by day."""

    name: str
    reports: tuple[tuple[date, int], ...]

    @property
    def total(self) -> int:
        """How many reports in all."""
        return sum(count for _, count in self.reports)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Reports by the day of publication, `first` to `last` inclusive.

    `read` are all reports of the ledger, `telling` those with a claim that is drawn on; days without any are left
    out. `outlets` have told most first. `undated` reports carry no day of publication and are in no count.
    """

    first: date
    last: date
    read: tuple[tuple[date, int], ...]
    telling: tuple[tuple[date, int], ...]
    outlets: tuple[OutletDays, ...]
    undated: int = 0

    @property
    def days(self) -> int:
        """How many days are looked at."""
        return (self.last - self.first).days + 1


def coverage_of(
    documents: Iterable[Header], entries: Iterable[LedgerEntry], *, first: date, last: date
) -> Coverage:  # fmt: skip
    """The coverage from the headers of all reports and the claims drawn on; the order of neither matters."""
    telling = {each.document.id: each.document for each in entries}
    read = {each.id: each for each in documents} | telling
    inside = [each for each in telling.values() if each.published and first <= each.published <= last]
    outlets: dict[str, Counter[date]] = {}
    for each in inside:
        if each.published:
            outlets.setdefault(each.outlet or NO_OUTLET, Counter())[each.published] += 1
    rows = [OutletDays(name=name, reports=tuple(sorted(counts.items()))) for name, counts in outlets.items()]
    return Coverage(
        first=first,
        last=last,
        read=_by_day(read.values(), first, last),
        telling=_by_day(inside, first, last),
        outlets=tuple(sorted(rows, key=lambda each: (-each.total, each.name))),
        undated=sum(each.published is None for each in read.values()),
    )


def _by_day(documents: Iterable[Header], first: date, last: date) -> tuple[tuple[date, int], ...]:
    days = Counter(each.published for each in documents if each.published and first <= each.published <= last)
    return tuple(sorted((day, count) for day, count in days.items() if day))
