"""The course of an actor's acts: counts by week, the band to be expected, a strip of coverage, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from holdfire.analysis.silence_weeks import Week
from holdfire.briefs.drawing import FAINT, INK, SOFT, day_axis, foot_of, plain, rendered
from holdfire.model.silence import Quietness

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HEIGHT, _HEAD, _STRIP, _AXIS, _SIDE = 3.0, 0.5, 0.3, 0.3, 0.95
_BAND = "#e4e4e4"


def draw_silence(
    found: Quietness, weeks: Sequence[Week], *, acts: str, format: str, note: str = "", headline: str = ""
) -> bytes:
    """The weeks of one actor as SVG or PNG. acts: what was counted ("attacks"); headline: the finding in a line.

    Raises ValueError where there is no week to draw.
    """
    if not weeks:
        raise ValueError("a figure of silence needs at least one week of counts")
    foot = foot_of(note)

    def paint(figure: Figure) -> None:
        width = float(figure.get_figwidth())
        left, share = _SIDE / width, 1 - (_SIDE + 0.2) / width
        strip = (foot + _AXIS) / _HEIGHT
        top = strip + (_STRIP + 0.08) / _HEIGHT
        counts = figure.add_axes((left, top, share, 1 - top - _HEAD / _HEIGHT))
        coverage = figure.add_axes((left, strip, share, _STRIP / _HEIGHT))
        _draw_counts(counts, found, weeks, acts)
        _draw_coverage(coverage, weeks)
        figure.text(0.02, 1 - 0.12 / _HEIGHT, f"{found.name}: {_finding(found)}", fontsize=9, color=INK, va="top")
        figure.text(0.02, 1 - 0.30 / _HEIGHT, headline, fontsize=7, color=SOFT, va="top")
        figure.text(0.02, 0.07 / _HEIGHT, note, fontsize=7, color=SOFT, va="bottom")

    return rendered(paint, height=_HEIGHT, format=format, title=f"Silence of {found.name}")


def _finding(found: Quietness) -> str:
    since = f" since {found.since.day} {found.since:%B %Y}" if found.since else ""
    return f"{found.word}{since} (counted; not the same as holding fire)"


def _draw_counts(axes: Axes, found: Quietness, weeks: Sequence[Week], acts: str) -> None:
    plain(axes)
    _set_days(axes, weeks)
    axes.set_xticks([])
    known = [each for each in weeks if each.expected is not None]
    middles = [each.start.toordinal() + 3 for each in known]
    low, high = [each.low or 0 for each in known], [each.high or 0 for each in known]
    axes.fill_between(middles, low, high, step="mid", color=_BAND, linewidth=0, zorder=1)
    axes.step(middles, [each.expected or 0.0 for each in known], where="mid", color=SOFT, linewidth=0.8, zorder=2)
    axes.bar(
        [each.start.toordinal() + 3 for each in weeks], [each.seen for each in weeks], width=4.6, color=INK, zorder=3
    )
    most = max(*(each.seen for each in weeks), 3, max((each.high or 0 for each in known), default=0))
    axes.set_ylim(0, most * 1.08)
    axes.locator_params(axis="y", integer=True, nbins=5)
    axes.tick_params(axis="y", labelsize=7, length=0)
    axes.grid(axis="y", color=FAINT, linewidth=0.4, zorder=0)
    axes.set_ylabel(f"{acts} a week", fontsize=7)
    if found.since is not None and found.word in ("quiet", "reduced", "not reported"):
        axes.axvline(found.since.toordinal(), color=INK, linewidth=0.9, linestyle=(0, (3, 2)), zorder=4)
    axes.text(
        1, 1.01, "bars: seen · line: expected · band: nine in ten", fontsize=6.5, color=SOFT, ha="right",
        va="bottom", transform=axes.transAxes,
    )  # fmt: skip


def _draw_coverage(axes: Axes, weeks: Sequence[Week]) -> None:
    """Reports a week in a strip of their own, so that a fall of both is seen at once."""
    plain(axes)
    most = max(max(each.reports for each in weeks), 1)
    axes.bar(
        [each.start.toordinal() + 3 for each in weeks], [each.reports / most for each in weeks], width=7, color=FAINT
    )
    axes.set_ylim(0, 1)
    axes.set_yticks([])
    axes.set_ylabel(f"coverage\n(≤ {most})", fontsize=6.5, rotation=0, ha="right", va="center")
    _set_days(axes, weeks)


def _set_days(axes: Axes, weeks: Sequence[Week]) -> None:
    day_axis(axes, weeks[0].start, weeks[-1].start.fromordinal(weeks[-1].start.toordinal() + 6), most=14)
    axes.tick_params(axis="x", labelsize=7)
