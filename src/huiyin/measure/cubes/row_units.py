"""Which unit each row of a cube belongs to in its cell: a customer, or the row by itself.

Cells are looked at one after another: what is needed for one of them is small, and its memory is
used again for the next. Asking the system for that of all rows at once takes longer than the sums.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from huiyin.measure.cubes.chosen import AT_ONCE, Chosen, Ints, Placed, renumbered
from huiyin.measure.cubes.coded import Coded
from huiyin.stats.distributions import floats

if TYPE_CHECKING:
    from huiyin.measure.cubes.cube import Cube

ONE_BY_ONE = 400
"""Cells up to which units are found, and products of them taken, cell by cell."""
_SPARSE_UNITS = 16
"""Possible units for each row of a cell, up to which they are marked rather than sorted."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows whose units follow each other.

    Attributes
    ----------
    at : slice or array of int
        Places among the placed rows.
    line : array of int
        The unit of each, counted from the first unit of the block.
    first, end : int
        Places of the units of the block among all.
    """

    at: slice | Ints
    line: Ints
    first: int
    end: int

    def summed(self, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum numbers of the rows of the block up to its units."""
        return floats(np.bincount(self.line, numbers, self.end - self.first))

    def parts(self) -> Iterator[tuple[Ints, Ints]]:
        """Give the units of its rows and their places among the placed rows, some at a time."""
        for start in range(0, len(self.line), AT_ONCE):
            line = self.line[start : start + AT_ONCE]
            if isinstance(self.at, slice):
                first = self.at.start + start
                yield line, np.arange(first, first + len(line), dtype=np.int64)
            else:
                yield line, self.at[start : start + AT_ONCE]

    def repeated(self) -> Block:
        """Keep the units that have more than one row; they are counted from 0 then."""
        many = np.bincount(self.line, minlength=self.end - self.first) > 1
        rows = np.flatnonzero(many[self.line])
        at = rows + self.at.start if isinstance(self.at, slice) else self.at[rows]
        place = np.cumsum(many) - 1
        return Block(at, place[self.line[rows]], 0, int(np.count_nonzero(many)))


@dataclass(frozen=True)
class RowUnits:
    """The units of placed rows, sorted by cell, then key.

    Attributes
    ----------
    blocks : tuple of Block
    ends : (cells + 1,) array of int
        Where the units of each cell begin, and the last ones end.
    key : (units,) array of int
        What tells units apart over all cells.
    """

    blocks: tuple[Block, ...]
    ends: Ints
    key: Ints

    @property
    def by_cells(self) -> bool:
        """Whether the units of each cell are a block of their own."""
        return len(self.blocks) == len(self.ends) - 1

    @cached_property
    def repeated(self) -> tuple[Block, ...]:
        """Of each block the units that have more than one row."""
        return tuple(block.repeated() for block in self.blocks)

    @property
    def cell(self) -> Ints:
        """The cell of each unit."""
        return np.repeat(np.arange(len(self.ends) - 1, dtype=np.int64), np.diff(self.ends))

    def first_rows(self) -> Ints:
        """Give the place of the first row of each unit among the placed rows."""
        found = np.empty(len(self.key), dtype=np.int64)
        for block in self.blocks:
            first = found[block.first : block.end]
            for line, places in reversed(list(block.parts())):
                first[line[::-1]] = places[::-1]  # of several the last one stays
        return found

    def last_rows(self, counted: NDArray[np.bool_]) -> Ints:
        """Give the place of the last row of each unit that is counted; -1 where none is."""
        found = np.full(len(self.key), -1, dtype=np.int64)
        for block in self.blocks:
            last = found[block.first : block.end]
            for line, places in block.parts():
                there = counted[places]
                last[line[there]] = places[there]  # of several the last one stays
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
    if len(placed.keys) > ONE_BY_ONE:
        return _all_at_once(cube, placed, cluster)
    blocks, keys, ends = [], [], [0]
    marking = _Marking(cluster.n_values)
    for at in rows_by_cell(placed):
        key, line = marking.units(placed.rows.part(at), cluster)
        blocks.append(Block(at, line, ends[-1], ends[-1] + len(key)))
        keys.append(key.astype(_narrow(cube, cluster)))
        ends.append(blocks[-1].end)
    key = np.concatenate(keys) if keys else np.zeros(0, dtype=np.int64)
    return RowUnits(tuple(blocks), np.array(ends, dtype=np.int64), key)


