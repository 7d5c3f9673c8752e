"""The figure of silence: what it says in letters, the same bytes every time, and what cannot be drawn."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, timedelta

import pytest

from holdfire.analysis.silence_weeks import Week, weeks_of
from holdfire.briefs.figure_silence import draw_silence
from holdfire.model.silence import Quietness
from tests.analysis.test_silence_scenarios import DAYS, START, Course, sits_this_one_out

FOUND = Quietness(
    key="front", name="Valley Front", on=date(2031, 3, 1), word="quiet", reason="hardly any act", window=20, seen=0,
    since=date(2031, 2, 9),
)  # fmt: skip
WEEKS = tuple(
    Week(start=date(2030, 9, 1) + timedelta(weeks=number), seen=number % 4, reports=9, expected=2.0, low=0, high=5)
    for number in range(26)
)


@pytest.mark.parametrize("format", ["svg", "png"])
def test_same_figure_has_the_same_bytes(format):
    one, other = (draw_silence(FOUND, WEEKS, acts="attacks", format=format, note="From acled.") for _ in range(2))
    assert one == other
    assert len(one) > 2000


@pytest.mark.parametrize("name", ["Valley <Front> & Sons", "جبهة الوادي", "$x_1$", "V" * 200])
def test_any_name_can_be_drawn(name):
    ET.fromstring(draw_silence(replace(FOUND, name=name), WEEKS, acts="attacks", format="svg"))


def test_weeks_before_a_baseline_and_without_acts_are_drawn():
    bare = tuple(replace(each, expected=None, low=None, high=None, seen=0, reports=0) for each in WEEKS[:3])
    word = replace(FOUND, word="cannot tell", since=None)
    ET.fromstring(draw_silence(word, bare, acts="words", format="svg"))


def test_without_weeks_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match="at least one week"):
        draw_silence(FOUND, (), acts="attacks", format="svg")


def test_weeks_end_on_the_day_and_hold_what_was_seen():
    course = Course(1)
    sits_this_one_out(course)
    last = START + timedelta(days=DAYS - 1)
    weeks = weeks_of(course.series(), 0, last)
    assert len(weeks) == 52
    assert weeks[-1].start == last - timedelta(days=6)
    assert [each.seen for each in weeks[-5:]] == [0] * 5
    assert weeks[0].seen == course.own[DAYS - 364 : DAYS - 357].sum()
    inside = [each.low <= each.seen <= each.high for each in weeks[:46]]
    assert sum(inside) >= 0.8 * len(inside)


def test_days_outside_the_table_have_no_weeks():
    assert weeks_of(Course(1).series(), 0, START - timedelta(days=1)) == ()
