"""Rows of a cube gathered into units that count together: a customer's, or each by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from huiyin.measure.cubes.chosen import Ints
from huiyin.measure.cubes.row_units import ONE_BY_ONE
from huiyin.measure.metric import Value
from huiyin.measure.moments import Key
from huiyin.stats.distributions import floats

if TYPE_CHECKING:
    from huiyin.measure.cubes.answers import RowAnswers

Floats = NDArray[np.float64]
Columns = Sequence[Floats]
_SEVERAL = 3
"""Products up to which each is taken by itself: one value has three."""


@dataclass(frozen=True)
class Units:
    """Totals of units: one line for each unit in each cell, sorted by cell, then key.

    Attributes
    ----------
    keys : tuple of Key
        The cells, as words.
    codes : (cells, keys) array of int
        What tells cells apart in other sets of cells too; as of `Placed`.
    ends : (cells + 1,) array of int
        Where the units of each cell begin, and the last ones end.
    key : (units,) array of int
        What tells units apart over all cells.
    sum_up : callable
        () -> `totals`.
    """

    keys: tuple[Key, ...]
    codes: Ints
    ends: Ints
    key: Ints
    sum_up: Callable[[], tuple[Floats, ...]]

    @cached_property
    def totals(self) -> tuple[Floats, ...]:
        """Σwv of each value, then Σw: the answers to each, where all weigh 1; (units,) each."""
        return self.sum_up()

    @property
    def cell(self) -> Ints:
        """The cell of each unit."""
        return np.repeat(np.arange(len(self.ends) - 1, dtype=np.int64), np.diff(self.ends))

    def answered(self, value: int) -> Floats:
        """Count the units of each cell that answered a value."""
        weights = self.totals[len(self.totals) // 2 + value]
        counts = (np.count_nonzero(weights[a:b] > 0) for a, b in pairwise(self.ends.tolist()))
        return np.fromiter(counts, dtype=np.float64, count=len(self.ends) - 1)


def gathered(answers: RowAnswers, cluster: str, values: tuple[Value, ...]) -> Units:
    """Sum rows up to the units of each cell."""
    units, placed, k = answers.units(cluster), answers.placed, len(values)

    def sum_up() -> tuple[Floats, ...]:
        totals = [np.zeros(0)] * (2 * k)
        for i, value in enumerate(values):
            if answers.is_of_customers(value, cluster):
                totals[i], totals[k + i] = answers.of_customers(value)
                continue
            totals[i], totals[k + i] = np.empty(len(units.key)), np.empty(len(units.key))
            for block in units.blocks:
                mine = slice(block.first, block.end)
                above, below = _parts(answers, value, block.at)
                totals[i][mine] = block.summed(above)
                totals[k + i][mine] = block.summed(below)
        return tuple(totals)

    return Units(placed.keys, placed.codes, units.ends, units.key, sum_up)


def beyond_rows(answers: RowAnswers, cluster: str, value: Value) -> Floats:
    """Sum over units what is more, or less, than the sums over their rows.

    A unit of one row adds nothing: it counts as its row does. Every answer weighs 1.

    Parameters
    ----------
    answers : RowAnswers
    cluster : str
        Its units are found cell by cell (`RowUnits.by_cells`).
    value : Value

    Returns
    -------
    (4, cells) array
        Units that answered, squares of totals, totals times answers, squares of answers.
    """
    found = np.zeros((4, len(answers.placed.keys)))
    if answers.is_of_customers(value, cluster):  # one row of each counts
        return found
    for cell, block in enumerate(answers.units(cluster).repeated):
        if not block.end:
            continue
        v, there, _ = answers.part(value, block.at)
        total, answered = block.summed(v), block.summed(there)
        n_units, n, a = np.count_nonzero(answered), there.sum(), v.sum()
        both = [(total, total), (total, answered), (answered, answered)]
        aa, ab, bb = (_product(*one) for one in both)
        found[:, cell] = n_units - n, aa - _product(v, v), ab - a, bb - n
    return found


def single(answers: RowAnswers, values: tuple[Value, ...]) -> Units:
    """Take each row as a unit, in the order of the cells."""
    placed = answers.placed
    order = np.argsort(placed.cell, kind="stable")
    ends = np.append(0, np.cumsum(placed.rows_of_cells()))

    def sum_up() -> tuple[Floats, ...]:
        parts = [_parts(answers, value, slice(0, placed.rows.n)) for value in values]
        return tuple(one[order] for side in zip(*parts, strict=True) for one in side)

    key = placed.rows.rows()[order]
    return Units(placed.keys, placed.codes, ends, key, sum_up)


def _parts(answers: RowAnswers, value: Value, at: slice | Ints) -> tuple[Floats, Floats]:
    """Give the answers of some rows times their weights, and the weights."""
    v, above, below = answers.part(value, at)
    return (v if above is below else v * above), below  # where both are one it is 1, or v is 0


def by_cell(cell: Ints, numbers: NDArray[Any], n_cells: int) -> Floats:
    """Sum numbers by the cell of each."""
    if n_cells == 1:
        return floats([numbers.sum()])
    return floats(np.bincount(cell, numbers, n_cells))


def products(units: Units, n_cells: int, pairs: list[tuple[int, int]]) -> list[Floats]:
    """Sum the products of totals over the units of each cell.

    Returns
    -------
    list of (n_cells,) array
        One for each pair of places among the totals.
    """
    if not 0 < n_cells <= ONE_BY_ONE:
        cell = units.cell
        return [by_cell(cell, units.totals[i] * units.totals[j], n_cells) for i, j in pairs]
    found = np.empty((len(pairs), n_cells))
    for at, (a, b) in enumerate(pairwise(units.ends.tolist())):
        mine = [one[a:b] for one in units.totals]
        found[:, at] = products_of(mine, mine, pairs)
    return list(found)


def products_of(left: Columns, right: Columns, pairs: Sequence[tuple[int, int]]) -> list[float]:
    """Sum the products of columns, one of the left and one of the right for each pair."""
    if len(pairs) <= _SEVERAL:
        return [_product(left[i], right[j]) for i, j in pairs]
    whole = np.array(left) @ np.array(right).T
    return [float(whole[i, j]) for i, j in pairs]


def _product(left: Floats, right: Floats) -> float:
    """Sum products by this thread alone: others would be called in, and wait for each other."""
    return float(np.einsum("i,i->", left, right))
