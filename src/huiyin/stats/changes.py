"""Lasting changes of level in a short series of estimates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.contracts import Floats
from huiyin.stats.distributions import floats, normal_quantile

_MEDIAN_OF_NORMAL = 0.6744897501960817  # median of |z|
_NODES = 96  # quadrature nodes per step of the recursion
_SMALLEST_DISPERSION_SERIES = 6


@dataclass(frozen=True, slots=True)
class LevelShift:
    """A lasting change: `index` is the position of the first period of the new level.

    `before`, `after` are the weighted means of the neighbouring segments; `low`, `high` and `p`
    of their difference are adjusted for the search over positions and for the number of changes.
    """

    index: int
    before: float
    after: float
    difference: float
    low: float
    high: float
    p: float


def change_points(
    estimates: ArrayLike,
    standard_errors: ArrayLike,
    *,
    level: float = 0.95,
    minimum_periods: int = 2,
) -> tuple[LevelShift, ...]:
    """Find lasting shifts of level in a series of independent estimates.

    Segments are found by weighted least squares (exact, dynamic programming) under the modified
    BIC; a shift then stays only while its test, adjusted for the search, holds. Where periods
    scatter more than their standard errors say, the errors are widened to that scatter, so that
    the usual movement from month to month is no change.

    Parameters
    ----------
    estimates, standard_errors : (periods,) arrays
        In period order. Periods that are NaN, or whose error is not above 0, are left out.
    level : float, default 0.95
        A noise series gives a shift with probability of at most 1 − level.
    minimum_periods : int, default 2
        Shortest segment that counts as lasting.

    Returns
    -------
    tuple of LevelShift
        In period order; empty where nothing lasting is found or fewer than 2·minimum_periods
        periods are known.

    References
    ----------
    Zhang and Siegmund (2007), Biometrics 63(1):22-32 (modified BIC); Jackson et al. (2005), IEEE
    Signal Processing Letters 12(2):105-108 (optimal partitioning); James, James, Siegmund (1987),
    Biometrika 74(1):71-83 (tests for a change-point).
    """
    values, errors = floats(estimates), floats(standard_errors)
    known = np.flatnonzero(np.isfinite(values) & np.isfinite(errors) & (errors > 0))
    if known.size < 2 * minimum_periods:
        return ()
    values, weights = values[known], errors[known] ** -2.0
    weights = weights / _dispersion(values, weights)
    best = _partitions(values, weights, minimum_periods)
    count = _chosen_count(best, len(values))
    while count:
        shifts = _tested(values, weights, best[count][1], minimum_periods, level)
        if max(shift.p for shift in shifts) <= 1.0 - level:
            return tuple(_moved(shift, int(known[shift.index])) for shift in shifts)
        count -= 1
    return ()


def _moved(shift: LevelShift, index: int) -> LevelShift:
    return LevelShift(
        index, shift.before, shift.after, shift.difference, shift.low, shift.high, shift.p
    )


def _dispersion(values: Floats, weights: Floats) -> float:
    """Scatter of neighbouring periods over what their errors say, squared, at least 1."""
    if values.size < _SMALLEST_DISPERSION_SERIES:
        return 1.0
    step = np.abs(np.diff(values)) / np.sqrt(1.0 / weights[1:] + 1.0 / weights[:-1])
    return max(1.0, float(np.median(step) / _MEDIAN_OF_NORMAL) ** 2)


def _partitions(
    values: Floats, weights: Floats, shortest: int
) -> list[tuple[float, tuple[int, ...]]]:
    """Give, for 0, 1, 2… changes, the least weighted squares and the positions."""
    n = values.size
    cost = _segment_costs(values, weights)
    row: dict[int, tuple[float, tuple[int, ...]]] = {
        end: (cost[0, end], ()) for end in range(shortest, n + 1)
    }
    best = [row[n]]
    while (len(best) + 1) * shortest <= n:
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end in range((len(best) + 1) * shortest, n + 1):
            following[end] = min(
                (row[at][0] + cost[at, end], (*row[at][1], at))
                for at in range(len(best) * shortest, end - shortest + 1)
            )
        row = following
        best.append(row[n])
    return best


def _segment_costs(values: Floats, weights: Floats) -> Floats:
    """Weighted squares around the mean of every segment [start, end)."""
    centred = values - np.average(values, weights=weights)
    w, wy, wyy = (
        np.r_[0.0, np.cumsum(part)] for part in (weights, weights * centred, weights * centred**2)
    )
    mass = w[None, :] - w[:, None]
    moment = wy[None, :] - wy[:, None]
    squares = wyy[None, :] - wyy[:, None] - moment**2 / np.where(mass > 0, mass, np.inf)
    return floats(np.maximum(squares, 0.0))


def _chosen_count(best: list[tuple[float, tuple[int, ...]]], n: int) -> int:
    """Count the changes that the modified BIC keeps."""

    def criterion(entry: tuple[float, tuple[int, ...]]) -> float:
        lengths = np.diff(np.array([0, *entry[1], n])) / n
        return entry[0] + 3.0 * len(entry[1]) * float(np.log(n)) + float(np.sum(np.log(lengths)))

    return int(np.argmin([criterion(entry) for entry in best]))


def _tested(
    values: Floats, weights: Floats, positions: tuple[int, ...], shortest: int, level: float
) -> list[LevelShift]:
    edges = [0, *positions, values.size]
    count = len(positions)
    shifts = []
    for first, at, last in zip(edges[:-2], edges[1:-1], edges[2:], strict=True):
        before, after = slice(first, at), slice(at, last)
        low, high = (float(np.average(values[s], weights=weights[s])) for s in (before, after))
        error = float(np.sqrt(1.0 / weights[before].sum() + 1.0 / weights[after].sum()))
        search = _Search.over(weights[first:last], shortest)
        p = min(1.0, count * search.p(abs(high - low) / error))
        half = search.critical((1.0 - level) / count) * error
        gap = high - low
        shifts.append(LevelShift(at, low, high, gap, gap - half, gap + half, p))
    return shifts


@dataclass(frozen=True, slots=True)
class _Search:
    """Null distribution of the largest |z| over the split positions of a segment.

    The standardised contrasts of a segment form a Markov chain with these correlations between
    neighbours, so that the chance to stay within a limit is a chain of one-dimensional integrals.
    """

    correlations: Floats

    @classmethod
    def over(cls, weights: Floats, shortest: int) -> _Search:
        share = (np.cumsum(weights) / weights.sum())[shortest - 1 : len(weights) - shortest]
        odds = share / (1.0 - share)
        return cls(np.sqrt(odds[:-1] / odds[1:]))

    def p(self, limit: float) -> float:
        """Chance that noise alone gives a |z| above `limit` somewhere."""
        nodes, widths = np.polynomial.legendre.leggauss(_NODES)
        nodes, widths = nodes * limit, widths * limit
        density = np.exp(-0.5 * nodes**2) / np.sqrt(2.0 * np.pi)
        for r in self.correlations:
            spread = np.sqrt(1.0 - r * r)
            step = np.exp(-0.5 * ((nodes[:, None] - r * nodes[None, :]) / spread) ** 2)
            density = step @ (widths * density) / (np.sqrt(2.0 * np.pi) * spread)
        return float(np.clip(1.0 - widths @ density, 0.0, 1.0))

    def critical(self, p: float) -> float:
        """Limit that noise alone exceeds with chance `p`."""
        low = float(normal_quantile(1.0 - p / 2.0))
        high = float(normal_quantile(1.0 - p / 2.0 / (len(self.correlations) + 1.0))) + 1e-9
        for _ in range(40):
            middle = (low + high) / 2.0
            low, high = (middle, high) if self.p(middle) > p else (low, middle)
        return high
