"""The coverage chart: reports a day, those that tell of the conflict among them, and which outlets they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.briefs.coverage import Coverage
from holdfire.briefs.drawing import FAINT, INK, PAPER, SOFT, bare_axes, day_axis, foot_of, plain, rendered, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_OUTLETS = 12
_BARS, _ROW, _HEAD, _AXIS, _LEGEND = 0.95, 0.22, 0.14, 0.42, 0.2
_NAMES = 1.75
_THIN = "#f1efe9"


def draw_coverage(coverage: Coverage, *, format: str, note: str = "") -> bytes:
    """Bars of reports read (outlined) and telling (filled), days without any in grey, a row an outlet below."""
    rows = coverage.outlets[:MOST_OUTLETS]
    strip = foot_of(note)
    height = _HEAD + _BARS + _ROW * (len(rows) + 0.6) + _AXIS + _LEGEND + strip

    def paint(figure: Figure) -> None:
        width = float(figure.get_figwidth())
        across = (_NAMES / width, 1 - (_NAMES + 0.12) / width)
        under = strip + _LEGEND + _AXIS
        lanes = _ROW * (len(rows) + 0.6)
        bars = figure.add_axes((across[0], (under + lanes) / height, across[1], _BARS / height))
        below = figure.add_axes((across[0], under / height, across[1], lanes / height))
        _draw_bars(bars, coverage)
        plain(below)
        day_axis(below, coverage.first, coverage.last)
        _grey_days(below, coverage)
        below.set_ylim(-len(rows) + 0.2, 0.8)
        below.set_yticks([-number for number in range(len(rows))])
        below.set_yticklabels([wrapped(each.name, most=1) for each in rows])
        below.tick_params(axis="y", length=0, pad=6)
        for number, outlet in enumerate(rows):
            below.axhline(-number, color=FAINT, linewidth=0.5, zorder=1)
            # The area grows with the count; past ten the eye no longer tells.
            sizes = [(3 + 1.6 * min(count, 10) ** 0.5) ** 2 for _, count in outlet.reports]
            days = [day.toordinal() for day, _ in outlet.reports]
            below.scatter(days, [-number] * len(days), s=sizes, color=INK, linewidths=0, zorder=3)
        _draw_key(figure, height, strip)
        figure.text(0.02, 0.07 / height, note, fontsize=7, color=SOFT, va="bottom")

    return rendered(paint, height=height, format=format, title="Reports by day and outlet")


def _draw_bars(axes: Axes, coverage: Coverage) -> None:
    plain(axes)
    day_axis(axes, coverage.first, coverage.last)
    axes.set_xticklabels([])
    axes.tick_params(axis="x", length=0)
    _grey_days(axes, coverage)
    read, telling = dict(coverage.read), dict(coverage.telling)
    most = max(read.values(), default=1)
    axes.set_ylim(0, most * 1.12)
    axes.set_yticks(sorted({0, most}))
    axes.tick_params(axis="y", length=0, labelsize=7, labelcolor=SOFT)
    axes.text(
        -0.02, 0.5, "reports a day", fontsize=7.5, color=INK, va="center", ha="right", transform=axes.transAxes
    )  # fmt: skip
    for counts, face, edge in ((read, PAPER, SOFT), (telling, INK, INK)):
        by_height: dict[int, list[tuple[float, float]]] = {}
        for day, count in counts.items():
            by_height.setdefault(count, []).append((day.toordinal() - 0.35, 0.7))
        for count, places in sorted(by_height.items()):
            axes.broken_barh(places, (0, count), facecolor=face, edgecolor=edge, linewidth=0.7, zorder=3)


def _grey_days(axes: Axes, coverage: Coverage) -> None:
    """Days that nothing was read of: not quiet, unreported."""
    read = {day.toordinal() for day, _ in coverage.read}
    days = range(coverage.first.toordinal(), coverage.last.toordinal() + 1)
    idle = [(day - 0.5, 1.0) for day in days if day not in read]
    axes.broken_barh(idle, (0, 1), transform=axes.get_xaxis_transform(), facecolor=_THIN, linewidth=0, zorder=0)


def _draw_key(figure: Figure, height: float, bottom: float) -> None:
    from matplotlib.patches import Rectangle

    axes = bare_axes(figure, (0.02, bottom / height, 0.96, _LEGEND / height))
    axes.set_xlim(0, 3)
    axes.set_ylim(0, 1)
    for number, (face, edge, words) in enumerate(
        (
            (INK, INK, "tells of the conflict"),
            (PAPER, SOFT, "read, tells nothing of it"),
            (_THIN, FAINT, "no report read"),
        )
    ):
        axes.add_patch(Rectangle((number, 0.25), 0.06, 0.5, facecolor=face, edgecolor=edge, linewidth=0.7))
        axes.text(number + 0.09, 0.5, words, fontsize=7, color=SOFT, va="center")
