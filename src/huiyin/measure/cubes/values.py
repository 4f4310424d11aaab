"""How each value of a column counts for a metric: the sums are taken over codes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from huiyin.measure.cubes.coded import Coded, Kind
from huiyin.measure.metric import Form, Value

Floats = NDArray[np.float64]


def fits(column: Coded | None, value: Value) -> bool:
    """Tell whether a metric's value can be read from a coded column."""
    if column is None or column.values is None or value.once or value.form is Form.RATIO:
        return False
    return column.kind is (Kind.TEXT if value.words else Kind.NUMBER)


def numbers_by_code(column: Coded, value: Value) -> Floats:
    """Give how a row counts by its code; NaN where it did not answer.

    As `plan.number_of` does row by row.
    """
    if value.form is Form.NUMBER:
        return _points(column.numbers, value) - (value.origin or 0.0)
    if value.words:
        return np.array([_worded(word, value) for word in column.words])
    numbers = column.numbers
    counted = np.where(_inside(numbers, value.high), 1.0, 0.0)
    if value.form is Form.NPS:
        lower = _inside(numbers, value.low) & (counted == 0.0)
        counted = np.where(lower, -1.0, counted)
    return np.where(np.isnan(numbers), np.nan, counted)


def _worded(word: str | None, value: Value) -> float:
    if word is None:
        return np.nan
    if word in value.words:
        return 1.0
    return np.nan if word in value.outside else 0.0


def _inside(numbers: Floats, ends: tuple[float, float] | None) -> NDArray[np.bool_]:
    low, high = ends or (0.0, 0.0)
    inside: NDArray[np.bool_] = (numbers >= low) & (numbers <= high)
    return inside


def _points(numbers: Floats, value: Value) -> Floats:
    if not value.points:
        return numbers
    made = np.full(len(numbers), np.nan)
    steps = sorted(value.points)
    for (a, p), (b, q) in pairwise(steps):  # 3.5 lies between the points of 3 and 4
        between = (numbers > a) & (numbers < b)
        made = np.where(between, p + (numbers - a) * ((q - p) / (b - a)), made)
    for code, points in steps:
        made = np.where(numbers == code, points, made)
    return made
