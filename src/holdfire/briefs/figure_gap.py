"""The say-do chart: each actor's word and deed on one scale from restraint to escalation, joined where they part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from holdfire.briefs.drawing import (
    FAINT,
    INK,
    SOFT,
    draw_legend,
    draw_mark,
    foot_of,
    legend_rows,
    plain,
    rendered,
    used,
    wrapped,
)
from holdfire.model.posture import Posture
from holdfire.rules.conducts import Conduct

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ROW, _HEAD, _AXIS, _LEGEND_ROW = 0.36, 0.34, 0.22, 0.17
_NAMES, _SAID = 1.75, 1.55


def draw_gap(postures: Sequence[Posture], *, conducts: Mapping[str, Conduct], format: str, note: str = "") -> bytes:
    """Words (outlined, below) and deeds (above) of the postures in the order given, as SVG or PNG.

    Where a conduct stands is its `heat` in rules/conduct.toml. Raises ValueError where no posture has a finding.
    """
    shown = [each for each in postures if each.findings]
    if not shown:
        raise ValueError("a say-do figure needs at least one posture with a deed or a word")
    named = used((finding.conduct for each in shown for finding in each.findings), conducts)
    strip = foot_of(note)
    foot = _LEGEND_ROW * legend_rows(len(named)) + strip
    height = _HEAD + _ROW * len(shown) + _AXIS + foot

    def paint(figure: Figure) -> None:
        width = float(figure.get_figwidth())
        place = (
            _NAMES / width,
            (foot + _AXIS) / height,
            1 - (_NAMES + _SAID) / width,
            _ROW * len(shown) / height,
        )
        axes = figure.add_axes(place)
        plain(axes)
        heats = [each.heat for each in conducts.values()]
        axes.set_xlim(min(heats) - 0.6, max(heats) + 0.6)
        axes.set_ylim(-len(shown) + 0.5, 0.5)
        axes.set_xticks([])
        axes.set_yticks([-number for number in range(len(shown))])
        axes.set_yticklabels([wrapped(each.name) for each in shown])
        axes.tick_params(axis="y", length=0, pad=6)
        axes.axvline(0, color=FAINT, linewidth=0.6, zorder=1)
        axes.text(min(heats) - 0.5, 0.62, "← restraint", fontsize=7, color=SOFT, va="bottom")
        axes.text(max(heats) + 0.5, 0.62, "escalation →", fontsize=7, color=SOFT, va="bottom", ha="right")
        for number, each in enumerate(shown):
            _draw_row(axes, each, -number, conducts, end=max(heats) + 0.8)
        axes.text(
            (min(heats) + max(heats)) / 2, -len(shown) + 0.32, "deeds above the line, words below", fontsize=7,
            color=SOFT, va="top", ha="center",
        )  # fmt: skip
        draw_legend(figure, named, bottom=strip / height, height=(foot - strip) / height)
        figure.text(0.02, 0.07 / height, note, fontsize=7, color=SOFT, va="bottom")

    return rendered(paint, height=height, format=format, title="What they say and what they do")


def _draw_row(axes: Axes, posture: Posture, row: float, conducts: Mapping[str, Conduct], *, end: float) -> None:
    deed, word = posture.deed, posture.word
    axes.axhline(row, color=FAINT, linewidth=0.6, zorder=1)
    if deed and word:
        one, other = conducts[deed.conduct].heat, conducts[word.conduct].heat
        axes.plot([one, other], [row + 0.17, row - 0.17], color=SOFT, linewidth=1.2 if posture.gap else 0.7, zorder=3)
    if deed:
        draw_mark(axes, conducts[deed.conduct].heat, row + 0.17, conducts[deed.conduct], size=7)
    if word:
        draw_mark(axes, conducts[word.conduct].heat, row - 0.17, conducts[word.conduct], size=7)
    gap = posture.gap
    said = f"{'▮' * gap.size}{'▯' * (3 - gap.size)}  {gap.direction}" if gap else _without(posture)
    axes.text(end, row, said, fontsize=6.5, color=INK if gap else SOFT, va="center")


def _without(posture: Posture) -> str:
    if posture.deed and posture.word:
        return "no gap"
    return "no word reported" if posture.deed else "no deed reported"
