"""Rows of a cube gathered into units that count together: a customer's, or each by itself."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from huiyin.measure.cubes.chosen import Ints, Placed
from huiyin.measure.metric import Value
from huiyin.stats.distributions import floats

if TYPE_CHECKING:
    from huiyin.measure.cubes.answers import RowAnswers

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


def gathered(answers: RowAnswers, cluster: str, values: tuple[Value, ...]) -> Units:
    """Sum rows up to the units of each cell."""
    units = answers.units(cluster)
    parts = [units.summed(one) for one in _parts(answers, values)]
    return Units(answers.placed, units.cell, units.key, _columns(parts))


def single(answers: RowAnswers, values: tuple[Value, ...]) -> Units:
    """Take each row as a unit, in the order of the cells."""
    placed = answers.placed
    order = np.argsort(placed.cell, kind="stable")
    totals = _columns([one[order] for one in _parts(answers, values)])
    return Units(placed, placed.cell[order], placed.rows.rows()[order], totals)


def _columns(parts: list[Floats]) -> Floats:
    """Put arrays side by side, each in one piece: sums go down the columns."""
    return np.array(parts).T


def _parts(answers: RowAnswers, values: tuple[Value, ...]) -> list[Floats]:
    """Give the answers of rows times their weights, value by value, then the weights."""
    found = [answers.of(value) for value in values]
    counted = (v if above is below else v * above for v, above, below in found)  # 1, or v is 0
    return [*counted, *(below for *_, below in found)]


def by_cell(cell: Ints, numbers: NDArray[Any], n_cells: int) -> Floats:
    """Sum numbers by the cell of each."""
    if n_cells == 1:
        return floats([numbers.sum()])
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
    if not 0 < n_cells <= _SLICED:
        return [by_cell(cell, left[:, i] * right[:, j], n_cells) for i, j in pairs]
    ends = list(pairwise(np.searchsorted(cell, np.arange(n_cells + 1))))
    if len(pairs) > 3:  # noqa: PLR2004 -- one value has three products
        whole = np.array([left[a:b].T @ right[a:b] for a, b in ends])
        return [whole[:, i, j] for i, j in pairs]
    return [np.array([_product(left[a:b, i], right[a:b, j]) for a, b in ends]) for i, j in pairs]


def _product(left: Floats, right: Floats) -> float:
    """Sum products by this thread alone: others would be called in, and wait for each other."""
    return float(np.einsum("i,i->", left, right))
