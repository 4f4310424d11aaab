"""Correlation matrices: weighted, with missing answers, checked, repaired; limits of replicates.

A missing answer leaves out its pairs, not its row: each correlation is taken over the rows that
answered both. Such a matrix need not be one of any complete data; `check_correlation` says so
and repairs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from huiyin.stats.contracts import Floats
from huiyin.stats.distributions import floats, normal_quantile

_CONSTANT = 1e-10  # variance among a pair's rows over overall variance, below it: constant
_ROWS_IN_CACHE = 2048
_ROUNDING = 1e-9  # spread over mean, below it: a constant in floating point
_INDEFINITE = -1e-8  # smallest eigenvalue below this is no rounding error
_COLLINEAR = 1e-8  # smallest eigenvalue of the drivers below this: exactly collinear


@dataclass(frozen=True, slots=True)
class CorrelationCheck:
    """A correlation matrix fit for use, and what was wrong with it.

    `repaired`: pairwise correlations did not fit together and were moved to near ones that do;
    `largest_change` is the most any of them moved. `collinear`: some drivers are determined by
    the others, so that their single shares are a convention.
    """

    correlation: Floats
    repaired: bool
    collinear: bool
    largest_change: float


def correlation_from_covariance(covariance: ArrayLike) -> Floats:
    """Scale a covariance matrix to correlations; NaN where a variance is not above 0."""
    matrix = floats(covariance)
    spread = np.diag(matrix)
    scale = np.sqrt(np.where(spread > 0, spread, np.nan))
    correlation = matrix / np.outer(scale, scale)
    np.fill_diagonal(correlation, 1.0)
    return floats(correlation)


def check_correlation(correlation: ArrayLike) -> CorrelationCheck:
    """Check a correlation matrix (target last) and repair it where pairs do not fit together.

    Negative eigenvalues are clipped to 0 and the diagonal is scaled back to 1.

    Parameters
    ----------
    correlation : (k + 1, k + 1) array
        Without NaN: leave constant columns out first.

    Returns
    -------
    CorrelationCheck
        The matrix to use, with flags.

    Raises
    ------
    ValueError
        The matrix holds a NaN.

    References
    ----------
    Rousseeuw and Molenberghs (1993), Communications in Statistics 22(4):965-984.
    """
    matrix = floats(correlation)
    if np.isnan(matrix).any():
        raise ValueError("a correlation is NaN: leave constant columns out")
    (mended,), (repaired,) = repair_correlations(matrix[None])
    smallest = np.linalg.eigvalsh(mended[:-1, :-1])[0]
    change = float(np.max(np.abs(mended - matrix)))
    return CorrelationCheck(mended, bool(repaired), bool(smallest < _COLLINEAR), change)


def repair_correlations(correlations: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Repair the matrices of a (b, m, m) stack that are indefinite; say which they were."""
    broken = np.linalg.eigvalsh(correlations)[:, 0] < _INDEFINITE
    if not broken.any():
        return correlations, broken
    values, vectors = np.linalg.eigh(correlations[broken])
    clipped = np.einsum("bij,bj,bkj->bik", vectors, np.maximum(values, 0.0), vectors)
    scale = np.sqrt(np.diagonal(clipped, axis1=1, axis2=2))
    mended = correlations.copy()
    mended[broken] = clipped / (scale[:, :, None] * scale[:, None, :])
    return mended, broken


def weighted_correlations(values: ArrayLike, weights: ArrayLike) -> Floats:
    """Pairwise correlations under several sets of row weights.

    Parameters
    ----------
    values : (n, m) array of float
        NaN where missing.
    weights : (b, n) array of float
        Row weights, 0 or above: survey weights, or how often each resample drew the row.

    Returns
    -------
    (b, m, m) array
        NaN where a column is constant over the pair's rows; the diagonal is 1.

    Raises
    ------
    ValueError
        The weights do not fit the rows.
    """
    rows, weight = floats(values), floats(weights)
    if weight.shape != (len(weight), len(rows)):
        raise ValueError("weights need one row per set and one column per row of values")
    standard = Standard.of(rows)
    m = rows.shape[1]
    n, first, second, product = (np.zeros((len(weight), m, m)) for _ in range(4))
    for at in row_chunks(len(rows), _ROWS_IN_CACHE):
        x, missing = standard.rows(rows[at])
        squares = x * x
        seen = (~missing).astype(np.float64) if missing.any() else np.ones((len(x), 1))
        for place, one in enumerate(weight[:, at]):
            weighted = (seen * one[:, None]).T
            product[place] += (x * one[:, None]).T @ x
            n[place] += weighted @ seen
            first[place] += (weighted @ x).T
            second[place] += (weighted @ squares).T
    return correlations_of_moments(n, first, second, product)


