"""Whom two answers would tell apart, counted in a cube; `differences` says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
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
    narrowed,
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
from huiyin.measure.periods import period_start, shift

_LOOKED_AT = 20_000
"""Rows that are enough to see that most groups hold enough customers."""
Table = tuple[Coded, Bools]
Marks = NDArray[np.integer[Any]]
_KINDS = ((np.uint8, 8), (np.uint16, 16), (np.uint32, 32), (np.int64, 63))


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted in a cell.

    Attributes
    ----------
    values : sequence of Value
        Who answered each.
    customer : str or None
        Column of those who are counted; None: rows.
    minimum : int
        Counts of at least as many may come out lower, but not under it.
    """

    values: Sequence[Value]
    customer: str | None
    minimum: int


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


def outside_rows(
    dataset: Dataset,
    cube: Cube,
    mask: int,
    cells: CellSet,
    apart: Marks,
    keys: Sequence[Key] | None = None,
) -> Placed:
    """Put the valid rows that are told apart into cells; undated ones are in no period.

    With `keys` rows of groups that stand in none of these cells are left out: where a filter keeps
    one region, most of what it leaves out is of the shops of others.
    """
    kept: Bools = apart != 0
    tables = [] if keys is None else _tables_of(dataset, cube, cells, keys)
    if (flags := unflagged(cube, mask)) is not None:
        tables.append(flags)
    for column, table in tables:
        if not table.all():
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
    counting: Counting,
) -> list[tuple[Key, int, int, tuple[int, ...]]]:
    """Count who answered, by cell and by the parts that rows fail and the rules that mark them.

    Parameters
    ----------
    parts : (rows,) array, and another or None
        What rows fail, and what marks them.
    counting : Counting

    Returns
    -------
    list of (Key, failed, taken, customers by value)
    """
    failed, taken = (None if one is None else one[within.rows.at] for one in parts)
    lines, group = _groups(within.cell, failed, taken)
    customer, minimum = counting.customer, counting.minimum
    cluster = None if customer is None else column_of(dataset, cube, customer)

    def count(answered: Bools) -> Ints:
        if cluster is None:
            return np.bincount(group, answered, len(lines)).astype(np.int64)
        at = np.flatnonzero(answered)
        return _distinct(cube, within.rows, cluster, group, at, len(lines), minimum)

    by_line = np.stack(_by_value(dataset, cube, within, counting.values, count), axis=1).tolist()
    return [
        (within.keys[cell], fails, marks, tuple(n))
        for (cell, fails, marks), n in zip(lines.tolist(), by_line, strict=True)
    ]


def counted_beside_window(
    dataset: Dataset,
    cube: Cube,
    mask: int,
    cells: CellSet,
    counting: Counting,
    keys: Sequence[Key],
) -> list[tuple[Key, int, int, tuple[int, ...]]] | None:
    """Count as `counted_outside` does where nothing but the days leaves rows out.

    Rows stand by their days: those before and after the window are runs of them. Some of each run
    are looked at, and all of it only for the cells in which these are too few.

    Parameters
    ----------
    keys : sequence of Key
        The cells that are counted.

    Returns
    -------
    list of (Key, failed, taken, customers by value), or None
        None where undated rows would have to be counted together with others.
    """
    sides = _beside(cube, cells)
    if sides is None:
        return None
    flags = [found for found in (unflagged(cube, mask),) if found is not None]
    nobody, found = (0,) * len(counting.values), []
    for failed, start, stop in sides:
        step = max(1, (stop - start) // _LOOKED_AT)
        at = np.arange(start, stop, step, dtype=np.int64)
        few = narrowed(Chosen(at, len(at)), flags)
        counts = _who_answered(dataset, cube, few, cells, counting)
        few_in = [key for key in keys if min(counts.get(key, nobody)) < counting.minimum]
        if step > 1 and few_in:
            run = narrowed(Chosen(slice(start, stop), stop - start), flags)
            rest = narrowed(run, _tables_of(dataset, cube, cells, few_in))
            counts |= _who_answered(dataset, cube, rest, cells, counting)
        found += [(key, failed, 0, counts[key]) for key in keys if key in counts]
    return found


def _beside(cube: Cube, cells: CellSet) -> list[tuple[int, int, int]] | None:
    """Give the runs of rows that a window leaves out: (parts that they fail, first row, end).

    Over time only those of periods that the window cuts: others are in no cell of it.
    """
    since, until, grain = cells.window.since, cells.window.until, cells.grain
    dated = cube.first_row(len(cube.day_values))
    undated = grain is None and dated < cube.n_rows
    if undated and (since is None or until is None):
        return None
    sides, bit = [], 1
    if since is not None:
        first = _rows_before(cube, period_start(since, grain)) if grain else 0
        sides.append((bit, first, _rows_before(cube, since)))
        bit <<= 1
    if until is not None:
        end = _rows_before(cube, shift(period_start(until, grain), grain, 1)) if grain else dated
        sides.append((bit, _rows_before(cube, until + timedelta(days=1)), end))
    if undated:
        sides.append((bit | 1, dated, cube.n_rows))
    return [side for side in sides if side[1] < side[2]]


def _rows_before(cube: Cube, day: date) -> int:
    return cube.first_row(sum(one < day for one in cube.day_values))


def _tables_of(dataset: Dataset, cube: Cube, cells: CellSet, keys: Sequence[Key]) -> list[Table]:
    """Tell for each column of groups which of its values are in one of some cells."""
    tables = []
    for place, name in enumerate(cells.by):
        column, wanted = column_of(dataset, cube, name), {key[place] for key in keys}
        tables.append((column, np.array([word in wanted for word in column.words])))
    return tables


def _who_answered(
    dataset: Dataset, cube: Cube, rows: Chosen, cells: CellSet, counting: Counting
) -> dict[Key, tuple[int, ...]]:
    """Count who answered each value among some rows, by cell."""
    within = placed(dataset, cube, rows, cells)
    customer = counting.customer
    cluster = None if customer is None else column_of(dataset, cube, customer)
    units = None if cluster is None else unit_keys(rows, cluster)

    def count(answered: Bools) -> Ints:
        if cluster is None or units is None:
            return np.bincount(within.cell, answered, len(within.keys)).astype(np.int64)
        at = np.flatnonzero(answered)
        return _units_by_group(cube, cluster, units[at], within.cell[at], len(within.keys))

    by_cell = np.stack(_by_value(dataset, cube, within, counting.values, count), axis=1).tolist()
    return {key: tuple(n) for key, n in zip(within.keys, by_cell, strict=True)}


def _by_value(
    dataset: Dataset,
    cube: Cube,
    within: Placed,
    values: Sequence[Value],
    count: Callable[[Bools], Ints],
) -> list[Ints]:
    """Count those who answered each value, once for values that the same rows answered.

    Rows, not first rows: who stands in another part too is counted in both.
    """
    known: dict[bytes, Ints] = {}
    counts = []
    for value in values:
        answered = have_answered(dataset, cube, within, replace(value, once=False))
        key = np.packbits(answered).tobytes()
        if key not in known:
            known[key] = count(answered)
        counts.append(known[key])
    return counts


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
