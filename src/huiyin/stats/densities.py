"""Kernel density of single values: how close together they lie, as a smooth curve."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.contracts import Floats
from huiyin.stats.distributions import floats

NORMAL_IQR = 1.34
"""Quartiles of a normal distribution lie this many standard deviations apart."""
SILVERMAN = 0.9
_FIFTH = -0.2


def silverman_bandwidth(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Give Silverman's rule of thumb for a Gaussian kernel: 0.9 min(s, IQR/1.34) n^(-1/5).

    Parameters
    ----------
    values : (n,) array of float
        Finite.
    weights : (n,) array of float, optional
        Not negative; n is then the effective number, (sum w)^2 / sum w^2.

    Returns
    -------
    float
        In the unit of the values; s alone where half of them are one value. 0 where all are one
        value, or there are fewer than two: there is no curve then.

    References
    ----------
    Silverman (1986), Density Estimation for Statistics and Data Analysis, eq. 3.31; as
    ``bw.nrd0`` of R.

    Examples
    --------
    >>> round(silverman_bandwidth([1.0, 2.0, 3.0, 4.0, 5.0]), 4)
    0.9735
    """
    given = floats(values)
    if len(given) < 2 or np.ptp(given) == 0:  # noqa: PLR2004 -- a spread needs two
        return 0.0
    parts = _parts(given, weights)
    n = 1.0 / float(parts @ parts)
    if n <= 1.0:
        return 0.0
    middle = float(parts @ given)
    deviation = float(np.sqrt(parts @ (given - middle) ** 2 * n / (n - 1.0)))
    width = _quartile_range(given, weights) / NORMAL_IQR
    return SILVERMAN * (min(deviation, width) or deviation) * float(n**_FIFTH)


def kernel_density(
    values: ArrayLike,
    at: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    bandwidth: float,
    least: float | None = None,
) -> Floats:
    """Give the Gaussian kernel density of values at some places.

    Parameters
    ----------
    values : (n,) array of float
        Finite, at least one.
    at : (m,) array of float
    weights : (n,) array of float, optional
    bandwidth : float
        Above 0, in the unit of the values.
    least : float, optional
        No value can lie below: what the kernels put there is turned back at this end.

    Returns
    -------
    (m,) array of float
        Per unit of the values; its integral over all places is 1. 0 below `least`.

    References
    ----------
    Silverman (1986), Density Estimation for Statistics and Data Analysis, ch. 2.4 and 2.10.

    Examples
    --------
    >>> kernel_density([0.0], [0.0, 1.0], bandwidth=1.0).round(4).tolist()
    [0.3989, 0.242]
    """
    given, places = floats(values), floats(at)
    parts = _parts(given, weights)

    def heights(where: Floats) -> Floats:
        steps = [float(parts @ np.exp(-0.5 * ((one - given) / bandwidth) ** 2)) for one in where]
        return floats(floats(steps) / (bandwidth * np.sqrt(2.0 * np.pi)))

    if least is None:
        return heights(places)
    folded = heights(places) + heights(2.0 * least - places)
    return floats(np.where(places < least, 0.0, folded))


def _parts(values: Floats, weights: ArrayLike | None) -> Floats:
    parts = np.ones(len(values)) if weights is None else floats(weights)
    return floats(parts / parts.sum())


def _quartile_range(values: Floats, weights: ArrayLike | None) -> float:
    if weights is None:
        first, third = np.quantile(values, (0.25, 0.75))
    else:
        first, third = np.quantile(
            values, (0.25, 0.75), weights=floats(weights), method="inverted_cdf"
        )
    return float(third - first)
