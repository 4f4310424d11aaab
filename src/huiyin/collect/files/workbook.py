"""Excel workbooks: which sheets hold data, and their rows."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from huiyin.collect.contracts import NoRowsError, UnreadableFileError
from huiyin.collect.files.detect import LOCKED
from huiyin.collect.files.sheet_cells import SheetCells, WholeSheet, read_parts
from huiyin.collect.files.table import RawTable, StagePlan
from huiyin.core.sheet_span import FarCellError, refuse_far_cells
from huiyin.core.text import Text, listed


@dataclass
class SheetTable(RawTable):
    """One worksheet."""

    cells: SheetCells | None = None
    sheet_rows: tuple[int, ...] = ()
    is_hidden: bool = False

    def line_of(self, record: int) -> int:
        """Give the 1-based sheet row of a record; empty rows are no records."""
        return self.sheet_rows[record] if record < len(self.sheet_rows) else record + 1

    @property
    def n_cells(self) -> int:
        """Count the cells of the sheet."""
        return self.cells.n_cells if self.cells else 0

    def stage(self, plan: StagePlan) -> int:
        """Stage all rows that hold anything."""
        from huiyin.collect.files.staged import StagedWriter

        with StagedWriter(plan) as writer:
            for columns in self.cells.columns(plan.n_header_rows) if self.cells else ():
                writer.write(list(islice(columns, len(plan.columns))))
        return writer.n_rows


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
        It is cut off, locked by a password, lacks a sheet that was named, or has a cell so far
        out that no memory holds what lies between.
    NoRowsError
        A sheet that was named is empty.
    """
    import python_calamine as calamine

    try:
        with ThreadPoolExecutor(1) as pool:
            parsing = pool.submit(_parse, path, sheets)
            import pyarrow.parquet  # noqa: F401 -- needed next; parsing leaves the interpreter free

            tables = parsing.result()
    except calamine.PasswordError as fault:
        raise UnreadableFileError(LOCKED.format(path=path.name)) from fault
    except (calamine.CalamineError, zipfile.BadZipFile, OSError) as fault:
        raise UnreadableFileError(_BROKEN.format(path=path.name, why=fault)) from fault
    if sheets and (empty := [table.sheet or "" for table in tables if not table.head]):
        raise NoRowsError(_EMPTY_SHEET.format(path=path.name, sheets=listed(empty)))
    return [table for table in tables if table.head]


_EMPTY_SHEET = Text(
    "“{path}”的工作表“{sheets}”是空的。请换一个工作表。",
    "The sheet “{sheets}” of “{path}” is empty. Name another sheet.",
)


_BROKEN = Text(
    "Excel 文件“{path}”已损坏或不完整（{why}）。请重新下载或导出。",
    "The Excel file “{path}” is broken or cut off ({why}). Download or export it again.",
)


def _parse(path: Path, sheets: Sequence[str] | None) -> list[SheetTable]:
    from python_calamine import CalamineWorkbook

    with path.open("rb") as content:
        book = CalamineWorkbook.from_filelike(content)
    wanted = _wanted(path, book.sheet_names, sheets)
    if len(wanted) == len(book.sheet_names) == 1 and (cells := read_parts(path)):
        return [_open_sheet(path, book, wanted[0], cells)]
    try:
        refuse_far_cells(path, path.name, wanted)
    except FarCellError as fault:
        raise UnreadableFileError(fault.sentence) from fault
    return [
        _open_sheet(path, book, name, WholeSheet(book.get_sheet_by_name(name))) for name in wanted
    ]


def _wanted(path: Path, names: list[str], sheets: Sequence[str] | None) -> list[str]:
    for sheet in sheets or ():
        if sheet not in names:
            raise UnreadableFileError(
                Text(
                    "“{path}”里没有名为“{sheet}”的工作表。有：{names}。",
                    "“{path}” has no sheet “{sheet}”. It has: {names}.",
                ).format(path=path.name, sheet=sheet, names=listed(names))
            )
    return list(dict.fromkeys(sheets)) if sheets else names


def _open_sheet(path: Path, book: Any, name: str, cells: SheetCells) -> SheetTable:
    first = cells.first()
    return SheetTable(
        path,
        tuple(row for _, row in first),
        "xlsx",
        sheet=name,
        cells=cells,
        sheet_rows=tuple(number for number, _ in first),
        is_hidden=_is_hidden(book, name),
    )


def _is_hidden(book: Any, name: str) -> bool:
    from python_calamine import SheetVisibleEnum

    shown = {one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible}
    return name not in shown
