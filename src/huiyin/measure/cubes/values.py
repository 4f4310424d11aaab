"""How each value of a column counts for a metric: the sums are taken over codes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from huiyin.measure.cubes.coded import Coded, Kind
from huiyin.measure.metric import QUOTIENTS, Form, Value

Floats = NDArray[np.float64]


def fits(column: Coded | None, value: Value) -> bool:
    """Tell whether a metric's value can be read from a coded column."""
    if column is None:
        return False
    if value.words:
        return column.kind is Kind.TEXT and column.values is not None
    return column.kind is Kind.NUMBER


def is_by_code(column: Coded, value: Value) -> bool:
    """Tell whether every row of a code counts alike, so that rows need only be counted."""
    return column.values is not None and not value.once and value.form not in QUOTIENTS


def numbers_by_code(column: Coded, value: Value) -> Floats:
    """Give how a row counts by its code; NaN where it did not answer.

    As `plan.number_of` does row by row.
    """
    if value.words:
        return np.array([_worded(word, value) for word in column.words])
    return counted(column.numbers, value)


def counted(numbers: Floats, value: Value) -> Floats:
    """Give how numbers count, NaN where missing; no ratios."""
    if value.form is Form.NUMBER:
        return _points(numbers, value) - (value.origin or 0.0)
    hit = np.where(_inside(numbers, value.high), 1.0, 0.0)
    if value.form is Form.NPS:
        lower = _inside(numbers, value.low) & (hit == 0.0)
        hit = np.where(lower, -1.0, hit)
    return np.where(np.isnan(numbers), np.nan, hit)


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
