"""Tables of daily counts, and the sums over windows and baselines that silence is judged by.

A table has one row for each actor and one column for each day. The *window* of a day is the days up to and including
it; the *baseline* of that window is the days before the window began.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from holdfire.errors import SeriesError

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
DAYS_A_YEAR = 365.25
_NAMES = ("own", "coverage", "attacked", "allies_attacked")


@dataclass(frozen=True)
class Series:
    """What was counted: four integer arrays of shape (actors, days) and the first day.

    own: acts of the actor. coverage: non-violent reports about its country or conflict, its own acts left out.
    attacked: attacks on it. allies_attacked: attacks on its allies.
    Raises SeriesError for arrays of other shapes, negative counts and counts that are not whole.
    """

    own: Counts
    coverage: Counts
    attacked: Counts
    allies_attacked: Counts
    start: date

    def __post_init__(self) -> None:
        for name in _NAMES:
            object.__setattr__(self, name, _whole_counts(getattr(self, name), name))
        shapes = {name: getattr(self, name).shape for name in _NAMES}
        if len(set(shapes.values())) > 1:
            told = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
            raise SeriesError(f"Reading a series: the four tables differ in (actors, days): {told}. Give equal shapes.")

    @property
    def actors(self) -> int:
        return int(self.own.shape[0])

    @property
    def days(self) -> int:
        return int(self.own.shape[1])

    def block(self, first: int, last: int) -> Series:
        """The rows from `first` to before `last`."""
        return self.sample(slice(first, last))

    def sample(self, rows: slice | npt.NDArray[np.int64]) -> Series:
        """These rows alone, in this order."""
        return Series(self.own[rows], self.coverage[rows], self.attacked[rows], self.allies_attacked[rows], self.start)

    def until(self, day: int) -> Series:
        """The days before day number `day`."""
        cut = slice(None), slice(None, day)
        return Series(self.own[cut], self.coverage[cut], self.attacked[cut], self.allies_attacked[cut], self.start)


class Sums:
    """Running sums of one table, so that any window or baseline costs one subtraction."""

    def __init__(self, counts: Counts | Floats) -> None:
        self.counts = counts
        self._running = np.zeros((counts.shape[0], counts.shape[1] + 1))
        np.cumsum(counts, axis=1, out=self._running[:, 1:])

    @property
    def days(self) -> int:
        return int(self.counts.shape[1])

    def window(self, length: int) -> Floats:
        """The count of the `length` days up to and including each day; of fewer at the start of the table."""
        found: Floats = self._running[:, 1:] - ago(self._running, length)
        return found

    def before(self, length: int, baseline: int) -> tuple[Floats, Floats]:
        """The count of up to `baseline` days before each day's window, and of how many days, shape (days,)."""
        last = np.maximum(np.arange(1, self.days + 1) - length, 0)
        counted: Floats = ago(self._running, length) - ago(self._running, length + baseline)
        return counted, np.minimum(last, baseline).astype(float)

    def fading(self, half_life: float) -> tuple[Floats, Floats]:
        """Sums in which a count weighs half after `half_life` days, and the days that they stand for.

        Column `d` covers the days before day `d`; shapes (actors, days + 1) and (days + 1,).
        """
        keep = 0.5 ** (1 / half_life)
        totals = np.zeros((self.days + 1, self.counts.shape[0]))
        weights = np.zeros(self.days + 1)
        for day, counts in enumerate(self.counts.T):
            totals[day + 1] = totals[day] * keep + counts
            weights[day + 1] = weights[day] * keep + 1
        return np.ascontiguousarray(totals.T), weights


def ago(running: Floats, days: int) -> Floats:
    """For each day, the running sum as it stood `days` days before the day's end; the first one for days before it.

    running: one column more than there are days, the first before any day.
    """
    width = running.shape[1] - 1
    found = np.empty((running.shape[0], width))
    first = min(days, width)
    found[:, :first] = running[:, :1]
    found[:, first:] = running[:, 1 : width + 1 - first]
    return found


def usual_days(own: Counts, *, baseline: int = 182) -> Flags:
    """Days on which an actor is a usual suspect: shape of `own`.

    At least 8 acts in the `baseline` days before, and one in 28 days on average. Days inside a gap of 120 days or more
    and days after its last act are left out: a real end is no false alarm.
    """
    sums = Sums(own)
    acts, days = sums.before(1, baseline)
    usual = (acts >= 8) & (acts * 28 >= np.maximum(days, 1))
    usual[:, :56] = False
    for row, counts in zip(usual, own, strict=True):
        acted = np.flatnonzero(counts)
        row[acted[-1] + 1 if len(acted) else 0 :] = False
        for earlier, later in pairwise(acted):
            if later - earlier >= 120:
                row[earlier + 1 : later] = False
    return usual


def onsets(above: Flags, *, apart: int = 28) -> Flags:
    """Where an alarm begins: a day above with no day above it in the `apart` days before (a flicker is one alarm)."""
    recent = Sums(above.astype(np.int64)).before(1, apart)[0]
    starts: Flags = above & (recent == 0)
    return starts


def _whole_counts(table: object, name: str) -> Counts:
    found = np.asarray(table)
    if found.ndim != 2:
        raise SeriesError(
            f"Reading a series: {name} has {found.ndim} dimensions; give one row for each actor, a column for each day."
        )
    if not _is_whole(found):
        raise SeriesError(f"Reading a series: {name} holds {_first_bad(found)}; counts are whole numbers, gaps are 0.")
    if found.size and found.min() < 0:
        actor, day = np.argwhere(found < 0)[0]
        raise SeriesError(
            f"Reading a series: {name} is {found[actor, day]} for actor {actor} on day {day}; counts are not negative."
        )
    return found.astype(np.int64)


def _is_whole(found: npt.NDArray[np.generic]) -> bool:
    if found.dtype.kind != "f":
        return found.dtype.kind in "iub"
    numbers = found.astype(float)
    return bool(np.isfinite(numbers).all() and (numbers == np.floor(numbers)).all())


def _first_bad(found: npt.NDArray[np.generic]) -> str:
    if found.dtype.kind != "f":
        return f"values of type {found.dtype}"
    numbers = found.astype(float)
    actor, day = np.argwhere(~np.isfinite(numbers) | (numbers != np.floor(numbers)))[0]
    return f"{numbers[actor, day]} for actor {actor} on day {day}"
