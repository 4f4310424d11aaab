"""Whom two answers would tell apart, counted in a cube; `differences` says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from huiyin.engine.contracts import FLAGS_COLUMN
from huiyin.measure.cell_rows import CellSet
from huiyin.measure.contracts import Filter, Query
from huiyin.measure.cubes.answers import have_answered
from huiyin.measure.cubes.chosen import (
    Bools,
    Chosen,
    Ints,
    Placed,
    column_of,
    distinct,
    met,
    placed,
    renumbered,
    unflagged,
)
from huiyin.measure.cubes.coded import Coded
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.row_units import n_units, unit_keys
from huiyin.measure.dataset import Dataset
from huiyin.measure.metric import Value
from huiyin.measure.moments import Key

_LOOKED_AT = 20_000
"""Rows that are enough to see that most groups hold enough customers."""
Table = tuple[Coded, Bools]
Marks = NDArray[np.integer[Any]]
_KINDS = ((np.uint8, 8), (np.uint16, 16), (np.uint32, 32), (np.int64, 63))


def failed_parts(
    dataset: Dataset, cube: Cube, query: Query, row_rule: tuple[Filter, ...], bits: Sequence[int]
) -> Marks:
    """Say for every row which parts of a condition it does not meet, one bit each."""
    clauses: list[Sequence[Table]] = [[met(dataset, cube, one)] for one in query.where]
    if row_rule:
        clauses.append([met(dataset, cube, one) for one in row_rule])
    days = cube.day_values
    if query.since is not None:
        clauses.append([(cube.days, np.array([*(d >= query.since for d in days), False]))])
    if query.until is not None:
        clauses.append([(cube.days, np.array([*(d <= query.until for d in days), False]))])
    clauses += [[found] for bit in bits if (found := unflagged(cube, bit)) is not None]
    kind = _narrowest(len(clauses))
    failed = np.zeros(cube.n_rows, dtype=kind)
    for place, clause in enumerate(clauses):
        for column, table in clause:
            failed |= np.where(table, 0, 1 << place).astype(kind)[column.codes]
    return failed


def _narrowest(n_bits: int) -> type[np.integer[Any]]:
    """Give the smallest kind of numbers that hold so many bits: all rows are looked at."""
    return next(kind for kind, n in _KINDS if n_bits <= n)


def marked(cube: Cube, taken: Sequence[int]) -> Marks | None:
    """Say for every row which of some rules mark it, as bits of the flags; None: no row is."""
    flags = cube.column(FLAGS_COLUMN)
    if flags is None or not taken:
        return None
    wanted = sum(1 << rule for rule in taken)
    by_code = np.array([*(int(one) & wanted for one in flags.values or ()), 0], dtype=np.int64)
    found: NDArray[np.int64] = by_code[flags.codes]
    return found


def outside_rows(dataset: Dataset, cube: Cube, mask: int, cells: CellSet, apart: Marks) -> Placed:
    """Put the valid rows that are told apart into cells; undated ones are in no period."""
    kept: Bools = apart != 0
    for column, table in filter(None, (unflagged(cube, mask),)):
        kept &= table[column.codes]
    if cells.grain:
        kept &= np.arange(cube.n_rows) < cube.first_row(len(cube.day_values))
    rows = Chosen(slice(0, cube.n_rows), cube.n_rows).among(kept)
    return placed(dataset, cube, rows, cells)


def counted_outside(
    dataset: Dataset,
    cube: Cube,
    within: Placed,
    parts: tuple[Marks, Marks | None],
    values: Sequence[Value],
    customer: str | None,
    minimum: int,
) -> list[tuple[Key, int, int, tuple[int, ...]]]:
    """Count who answered, by cell and by the parts that rows fail and the rules that mark them.

    Parameters
    ----------
    parts : (rows,) array, and another or None
        What rows fail, and what marks them.
    customer : str or None
        Column of those who are counted; None: rows.
    minimum : int
        Counts of at least as many may come out lower, but not under it.

    Returns
    -------
    list of (Key, failed, taken, customers by value)
    """
    failed, taken = (None if one is None else one[within.rows.at] for one in parts)
    lines, group = _groups(within.cell, failed, taken)
    counts = []
    for value in values:
        # Rows, not first rows: who stands in another part too is counted in both.
        answered = have_answered(dataset, cube, within, replace(value, once=False))
        if customer is None:
            counts.append(np.bincount(group, answered, len(lines)).astype(np.int64))
        else:
            cluster = column_of(dataset, cube, customer)
            at = np.flatnonzero(answered)
            counts.append(_distinct(cube, within.rows, cluster, group, at, len(lines), minimum))
    by_line = np.stack(counts, axis=1).tolist()
    return [
        (within.keys[cell], fails, marks, tuple(n))
        for (cell, fails, marks), n in zip(lines.tolist(), by_line, strict=True)
    ]


def _groups(cell: Ints, *marks: Marks | None) -> tuple[Ints, Ints]:
    """Give rows that are alike in all one number: (one line for each number, each row's)."""
    numbers, sizes = cell, []
    for one in marks:
        sizes.append(1 if one is None else int(one.max(initial=0)) + 1)
        if one is not None:
            numbers = numbers * sizes[-1] + one
    whole = (int(cell.max(initial=0)) + 1) * int(np.prod(sizes, dtype=np.int64))
    left, group = renumbered(numbers, whole)
    columns: list[Ints] = []
    for size in reversed(sizes):
        left, mark = np.divmod(left, size)
        columns.insert(0, mark)
    return np.stack([left, *columns], axis=1), group


def _distinct(
    cube: Cube, rows: Chosen, cluster: Coded, group: Ints, at: Ints, n_groups: int, minimum: int
) -> Ints:
    """Count distinct units of each group; a sample is enough for groups it finds enough in."""
    keys = unit_keys(rows, cluster)
    step = max(1, len(at) // _LOOKED_AT)
    found = _units_by_group(cube, cluster, keys[at[::step]], group[at[::step]], n_groups)
    if step == 1:
        return found
    open_groups = found < minimum
    rest = at[open_groups[group[at]]]
    exact = _units_by_group(cube, cluster, keys[rest], group[rest], n_groups)
    return np.where(open_groups, exact, found)


def _units_by_group(cube: Cube, cluster: Coded, keys: Ints, group: Ints, n_groups: int) -> Ints:
    size = n_units(cube, cluster)
    groups = distinct(group * size + keys) // size
    return np.bincount(groups, minlength=n_groups).astype(np.int64)
