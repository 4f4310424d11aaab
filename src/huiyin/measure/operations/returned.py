"""Customers who order on at least two days of one period (周期内复购率)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from huiyin.codebook.contracts import Codebook, Column
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.contracts import Query
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.picked import PickedCube, Picks, yes_no
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.operations.moments import reaches_until
from huiyin.measure.operations.rates import share_reading
from huiyin.measure.operations.void_orders import is_void, status_columns, void_note
from huiyin.measure.operations.windows import buyer_columns
from huiyin.measure.periods import period_start, shift
from huiyin.measure.row_facts import Fact, RowSet

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

PART_PERIODS = Text(
    "{n} 行所在的期不完整（数据到 {until}），未计入",
    "{n} rows of periods that are not whole (the data reaches {until}) are left out",
)


def returned_look(metric: Metric, codebook: Codebook, _rest: str, rules: MetricRules) -> Reading:
    """Read the share of the customers of a period who order on a second day of it."""
    who, order = buyer_columns(codebook, metric)
    status = status_columns(codebook)
    name = ":".join(["_returned", who.name, *(column.name for column in status)])

    def put(_dataset: Dataset, rows: Any) -> Any:
        return rows.mutate(**{f"{name}:void": is_void(rows, status).cast("float64")})

    fact = Fact(name, put, {f"{name}:part": PART_PERIODS})
    reading = share_reading(metric, fact, rules, [who, order])
    values = tuple(replace(value, once=True, again=True) for value in reading.values)
    notes = (*reading.notes, *void_note(status))
    return replace(reading, values=values, rows=_orders_of_periods(who, name), notes=notes)


def _orders_of_periods(who: Column, name: str) -> RowSet:
    """Give the orders that stand; `name` is 1 for those of whole periods, else NULL."""

    def make(dataset: Dataset, rows: Any, query: Query) -> Any:
        import ibis

        day = rows[ANSWERED_ON_COLUMN].cast("date")
        parts = [day.between(*ends) for ends in part_periods(_reached(dataset), query)]
        part = reduce(lambda a, b: a | b, parts, ibis.literal(False))  # noqa: FBT003 -- a value
        known = rows[who.name].notnull() & day.notnull()
        made = {name: ibis.cases((known & ~part, 1.0)), f"{name}:part": known & part}
        return rows.filter(rows[f"{name}:void"] == 0).mutate(**made)

    def said(_dataset: Dataset, _query: Query) -> Text | None:
        return None

    def pick(dataset: Dataset, cube: Cube, query: Query) -> Cube | None:
        cube.load(dataset, [who.name, f"{name}:void"])
        buyer = cube.column(dataset.coded_name(who.name))
        void = cube.column(dataset.coded_name(f"{name}:void"))
        if buyer is None or void is None:
            return None
        rows = np.flatnonzero(void.numbers_at(slice(None)) == 0).astype(np.int64)
        day = cube.days.codes[rows].astype(np.int64)
        known = (buyer.codes[rows] != buyer.n_values) & (day < len(cube.day_values))
        parts = part_periods(_reached(dataset), query)
        whole = [not any(a <= one <= b for a, b in parts) for one in cube.day_values]
        counts = np.where(known & np.array([*whole, False])[day], 1.0, np.nan)
        own = {dataset.coded_name(name): yes_no(counts)}
        picks = Picks(rows, tuple(cube.day_values), day, own)
        return PickedCube(cube, picks, repeats=False).beside(dataset)

    return RowSet(name, make, said, pick)


def _reached(dataset: Dataset) -> date:
    return reaches_until(dataset).date()


def part_periods(reached: date, query: Query) -> Sequence[tuple[date, date]]:
    """Give the first and last days of the periods of a query that are not whole.

    Parameters
    ----------
    reached : date
        The last day that the data holds.
    query : Query
        Without a grain it asks about one period: as it is given.

    Examples
    --------
    >>> from huiyin.measure.contracts import Grain
    >>> part_periods(date(2026, 5, 20), Query((), grain=Grain.MONTH))
    [(datetime.date(2026, 5, 1), datetime.date(9999, 12, 31))]
    """
    if query.grain is None:
        return []
    found = []
    if query.since is not None:
        start = period_start(query.since, query.grain)
        if start != query.since:
            found.append((start, shift(start, query.grain, 1) - timedelta(days=1)))
    last = min(reached, query.until or reached)
    after = last + timedelta(days=1)
    if period_start(after, query.grain) != after:
        found.append((period_start(last, query.grain), date.max))
    return found
