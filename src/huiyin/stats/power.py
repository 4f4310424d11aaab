"""How many answers a decision needs."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.contracts import Floats
from huiyin.stats.distributions import floats, noncentral_t_above, normal_quantile, t_quantile

_SEARCH_STEPS = 60


def answers_needed(
    standard_deviation: ArrayLike, delta: ArrayLike, *, level: float = 0.95, power: float = 0.8
) -> Floats:
    """Answers per group so that a two-sided t test finds a difference of `delta`.

    Parameters
    ----------
    standard_deviation, delta : array of float
        In one unit, both above 0.
    level : float, default 0.95
        1 − significance level.
    power : float, default 0.8
        Chance to find the difference.

    Returns
    -------
    array of float
        Not rounded, at least 2 (R: ``power.t.test``); NaN where an input is not above 0.
    """
    spread, margin = floats(standard_deviation), floats(delta)
    usable = (spread > 0) & (margin > 0)
    effect = np.where(usable, margin, np.nan) / np.where(usable, spread, np.nan)
    rough = 2.0 * (_decision_width(level, power) / effect) ** 2
    low, high = np.full_like(rough, 2.0), rough + 10.0
    for _ in range(_SEARCH_STEPS):
        middle = (low + high) / 2.0
        enough = _t_power(middle, effect, level) >= power
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.where(usable, high, np.nan)


def n_more(
    n: ArrayLike,
    standard_error: ArrayLike,
    delta: ArrayLike,
    *,
    level: float = 0.95,
    power: float = 0.8,
) -> Floats:
    """About how many more answers would decide a comparison at the margin `delta`.

    Enough to call a true difference of 0 stable *and* a true difference of `delta` real, each
    with the given power; the error is taken to fall with the root of the number of answers, in
    the same mix of groups and the same design.

    Parameters
    ----------
    n : array of float
        Answers behind the difference now, both sides together.
    standard_error : array of float
        Of the difference now.
    delta : array of float
        Margin of indifference.

    Returns
    -------
    array of float
        Whole numbers, 0 where there are enough; NaN where an input is missing.
    """
    margin = np.where(floats(delta) > 0, floats(delta), np.nan)
    error = np.where(floats(standard_error) > 0, floats(standard_error), np.nan)
    factor = (error * _call_width(level, power) / margin) ** 2
    return np.maximum(np.ceil(floats(n) * (factor - 1.0)), 0.0)


def n_more_on_one_side(
    n: ArrayLike,
    standard_error: ArrayLike,
    other_error: ArrayLike,
    delta: ArrayLike,
    *,
    level: float = 0.95,
    power: float = 0.8,
) -> Floats:
    """About how many more answers on one side decide, the other side staying as it is.

    Parameters
    ----------
    n : array of float
        Answers of the side that can grow.
    standard_error : array of float
        Of the difference now.
    other_error : array of float
        Of the side that stays. What is left of the variance of the difference falls with the
        number of answers.
    delta : array of float
        Margin of indifference.

    Returns
    -------
    array of float
        Whole numbers, 0 where there are enough; NaN where an input is missing, or where the other
        side alone is too uncertain for any number to decide or makes up the whole error.
    """
    margin = np.where(floats(delta) > 0, floats(delta), np.nan)
    error = np.where(floats(standard_error) > 0, floats(standard_error), np.nan)
    wanted, fixed = (margin / _call_width(level, power)) ** 2, floats(other_error) ** 2
    left = np.where((wanted > fixed) & (error**2 > fixed), wanted - fixed, np.nan)
    factor = (error**2 - fixed) / left
    return np.maximum(np.ceil(floats(n) * (factor - 1.0)), 0.0)


def n_more_for_half_width(n: ArrayLike, half_width: ArrayLike, wanted: ArrayLike) -> Floats:
    """About how many more answers bring an interval to a half-width, from its width now.

    The width is taken to fall with the root of the number of answers, in the same mix of groups.

    Parameters
    ----------
    n : array of float
        Answers behind the interval now.
    half_width, wanted : array of float
        Half of the interval now, and as it shall be; in one unit, both above 0.

    Returns
    -------
    array of float
        Whole numbers, 0 where there are enough; NaN where an input is missing.

    Examples
    --------
    >>> float(n_more_for_half_width(100, 6.0, 3.0))
    300.0
    """
    now = np.where(floats(half_width) > 0, floats(half_width), np.nan)
    goal = np.where(floats(wanted) > 0, floats(wanted), np.nan)
    return np.maximum(np.ceil(floats(n) * ((now / goal) ** 2 - 1.0)), 0.0)


def _call_width(level: float, power: float) -> float:
    """Margin over error at which both calls, stable and real, have the power."""
    inside = normal_quantile(level) + normal_quantile((1.0 + power) / 2.0)
    return float(np.maximum(_decision_width(level, power), inside))


def _decision_width(level: float, power: float) -> float:
    return float(normal_quantile((1.0 + level) / 2.0) + normal_quantile(power))


def _t_power(n: Floats, effect: Floats, level: float) -> Floats:
    df = 2.0 * (n - 1.0)
    return noncentral_t_above(t_quantile((1.0 + level) / 2.0, df), df, np.sqrt(n / 2.0) * effect)
