"""The rows of one side of a change, looked for once and held for every column that it is cut by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from huiyin.engine.arrays import numbers_of
from huiyin.measure.cell_rows import CLUSTER, WEIGHT, CellSet, cell_rows
from huiyin.measure.design import cluster_key, customer_key
from huiyin.measure.hiding.differences import (
    CUSTOMER,
    Outside,
    customers_of,
    outside_of,
    thin_among,
)
from huiyin.measure.hiding.suppression import hidden_cells
from huiyin.measure.moments import Key, table_keys
from huiyin.measure.periods import Window
from huiyin.measure.row_values import counts_in_n, number_of
from huiyin.measure.task import Task

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine

MOST_HELD = 5_000_000
"""Rows of a dataset up to which those of a side are held; more are read for each column anew, which
costs less than to copy them."""
PART, NUMBER, COUNTED = "_part", "_number", "_counted"


@dataclass(frozen=True, slots=True)
class HeldSide:
    """One side: its rows, with every column as a key, and the rows that it leaves out.

    `rows` has the keys of `cells`, whom a row is of (`PART`), how it counts (`NUMBER`, NULL where
    it did not answer), whether it is one of n (`COUNTED`; of a rate, below the line), its weight,
    and its customer where one may come twice (`repeated`).
    """

    task: Task
    cells: CellSet
    rows: Any
    outside: Outside | None
    repeated: bool

    @property
    def engine(self) -> Engine:
        """The engine that holds the rows."""
        return self.task.dataset.engine

    @property
    def weighted(self) -> bool:
        """Tell whether rows have weights."""
        return self.task.drawn.design.weighted

    def column_of(self, key: str) -> str:
        """Give the column that a key stands for, as it was asked for."""
        return self.task.query.by[self.cells.keys.index(key)]

    def n_units(self) -> int:
        """Count the customers (or rows) of the side."""
        found = self.engine.run(self.rows.aggregate(n=self.rows[PART].nunique()))
        return int(found["n"][0].as_py())

    def is_hidden(self) -> bool:
        """Tell whether the side as a whole must not be seen."""
        return bool(self.hidden_by(()))

    def hidden_by(self, keys: tuple[str, ...]) -> frozenset[Key]:
        """Find the groups of a column, or of none, that the corridor hides in an answer too."""
        minimum = self.task.viewer.minimum_n
        if minimum <= 1:
            return frozenset()
        counts = self.customers_by(keys)
        thin: frozenset[Key] = frozenset()
        if self.outside is not None:
            thin = thin_among(self.task, self.outside, keys, minimum)[0].intersection(counts)
        hidden = hidden_cells(
            [counts], minimum, n_groups=[len(keys)], thin=[thin], deadline=self.task.deadline
        )
        return hidden[0]

    def customers_by(self, keys: tuple[str, ...]) -> dict[Key, int]:
        """Count who answered, by cell: true counts, which nobody who asks may be shown."""
        rows = self.rows
        n = customers_of(rows, rows[COUNTED], repeated=self.repeated)
        grouped = rows.group_by(list(keys)).aggregate(n=n) if keys else rows.aggregate(n=n)
        found = self.engine.run(grouped)
        return {
            key: round(one)
            for key, one in zip(table_keys(found, keys), numbers_of(found["n"]), strict=True)
        }


@contextmanager
def held_side(task: Task) -> Iterator[HeldSide]:
    """Hold the rows of a side while the block lasts.

    Parameters
    ----------
    task : Task
        One metric of one value, grouped by the columns that the side is cut by, one after another.
    """
    dataset, query = task.dataset, task.query
    by = tuple(dataset.column_name(name) for name in query.by)
    window = Window(query.since, query.until)
    cells = CellSet(by, (*task.viewer.rows, *query.where), window)
    rows, repeated = _rows(task, cells)
    outside = outside_of(task, cells) if task.viewer.minimum_n > 1 else None
    with ExitStack() as holding:
        if dataset.snapshot.n_rows <= MOST_HELD:
            rows = holding.enter_context(dataset.engine.held(rows))
            if outside is not None:
                kept = holding.enter_context(dataset.engine.held(outside.rows))
                outside = replace(outside, rows=kept)
        yield HeldSide(task, cells, rows, outside, repeated)


def _rows(task: Task, cells: CellSet) -> tuple[Any, bool]:
    """Plan the rows of a side; also whether a customer may come twice."""
    dataset, design = task.dataset, task.drawn.design
    rows = cell_rows(dataset, design, cells)
    value = task.wanted.values[task.wanted.places[0][0]]
    facts = {
        PART: _unit_of(task, rows),
        NUMBER: number_of(rows, value),
        COUNTED: counts_in_n(rows, value),
    }
    customer = customer_key(dataset, rows)
    if customer is not None:
        facts[CUSTOMER] = customer
    kept = [*cells.keys, *([WEIGHT] if design.weighted else [])]
    return rows.select(*kept, **facts), customer is not None


def _unit_of(task: Task, rows: Any) -> Any:
    """Give whom a row is of: customers stay whole, where they are known."""
    dataset, design = task.dataset, task.drawn.design
    if design.clustered:
        key = rows[CLUSTER]
    else:
        customer = dataset.customer()
        known = customer is not None and customer.name in dataset.rows.columns
        key = cluster_key(dataset, rows, customer.name) if customer and known else None
        key = dataset.row_key(rows) if key is None else key
    return key.cast("string")
