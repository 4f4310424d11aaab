"""Two numbers side by side: difference, p, margin of indifference, call."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from huiyin.stats.contracts import Floats, Intervals
from huiyin.stats.distributions import floats, t_quantile, t_two_sided_p
from huiyin.stats.skewness import skewness_term, unwidened_t


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Differences with test and interval, elementwise.

    `low`, `high` at the level asked for; `inside_delta`: the interval of the equivalence test
    (90 % at level 0.95) lies inside ±delta. NaN and False where nothing can be tested.
    """

    difference: Floats
    standard_error: Floats
    degrees_of_freedom: Floats
    low: Floats
    high: Floats
    p: Floats
    inside_delta: NDArray[np.bool_]


def compare(
    difference: ArrayLike,
    standard_error: ArrayLike,
    degrees_of_freedom: ArrayLike,
    *,
    delta: ArrayLike,
    error_skew: ArrayLike = 0.0,
    level: float = 0.95,
) -> Comparisons:
    """Test differences against 0, and for equivalence within ±`delta`.

    Two one-sided tests at 1 − level each: the difference is called indifferent where its interval
    at 2·level − 1 (90 % for 0.95) lies inside ±delta.

    Parameters
    ----------
    difference, standard_error : array of float
        In one unit. A standard error of 0 or NaN leaves nothing to test.
    degrees_of_freedom : array of float or float
        Infinite for a normal test.
    delta : array of float or float
        Margin of indifference, in the unit of the difference, above 0.
    error_skew : array of float or float, default 0
        Skewness of the error of the difference, NaN as 0. Where too one-sided, the ends of both
        intervals on that side move out, and p is that of the interval that just ends at 0.
    level : float, default 0.95
        Two-sided confidence level of `low` and `high`.

    Returns
    -------
    Comparisons
        One entry per difference.

    References
    ----------
    Schuirmann (1987), J. Pharmacokinetics and Biopharmaceutics 15(6):657-680. For the skewness see
    `skewness.widened_for_skewness`.
    """
    gap, error = np.broadcast_arrays(floats(difference), floats(standard_error))
    df = np.broadcast_to(floats(degrees_of_freedom), gap.shape)
    usable = (error > 0.0) & (df > 0.0) & np.isfinite(gap)
    error_known = np.where(usable, error, np.nan)
    skew = np.broadcast_to(floats(error_skew), gap.shape)
    low, high = _ends(gap, error_known, t_quantile((1.0 + level) / 2.0, df), skew)
    near_low, near_high = _ends(gap, error_known, t_quantile(level, df), skew)
    inside = (near_low > -floats(delta)) & (near_high < floats(delta))
    return Comparisons(
        difference=floats(gap),
        standard_error=floats(error),
        degrees_of_freedom=floats(df),
        low=low,
        high=high,
        p=t_two_sided_p(unwidened_t(gap / error_known, skew), df),
        inside_delta=np.asarray(usable & inside, dtype=np.bool_),
    )


def _ends(gap: Floats, error: Floats, t: Floats, skew: Floats) -> tuple[Floats, Floats]:
    moved = skewness_term(t, skew)
    low = gap - error * (t - np.minimum(moved, 0.0))
    return low, gap + error * (t + np.maximum(moved, 0.0))


def independent_difference(first: Intervals, second: Intervals) -> tuple[Floats, Floats, Floats]:
    """Difference first − second of independent estimates: difference, standard error, df.

    Degrees of freedom by Welch and Satterthwaite; for two t means this is Welch's test.
    """
    v1, v2 = first.standard_error**2, second.standard_error**2
    total = np.where(v1 + v2 > 0, v1 + v2, np.nan)
    share = v1 / total
    loss = share**2 / first.degrees_of_freedom + (1.0 - share) ** 2 / second.degrees_of_freedom
    df = np.where(
        loss > 0, 1.0 / np.where(loss > 0, loss, 1.0), np.where(loss == 0, np.inf, np.nan)
    )
    return floats(first.estimate - second.estimate), np.sqrt(v1 + v2), floats(df)


def call(inside_delta: ArrayLike, q: ArrayLike, level: float = 0.95) -> NDArray[np.str_]:
    """Give the call: ``stable`` inside the margin, else ``real`` if q < 1 − level.

    Everything else is ``cannot_tell``, what could not be tested (NaN) included.
    """
    significant = floats(q) < 1.0 - level
    words = np.where(significant, "real", "cannot_tell")
    return np.asarray(
        np.where(np.asarray(inside_delta, dtype=bool), "stable", words), dtype=np.str_
    )
