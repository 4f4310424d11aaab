"""How one row counts: as a number, a hit, a promoter or a detractor, or not at all."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from huiyin.measure.cell_rows import AGAIN, FIRST
from huiyin.measure.metric import Form, Value


def as_float(column: Any) -> Any:
    """Cast to float64 before any product, unless it is one (int8 products overflow)."""
    return column if column.type().is_float64() else column.cast("float64")


def number_of(rows: Any, value: Value) -> Any:
    """Give how each row counts: float64, NULL where it did not answer."""
    import ibis

    column = rows[value.column]
    one = ibis.literal(1.0, type="float64")
    zero = ibis.literal(0.0, type="float64")
    if value.form is Form.NUMBER:
        return _points(column, value) - ibis.literal(value.origin or 0.0, type="float64")
    if value.form is Form.RATIO:
        below = as_float(rows[value.base or ""])
        return ibis.ifelse(below > 0, column.cast("float64") / below, None)
    if value.form is Form.RATE:
        return as_float(column)
    hit, answered = hits_of(rows, value)
    if value.form is Form.SHARE:
        return ibis.cases((hit, one), (answered, zero))
    return ibis.cases((hit, one), (inside(column, value.low), -one), (answered, zero))


def counts_in_n(rows: Any, value: Value) -> Any:
    """Tell which rows are counted: all that answered; of a rate, those below the line."""
    there = number_of(rows, value).notnull()
    if value.form is not Form.RATE:
        return there
    return there & (as_float(rows[value.base or ""]) > 0)


def _points(column: Any, value: Value) -> Any:
    import ibis

    if not value.points:
        return as_float(column)
    number, steps = as_float(column), sorted(value.points)
    cases = [(number == code, ibis.literal(p, type="float64")) for code, p in steps]
    for (a, p), (b, q) in pairwise(steps):  # 3.5 lies between the points of 3 and 4
        cases.append(((number > a) & (number < b), p + (number - a) * ((q - p) / (b - a))))
    return ibis.cases(*cases)


def inside(column: Any, ends: tuple[float, float] | None) -> Any:
    """Tell whether a number lies between two ends, both included."""
    low, high = ends or (0.0, 0.0)
    return column == low if low == high else column.between(low, high)


def hits_of(rows: Any, value: Value) -> tuple[Any, Any]:
    """Give (is a hit, is in the base), as conditions."""
    column = rows[value.column]
    if value.once:
        counts = rows[FIRST] & column.notnull()
        hit = rows[f"{AGAIN}:{value.column}"] if value.again else inside(column, value.high)
        return counts & hit, counts
    if value.words:
        if column.type().is_array():
            return column.contains(value.words[0]), column.notnull()
        words = column.cast("string") if not column.type().is_string() else column
        base = words.notin(value.outside) if value.outside else words.notnull()
        return words.isin(value.words), base
    return inside(column, value.high), column.notnull()
