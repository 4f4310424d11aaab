"""Many groups at once: each estimate is pulled towards the mean, the more the less sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

Z_95 = 1.959963984540054
SMALLEST = 2


class ShrinkageError(ValueError):
    """Estimates and errors do not fit: other lengths, or an error that is not above 0."""


@dataclass(frozen=True, slots=True)
class Shrunken:
    """Shrunken estimates of groups, in the order in which they were given.

    Attributes
    ----------
    values, errors : (k,) array
        Posterior means and standard deviations, in the estimates' unit.
    centre : float
        The mean that they are pulled to.
    between : float
        Variance between the groups, 0 where chance explains all differences.
    """

    values: np.ndarray
    errors: np.ndarray
    centre: float
    between: float


def shrunken_groups(estimates: ArrayLike, errors: ArrayLike) -> Shrunken:
    """Shrink the estimates of groups: parametric empirical Bayes with a normal prior.

    Parameters
    ----------
    estimates : (k,) array of float
        One for each group, k at least 1; no missing values.
    errors : (k,) array of float
        Standard errors, finite and above 0.

    Returns
    -------
    Shrunken

    Raises
    ------
    ShrinkageError
        The lengths differ, there is no group, or an error is not above 0.

    References
    ----------
    DerSimonian & Laird (1986), Controlled Clinical Trials 7:177-188 (variance between groups).
    Morris (1983), J. American Statistical Association 78(381):47-55 (the estimates).

    Examples
    --------
    >>> found = shrunken_groups([60.0, 80.0, 70.0], [1.0, 1.0, 8.0])
    >>> [round(float(value)) for value in found.values]
    [60, 80, 70]
    """
    value, error = np.asarray(estimates, dtype=float), np.asarray(errors, dtype=float)
    if value.shape != error.shape or value.ndim != 1 or not value.size:
        raise ShrinkageError
    if not (np.isfinite(value).all() and np.isfinite(error).all() and (error > 0).all()):
        raise ShrinkageError
    between = _between(value, error)
    weight = 1 / (error**2 + between)
    centre = float(np.average(value, weights=weight))
    kept = between / (between + error**2)
    posterior = np.sqrt(kept * error**2 + (1 - kept) ** 2 / weight.sum())
    return Shrunken(centre + kept * (value - centre), posterior, centre, between)


def _between(value: np.ndarray, error: np.ndarray) -> float:
    if value.size < SMALLEST:
        return 0.0
    weight = 1 / error**2
    centre = np.average(value, weights=weight)
    spread = float(np.sum(weight * (value - centre) ** 2)) - (value.size - 1)
    scale = float(weight.sum() - np.sum(weight**2) / weight.sum())
    return max(0.0, spread / scale)


def tiers(found: Shrunken, order: ArrayLike) -> np.ndarray:
    """Give each group of a ranking its tier: those that cannot be told apart share one.

    A group begins a new tier where it differs from the first of the tier by more than chance
    (95 %).

    Parameters
    ----------
    found : Shrunken
    order : (k,) array of int
        Places of the groups, first of the ranking first.

    Returns
    -------
    (k,) array of int
        Tiers from 1, in the order of the ranking.
    """
    places = np.asarray(order, dtype=int)
    numbers = np.ones(len(places), dtype=int)
    first = 0
    for at in range(1, len(places)):
        here, there = places[first], places[at]
        apart = abs(found.values[here] - found.values[there])
        chance = Z_95 * np.hypot(found.errors[here], found.errors[there])
        begins = apart > chance
        numbers[at] = numbers[at - 1] + begins
        first = at if begins else first
    return numbers
