"""Fetch the sums of all metrics of a query in one plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from huiyin.core.text import Text
from huiyin.engine.arrays import numbers_of
from huiyin.measure.calibrated import Entries, fetch_entries
from huiyin.measure.catalogue import Asked
from huiyin.measure.cell_rows import CLUSTER, STRATUM, CellSet
from huiyin.measure.contracts import QueryError
from huiyin.measure.cubes.sums import cube_cross, cube_customers, cube_sums
from huiyin.measure.dataset import Dataset
from huiyin.measure.design import Drawn, counted_column, customer_key
from huiyin.measure.metric import QUOTIENTS, Value
from huiyin.measure.moments import (
    CROSSED,
    Key,
    Moments,
    cross_parts,
    design_moments,
    row_moments,
    table_keys,
)
from huiyin.measure.needs import origin_of
from huiyin.measure.plan import plan_cross, plan_customers, plan_moments, plan_outer, plan_psus
from huiyin.stats.contracts import Floats
from huiyin.stats.design import CrossSums

MAXIMUM_CELLS = 50_000
"""More groups than anyone reads: an id was taken for a group."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The values that the metrics of a query need, each fetched once."""

    asked: tuple[Asked, ...]
    values: tuple[Value, ...]
    places: tuple[tuple[int, ...], ...]

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Components of one metric, each with each, once."""
        found = {
            (min(i, j), max(i, j))
            for places in self.places
            for i in places
            for j in places
            if i != j
        }
        return tuple(sorted(found))

    @property
    def has_sums(self) -> bool:
        """Tell whether a metric is a weighted sum of several values, or a ratio of two sums."""
        several = any(len(places) > 1 for places in self.places)
        return several or any(value.form in QUOTIENTS for value in self.values)


@dataclass(frozen=True, slots=True)
class Fetched:
    """Moments, and the plan of the PSU totals they were summed from (None: row moments).

    After raking `entries` holds the PSU totals themselves, by cell.
    """

    moments: Moments
    psus: Any = None
    entries: Mapping[Key, Entries] | None = None


def wanted_values(dataset: Dataset, asked: Sequence[Asked]) -> Wanted:
    """List the distinct values of several metrics, on typed columns, with fixed origins."""
    settled = tuple(_settled(dataset, one) for one in asked)
    values: dict[Value, int] = {}
    places = tuple(
        tuple(values.setdefault(_bare(v), len(values)) for v in one.reading.values)
        for one in settled
    )
    return Wanted(settled, tuple(values), places)


def _bare(value: Value) -> Value:
    """Leave out what is done after the sums, so that score and mean share theirs."""
    return replace(value, factor=1.0, shift=0.0)


def _settled(dataset: Dataset, asked: Asked) -> Asked:
    values = tuple(_on_typed_column(dataset, value) for value in asked.reading.values)
    return replace(asked, reading=replace(asked.reading, values=values))


def _on_typed_column(dataset: Dataset, value: Value) -> Value:
    value = replace(value, column=dataset.column_name(value.column))
    if value.base is not None:
        value = replace(value, base=dataset.column_name(value.base))
    if value.origin is not None:
        return value
    return value.centred(origin_of(dataset, value.column))


def fetch(dataset: Dataset, drawn: Drawn, cells: CellSet, wanted: Wanted) -> Fetched:
    """Fetch the sums of all values over the cells, and the customers behind them."""
    found = _fetch_sums(dataset, drawn, cells, wanted)
    if len(found.moments.keys) > MAXIMUM_CELLS:
        raise QueryError(
            Text("分组后有 {n} 个格子，超过 {most} 个；请换取值更少的列，或先筛选",
                 "The groups make {n} cells, more than {most}; group by fewer values or filter")
            .format(n=len(found.moments.keys), most=MAXIMUM_CELLS)
        )  # fmt: skip
    customers = _customers(dataset, drawn, cells, wanted, found.moments)
    found = replace(found, moments=replace(found.moments, customers=customers))
    if drawn.calibration is None:
        return found
    whole = drawn.calibration
    return replace(found, entries=fetch_entries(dataset, drawn.design, cells, wanted.values, whole))


def _fetch_sums(dataset: Dataset, drawn: Drawn, cells: CellSet, wanted: Wanted) -> Fetched:
    design, facts, values = drawn.design, drawn.facts, wanted.values
    if (source := drawn.source) is not None:
        return Fetched(*cube_sums(dataset, source, cells, wanted))
    if not drawn.by_psu:
        table = dataset.engine.run(plan_moments(dataset, design, cells, values))
        return Fetched(row_moments(table, cells.keys, values))
    psus = plan_psus(dataset, design, cells, values)
    table = dataset.engine.run(plan_outer(psus, design, cells, len(values), wanted.pairs))
    stratum = STRATUM if design.stratified else None
    return Fetched(design_moments(table, cells.keys, stratum, facts.strata, len(values)), psus)


def _customers(
    dataset: Dataset, drawn: Drawn, cells: CellSet, wanted: Wanted, moments: Moments
) -> Floats | None:
    """Count customers: the clusters where customers are those, else a plan if any comes twice."""
    if drawn.by_customer and not drawn.design.stratified:
        return moments.parts["m"][..., 0]
    if (source := drawn.source) is not None:
        customer = counted_column(dataset, source.cube)
        return cube_customers(dataset, source, cells, wanted, customer) if customer else None
    key = customer_key(dataset, drawn.design.rows)
    if key is None:
        return None
    plan = plan_customers(dataset, drawn.design, cells, wanted.values, key)
    table = dataset.engine.run(plan)
    place = {found: i for i, found in enumerate(table_keys(table, cells.keys))}
    order = [place[found] for found in moments.keys]
    return np.array([numbers_of(table[f"c{i}"])[order] for i in range(len(wanted.values))])


def fetch_cross(
    dataset: Dataset,
    drawn: Drawn,
    first: tuple[CellSet, Any, tuple[Key, ...]],
    second: tuple[CellSet, Any],
    wanted: Wanted,
) -> dict[tuple[int, int], CrossSums]:
    """Fetch products over the PSUs that cells share with the cells they are compared with."""
    cells, psus, keys = first
    if (source := drawn.source) is not None:
        return cube_cross(dataset, source, first, second, wanted)
    by_name = dict(zip(second[0].names, second[0].keys, strict=True))
    on = [(k, by_name[n]) for n, k in zip(cells.names, cells.keys, strict=True) if n in by_name]
    design = drawn.design
    on += [(key, key) for key in (*design.extra_keys, CLUSTER)]
    pairs = sorted({(i, j) for places in wanted.places for i in places for j in places})
    by = [*cells.keys, *design.extra_keys]
    table = dataset.engine.run(plan_cross(psus, second[1], on, by, pairs))
    stratum = STRATUM if design.stratified else None
    moments = cross_parts(table, cells.keys, stratum, drawn.facts.strata).take(keys)
    return {
        (i, j): CrossSums(*(moments.parts[f"{xy}_{i}_{j}"][0] for xy in CROSSED)) for i, j in pairs
    }
