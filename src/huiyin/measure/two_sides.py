"""The sums of one metric on two sides, by groups, with small groups folded together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import md5
from typing import TYPE_CHECKING, Any

import numpy as np

from huiyin.core.masking import mask_numbers
from huiyin.core.text import Text
from huiyin.engine.arrays import numbers_of
from huiyin.measure.answering import answer_on
from huiyin.measure.contracts import Cell, Query, QueryError, Side, SideSums, Viewer
from huiyin.measure.design import cluster_key
from huiyin.measure.metric import Form, MetricRules, Value
from huiyin.measure.moments import table_keys
from huiyin.measure.periods import Window
from huiyin.measure.plan import CLUSTER, WEIGHT, CellSet, Design, cell_rows, number_of
from huiyin.measure.protection import is_hidden
from huiyin.measure.task import Task, prepare

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset
    from huiyin.stats.contracts import Floats

PARTS = 256
"""Resampling groups where there are many customers: the first two letters of a digest."""
MOST_ALONE = 4_096
"""Customers of both sides (or rows) up to which each is a resampling group of its own: what they
are called then makes no difference to an error."""
LARGEST_TABLE = 500_000
"""Groups times resampling groups that are laid out at once."""
MOST_GROUPS = 1000
_LETTERS = 2
_PART = "_part"


@dataclass(frozen=True, slots=True)
class _Table:
    """Sums of one side: `at` gives the place of each line's group in `labels`."""

    labels: tuple[str | None, ...]
    at: Sequence[int]
    part: Sequence[str]
    n: Floats
    b: Floats
    a: Floats


def side_sums_of(
    dataset: Dataset, query: Query, sides: tuple[Side, Side], viewer: Viewer, rules: MetricRules
) -> SideSums:
    """Fetch the sums of a metric on two sides by the groups of one column; see `SideSums`.

    Parameters
    ----------
    dataset : Dataset
    query : Query
        One metric and one group; its own window is not looked at.
    sides : (Side, Side)
    viewer : Viewer
        Groups that they may not see on either side are put together as one: those that the
        corridor hides, so that none can be found by subtraction. Where it hides a side as a
        whole, nothing is given.
    rules : MetricRules

    Raises
    ------
    QueryError
        Something does not exist or fit; the metric is made of several values; the group is a
        multi-select, or has more than `MOST_GROUPS` values.
    """
    asked = [_on_side(query, side) for side in sides]
    tasks = [prepare(dataset, one, viewer, rules) for one in asked]
    _refuse(dataset, query, tasks[0])
    rows = [_rows(task) for task in tasks]
    alone = sum(_n_units(task, one) for task, one in zip(tasks, rows, strict=True)) <= MOST_ALONE
    tables = [_fetched(t, one, alone=alone) for t, one in zip(tasks, rows, strict=True)]
    labels = _labels(tables)
    parts = _parts(tables, len(labels))
    hidden = _hidden(dataset, asked, viewer, rules) if viewer.minimum_n > 1 else set()
    if hidden is None:
        labels, hidden = [], set()
    reading = tasks[0].wanted.asked[0].reading
    laid = [_laid(table, labels, hidden, reading.values[0], parts) for table in tables]
    shown = tuple(label for label in labels if label not in hidden)
    return SideSums(
        definition=tasks[0].wanted.asked[0].definition(),
        unit=reading.unit,
        labels=shown,
        n_folded=len(hidden & set(labels)),
        n=np.stack([one[0] for one in laid]),
        weights=np.stack([one[1] for one in laid]),
        sums=np.stack([one[2] for one in laid]),
    )


def _on_side(query: Query, side: Side) -> Query:
    where = (*query.where, *side.where)
    return replace(query, where=where, since=side.since, until=side.until, compare=None, grain=None)


def _refuse(dataset: Dataset, query: Query, task: Task) -> None:
    asked = task.wanted.asked[0]
    if len(task.query.by) != 1:
        raise QueryError(Text("一次按一列拆分", "A change is taken apart by one column at a time"))
    if len(asked.reading.values) != 1:
        raise QueryError(
            Text(
                "“{m}”由多项合成，不能这样拆开；请选其中一项",
                "“{m}” is made of several ratings and cannot be taken apart; choose one of them",
            ).format(m=query.metrics[0])
        )
    value = asked.reading.values[0]
    if asked.reading.clock or value.once or value.form is Form.RATIO:
        raise QueryError(
            Text(
                "“{m}”不是逐行平均，不能这样拆开",
                "“{m}” is no mean over rows and cannot be taken apart",
            ).format(m=query.metrics[0])
        )
    for name in query.by:
        if dataset.is_list(name):
            raise QueryError(
                Text(
                    "多选题“{c}”一份答卷可占多个选项，不能用来拆分",
                    "“{c}” is a multi-select: an answer stands in several groups, so a change "
                    "cannot be taken apart by it",
                ).format(c=name)
            )


def _cells(task: Task) -> CellSet:
    by = tuple(task.dataset.column_name(name) for name in task.query.by)
    window = Window(task.query.since, task.query.until)
    return CellSet(by, (*task.viewer.rows, *task.query.where), window)