@dataclass(frozen=True, slots=True)
class Standard:
    """Origin and inverse spread of each column, 0 for a constant: (m,) arrays."""

    origin: Floats
    scale: Floats

    @classmethod
    def of(cls, values: Floats) -> Standard:
        """Take mean and spread of what is answered."""
        n, total, squares = np.zeros((3, values.shape[1]))
        ones = np.ones(_ROWS_IN_CACHE)  # a product with ones sums columns faster than sum()
        near = _means(values[:_ROWS_IN_CACHE])
        for at in row_chunks(len(values), _ROWS_IN_CACHE):
            x, missing = cls(near, np.ones_like(near)).rows(values[at])
            n += len(x) - missing.sum(axis=0) if missing.any() else len(x)
            total += ones[: len(x)] @ x
            squares += ones[: len(x)] @ (x * x)
        known = np.maximum(n, 1.0)
        origin = near + total / known
        spread = np.sqrt(np.maximum(squares / known - (total / known) ** 2, 0.0))
        varies = spread > _ROUNDING * np.abs(origin)
        return cls(origin, np.where(varies, 1.0 / np.where(varies, spread, 1.0), 0.0))

    def rows(self, values: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """Give standardised rows, 0 where missing or constant, and where they are missing."""
        missing = np.isnan(values)
        x = (values - self.origin) * self.scale
        if missing.any():
            x[missing] = 0.0
        return x, missing


def _means(values: Floats) -> Floats:
    answered = ~np.isnan(values)
    return floats(np.where(answered, values, 0.0).sum(axis=0) / np.maximum(answered.sum(axis=0), 1))


def row_chunks(n: int, rows: int) -> Iterator[slice]:
    """Cut n rows into slices of at most `rows`."""
    for at in range(0, n, rows):
        yield slice(at, at + rows)


def correlations_of_moments(n: Floats, first: Floats, second: Floats, product: Floats) -> Floats:
    """Turn pairwise moments of standardised columns into correlations.

    Parameters
    ----------
    n, first, second, product : (b, m, m) arrays
        Over the rows that answered i and j: their weight, Σx_i, Σx_i², Σx_i x_j.

    Returns
    -------
    (b, m, m) array
        NaN where a column is constant over the pair's rows; the diagonal is 1.
    """
    total = np.where(n > 0, n, np.nan)
    spread = second - first**2 / total
    spread = np.where(spread > _CONSTANT * total, spread, np.nan)
    covariance = product - first * first.transpose(0, 2, 1) / total
    correlation = covariance / np.sqrt(spread * spread.transpose(0, 2, 1))
    correlation = (correlation + correlation.transpose(0, 2, 1)) / 2.0
    diagonal = np.arange(n.shape[1])
    correlation[:, diagonal, diagonal] = 1.0
    return floats(np.clip(correlation, -1.0, 1.0))


def percentile_intervals(replicates: ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Percentile limits of bootstrap replicates, as R's ``boot.ci(type = "perc")``.

    Ranks (B + 1)α are interpolated on the normal quantile scale.

    Parameters
    ----------
    replicates : (b, k) array of float
        NaN replicates are left out, column by column.
    level : float, default 0.95
        Two-sided confidence level.

    Returns
    -------
    low, high : (k,) arrays
        NaN for a column with fewer than two replicates.

    References
    ----------
    Davison and Hinkley (1997), Bootstrap Methods and their Application, 5.3.1 and (5.8).
    """
    table = np.sort(floats(replicates), axis=0)  # NaN go last
    counts = np.sum(~np.isnan(table), axis=0)
    tail = (1.0 - level) / 2.0
    return _ranked(table, counts, tail), _ranked(table, counts, 1.0 - tail)


def _ranked(table: Floats, counts: NDArray[np.intp], share: float) -> Floats:
    if len(table) < 2:  # noqa: PLR2004 -- nothing to interpolate between
        return np.full(table.shape[1], np.nan)
    known = counts > 1
    n = np.where(known, counts, 2)
    below = np.clip(np.floor((n + 1.0) * share), 1, n - 1).astype(np.intp)
    columns = np.arange(table.shape[1])
    lower, upper = table[below - 1, columns], table[below, columns]
    z_low, z_high = (normal_quantile((below + step) / (n + 1.0)) for step in (0.0, 1.0))
    part = np.clip((normal_quantile(share) - z_low) / (z_high - z_low), 0.0, 1.0)
    return np.where(known, lower + part * (upper - lower), np.nan)
