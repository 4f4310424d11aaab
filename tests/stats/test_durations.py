"""Quantiles of durations: known values, properties, degenerate input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from huiyin.stats.durations import clock_covariance, clock_quantile, stopped_curve

# Freireich et al. (1963), weeks of remission under 6-MP; + still running. Kaplan-Meier and its
# variance are printed in Klein and Moeschberger (2003), Survival Analysis, table 4.1A.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], dtype=bool)
PRINTED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def test_curve_is_the_printed_one():
    curve = stopped_curve(WEEKS, ENDED)
    left = dict(zip(curve.times, 1 - curve.stopped, strict=True))
    assert {week: round(left[week], 3) for week in PRINTED} == PRINTED


def test_median_and_interval_are_those_of_survfit():
    """R: quantile(survfit(Surv(weeks, ended) ~ 1, conf.type = "log-log"))."""
    median = clock_quantile(WEEKS, ENDED, 0.5)
    assert (median.estimate, median.low, median.high) == (23.0, 13.0, np.inf)
    quarter = clock_quantile(WEEKS, ENDED, 0.25)
    assert (quarter.estimate, quarter.low) == (13.0, 6.0)
    assert median.method == "kaplan_meier"
    assert (median.n, median.n_running) == (21, 12)


@pytest.mark.parametrize(
    ("n", "low", "high"),
    [(6, 1, 6), (8, 1, 8), (11, 2, 10), (15, 4, 12), (20, 6, 15), (50, 18, 33)],
)
def test_interval_of_the_median_stands_in_every_table(n, low, high):
    """Order statistics of the 95 % interval: Conover (1999), Practical Nonparametric Statistics."""
    found = clock_quantile(np.arange(1, n + 1), np.ones(n, dtype=bool), 0.5)
    assert (found.low, found.high) == (low, high)
    assert stats.binom.cdf(high - 1, n, 0.5) - stats.binom.cdf(low - 1, n, 0.5) >= 0.95


def test_without_running_clocks_it_is_the_usual_median():
    even = clock_quantile([4.0, 1.0, 3.0, 2.0], [True] * 4, 0.5)
    assert even.estimate == np.median([1, 2, 3, 4])
    assert clock_quantile([5.0, 1.0, 3.0], [True] * 3, 0.5).estimate == 3.0


def derivative(shown, ended, at):
    def stopped(weight):
        left = 1.0
        for time in np.unique(shown[shown <= at]):
            left *= 1 - weight[(shown == time) & ended].sum() / weight[shown >= time].sum()
        return 1 - left

    ones, step = np.ones(len(shown)), 1e-6
    base = stopped(ones)
    moved = [stopped(ones + step * (np.arange(len(ones)) == i)) - base for i in range(len(ones))]
    return np.array(moved) / step


def test_influence_is_the_derivative_of_the_curve_ties_included():
    rng = np.random.default_rng(5)
    time, end = np.round(rng.exponential(5, 60)), np.round(rng.exponential(9, 60))
    shown, ended = np.minimum(time, end), time <= end
    found = clock_quantile(shown, ended, 0.4, clusters=np.arange(60))
    moves = derivative(shown, ended, found.estimate)
    ratio = found.influence / np.where(moves == 0, np.nan, moves)
    assert np.nanstd(ratio) / np.nanmean(ratio) < 1e-4
    assert found.method == "kaplan_meier, clustered"


def test_copies_of_each_clock_widen_the_interval_only_without_clusters():
    rng = np.random.default_rng(3)
    time = rng.exponential(10, 150)
    one = clock_quantile(time, np.ones(150, dtype=bool), 0.5, clusters=np.arange(150))
    four = np.repeat(time, 4), np.ones(600, dtype=bool), np.repeat(np.arange(150), 4)
    same = clock_quantile(four[0], four[1], 0.5, clusters=four[2])
    narrow = clock_quantile(four[0], four[1], 0.5)
    assert same.high - same.low == pytest.approx(one.high - one.low, rel=0.2)
    assert narrow.high - narrow.low < 0.7 * (same.high - same.low)


def test_covariance_of_a_set_with_itself_is_its_variance():
    rng = np.random.default_rng(4)
    codes = rng.integers(0, 40, 200)
    found = clock_quantile(rng.exponential(9, 200), np.ones(200, dtype=bool), 0.5, clusters=codes)
    assert clock_covariance(found, found) == pytest.approx(found.standard_error**2, rel=0.05)
    other = clock_quantile([1.0, 2.0, 3.0], [True] * 3, 0.5, clusters=[100, 101, 102])
    assert clock_covariance(found, other) == 0.0


times = st.lists(st.integers(0, 50), min_size=2, max_size=60)


@given(times, st.sampled_from([0.1, 0.5, 0.9]), st.integers(1, 1000))
def test_unit_and_order_do_not_matter_and_ends_hold_the_estimate(shown, share, unit):
    ended = [i % 3 != 0 for i in range(len(shown))]
    found = clock_quantile(shown, ended, share)
    turned = clock_quantile(np.array(shown[::-1]) * unit, ended[::-1], share)
    for mine, theirs in ((found.estimate, turned.estimate), (found.high, turned.high)):
        np.testing.assert_allclose(theirs, mine * unit)
    if np.isfinite(found.estimate) and np.isfinite(found.low):
        assert found.low <= found.estimate <= found.high


@given(times, st.sampled_from([0.47, 0.89]))  # no part of up to 60 clocks: no middle is taken
def test_letting_clocks_run_never_shortens_a_duration(shown, share):
    all_ended = clock_quantile(shown, [True] * len(shown), share).estimate
    some = clock_quantile(shown, [i % 2 == 0 for i in range(len(shown))], share).estimate
    assert np.isnan(some) or some >= all_ended


@pytest.mark.parametrize("clusters", [False, True])
def test_nothing_one_equal_and_endless(clusters):
    def of(shown, ended, share=0.5):
        codes = np.arange(len(shown)) if clusters else None
        return clock_quantile(shown, ended, share, clusters=codes)

    assert np.isnan(of([], []).estimate)
    assert of([7.0], [True]).estimate == 7.0
    assert not np.isfinite(of([7.0], [True]).high)
    assert np.isnan(of([1.0, 2.0, 3.0], [False] * 3).estimate)
    equal = of([5.0] * 30, [True] * 30)
    assert (equal.estimate, equal.low, equal.high) == (5.0, 5.0, 5.0)
    assert of([0.0] * 30, [True] * 30).estimate == 0.0
    assert not np.isfinite(of(range(20), [True] * 20, 0.9).high)  # P90 of 20 has no upper end
