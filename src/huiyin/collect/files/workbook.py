"""Excel workbooks: sheets, cells as the shortest text that says the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from huiyin.collect.contracts import UnreadableFileError
from huiyin.collect.files.detect import LOCKED
from huiyin.collect.files.table import HEAD_ROWS, RawTable, StagedWriter, StagePlan
from huiyin.core.text import Text, listed
from huiyin.engine.arrays import number_array, text_array

_BATCH_ROWS = 4_000
"""Turned into columns at a time: the cells stay in the processor's cache."""
_MAX_EXACT = 1e15
_PLAIN_FROM, _PLAIN_BELOW = 1e-3, 1e9
"""Between these Arrow writes a number with no exponent, as Python does."""
_NUL = "\0"
"""Some writers of .xls leave a NUL behind every letter; Excel shows none."""

_SECONDS_A_MINUTE = 60
_SECONDS_AN_HOUR = 3600


@dataclass
class SheetTable(RawTable):
    """One worksheet."""

    native: Any = None
    sheet_rows: tuple[int, ...] = ()
    is_hidden: bool = False

    def line_of(self, record: int) -> int:
        """Give the 1-based sheet row of a record; empty rows are no records."""
        return self.sheet_rows[record] if record < len(self.sheet_rows) else record + 1

    @property
    def n_cells(self) -> int:
        """Count the cells of the sheet."""
        return int(self.native.height * self.native.width)

    def stage(self, plan: StagePlan) -> int:
        """Stage all rows that hold anything; a cell merged downwards fills its rows."""
        width = len(plan.columns)
        merged = _merged_down(self.native)
        if merged:
            numbered = enumerate(self.native.iter_rows(), start=self.native.start[0])
            filled = (pair for pair in numbered if _is_filled(pair[1]))
            rows = _filled_down(islice(filled, plan.n_header_rows, None), merged)
        else:
            rows = islice(_filled(self.native.iter_rows()), plan.n_header_rows, None)
        with StagedWriter(plan) as writer:
            while batch := list(islice(rows, _BATCH_ROWS)):
                columns = islice(zip(*batch, strict=True), width)
                writer.write([_text_array(column) for column in columns])
        return writer.n_rows


