"""Control charts: whether a process is steady, by its own short-term variation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.distributions import floats

SIGMA_FROM_RANGE = 1.128
"""Expected range of two normal values, in standard deviations (d2 for n = 2)."""
THREE_SIGMA = 3.0
RUN = 8
"""So many values in a row on one side of the centre: Western Electric, rule 4."""


@dataclass(frozen=True, slots=True)
class ControlLimits:
    """Centre and limits of single values, and which values say that something is at work.

    Attributes
    ----------
    centre, low, high : float
        In the values' unit; NaN with fewer than two values.
    beyond : tuple of int
        Places of values outside the limits.
    runs : tuple of int
        Places of values in a run of eight or more on one side of the centre.
    """

    centre: float
    low: float
    high: float
    beyond: tuple[int, ...]
    runs: tuple[int, ...]


def individuals_limits(values: ArrayLike) -> ControlLimits:
    """Give the limits of a chart of single values with moving ranges (XmR).

    Parameters
    ----------
    values : (n,) array of float
        In the order of time. NaN: nothing is known of that place; ranges and runs skip it.

    Returns
    -------
    ControlLimits

    References
    ----------
    Shewhart (1931), Economic Control of Quality of Manufactured Product.
    Wheeler and Chambers (1992), Understanding Statistical Process Control, 2nd ed., ch. 3.
    Western Electric (1956), Statistical Quality Control Handbook, pp. 25-28.

    Examples
    --------
    >>> found = individuals_limits([10.0, 12.0, 11.0, 13.0, 12.0])
    >>> round(found.centre, 2), round(found.low, 2), round(found.high, 2)
    (11.6, 7.61, 15.59)
    """
    given = floats(values)
    places = np.flatnonzero(np.isfinite(given))
    known = given[places]
    if len(known) < 2:  # noqa: PLR2004 -- a range needs two
        return ControlLimits(np.nan, np.nan, np.nan, (), ())
    centre = float(known.mean())
    reach = THREE_SIGMA * float(np.abs(np.diff(known)).mean()) / SIGMA_FROM_RANGE
    outside = np.abs(known - centre) > reach
    return ControlLimits(
        centre,
        centre - reach,
        centre + reach,
        tuple(places[outside].tolist()),
        tuple(places[_in_runs(np.sign(known - centre))].tolist()),
    )


def _in_runs(sides: np.ndarray) -> np.ndarray:
    """Mark what stands in a run of one side; a value on the centre ends a run."""
    marked = np.zeros(len(sides), dtype=bool)
    start = 0
    for end in range(1, len(sides) + 1):
        if end < len(sides) and sides[end] == sides[start]:
            continue
        if sides[start] != 0 and end - start >= RUN:
            marked[start:end] = True
        start = end
    return marked
