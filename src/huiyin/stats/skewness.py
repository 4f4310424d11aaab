"""How one-sided answers are, when that is too much for Student's t, and the interval then."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from huiyin.stats.contracts import Floats, Intervals
from huiyin.stats.distributions import floats, t_quantile

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


def error_skewness(skew: ArrayLike, n_effective: ArrayLike) -> Floats:
    """Skewness of the error of a mean: that of the answers over the root of their number.

    Parameters
    ----------
    skew, n_effective : array of float, any one shape
        Under a design the effective answers stand for the independent ones.

    Returns
    -------
    array of float
        NaN without answers.
    """
    size = floats(n_effective)
    return floats(floats(skew) / np.sqrt(np.where(size > 0, size, np.nan)))


def difference_skewness(
    errors: tuple[ArrayLike, ArrayLike], error_skews: tuple[ArrayLike, ArrayLike]
) -> Floats:
    """Skewness of the error of a difference first − second of independent estimates.

    Third cumulants add up like variances: two sides that are one-sided alike cancel out, beside a
    side with a far smaller error the other keeps its own. Never above the larger of the two.

    Parameters
    ----------
    errors : pair of array of float
        Standard errors of both sides, in one unit.
    error_skews : pair of array of float
        Of both sides, see `error_skewness`.

    Returns
    -------
    array of float
        NaN where an error is unknown or both are 0.
    """
    (one, two), (skew_one, skew_two) = map(floats, errors), map(floats, error_skews)
    variance = one**2 + two**2
    known = np.where(variance > 0, variance, np.nan)
    return floats((one**3 * skew_one - two**3 * skew_two) / known**1.5)


def too_one_sided(error_skew: ArrayLike) -> NDArray[np.bool_]:
    """Tell where a t interval rests on too few answers for so one-sided a distribution.

    Cochran's rule wants n > 25·G1²: a 95 % interval then misses the truth at most 6 % of the time.

    Parameters
    ----------
    error_skew : array of float
        G1 over √n, see `error_skewness`. NaN (nothing varies) is not one-sided.

    Returns
    -------
    array of bool

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., 2.15, p. 42. Simulated under weights and
    clusters in docs/methods/coverage.md.
    """
    with np.errstate(invalid="ignore"):
        found = COCHRAN_FACTOR * floats(error_skew) ** 2 >= 1.0
    return np.asarray(found, dtype=np.bool_)


def widened_for_skewness(
    interval: Intervals, error_skew: ArrayLike, *, level: float = 0.95
) -> Intervals:
    r"""Student's t interval, its end on the side of the long tail moved out where too one-sided.

    A sample that by chance holds few answers of the tail puts the mean too far from it and the
    error too low. The first term of the expansion of t gives by how much: (2t² + 1)/6 times the
    skewness of the error, in standard errors. The other end stays that of t, so that the interval
    always holds the usual one.

    Parameters
    ----------
    interval : Intervals
        Student's t at `level`.
    error_skew : array of float, its shape
        Signed, see `error_skewness`; below 0 the low end moves. Where it is not `too_one_sided`
        the interval stays as it is.
    level : float, default 0.95
        Two-sided confidence level of `interval`.

    Returns
    -------
    Intervals
        NaN stays NaN.

    References
    ----------
    Johnson (1978), JASA 73(363):536-544 (the term, beside Student's t); Hall (1983), Annals of
    Statistics 11(2):569-576 (its inversion for an interval).

    Examples
    --------
    >>> from huiyin.stats.means import t_mean
    >>> mean = t_mean(60, 4.7, 0.5)
    >>> wide = widened_for_skewness(mean, error_skewness(-2.9, 60))
    >>> [round(float(end), 3) for end in (mean.low, wide.low, mean.high, wide.high)]
    [4.517, 4.466, 4.883, 4.883]
    """
    t = t_quantile((1.0 + level) / 2.0, interval.degrees_of_freedom)
    moves = too_one_sided(error_skew)
    shift = np.where(moves, interval.standard_error, 0.0) * skewness_term(t, error_skew)
    return replace(
        interval,
        low=interval.low + np.minimum(shift, 0.0),
        high=interval.high + np.maximum(shift, 0.0),
    )


def skewness_term(t: ArrayLike, error_skew: ArrayLike) -> Floats:
    """How far the end at `t` standard errors moves, in standard errors; 0 where little skewed."""
    term = floats(error_skew) * (2.0 * floats(t) ** 2 + 1.0) / 6.0
    return np.where(too_one_sided(error_skew), term, 0.0)


def unwidened_t(t: ArrayLike, error_skew: ArrayLike) -> Floats:
    """Give the quantile whose widened interval just ends at 0: what p is then read from.

    Parameters
    ----------
    t : array of float
        Estimate over standard error.
    error_skew : array of float, its shape
        Signed. Where the tail lies beyond the estimate as seen from 0, or the error is not
        `too_one_sided`, `t` stays as it is.

    Returns
    -------
    array of float
        |t| or less, at least 0.
    """
    distance, skew = np.abs(floats(t)), np.abs(floats(error_skew))
    towards_zero = too_one_sided(error_skew) & (floats(t) * floats(error_skew) < 0.0)
    slope = np.where(towards_zero, skew, 1.0) / 3.0
    room = np.maximum(distance - slope / 2.0, 0.0)
    solved = (np.sqrt(1.0 + 4.0 * slope * room) - 1.0) / (2.0 * slope)
    return floats(np.where(towards_zero, solved, distance))
