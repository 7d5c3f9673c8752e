"""Series from single acts: each act once, coverage apart, days as told."""

from datetime import date, timedelta

import pytest

from holdfire.analysis.silence_series import Act, Tallies, Watch, learned_allies, series_of
from holdfire.errors import SeriesError
from holdfire.rules.load import RuleSource
from holdfire.rules.silence import load_counted

COUNTED = load_counted(RuleSource())
MONDAY = date(2031, 2, 24)
FRONT, LEAGUE, COUNCIL = "text:front", "text:league", "text:council"


def act(actor=FRONT, event="ASSAULT", recipient=None, day=0, **more):
    more.setdefault("country", "PAM")
    return Act(day=MONDAY + timedelta(days=day), event=event, actor=actor, recipient=recipient, **more)


def built(*acts, **how):
    how.setdefault("actors", [FRONT])
    return series_of(acts, Watch(**how), COUNTED, first=MONDAY, last=MONDAY + timedelta(days=3))


def test_acts_are_counted_by_day_and_kind():
    series = built(act(), act(day=2, count=3), act(event="THREATEN", day=1), act(actor=LEAGUE))
    assert series.own.tolist() == [[1, 0, 3, 0]]
    assert built(act(event="THREATEN", day=1), own="words").own.tolist() == [[0, 1, 0, 0]]


def test_one_fact_counts_once():
    assert built(act(fact="a"), act(fact="a"), act(fact="b"), act(), act()).own.tolist() == [[4, 0, 0, 0]]


def test_a_claim_counts_by_its_conduct():
    told = [act(conduct="holding fire"), act(conduct="attacking", day=1), act(conduct="", day=2)]
    assert built(*told).own.tolist() == [[0, 1, 0, 0]]


def test_attacks_on_an_actor_and_on_its_allies_stand_apart():
    series = built(
        act(actor=COUNCIL, recipient=FRONT), act(actor=COUNCIL, recipient=LEAGUE, day=1),
        act(actor=COUNCIL, event="ACCUSE", recipient=FRONT, day=2), allies={FRONT: frozenset({LEAGUE})},
    )  # fmt: skip
    assert series.attacked.tolist() == [[1, 0, 0, 0]]
    assert series.allies_attacked.tolist() == [[0, 1, 0, 0]]


def test_coverage_is_what_else_is_reported_of_its_country():
    series = built(
        act(actor=COUNCIL, event="CONSULT"), act(actor=None, event="ACCUSE"), act(actor=COUNCIL),
        act(event="ACCUSE", day=1), act(actor=COUNCIL, event="CONSULT", day=2, country="NOR"),
        countries={FRONT: "PAM"},
    )  # fmt: skip
    assert series.coverage.tolist() == [[2, 0, 0, 0]]


def test_without_a_country_most_acts_say_where_to_look():
    tallies = Tallies(Watch(actors=[FRONT]), COUNTED)
    for each in (act(), act(), act(country="NOR")):
        tallies.add(each)
    assert tallies.country_of(FRONT) == "PAM"
    assert tallies.country_of(LEAGUE) is None


def test_by_first_report_an_act_counts_when_it_was_learned():
    late = act(reported_on=MONDAY + timedelta(days=3))
    assert built(late).own.tolist() == [[1, 0, 0, 0]]
    assert built(late, dated="report").own.tolist() == [[0, 0, 0, 1]]
    assert built(act(), dated="report").own.tolist() == [[1, 0, 0, 0]]


def test_days_outside_are_left_out():
    assert built(act(day=-1), act(day=4)).own.sum() == 0


@pytest.mark.parametrize("count", [-1, 1.5, "3"])
def test_broken_counts_are_refused(count):
    with pytest.raises(SeriesError, match="give a whole number from 0 up"):
        built(act(count=count))


def test_no_days_are_refused():
    with pytest.raises(SeriesError, match="Give a later last day"):
        series_of([], Watch(actors=[FRONT]), COUNTED, first=MONDAY, last=MONDAY - timedelta(days=1))


def test_who_helps_often_and_fights_seldom_is_an_ally():
    help_ = [act(actor=FRONT, event="AID", recipient=LEAGUE, day=day) for day in range(4)]
    fight = [act(actor=LEAGUE, recipient=FRONT)]
    before = MONDAY + timedelta(days=9)
    assert learned_allies([*help_, *fight], COUNTED, before=before) == {
        FRONT: frozenset({LEAGUE}), LEAGUE: frozenset({FRONT}),
    }  # fmt: skip
    assert learned_allies([*help_, *fight, *fight], COUNTED, before=before) == {}
    assert learned_allies(help_, COUNTED, before=MONDAY + timedelta(days=2)) == {}
