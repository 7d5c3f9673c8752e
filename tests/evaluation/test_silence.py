"""The measures of silence, on invented counts."""

from datetime import date

import numpy as np
import pytest
from evaluation.silence import Set, bootstrap, calibration, found_injected, injected, threshold
from evaluation.silence_rivals import change_points, poisson_cusum, weekly_z

from holdfire.analysis.silence_counts import Series, onsets

CHANCE = np.random.default_rng(5)
STOP = 300


@pytest.fixture(scope="module")
def stopped():
    own = CHANCE.poisson(0.8, (6, 400))
    own[:3, STOP:] = 0
    return own


@pytest.mark.parametrize(
    "rival", [weekly_z, poisson_cusum, lambda own: change_points(own, days=range(200, own.shape[1], 7))]
)
def test_rivals_see_who_stopped(rival, stopped):
    scores = rival(stopped)
    assert scores[:3, STOP + 14 : STOP + 50].max(axis=1).min() > scores[3:, STOP + 14 : STOP + 50].max(axis=1).max()


def test_no_higher_level_raises_more_alarms_than_allowed():
    scores = CHANCE.normal(size=(40, 400)).cumsum(axis=1)
    live = np.ones(scores.shape, bool)
    level = threshold(scores, live)
    allowed = live.sum() / 365.25
    assert onsets(scores > level).sum() <= allowed
    assert onsets(scores > level + 1).sum() <= allowed


def table():
    rates = CHANCE.gamma(3.0, 0.3, (40, 1))
    own, coverage = CHANCE.poisson(rates, (40, 500)), CHANCE.poisson(6.0, (40, 500))
    series = Series(own, coverage, np.zeros_like(own), np.zeros_like(own), date(2024, 1, 1))
    return Set("invented", series, series.block(0, 1), [])


def test_silence_is_found_and_nothing_is_not():
    found = found_injected([table()], "Holdfire", range(1, 3))
    assert found["silent"][0] > 0.9 * found["silent"][1]
    assert found["nothing"][0] < 0.4 * found["nothing"][1]


def test_only_the_days_of_a_change_are_changed():
    each = table()
    for kind, series, begun in injected(each, 1):
        for row, day in begun.items():
            np.testing.assert_array_equal(series.own[row, :day], each.controls.own[row, :day])
            assert series.own[row, day : day + 56].sum() == 0 or kind != "silent"
        assert (series.coverage < each.controls.coverage).any() == (kind == "blackout")


def test_counts_as_expected_are_well_calibrated():
    distance, within, weeks = calibration(table())
    assert weeks > 1000
    assert distance < 0.05
    assert 0.86 < within < 0.94


def test_the_difference_of_like_detectors_is_about_nothing():
    found = {str(number): number % 2 == 0 for number in range(40)}
    assert bootstrap(found, found) == (0.0, 0.0)
