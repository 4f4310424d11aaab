"""Who moved up and who down: known values, properties, ends, and how often the interval holds."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.stats.moves import net_move


def test_the_two_surveys_of_a_prime_minister():
    # Agresti (2002), Categorical Data Analysis, table 10.1: 794, 150, 86, 570 of 1600.
    found = net_move(150, 86, 1600)
    assert found.net == pytest.approx(0.04)
    assert (found.low, found.high) == pytest.approx((0.0212, 0.0587), abs=5e-5)
    assert found.p == pytest.approx(3.716e-5, rel=1e-3)  # R: binom.test(86, 236)$p.value


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_turned_around_it_is_the_opposite(up, down, stayed):
    n = up + down + stayed
    found, turned = net_move(up, down, n), net_move(down, up, n)
    if n == 0:
        assert isnan(found.net)
        return
    assert found.low <= found.high
    assert -1 <= found.low <= found.net + 1 / (n + 2) * 2
    assert (turned.net, turned.low, turned.high) == pytest.approx(
        (-found.net, -found.high, -found.low)
    )
    assert found.p == pytest.approx(turned.p)


def test_where_nobody_moved_nothing_is_certain():
    found = net_move(0, 0, 20)
    assert (found.net, found.p) == (0.0, 1.0)
    assert found.low < 0 < found.high


@pytest.mark.parametrize("counts", [(-1, 0, 5), (3, 3, 5)])
def test_counts_that_do_not_fit_are_refused(counts):
    with pytest.raises(ValueError, match=str(counts[0])):
        net_move(*counts)


@pytest.mark.parametrize(("up", "down", "n"), [(0.1, 0.1, 40), (0.2, 0.05, 60), (0.3, 0.1, 25)])
def test_the_interval_holds_the_truth_as_often_as_it_says(up, down, n):
    rng = np.random.default_rng(5)
    drawn = rng.multinomial(n, [up, down, 1 - up - down], size=1500)
    pairs, times = np.unique(drawn[:, :2], axis=0, return_counts=True)
    found = [net_move(int(u), int(d), n) for u, d in pairs]
    held = np.average([one.low <= up - down <= one.high for one in found], weights=times)
    assert 0.935 <= held <= 0.985
