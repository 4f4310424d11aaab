"""Quantiles and tails of the usual distributions, typed and vectorised over `scipy.special`."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.contracts import Floats
from huiyin.stats.ufuncs import import_ufuncs

special = import_ufuncs()

_NO_FREEDOM = 1e-9  # degrees of freedom at or below it are none
_FAR_SHIFT = 30.0  # standard errors; the limits asked for lie far below


def floats(values: ArrayLike) -> Floats:
    """Give `values` as an array of float64."""
    return np.asarray(values, dtype=np.float64)


def normal_quantile(share: ArrayLike) -> Floats:
    """Quantile of the standard normal distribution at `share` in (0, 1)."""
    return floats(special.ndtri(floats(share)))


def normal_two_sided_p(z: ArrayLike) -> Floats:
    """Two-sided p of a standard normal statistic."""
    return floats(2.0 * special.ndtr(-np.abs(floats(z))))


def t_quantile(share: ArrayLike, degrees_of_freedom: ArrayLike) -> Floats:
    """Quantile of Student's t; infinite degrees of freedom give the normal, none the NaN."""
    df = floats(degrees_of_freedom)
    finite = np.isfinite(df) & (df > _NO_FREEDOM)
    quantile = floats(special.stdtrit(np.where(finite, df, 1.0), floats(share)))
    return np.where(finite, quantile, np.where(df == np.inf, normal_quantile(share), np.nan))


def t_two_sided_p(t: ArrayLike, degrees_of_freedom: ArrayLike) -> Floats:
    """Two-sided p of Student's t; infinite degrees of freedom give the normal."""
    df = floats(degrees_of_freedom)
    finite = np.isfinite(df) & (df > _NO_FREEDOM)
    tail = floats(2.0 * special.stdtr(np.where(finite, df, 1.0), -np.abs(floats(t))))
    return np.where(finite, tail, np.where(df == np.inf, normal_two_sided_p(t), np.nan))


def noncentral_t_above(limit: ArrayLike, degrees_of_freedom: ArrayLike, shift: ArrayLike) -> Floats:
    """Chance that a noncentral t exceeds `limit`, a limit far below a large `shift` included."""
    below = floats(special.nctdtr(floats(degrees_of_freedom), floats(shift), floats(limit)))
    certain = np.isnan(below) & (floats(shift) > _FAR_SHIFT)  # scipy gives NaN out there
    return 1.0 - np.where(certain, 0.0, below)


def beta_quantile(share: ArrayLike, first: ArrayLike, second: ArrayLike) -> Floats:
    """Quantile of the beta distribution; NaN where a shape is not above 0."""
    return floats(special.betaincinv(floats(first), floats(second), floats(share)))


def chi_square_tail(statistic: ArrayLike, degrees_of_freedom: ArrayLike) -> Floats:
    """Chance that a chi-square variable exceeds `statistic`."""
    return floats(special.chdtrc(floats(degrees_of_freedom), floats(statistic)))


def chi_square_quantile(share: ArrayLike, degrees_of_freedom: ArrayLike) -> Floats:
    """Quantile of the chi-square distribution at `share` in (0, 1)."""
    return floats(special.chdtri(floats(degrees_of_freedom), 1.0 - floats(share)))


def f_tail(statistic: ArrayLike, numerator: ArrayLike, denominator: ArrayLike) -> Floats:
    """Chance that an F variable exceeds `statistic`."""
    return floats(special.fdtrc(floats(numerator), floats(denominator), floats(statistic)))
