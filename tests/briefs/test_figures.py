"""Figures: the same bytes every time, drawn by mark and not by colour alone, whatever actors are called."""

import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from holdfire.briefs.coverage import coverage_of
from holdfire.briefs.drawing import letters_on, ticks_between, wrapped
from holdfire.briefs.figure_coverage import draw_coverage
from holdfire.briefs.figure_gap import draw_gap
from holdfire.briefs.figure_network import MOST_NODES, MOST_TIES, chosen, draw_network
from holdfire.briefs.figure_timeline import draw_timeline
from holdfire.model.entry import Header
from holdfire.model.network import Network
from holdfire.rules.conducts import load_conducts
from holdfire.rules.load import RuleSource
from tests.analysis.invented import entry
from tests.briefs.invented import FIRST, LAST, NETWORK, POSTURES, TIMELINES, node, posture, tie, timeline

CONDUCTS = load_conducts(RuleSource())


def coverage():
    told = [
        entry("attacking", f"2031-03-{day:02}", outlet=outlet, document=f"{outlet}-{day}")
        for outlet, days in {"Amar Courier": (1, 2, 3, 9), "Hill Radio": (2,)}.items()
        for day in days
    ]
    return coverage_of([Header(id="idle", published=date(2031, 3, 4))], [*told, *told], first=FIRST, last=LAST)


FIGURES = {
    "timeline": lambda format: draw_timeline(TIMELINES, conducts=CONDUCTS, format=format, note="5 of 5 actors"),
    "gap": lambda format: draw_gap(POSTURES, conducts=CONDUCTS, format=format),
    "network": lambda format: draw_network(NETWORK, conducts=CONDUCTS, format=format),
    "coverage": lambda format: draw_coverage(coverage(), format=format),
}


@pytest.mark.parametrize("name", FIGURES)
def test_the_same_figure_has_the_same_bytes(name):
    for format in ("svg", "png"):
        assert FIGURES[name](format) == FIGURES[name](format)


@pytest.mark.parametrize("name", FIGURES)
def test_svg_is_sound_and_holds_nothing_that_runs_or_is_fetched(name):
    svg = FIGURES[name]("svg")
    tags = {each.tag.rsplit("}", 1)[1] for each in ET.fromstring(svg).iter()}
    assert not tags & {"script", "image", "foreignObject", "a"}
    assert b"<dc:date>" not in svg


@pytest.mark.parametrize("name", FIGURES)
def test_png_is_wide_enough_to_print(name):
    image = Image.open(io.BytesIO(FIGURES[name]("png")))
    assert image.width >= 1300
    assert image.convert("L").getextrema()[0] < 80


def test_unknown_format_is_refused():
    with pytest.raises(ValueError, match="none of svg, png"):
        FIGURES["gap"]("gif")


def test_nothing_to_draw_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        draw_timeline([], conducts=CONDUCTS, format="svg")
    with pytest.raises(ValueError, match="at least one"):
        draw_gap([posture("Norland", None, None)], conducts=CONDUCTS, format="svg")
    with pytest.raises(ValueError, match="at least one"):
        draw_network(replace(NETWORK, ties=()), conducts=CONDUCTS, format="svg")


def test_a_spell_that_is_told_of_the_group_looks_otherwise():
    own = timeline("Norland", replace(TIMELINES[3].spells[0], inherited=None))
    group = timeline("Norland", TIMELINES[3].spells[0])
    drawn = [draw_timeline([each], conducts=CONDUCTS, format="svg") for each in (own, group)]
    assert b"stroke-dasharray" not in drawn[0]
    assert b"stroke-dasharray" in drawn[1]


@pytest.mark.parametrize("name", ["$\\frac{1}{0}$ <Front> & sons", "جبهة الوادي", "谷前线", "X" * 300, "a_b^c"])
def test_any_name_can_be_drawn(name):
    lane = replace(TIMELINES[0], name=name)
    assert ET.fromstring(draw_timeline([lane], conducts=CONDUCTS, format="svg")) is not None


def test_marks_alone_tell_attack_from_restraint():
    def grey(conduct):
        lone = {**CONDUCTS, conduct: replace(CONDUCTS[conduct], colour="#333333")}
        shown = posture("Norland", conduct, None)
        heatless = {name: replace(each, heat=0, id="x") for name, each in lone.items()}
        return draw_gap([shown], conducts=heatless, format="png")

    drawn = {grey(name) for name in ("attacking", "holding fire", "mobilising", "standing down", "aiding")}
    assert len(drawn) == 5


def test_network_shows_what_can_be_followed_and_only_what_is_told():
    nodes = tuple(node(f"N{number}", side=0 if number == 30 else None) for number in range(40))
    ties = tuple(tie(f"N{one}", f"N{other}", "attacks", weight=one) for one in range(40) for other in (0, 39))
    many = Network(valid_on=LAST, known_by=None, conflict=None, nodes=nodes, ties=ties)
    shown, drawn = chosen(many)
    assert len(shown) <= MOST_NODES
    assert len(drawn) <= MOST_TIES
    keys = {each.key for each in shown}
    assert "N30" in keys
    assert all({each.actor, each.recipient} <= keys for each in drawn)
    assert not any(each.relation == "member of" for each in chosen(NETWORK)[1])
    assert "Nobody tied" not in {each.key for each in chosen(NETWORK)[0]}


def test_coverage_counts_reports_once_and_names_what_has_no_day():
    found = coverage()
    assert dict(found.telling) == {date(2031, 3, 1): 1, date(2031, 3, 2): 2, date(2031, 3, 3): 1, date(2031, 3, 9): 1}
    assert dict(found.read) == {**dict(found.telling), date(2031, 3, 4): 1}
    assert [(each.name, each.total) for each in found.outlets] == [("Amar Courier", 4), ("Hill Radio", 1)]
    assert found.days == 12
    assert coverage_of([Header(id="x")], [], first=FIRST, last=LAST).undated == 1


def test_axis_names_few_days_however_long():
    for last in (date(2031, 3, 1), date(2031, 3, 12), date(2032, 3, 12), date(2060, 1, 1)):
        ticks = ticks_between(FIRST, last, most=7)
        assert ticks[0] == FIRST
        assert 1 <= len(ticks) <= 7


def test_letters_are_read_on_every_conduct():
    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05

    for each in CONDUCTS.values():
        light, dark = sorted((luminance(each.colour), luminance(letters_on(each.colour))))
        assert dark / light >= 4.5, each.id


def test_long_names_are_cut_to_two_lines():
    assert wrapped("Hill Council of the Upper and Lower Amar Valleys").count("\n") == 1
    assert wrapped("Norland") == "Norland"
