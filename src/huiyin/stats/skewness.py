"""How one-sided answers are, and whether that is too much for Student's t interval."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from huiyin.stats.contracts import Floats
from huiyin.stats.distributions import floats

COCHRAN_FACTOR = 25.0
"""Effective answers wanted per squared skewness: Cochran (1977), p. 42."""
_ROUNDING = 1e-12


def skewness(total: ArrayLike, first: ArrayLike, second: ArrayLike, third: ArrayLike) -> Floats:
    """Fisher's skewness G1 of weighted answers, from their power sums.

    Parameters
    ----------
    total, first, second, third : array of float, any one shape
        Σw, Σwv, Σwv², Σwv³; v may be counted from any fixed origin near the answers.

    Returns
    -------
    array of float
        Third central moment over the cubed standard deviation (divisor Σw), unitless. NaN without
        weight and where all answers are equal.

    Examples
    --------
    >>> round(float(skewness(4, 1, 1, 1)), 3)  # 0, 0, 0, 1
    1.155
    """
    weight = np.where(floats(total) > 0, floats(total), np.nan)
    mean, square, cube = (floats(part) / weight for part in (first, second, third))
    variance = square - mean**2
    known = np.where(variance > _ROUNDING * square, variance, np.nan)
    return floats((cube - 3.0 * mean * square + 2.0 * mean**3) / known**1.5)


def too_one_sided(n_effective: ArrayLike, skew: ArrayLike) -> NDArray[np.bool_]:
    """Tell where a t interval rests on too few answers for so one-sided a distribution.

    Cochran's rule wants n > 25·G1²: a 95 % interval then misses the truth at most 6 % of the time.

    Parameters
    ----------
    n_effective, skew : array of float, any one shape
        `skew` NaN (nothing varies) is not one-sided.

    Returns
    -------
    array of bool

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., 2.15, p. 42. Simulated under weights and
    clusters in docs/methods/coverage.md.
    """
    with np.errstate(invalid="ignore"):
        found = floats(n_effective) <= COCHRAN_FACTOR * floats(skew) ** 2
    return np.asarray(found, dtype=np.bool_)
