"""Ibis plans: from rows to sums over cells, for all metrics of a query at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.engine.functions import count_if
from huiyin.measure.cell_rows import (
    CLUSTER,
    JOINT,
    PERIOD,
    WEIGHT,
    CellSet,
    Design,
    cell_rows,
    chosen_rows,
    period_of,
)
from huiyin.measure.dataset import Dataset
from huiyin.measure.metric import QUOTIENTS, Form, Value
from huiyin.measure.row_values import as_float, counts_in_n, hits_of, inside, number_of

ROWS = "_rows"


def plan_moments(dataset: Dataset, design: Design, cells: CellSet, values: Sequence[Value]) -> Any:
    """Plan the row moments of unweighted, independent rows: n, sum, sums of squares and cubes.

    Values that count −1, 0 or 1 are their own cubes. Where only periods are told apart, days are
    summed first: a day is what the rows hold, and there are few.
    """
    if cells.keys != (PERIOD,) or any(value.once for value in values):
        rows = cell_rows(dataset, design, cells, values)
        return _grouped(rows, cells.keys, _all_row_sums(rows, values))
    rows = chosen_rows(dataset, design, cells)
    days = _grouped(rows, [ANSWERED_ON_COLUMN], _all_row_sums(rows, values))
    sums = {name: days[name].sum() for name in days.columns if name != ANSWERED_ON_COLUMN}
    periods = days.mutate(**{PERIOD: period_of(days[ANSWERED_ON_COLUMN], cells)})
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
        sums[f"l{i}"] = count_if(inside(rows[value.column], value.low))
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
    weighted = design.weighted or any(value.form in QUOTIENTS for value in values)
    if weighted:
        sums: dict[str, Any] = {ROWS: rows.count()}
        for i, value in enumerate(values):
            sums |= _weighted_sums(rows, design, value, i)
    else:
        sums = _all_row_sums(rows, values)
    psus = rows.group_by([*keys, CLUSTER]).aggregate(**sums)
    return psus if weighted else psus.mutate(**_as_parts(psus, values))


def _weights(rows: Any, design: Design, value: Value) -> tuple[Any, Any]:
    """Give how much a row weighs, above the line and below it.

    As drawn; for a ratio by what it has below the line, for a rate only there.
    """
    import ibis

    weight = rows[WEIGHT] if design.weighted else ibis.literal(1.0, type="float64")
    if value.form not in QUOTIENTS:
        return weight, weight
    below = weight * as_float(rows[value.base or ""])
    return (weight if value.form is Form.RATE else below), below


def _row_parts(rows: Any, design: Design, values: Sequence[Value]) -> dict[str, Any]:
    import ibis

    zero = ibis.literal(0.0, type="float64")
    parts = {ROWS: ibis.literal(1, type="int64")}
    for i, value in enumerate(values):
        number, (weight, below) = number_of(rows, value), _weights(rows, design, value)
        there = number.notnull()
        parts[f"n{i}"] = counts_in_n(rows, value).cast("int64")
        parts[f"b{i}"] = there.ifelse(below, zero)
        parts[f"a{i}"] = (number * weight).coalesce(zero)
        parts[f"q{i}"] = (number * number * weight).coalesce(zero)
        if value.form is Form.NUMBER:
            parts[f"t{i}"] = (number * number * number * weight).coalesce(zero)
        parts[f"w{i}"] = there.ifelse(below * below, zero)
    return parts


def plan_joint_psus(
    dataset: Dataset, design: Design, cells: CellSet, values: Sequence[Value]
) -> Any:
    """Plan the totals of each cell, PSU and joint cell of a raking: n, Σv, b = Σw, a = Σwv."""
    rows = cell_rows(dataset, design, cells, values)
    sums: dict[str, Any] = {}
    for i, value in enumerate(values):
        number, (weight, below) = number_of(rows, value), _weights(rows, design, value)
        sums |= {
            f"n{i}": count_if(counts_in_n(rows, value)),
            f"s{i}": number.sum().coalesce(0.0),
            f"b{i}": below.sum(where=number.notnull()).coalesce(0.0),
            f"a{i}": (number * weight).sum().coalesce(0.0),
        }
    return rows.group_by([*cells.keys, *design.extra_keys, CLUSTER, JOINT]).aggregate(**sums)


def _weighted_sums(rows: Any, design: Design, value: Value, i: int) -> dict[str, Any]:
    (weight, below), number = _weights(rows, design, value), number_of(rows, value)
    there = number.notnull()
    product = number * weight
    cubes = (
        {f"t{i}": (product * number * number).sum().coalesce(0.0)}
        if value.form is Form.NUMBER
        else {}
    )
    return cubes | {
        f"n{i}": count_if(counts_in_n(rows, value)),
        f"b{i}": there.ifelse(below, 0.0).sum().coalesce(0.0),
        f"a{i}": product.sum().coalesce(0.0),
        f"q{i}": (product * number).sum().coalesce(0.0),
        f"w{i}": there.ifelse(below * below, 0.0).sum().coalesce(0.0),
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
    seen = {f"n{i}": count_if(counts_in_n(rows, value)) for i, value in enumerate(values)}
    customers = rows.group_by([*cells.keys, "_customer"]).aggregate(**seen)
    counts = {f"c{i}": customers.count(where=customers[f"n{i}"] > 0) for i in range(len(values))}
    return _grouped(customers, cells.keys, counts)
