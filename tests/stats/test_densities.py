"""Kernel densities: as SciPy gives them, with R's rule for the width; whole, and degenerate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import gaussian_kde

from huiyin.stats.densities import kernel_density, silverman_bandwidth

RAIN = np.array([
    67.0, 54.7, 7.0, 48.5, 14.0, 17.2, 20.7, 13.0, 43.4, 40.2, 38.9, 54.5, 59.8, 48.3, 22.9, 11.5,
    34.4, 35.1, 38.7, 30.8, 30.6, 43.1, 56.8, 40.8, 41.8, 42.5, 31.0, 31.7, 30.2, 25.9, 49.2, 37.0,
    35.9, 15.0, 30.2, 7.2, 36.2, 45.5, 7.8, 33.4, 36.1, 40.2, 42.7, 42.5, 16.2, 39.0, 35.0, 37.0,
    31.4, 37.6, 39.9, 36.2, 42.8, 46.4, 24.7, 49.1, 46.0, 35.9, 7.8, 48.2, 15.2, 32.5, 44.7, 42.6,
    38.8, 17.4, 40.8, 29.1, 14.6, 59.2,
])  # fmt: skip
"""Inches of rain a year in 70 cities: ``precip`` of R."""


def test_the_width_is_that_of_r():
    """``bw.nrd0(precip)`` of R's own example of ``bw.nrd``."""
    assert silverman_bandwidth(RAIN) == pytest.approx(3.848, abs=5e-4)


@pytest.mark.parametrize("weighted", [False, True])
def test_the_curve_is_that_of_scipy(weighted):
    rng = np.random.default_rng(5)
    values = rng.lognormal(3.0, 0.6, 400)
    weights = rng.uniform(0.2, 3.0, 400) if weighted else None
    at = np.linspace(0.0, 120.0, 41)
    width = silverman_bandwidth(values, weights)
    found = kernel_density(values, at, weights=weights, bandwidth=width)
    parts = np.ones(400) if weights is None else weights
    spread = np.sqrt(np.cov(values, aweights=parts))
    peer = gaussian_kde(values, bw_method=width / float(spread), weights=weights)
    assert found == pytest.approx(peer(at), rel=1e-9)


def test_equal_weights_change_no_curve_and_hardly_the_width():
    plain, same = silverman_bandwidth(RAIN), silverman_bandwidth(RAIN, np.full(70, 3.0))
    assert same == pytest.approx(plain, rel=0.05)
    at = [10.0, 40.0]
    assert kernel_density(RAIN, at, weights=np.full(70, 3.0), bandwidth=plain) == pytest.approx(
        kernel_density(RAIN, at, bandwidth=plain)
    )


@settings(max_examples=30)
@given(
    st.lists(st.floats(0.0, 100.0, allow_subnormal=False), min_size=3, max_size=40),
    st.floats(2.0, 20.0),
    st.booleans(),
)
def test_all_of_it_is_one_and_nothing_lies_below_the_least(values, width, folded):
    least = 0.0 if folded else None
    start = 0.0 if folded else -6.0 * width
    at = np.arange(start, 100.0 + 6.0 * width, width / 4.0)
    height = kernel_density(values, at, bandwidth=width, least=least)
    assert (height >= 0.0).all()
    assert np.trapezoid(height, at) == pytest.approx(1.0, abs=1e-3)
    below = kernel_density(values, [-1e-6, -5.0], bandwidth=width, least=0.0)
    assert below.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("values", [[], [3.0], [4.0, 4.0, 4.0]])
def test_where_nothing_is_spread_there_is_no_width(values):
    assert silverman_bandwidth(values) == 0.0


def test_a_weight_that_is_everything_leaves_no_width():
    assert silverman_bandwidth([1.0, 2.0], [1.0, 0.0]) == 0.0


def test_where_half_are_one_value_the_deviation_alone_counts():
    values = [5.0] * 8 + [1.0, 9.0]
    deviation = float(np.std(values, ddof=1))
    assert silverman_bandwidth(values) == pytest.approx(0.9 * deviation * 10**-0.2)
