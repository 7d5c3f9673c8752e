"""Invented courses of events, each with the word that a careful analyst would choose for the Valley Front at their end.

Every table holds the Valley Front and 24 other parties over some twenty months; only the Front's course is told.
"""

from datetime import date, timedelta

import numpy as np
import pytest

from holdfire.analysis.silence_counts import Series
from holdfire.analysis.silence_series import Act, Watch, series_of
from holdfire.analysis.silence_verdict import judge_all, quietness_of, quietness_on
from holdfire.rules.load import RuleSource
from holdfire.rules.silence import load_counted

START, DAYS, OTHERS = date(2023, 3, 1), 600, 24
FRONT = "text:valley front"
COUNTED = load_counted(RuleSource())


class Course:
    """The Front's counts day by day, before somebody changes them."""

    def __init__(self, seed, *, rate=0.6, coverage=6.0, attacked=0.2):
        self.chance = np.random.default_rng(seed)
        self.own = self.chance.poisson(rate, DAYS)
        self.coverage = self.chance.poisson(coverage, DAYS)
        self.attacked = self.chance.poisson(attacked, DAYS)
        rates = self.chance.gamma(1.5, 0.3, (OTHERS, 1))
        self.other = self.chance.poisson(rates, (OTHERS, DAYS))
        self.other_coverage = self.chance.poisson(6.0, (OTHERS, DAYS))

    def days(self, first, last=DAYS):
        return slice(first, last)

    def series(self, days=DAYS):
        rows = [
            np.vstack([mine[None, :], theirs])[:, :days]
            for mine, theirs in (
                (self.own, self.other),
                (self.coverage, self.other_coverage),
                (self.attacked, np.zeros_like(self.other)),
            )
        ]
        return Series(*rows, np.zeros_like(rows[0]), START)

    def thin(self, counts, days, share):
        counts[days] = self.chance.binomial(counts[days], share)


def front_on(series, day=None):
    judged = judge_all(series)
    keys = [FRONT, *(f"text:party {n}" for n in range(series.actors - 1))]
    return quietness_on(judged, series.days - 1 if day is None else day, keys=keys, names=keys)[0]


def weekend_dips(course):
    """It rests at weekends, as always."""
    weekend = np.array([(START + timedelta(days=each)).weekday() >= 5 for each in range(DAYS)])
    course.own[weekend] = course.chance.binomial(course.own[weekend], 0.15)
    course.coverage[weekend] = course.chance.binomial(course.coverage[weekend], 0.4)


def holy_month(course):
    """A month of fasting: a third fewer acts and a third fewer reports, as in the year before."""
    for first in (205, 560):
        course.thin(course.own, course.days(first, first + 29), 0.67)
        course.thin(course.coverage, course.days(first, first + 29), 0.67)


def burst_then_normal(course):
    """A fortnight of heavy fighting two months ago, then acts as before it."""
    course.own[525:539] += course.chance.poisson(4.0, 14)


def mutual_calm(course):
    """A truce that both sides keep: neither attacks, and the press reports on."""
    course.own[560:] = 0
    course.attacked[560:] = 0


def collapse_of_coverage(course):
    """The only correspondent left: acts and reports vanish together."""
    course.own[555:] = course.chance.binomial(course.own[555:], 0.05)
    course.coverage[555:] = course.chance.binomial(course.coverage[555:], 0.05)


def new_actor(course):
    """Founded a month ago."""
    course.own[:570] = 0


def dead_actor(course):
    """It has not been heard of for fifteen months."""
    course.own[140:] = 0


def sits_this_one_out(course):
    """Its patron is at war, it is attacked itself, and it does nothing."""
    course.own[560:] = 0
    course.attacked[560:] += course.chance.poisson(1.0, 40)


def half_as_much(course):
    """A busy party does two fifths of what it used to, for seven weeks."""
    course.own = course.chance.poisson(1.5, DAYS)
    course.thin(course.own, course.days(551), 0.4)


def back_after_silence(course):
    """Silent for seven weeks, then at it again for two."""
    course.own[535:584] = 0


def leap_day(course):
    """Nothing but the 29th of February lies between two ordinary months."""


def rare_actor(course):
    """Three acts a year: nobody can tell a pause from chance."""
    course.own[:] = 0
    course.own[[60, 210, 330, 470]] = 1


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (weekend_dips, "normal"),
        (holy_month, "normal"),
        (burst_then_normal, "normal"),
        (mutual_calm, "quiet"),
        (collapse_of_coverage, "not reported"),
        (new_actor, "cannot tell"),
        (dead_actor, "cannot tell"),
        (sits_this_one_out, "quiet"),
        (half_as_much, "reduced"),
        (back_after_silence, "back"),
        (rare_actor, "cannot tell"),
    ],
)
def test_word_of_a_careful_analyst(change, word):
    said = []
    for seed in range(1, 13):
        course = Course(seed)
        change(course)
        said.append(front_on(course.series()).word)
    # Chance alone makes a party fall quiet now and then, so that a few courses may be told otherwise.
    assert said.count(word) >= 10, said


