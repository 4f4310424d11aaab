"""Means with Student's t interval."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.contracts import Intervals
from huiyin.stats.distributions import floats, t_quantile


def t_mean(n: ArrayLike, mean: ArrayLike, variance: ArrayLike, *, level: float = 0.95) -> Intervals:
    """Mean of independent, equally weighted answers with Student's t interval.

    Parameters
    ----------
    n : array of int
        Answers given.
    mean : array of float
        Their mean, any unit.
    variance : array of float
        Their sample variance (divisor n − 1), in the unit squared.
    level : float, default 0.95
        Two-sided confidence level, strictly between 0 and 1.

    Returns
    -------
    Intervals
        In the unit of `mean`. NaN without answers; NaN limits for one answer and where all
        answers are equal: the error is then unknown, not 0.

    Examples
    --------
    >>> mean = t_mean(4, 3.0, 1.0)
    >>> round(float(mean.low), 3), round(float(mean.high), 3)
    (1.409, 4.591)
    """
    size = floats(n)
    known = np.where(size > 0, size, np.nan)
    error = np.sqrt(np.where(size > 1, floats(variance), np.nan) / known)
    estimate = np.where(size > 0, floats(mean), np.nan)
    return t_interval(estimate, error, known - 1.0, level=level, method="t")


def t_interval(
    estimate: ArrayLike,
    standard_error: ArrayLike,
    degrees_of_freedom: ArrayLike,
    *,
    level: float = 0.95,
    method: str = "t",
) -> Intervals:
    """Estimate ± Student's t quantile times standard error (R: ``confint(df = degf(design))``).

    Parameters
    ----------
    estimate, standard_error : array of float
        In one unit, one shape.
    degrees_of_freedom : array of float or float
        Infinite gives the normal interval.
    level : float, default 0.95
        Two-sided confidence level, strictly between 0 and 1.
    method : str, default "t"
        Name of the estimator, kept for display.

    Returns
    -------
    Intervals
        Limits are NaN where the standard error is 0 or NaN, or no degrees of freedom are left.
    """
    centre, error = np.broadcast_arrays(floats(estimate), floats(standard_error))
    df = np.broadcast_to(floats(degrees_of_freedom), centre.shape)
    usable = (error > 0.0) & (df > 0.0)
    half = np.where(usable, t_quantile((1.0 + level) / 2.0, df) * error, np.nan)
    return Intervals(
        estimate=floats(centre),
        low=centre - half,
        high=centre + half,
        standard_error=floats(error),
        degrees_of_freedom=floats(df),
        method=method,
    )
