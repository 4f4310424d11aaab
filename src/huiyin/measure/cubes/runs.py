"""Rows of a cube in the order of their cells and units: each unit of a cell is one run of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from huiyin.measure.cubes.chosen import Chosen, Ints, Placed, in_order
from huiyin.measure.cubes.coded import Coded

if TYPE_CHECKING:
    from huiyin.measure.cubes.cube import Cube


@dataclass(frozen=True, slots=True)
class Runs:
    """Placed rows, put in order.

    Attributes
    ----------
    order : (rows,) array of int
        Which row stands where; rows of one unit as they come.
    first : (units,) array of int
        Where each unit begins in that order.
    cell, key : (units,) array of int
        The cell of each unit, and what tells units apart over all cells.
    """

    order: Ints
    first: Ints
    cell: Ints
    key: Ints


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
    """Put rows in the order of their cells and units."""
    size = n_units(cube, cluster)
    order, ordered = in_order(placed.cell * size + unit_keys(placed.rows, cluster))
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    cell, key = np.divmod(ordered[first], size)
    return Runs(order, first, cell, key)
