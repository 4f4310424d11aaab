"""Clocks of rows of a cube: what they show, whether they stopped, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from huiyin.measure.cubes.chosen import Ints, column_of
from huiyin.measure.cubes.row_units import unit_keys
from huiyin.measure.moments import Key

if TYPE_CHECKING:
    from huiyin.measure.cell_rows import CellSet
    from huiyin.measure.cubes.sums import Source
    from huiyin.measure.dataset import Dataset


@dataclass(frozen=True, slots=True)
class TimedRows:
    """Rows that a clock ran for: the cell of each among `keys`, and its clock.

    `clusters` is None where rows count by themselves.
    """

    keys: tuple[Key, ...]
    cell: Ints
    shown: NDArray[np.float64]
    stopped: NDArray[np.bool_]
    clusters: Ints | None


def timed_rows(
    dataset: Dataset, source: Source, cells: CellSet, shown: str, stopped: str
) -> TimedRows:
    """Give the clocks of the rows that a set of cells holds.

    Parameters
    ----------
    dataset : Dataset
    source : Source
    cells : CellSet
    shown, stopped : str
        Columns: seconds, and 1 where the clock has stopped.
    """
    cube, within = source.cube, source.placed(dataset, cells)
    seconds = column_of(dataset, cube, shown).numbers_at(within.rows.at)
    ran = np.flatnonzero(~np.isnan(seconds))
    over = column_of(dataset, cube, stopped).numbers_at(within.rows.at)[ran] > 0
    clusters = None
    if source.cluster is not None:
        clusters = unit_keys(within.rows, column_of(dataset, cube, source.cluster))[ran]
    return TimedRows(within.keys, within.cell[ran], seconds[ran], over, clusters)
