"""The figures of a brief: which are drawn, what stands under each, and its bytes on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from holdfire.briefs.figure_coverage import draw_coverage
from holdfire.briefs.figure_gap import draw_gap
from holdfire.briefs.figure_network import chosen, draw_network
from holdfire.briefs.figure_timeline import draw_timeline
from holdfire.briefs.postures import own_postures
from holdfire.briefs.unseen import coverage_in
from holdfire.conclusions.material import Material
from holdfire.model.timeline import Timeline
from holdfire.rules.rulebook import Rulebook

# As many lanes, or rows, as stand on half a page.
MOST_LANES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Illustration:
    """A figure with its caption; `draw` gives its bytes in "svg" or "png", the same every time."""

    key: str
    caption: str
    draw: Callable[[str], bytes]


def illustrations_of(material: Material, *, rulebook: Rulebook) -> tuple[Illustration, ...]:
    """The figures that there is something to draw for, in the order of the brief."""
    made = [make(material, rulebook) for make in MAKERS.values()]
    return tuple(each for each in made if each is not None)


def timeline(material: Material, rulebook: Rulebook) -> Illustration | None:
    """Postures over time; None where nobody has any."""
    lanes = _lanes(material)
    shown = lanes[:MOST_LANES]
    if not shown:
        return None
    caption = rulebook.brief.say("figure.timeline", count=len(shown), of=len(lanes))
    if any(spell.inherited for each in shown for spell in each.spells):
        caption += rulebook.brief.phrases["figure.timeline.group"]
    return Illustration(
        key="timeline", caption=caption,
        draw=lambda format: draw_timeline(shown, conducts=rulebook.conducts, format=format),
    )  # fmt: skip


def _lanes(material: Material) -> list[Timeline]:
    """The timelines of the board's own postures: sides first, then as the brief ranks them."""
    ranked = own_postures(material.board.postures)
    order = {each.party.key: number for number, each in enumerate(ranked)}
    sides = {each.party.key: each.posture.side for each in ranked}
    found = [each for each in material.timelines if each.key in order and each.spells]
    return sorted(found, key=lambda each: (sides[each.key] is None, order[each.key]))


def gap(material: Material, rulebook: Rulebook) -> Illustration | None:
    """Words against deeds, widest gap first; None where nobody has either."""
    ranked = [each.posture for each in own_postures(material.board.postures)]
    both = [each for each in ranked if each.deed and each.word] or ranked
    shown = sorted(both, key=lambda each: -(each.gap.size if each.gap else 0))[:MOST_LANES]
    if not shown:
        return None
    caption = rulebook.brief.say("figure.gap", count=len(shown), of=len(ranked))
    return Illustration(
        key="gap", caption=caption, draw=lambda format: draw_gap(shown, conducts=rulebook.conducts, format=format)
    )


def network(material: Material, rulebook: Rulebook) -> Illustration | None:
    """Who does what towards whom; None where no tie is reported."""
    _, ties = chosen(material.network)
    if not ties:
        return None
    told = [each for each in material.network.ties if each.entries]
    return Illustration(
        key="network", caption=rulebook.brief.say("figure.network", count=len(ties), of=len(told)),
        draw=lambda format: draw_network(material.network, conducts=rulebook.conducts, format=format),
    )  # fmt: skip


def coverage(material: Material, rulebook: Rulebook) -> Illustration | None:
    """Reports by day and outlet."""
    found = coverage_in(material)
    read, telling = (sum(count for _, count in each) for each in (found.read, found.telling))
    return Illustration(
        key="coverage", caption=rulebook.brief.say("figure.coverage", count=telling, of=read),
        draw=lambda format: draw_coverage(found, format=format),
    )  # fmt: skip


MAKERS: Mapping[str, Callable[[Material, Rulebook], Illustration | None]] = {
    "timeline": timeline,
    "gap": gap,
    "network": network,
    "coverage": coverage,
}
