"""Excel workbooks: which sheets hold data, and their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from operator import ne
from pathlib import Path
from typing import Any

from huiyin.collect.contracts import UnreadableFileError
from huiyin.collect.files.cells import cell_text
from huiyin.collect.files.detect import LOCKED
from huiyin.collect.files.table import HEAD_ROWS, RawTable, StagePlan
from huiyin.core.text import Text, listed

_BATCH_ROWS = 2_000
"""Turned into columns at a time: the cells stay in the processor's cache."""


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
        from huiyin.collect.files.cell_columns import column_of_words
        from huiyin.collect.files.staged import StagedWriter

        width = len(plan.columns)
        merged = _merged_down(self.native)
        if merged:
            numbered = enumerate(self.native.iter_rows(), start=self.native.start[0])
            filled = (pair for pair in numbered if _is_filled(pair[1]))
            rows = _filled_down(islice(filled, plan.n_header_rows, None), merged)
        else:
            filled_rows = filter(partial(ne, [""] * self.native.width), self.native.iter_rows())
            rows = islice(filled_rows, plan.n_header_rows, None)
        with StagedWriter(plan) as writer:
            while batch := list(islice(rows, _BATCH_ROWS)):
                columns = islice(zip(*batch, strict=True), width)
                writer.write([column_of_words(column) for column in columns])
        return writer.n_rows


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
        with ThreadPoolExecutor(1) as pool:
            parsing = pool.submit(_parse, path, sheets)
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


def _parse(path: Path, sheets: Sequence[str] | None) -> list[SheetTable]:
    from python_calamine import CalamineWorkbook

    with path.open("rb") as content:
        book = CalamineWorkbook.from_filelike(content)
    return [_open_sheet(path, book, name) for name in _wanted(path, book.sheet_names, sheets)]


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
