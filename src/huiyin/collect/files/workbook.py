"""Excel workbooks: sheets, cells as the shortest text that says the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from huiyin.collect.contracts import UnreadableFileError
from huiyin.collect.files.table import HEAD_ROWS, Cells, RawTable, StagedWriter, StagePlan
from huiyin.core.text import Text

_BATCH_ROWS = 50_000
_MAX_EXACT = 1e15
_SECONDS_A_MINUTE = 60
_SECONDS_AN_HOUR = 3600


@dataclass
class SheetTable(RawTable):
    """One worksheet."""

    native: Any = None

    @property
    def n_cells(self) -> int:
        """Count the cells of the sheet."""
        return int(self.native.height * self.native.width)

    def stage(self, plan: StagePlan) -> int:
        """Stage all data rows, wholly empty ones left out."""
        width = len(plan.columns)
        rows = islice(_filled(self.native.iter_rows()), plan.n_header_rows, None)
        with StagedWriter(plan) as writer:
            while batch := list(islice(rows, _BATCH_ROWS)):
                columns = zip(*(row[:width] for row in batch), strict=True)
                writer.write([_text_array(column) for column in columns])
        return writer.n_rows


def _filled(rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    return (row for row in rows if any(cell != "" for cell in row))


def _text_array(column: Sequence[Any]) -> Any:
    import pyarrow as pa

    kinds = set(map(type, column))
    if kinds == {str}:
        return pa.array([cell or None for cell in column], pa.string())
    known: dict[Any, str | None] = {}
    words = []
    for cell in column:
        key = (cell.__class__, cell)
        if key not in known:
            known[key] = cell_text(cell)
        words.append(known[key])
    return pa.array(words, pa.string())


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
        return cell or None
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
        book = calamine.CalamineWorkbook.from_path(str(path))
        names = _wanted(path, book.sheet_names, sheets)
        tables = [_open_sheet(path, book, name) for name in names]
    except calamine.PasswordError as fault:
        raise UnreadableFileError(_LOCKED.format(path=path.name)) from fault
    except (calamine.CalamineError, OSError) as fault:
        raise UnreadableFileError(_BROKEN.format(path=path.name, why=fault)) from fault
    return [table for table in tables if table.head]


_LOCKED = Text(
    "“{path}”有打开密码。请在 Excel 里去掉密码(文件 → 信息 → 保护工作簿)再读。",
    "“{path}” is locked by a password. Remove it in Excel (File → Info → Protect Workbook).",
)
_BROKEN = Text(
    "Excel 文件“{path}”已损坏或不完整({why})。请重新下载或导出。",
    "The Excel file “{path}” is broken or cut off ({why}). Download or export it again.",
)


def _wanted(path: Path, names: list[str], sheets: Sequence[str] | None) -> list[str]:
    for sheet in sheets or ():
        if sheet not in names:
            raise UnreadableFileError(
                Text(
                    "“{path}”里没有名为“{sheet}”的工作表。有：{names}。",
                    "“{path}” has no sheet “{sheet}”. It has: {names}.",
                ).format(path=path.name, sheet=sheet, names="、".join(names))
            )
    return list(sheets) if sheets else names


def _open_sheet(path: Path, book: Any, name: str) -> SheetTable:
    native = book.get_sheet_by_name(name)
    head = tuple(
        tuple(cell_text(cell) for cell in row)
        for row in islice(_filled(native.iter_rows()), HEAD_ROWS)
    )
    return SheetTable(path, _rectangular(head), "xlsx", sheet=name, native=native)


def _rectangular(head: tuple[Cells, ...]) -> tuple[Cells, ...]:
    width = max((len(row) for row in head), default=0)
    return tuple(row + (None,) * (width - len(row)) for row in head)
