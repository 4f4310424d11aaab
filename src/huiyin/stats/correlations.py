"""Correlation matrices: weighted, with missing answers, resampled, checked and repaired.

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

_CHUNK_BYTES = 16 << 20
_CONSTANT = 1e-10  # variance in a resample over overall variance, below it: constant
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
    """
    rows, weight = floats(values), floats(weights)
    products = _PairProducts.of(rows)
    sums = np.zeros((len(weight), products.width))
    for at in products.chunks():
        sums += weight[:, at] @ products.rows(rows[at])
    return products.correlations(sums)


def resample_correlations(
    values: ArrayLike,
    resamples: int,
    rng: np.random.Generator,
    *,
    weights: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
) -> Floats:
    """Pairwise correlations of bootstrap resamples of the rows, or of whole clusters.

    Memory is bounded by chunks; each resample is an exact multinomial draw.

    Parameters
    ----------
    values : (n, m) array of float
        NaN where missing; target last where `importance` is to follow.
    resamples : int
        How many.
    rng : numpy Generator
        Its state decides the resamples.
    weights : (n,) array of float, optional
        Survey weights, kept with their rows.
    cluster : (n,) array of int, optional
        Rows of one cluster (customer) are drawn together.

    Returns
    -------
    (resamples, m, m) array
        As `weighted_correlations`.
    """
    rows = floats(values)
    weight = np.ones(len(rows)) if weights is None else floats(weights)
    products = _PairProducts.of(rows)
    order, starts = _units(len(rows), cluster)
    chunks = list(_unit_chunks(starts, len(rows), products.chunk_rows))
    sizes = np.array([last - first for first, last in chunks])
    draws = rng.multinomial(len(starts), sizes / max(len(starts), 1), size=resamples)
    sums = np.zeros((resamples, products.width))
    for (first, last), drawn in zip(chunks, draws.T, strict=True):
        at = order[starts[first] : (starts[last] if last < len(starts) else len(rows))]
        table = products.rows(rows[at]) * weight[at, None]
        if cluster is not None:
            table = np.add.reduceat(table, starts[first:last] - starts[first], axis=0)
        sums += _counts(drawn, last - first, rng) @ table
    return products.correlations(sums)


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


def _units(n: int, cluster: ArrayLike | None) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give the row order, and where each resampled unit starts in it."""
    if cluster is None:
        return np.arange(n), np.arange(n)
    codes = np.asarray(cluster)
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    return order, np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]][: len(ordered)])


def _unit_chunks(starts: NDArray[np.intp], n: int, rows: int) -> Iterator[tuple[int, int]]:
    """Cut the units into runs of about `rows` rows."""
    edges = np.searchsorted(starts, np.arange(0, n, rows))
    edges = np.unique(np.r_[edges, len(starts)])
    yield from zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)


def _counts(drawn: NDArray[np.intp], units: int, rng: np.random.Generator) -> Floats:
    """Count how often each resample draws each of the chunk's units: (resamples, units)."""
    offsets = np.repeat(np.arange(len(drawn)) * units, drawn)
    picks = offsets + rng.integers(0, units, offsets.size)
    return floats(np.bincount(picks, minlength=len(drawn) * units).reshape(len(drawn), units))


@dataclass(frozen=True, slots=True)
class _PairProducts:
    """Per-row products whose weighted sums give every pairwise correlation.

    Columns are centred at their overall mean first, missing values hold 0. `gaps`: columns with
    missing values; only these need sums restricted to their rows.
    """

    n: int
    centre: Floats
    variance: Floats
    gaps: NDArray[np.intp]

    @classmethod
    def of(cls, values: Floats) -> _PairProducts:
        missing = np.isnan(values)
        known = np.maximum((~missing).sum(axis=0), 1)
        centre = np.where(missing, 0.0, values).sum(axis=0) / known
        variance = (np.where(missing, 0.0, values - centre) ** 2).sum(axis=0) / known
        return cls(len(values), centre, variance, np.flatnonzero(missing.any(axis=0)))

    @property
    def width(self) -> int:
        m, q = len(self.centre), len(self.gaps)
        return 1 + m + m * (m + 1) // 2 + q * (q + 1) // 2 + 2 * m * q

    @property
    def chunk_rows(self) -> int:
        return max(64, _CHUNK_BYTES // (8 * self.width))

    def chunks(self) -> Iterator[slice]:
        for at in range(0, self.n, self.chunk_rows):
            yield slice(at, at + self.chunk_rows)

    def rows(self, values: Floats) -> Floats:
        """Give the products of some rows: (rows, width)."""
        there = ~np.isnan(values)
        x = np.where(there, values - self.centre, 0.0)
        seen = there[:, self.gaps].astype(np.float64)
        m, q = x.shape[1], seen.shape[1]
        first, second = np.triu_indices(m)
        one, two = np.triu_indices(q)
        parts = [
            np.ones((len(x), 1)),
            x,
            x[:, first] * x[:, second],
            seen[:, one] * seen[:, two],
            (x[:, :, None] * seen[:, None, :]).reshape(len(x), m * q),
            (x[:, :, None] ** 2 * seen[:, None, :]).reshape(len(x), m * q),
        ]
        return np.hstack(parts)

    def correlations(self, sums: Floats) -> Floats:
        """Turn weighted sums (b, width) into correlations (b, m, m)."""
        n, first, second, product = self._moments(sums)
        total = np.where(n > 0, n, np.nan)
        covariance = product - first * first.transpose(0, 2, 1) / total
        spread = second - first**2 / total
        floor = _CONSTANT * self.variance[:, None] * total
        spread = np.where(spread > floor, spread, np.nan)
        correlation = covariance / np.sqrt(spread * spread.transpose(0, 2, 1))
        diagonal = np.arange(len(self.centre))
        correlation[:, diagonal, diagonal] = 1.0
        return floats(np.clip(correlation, -1.0, 1.0))

    def _moments(self, sums: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Give n, Σx_i and Σx_i² over rows that answered i and j, and Σx_i x_j: (b, m, m) each."""
        b, m, q = len(sums), len(self.centre), len(self.gaps)
        edges = np.cumsum([1, m, m * (m + 1) // 2, q * (q + 1) // 2, m * q])
        total, plain, upper, pairs, linear, square = np.split(sums, edges, axis=1)
        product = _symmetric(upper, m)
        n = np.repeat(total, m * m, axis=1).reshape(b, m, m)
        both = _symmetric(pairs, q)
        own = both[:, np.arange(q), np.arange(q)]
        n[:, :, self.gaps] = own[:, None, :]
        n[:, self.gaps, :] = own[:, :, None]
        n[:, self.gaps[:, None], self.gaps[None, :]] = both
        first = np.repeat(plain[:, :, None], m, axis=2)
        first[:, :, self.gaps] = linear.reshape(b, m, q)
        diagonal = product[:, np.arange(m), np.arange(m)]
        second = np.repeat(diagonal[:, :, None], m, axis=2)
        second[:, :, self.gaps] = square.reshape(b, m, q)
        return n, first, second, product


def _symmetric(upper: Floats, m: int) -> Floats:
    full = np.empty((len(upper), m, m))
    first, second = np.triu_indices(m)
    full[:, first, second] = upper
    full[:, second, first] = upper
    return full
