"""Rows of a cube gathered into units that count together: a customer's, or each by itself."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from huiyin.measure.cubes.chosen import Chosen, Ints, Placed
from huiyin.measure.cubes.coded import Coded
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.values import numbers_by_code
from huiyin.measure.metric import Value
from huiyin.stats.distributions import floats

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
        Σv of each value, then the answers to each.
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


def answers_of(
    rows: Chosen, columns: list[Coded], values: tuple[Value, ...]
) -> tuple[list[Floats], list[Floats]]:
    """Give (v, answered) of rows, value by value; v is 0 where nobody answered."""
    numbers, there = [], []
    for column, value in zip(columns, values, strict=True):
        by_code = numbers_by_code(column, value)
        codes = rows.of(column)
        numbers.append(np.nan_to_num(by_code)[codes])
        there.append((~np.isnan(by_code)).astype(np.float64)[codes])
    return numbers, there


def gathered(
    cube: Cube, placed: Placed, cluster: Coded, columns: list[Coded], values: tuple[Value, ...]
) -> Units:
    """Sum rows up to the units of each cell."""
    whole = placed.cell * n_units(cube, cluster) + unit_keys(placed.rows, cluster)
    order = np.argsort(whole)
    ordered = whole[order]
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    cell, key = np.divmod(ordered[first], n_units(cube, cluster))
    numbers, there = answers_of(placed.rows, columns, values)
    parts = [np.add.reduceat(one[order], first) if len(first) else np.zeros(0)
             for one in (*numbers, *there)]  # fmt: skip
    return Units(placed, cell, key, np.column_stack(parts))


def single(placed: Placed, columns: list[Coded], values: tuple[Value, ...]) -> Units:
    """Take each row as a unit, in the order of the cells."""
    order = np.argsort(placed.cell, kind="stable")
    numbers, there = answers_of(placed.rows, columns, values)
    totals = np.column_stack([*numbers, *there])[order]
    return Units(placed, placed.cell[order], placed.rows.rows()[order], totals)


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
