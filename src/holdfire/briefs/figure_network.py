"""The network: who attacks, threatens, restrains, backs, condemns, mediates between or talks to whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin
from typing import TYPE_CHECKING

from holdfire.briefs.drawing import PAPER, SOFT, WIDTH, bare_axes, draw_mark, foot_of, rendered, wrapped
from holdfire.model.network import Network, Node, Tie
from holdfire.rules.conducts import Conduct

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# More than this cannot be followed with the eye on one page.
MOST_NODES, MOST_TIES = 14, 32
_HEIGHT, _LEGEND = 4.6, 0.36
# Where the sheet's ellipse of actors runs, in inches from its middle.
_ACROSS, _UP = 2.15, 1.68


@dataclass(frozen=True, slots=True)
class _Line:
    """How a relation is drawn: the conduct whose colour it takes, and strokes that are told apart without colour."""

    conduct: str
    strokes: str | tuple[int, tuple[float, ...]]
    head: str = "-|>"


_LINES = {
    "attacks": _Line("attacking", "-"),
    "threatens": _Line("threatening", (0, (5, 2))),
    "condemns": _Line("condemning", (0, (1, 1.5))),
    "backs": _Line("backing", "-", "-|>"),
    "restrains": _Line("urging restraint", (0, (5, 2)), "-["),
    "mediates": _Line("mediating", (0, (1, 1.5)), "->"),
    "talks": _Line("talking", (0, (3, 1.5, 1, 1.5)), "->"),
    "member of": _Line("talking", (0, (1, 3)), "-"),
    "backed by": _Line("talking", (0, (1, 3)), "-"),
}  # fmt: skip
_LEGEND_COLUMNS = 5


def chosen(network: Network) -> tuple[tuple[Node, ...], tuple[Tie, ...]]:
    """What the figure shows of a network: the actors with the weightiest reported ties, and the ties among them."""
    weights: dict[str, float] = {}
    for tie in network.ties:
        for key in (tie.actor, tie.recipient):
            weights[key] = weights.get(key, 0.0) + (tie.weight if tie.entries else 0.0)
    tied = [each for each in network.nodes if weights.get(each.key, 0.0) > 0]
    ranked = sorted(tied, key=lambda each: (each.side is None, -weights[each.key], each.key))[:MOST_NODES]
    keys = {each.key for each in ranked}
    among = [each for each in network.ties if {each.actor, each.recipient} <= keys and each.actor != each.recipient]
    told = [each for each in among if each.entries]
    ties = sorted(told, key=lambda each: (-each.weight, each.actor, each.recipient, each.relation))[:MOST_TIES]
    left = {key for each in ties for key in (each.actor, each.recipient)}
    return tuple(each for each in ranked if each.key in left), tuple(ties)


def draw_network(network: Network, *, conducts: Mapping[str, Conduct], format: str, note: str = "") -> bytes:
    """Actors on an ellipse, sides to the left and right, each tie an arrow; as SVG or PNG.

    Raises ValueError where no tie is reported.
    """
    nodes, ties = chosen(network)
    if not ties:
        raise ValueError("a network figure needs at least one reported tie")
    places = _places(nodes)

    def paint(figure: Figure) -> None:
        strip = foot_of(note)
        bottom = strip + _LEGEND
        axes = bare_axes(figure, (0, bottom / _HEIGHT, 1, 1 - bottom / _HEIGHT))
        axes.set_xlim(-WIDTH / 2, WIDTH / 2)
        axes.set_ylim(-(_HEIGHT - bottom) / 2, (_HEIGHT - bottom) / 2)
        bends: dict[tuple[str, str], int] = {}
        for tie in ties:
            pair = (tie.actor, tie.recipient)
            bends[pair] = bends.get(pair, 0) + 1
            _draw_tie(axes, tie, places, conducts, bend=bends[pair])
        for node in nodes:
            _draw_node(axes, node, places[node.key], conducts)
        _draw_key(figure, {each.relation for each in ties}, conducts, bottom=strip)
        figure.text(0.02, 0.07 / _HEIGHT, note, fontsize=7, color=SOFT, va="bottom")

    return rendered(paint, height=_HEIGHT, format=format, title="Who does what towards whom")


def _places(nodes: tuple[Node, ...]) -> dict[str, tuple[float, float]]:
    """A place for each actor: the first side left, the other sides right, everybody else in between."""
    left = [each for each in nodes if each.side == 0]
    right = [each for each in nodes if each.side is not None and each.side > 0]
    others = [each for each in nodes if each.side is None]
    half = -(-len(others) // 2)
    above, below = others[:half], others[half:]
    # Each side has a share of the circle that its number asks for, about the left and the right end.
    step = 2 * pi / len(nodes)
    reach_left, reach_right = len(left) * step / 2, len(right) * step / 2
    arcs = (
        (left, pi + reach_left, pi - reach_left),
        (above, pi - reach_left, reach_right),
        (right, reach_right, -reach_right),
        (below, -pi + reach_left, -reach_right),
    )
    return {
        each.key: (_ACROSS * cos(angle), _UP * sin(angle))
        for group, start, end in arcs
        for number, each in enumerate(group)
        for angle in [start + (end - start) * (number + 0.5) / len(group)]
    }


def _draw_tie(
    axes: Axes, tie: Tie, places: Mapping[str, tuple[float, float]], conducts: Mapping[str, Conduct], *, bend: int
) -> None:
    from matplotlib.patches import FancyArrowPatch

    line = _LINES[tie.relation]
    here, there = places[tie.actor], places[tie.recipient]
    axes.add_patch(FancyArrowPatch(
        here, there, arrowstyle=line.head, mutation_scale=9 if line.head != "-[" else 3, shrinkA=11, shrinkB=11,
        connectionstyle=f"arc3,rad={0.06 + 0.1 * bend:.2f}", color=conducts[line.conduct].colour,
        linestyle=line.strokes, linewidth=0.8 + min(1.4, tie.weight / 3), zorder=2,
    ))  # fmt: skip


def _draw_node(axes: Axes, node: Node, place: tuple[float, float], conducts: Mapping[str, Conduct]) -> None:
    x, y = place
    axes.plot([x], [y], marker="o", markersize=19, color=PAPER, zorder=3, markeredgewidth=0)
    offset = 0.07 if node.deed and node.word else 0.0
    if node.deed:
        draw_mark(axes, x, y + offset, conducts[node.deed], size=7)
    if node.word:
        draw_mark(axes, x, y - offset, conducts[node.word], size=7)
    if not node.deed and not node.word:
        axes.plot([x], [y], marker="o", markersize=3, color=SOFT, zorder=5)
    turn = atan2(y / _UP, x / _ACROSS)
    away = 0.2 / max(hypot(cos(turn), sin(turn)), 1e-9)
    sideways = abs(cos(turn)) > 0.35
    axes.text(
        x + away * cos(turn), y + away * sin(turn) * 1.1, wrapped(node.name, width=20, most=3), fontsize=7.5, zorder=7,
        ha=("left" if x > 0 else "right") if sideways else "center",
        va="center" if sideways else ("bottom" if y > 0 else "top"),
    )  # fmt: skip


def _draw_key(figure: Figure, relations: Collection[str], conducts: Mapping[str, Conduct], *, bottom: float) -> None:
    from matplotlib.patches import FancyArrowPatch

    shown = [name for name in _LINES if name in relations]
    axes = bare_axes(figure, (0.02, bottom / _HEIGHT, 0.96, _LEGEND / _HEIGHT))
    axes.set_xlim(0, _LEGEND_COLUMNS)
    axes.set_ylim(-2, 0)
    for number, name in enumerate(shown):
        row, column = divmod(number, _LEGEND_COLUMNS)
        line = _LINES[name]
        axes.add_patch(FancyArrowPatch(
            (column, -row - 0.5), (column + 0.3, -row - 0.5), arrowstyle=line.head, shrinkA=0, shrinkB=0,
            mutation_scale=8 if line.head != "-[" else 2.5, color=conducts[line.conduct].colour,
            linestyle=line.strokes, linewidth=1.1,
        ))  # fmt: skip
        axes.text(column + 0.36, -row - 0.5, name, fontsize=7, color=SOFT, va="center")
