"""Scores of silence on invented counts: what must always hold."""

from datetime import date

import numpy as np
import pytest

from holdfire.analysis.silence import Series, fit, score
from holdfire.analysis.silence_baseline import Tables, expect
from holdfire.errors import SeriesError

START = date(2024, 1, 1)


def table(actors=30, days=500, rate=0.4, seed=1):
    chance = np.random.default_rng(seed)
    rates = rate * chance.gamma(2.0, 0.5, (actors, 1))
    return Series(
        chance.poisson(rates, (actors, days)),
        chance.poisson(8.0, (actors, days)),
        chance.poisson(0.1, (actors, days)),
        chance.poisson(0.1, (actors, days)),
        START,
    )


def changed(series, own=None, coverage=None):
    return Series(
        series.own if own is None else own,
        series.coverage if coverage is None else coverage,
        series.attacked,
        series.allies_attacked,
        series.start,
    )


def lowest(scores):
    """The most surprising day of each actor's eight weeks without acts."""
    return scores[:, 400:456].min(axis=1)


def test_an_actor_that_stops_raises_an_alarm():
    series = table()
    model = fit(series, 250)
    own = series.own.copy()
    own[:, 400:456] = 0
    busy = series.own[:, 200:400].mean(axis=1) >= 0.3
    stopped, usual = score(model, changed(series, own)).silent[busy], score(model, series).silent[busy]
    assert np.median(lowest(stopped)) < 0.1 < np.median(lowest(usual)) / 10


def test_a_black_out_of_the_press_is_hardly_a_surprise():
    series = table()
    model = fit(series, 250)
    own, coverage = series.own.copy(), series.coverage.copy()
    own[:, 400:456] = 0
    alone = lowest(score(model, changed(series, own)).reduced)
    coverage[:, 400:456] = 0
    together = lowest(score(model, changed(series, own, coverage)).reduced)
    assert np.median(together) > 0.5 > 10 * np.median(alone)


def test_silence_under_fire_is_more_surprising_than_silence_in_a_calm():
    series = table()
    model = fit(series, 250)
    own, attacked = series.own.copy(), np.random.default_rng(2).poisson(1.0, series.own.shape)
    own[:, 400:456] = 0
    calm = attacked.copy()
    calm[:, 400:456] = 0
    under_fire = score(model, Series(own, series.coverage, attacked, series.allies_attacked, START))
    in_calm = score(model, Series(own, series.coverage, calm, series.allies_attacked, START))
    assert np.median(lowest(under_fire.reduced)) < np.median(lowest(in_calm.reduced)) / 1.5


def test_an_alarm_is_raised_once_and_not_for_as_long_as_the_silence_lasts():
    series = table()
    own = series.own.copy()
    own[:, 350:] = 0
    busy = series.own[:, 200:350].mean(axis=1) >= 0.3
    reduced = score(fit(series, 250), changed(series, own)).reduced[busy]
    assert np.median(reduced[:, 350:406].min(axis=1)) < 0.1 < np.median(reduced[:, 450])


def test_later_days_never_alter_earlier_scores():
    series = table()
    model = fit(series, 250)
    whole, part = score(model, series), score(model, series.until(400))
    np.testing.assert_array_equal(whole.silent[:, :400], part.silent)
    np.testing.assert_array_equal(whole.reduced[:, :400], part.reduced)


def test_scores_of_an_actor_do_not_depend_on_its_company():
    series = table(actors=300, days=300)
    model = fit(series, 200)
    whole, alone = score(model, series), score(model, series.block(140, 141))
    np.testing.assert_allclose(whole.reduced[140], alone.reduced[0])


def test_fitting_looks_only_at_days_before_the_cut():
    series = table()
    own = series.own.copy()
    own[:, 250:] = 0
    assert fit(series, 250) == fit(changed(series, own), 250)


def test_silence_is_never_more_surprising_than_less_activity():
    series = table()
    scores = score(fit(series, 250), series)
    told = np.isfinite(scores.reduced)
    assert (scores.silent[told] >= scores.reduced[told]).all()


def test_days_without_a_baseline_cannot_be_told():
    series = table()
    scores = score(fit(series, 250), series)
    assert np.isnan(scores.silent[:, :40]).all()
    assert np.isfinite(scores.silent[:, 60:]).all()


def test_without_any_coverage_nothing_can_be_told():
    series = table()
    coverage = series.coverage.copy()
    coverage[3] = 0
    scores = score(fit(series, 250), changed(series, coverage=coverage))
    assert np.isnan(scores.silent[3]).all()
    assert np.isfinite(scores.silent[4, 60:]).all()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (np.full((2, 9), -1), "own is -1 for actor 0 on day 0"),
        (np.full((2, 9), 0.5), "own holds 0.5 for actor 0 on day 0"),
        (np.full((2, 9), np.nan), "own holds nan"),
        (np.zeros(9, int), "own has 1 dimensions"),
        (np.zeros((3, 9), int), r"own \(3, 9\)"),
        (np.full((2, 9), "a"), "values of type"),
    ],
)
def test_broken_counts_are_refused(wrong, told):
    fine = np.zeros((2, 9), int)
    with pytest.raises(SeriesError, match=told):
        Series(wrong, fine, fine, fine, START)


def test_too_short_a_series_is_refused():
    with pytest.raises(SeriesError, match="at least 70 days"):
        fit(table(days=300), 60)


@pytest.mark.parametrize("days", [70, 80, 98, 120])
def test_a_short_table_expects_about_what_was_seen(days):
    series = table(actors=20, days=160)
    model = fit(series, days)
    tables = Tables.of(series, model.tuning)
    for window in model.tuning.windows:
        found = expect(model.baseline, tables, window, model.tuning)
        assert found.mean[:, 150].sum() == pytest.approx(found.seen[:, 150].sum(), rel=0.3)


def test_actors_without_any_act_raise_no_alarm():
    series = table()
    silent = changed(series, np.zeros_like(series.own))
    scores = score(fit(silent, 250), silent)
    assert np.nanmin(scores.reduced) > 0.1


@pytest.mark.parametrize("days", [1, 6, 20, 50, 60])
def test_tables_of_any_length_are_scored_without_a_number_that_rests_on_nothing(days):
    series = table()
    scores = score(fit(series, 250), series.until(days))
    assert scores.silent.shape == (30, days)
    assert np.isnan(scores.silent[:, :48]).all()


@pytest.mark.parametrize("count", [0, 1, 50_000])
def test_one_actor_alone_can_be_scored(count):
    own = np.full((1, 300), count)
    series = Series(own, own + 1, own * 0, own * 0, START)
    scores = score(fit(series, 200), series)
    assert np.isfinite(scores.reduced[:, 60:]).all()
    assert (scores.reduced[:, 60:] > 0.1).all()
