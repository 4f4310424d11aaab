"""Shares in [0, 1] with intervals."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.contracts import Floats, Intervals
from huiyin.stats.distributions import beta_quantile, floats, normal_quantile, t_quantile


def wilson_share(hits: ArrayLike, n: ArrayLike, *, level: float = 0.95) -> Intervals:
    """Share with Wilson's score interval, for unweighted answers.

    Parameters
    ----------
    hits : array of float
        Answers inside the box, 0 ≤ hits ≤ n.
    n : array of float, same shape
        Answers given; the missing are not counted.
    level : float, default 0.95
        Two-sided confidence level, strictly between 0 and 1.

    Returns
    -------
    Intervals
        In [0, 1]. `standard_error` is the half-width of the interval over the normal quantile
        (never 0, so that a share of 0 or 1 is not taken as certain), with infinite degrees of
        freedom. NaN where nobody answered.

    References
    ----------
    Wilson (1927), JASA 22(158):209-212, doi:10.1080/01621459.1927.10502953.

    Examples
    --------
    >>> share = wilson_share(3, 4)
    >>> float(share.estimate), round(float(share.low), 3), round(float(share.high), 3)
    (0.75, 0.301, 0.954)
    """
    answered = floats(n) > 0
    known = np.where(answered, floats(n), np.nan)
    share = floats(hits) / known
    z = normal_quantile((1.0 + level) / 2.0)
    centre = (share + z * z / (2.0 * known)) / (1.0 + z * z / known)
    error = np.sqrt(share * (1.0 - share) / known + z * z / (4.0 * known**2)) / (
        1.0 + z * z / known
    )
    return Intervals(
        estimate=share,
        low=np.where(share == 0.0, 0.0, np.maximum(centre - z * error, 0.0)),
        high=np.where(share == 1.0, 1.0, np.minimum(centre + z * error, 1.0)),
        standard_error=error,
        degrees_of_freedom=np.where(answered, np.inf, np.nan),
        method="wilson",
    )


def korn_graubard_share(
    share: ArrayLike,
    standard_error: ArrayLike,
    n: ArrayLike,
    degrees_of_freedom: ArrayLike,
    *,
    level: float = 0.95,
) -> Intervals:
    """Share under a survey design with Korn and Graubard's interval.

    The exact binomial interval at the effective number of answers, itself scaled by the loss of
    degrees of freedom: R survey's ``svyciprop(method = "beta")``.

    Parameters
    ----------
    share : array of float
        Estimated share in [0, 1].
    standard_error : array of float
        Of the share, under the design.
    n : array of float
        Rows of the design in the cell (R: ``nrow(design)``).
    degrees_of_freedom : array of float or float
        Of the design: PSUs minus strata.
    level : float, default 0.95
        Two-sided confidence level, strictly between 0 and 1.

    Returns
    -------
    Intervals
        In [0, 1]. A share of exactly 0 or 1, where the standard error says nothing, is given the
        effective size n (Korn and Graubard's proposal; R gives NaN). A share inside (0, 1) with
        standard error 0 is fixed by the design: its interval is the share. NaN without degrees
        of freedom.

    References
    ----------
    Korn and Graubard (1998), Survey Methodology 24(2):193-201.
    """
    p, error, size = floats(share), floats(standard_error), floats(n)
    df = np.broadcast_to(floats(degrees_of_freedom), p.shape).astype(np.float64)
    effective = _effective_size(p, error, size, df, level)
    tail = (1.0 - level) / 2.0
    fixed = (error == 0.0) & (p > 0.0) & (p < 1.0)
    low = np.where(p <= 0.0, 0.0, beta_quantile(tail, effective * p, effective * (1.0 - p) + 1.0))
    high = np.where(
        p >= 1.0, 1.0, beta_quantile(1.0 - tail, effective * p + 1.0, effective * (1.0 - p))
    )
    valid = np.isfinite(effective)
    return Intervals(
        estimate=p,
        low=np.where(fixed, p, np.where(valid, low, np.nan)),
        high=np.where(fixed, p, np.where(valid, high, np.nan)),
        standard_error=error,
        degrees_of_freedom=df,
        method="korn_graubard",
    )


def _effective_size(p: Floats, error: Floats, n: Floats, df: Floats, level: float) -> Floats:
    informative = error > 0.0
    variance = np.where(informative, error, 1.0) ** 2
    edge = (p <= 0.0) | (p >= 1.0)
    effective = np.where(informative & ~edge, p * (1.0 - p) / variance, np.where(edge, n, np.nan))
    upper = (1.0 + level) / 2.0
    loss = t_quantile(upper, np.maximum(n - 1.0, 0.0)) / t_quantile(upper, df)
    return floats(effective * loss**2)