def _narrow(cube: Cube, cluster: Coded) -> type[np.signedinteger[Any]]:
    return np.int32 if n_units(cube, cluster) <= np.iinfo(np.int32).max else np.int64


def _all_at_once(cube: Cube, placed: Placed, cluster: Coded) -> RowUnits:
    size = n_units(cube, cluster)
    whole = placed.cell * size + unit_keys(placed.rows, cluster)
    units, line = renumbered(whole, int(whole.max(initial=-1)) + 1)
    cell, key = np.divmod(units, size)
    ends = np.searchsorted(cell, np.arange(len(placed.keys) + 1))
    return RowUnits((Block(slice(0, placed.rows.n), line, 0, len(key)),), ends, key)


def rows_by_cell(placed: Placed) -> Iterator[slice | Ints]:
    """Give the places of the rows of each cell among the placed rows, in their order."""
    if len(placed.keys) == 1:
        yield slice(0, placed.rows.n)
        return
    cell = placed.cell
    bounds = pairwise([0, *np.cumsum(placed.rows_of_cells()).tolist()])
    if bool((cell[1:] >= cell[:-1]).all()):  # rows stand by their days: so do periods
        yield from (slice(a, b) for a, b in bounds)
        return
    narrow = cell.astype(np.uint16)  # small numbers are sorted far quicker
    order = np.argsort(narrow, kind="stable")
    yield from (order[a:b] for a, b in bounds)


class _Marking:
    """Finds the distinct ones of unit keys; what it marks them in serves one cell after another."""

    def __init__(self, n_values: int) -> None:
        self._n_values = n_values
        self._there: NDArray[np.bool_] | None = None
        self._place: NDArray[np.int32] | None = None

    def units(self, rows: Chosen, cluster: Coded) -> tuple[Ints, Ints]:
        """Give the distinct keys of the units of rows in order, and where each row's stands."""
        codes = rows.of(cluster)
        if self._n_values > _SPARSE_UNITS * rows.n or not rows.n:
            keys = unit_keys(rows, cluster)
            return renumbered(keys, int(keys.max(initial=-1)) + 1)
        if int(codes.max()) < self._n_values:
            return self._marked(codes)
        known = codes < self._n_values
        found, line = self._marked(codes[known])
        alone = np.flatnonzero(~known)  # each its own, later than all that are known
        whole = np.empty(rows.n, dtype=np.int64)
        whole[known] = line
        whole[alone] = np.arange(len(found), len(found) + len(alone))
        keys = self._n_values + rows.rows()[alone]
        return np.concatenate([found, keys]), whole

    def _marked(self, codes: NDArray[np.integer[Any]]) -> tuple[Ints, Ints]:
        if self._there is None or self._place is None:
            self._there = np.zeros(self._n_values, dtype=np.bool_)
            self._place = np.empty(self._n_values, dtype=np.int32)
        parts = [slice(at, at + AT_ONCE) for at in range(0, len(codes), AT_ONCE)]
        for part in parts:
            self._there[codes[part]] = True
        found = np.flatnonzero(self._there).astype(np.int64, copy=False)
        self._there[found] = False
        self._place[found] = np.arange(len(found), dtype=np.int32)
        line = np.empty(len(codes), dtype=np.int64)
        for part in parts:
            line[part] = self._place[codes[part]]
        return found, line
