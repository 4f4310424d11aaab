"""The cells of one worksheet, as columns of words: read whole, or in parts on all cores."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice, pairwise
from operator import ne
from pathlib import Path
from typing import Any, Protocol

from huiyin.collect.files.cells import cell_text
from huiyin.collect.files.sheet_parts import (
    LEAST_BYTES,
    UNPACKING_FAULTS,
    Part,
    UncutSheetError,
    cut_sheet,
)
from huiyin.collect.files.table import HEAD_ROWS, Cells

_BATCH_ROWS = 2_000
"""Turned into columns at a time: the cells stay in the processor's cache."""
_PARSERS = 2


class SheetCells(Protocol):
    """What a worksheet holds; rows without any content are no records."""

    @property
    def n_cells(self) -> int:
        """Count the cells of the sheet."""

    def first(self) -> list[tuple[int, Cells]]:
        """Give the first records, with their 1-based sheet rows."""

    def columns(self, n_header_rows: int) -> Iterator[list[Any]]:
        """Give all records after the header, some at a time: one array of words per column."""


@dataclass(frozen=True)
class WholeSheet:
    """A worksheet as calamine holds it; a cell merged downwards fills its rows."""

    native: Any

    @property
    def n_cells(self) -> int:
        """Count the cells of the sheet."""
        return int(self.native.height * self.native.width)

    def first(self) -> list[tuple[int, Cells]]:
        """Give the first records, with their 1-based sheet rows."""
        return _first(self.native.iter_rows(), 1)

    def columns(self, n_header_rows: int) -> Iterator[list[Any]]:
        """Give all records after the header, some at a time: one array of words per column."""
        merged = _merged_down(self.native)
        if merged:
            numbered = enumerate(self.native.iter_rows(), start=self.native.start[0])
            filled = (pair for pair in numbered if _is_filled(pair[1]))
            yield from _in_columns(_filled_down(islice(filled, n_header_rows, None), merged))
        else:
            yield from _in_columns(islice(_filled(self.native.iter_rows()), n_header_rows, None))


@dataclass(frozen=True)
class _Part:
    """Consecutive rows of a worksheet, in words."""

    top: int
    bottom: int
    left: int
    right: int
    n_cells: int
    first: list[tuple[int, Cells]]
    batches: list[list[Any]]

    def widened(self, batch: list[Any], left: int, right: int) -> list[Any]:
        """Give a batch with the blank columns that it lacks on both sides."""
        import pyarrow as pa

        blank = pa.nulls(len(batch[0]), pa.string())
        return [blank] * (self.left - left) + batch + [blank] * (right - self.right)


@dataclass(frozen=True)
class PartedSheet:
    """A worksheet that was cut in parts, each in words already."""

    parts: Sequence[_Part]

    @property
    def n_cells(self) -> int:
        """Count the cells of the sheet."""
        return sum(part.n_cells for part in self.parts)

    @property
    def _left(self) -> int:
        return min(part.left for part in self.parts)

    @property
    def _right(self) -> int:
        return max(part.right for part in self.parts)

    def first(self) -> list[tuple[int, Cells]]:
        """Give the first records, with their 1-based sheet rows."""
        rows = (
            (row, (None,) * (part.left - self._left) + cells + (None,) * (self._right - part.right))
            for part in self.parts
            for row, cells in part.first
        )
        return list(islice(rows, HEAD_ROWS))

    def columns(self, n_header_rows: int) -> Iterator[list[Any]]:
        """Give all records after the header, some at a time: one array of words per column."""
        skip = n_header_rows
        for part in self.parts:
            left, right = self._left, self._right
            for batch in part.batches:
                skipped = min(skip, len(batch[0]))
                skip -= skipped
                rest = [column.slice(skipped) for column in batch]
                if len(rest[0]):
                    yield part.widened(rest, left, right)


def read_parts(path: Path, least_bytes: int = LEAST_BYTES) -> PartedSheet | None:
    """Read a large worksheet in parts: two are parsed while what is parsed is put into words.

    Parameters
    ----------
    path : Path
        A workbook that has passed `refuse_bomb`.
    least_bytes : int
        A smaller worksheet, unpacked, is not cut.

    Returns
    -------
    PartedSheet, optional
        None where the workbook is better read whole: its rows are not in order, or it is broken,
        which the whole reading then says.
    """
    from python_calamine import CalamineError

    try:
        with ThreadPoolExecutor(_PARSERS) as pool:
            parsing = deque(pool.submit(_only_sheet, part) for part in cut_sheet(path, least_bytes))
            parts = [_part(parsing.popleft().result()) for _ in range(len(parsing))]
    except (UncutSheetError, CalamineError, *UNPACKING_FAULTS):
        return None
    filled = [part for part in parts if part is not None]
    if any(after.top <= before.bottom for before, after in pairwise(filled)):
        return None
    return PartedSheet(filled)


def _only_sheet(part: Part) -> Any:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(part.workbook()).get_sheet_by_index(0)


def _part(native: Any) -> _Part | None:
    if native.start is None:
        return None
    rows = native.to_python(skip_empty_area=True)
    first = _first(rows, native.start[0] + 1)
    batches = list(_in_columns(_filled(rows)))
    (top, left), (bottom, right) = native.start, native.end
    return _Part(top, bottom, left, right, len(rows) * native.width, first, batches)


def _first(rows: Iterable[list[Any]], start: int) -> list[tuple[int, Cells]]:
    filled = ((number, row) for number, row in enumerate(rows, start) if _is_filled(row))
    return [(number, tuple(map(cell_text, row))) for number, row in islice(filled, HEAD_ROWS)]


def _in_columns(rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    from huiyin.collect.files.cell_columns import column_of_words

    while batch := list(islice(rows, _BATCH_ROWS)):
        yield [column_of_words(column) for column in zip(*batch, strict=True)]


def _filled(rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """Give the rows that hold anything; all have the same number of cells."""
    rows = iter(rows)
    for row in islice(rows, 1):
        yield from filter(partial(ne, [""] * len(row)), [row])
        yield from filter(partial(ne, [""] * len(row)), rows)


def _is_filled(row: list[Any]) -> bool:
    return row != [""] * len(row)


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
