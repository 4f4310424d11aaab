"""Which rows a question is about, and the cells that they fall into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.codebook.advice import name_column
from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.contracts import Filter, Grain, QueryError
from huiyin.measure.dataset import Dataset
from huiyin.measure.filters import condition
from huiyin.measure.metric import Value
from huiyin.measure.periods import Window

PERIOD = "period"
STRATUM = "_stratum"
CLUSTER = "_cluster"
WEIGHT = "_weight"
JOINT = "_joint"
FIRST = "_first"
"""Tells the first row of each customer in a cell; there where customers are counted."""
AGAIN = "_again"
"""Tells whether a customer has rows of two days in a cell; there where a value asks for it."""
NO_CUSTOMER = name_column(Role.CUSTOMER).within(
    Text("没有客户列，分不清谁是同一位客户；{how}", "There is no column of customers; {how}")
)
_TRUNCATE = {Grain.DAY: "D", Grain.WEEK: "W", Grain.MONTH: "M", Grain.QUARTER: "Q", Grain.YEAR: "Y"}


@dataclass(frozen=True, slots=True)
class CellSet:
    """Which rows fall into which cells.

    Attributes
    ----------
    by : tuple of str
        Typed columns to group by.
    where : tuple of Filter
    window : Window
    grain : Grain or None
        Adds the first day of the period. Days are moved by `days_later` before they are cut into
        periods, periods by `months_later`: so that a row is put into the cell it is the reference
        of.
    """

    by: tuple[str, ...]
    where: tuple[Filter, ...] = ()
    window: Window = Window(None, None)  # noqa: RUF009 -- frozen value
    grain: Grain | None = None
    months_later: int = 0
    days_later: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the key columns in plans."""
        names = tuple(f"k{i}" for i in range(len(self.by)))
        return (*names, PERIOD) if self.grain else names

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the keys for people."""
        return (*self.by, PERIOD) if self.grain else self.by


@dataclass(frozen=True, slots=True)
class Design:
    """How rows were drawn and weighted, as columns of the plan's rows.

    `rows` is the Ibis table of valid rows, with `STRATUM`, `CLUSTER` and `WEIGHT` where the design
    has them.
    """

    rows: Any
    stratified: bool = False
    clustered: bool = False
    weighted: bool = False

    @property
    def plain(self) -> bool:
        """Tell whether every row counts alike and by itself."""
        return not (self.stratified or self.clustered or self.weighted)

    @property
    def extra_keys(self) -> tuple[str, ...]:
        """Columns that tell strata apart."""
        return (STRATUM,) if self.stratified else ()


def in_window(rows: Any, window: Window) -> Any:
    """Keep the rows answered inside the window."""
    day = rows[ANSWERED_ON_COLUMN]
    if window.since is not None:
        rows = rows.filter(day >= window.since)
    if window.until is not None:
        rows = rows.filter(day <= window.until)
    if window.weekdays:
        rows = rows.filter(day.day_of_week.index().isin(window.weekdays))
    return rows


def cell_rows(
    dataset: Dataset, design: Design, cells: CellSet, values: Sequence[Value] = ()
) -> Any:
    """Filter the rows and add the cell keys, and which is a customer's first, if `values` ask."""
    rows = chosen_rows(dataset, design, cells)
    rows = rows.mutate(**_keys(dataset, rows, cells))
    if not any(value.once for value in values):
        return rows
    told = {FIRST: _is_first(dataset, rows, cells)}
    for value in values:
        if value.again:
            told[f"{AGAIN}:{value.column}"] = _is_there_again(dataset, rows, cells, value)
    return rows.mutate(**told)


def _is_first(dataset: Dataset, rows: Any, cells: CellSet) -> Any:
    import ibis

    customer = counted_customer(dataset)
    order = [rows[ANSWERED_ON_COLUMN], dataset.row_key(rows)]
    window = ibis.window(group_by=[*cells.keys, customer], order_by=order)
    return (ibis.row_number().over(window) == 0) & rows[customer].notnull()


def _is_there_again(dataset: Dataset, rows: Any, cells: CellSet, value: Value) -> Any:
    import ibis

    window = ibis.window(group_by=[*cells.keys, counted_customer(dataset)])
    day = ibis.ifelse(rows[value.column].notnull(), rows[ANSWERED_ON_COLUMN], None)
    return day.min().over(window) < day.max().over(window)


def counted_customer(dataset: Dataset) -> str:
    """Give the column of who is counted where customers are: a customer, else an account.

    Raises
    ------
    QueryError
        There is none.
    """
    found = dataset.codebook.first(Role.CUSTOMER) or dataset.codebook.first(Role.ACCOUNT)
    if found is None:
        raise QueryError(NO_CUSTOMER)
    return dataset.column_name(found.name)


def chosen_rows(dataset: Dataset, design: Design, cells: CellSet) -> Any:
    """Filter the rows to those that the cells are made of."""
    rows = in_window(design.rows, cells.window)
    conditions = [condition(dataset, rows, where) for where in cells.where]
    if cells.grain:
        conditions.append(rows[ANSWERED_ON_COLUMN].notnull())
    return rows.filter(conditions) if conditions else rows


def _keys(dataset: Dataset, rows: Any, cells: CellSet) -> dict[str, Any]:
    keys = {}
    for name, column in zip(cells.keys, cells.by, strict=False):
        found = rows[dataset.column_name(column)]
        keys[name] = found.unnest() if found.type().is_array() else found
    if cells.grain:
        keys[PERIOD] = period_of(rows[ANSWERED_ON_COLUMN], cells)
    return keys


def period_of(day: Any, cells: CellSet) -> Any:
    """Give the first day of the period that a day is put into."""
    import ibis

    if cells.days_later:
        day = (day + ibis.interval(days=cells.days_later)).cast("date")
    start = day.truncate(_TRUNCATE[cells.grain or Grain.DAY])
    if cells.months_later:
        start = (start + ibis.interval(months=cells.months_later)).cast("date")
    return start
