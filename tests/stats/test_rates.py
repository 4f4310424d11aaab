"""Rates of events: score limits by their equation, properties, and what has no interval."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.stats.proportions import wilson_share
from huiyin.stats.rates import score_rate

Z = 1.959963984540054


def test_limits_of_ten_events_are_those_of_the_score_interval():
    """By hand: 10 + z²/2 ∓ z √(10 + z²/4), for a rate that varies as Poisson does."""
    found = score_rate(10.0, math.sqrt(10.0), 1.0, np.inf)
    assert float(found.low) == pytest.approx(5.43199, abs=1e-5)
    assert float(found.high) == pytest.approx(18.40947, abs=1e-5)
    assert found.method == "score_rate"


@given(st.floats(1e-4, 3.0), st.floats(0.2, 5.0), st.integers(20, 10**6))
def test_limits_solve_the_score_equation(rate, spread, base):
    """At either limit the rate lies z of that limit's own errors away."""
    error = math.sqrt(spread * rate / base)
    found = score_rate(rate, error, base, np.inf)
    for limit in (float(found.low), float(found.high)):
        assert abs(rate - limit) == pytest.approx(Z * math.sqrt(spread * limit / base), rel=1e-6)
    assert 0 < found.low < rate < found.high


def test_rare_events_have_nearly_the_interval_of_a_share():
    found, share = (
        score_rate(0.001, math.sqrt(0.001 / 50_000), 50_000, np.inf),
        wilson_share(50, 50_000),
    )
    assert float(found.low) == pytest.approx(float(share.low), rel=0.002)
    assert float(found.high) == pytest.approx(float(share.high), rel=0.002)


def test_more_spread_fewer_customers_and_a_higher_level_make_it_wider():
    plain = score_rate(0.05, 0.002, 10_000, np.inf)
    for wider in (score_rate(0.05, 0.004, 10_000, np.inf), score_rate(0.05, 0.002, 10_000, 8.0),
                  score_rate(0.05, 0.002, 10_000, np.inf, level=0.99)):  # fmt: skip
        assert wider.low < plain.low
        assert wider.high > plain.high


def test_no_event_is_not_certain_and_no_base_is_no_rate():
    none = score_rate([0.0, 0.0, np.nan], [0.0, 0.0, 0.0], [100.0, 0.0, 0.0], np.inf)
    assert none.low[0] == 0.0
    assert none.high[0] == pytest.approx(Z**2 / 100)
    assert none.standard_error[0] > 0
    assert np.isnan(none.low[1:]).all()
    assert np.isnan(none.high[1:]).all()
    assert np.isnan(score_rate(0.1, 0.01, 100, 0.0).high)  # one customer: no degrees of freedom
