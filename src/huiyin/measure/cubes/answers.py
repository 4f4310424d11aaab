"""How each of some rows of a cube counts for a value: its answer, and what it weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from huiyin.measure.cell_rows import counted_customer
from huiyin.measure.cubes.chosen import Ints, Placed, column_of, in_order
from huiyin.measure.cubes.values import counted, is_by_code, numbers_by_code
from huiyin.measure.metric import QUOTIENTS, Form, Value

if TYPE_CHECKING:
    from huiyin.measure.cubes.cube import Cube
    from huiyin.measure.dataset import Dataset

Floats = NDArray[np.float64]


def answers_of(
    dataset: Dataset, cube: Cube, placed: Placed, value: Value
) -> tuple[Floats, Floats, Floats]:
    """Give (v, weight above the line, weight below it) of rows; all 0 where nobody answered.

    A part of two sums weighs what stands below the line; of a rate only what it is counted against
    weighs there; all else weighs 1 in both.
    """
    column, at = column_of(dataset, cube, value.column), placed.rows.at
    if is_by_code(column, value):
        v, codes = numbers_by_code(column, value), column.codes[at]
        there = (~np.isnan(v)).astype(np.float64)[codes]
        return np.nan_to_num(v)[codes], there, there
    v, weight, base = _counted(dataset, cube, placed, value)
    answered = ~np.isnan(v)
    if value.once:
        answered &= first_rows(dataset, cube, placed)
    return (
        np.where(answered, v, 0.0),
        np.where(answered, weight, 0.0),
        np.where(answered, base, 0.0),
    )


def have_answered(dataset: Dataset, cube: Cube, placed: Placed, value: Value) -> NDArray[np.bool_]:
    """Tell which rows answered."""
    column = column_of(dataset, cube, value.column)
    if is_by_code(column, value):
        there: NDArray[np.bool_] = (~np.isnan(numbers_by_code(column, value)))[
            column.codes[placed.rows.at]
        ]
        return there
    return answers_of(dataset, cube, placed, value)[1] > 0


def _counted(
    dataset: Dataset, cube: Cube, placed: Placed, value: Value
) -> tuple[Floats, Floats | float, Floats | float]:
    """Give how rows count, NaN where they do not, and what each weighs above and below the line."""
    column, at = column_of(dataset, cube, value.column), placed.rows.at
    if value.form in QUOTIENTS:
        below = column_of(dataset, cube, value.base or "").numbers_at(at)
        if value.form is Form.RATE:
            return column.numbers_at(at), 1.0, np.nan_to_num(below)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(below > 0, column.numbers_at(at) / below, np.nan), below, below
    if column.values is None:
        return counted(column.numbers_at(at), value), 1.0, 1.0
    return numbers_by_code(column, value)[column.codes[at]], 1.0, 1.0


def first_rows(dataset: Dataset, cube: Cube, placed: Placed) -> NDArray[np.bool_]:
    """Tell which row is the first of its customer in its cell; rows of nobody are none.

    Rows of a cube stand by their days, then by their own numbers.
    """
    customer = column_of(dataset, cube, counted_customer(dataset))
    codes = placed.rows.of(customer)
    known = np.flatnonzero(codes != customer.n_values)
    whole: Ints = placed.cell[known] * (customer.n_values + 1) + codes[known]
    order, ordered = in_order(whole)
    found = np.zeros(placed.rows.n, dtype=np.bool_)
    found[known[order[np.flatnonzero(np.diff(ordered, prepend=-1))]]] = True
    return found
