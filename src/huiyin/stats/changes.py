"""Lasting changes of level in a short series of estimates."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.contracts import Floats
from huiyin.stats.distributions import chi_square_quantile, floats, normal_two_sided_p

_MEDIAN_OF_NORMAL = 0.6744897501960817  # median of |z|
_NODES = 48  # quadrature nodes per step of the recursion
_LIMITS = np.linspace(0.1, 7.0, 70)  # |z| at which the null distribution is tabulated
_SCALES = (np.arange(40) + 0.5) / 40.0  # quantiles over which an estimated scatter is averaged
_LARGEST_LIMIT = 1e4
_SMALL_TAIL = 1e-9  # below it one minus the integral is rounding error: the sum of tails is used


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
    best = _partitions(values, weights, minimum_periods)
    for count in range(_most_changes(best, values, weights), 0, -1):
        scatter = _Scatter.around(best[count][0], values.size - 1 - 2 * count)
        segments = _Segments(values, weights / scatter.dispersion, best[count][1], minimum_periods)
        shifts = _tested(segments, scatter.degrees_of_freedom, level)
        if max(shift.p for shift in shifts) <= 1.0 - level:
            return tuple(replace(shift, index=int(known[shift.index])) for shift in shifts)
    return ()


@dataclass(frozen=True, slots=True)
class _Scatter:
    """How much periods scatter around their segments beyond their errors (1: not at all).

    Infinite degrees of freedom where the errors alone explain the scatter.
    """

    dispersion: float
    degrees_of_freedom: float

    @classmethod
    def around(cls, squares: float, freedom: int) -> _Scatter:
        if freedom < 1:
            return cls(1.0, np.inf) if squares <= 1.0 else cls(squares, 1.0)
        dispersion = squares / freedom
        return cls(dispersion, float(freedom)) if dispersion > 1.0 else cls(1.0, np.inf)


@dataclass(frozen=True, slots=True)
class _Segments:
    values: Floats
    weights: Floats
    positions: tuple[int, ...]
    shortest: int


def _usual_step(values: Floats, weights: Floats) -> float:
    """Squared scatter of neighbouring periods over what their errors say, at least 1; robust."""
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


def _most_changes(
    best: list[tuple[float, tuple[int, ...]]], values: Floats, weights: Floats
) -> int:
    """Count the changes that the modified BIC keeps: where the tests begin."""
    n, dispersion = values.size, _usual_step(values, weights)

    def criterion(entry: tuple[float, tuple[int, ...]]) -> float:
        lengths = np.diff(np.array([0, *entry[1], n])) / n
        penalty = 3.0 * len(entry[1]) * float(np.log(n)) + float(np.sum(np.log(lengths)))
        return entry[0] / dispersion + penalty

    return int(np.argmin([criterion(entry) for entry in best]))


def _tested(segments: _Segments, freedom: float, level: float) -> list[LevelShift]:
    values, weights = segments.values, segments.weights
    edges = [0, *segments.positions, values.size]
    count = len(segments.positions)
    shifts = []
    for first, at, last in zip(edges[:-2], edges[1:-1], edges[2:], strict=True):
        sides = (slice(first, at), slice(at, last))
        low, high = (float(np.average(values[s], weights=weights[s])) for s in sides)
        error = float(np.sqrt(sum(1.0 / weights[s].sum() for s in sides)))
        search = _Search.over(weights[first:last], segments.shortest, freedom)
        p = min(1.0, count * search.p(abs(high - low) / error))
        half = search.critical((1.0 - level) / count) * error
        gap = high - low
        shifts.append(LevelShift(at, low, high, gap, gap - half, gap + half, p))
    return shifts


@dataclass(frozen=True, slots=True)
class _Search:
    """Null distribution of the largest |z| over the split positions of a segment.

    `log_tail`: log chance that noise exceeds each of `_LIMITS` somewhere; `scales`: the
    estimated error over the true one, over its distribution.
    """

    positions: int
    log_tail: Floats
    scales: Floats

    @classmethod
    def over(cls, weights: Floats, shortest: int, freedom: float) -> _Search:
        share = (np.cumsum(weights) / weights.sum())[shortest - 1 : len(weights) - shortest]
        odds = share / (1.0 - share)
        scales = np.ones(1)
        if np.isfinite(freedom):
            scales = np.sqrt(chi_square_quantile(_SCALES, freedom) / freedom)
        return cls(share.size, _log_tail(np.sqrt(odds[:-1] / odds[1:])), scales)

    def p(self, limit: float) -> float:
        """Chance that noise alone gives a |z| above `limit` somewhere."""
        limits = limit * self.scales
        inside = np.exp(np.interp(limits, np.r_[0.0, _LIMITS], np.r_[0.0, self.log_tail]))
        beyond = np.minimum(self.positions * normal_two_sided_p(limits), 1.0)
        return float(np.mean(np.where(limits <= _LIMITS[-1], inside, beyond)))

    def critical(self, p: float) -> float:
        """Limit that noise alone exceeds with chance `p`."""
        low, high = 0.0, _LARGEST_LIMIT
        for _ in range(50):
            middle = (low + high) / 2.0
            low, high = (middle, high) if self.p(middle) > p else (low, middle)
        return high


def _log_tail(correlations: Floats) -> Floats:
    """Log chance that a chain of standard normals leaves ±limit, for each of `_LIMITS`.

    The standardised contrasts of all splits form a Markov chain (neighbours correlate by the
    root of the ratio of their odds), so the chance to stay inside is a chain of one-dimensional
    integrals, by Gauss-Legendre quadrature.
    """
    nodes, widths = np.polynomial.legendre.leggauss(_NODES)
    x, w = _LIMITS[:, None] * nodes, _LIMITS[:, None] * widths
    density = np.exp(-0.5 * x**2) / np.sqrt(2.0 * np.pi)
    for r in correlations:
        spread = np.sqrt(1.0 - r * r)
        step = np.exp(-0.5 * ((x[:, :, None] - r * x[:, None, :]) / spread) ** 2)
        density = np.einsum("lij,lj->li", step, w * density) / (np.sqrt(2.0 * np.pi) * spread)
    stays = np.clip(np.sum(w * density, axis=1), 0.0, 1.0)
    bound = np.minimum((len(correlations) + 1.0) * normal_two_sided_p(_LIMITS), 1.0)
    tail = np.where(bound < _SMALL_TAIL, bound, 1.0 - stays)
    return floats(np.log(np.maximum(tail, normal_two_sided_p(_LIMITS))))
