"""Scores of silence on invented counts: what must always hold."""

from datetime import date

import numpy as np
import pytest

from holdfire.analysis.silence import Series, fit, score
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


def test_an_actor_that_stops_is_more_surprising_than_it_was():
    series = table()
    model = fit(series, 250)
    own = series.own.copy()
    own[:, 400:456] = 0
    busy = series.own[:, 200:400].mean(axis=1) >= 0.3
    silent = score(model, changed(series, own)).silent[busy]
    assert np.median(silent[:, 440]) < 0.1 < np.median(silent[:, 395]) / 10


def test_a_black_out_of_the_press_is_hardly_a_surprise():
    series = table()
    model = fit(series, 250)
    own, coverage = series.own.copy(), series.coverage.copy()
    own[:, 400:456] = 0
    alone = score(model, changed(series, own)).reduced[:, 440]
    coverage[:, 400:456] = 0
    together = score(model, changed(series, own, coverage)).reduced[:, 440]
    assert np.median(together) > 100 * np.median(alone)


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
