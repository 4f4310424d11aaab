"""Rows of a cube gathered into units that count together: a customer's, or each by itself."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from huiyin.measure.cubes.answers import answers_of
from huiyin.measure.cubes.chosen import Chosen, Ints, Placed, in_order
from huiyin.measure.cubes.coded import Coded
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.metric import Value
from huiyin.stats.distributions import floats

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

Floats = NDArray[np.float64]
_SLICED = 400
"""Cells up to which products are taken cell by cell."""


@dataclass(frozen=True, slots=True)
class Units:
    """Totals of units: one line for each unit in each cell.

    Attributes
    ----------
    placed : Placed
    cell, key : (units,) array of int
        The cell, and what tells units apart over all cells. Sorted by cell, then key.
    totals : (units, 2·values) array
        Σwv of each value, then Σw: the answers to each, where all weigh 1.
    """

    placed: Placed
    cell: Ints
    key: Ints
    totals: Floats


def unit_keys(rows: Chosen, cluster: Coded) -> Ints:
    """Tell the units of rows apart; a row whose unit is unknown is one by itself."""
    keys = rows.of(cluster).astype(np.int64)
    alone = np.flatnonzero(keys == cluster.n_values)
    if len(alone):
        keys[alone] = cluster.n_values + rows.rows()[alone]
    return keys


def n_units(cube: Cube, cluster: Coded) -> int:
    """Give a number that every unit key lies under."""
    return cluster.n_values + cube.n_rows


def gathered(
    dataset: Dataset, cube: Cube, placed: Placed, cluster: Coded, values: tuple[Value, ...]
) -> Units:
    """Sum rows up to the units of each cell."""
    whole = placed.cell * n_units(cube, cluster) + unit_keys(placed.rows, cluster)
    order, ordered = in_order(whole)
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    cell, key = np.divmod(ordered[first], n_units(cube, cluster))
    parts = [
        np.add.reduceat(one[order], first) if len(first) else np.zeros(0)
        for one in _parts(dataset, cube, placed, values)
    ]
    return Units(placed, cell, key, np.column_stack(parts))


def single(dataset: Dataset, cube: Cube, placed: Placed, values: tuple[Value, ...]) -> Units:
    """Take each row as a unit, in the order of the cells."""
    order = np.argsort(placed.cell, kind="stable")
    totals = np.column_stack(_parts(dataset, cube, placed, values))[order]
    return Units(placed, placed.cell[order], placed.rows.rows()[order], totals)


def _parts(dataset: Dataset, cube: Cube, placed: Placed, values: tuple[Value, ...]) -> list[Floats]:
    """Give the answers of rows times their weights, value by value, then the weights."""
    found = [answers_of(dataset, cube, placed, value) for value in values]
    return [*(v * above for v, above, _ in found), *(below for *_, below in found)]


def by_cell(cell: Ints, numbers: NDArray[Any], n_cells: int) -> Floats:
    """Sum numbers by the cell of each."""
    return floats(np.bincount(cell, numbers, n_cells))


def products(
    left: Floats, right: Floats, cell: Ints, n_cells: int, pairs: list[tuple[int, int]]
) -> list[Floats]:
    """Sum the products of columns over the lines of each cell; `cell` ascends.

    Returns
    -------
    list of (n_cells,) array
        One for each pair (column of left, column of right).
    """
    if len(pairs) > 3 and 0 < n_cells <= _SLICED:  # noqa: PLR2004 -- one value has three products
        ends = np.searchsorted(cell, np.arange(n_cells + 1))
        whole = np.array([left[a:b].T @ right[a:b] for a, b in pairwise(ends)])
        return [whole[:, i, j] for i, j in pairs]
    return [by_cell(cell, left[:, i] * right[:, j], n_cells) for i, j in pairs]
