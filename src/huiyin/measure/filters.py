"""Conditions on rows: which column, which operator, which values — checked, then as Ibis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from huiyin.codebook.contracts import Column
from huiyin.codebook.missing import close_names
from huiyin.core.masking import mask_numbers
from huiyin.core.text import Text, listed
from huiyin.measure.contracts import Filter, QueryError
from huiyin.measure.dataset import Dataset
from huiyin.measure.named_columns import named_column
from huiyin.measure.rivals import gap_of, gap_sides

OPERATORS = ("=", "!=", "<", "<=", ">", ">=")
MANY = 200
"""Distinct values looked at to say whether a word exists and what is near it."""


def condition(dataset: Dataset, rows: Any, where: Filter) -> Any:
    """Turn a filter into an Ibis condition on `rows`; a missing value never meets it.

    Raises
    ------
    QueryError
        Unknown column, operator or value.
    """
    _check_operator(where)
    sides = gap_sides(dataset.codebook, where.column)
    if sides is not None:
        values = compared_values(dataset, where, is_number=True, is_day=False)
        return _compare(gap_of(dataset, rows, *sides), where.operator, values)
    column = rows[dataset.column_name(where.column)]
    kind = column.type()
    if kind.is_array():
        return _list_condition(dataset, column, where)
    numeric, temporal = kind.is_numeric(), kind.is_temporal()
    column = column.cast("float64" if numeric else "date" if temporal else "string")
    values = compared_values(dataset, where, is_number=numeric, is_day=temporal)
    return _compare(column, where.operator, values)


def _check_operator(where: Filter) -> None:
    if where.operator not in OPERATORS or not where.values:
        raise QueryError(
            Text("条件“{c}”写得不对：用 = != < <= > >= 之一，后面跟值",
                 "Condition on “{c}”: use one of = != < <= > >= and a value").format(c=where.column)
        )  # fmt: skip


def compared_values(dataset: Dataset, where: Filter, *, is_number: bool, is_day: bool) -> list[Any]:
    """Read the values of a condition as its column holds them: numbers, days or words.

    Raises
    ------
    QueryError
        Unknown operator or value, or several where one is compared with.
    """
    _check_operator(where)
    equal = where.operator in {"=", "!="}
    values: list[Any] = list(where.values)
    if is_number or is_day:
        read = partial(_number, dataset, where) if is_number else _day
        values = [value for word in where.values for value in _read(where, word, read)]
    elif equal and not where.of_rule:
        check_words(dataset, where.column, values)
    if not equal and len(values) > 1:
        raise QueryError(
            Text("“{o}”后面只能跟一个值", "“{o}” takes one value").format(o=where.operator)
        )
    return values


def _read(where: Filter, word: str, read: Callable[[str], Any]) -> list[Any]:
    """Read a value; one of a row rule that the column cannot hold is met by no row."""
    try:
        return [read(word)]
    except QueryError:
        if where.of_rule and where.operator in {"=", "!="}:
            return []
        raise


def _compare(column: Any, operator: str, values: Sequence[Any]) -> Any:
    if operator == "=":
        return column.isin(values)
    if operator == "!=":
        return column.notin(values)
    value = values[0]
    return {
        "<": lambda: column < value,
        "<=": lambda: column <= value,
        ">": lambda: column > value,
        ">=": lambda: column >= value,
    }[operator]()


def _list_condition(dataset: Dataset, column: Any, where: Filter) -> Any:
    if where.operator not in {"=", "!="}:
        raise QueryError(
            Text("多选题“{c}”只能用 = 或 !=", "“{c}” is a multi-select: use = or !=").format(
                c=where.column
            )
        )
    if not where.of_rule:
        check_words(dataset, where.column, where.values)
    chosen = column.contains(where.values[0])
    for word in where.values[1:]:
        chosen = chosen | column.contains(word)
    return chosen if where.operator == "=" else ~chosen


def _number(dataset: Dataset, where: Filter, word: str) -> float:
    known = where.column in dataset.codebook
    column = named_column(dataset.codebook, where.column) if known else None
    return number_meant(column, where, word)


def number_meant(column: Column | None, where: Filter, word: str) -> float:
    """Read a value of a condition on a column of numbers; a word may stand for one there.

    Raises
    ------
    QueryError
        It is none.
    """
    code = column.code_of(word) if column is not None else None
    if code is not None:
        return code
    try:
        return float(word)
    except ValueError as error:
        raise QueryError(
            Text("列“{c}”里是数，“{v}”不是数", "Column “{c}” holds numbers; “{v}” is none").format(
                c=where.column, v=word
            )
        ) from error


def _day(word: str) -> date:
    try:
        return datetime.fromisoformat(word).date()
    except ValueError as error:
        raise QueryError(
            Text("“{v}”不是日期，请写成 2025-03-01", "“{v}” is no date, write 2025-03-01").format(
                v=word
            )
        ) from error


def check_words(dataset: Dataset, column: str, values: Sequence[str]) -> None:
    """Refuse values that a column of words does not hold.

    Raises
    ------
    QueryError
        Names the first such value, and close ones.
    """
    missing = dataset.missing_words(column, values)
    if not missing:
        return
    known = dataset.words(column, MANY)
    near = close_names(missing[0], known)
    words = _NO_VALUE_NEAR if near else _NO_VALUE
    facts = {"c": column, "v": missing[0], "near": listed(map(mask_numbers, near or known[:8]))}
    raise QueryError(words.format(**facts))


_NO_VALUE_NEAR = Text(
    "列“{c}”里没有“{v}”这个值。相近的：{near}",
    "Column “{c}” has no value “{v}”. Close ones: {near}",
)
_NO_VALUE = Text(
    "列“{c}”里没有“{v}”这个值。常见的值：{near}",
    "Column “{c}” has no value “{v}”. Frequent ones: {near}",
)
