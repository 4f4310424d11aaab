"""Which unit each row of a cube belongs to in its cell: a customer, or the row by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from huiyin.measure.cubes.chosen import Chosen, Ints, Placed, in_order
from huiyin.measure.cubes.coded import Coded
from huiyin.stats.distributions import floats

if TYPE_CHECKING:
    from huiyin.measure.cubes.cube import Cube


_SPARSE = 4
"""Possible units for each row, up to which they are counted in one array rather than sorted."""


@dataclass(frozen=True, slots=True)
class Runs:
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


def runs_of(cube: Cube, placed: Placed, cluster: Coded) -> Runs:
    """Find the units of rows in each cell."""
    size = n_units(cube, cluster)
    keys = unit_keys(placed.rows, cluster)
    whole = keys if len(placed.keys) == 1 else placed.cell * size + keys
    units, line = numbered(whole)
    cell, key = np.divmod(units, size)
    return Runs(line, cell, key)


def numbered(whole: Ints) -> tuple[Ints, Ints]:
    """Give the distinct ones of numbers of at least 0 in order, and each one's place among them."""
    bound = int(whole.max(initial=-1)) + 1
    if bound <= _SPARSE * len(whole):
        there = np.zeros(bound, dtype=np.bool_)
        there[whole] = True
        units = np.flatnonzero(there).astype(np.int64)
        place = np.empty(bound, dtype=np.int64)
        place[units] = np.arange(len(units))
        return units, place[whole]
    order, ordered = in_order(whole)
    begins = np.diff(ordered, prepend=-1) != 0
    line = np.empty(len(whole), dtype=np.int64)
    line[order] = np.cumsum(begins) - 1
    return ordered[begins], line
