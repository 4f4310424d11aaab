"""Rows of a cube that a set of cells holds, and the cell of each."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from huiyin.engine.contracts import FLAGS_COLUMN
from huiyin.measure.cell_rows import CellSet
from huiyin.measure.contracts import Filter, Grain
from huiyin.measure.cubes.coded import Coded, Kind
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.dataset import Dataset
from huiyin.measure.filters import compared_values
from huiyin.measure.moments import Key
from huiyin.measure.periods import Window, add_months, period_start

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
AT_ONCE = 500_000
"""Rows that are marked at a time: their memory is used again for the next."""
_SIGNLESS_BITS = 62
_SPARSE = 4
"""Possible numbers for each that is there, up to which they are counted rather than sorted."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some rows of a cube: a run of them, or places."""

    at: slice | Ints
    n: int

    def of(self, column: Coded) -> NDArray[Any]:
        """Give the codes of these rows."""
        return column.codes[self.at]

    def rows(self) -> Ints:
        """Give the places of these rows."""
        if isinstance(self.at, slice):
            return np.arange(self.at.start, self.at.stop, dtype=np.int64)
        return self.at

    def part(self, at: slice | Ints) -> Chosen:
        """Give those that stand at some places among these."""
        if not isinstance(self.at, slice):
            found = self.at[at]
            return Chosen(found, len(found))
        if isinstance(at, slice):
            start = self.at.start + at.start
            return Chosen(slice(start, start + at.stop - at.start), at.stop - at.start)
        return Chosen(at + self.at.start, len(at))

    def among(self, kept: Bools) -> Chosen:
        """Give those that are kept."""
        at = np.flatnonzero(kept).astype(np.int64)
        whole = at + self.at.start if isinstance(self.at, slice) else self.at[at]
        return Chosen(whole, len(whole))


@dataclass(frozen=True, slots=True)
class Placed:
    """Chosen rows and their cells.

    Attributes
    ----------
    rows : Chosen
    cell : (rows,) array of int
        Place among `keys`.
    keys : tuple of Key
        As words.
    codes : (cells, keys) array of int
        What tells cells apart in other sets of cells too: codes of values, days of periods.
    """

    rows: Chosen
    cell: Ints
    keys: tuple[Key, ...]
    codes: Ints

    def rows_of_cells(self) -> Ints:
        """Count the rows of each cell."""
        if len(self.keys) == 1:
            return np.array([self.rows.n], dtype=np.int64)
        return np.bincount(self.cell, minlength=len(self.keys)).astype(np.int64)


def column_of(dataset: Dataset, cube: Cube, name: str) -> Coded:
    """Give the coded column of a name that a query uses; it was loaded."""
    found = cube.column(dataset.coded_name(dataset.column_name(name)))
    if found is None:
        raise KeyError(name)
    return found


def met(dataset: Dataset, cube: Cube, where: Filter) -> tuple[Coded, Bools]:
    """Tell for each value of a column whether it meets a condition; a missing one never does.

    Raises
    ------
    QueryError
        Unknown operator or value.
    """
    column = column_of(dataset, cube, where.column)
    values: list[Any] = list(column.values or ())
    if column.kind is Kind.MOMENT:
        values = [value.date() for value in values]
    asked = compared_values(dataset, where, is_number=column.kind is Kind.NUMBER,
                            is_day=column.kind in {Kind.DAY, Kind.MOMENT})  # fmt: skip
    meets = _TESTS[where.operator]
    return column, np.array([*(meets(value, asked) for value in values), False], dtype=bool)


_TESTS: dict[str, Callable[[Any, Sequence[Any]], bool]] = {
    "=": lambda value, asked: value in asked,
    "!=": lambda value, asked: value not in asked,
    "<": lambda value, asked: value < asked[0],
    "<=": lambda value, asked: value <= asked[0],
    ">": lambda value, asked: value > asked[0],
    ">=": lambda value, asked: value >= asked[0],
}


def unflagged(cube: Cube, mask: int) -> tuple[Coded, Bools] | None:
    """Tell for each set of flags whether none of `mask` is among them; None: nothing is left."""
    if not mask:
        return None
    flags = cube.column(FLAGS_COLUMN)
    if flags is None:
        raise KeyError(FLAGS_COLUMN)
    return flags, np.array([*((int(one) & mask) == 0 for one in flags.values or ()), False])


def days_between(cube: Cube, window: Window) -> Chosen:
    """Give the rows of a window's first to last day; undated ones only where it has no ends."""
    days = cube.day_values
    if window.since is None and window.until is None:
        return Chosen(slice(0, cube.n_rows), cube.n_rows)
    first = sum(day < window.since for day in days) if window.since else 0
    last = sum(day <= window.until for day in days) if window.until else len(days)
    start, stop = cube.first_row(first), cube.first_row(last)
    return Chosen(slice(start, max(start, stop)), max(0, stop - start))


def chosen_rows(dataset: Dataset, cube: Cube, mask: int, cells: CellSet) -> Chosen:
    """Give the valid rows of a set of cells."""
    rows = days_between(cube, cells.window)
    tables = [met(dataset, cube, where) for where in cells.where]
    if (flags := unflagged(cube, mask)) is not None:
        tables.append(flags)
    if cells.window.weekdays:
        tables.append((cube.days, _on_weekdays(cube, cells.window.weekdays)))
    if cells.grain:
        tables.append((cube.days, np.arange(cube.days.n_values + 1) < cube.days.n_values))
    return narrowed(rows, tables)


