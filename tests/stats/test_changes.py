"""Lasting shifts of level: found where they are, not found in noise."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from huiyin.stats.changes import _Search, _Segments, _tested, change_points


def test_a_clear_shift_is_found_with_its_size():
    rng = np.random.default_rng(4)
    series = np.r_[rng.normal(70.0, 1.0, 10), rng.normal(76.0, 1.0, 8)]
    (shift,) = change_points(series, np.ones(18))
    assert shift.index == 10
    assert_allclose(shift.before, series[:10].mean())
    assert_allclose(shift.after, series[10:].mean())
    assert shift.low < 6.0 < shift.high
    assert shift.low > 0
    assert shift.p < 1e-6


def test_two_shifts_are_found_in_order_and_gaps_keep_their_places():
    rng = np.random.default_rng(5)
    series = rng.normal(50.0, 1.0, 36)
    series[12:24] += 8.0
    series[[3, 20]] = np.nan
    shifts = change_points(series, np.ones(36))
    assert [shift.index for shift in shifts] == [12, 24]
    assert shifts[0].difference > 0 > shifts[1].difference


def test_shifts_turn_with_the_series_and_ignore_its_unit():
    rng = np.random.default_rng(6)
    series, errors = np.r_[rng.normal(0, 1, 9), rng.normal(4, 1, 9)], rng.uniform(0.8, 1.2, 18)
    (shift,) = change_points(series, errors)
    (turned,) = change_points(100.0 - 10.0 * series, 10.0 * errors)
    assert turned.index == shift.index
    assert_allclose(turned.p, shift.p, rtol=1e-6)
    assert_allclose([turned.high, turned.low], [-10 * shift.low, -10 * shift.high], rtol=1e-6)
    (backwards,) = change_points(series[::-1], errors[::-1])
    assert backwards.index == 18 - shift.index
    assert_allclose(backwards.p, shift.p, rtol=1e-6)


def test_one_odd_period_is_no_lasting_change():
    series = np.random.default_rng(1).normal(0.0, 1.0, 24)
    series[12] += 6.0
    assert change_points(series, np.ones(24)) == ()


def test_the_usual_movement_is_no_change_however_precise_the_periods_are():
    # A seasonal swing ten times the errors: no lasting level.
    series = 3.0 * np.sin(np.arange(24) * np.pi / 2) + np.random.default_rng(2).normal(0, 1, 24)
    assert change_points(series, np.full(24, 0.1)) == ()


@pytest.mark.parametrize("periods", [4, 12, 30])
def test_the_largest_contrast_of_noise_has_the_stated_distribution(periods):
    rng = np.random.default_rng(periods)
    weights = rng.uniform(0.5, 2.0, periods)
    search = _Search.over(weights, 2, np.inf)
    noise = rng.normal(size=(40_000, periods)) / np.sqrt(weights)
    mass, sums = np.cumsum(weights), np.cumsum(weights * noise, axis=1)
    at = np.arange(1, periods - 2)
    rest = mass[-1] - mass[at]
    contrast = sums[:, at] / mass[at] - (sums[:, -1:] - sums[:, at]) / rest
    largest = np.max(np.abs(contrast) / np.sqrt(1 / mass[at] + 1 / rest), axis=1)
    for limit in (1.5, 2.0, 2.5, 3.0):
        observed = np.mean(largest > limit)
        error = np.sqrt(observed * (1 - observed) / largest.size)
        assert search.p(limit) == pytest.approx(observed, abs=4 * error)
    assert search.p(search.critical(0.05)) == pytest.approx(0.05, abs=1e-9)
    # With an estimated scatter the limits are wider.
    assert _Search.over(weights, 2, 5.0).critical(0.05) > search.critical(0.05)


@pytest.mark.parametrize(("periods", "repeats"), [(6, 300), (12, 300), (24, 150)])
def test_noise_gives_few_shifts(periods, repeats):
    rng = np.random.default_rng(periods)
    errors = rng.uniform(0.7, 1.4, periods)
    found = sum(
        bool(change_points(rng.normal(size=periods) * errors, errors)) for _ in range(repeats)
    )
    # At most 5 % true; three standard errors of the simulation above it.
    assert found / repeats < 0.05 + 3 * np.sqrt(0.05 * 0.95 / repeats)


def test_two_shifts_pay_for_two_tests():
    values = np.r_[np.zeros(6), np.full(6, 2.0), np.zeros(6)] + np.tile([0.5, -0.5], 9)
    segments = _Segments(values, np.ones(18), (6, 12), 2)
    for shift, window in zip(_tested(segments, np.inf, 0.95), (12, 12), strict=True):
        search = _Search.over(np.ones(window), 2, np.inf)
        error = np.sqrt(2 / 6)
        assert shift.p == pytest.approx(2 * search.p(2.0 / error))
        assert shift.high - shift.low == pytest.approx(2 * search.critical(0.025) * error)


def test_where_the_scatter_exceeds_the_errors_the_scatter_decides():
    rng = np.random.default_rng(12)
    series = np.r_[rng.normal(0.0, 1.0, 12), rng.normal(4.0, 1.0, 12)]
    (one,) = change_points(series, np.full(24, 0.1))
    (two,) = change_points(series, np.full(24, 0.01))
    assert one.p == pytest.approx(two.p)
    assert [one.low, one.high] == pytest.approx([two.low, two.high])
    assert one.high - one.low > 1.5
