"""Many tests at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.contracts import Floats
from huiyin.stats.distributions import floats


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Adjust p values so that the false-discovery rate is controlled (R: ``p.adjust("BH")``).

    Parameters
    ----------
    p : array of float, any shape
        One family of p values. NaN (nothing to test) stays NaN and is not counted.

    Returns
    -------
    array of float
        q values, same shape.

    References
    ----------
    Benjamini and Hochberg (1995), J. Royal Statistical Society B 57(1):289-300.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, float("nan")]).tolist()
    [0.02, 0.04, nan]
    """
    values = floats(p)
    q = np.full(values.shape, np.nan)
    tested = ~np.isnan(values)
    known = values[tested]
    order = np.argsort(known)[::-1]
    rank = np.arange(known.size, 0, -1)
    adjusted = np.empty_like(known)
    adjusted[order] = np.minimum.accumulate(np.minimum(known[order] * known.size / rank, 1.0))
    q[tested] = adjusted
    return q
