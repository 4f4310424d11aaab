"""Who moved up and who moved down: the same people judged twice."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt

_ADDED = 0.5
"""Added to each of the four cells of the pairs."""


@dataclass(frozen=True, slots=True)
class NetMove:
    """Share that moved up less the share that moved down, of all pairs.

    Attributes
    ----------
    net : float
        In [-1, 1]; NaN without pairs.
    low, high : float
        Its interval, within [-1, 1].
    p : float
        That as many move up as down: exact test of McNemar; 1 where nobody moved.
    """

    net: float
    low: float
    high: float
    p: float


def net_move(up: int, down: int, n: int, *, level: float = 0.95) -> NetMove:
    """Compare how many of `n` people moved up with how many moved down.

    Parameters
    ----------
    up, down : int
        People, 0 ≤ up + down ≤ n; the rest stayed.
    n : int
    level : float, default 0.95
        Two-sided confidence level, strictly between 0 and 1.

    Returns
    -------
    NetMove
        The interval is Wald's with one half added to each cell of the pairs, which holds its
        level where few moved.

    Raises
    ------
    ValueError
        The counts do not fit together.

    References
    ----------
    Agresti & Min (2005), Statistics in Medicine 24(5):729-740, doi:10.1002/sim.1781.
    McNemar (1947), Psychometrika 12(2):153-157.

    Examples
    --------
    >>> found = net_move(150, 86, 1600)
    >>> round(found.net, 4), round(found.low, 4), round(found.high, 4)
    (0.04, 0.0212, 0.0587)
    """
    from scipy.stats import binomtest, norm

    if min(up, down) < 0 or up + down > n:
        raise ValueError((up, down, n))
    if n == 0:
        return NetMove(nan, nan, nan, nan)
    total = n + 4 * _ADDED
    plus, minus = (up + _ADDED) / total, (down + _ADDED) / total
    centre = plus - minus
    reach = float(norm.ppf((1 + level) / 2)) * sqrt((plus + minus - centre**2) / total)
    p = float(binomtest(up, up + down).pvalue) if up + down else 1.0
    return NetMove((up - down) / n, max(-1.0, centre - reach), min(1.0, centre + reach), p)
