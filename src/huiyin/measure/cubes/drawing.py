"""Whether a query can be answered from a cube, and the design of its rows there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Query, Viewer
from huiyin.measure.cubes.chosen import days_between, narrowed, unflagged
from huiyin.measure.cubes.coded import Coded
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.values import fits
from huiyin.measure.dataset import Dataset
from huiyin.measure.estimates import DesignFacts
from huiyin.measure.periods import Window
from huiyin.measure.private import SINGLE_ROLES

if TYPE_CHECKING:
    from huiyin.measure.catalogue import Asked
    from huiyin.measure.fetching import Wanted


def fitting_cube(dataset: Dataset, query: Query, viewer: Viewer, wanted: Wanted) -> Cube | None:
    """Give the cube that answers a query; None where only the rows do.

    Weights and strata, quantiles of durations, other rows than the dataset's own, several options
    a row and columns of very many values are left to the rows.
    """
    cube = dataset.cube
    if cube is None or query.weighting or query.strata or _stands_apart(wanted.asked):
        return None
    by = [*query.by, *(one.column for one in (*query.where, *viewer.rows))]
    cells = [dataset.column_name(name) for name in by]
    customer = dataset.customer()
    units = [customer.name] if customer is not None and dataset.has_column(customer.name) else []
    if query.cluster:
        units.append(dataset.column_name(query.cluster))
    cube.load(dataset, [*cells, *units, *(value.column for value in wanted.values)])

    def column(name: str) -> Coded | None:
        return cube.column(dataset.coded_name(name))

    fit = all(_grouping(column(name)) for name in cells)
    fit = fit and all(column(name) is not None for name in units)
    fit = fit and all(fits(column(value.column), value) for value in wanted.values)
    return cube if fit else None


def code_columns(dataset: Dataset) -> None:
    """Code every column that questions go by, in one scan: nobody waits for it later.

    Raises
    ------
    EngineError
        As for `Engine.run`.
    """
    if dataset.cube is not None:
        asked = (one for one in dataset.codebook if one.role not in _RARELY_ASKED)
        names = (one.group or one.name for one in asked)
        dataset.cube.load(dataset, [name for name in names if name in dataset.kinds])


_RARELY_ASKED = SINGLE_ROLES | {Role.CONTACT, Role.IGNORE}


def _stands_apart(asked: Iterable[Asked]) -> bool:
    return any(one.reading.rows or one.reading.clock for one in asked)


def _grouping(column: Coded | None) -> bool:
    return column is not None and column.values is not None


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
    counts = np.bincount(codes, minlength=column.n_values + 1)[: column.n_values]
    distinct = int(np.count_nonzero(counts))
    return int(counts.sum()) / distinct if distinct else 1.0


def is_repeated(cube: Cube, name: str) -> bool:
    """Tell whether any known unit has more than one row."""
    column = units_of(cube, name)
    return int(np.count_nonzero(column.codes != column.n_values)) > column.n_values


def design_facts(cube: Cube, cluster: str | None, mask: int) -> DesignFacts:
    """Count the units of the whole design."""
    rows = narrowed(days_between(cube, Window(None, None)), _flag_tables(cube, mask))
    n_units = rows.n
    if cluster is not None:
        column = units_of(cube, cluster)
        counts = np.bincount(rows.of(column), minlength=column.n_values + 1)
        n_units = int(np.count_nonzero(counts[:-1]) + counts[-1])
    n_psu = np.array([n_units], dtype=np.float64)
    return DesignFacts(n_psu, (None,), cluster is None, cluster is not None)


def _flag_tables(cube: Cube, mask: int) -> Sequence[tuple[Coded, np.ndarray]]:
    found = unflagged(cube, mask)
    return [] if found is None else [found]
