"""How often the interval of a complaint rate holds the truth, customers drawn anew each time."""

from __future__ import annotations

import numpy as np
import pytest

from huiyin.stats.design import ClusterSums, CrossSums, ratio_covariance
from huiyin.stats.rates import score_rate

REPEATS = 4000


def intervals(rng, customers, truth, spread):
    """Draw orders, and complaints that some customers make far more often than others."""
    shape = (REPEATS, customers)
    orders = 1.0 + rng.poisson(1.5, shape)
    temper = rng.gamma(1.0 / spread, spread, shape) if spread else 1.0
    complaints = rng.poisson(orders * truth * temper).astype(np.float64)
    a, b = complaints.sum(axis=1, keepdims=True), orders.sum(axis=1, keepdims=True)
    aa, ab, bb = (
        (x * y).sum(axis=1, keepdims=True)
        for x, y in ((complaints, complaints), (complaints, orders), (orders, orders))
    )
    sums = ClusterSums(np.array([float(customers)]), a, b, aa, ab, bb)
    variance = ratio_covariance(sums, sums, CrossSums(aa, ab, ab, bb))
    rate = a[:, 0] / b[:, 0]
    return score_rate(rate, np.sqrt(np.maximum(variance, 0.0)), b[:, 0], customers - 1.0)


@pytest.mark.parametrize(
    ("customers", "truth", "spread"),
    [(200, 0.02, 0.0), (1000, 0.004, 0.0), (1000, 0.02, 1.0), (300, 0.3, 1.0), (3000, 0.01, 3.0)],
)
def test_it_holds_the_truth_about_as_often_as_it_says(customers, truth, spread):
    rng = np.random.default_rng(20250101)
    found = intervals(rng, customers, truth, spread)
    share = float(np.mean((found.low <= truth) & (truth <= found.high)))
    assert 0.93 <= share <= 0.98, f"{share:.3f} with seed 20250101"
