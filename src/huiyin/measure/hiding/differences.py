"""Whom two answers would tell apart: what each part of a condition leaves out, or lets in.

Who asks twice, with and without a part of the condition, subtracts. So a cell is shown only where
every part, and any parts together, leave out nobody or enough customers; and where the rows that
a cleaning rule marks, and the query takes in nevertheless, are nobody's or those of enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from typing import Any

from huiyin.engine.contracts import ANSWERED_ON_COLUMN, FLAGS_COLUMN
from huiyin.measure.cell_rows import CellSet, Design, cell_rows
from huiyin.measure.contracts import Filter
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.thin import (
    Counting,
    counted_beside_window,
    counted_outside,
    failed_parts,
    marked,
    outside_rows,
)
from huiyin.measure.dataset import Dataset
from huiyin.measure.design import counted_column, customer_key
from huiyin.measure.filters import condition
from huiyin.measure.moments import Key, table_keys
from huiyin.measure.periods import Window
from huiyin.measure.rivals import is_gap, rated_both
from huiyin.measure.row_values import as_float, number_of
from huiyin.measure.task import Task

ALL_TOGETHER = 8
"""Parts of a condition up to which any of them together are looked at; beyond, only one, two or
all of them."""

CUSTOMER = "_customer"
_FAILED, _TAKEN = "_failed", "_taken"
_Part = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Share:
    """Rows of a cell that fail the same parts and are marked by the same rules.

    `customers` counts, value by value, those who answered.
    """

    failed: int
    taken: int
    customers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outside:
    """Rows that some part leaves out, or a rule marks, with the keys of the cells.

    `rows` says in ``a0, a1, …`` whether each value was answered, and whose they are where a
    customer may come twice (`repeated`).
    """

    rows: Any
    n_parts: int
    taken: tuple[int, ...]
    repeated: bool


@dataclass(frozen=True, slots=True)
class ToldApart:
    """Who is told apart, by cell; `whole` where all cells are counted, also those of no row inside.

    Where a customer may stand in several groups of rows, the largest of these is what is sure.
    """

    shares: dict[Key, list[_Share]]
    outside: Outside
    whole: bool

    @property
    def together(self) -> Callable[[Iterable[int]], int]:
        """Count customers of several groups of rows."""
        return max if self.outside.repeated else sum

    def thin(self, task: Task, minimum: int) -> list[frozenset[Key]]:
        """Find the thin cells; see `thin_cells`."""
        sets = list(_sets(self.outside.n_parts))
        thin = {}
        for key, shares in self.shares.items():
            task.deadline.check()
            thin[key] = _thin_values(shares, sets, self.outside.taken, minimum, self.together)
        return [
            frozenset(key for key, values in thin.items() if values.intersection(places))
            for places in task.wanted.places
        ]

    def enough(self, keys: Iterable[Key], minimum: int) -> bool:
        """Tell whether each part, and any together, surely leave out enough of all these cells."""
        sets = list(_sets(self.outside.n_parts))
        return not self.outside.taken and all(
            self._count(key, parts, value) >= minimum
            for key in keys
            for parts in sets
            for value in range(len(self.shares[key][0].customers) if key in self.shares else 1)
        )

    def _count(self, key: Key, parts: int, value: int) -> int:
        found = (one for one in self.shares.get(key, ()) if one.failed and not one.failed & ~parts)
        return self.together([0, *(one.customers[value] for one in found)])

    def over(self, kept: Sequence[int]) -> ToldApart:
        """Give the same of the totals over all but some parts of the keys; at least so many."""
        merged: dict[Key, dict[tuple[int, int], list[tuple[int, ...]]]] = {}
        for key, shares in self.shares.items():
            total = merged.setdefault(tuple(key[place] for place in kept), {})
            for one in shares:
                total.setdefault((one.failed, one.taken), []).append(one.customers)
        shares_of = {
            key: [
                _Share(failed, taken, tuple(map(self.together, zip(*counts, strict=True))))
                for (failed, taken), counts in total.items()
            ]
            for key, total in merged.items()
        }
        return ToldApart(shares_of, self.outside, self.whole)


def thin_cells(
    task: Task, cells: CellSet, minimum: int, keys: Sequence[Key] | None = None
) -> list[frozenset[Key]]:
    """Find the cells that differ from those of another query in too few customers' answers.

    Parameters
    ----------
    task : Task
    cells : CellSet
    minimum : int
        Smallest group that may be told apart.
    keys : sequence of Key, optional
        The cells that are asked about, others need not be named; all by default.

    Returns
    -------
    list of frozenset of Key
        Per metric.
    """
    told_apart = told_apart_by(task, cells, minimum, keys)
    if told_apart is None:
        return [frozenset() for _ in task.wanted.asked]
    return told_apart.thin(task, minimum)


def told_apart_by(
    task: Task, cells: CellSet, minimum: int, keys: Sequence[Key] | None = None
) -> ToldApart | None:
    """Count whom the parts of a condition tell apart, by cell; None where there is no part.

    Takes what `thin_cells` takes.
    """
    if task.drawn.source is not None:
        return _in_cube(task, task.drawn.source.cube, cells, minimum, keys)
    outside = outside_of(task, cells)
    if outside is None:
        return None
    return ToldApart(_counted(task, outside, cells.keys), outside, whole=True)


def thin_among(
    task: Task, outside: Outside, keys: Sequence[str], minimum: int
) -> list[frozenset[Key]]:
    """Find the thin cells by some of the keys that rows outside have; see `thin_cells`."""
    return ToldApart(_counted(task, outside, keys), outside, whole=True).thin(task, minimum)


def _in_cube(
    task: Task, cube: Cube, cells: CellSet, minimum: int, keys: Sequence[Key] | None
) -> ToldApart | None:
    """Count what `told_apart_by` counts, in a cube."""
    query, dataset, taken = task.query, task.dataset, _taken_in(task)
    n_parts = len(_parts(task))
    if not n_parts and not taken:
        return None
    counting = Counting(task.wanted.values, counted_column(dataset, cube), minimum)
    days_alone = n_parts == sum(day is not None for day in (query.since, query.until))
    lines = None
    if keys is not None and days_alone and not taken:
        mask = dataset.mask(query)
        lines = counted_beside_window(dataset, cube, mask, cells, counting, keys)
    shares: dict[Key, list[_Share]] = {}
    if lines is None:
        lines = _counted_in_cube(task, cube, cells, taken, counting, keys)
    for key, fails, marks, n in lines:
        shares.setdefault(key, []).append(_Share(fails, marks, n))
    outside = Outside(None, n_parts, tuple(taken), counting.customer is not None)
    return ToldApart(shares, outside, whole=keys is None)


def _counted_in_cube(
    task: Task,
    cube: Cube,
    cells: CellSet,
    taken: Sequence[int],
    counting: Counting,
    keys: Sequence[Key] | None,
) -> list[tuple[Key, int, int, tuple[int, ...]]]:
    """Count who answered, by cell, by the parts that rows fail and the rules that mark them."""
    query, dataset = task.query, task.dataset
    bits = list(_bits(dataset.mask(query) & ~_standard(task)))
    failed = failed_parts(dataset, cube, query, task.viewer.rows, bits)
    parts = (failed, marked(cube, taken))
    mask = dataset.mask(replace(query, exclude_flagged=()))
    apart = failed if parts[1] is None else failed | parts[1]
    within = outside_rows(dataset, cube, mask, cells, apart, keys)
    return counted_outside(dataset, cube, within, parts, counting)


def _parts(task: Task) -> list[_Part]:
    """List the parts of the condition, each as a condition on rows.

    The row rule is one part; the first and the last day, a rule that leaves out more than it
    would by itself, and having a weight are parts too.
    """
    query, dataset = task.query, task.dataset
    clauses: list[tuple[Filter, ...]] = [(one,) for one in query.where]
    # A gap to a competitor has only who rated both: how many these are is told elsewhere.
    clauses += [(rated_both(one),) for one in query.where if is_gap(dataset.codebook, one.column)]
    if task.viewer.rows:
        clauses.append(task.viewer.rows)
    parts: list[_Part] = [partial(_meets, dataset, clause) for clause in clauses]
    if query.since is not None:
        parts.append(partial(_inside, Window(query.since, None)))
    if query.until is not None:
        parts.append(partial(_inside, Window(None, query.until)))
    added = dataset.mask(query) & ~_standard(task)
    parts += [partial(_unmarked, bit) for bit in _bits(added)]
    if query.weighting is not None and query.weighting.column:
        parts.append(partial(_weighted, dataset.column_name(query.weighting.column)))
    return parts


def _standard(task: Task) -> int:
    """Give the bits of the rules that leave rows out where nothing else is asked."""
    return task.dataset.mask(replace(task.query, include_flagged=False, exclude_flagged=()))


def _taken_in(task: Task) -> list[int]:
    """List the rules whose marked rows the query takes in although they are left out elsewhere."""
    more = _standard(task) & ~task.dataset.mask(task.query)
    return [bit.bit_length() - 1 for bit in _bits(more)]


def _bits(mask: int) -> Iterator[int]:
    while mask:
        yield mask & -mask
        mask &= mask - 1


def _meets(dataset: Dataset, clause: tuple[Filter, ...], rows: Any) -> Any:
    import ibis

    return ibis.and_(*(condition(dataset, rows, one) for one in clause))


def _inside(window: Window, rows: Any) -> Any:
    day = rows[ANSWERED_ON_COLUMN]
    return day >= window.since if window.since else day <= window.until


def _unmarked(bit: int, rows: Any) -> Any:
    import ibis

    return (rows[FLAGS_COLUMN] & ibis.literal(bit, type="int64")) == 0


def _weighted(column: str, rows: Any) -> Any:
    return as_float(rows[column]) > 0


def outside_of(task: Task, cells: CellSet) -> Outside | None:
    """Plan the rows that the parts of a condition leave out, or that marks were taken in for.

    None where there is nothing to leave off.
    """
    import ibis

    parts, taken = _parts(task), _taken_in(task)
    if not parts and not taken:
        return None
    dataset = task.dataset
    rows = dataset.valid_rows(replace(task.query, exclude_flagged=()))
    failed = ibis.literal(0, type="int64")
    for place, part in enumerate(parts):
        met = part(rows).fill_null(False)  # noqa: FBT003 -- a value
        failed += ibis.ifelse(met, 0, 1 << place).cast("int64")
    marks = ibis.literal(sum(1 << rule for rule in taken), type="int64")
    rows = rows.mutate(**{_FAILED: failed, _TAKEN: rows[FLAGS_COLUMN] & marks})
    rows = rows.filter((rows[_FAILED] != 0) | (rows[_TAKEN] != 0))
    key = customer_key(dataset, rows)
    if key is not None:
        rows = rows.mutate(**{CUSTOMER: key})
    placed = cell_rows(dataset, Design(rows), replace(cells, where=(), window=Window(None, None)))
    kept = [*cells.keys, _FAILED, _TAKEN, *([] if key is None else [CUSTOMER])]
    answered = {  # of rows, not of first rows: who stands in another part too is counted in both
        f"a{i}": number_of(placed, replace(value, once=False)).notnull()
        for i, value in enumerate(task.wanted.values)
    }
    return Outside(placed.select(*kept, **answered), len(parts), tuple(taken), key is not None)


def _counted(task: Task, outside: Outside, keys: Sequence[str]) -> dict[Key, list[_Share]]:
    """Count who answered, by cell, by the parts that rows fail and the rules that mark them."""
    rows = outside.rows
    counts = {
        f"n{i}": customers_of(rows, rows[f"a{i}"], repeated=outside.repeated)
        for i in range(len(task.wanted.values))
    }
    table = task.dataset.engine.run(rows.group_by([*keys, _FAILED, _TAKEN]).aggregate(**counts))
    return _gathered(table, tuple(keys), tuple(counts))


def customers_of(rows: Any, answered: Any, *, repeated: bool) -> Any:
    """Plan the number of customers who answered; of answers where nobody comes twice."""
    return rows[CUSTOMER].nunique(where=answered) if repeated else rows.count(where=answered)


def _gathered(
    table: Any, keys: tuple[str, ...], counts: tuple[str, ...]
) -> dict[Key, list[_Share]]:
    found: dict[Key, list[_Share]] = {}
    columns = [table[name].to_pylist() for name in (_FAILED, _TAKEN, *counts)]
    for key, failed, taken, *n in zip(table_keys(table, keys), *columns, strict=True):
        found.setdefault(key, []).append(_Share(failed, taken, tuple(n)))
    return found


def _sets(n: int) -> Iterator[int]:
    """List which parts may be left off together, each set as bits."""
    sizes = range(1, n + 1) if n <= ALL_TOGETHER else (1, 2, n)
    for size in sizes:
        for places in combinations(range(n), size):
            yield sum(1 << place for place in places)


def _thin_values(
    shares: list[_Share],
    sets: list[int],
    taken: Sequence[int],
    minimum: int,
    together: Callable[[Iterable[int]], int],
) -> set[int]:
    """Give the places of the values for which too few customers would be told apart."""
    groups = [[s for s in shares if s.failed and not s.failed & ~parts] for parts in sets]
    groups += [[s for s in shares if not s.failed and s.taken >> rule & 1] for rule in taken]
    return {
        value
        for group in groups
        for value in range(len(group[0].customers) if group else 0)
        if 0 < together([one.customers[value] for one in group]) < minimum
    }
