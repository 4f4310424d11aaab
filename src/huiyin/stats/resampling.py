"""Bootstrap of correlation matrices: rows or whole clusters drawn again, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from huiyin.stats.contracts import Floats
from huiyin.stats.correlations import Standard, correlations_of_moments
from huiyin.stats.distributions import floats

_CHUNK_BYTES = 16 << 20


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
        As `correlations.weighted_correlations`.
    """
    rows = floats(values)
    weight = np.ones(len(rows)) if weights is None else floats(weights)
    standard = Standard.of(rows)
    products = _PairProducts(rows.shape[1], np.flatnonzero(np.isnan(rows.sum(axis=0))))
    order, starts = _units(len(rows), cluster)
    chunks = list(_unit_chunks(starts, len(rows), products.chunk_rows(resamples)))
    sizes = np.array([last - first for first, last in chunks])
    draws = rng.multinomial(len(starts), sizes / max(len(starts), 1), size=resamples)
    sums = np.zeros((resamples, int(products.edges[-1])))
    for (first, last), drawn in zip(chunks, draws.T, strict=True):
        at = order[starts[first] : (starts[last] if last < len(starts) else len(rows))]
        table = products.rows(*standard.rows(rows[at])) * weight[at, None]
        if cluster is not None:
            table = np.add.reduceat(table, starts[first:last] - starts[first], axis=0)
        sums += _counts(drawn, last - first, rng) @ table
    return products.correlations(sums)


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
    picks = offsets + rng.integers(0, units, offsets.size, dtype=np.uint32)
    return floats(np.bincount(picks, minlength=len(drawn) * units).reshape(len(drawn), units))


@dataclass(frozen=True, slots=True)
class _PairProducts:
    """Per-row products of standardised columns whose sums give every pairwise correlation.

    `gaps`: columns with missing values; only these need sums restricted to their rows.
    """

    columns: int
    gaps: NDArray[np.intp]

    @property
    def edges(self) -> NDArray[np.intp]:
        """Where the kinds of products end: counts, x, x_i x_j, seen_i seen_j, x_i, x_i² by gap."""
        m, q = self.columns, len(self.gaps)
        return np.cumsum([1, m, m * (m + 1) // 2, q * (q + 1) // 2, m * q, m * q])

    def chunk_rows(self, resamples: int) -> int:
        """Rows whose products, and whose counts in all resamples, fit into a chunk."""
        return max(64, int(_CHUNK_BYTES // (8 * max(self.edges[-1], resamples))))

    def rows(self, x: Floats, missing: NDArray[np.bool_]) -> Floats:
        """Give the products of some rows: (rows, products)."""
        seen = (~missing[:, self.gaps]).astype(np.float64)
        first, second = np.triu_indices(self.columns)
        one, two = np.triu_indices(len(self.gaps))
        by_gap = x[:, :, None] * seen[:, None, :]
        parts = [
            np.ones((len(x), 1)),
            x,
            x[:, first] * x[:, second],
            seen[:, one] * seen[:, two],
            by_gap.reshape(len(x), -1),
            (by_gap * x[:, :, None]).reshape(len(x), -1),
        ]
        return np.hstack(parts)

    def correlations(self, sums: Floats) -> Floats:
        """Turn sums (b, products) into correlations (b, m, m)."""
        b, m, gaps = len(sums), self.columns, self.gaps
        total, plain, upper, pairs, linear, square = np.split(sums, self.edges[:-1], axis=1)
        product = _symmetric(upper, m)
        both = _symmetric(pairs, len(gaps))
        own = both[:, np.arange(len(gaps)), np.arange(len(gaps))]
        n = np.repeat(total, m * m, axis=1).reshape(b, m, m)
        n[:, :, gaps] = own[:, None, :]
        n[:, gaps, :] = own[:, :, None]
        n[:, gaps[:, None], gaps[None, :]] = both
        first = np.repeat(plain[:, :, None], m, axis=2)
        first[:, :, gaps] = linear.reshape(b, m, len(gaps))
        second = np.repeat(product[:, np.arange(m), np.arange(m)][:, :, None], m, axis=2)
        second[:, :, gaps] = square.reshape(b, m, len(gaps))
        return correlations_of_moments(n, first, second, product)


def _symmetric(upper: Floats, m: int) -> Floats:
    full = np.empty((len(upper), m, m))
    first, second = np.triu_indices(m)
    full[:, first, second] = upper
    full[:, second, first] = upper
    return full
