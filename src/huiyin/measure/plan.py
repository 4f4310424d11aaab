"""Ibis plans: from rows to sums over cells, for all metrics of a query at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.engine.functions import count_if
from huiyin.measure.contracts import Filter, Grain, QueryError
from huiyin.measure.dataset import Dataset
from huiyin.measure.filters import condition
from huiyin.measure.metric import Form, Value
from huiyin.measure.periods import Window

PERIOD = "period"
STRATUM = "_stratum"
CLUSTER = "_cluster"
WEIGHT = "_weight"
JOINT = "_joint"
ROWS = "_rows"
FIRST = "_first"
"""Tells the first row of each customer in a cell; there where customers are counted."""
NO_CUSTOMER = Text(
    "没有客户列，分不清谁是同一位客户；用 --set “列=customer”指明",
    "There is no column of customers; name it with --set “COLUMN=customer”",
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


def as_float(column: Any) -> Any:
    """Cast to float64 before any product, unless it is one (int8 products overflow)."""
    return column if column.type().is_float64() else column.cast("float64")


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
    rows = _chosen_rows(dataset, design, cells)
    rows = rows.mutate(**_keys(dataset, rows, cells))
    if not any(value.once for value in values):
        return rows
    return rows.mutate(**{FIRST: _is_first(dataset, rows, cells)})


def _is_first(dataset: Dataset, rows: Any, cells: CellSet) -> Any:
    import ibis

    customer = counted_customer(dataset)
    order = [rows[ANSWERED_ON_COLUMN], dataset.row_key(rows)]
    window = ibis.window(group_by=[*cells.keys, customer], order_by=order)
    return (ibis.row_number().over(window) == 0) & rows[customer].notnull()


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


def _chosen_rows(dataset: Dataset, design: Design, cells: CellSet) -> Any:
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
        keys[PERIOD] = _period(rows[ANSWERED_ON_COLUMN], cells)
    return keys


def _period(day: Any, cells: CellSet) -> Any:
    import ibis

    if cells.days_later:
        day = (day + ibis.interval(days=cells.days_later)).cast("date")
    start = day.truncate(_TRUNCATE[cells.grain or Grain.DAY])
    if cells.months_later:
        start = (start + ibis.interval(months=cells.months_later)).cast("date")
    return start


def number_of(rows: Any, value: Value) -> Any:
    """Give how each row counts: float64, NULL where it did not answer."""
    import ibis

    column = rows[value.column]
    one = ibis.literal(1.0, type="float64")
    zero = ibis.literal(0.0, type="float64")
    if value.form is Form.NUMBER:
        return _points(column, value) - ibis.literal(value.origin or 0.0, type="float64")
    if value.form is Form.RATIO:
        below = as_float(rows[value.base or ""])
        return ibis.ifelse(below > 0, column.cast("float64") / below, None)
    hit, answered = hits_of(rows, value)
    if value.form is Form.SHARE:
        return ibis.cases((hit, one), (answered, zero))
    return ibis.cases((hit, one), (_inside(column, value.low), -one), (answered, zero))


def _points(column: Any, value: Value) -> Any:
    import ibis

    if not value.points:
        return as_float(column)
    number, steps = as_float(column), sorted(value.points)
    cases = [(number == code, ibis.literal(p, type="float64")) for code, p in steps]
    for (a, p), (b, q) in pairwise(steps):  # 3.5 lies between the points of 3 and 4
        cases.append(((number > a) & (number < b), p + (number - a) * ((q - p) / (b - a))))
    return ibis.cases(*cases)


def _inside(column: Any, ends: tuple[float, float] | None) -> Any:
    low, high = ends or (0.0, 0.0)
    return column == low if low == high else column.between(low, high)


def hits_of(rows: Any, value: Value) -> tuple[Any, Any]:
    """Give (is a hit, is in the base), as conditions."""
    column = rows[value.column]
    if value.once:
        counts = rows[FIRST] & column.notnull()
        return counts & _inside(column, value.high), counts
    if value.words:
        if column.type().is_array():
            return column.contains(value.words[0]), column.notnull()
        words = column.cast("string") if not column.type().is_string() else column
        base = words.notin(value.outside) if value.outside else words.notnull()
        return words.isin(value.words), base
    return _inside(column, value.high), column.notnull()


def plan_moments(dataset: Dataset, design: Design, cells: CellSet, values: Sequence[Value]) -> Any:
    """Plan the row moments of unweighted, independent rows: n, sum, sums of squares and cubes.

    Values that count −1, 0 or 1 are their own cubes. Where only periods are told apart, days are
    summed first: a day is what the rows hold, and there are few.
    """
    if cells.keys != (PERIOD,) or any(value.once for value in values):
        rows = cell_rows(dataset, design, cells, values)
        return _grouped(rows, cells.keys, _all_row_sums(rows, values))
    rows = _chosen_rows(dataset, design, cells)
    days = _grouped(rows, [ANSWERED_ON_COLUMN], _all_row_sums(rows, values))
    sums = {name: days[name].sum() for name in days.columns if name != ANSWERED_ON_COLUMN}
    periods = days.mutate(**{PERIOD: _period(days[ANSWERED_ON_COLUMN], cells)})
    return _grouped(periods, [PERIOD], sums)


def _all_row_sums(rows: Any, values: Sequence[Value]) -> dict[str, Any]:
    sums = {ROWS: rows.count()}
    for i, value in enumerate(values):
        sums |= _row_sums(rows, value, i)
    return sums


def _row_sums(rows: Any, value: Value, i: int) -> dict[str, Any]:
    if value.form is Form.NUMBER:
        number = number_of(rows, value)
        return {
            f"n{i}": number.count(),
            f"a{i}": number.sum(),
            f"q{i}": (number * number).sum(),
            f"t{i}": (number * number * number).sum(),
        }
    hit, base = hits_of(rows, value)
    answered = count_if(base) if value.words or value.once else rows[value.column].count()
    sums = {f"n{i}": answered, f"h{i}": count_if(hit)}
    if value.form is Form.NPS:
        sums[f"l{i}"] = count_if(_inside(rows[value.column], value.low))
    return sums


def plan_psus(dataset: Dataset, design: Design, cells: CellSet, values: Sequence[Value]) -> Any:
    """Plan one row per cell, stratum and PSU: n, b = Σw, a = Σwv, q = Σwv², w = Σw² of each value.

    A number has t = Σwv³ too; where a value counts −1, 0 or 1 that is a.

    Without clusters every row is a PSU, and nothing is grouped.
    """
    rows = cell_rows(dataset, design, cells, values)
    keys = [*cells.keys, *design.extra_keys]
    if not design.clustered:
        return rows.select(**{k: rows[k] for k in keys}, **_row_parts(rows, design, values))
    weighted = design.weighted or any(value.form is Form.RATIO for value in values)
    if weighted:
        sums: dict[str, Any] = {ROWS: rows.count()}
        for i, value in enumerate(values):
            sums |= _weighted_sums(rows, design, value, i)
    else:
        sums = _all_row_sums(rows, values)
    psus = rows.group_by([*keys, CLUSTER]).aggregate(**sums)
    return psus if weighted else psus.mutate(**_as_parts(psus, values))


def _weight(rows: Any, design: Design, value: Value) -> Any:
    """Give how much a row weighs: as drawn, and for a ratio what it has below the line."""
    import ibis

    weight = rows[WEIGHT] if design.weighted else ibis.literal(1.0, type="float64")
    if value.form is not Form.RATIO:
        return weight
    return weight * as_float(rows[value.base or ""])


def _row_parts(rows: Any, design: Design, values: Sequence[Value]) -> dict[str, Any]:
    import ibis

    zero = ibis.literal(0.0, type="float64")
    parts = {ROWS: ibis.literal(1, type="int64")}
    for i, value in enumerate(values):
        number, weight = number_of(rows, value), _weight(rows, design, value)
        there = number.notnull()
        parts[f"n{i}"] = there.cast("int64")
        parts[f"b{i}"] = there.ifelse(weight, zero)
        parts[f"a{i}"] = (number * weight).coalesce(zero)
        parts[f"q{i}"] = (number * number * weight).coalesce(zero)
        if value.form is Form.NUMBER:
            parts[f"t{i}"] = (number * number * number * weight).coalesce(zero)
        parts[f"w{i}"] = there.ifelse(weight * weight, zero)
    return parts


def plan_joint_psus(
    dataset: Dataset, design: Design, cells: CellSet, values: Sequence[Value]
) -> Any:
    """Plan the totals of each cell, PSU and joint cell of a raking: n, Σv, b = Σw, a = Σwv."""
    rows = cell_rows(dataset, design, cells, values)
    sums: dict[str, Any] = {}
    for i, value in enumerate(values):
        number, weight = number_of(rows, value), _weight(rows, design, value)
        sums |= {
            f"n{i}": number.count(),
            f"s{i}": number.sum().coalesce(0.0),
            f"b{i}": weight.sum(where=number.notnull()).coalesce(0.0),
            f"a{i}": (number * weight).sum().coalesce(0.0),
        }
    return rows.group_by([*cells.keys, *design.extra_keys, CLUSTER, JOINT]).aggregate(**sums)


def _weighted_sums(rows: Any, design: Design, value: Value, i: int) -> dict[str, Any]:
    weight, number = _weight(rows, design, value), number_of(rows, value)
    there = number.notnull()
    product = number * weight
    cubes = (
        {f"t{i}": (product * number * number).sum().coalesce(0.0)}
        if value.form is Form.NUMBER
        else {}
    )
    return cubes | {
        f"n{i}": number.count(),
        f"b{i}": there.ifelse(weight, 0.0).sum().coalesce(0.0),
        f"a{i}": product.sum().coalesce(0.0),
        f"q{i}": (product * number).sum().coalesce(0.0),
        f"w{i}": there.ifelse(weight * weight, 0.0).sum().coalesce(0.0),
    }


def _as_parts(psus: Any, values: Sequence[Value]) -> dict[str, Any]:
    """Bring counts of unweighted PSUs into a, b, q as float64."""
    parts = {}
    for i, value in enumerate(values):
        parts[f"b{i}"] = psus[f"n{i}"].cast("float64")
        if value.form is Form.NUMBER:
            parts[f"a{i}"] = psus[f"a{i}"].coalesce(0.0)
            parts[f"q{i}"] = psus[f"q{i}"].coalesce(0.0)
            parts[f"t{i}"] = psus[f"t{i}"].coalesce(0.0)
        elif value.form is Form.SHARE:
            parts[f"a{i}"] = parts[f"q{i}"] = psus[f"h{i}"].cast("float64")
        else:
            parts[f"a{i}"] = (psus[f"h{i}"] - psus[f"l{i}"]).cast("float64")
            parts[f"q{i}"] = (psus[f"h{i}"] + psus[f"l{i}"]).cast("float64")
    return parts


def plan_outer(
    psus: Any,
    design: Design,
    cells: CellSet,
    n_values: int,
    pairs: Sequence[tuple[int, int]] = (),
) -> Any:
    """Plan the sums over PSUs of each cell and stratum, products included.

    `pairs` names values whose products are needed too (components of an index).
    """
    sums: dict[str, Any] = {ROWS: psus[ROWS].sum()}
    for i in range(n_values):
        a, b = psus[f"a{i}"], psus[f"b{i}"]
        sums |= {
            f"n{i}": psus[f"n{i}"].sum(),
            f"m{i}": psus.count(where=psus[f"n{i}"] > 0),
            f"b{i}": b.sum(),
            f"a{i}": a.sum(),
            f"q{i}": psus[f"q{i}"].sum(),
            f"aa{i}": (a * a).sum(),
            f"ab{i}": (a * b).sum(),
            f"bb{i}": (b * b).sum(),
        }
        optional = [name for name in (f"t{i}", f"w{i}") if name in psus.columns]
        sums |= {name: psus[name].sum() for name in optional}
    sums |= _products(psus, psus, "", pairs)
    return _grouped(psus, [*cells.keys, *design.extra_keys], sums)


def _products(
    left: Any, right: Any, prefix: str, pairs: Sequence[tuple[int, int]]
) -> dict[str, Any]:
    return {
        f"{x}{y}_{i}_{j}": (left[f"{x}{i}"] * right[f"{prefix}{y}{j}"]).sum()
        for i, j in pairs
        for x in "ab"
        for y in "ab"
    }


def _grouped(rows: Any, keys: Sequence[str], sums: dict[str, Any]) -> Any:
    return rows.group_by(list(keys)).aggregate(**sums) if keys else rows.aggregate(**sums)


def plan_cross(
    first: Any,
    second: Any,
    on: Sequence[tuple[str, str]],
    keys: Sequence[str],
    pairs: Sequence[tuple[int, int]],
) -> Any:
    """Plan sums over shared PSUs of products between two sets of PSU totals.

    Parameters
    ----------
    first, second : ibis.Table
        From `plan_psus`.
    on : sequence of (str, str)
        Columns of both that must agree; a missing value agrees with a missing value.
    keys : sequence of str
        Columns of `first` to sum up by.
    pairs : sequence of (int, int)
        Value of the first times value of the second.
    """
    right = second.select(
        **{f"r_{name}": second[name] for _, name in on},
        **{f"r_{part}{j}": second[f"{part}{j}"] for part in "ab" for j in {j for _, j in pairs}},
    )
    matched = [first[left].identical_to(right[f"r_{name}"]) for left, name in on]
    joined = first.inner_join(right, matched)
    return _grouped(joined, keys, _products(joined, joined, "r_", pairs))


def plan_customers(
    dataset: Dataset, design: Design, cells: CellSet, values: Sequence[Value], key: Any
) -> Any:
    """Plan the number of customers who answered, by cell and value, in two steps."""
    known = replace(design, rows=design.rows.mutate(_customer=key))
    rows = cell_rows(dataset, known, cells, values)
    seen = {f"n{i}": number_of(rows, value).count() for i, value in enumerate(values)}
    customers = rows.group_by([*cells.keys, "_customer"]).aggregate(**seen)
    counts = {f"c{i}": customers.count(where=customers[f"n{i}"] > 0) for i in range(len(values))}
    return _grouped(customers, cells.keys, counts)
