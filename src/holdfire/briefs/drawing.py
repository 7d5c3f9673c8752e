"""What all figures share: paper, type, the marks of conducts, axes of days, and bytes that never vary."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from holdfire.rules.conducts import Conduct

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("svg", "png")
# A4 between its margins; in inches, as Matplotlib counts.
WIDTH = 6.9
INK, SOFT, FAINT, PAPER = "#1a1a1a", "#666666", "#d0d0d0", "#ffffff"
PNG_DPI = 200
# Letters become outlines, so that a page looks the same where the font is not at hand; the salt fixes the ids.
_STYLE = {
    "svg.hashsalt": "holdfire",
    "svg.fonttype": "path",
    "font.family": ["DejaVu Sans"],
    "font.size": 8,
    "text.color": INK,
    "text.usetex": False,
    "text.parse_math": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": SOFT,
    "axes.linewidth": 0.6,
    "axes.unicode_minus": True,
    "hatch.linewidth": 0.6,
    "xtick.color": SOFT,
    "ytick.color": INK,
    "xtick.major.width": 0.6,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
}
_SHAPES = {
    "filled square": "s", "half square": "s", "open circle": "o", "barred circle": "o", "triangle up": "^",
    "triangle down": "v", "diamond": "D", "dotted circle": "o", "dot": "o",
}  # fmt: skip
Paint = Callable[["Figure"], None]


def rendered(paint: Paint, *, height: float, format: str, title: str, width: float = WIDTH) -> bytes:
    """The figure that `paint` draws on a sheet of so many inches, as SVG or PNG; the same bytes every time.

    Raises ValueError for a format that is none of FORMATS.
    """
    if format not in FORMATS:
        raise ValueError(f"{format!r} is none of {', '.join(FORMATS)}")
    from matplotlib.figure import Figure

    made = io.BytesIO()
    with _style(), warnings.catch_warnings():
        # Letters that the font lacks are drawn as boxes; that is no news to whoever prints a brief.
        warnings.filterwarnings("ignore", message="Glyph")
        figure = Figure(figsize=(width, height))
        paint(figure)
        if format == "svg":
            figure.savefig(made, format="svg", metadata={"Date": None, "Creator": "Holdfire", "Title": title})
        else:
            figure.savefig(made, format="png", dpi=PNG_DPI, metadata={"Software": None, "Title": title})
    return made.getvalue()


def _style() -> AbstractContextManager[None]:
    import matplotlib

    style: Any = _STYLE
    return matplotlib.rc_context(style)


def draw_mark(
    axes: Axes, x: float, y: float, conduct: Conduct, *, size: float = 6, ground: str = PAPER, colour: str | None = None
) -> None:
    """The conduct's mark at a point in data units, `size` points wide, in its own colour unless another is given.

    Open marks are filled with `ground`.
    """
    colour = colour or conduct.colour
    style: dict[str, Any] = {
        "marker": _SHAPES[conduct.mark], "markersize": size, "markeredgecolor": colour, "markeredgewidth": 1.1,
        "linestyle": "none", "zorder": 5, "clip_on": False,
    }  # fmt: skip
    if conduct.mark == "filled square":
        axes.plot([x], [y], markerfacecolor=colour, **style)
    elif conduct.mark == "half square":
        axes.plot([x], [y], fillstyle="left", markerfacecolor=colour, markerfacecoloralt=ground, **style)
    elif conduct.mark == "dot":
        axes.plot([x], [y], markerfacecolor=colour, **{**style, "markersize": size * 0.55})
    else:
        axes.plot([x], [y], markerfacecolor=ground, **style)
    if conduct.mark in ("barred circle", "dotted circle"):
        inner = {"barred circle": ("_", size * 0.8), "dotted circle": ("o", size * 0.25)}[conduct.mark]
        extra = {"marker": inner[0], "markersize": inner[1], "markerfacecolor": colour, "zorder": 6}
        axes.plot([x], [y], **{**style, **extra})


def draw_legend(figure: Figure, conducts: Iterable[Conduct], *, bottom: float, height: float) -> None:
    """Mark and word of each conduct in a strip along the foot; `bottom` and `height` are shares of the sheet."""
    shown = list(conducts)
    axes = bare_axes(figure, (0.02, bottom, 0.96, height))
    axes.set_xlim(0, LEGEND_COLUMNS)
    rows = legend_rows(len(shown))
    axes.set_ylim(-rows, 0)
    for number, each in enumerate(shown):
        row, column = divmod(number, LEGEND_COLUMNS)
        draw_mark(axes, column + 0.06, -row - 0.5, each)
        axes.text(column + 0.13, -row - 0.5, each.id, va="center", fontsize=7, color=SOFT)


def foot_of(note: str) -> float:
    """Inches that the note at the foot takes."""
    return 0.22 if note else 0.05


LEGEND_COLUMNS = 5


def legend_rows(count: int) -> int:
    """How many rows the legend of so many conducts takes."""
    return -(-count // LEGEND_COLUMNS)


def bare_axes(figure: Figure, place: tuple[float, float, float, float]) -> Axes:
    """Axes without frame or ticks at left, bottom, width and height, as shares of the sheet."""
    axes = figure.add_axes(place)
    axes.set_axis_off()
    return axes


def plain(axes: Axes) -> None:
    """Take the frame away; hairlines are drawn where they mean something."""
    for spine in axes.spines.values():
        spine.set_visible(False)


def day_axis(axes: Axes, first: date, last: date, *, most: int = 7) -> None:
    """Days along the foot, at most so many named; data units are ordinals, a day reaching from n − ½ to n + ½."""
    axes.set_xlim(first.toordinal() - 0.5, last.toordinal() + 0.5)
    ticks = ticks_between(first, last, most=most)
    axes.set_xticks([each.toordinal() for each in ticks])
    axes.set_xticklabels([_tick_words(each, number == 0 or each.year != ticks[number - 1].year)
                          for number, each in enumerate(ticks)])  # fmt: skip


def ticks_between(first: date, last: date, *, most: int) -> list[date]:
    """At most about `most` days of even distance, from the first on."""
    days = (last - first).days + 1
    step = next((each for each in (1, 2, 3, 4, 7, 14, 28, 56, 91, 182, 365) if -(-days // each) <= most), 0)
    step = step or -(-days // most)
    return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1, step)]


def _tick_words(day: date, with_year: bool) -> str:
    return f"{day.day} {day:%b}\n{day.year}" if with_year else f"{day.day} {day:%b}"


def wrapped(name: str, *, width: int = 24, most: int = 2) -> str:
    """A name on at most so many lines, cut with "…" where it is longer."""
    lines = wrap(" ".join(name.split()), width) or [""]
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: width - 1].rstrip() + "…"]
    return "\n".join(lines)


def letters_on(ground: str) -> str:
    """Ink or paper, whichever is read more easily on a ground given as #rrggbb (WCAG relative luminance)."""
    parts = [int(ground[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return PAPER if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.06 else INK


def paler(colour: str, share: float) -> str:
    """The colour mixed with paper; a share of 1 leaves it as it is."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - share * (255 - part)):02x}" for part in parts)


def used(names: Iterable[str | None], conducts: Mapping[str, Conduct]) -> list[Conduct]:
    """The conducts named, each once, in the order of the rules."""
    wanted: Sequence[str | None] = list(names)
    return [each for name, each in conducts.items() if name in wanted]
