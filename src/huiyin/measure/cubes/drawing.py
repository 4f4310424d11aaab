"""Whether a query can be answered from a cube, and the design of its rows there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from huiyin.codebook.contracts import Codebook, Role
from huiyin.measure.cell_rows import counted_customer
from huiyin.measure.contracts import AmbiguousMetricError, Query, QueryError, Viewer
from huiyin.measure.cubes.chosen import Chosen, days_between, marked_codes, narrowed, unflagged
from huiyin.measure.cubes.coded import Coded
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.values import fits
from huiyin.measure.dataset import Dataset
from huiyin.measure.estimates import DesignFacts
from huiyin.measure.hiding.private import SINGLE_ROLES
from huiyin.measure.metric import HOUSE_RULES, Metric, MetricRules, Reading
from huiyin.measure.pairs import often_paired
from huiyin.measure.periods import Window
from huiyin.measure.rivals import is_gap
from huiyin.measure.row_facts import Fact

if TYPE_CHECKING:
    from huiyin.measure.fetching import Wanted


def fitting_cube(dataset: Dataset, query: Query, viewer: Viewer, wanted: Wanted) -> Cube | None:
    """Give the cube that answers a query; None where only the rows do.

    Weights and strata, several options a row, groups of very many values and conditions on two
    columns at once are left to the rows.
    """
    cube = dataset.cube
    if cube is None or query.weighting or query.strata:
        return None
    if any(is_gap(dataset.codebook, one.column) for one in query.where):
        return None
    by = [*query.by, *(one.column for one in (*query.where, *viewer.rows))]
    cells = [dataset.column_name(name) for name in by]
    customer = dataset.customer()
    units = [customer.name] if customer is not None and dataset.has_column(customer.name) else []
    if query.cluster:
        units.append(dataset.column_name(query.cluster))
    if any(value.once for value in wanted.values):
        units.append(counted_customer(dataset))
    clocks = [one.reading.clock.stopped for one in wanted.asked if one.reading.clock]
    bases = {value: value.base for value in wanted.values if value.base is not None}
    read = [value.column for value in wanted.values]
    cube.load(dataset, [*cells, *units, *clocks, *bases.values(), *read])

    def column(name: str) -> Coded | None:
        return cube.column(dataset.coded_name(name))

    fit = all(_grouping(column(name)) for name in cells)
    fit = fit and all(_tells_units(cube, column(name)) for name in units)
    fit = fit and all(fits(column(value.column), value) for value in wanted.values)
    fit = fit and all(fits(column(name), value) for value, name in bases.items())
    fit = fit and all(column(name) is not None for name in clocks)
    return cube if fit else None


def code_columns(dataset: Dataset, rules: MetricRules = HOUSE_RULES) -> None:
    """Code every column that questions go by, and those that metrics and pairs make.

    What is told with these is found as well. Nobody waits for it later. What the data cannot give,
    such as working time in years without a calendar, is left to whoever asks.

    Raises
    ------
    EngineError
        As for `Engine.run`.
    """
    if dataset.cube is None:
        return
    asked = (one.name for one in dataset.codebook if one.role not in _RARELY_ASKED)
    names = (dataset.column_name(name) for name in asked if dataset.has_column(name))
    dataset.cube.load(dataset, names)
    _count_customers(dataset, dataset.cube)
    for fact in made_facts(dataset, rules):
        with suppress(QueryError):  # whoever asks is told
            _code_fact(dataset, dataset.cube, fact)
    for fact in often_paired(dataset.codebook, rules):
        _code_fact(dataset, dataset.cube, fact)
    for reading in operational_readings(dataset, rules):
        with suppress(QueryError):
            _plan_reading(dataset, reading)


def _code_fact(dataset: Dataset, cube: Cube, fact: Fact) -> None:
    beside = dataset.with_facts((fact,))
    cube.load(beside, [name for name in beside.kinds if name not in dataset.kinds])
    _find_told(dataset, fact)


def _plan_reading(dataset: Dataset, reading: Reading) -> None:
    """Find which rows a reading counts where no query changes that, and the types of its columns.

    The types are kept: what facts and rows make together is not planned for the first who asks.
    """
    beside = dataset.with_facts(reading.facts, reading.rows, Query(()))
    _ = beside.kinds


def _count_customers(dataset: Dataset, cube: Cube) -> None:
    """Count the units of the whole design as most questions have it: it is kept."""
    customer = dataset.customer()
    name = None if customer is None else customer.name
    if name is not None and (name not in dataset.kinds or cube.column(name) is None):
        return
    design_facts(cube, name, dataset.mask(Query(())))


def _find_told(dataset: Dataset, fact: Fact) -> None:
    """Find what a fact refuses and tells, the same whoever asks: it is kept beside the columns."""
    if fact.check is not None:
        with suppress(QueryError):  # whoever asks is told
            fact.check(dataset, Query(()))
    if fact.said is not None:
        fact.said(dataset)


def made_facts(dataset: Dataset, rules: MetricRules) -> tuple[Fact, ...]:
    """List the facts that the operational metrics of a dataset stand on, each once."""
    readings = operational_readings(dataset, rules)
    return tuple({fact.name: fact for one in readings for fact in one.facts}.values())


def operational_readings(dataset: Dataset, rules: MetricRules) -> list[Reading]:
    """List how the operational metrics of a dataset can be read, each by itself."""
    from huiyin.measure.catalogue import operational_metrics

    metrics = operational_metrics(dataset.codebook, rules)
    return [one for metric in metrics for one in _readings(metric, dataset.codebook, rules)]


def _readings(metric: Metric, codebook: Codebook, rules: MetricRules) -> list[Reading]:
    """Read a metric by itself; where several datasets hold complaints, by each of them."""
    if metric.look is None:
        return []
    try:
        return [metric.look(metric, codebook, "", rules)]
    except AmbiguousMetricError:
        readings = []
        for source in rules.complaints:
            with suppress(AmbiguousMetricError):  # of one name: nobody can ask for either
                readings.append(metric.look(metric, codebook, source.name, rules))
        return readings


_RARELY_ASKED = SINGLE_ROLES | {Role.CONTACT, Role.IGNORE}


def _grouping(column: Coded | None) -> bool:
    return column is not None and column.values is not None


def _tells_units(cube: Cube, column: Coded | None) -> bool:
    """Tell whether units can be told apart: a row that stands for itself stands once."""
    if column is None or not cube.repeats_rows:
        return column is not None
    return int(column.codes.max(initial=0)) < column.n_values or not cube.n_rows


def units_of(cube: Cube, name: str) -> Coded:
    """Give the column of units; it was loaded."""
    found = cube.column(name)
    if found is None:
        raise KeyError(name)
    return found


def answers_per_unit(cube: Cube, name: str, mask: int, window: Window) -> float:
    """Give the mean answers per known unit inside a window; 1 where none is known."""
    column = units_of(cube, name)
    codes = narrowed(days_between(cube, window), _flag_tables(cube, mask)).of(column)
    distinct = int(np.count_nonzero(marked_codes(codes, column.n_values + 1)[:-1]))
    return int(np.count_nonzero(codes != column.n_values)) / distinct if distinct else 1.0


def undated_rows(cube: Cube, mask: int) -> int:
    """Count the valid rows whose day is unknown."""
    first = cube.first_row(len(cube.day_values))
    undated = Chosen(slice(first, cube.n_rows), cube.n_rows - first)
    return narrowed(undated, _flag_tables(cube, mask)).n


def is_repeated(cube: Cube, name: str) -> bool:
    """Tell whether any known unit has more than one row."""
    column = units_of(cube, name)
    there = marked_codes(column.codes, column.n_values + 1)[:-1]
    n_rows = int(np.count_nonzero(column.codes != column.n_values))
    return n_rows > int(np.count_nonzero(there))


def design_facts(cube: Cube, cluster: str | None, mask: int) -> DesignFacts:
    """Count the units of the whole design."""
    n_units = cube.told(f"units {mask} {cluster}", lambda: _count_units(cube, cluster, mask))
    n_psu = np.array([n_units], dtype=np.float64)
    return DesignFacts(n_psu, (None,), cluster is None, cluster is not None)


def _count_units(cube: Cube, cluster: str | None, mask: int) -> int:
    rows = narrowed(days_between(cube, Window(None, None)), _flag_tables(cube, mask))
    if cluster is None:
        return rows.n
    column = units_of(cube, cluster)
    codes = rows.of(column)
    alone = np.count_nonzero(codes == column.n_values)
    return int(np.count_nonzero(marked_codes(codes, column.n_values + 1)[:-1]) + alone)


def _flag_tables(cube: Cube, mask: int) -> Sequence[tuple[Coded, np.ndarray]]:
    found = unflagged(cube, mask)
    return [] if found is None else [found]