def _rows(task: Task) -> Any:
    """Give the rows of a side, with their groups and the customer (or row) that each is of."""
    rows = cell_rows(task.dataset, task.drawn.design, _cells(task))
    return rows.mutate(**{_PART: _unit_of(task, rows)})


def _n_units(task: Task, rows: Any) -> int:
    """Count the customers (or rows) of a side; the same whatever it is grouped by."""
    cells, query = _cells(task), task.query
    clause = repr((cells.where, query.weighting, task.drawn.cluster_column))
    key = ("units", task.dataset.mask(query), cells.window, clause)

    def count() -> int:
        found = task.dataset.engine.run(rows.aggregate(n=rows[_PART].nunique()))
        return int(found["n"][0].as_py())

    return task.dataset.keep(key, count)


def _fetched(task: Task, rows: Any, *, alone: bool) -> _Table:
    """Fetch n, Σw and Σwv of each group and resampling group of one side."""
    dataset, design, cells = task.dataset, task.drawn.design, _cells(task)
    value = task.wanted.values[task.wanted.places[0][0]]
    if not alone:
        rows = rows.mutate(**{_PART: rows[_PART].hexdigest("md5").substr(0, _LETTERS)})
    found = dataset.engine.run(
        rows.group_by([*cells.keys, _PART]).aggregate(**_sums(rows, design, value))
    )
    keys = [key[0] if key else None for key in table_keys(found, cells.keys)]
    labels = tuple(dict.fromkeys(None if key is None else mask_numbers(key) for key in keys))
    if len(labels) > MOST_GROUPS:
        raise QueryError(
            Text(
                "“{c}”有 {n} 个组，超过 {most} 个，不能用来拆分",
                "“{c}” has {n} groups, more than {most}: too many to take a change apart by",
            ).format(c=task.query.by[0], n=len(labels), most=MOST_GROUPS)
        )
    place = {label: i for i, label in enumerate(labels)}
    return _Table(
        labels,
        [place[None if key is None else mask_numbers(key)] for key in keys],
        [str(word) for word in found[_PART].to_pylist()],
        *(np.nan_to_num(numbers_of(found[name])) for name in ("n", "b", "a")),
    )


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


def _parts(tables: Sequence[_Table], n_groups: int) -> dict[str, int]:
    """Give the place of each resampling group of both sides."""
    names = sorted({name for table in tables for name in table.part})
    if len(names) * n_groups <= LARGEST_TABLE:
        return {name: i for i, name in enumerate(names)}
    letters = {name: md5(name.encode(), usedforsecurity=False).hexdigest() for name in names}
    return {name: int(word[:_LETTERS], 16) for name, word in letters.items()}


def _sums(rows: Any, design: Design, value: Value) -> dict[str, Any]:
    number = number_of(rows, value)
    if not design.weighted:
        return {"n": number.count(), "b": number.count(), "a": number.sum()}
    weight = rows[WEIGHT]
    return {
        "n": number.count(),
        "b": weight.sum(where=number.notnull()),
        "a": (number * weight).sum(),
    }


def _labels(tables: Sequence[_Table]) -> list[str | None]:
    """List the groups of both sides that anybody answered in, in order; unknown last."""
    found = set()
    for table in tables:
        found |= {table.labels[at] for at, n in zip(table.at, table.n, strict=True) if n > 0}
    return sorted(found, key=lambda label: (label is None, label or ""))


def _hidden(
    dataset: Dataset, asked: Iterable[Query], viewer: Viewer, rules: MetricRules
) -> set[str | None] | None:
    """Find the groups that the corridor hides on either side; None where a side is hidden."""
    hidden: list[Cell] = []
    for query in asked:
        if _whole_is_hidden(dataset, replace(query, by=()), viewer, rules):
            return None
        cells = answer_on(dataset, query, viewer, rules).cells
        hidden += [cell for cell in cells if is_hidden(cell)]
    return {next(iter(cell.by.values())) for cell in hidden}


def _whole_is_hidden(dataset: Dataset, query: Query, viewer: Viewer, rules: MetricRules) -> bool:
    """Tell whether a side must not be seen at all: looked up once for all dimensions."""

    def find() -> bool:
        return any(map(is_hidden, answer_on(dataset, query, viewer, rules).cells))

    return dataset.keep(("hidden", repr((query, viewer)), rules.version), find)


def _laid(
    table: _Table,
    labels: Sequence[str | None],
    hidden: set[str | None],
    value: Value,
    parts: Mapping[str, int],
) -> tuple[Floats, Floats, Floats]:
    """Lay sums out by group and resampling group, in the metric's unit; the folded come last."""
    shown = [label for label in labels if label not in hidden]
    place = {label: i for i, label in enumerate(shown)}
    k = len(shown) + bool(hidden & set(labels))
    g = max(parts.values(), default=0) + 1
    n, b, a = np.zeros(k), np.zeros((k, g)), np.zeros((k, g))
    lines = zip(table.at, table.part, table.n, table.b, table.a, strict=True)
    for at, part, n_one, b_one, a_one in lines if k else ():
        if n_one > 0:
            i = place.get(table.labels[at], len(shown))
            n[i] += n_one
            b[i, parts[part]] += b_one
            a[i, parts[part]] += value.shift * b_one + value.factor * a_one
    return n, b, a