def narrowed(rows: Chosen, tables: Sequence[tuple[Coded, Bools]]) -> Chosen:
    """Keep the rows whose values all meet their tables."""
    open_tables = [(column, table) for column, table in tables if not table.all()]
    kept: Bools | None = None
    for column, table in open_tables:
        these = table[rows.of(column)]
        kept = these if kept is None else kept & these
    return rows if kept is None else rows.among(kept)


def _on_weekdays(cube: Cube, weekdays: tuple[int, ...]) -> Bools:
    return np.array([*(day.weekday() in weekdays for day in cube.day_values), False])


def placed(dataset: Dataset, cube: Cube, rows: Chosen, cells: CellSet) -> Placed:
    """Put rows into the cells of a set; every cell that is there holds a row."""
    parts = [_words(column_of(dataset, cube, name)) for name in cells.by]
    coded = [(column_of(dataset, cube, name).codes, part) for name, part in
             zip(cells.by, parts, strict=True)]  # fmt: skip
    if cells.grain:
        coded.append((cube.days.codes, _periods(cube, cells)))
    if not coded:  # one cell, of no rows too
        return Placed(rows, np.broadcast_to(np.int64(0), rows.n), ((),), np.zeros((1, 0), np.int64))
    size = math.prod(len(words) for _, (_, words) in coded)
    kind: type[np.signedinteger[Any]] = np.int32 if size <= np.iinfo(np.int32).max else np.int64
    whole = np.zeros(rows.n, dtype=kind)
    for codes, (numbers, words) in coded:
        whole *= kind(len(words))
        whole += numbers.astype(kind)[codes[rows.at]]
    present, cell = renumbered(whole, size)
    columns: list[Ints] = []
    keys: list[list[str | None]] = []
    left = present
    for _, (_, words) in reversed(coded):
        left, at = np.divmod(left, len(words))
        columns.insert(0, np.array([_tellable(words[i], i) for i in at], dtype=np.int64))
        keys.insert(0, [_shown(words[i]) for i in at])
    named = tuple(zip(*keys, strict=True)) if keys else ((),) * len(present)
    codes_by_cell = np.column_stack(columns) if columns else np.zeros((len(present), 0), np.int64)
    return Placed(rows, cell, named, codes_by_cell)


def _words(column: Coded) -> tuple[Ints, list[Any]]:
    """Give the words of a column numbers: two values that read alike are one group."""
    place: dict[str | None, int] = {}
    numbers = np.array([place.setdefault(w, len(place)) for w in column.words], dtype=np.int64)
    return numbers, list(place)


def _periods(cube: Cube, cells: CellSet) -> tuple[Ints, list[Any]]:
    """Give the periods of the days numbers, moved as the cells say; undated rows are not there."""
    place: dict[date, int] = {}
    starts = (_start(day, cells) for day in cube.day_values)
    numbers = [place.setdefault(start, len(place)) for start in starts]
    return np.array([*numbers, 0], dtype=np.int64), list(place) or [date.min]


def _start(day: date, cells: CellSet) -> date:
    start = period_start(day + timedelta(days=cells.days_later), cells.grain or Grain.DAY)
    return add_months(start, cells.months_later) if cells.months_later else start


def _tellable(word: Any, place: int) -> int:
    return word.toordinal() if isinstance(word, date) else place


def _shown(word: Any) -> str | None:
    return word.isoformat() if isinstance(word, date) else word


def renumbered(whole: NDArray[np.signedinteger[Any]], size: int) -> tuple[Ints, Ints]:
    """Give the distinct ones of numbers from 0 to below `size` in order, and where each stands."""
    if size == 1:
        return np.zeros(min(1, len(whole)), dtype=np.int64), whole.astype(np.int64, copy=False)
    if size <= _SPARSE * len(whole):
        there = marked_codes(whole, size)
        place = np.cumsum(there, dtype=np.int32)  # narrow: rows come from anywhere in it
        place -= 1
        line = np.empty(len(whole), dtype=np.int64)
        for at in range(0, len(whole), AT_ONCE):
            line[at : at + AT_ONCE] = place[whole[at : at + AT_ONCE]]
        return np.flatnonzero(there).astype(np.int64), line
    order, ordered = in_order(whole.astype(np.int64, copy=False))
    begins = np.diff(ordered, prepend=-1) != 0
    line = np.empty(len(whole), dtype=np.int64)
    line[order] = np.cumsum(begins) - 1
    return ordered[begins], line


def in_order(numbers: Ints) -> tuple[Ints, Ints]:
    """Put numbers of at least 0 in order, equal ones as they come: (their places, the numbers).

    A number and its place are sorted as one: that takes a third of the time of an argsort.
    """
    bits = max(1, len(numbers)).bit_length()
    if int(numbers.max(initial=0)).bit_length() + bits > _SIGNLESS_BITS:
        order = np.argsort(numbers, kind="stable").astype(np.int64)
        return order, numbers[order]
    both = np.sort((numbers << bits) | np.arange(len(numbers), dtype=np.int64))
    return both & ((1 << bits) - 1), both >> bits


def marked_codes(codes: NDArray[np.integer[Any]], n_codes: int) -> Bools:
    """Tell of each of so many codes whether any row has it."""
    there = np.zeros(n_codes, dtype=np.bool_)
    for at in range(0, len(codes), AT_ONCE):
        there[codes[at : at + AT_ONCE]] = True
    return there


def distinct(numbers: Ints) -> Ints:
    """Give the distinct ones of numbers of at least 0, in order."""
    ordered = np.sort(numbers)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=-1))]