def test_quiet_says_since_when_and_what_was_to_be_expected():
    course = Course(1)
    sits_this_one_out(course)
    found = front_on(course.series())
    last = int(np.flatnonzero(course.own)[-1])
    assert found.since == START + timedelta(days=last + 1)
    assert found.last_act == START + timedelta(days=last)
    assert found.window == DAYS - last - 1
    assert found.seen == 0 < found.low < found.expected
    assert found.usual_week == pytest.approx(4.2, rel=0.4)


def test_a_rare_actor_is_told_how_long_a_silence_would_have_to_be():
    course = Course(1)
    rare_actor(course)
    found = front_on(course.series())
    assert found.shortest is None or found.shortest > 56
    assert "so rarely" in found.reason


def acts_of(course):
    """The Front's course, and everybody else's, as single acts."""
    for day in range(DAYS):
        on = START + timedelta(days=day)
        for number in range(course.own[day]):
            yield Act(day=on, event="ASSAULT", actor=FRONT, country="PAM", fact=f"front {day} {number}")
        for row in range(OTHERS):
            if course.other[row, day]:
                yield Act(day=on, event="ASSAULT", actor=f"text:party {row}", count=int(course.other[row, day]))
        if course.coverage[day]:
            yield Act(day=on, event="CONSULT", actor="text:council", country="PAM", count=int(course.coverage[day]))


def built(acts, *, last=START + timedelta(days=DAYS - 1), **how):
    actors = [FRONT, *(f"text:party {row}" for row in range(OTHERS))]
    how.setdefault("countries", dict.fromkeys(actors, "PAM"))
    return series_of(acts, Watch(actors=actors, **how), COUNTED, first=START, last=last)


def test_duplicated_rows_do_not_make_a_later_month_look_quiet():
    course = Course(4)
    acts = list(acts_of(course))
    doubled = acts + [each for each in acts if each.fact and each.day < START + timedelta(days=560)]
    np.testing.assert_array_equal(built(doubled).own, built(acts).own)
    assert front_on(built(doubled)).word == "normal"


def test_late_reports_do_not_fill_a_silence():
    course = Course(5)
    course.own[540:] = 0
    old = START + timedelta(days=500)
    late = [
        Act(day=old, event="ASSAULT", actor=FRONT, country="PAM", reported_on=START + timedelta(days=day))
        for day in range(545, 600, 3)
    ]
    acts = [*acts_of(course), *late]
    assert front_on(built(acts)).word == "quiet"
    assert built(acts, dated="report").own[0, 545] == 1


def test_a_name_that_splits_does_not_fall_silent():
    course = Course(6)
    split = [
        Act(day=each.day, event=each.event, actor="text:vf", country="PAM", fact=each.fact)
        if each.actor == FRONT and each.day >= START + timedelta(days=550)
        else each
        for each in acts_of(course)
    ]
    assert front_on(built(split)).word == "quiet"
    assert front_on(built(split, same={"text:vf": FRONT})).word == "normal"


def test_the_leap_day_is_a_day():
    course = Course(7)
    series = built(acts_of(course), last=date(2024, 3, 31))
    assert series.days == 397
    assert (date(2024, 2, 29) - START).days == 365
    np.testing.assert_array_equal(series.own[0], course.own[:397])
    assert front_on(series).word == "normal"


def told(series, on):
    keys = [FRONT, *(f"text:party {n}" for n in range(series.actors - 1))]
    return quietness_of(series, on, keys=keys, names=keys)[0]


def test_a_table_that_ends_early_is_no_silence():
    series = Course(8).series(days=500)
    assert told(series, START + timedelta(days=499)).word == "normal"
    found = told(series, START + timedelta(days=560))
    assert (found.word, found.reason) == ("cannot tell", "the counts end on 2024-07-12")


def test_too_short_a_table_tells_nothing():
    found = told(Course(8).series(days=40), START + timedelta(days=39))
    assert (found.word, found.reason) == ("cannot tell", "there are counts of 40 days, too few to tell what is usual")
    assert told(Course(8).series(), START - timedelta(days=1)).reason == "the counts begin on 2023-03-01"


def test_without_any_coverage_silence_would_not_be_seen():
    course = Course(9)
    course.coverage[:] = 0
    course.own[560:] = 0
    found = front_on(course.series())
    assert found.word == "cannot tell"
    assert "nothing was reported" in found.reason


def test_actors_are_judged_alike_in_tables_of_any_size():
    course = Course(10)
    sits_this_one_out(course)
    small = course.series()
    many = small.sample(np.tile(np.arange(25), 13))
    keys = [f"text:party {number}" for number in range(many.actors)]
    found = quietness_of(many, START + timedelta(days=DAYS - 1), keys=keys, names=keys)
    assert [each.key for each in found] == keys
    assert {found[row].word for row in range(0, many.actors, 25)} == {"quiet"}
