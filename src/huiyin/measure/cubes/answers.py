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
        self._once: dict[Value, tuple[Floats, Floats]] = {}
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
            v, there = self._by_first_rows(value) if value.once else self._counted(value)
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

    def of_customers(self, value: Value) -> tuple[Floats, Floats]:
        """Give (v, weight) of the customers of the cells, for what each of them says once.

        The first of a customer's rows counts, in its cell; rows of nobody do not.

        Returns
        -------
        (float array, float array)
            (units,) each: of `units` of the column that tells customers apart.
        """
        if value not in self._once:
            self._once[value] = self._read_once(value)
        return self._once[value]

    def is_of_customers(self, value: Value, cluster: str) -> bool:
        """Tell whether `of_customers` gives how a value counts for the units of a column."""
        if not value.once or value.form in QUOTIENTS:
            return False
        return self._column(cluster) is self._column(counted_customer(self.dataset))

    def _read_once(self, value: Value) -> tuple[Floats, Floats]:
        customer = counted_customer(self.dataset)
        units = self.units(customer)
        first = units.first_rows()
        if value.again:
            v, answered = self._there_again(value, units, first)
        else:
            numbers = self._numbers(value, self._at(first))
            answered = ~np.isnan(numbers)
            v = np.where(answered, numbers, 0.0)
        there = (answered & (units.key < self._column(customer).n_values)).astype(np.float64)
        return v * there, there

    def _by_first_rows(self, value: Value) -> tuple[Floats, Floats]:
        """Give how rows count where customers say a thing once: by their first row."""
        first = self.units(counted_customer(self.dataset)).first_rows()
        v, there = np.zeros(self.placed.rows.n), np.zeros(self.placed.rows.n)
        v[first], there[first] = self.of_customers(value)
        return v, there

    def _counted(self, value: Value) -> tuple[Floats, Floats]:
        """Give how rows count, and 1 for those that do; both 0 for others."""
        v = self._numbers(value, self.placed.rows.at)
        answered = ~np.isnan(v)
        return np.where(answered, v, 0.0), answered.astype(np.float64)

    def _numbers(self, value: Value, at: slice | Ints) -> Floats:
        """Give how some rows of the cube count, NaN where they do not."""
        column = self._column(value.column)
        if column.values is None:
            return counted(column.numbers_at(at), value)
        return numbers_by_code(column, value)[column.codes[at]]

    def _at(self, places: Ints) -> Ints:
        """Give the places in the cube of some of the placed rows."""
        at = self.placed.rows.at
        return places + at.start if isinstance(at, slice) else at[places]

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

    def _there_again(
        self, value: Value, units: RowUnits, first: Ints
    ) -> tuple[Floats, NDArray[np.bool_]]:
        """Give 1 for customers who answered on two days of a cell, and whose first row answered."""
        answered = self._answered(value)
        last = units.last_rows(answered)
        days = self.cube.days.codes
        v = (last >= 0) & (days[self._at(first)] < days[self._at(np.maximum(last, 0))])
        return v.astype(np.float64), answered[first]

    def _answered(self, value: Value) -> NDArray[np.bool_]:
        column, at = self._column(value.column), self.placed.rows.at
        if column.values is None:
            return ~np.isnan(counted(column.numbers_at(at), value))
        return (~np.isnan(numbers_by_code(column, value)))[column.codes[at]]

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
