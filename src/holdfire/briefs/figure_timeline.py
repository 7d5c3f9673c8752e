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
            for spell in each.spells:
                _draw_spell(axes, spell, each, -number, conducts[spell.conduct], inches_a_day)
        draw_legend(figure, shown, bottom=strip / height, height=(foot - strip) / height)
        figure.text(0.02, 0.07 / height, note, fontsize=7, color=SOFT, va="bottom")

    return rendered(paint, height=height, format=format, title="Postures over time")


def _draw_spell(axes: Axes, spell: Spell, of: Timeline, lane: float, conduct: Conduct, inches_a_day: float) -> None:
    from matplotlib.patches import Rectangle

    start, end = max(spell.start, of.first), spell.end or of.last
    if end < start:
        return
    left, days = start.toordinal() - 0.5, (end - start).days + 1
    deed = spell.family == "deed"
    bottom = lane + _OFF if deed else lane - _OFF - _BAR
    # A spell that is told of a group alone is not the actor's own: paler, and dashed.
    told_of_group = spell.inherited is not None
    fill = (paler(conduct.colour, 0.2) if told_of_group else conduct.colour) if deed else PAPER
    axes.add_patch(Rectangle(
        (left + 0.04, bottom), days - 0.08, _BAR, facecolor=fill, edgecolor=conduct.colour, linewidth=0.9,
        linestyle="--" if told_of_group else "-", zorder=3,
    ))  # fmt: skip
    middle, room = bottom + _BAR / 2, days * inches_a_day
    at = left + min(0.13 / inches_a_day, days / 2)
    letters = letters_on(fill)
    solid = deed and not told_of_group
    draw_mark(axes, at, middle, conduct, size=4.6, ground=fill, colour=letters if solid else None)
    if room > 0.3 + _INCHES_A_CHARACTER * len(conduct.id):
        axes.text(at + 0.11 / inches_a_day, middle, conduct.id, va="center", fontsize=6.5, color=letters, zorder=6)
