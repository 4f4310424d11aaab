"""Columns of workbook cells as Arrow columns of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from huiyin.collect.files.cells import MAX_EXACT, NUL, cell_text, number_text
from huiyin.engine.arrays import number_array, text_array

_PLAIN_FROM, _PLAIN_BELOW = 1e-3, 1e9
"""Between these Arrow writes a number with no exponent, as Python does."""


def column_of_words(column: Sequence[Any]) -> Any:
    """Say a column of cells, as `cell_text` says each, all at once where that says the same.

    Parameters
    ----------
    column : sequence of object, (n,)
        As calamine gives them.

    Returns
    -------
    pyarrow.StringArray
        NULL where a cell is empty or an Excel error.
    """
    kinds = set(map(type, column))
    if kinds == {str} and NUL not in "".join(column):
        return text_array(column)
    if kinds == {float} or (kinds == {float, str} and set(filter(_is_str, column)) == {""}):
        return _number_array(column, has_blanks=str in kinds)
    known: dict[Any, str | None] = {}
    words = []
    for cell in column:
        key = (cell.__class__, cell)
        if key not in known:
            known[key] = cell_text(cell)
        words.append(known[key])
    return text_array(words)


def _is_str(cell: Any) -> bool:
    return cell.__class__ is str


def _number_array(column: Sequence[Any], *, has_blanks: bool) -> Any:
    """Say a column of numbers and blanks: all at once where Arrow writes them as Python does."""
    import pyarrow as pa

    blank = np.array([cell == "" for cell in column]) if has_blanks else None
    cells = [0.0 if cell == "" else cell for cell in column] if has_blanks else column
    numbers = np.array(cells) + 0.0  # which makes 0.0 of -0.0
    size = np.abs(numbers)
    if np.all(numbers == np.round(numbers)) and np.all(size < MAX_EXACT):
        return number_array(numbers.astype(np.int64), blank).cast(pa.string())
    if np.all((size == 0) | ((size >= _PLAIN_FROM) & (size < _PLAIN_BELOW))):
        return number_array(numbers, blank).cast(pa.string())
    distinct, position = np.unique(numbers, return_inverse=True)
    words = text_array(number_text(float(number)) for number in distinct)
    return words.take(number_array(position.astype(np.int64), blank))
