"""Which unit each row of a cube belongs to in its cell: a customer, or the row by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from huiyin.measure.cubes.chosen import Chosen, Ints, Placed, renumbered
from huiyin.measure.cubes.coded import Coded
from huiyin.stats.distributions import floats

if TYPE_CHECKING:
    from huiyin.measure.cubes.cube import Cube


@dataclass(frozen=True, slots=True)
class RowUnits:
    """The units of placed rows.

    Attributes
    ----------
    line : (rows,) array of int
        The unit of each row.
    cell, key : (units,) array of int
        The cell of each unit, and what tells units apart over all cells. Sorted by cell, then key.
    """

    line: Ints
    cell: Ints
    key: Ints

    def summed(self, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum numbers of rows up to units."""
        if len(self.key) < len(self.line):
            return floats(np.bincount(self.line, numbers, len(self.key)))
        alone = np.empty(len(self.key))
        alone[self.line] = numbers
        return alone

    def first_rows(self) -> Ints:
        """Give the place of the first row of each unit."""
        found = np.empty(len(self.key), dtype=np.int64)
        backwards = np.arange(len(self.line) - 1, -1, -1, dtype=np.int64)
        found[self.line[::-1]] = backwards  # of several the last one stays
        return found


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


def row_units(cube: Cube, placed: Placed, cluster: Coded) -> RowUnits:
    """Find the units of rows in each cell."""
    size = n_units(cube, cluster)
    keys = unit_keys(placed.rows, cluster)
    whole = keys if len(placed.keys) == 1 else placed.cell * size + keys
    units, line = renumbered(whole, int(whole.max(initial=-1)) + 1)
    cell, key = np.divmod(units, size)
    return RowUnits(line, cell, key)