def _filled(rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    return filter(_is_filled, rows)


def _merged_down(native: Any) -> dict[int, list[tuple[int, int]]]:
    """Give the cells merged over several rows: first row → columns with their last rows."""
    merged: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in native.merged_cell_ranges or ():
        if bottom > top:
            merged.setdefault(top, []).append((left - native.start[1], bottom))
    return merged


def _filled_down(
    rows: Iterable[tuple[int, list[Any]]], merged: Mapping[int, list[tuple[int, int]]]
) -> Iterator[list[Any]]:
    held: dict[int, tuple[Any, int]] = {}
    for number, row in rows:
        for column, (cell, last) in held.items():
            if number <= last:
                row[column] = cell
        held |= {column: (row[column], last) for column, last in merged.get(number, ())}
        yield row


def _is_filled(row: list[Any]) -> bool:
    return row != [""] * len(row)


def _text_array(column: Sequence[Any]) -> Any:
    kinds = set(map(type, column))
    if kinds == {str} and _NUL not in "".join(column):
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
    if np.all(numbers == np.round(numbers)) and np.all(size < _MAX_EXACT):
        return number_array(numbers.astype(np.int64), blank).cast(pa.string())
    if np.all((size == 0) | ((size >= _PLAIN_FROM) & (size < _PLAIN_BELOW))):
        return number_array(numbers, blank).cast(pa.string())
    distinct, position = np.unique(numbers, return_inverse=True)
    words = text_array(_number_text(float(number)) for number in distinct)
    return words.take(number_array(position.astype(np.int64), blank))


def cell_text(cell: Any) -> str | None:
    """Say a cell's value in the shortest text: ``5``, ``4.5``, ``2026-01-31 09:05:00``.

    Parameters
    ----------
    cell : object
        As calamine gives it: str, float, bool, date, datetime, time or timedelta.

    Returns
    -------
    str or None
        None for an empty cell or an Excel error.

    Examples
    --------
    >>> cell_text(5.0), cell_text(4.5), cell_text(True), cell_text("")
    ('5', '4.5', 'TRUE', None)
    """
    if isinstance(cell, str):
        return cell.replace(_NUL, "") or None
    write = _WRITERS.get(type(cell))
    return write(cell) if write else str(cell)


def _number_text(cell: float) -> str:
    return str(int(cell)) if cell.is_integer() and abs(cell) < _MAX_EXACT else repr(cell)


def _duration_text(span: dt.timedelta) -> str:
    seconds = round(span.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    minutes, rest = divmod(seconds, _SECONDS_A_MINUTE)
    return f"{sign}{seconds // _SECONDS_AN_HOUR:02d}:{minutes % 60:02d}:{rest:02d}"


_WRITERS: dict[type, Callable[[Any], str]] = {
    bool: lambda cell: "TRUE" if cell else "FALSE",
    float: _number_text,
    dt.datetime: lambda cell: cell.isoformat(sep=" "),
    dt.date: dt.date.isoformat,
    dt.time: dt.time.isoformat,
    dt.timedelta: _duration_text,
}


def open_workbook(path: Path, sheets: Sequence[str] | None) -> list[SheetTable]:
    """Open the worksheets that hold the data.

    Parameters
    ----------
    path : Path
    sheets : sequence of str, optional
        Names to read; by default all that hold anything.

    Returns
    -------
    list of SheetTable
        In the workbook's order.

    Raises
    ------
    UnreadableFileError
        It is cut off, locked by a password, or lacks a sheet that was named.
    """
    import python_calamine as calamine

    try:
        with path.open("rb") as content:
            book = calamine.CalamineWorkbook.from_filelike(content)
        names = _wanted(path, book.sheet_names, sheets)
        with ThreadPoolExecutor(1) as pool:
            parsing = pool.submit(lambda: [_open_sheet(path, book, name) for name in names])
            import pyarrow.parquet  # noqa: F401 -- needed next; parsing leaves the interpreter free

            tables = parsing.result()
    except calamine.PasswordError as fault:
        raise UnreadableFileError(LOCKED.format(path=path.name)) from fault
    except (calamine.CalamineError, OSError) as fault:
        raise UnreadableFileError(_BROKEN.format(path=path.name, why=fault)) from fault
    return [table for table in tables if table.head]


_BROKEN = Text(
    "Excel 文件“{path}”已损坏或不完整（{why}）。请重新下载或导出。",
    "The Excel file “{path}” is broken or cut off ({why}). Download or export it again.",
)


def _wanted(path: Path, names: list[str], sheets: Sequence[str] | None) -> list[str]:
    for sheet in sheets or ():
        if sheet not in names:
            raise UnreadableFileError(
                Text(
                    "“{path}”里没有名为“{sheet}”的工作表。有：{names}。",
                    "“{path}” has no sheet “{sheet}”. It has: {names}.",
                ).format(path=path.name, sheet=sheet, names=listed(names))
            )
    return list(sheets) if sheets else names


def _open_sheet(path: Path, book: Any, name: str) -> SheetTable:
    native = book.get_sheet_by_name(name)
    numbered = enumerate(native.iter_rows(), start=1)
    first = list(islice(((n, row) for n, row in numbered if _is_filled(row)), HEAD_ROWS))
    head = tuple(tuple(cell_text(cell) for cell in row) for _, row in first)
    rows = tuple(number for number, _ in first)
    return SheetTable(
        path,
        head,
        "xlsx",
        sheet=name,
        native=native,
        sheet_rows=rows,
        is_hidden=_is_hidden(book, name),
    )


def _is_hidden(book: Any, name: str) -> bool:
    from python_calamine import SheetVisibleEnum

    shown = {one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible}
    return name not in shown
