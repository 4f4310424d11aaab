"""Fetch the sums of all metrics of a query in one plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from huiyin.measure.catalogue import Asked
from huiyin.measure.dataset import Dataset
from huiyin.measure.design import Drawn
from huiyin.measure.metric import Value
from huiyin.measure.moments import Moments, design_moments, row_moments
from huiyin.measure.needs import origin_of
from huiyin.measure.plan import STRATUM, CellSet, plan_moments, plan_outer, plan_psus


@dataclass(frozen=True, slots=True)
class Wanted:
    """The values that the metrics of a query need, each fetched once."""

    asked: tuple[Asked, ...]
    values: tuple[Value, ...]
    places: tuple[tuple[int, ...], ...]

    @property
    def has_sums(self) -> bool:
        """Tell whether a metric is a weighted sum of several values."""
        return any(len(places) > 1 for places in self.places)


@dataclass(frozen=True, slots=True)
class Fetched:
    """Moments, and the plan of the PSU totals they were summed from (None: row moments)."""

    moments: Moments
    psus: Any = None


def wanted_values(dataset: Dataset, asked: Sequence[Asked]) -> Wanted:
    """List the distinct values of several metrics, on typed columns, with fixed origins."""
    settled = tuple(_settled(dataset, one) for one in asked)
    values: dict[Value, int] = {}
    places = []
    for one in settled:
        places.append(tuple(values.setdefault(_bare(v), len(values)) for v in one.reading.values))
    return Wanted(settled, tuple(values), tuple(places))


def _bare(value: Value) -> Value:
    """Leave out what is done after the sums, so that score and mean share theirs."""
    return replace(value, factor=1.0, shift=0.0)


def _settled(dataset: Dataset, asked: Asked) -> Asked:
    values = tuple(_on_typed_column(dataset, value) for value in asked.reading.values)
    return replace(asked, reading=replace(asked.reading, values=values))


def _on_typed_column(dataset: Dataset, value: Value) -> Value:
    value = replace(value, column=dataset.column_name(value.column))
    if value.origin is not None:
        return value
    return value.centred(origin_of(dataset, value.column))


def fetch(dataset: Dataset, drawn: Drawn, cells: CellSet, wanted: Wanted) -> Fetched:
    """Fetch the sums of all values over the cells."""
    design, facts = drawn.design, drawn.facts
    if facts.plain:
        table = dataset.engine.run(plan_moments(dataset, design, cells, wanted.values))
        return Fetched(row_moments(table, cells.keys, wanted.values))
    psus = plan_psus(dataset, design, cells, wanted.values)
    table = dataset.engine.run(plan_outer(psus, design, cells, wanted.values))
    stratum = STRATUM if design.stratified else None
    moments = design_moments(table, cells.keys, stratum, facts.strata, len(wanted.values))
    return Fetched(moments, psus)
