"""Means of several groups with unequal variances."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.contracts import Floats, TestResult
from huiyin.stats.distributions import f_tail, floats


def welch_anova(n: ArrayLike, mean: ArrayLike, variance: ArrayLike) -> TestResult:
    """Test whether several means are equal, without assuming equal variances.

    Parameters
    ----------
    n, mean, variance : (groups,) arrays
        Answers, mean and sample variance (divisor n − 1) per group. Groups with fewer than two
        answers or variance 0 are left out: their error is unknown.

    Returns
    -------
    TestResult
        F with numerator and denominator degrees of freedom (R: ``oneway.test``); `effect_size`
        is eta² of the groups used. NaN with fewer than two usable groups.

    References
    ----------
    Welch (1951), Biometrika 38(3/4):330-336, doi:10.2307/2332579.
    """
    size, centre, spread = floats(n), floats(mean), floats(variance)
    usable = (size > 1) & (spread > 0) & np.isfinite(centre)
    size, centre, spread = size[usable], centre[usable], spread[usable]
    k = size.size
    if k < 2:  # noqa: PLR2004 -- a comparison needs two
        return TestResult(np.nan, np.nan, np.nan, "welch_anova", None, np.nan)
    weight = size / spread
    overall = float(np.average(centre, weights=weight))
    loss = float(np.sum((1.0 - weight / weight.sum()) ** 2 / (size - 1.0))) / (k * k - 1.0)
    statistic = float(np.sum(weight * (centre - overall) ** 2)) / (
        (k - 1.0) * (1.0 + 2.0 * (k - 2.0) * loss)
    )
    p = float(f_tail(statistic, k - 1.0, 1.0 / (3.0 * loss)))
    eta = _eta_squared(size, centre, spread)
    return TestResult(statistic, k - 1.0, p, "welch_anova", eta, 1.0 / (3.0 * loss))


def _eta_squared(n: Floats, mean: Floats, variance: Floats) -> float:
    between = float(np.sum(n * (mean - np.average(mean, weights=n)) ** 2))
    return between / (between + float(np.sum((n - 1.0) * variance)))
