"""Whether the rows of a cross-table differ: chi-square, by random tables, or by design."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from huiyin.analyse.ports import Corridor
from huiyin.analyse.table_shapes import Table, is_sparse
from huiyin.stats.contracts import Floats, TestResult
from huiyin.stats.tables import (
    chi_square,
    rao_scott_chi_square,
)

PERMUTATIONS = 2_000
_MOST_SAMPLED = 20_000


def tested_counts(corridor: Corridor, table: Table, seed: int) -> TestResult:
    """Test as the sample was drawn: by design, by random tables if sparse, else by chi-square."""
    weighted = not np.allclose(table.counts, table.weights)
    if weighted or is_clustered(corridor):
        return _design_test(corridor, table)
    if is_sparse(table.counts):
        return permutation_test(table.counts, np.random.default_rng(seed))
    return chi_square(table.counts)


def is_clustered(corridor: Corridor) -> bool:
    """Tell whether customers answered more than once, so that rows are not independent."""
    return corridor.row_sample((), maximum=1).cluster is not None


def permutation_test(counts: Floats, rng: np.random.Generator) -> TestResult:
    """Test independence by random tables with the same margins (Patefield's null).

    Parameters
    ----------
    counts : (rows, columns) array
    rng : Generator

    Returns
    -------
    TestResult
        Pearson's statistic; p = (1 + tables at least as extreme) / (1 + tables).
    """
    seen = chi_square(counts)
    rows, columns = counts.sum(axis=1).astype(int), counts.sum(axis=0).astype(int)
    expected = np.outer(rows, columns) / rows.sum()
    tables = _random_tables(rows, columns, rng)
    found = np.sum((tables - expected) ** 2 / expected, axis=(1, 2))
    extreme = int((found >= seen.statistic * (1 - 1e-9)).sum())
    p = (1 + extreme) / (1 + PERMUTATIONS)
    return replace(seen, p=p, method="chi_square_permutation")


def _random_tables(rows: np.ndarray, columns: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw `PERMUTATIONS` tables with these margins, cell by cell, all draws at once."""
    tables = np.zeros((PERMUTATIONS, len(rows), len(columns)))
    left = np.tile(columns, (PERMUTATIONS, 1))
    for i, size in enumerate(rows):
        open_places = np.full(PERMUTATIONS, size)
        for j in range(len(columns)):
            others = left[:, j + 1 :].sum(axis=1)
            drawn = rng.hypergeometric(left[:, j], others, open_places)
            tables[:, i, j] = drawn
            left[:, j] -= drawn
            open_places -= drawn
    return tables


def _design_test(corridor: Corridor, table: Table) -> TestResult:
    """Rao–Scott from a sample of rows, each customer (or row) a sampling unit."""
    sides = (table.row, table.column)
    words = tuple(s.column.name for s in sides if not s.rated)
    rated = tuple(s.column.name for s in sides if s.rated)
    sample = corridor.row_sample(rated, texts=words, maximum=_MOST_SAMPLED)
    places = []
    for side in sides:
        if side.rated:
            codes = sample.values[:, rated.index(side.column.name)]
            values = [None if np.isnan(c) else f"{c!r}" for c in codes.tolist()]
        else:
            values = list(sample.texts[side.column.name])
        places.append([None if v is None else side.group_of(v) for v in values])
    rows = [k for k, pair in enumerate(zip(*places, strict=True)) if None not in pair]
    if not rows:
        return TestResult(np.nan, np.nan, np.nan, "rao_scott")
    unit = np.arange(sample.n) if sample.cluster is None else sample.cluster
    unit = np.unique(np.asarray(unit)[rows], return_inverse=True)[1].reshape(-1)
    weight = np.ones(sample.n) if sample.weights is None else np.nan_to_num(sample.weights)
    totals = np.zeros((int(unit.max()) + 1, len(table.row.names), len(table.column.names)))
    at = (unit, np.array([places[0][k] for k in rows]), np.array([places[1][k] for k in rows]))
    np.add.at(totals, at, weight[rows])
    return rao_scott_chi_square(totals, len(rows))
