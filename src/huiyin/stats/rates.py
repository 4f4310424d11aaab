"""Rates of events against what they are counted against: complaints of a period over its orders."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.contracts import Floats, Intervals
from huiyin.stats.distributions import floats, t_quantile


def score_rate(
    rate: ArrayLike,
    standard_error: ArrayLike,
    base: ArrayLike,
    degrees_of_freedom: ArrayLike,
    *,
    level: float = 0.95,
) -> Intervals:
    r"""Rate of events with the score interval of a Poisson rate at its effective base.

    Events are no part of what they are counted against, so a rate may pass 1. Its variance is that
    of a ratio of two sums over customers (linearised); the base at which a Poisson rate would have
    that variance, rate ÷ variance, goes into the score interval in place of the base itself.

    Parameters
    ----------
    rate : array of float
        Events over base, at least 0.
    standard_error : array of float
        Of the rate, by linearisation over customers.
    base : array of float
        What the events are counted against, above 0; weighted counts where there are weights.
    degrees_of_freedom : array of float or float
        Of the design: customers (or rows) minus strata.
    level : float, default 0.95
        Two-sided confidence level, strictly between 0 and 1.

    Returns
    -------
    Intervals
        At least 0, in the unit of the rate. Where there was no event the linearised variance is 0
        and says nothing: the interval stands at the base itself, and its half-width is the
        standard error, so that a rate of 0 is not taken as certain. NaN without a base or degrees
        of freedom.

    References
    ----------
    Agresti and Coull (1998), The American Statistician 52(2):119-126 (score intervals).
    Barker (2002), The American Statistician 56(2):85-89 (of a Poisson rate).
    Särndal, Swensson, Wretman (1992), Model Assisted Survey Sampling, 5.6 (a ratio's variance).

    Examples
    --------
    >>> found = score_rate(0.01, 0.001, 10_000, np.inf)
    >>> round(float(found.low), 5), round(float(found.high), 5)
    (0.00823, 0.01215)
    """
    r, error = floats(rate), floats(standard_error)
    known = np.where(floats(base) > 0, floats(base), np.nan)
    df = np.broadcast_to(floats(degrees_of_freedom), r.shape).astype(np.float64)
    effective = _effective_base(r, error, known)
    z = np.where(df > 0, t_quantile((1.0 + level) / 2.0, np.where(df > 0, df, 1.0)), np.nan)
    centre = r + z**2 / (2.0 * effective)
    half = z * np.sqrt(r / effective + z**2 / (4.0 * effective**2))
    return Intervals(
        estimate=r,
        low=np.where(r == 0.0, 0.0 * half, np.maximum(centre - half, 0.0)),
        high=centre + half,
        standard_error=np.where(r == 0.0, half / z, error),
        degrees_of_freedom=df,
        method="score_rate",
    )


def _effective_base(rate: Floats, error: Floats, base: Floats) -> Floats:
    informative = (rate > 0.0) & (error > 0.0)
    variance = np.where(informative, error, 1.0) ** 2
    return floats(np.where(informative, rate / variance, base))
