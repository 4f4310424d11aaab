"""Heads that no survey has are refused before anything is made of them."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.collect.contracts import UnreadableFileError
from huiyin.collect.files.table import RawTable
from huiyin.core.text import Text

MOST_COLUMNS = 50_000
LONGEST_NAME = 10_000
"""Characters; the longest questions with all their instructions have some hundreds."""
_TOO_MANY = Text(
    "“{place}”有 {n} 列，最多 {most} 列。请看看分隔符对不对，或去掉不用的列。",
    "“{place}” has {n} columns, {most} are the most: look at its separator, or drop some.",
)
_TOO_LONG = Text(
    "“{place}”第 {number} 列的列名有 {n} 个字，最多 {most} 个。请看看第一行是不是表头。",
    "The name of column {number} in “{place}” has {n} characters, {most} are the most: "
    "look whether the first row is a head.",
)


def refuse_many_columns(table: RawTable) -> None:
    """Refuse a table of more than `MOST_COLUMNS`.

    Raises
    ------
    UnreadableFileError
    """
    if table.width > MOST_COLUMNS:
        raise UnreadableFileError(
            _TOO_MANY.format(place=table.place, n=table.width, most=MOST_COLUMNS)
        )


def refuse_long_names(table: RawTable, columns: Sequence[str]) -> None:
    """Refuse a table with a column name of more than `LONGEST_NAME` characters.

    Raises
    ------
    UnreadableFileError
    """
    for number, name in enumerate(columns, 1):
        if len(name) > LONGEST_NAME:
            raise UnreadableFileError(
                _TOO_LONG.format(place=table.place, number=number, n=len(name), most=LONGEST_NAME)
            )
