"""The posture timeline: a lane an actor, deeds filled above its line, words outlined below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from holdfire.briefs.drawing import (
    FAINT,
    PAPER,
    SOFT,
    day_axis,
    draw_legend,
    draw_mark,
    foot_of,
    legend_rows,
    letters_on,
    paler,
    plain,
    rendered,
    used,
    wrapped,
)
from holdfire.model.timeline import Spell, Timeline
from holdfire.rules.conducts import Conduct

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# A lane with two bars and air; in inches.
_LANE, _HEAD, _AXIS, _LEGEND_ROW = 0.42, 0.12, 0.42, 0.17
_BAR, _OFF = 0.26, 0.06
_NAMES = 1.75
# A word of this many characters needs so many inches; shorter bars carry their mark alone.
_INCHES_A_CHARACTER = 0.058
_LEAST_FOR_MARK = 0.09


def draw_timeline(
    timelines: Sequence[Timeline], *, conducts: Mapping[str, Conduct], format: str, note: str = ""
) -> bytes:
    """Swimlanes of the timelines in the order given, as SVG or PNG. `note` stands at the foot.

    A dashed outline marks what is told of an actor's group. Raises ValueError where there is no timeline.
    """
    if not timelines:
        raise ValueError("a timeline figure needs at least one timeline")
    shown = used((spell.conduct for each in timelines for spell in each.spells), conducts)
    strip = foot_of(note)
    foot = _LEGEND_ROW * legend_rows(len(shown)) + strip
    height = _HEAD + _LANE * len(timelines) + _AXIS + foot

    def paint(figure: Figure) -> None:
        width = float(figure.get_figwidth())
        place = (_NAMES / width, (foot + _AXIS) / height, 1 - (_NAMES + 0.12) / width, _LANE * len(timelines) / height)
        axes = figure.add_axes(place)
        first, last = min(each.first for each in timelines), max(each.last for each in timelines)
        day_axis(axes, first, last)
        plain(axes)
        axes.set_ylim(-len(timelines) + 0.5, 0.5)
        axes.set_yticks([-number for number in range(len(timelines))])
        axes.set_yticklabels([wrapped(each.name) for each in timelines])
        axes.tick_params(axis="y", length=0, pad=6)
        inches_a_day = place[2] * width / ((last - first).days + 1)
        for number, each in enumerate(timelines):
            axes.axhline(-number, color=FAINT, linewidth=0.6, zorder=1)
            _draw_spells(axes, each, -number, conducts, inches_a_day)
        draw_legend(figure, shown, bottom=strip / height, height=(foot - strip) / height)
        figure.text(0.02, 0.07 / height, note, fontsize=7, color=SOFT, va="bottom")

    return rendered(paint, height=height, format=format, title="Postures over time")


def _draw_spells(axes: Axes, of: Timeline, lane: float, conducts: Mapping[str, Conduct], inches_a_day: float) -> None:
    """The bars of one lane, those that look alike in one go, and in each that has room its mark and its word."""
    bars: dict[tuple[str, str, bool], list[tuple[float, float]]] = {}
    for spell in of.spells:
        start, end = max(spell.start, of.first), spell.end or of.last
        if end < start:
            continue
        left, days = start.toordinal() - 0.5, (end - start).days + 1
        inset = min(0.04, 0.02 / inches_a_day)
        key = (spell.family, spell.conduct, spell.inherited is not None)
        bars.setdefault(key, []).append((left + inset, days - 2 * inset))
        _draw_words(axes, spell, conducts[spell.conduct], lane, left, days, inches_a_day)
    for (family, name, told_of_group), places in bars.items():
        bottom = _bottom(family, lane)
        axes.broken_barh(
            places, (bottom, _BAR), facecolor=_fill(family, conducts[name], told_of_group),
            edgecolor=conducts[name].colour, linewidth=0.9, linestyle="--" if told_of_group else "-", zorder=3,
        )  # fmt: skip


def _draw_words(
    axes: Axes, spell: Spell, conduct: Conduct, lane: float, left: float, days: int, inches_a_day: float
) -> None:
    room = days * inches_a_day
    if room < _LEAST_FOR_MARK:
        return
    told_of_group = spell.inherited is not None
    fill = _fill(spell.family, conduct, told_of_group)
    letters, middle = letters_on(fill), _bottom(spell.family, lane) + _BAR / 2
    solid = spell.family == "deed" and not told_of_group
    at = left + min(0.13 / inches_a_day, days / 2)
    draw_mark(axes, at, middle, conduct, size=4.6, ground=fill, colour=letters if solid else None)
    if room > 0.3 + _INCHES_A_CHARACTER * len(conduct.id):
        axes.text(at + 0.11 / inches_a_day, middle, conduct.id, va="center", fontsize=6.5, color=letters, zorder=6)


def _bottom(family: str, lane: float) -> float:
    """Where a bar stands: deeds above the line of their lane, words below."""
    return lane + _OFF if family == "deed" else lane - _OFF - _BAR


def _fill(family: str, conduct: Conduct, told_of_group: bool) -> str:
    """Deeds are filled, words are not; what is told of a group alone is not the actor's own, and paler."""
    if family == "word":
        return PAPER
    return paler(conduct.colour, 0.2) if told_of_group else conduct.colour
