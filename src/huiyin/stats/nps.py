"""Net Promoter Score from counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.contracts import Floats, Intervals
from huiyin.stats.distributions import floats, normal_quantile

_ADDED_ANSWERS = 3.0  # Rocks (2016), AW(3, T): 3/4 promoters, 3/2 passives, 3/4 detractors
_NPS_LIMIT = 100.0


def adjusted_wald_nps(
    n_promoters: ArrayLike, n_passives: ArrayLike, n_detractors: ArrayLike, *, level: float = 0.95
) -> Intervals:
    """Net Promoter Score with the adjusted Wald interval, for unweighted answers.

    Three answers are added before the interval is taken (3/4 promoters, 3/2 passives, 3/4
    detractors), so that it keeps its level in small and in one-sided samples. The score itself
    is that of the answers given.

    Parameters
    ----------
    n_promoters, n_passives, n_detractors : array of int, any one shape
        Counts of 9–10, 7–8 and 0–6. Missing answers are not counted.
    level : float, default 0.95
        Two-sided confidence level, strictly between 0 and 1.

    Returns
    -------
    Intervals
        In points, limits within [−100, 100]. `standard_error` is the one behind the interval
        (never 0), with infinite degrees of freedom. NaN where nobody answered.

    References
    ----------
    Rocks (2016), The American Statistician 70(4):365-372, doi:10.1080/00031305.2016.1158124.

    Examples
    --------
    >>> nps = adjusted_wald_nps(6, 3, 1)
    >>> float(nps.estimate), round(float(nps.low), 1), round(float(nps.high), 1)
    (50.0, 2.5, 74.4)
    """
    promoters, passives, detractors = floats(n_promoters), floats(n_passives), floats(n_detractors)
    n = promoters + passives + detractors
    answered = n > 0
    known = np.where(answered, n, np.nan)
    estimate = _NPS_LIMIT * (promoters - detractors) / known
    centre, error = _adjusted(promoters, detractors, known)
    half = normal_quantile((1.0 + level) / 2.0) * error
    return Intervals(
        estimate=estimate,
        low=np.maximum(centre - half, -_NPS_LIMIT),
        high=np.minimum(centre + half, _NPS_LIMIT),
        standard_error=error,
        degrees_of_freedom=np.where(answered, np.inf, np.nan),
        method="adjusted_wald",
    )


def _adjusted(promoters: Floats, detractors: Floats, n: Floats) -> tuple[Floats, Floats]:
    total = n + _ADDED_ANSWERS
    p = (promoters + _ADDED_ANSWERS / 4.0) / total
    d = (detractors + _ADDED_ANSWERS / 4.0) / total
    variance = p + d - (p - d) ** 2
    return _NPS_LIMIT * (p - d), _NPS_LIMIT * np.sqrt(variance / total)
