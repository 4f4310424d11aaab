"""How each of some rows of a cube counts for a value: its answer, and what it weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from huiyin.measure.cell_rows import counted_customer
from huiyin.measure.cubes.chosen import Ints, Placed, column_of
from huiyin.measure.cubes.row_units import RowUnits, row_units
from huiyin.measure.cubes.values import counted, is_by_code, numbers_by_code
from huiyin.measure.metric import QUOTIENTS, Form, Value

if TYPE_CHECKING:
    from huiyin.measure.cubes.coded import Coded
    from huiyin.measure.cubes.cube import Cube
    from huiyin.measure.dataset import Dataset

Floats = NDArray[np.float64]


class RowAnswers:
    """How placed rows count: what several sums go by is found once.

    Parameters
    ----------
    dataset : Dataset
    cube : Cube
    placed : Placed
    """

    def __init__(self, dataset: Dataset, cube: Cube, placed: Placed) -> None:
        self.dataset, self.cube, self.placed = dataset, cube, placed
        self._found: dict[Value, tuple[Floats, Floats, Floats]] = {}
        self._units: dict[str, RowUnits] = {}

    def of(self, value: Value) -> tuple[Floats, Floats, Floats]:
        """Give (v, weight above the line, weight below it) of rows; all 0 where nobody answered.

        A part of two sums weighs what stands below the line; of a rate only what it is counted
        against weighs there; all else weighs 1 in both.
        """
        if value not in self._found:
            self._found[value] = self._read(value)
        return self._found[value]

    def part(self, value: Value, at: slice | Ints) -> tuple[Floats, Floats, Floats]:
        """Give what `of` gives, of the rows at some places among the placed ones."""
        column = self._column(value.column)
        if value not in self._found and is_by_code(column, value):
            return _by_code(column, value, self.placed.rows.part(at).of(column))
        v, above, below = self.of(value)
        if above is below:
            there = above[at]
            return v[at], there, there
        return v[at], above[at], below[at]

    def units(self, column: str) -> RowUnits:
        """Find the units that a column names, in each cell."""
        if column not in self._units:
            cluster = column_of(self.dataset, self.cube, column)
            self._units[column] = row_units(self.cube, self.placed, cluster)
        return self._units[column]

    def _read(self, value: Value) -> tuple[Floats, Floats, Floats]:
        column, at = self._column(value.column), self.placed.rows.at
        if is_by_code(column, value):
            return _by_code(column, value, column.codes[at])
        if value.form not in QUOTIENTS:
            v, answered = self._counted(value)
            if value.again:
                v = self._there_again(answered)
            if value.once:
                answered = answered & self._first_rows()
                v = np.where(answered, v, 0.0)
            there = answered.astype(np.float64)
            return v, there, there
        v, weight, base = self._quotients(value)
        answered = ~np.isnan(v)
        if value.once:
            answered &= self._first_rows()
        return (
            np.where(answered, v, 0.0),
            np.where(answered, weight, 0.0),
            np.where(answered, base, 0.0),
        )

    def _counted(self, value: Value) -> tuple[Floats, NDArray[np.bool_]]:
        """Give how rows count, 0 where they do not, and whether they do."""
        column, at = self._column(value.column), self.placed.rows.at
        if column.values is None:
            v = counted(column.numbers_at(at), value)
            answered = ~np.isnan(v)
            return np.where(answered, v, 0.0), answered
        v, codes = numbers_by_code(column, value), column.codes[at]
        known = ~np.isnan(v)
        return np.where(known, v, 0.0)[codes], known[codes]

    def _quotients(self, value: Value) -> tuple[Floats, Floats | float, Floats]:
        """Give how rows count, NaN where they do not; what each weighs above and below the line."""
        column, at = self._column(value.column), self.placed.rows.at
        below = self._column(value.base or "").numbers_at(at)
        if value.form is Form.RATE:
            return column.numbers_at(at), 1.0, np.where(np.isnan(below), 0.0, below)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(below > 0, column.numbers_at(at) / below, np.nan), below, below

    def _first_rows(self) -> NDArray[np.bool_]:
        """Tell which row is the first of its customer in its cell; rows of nobody are none.

        Rows of a cube stand by their days, then by their own numbers.
        """
        customer = counted_customer(self.dataset)
        units = self.units(customer)
        known = units.key < self._column(customer).n_values
        found = np.zeros(self.placed.rows.n, dtype=np.bool_)
        found[units.first_rows()[known]] = True
        return found

    def _there_again(self, answered: NDArray[np.bool_]) -> Floats:
        """Give 1 for the first row of customers who answered on two days of a cell, else 0."""
        units = self.units(counted_customer(self.dataset))
        first, last = units.first_rows(), np.full(len(units.key), -1, dtype=np.int64)
        for block in units.blocks:
            places = block.places()
            there = answered[places]
            last[block.first + block.line[there]] = places[there]  # of several the last one stays
        days = self.placed.rows.of(self.cube.days)
        found = np.zeros(self.placed.rows.n, dtype=np.float64)
        found[first] = (last >= 0) & (days[first] < days[last])
        return found

    def _column(self, name: str) -> Coded:
        return column_of(self.dataset, self.cube, name)


def _by_code(
    column: Coded, value: Value, codes: NDArray[np.integer[Any]]
) -> tuple[Floats, Floats, Floats]:
    v = numbers_by_code(column, value)
    there = (~np.isnan(v)).astype(np.float64)[codes]
    return np.nan_to_num(v)[codes], there, there


def have_answered(dataset: Dataset, cube: Cube, placed: Placed, value: Value) -> NDArray[np.bool_]:
    """Tell which rows answered."""
    column = column_of(dataset, cube, value.column)
    if is_by_code(column, value):
        there: NDArray[np.bool_] = (~np.isnan(numbers_by_code(column, value)))[
            column.codes[placed.rows.at]
        ]
        return there
    return RowAnswers(dataset, cube, placed).of(value)[1] > 0
