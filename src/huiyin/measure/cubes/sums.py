"""The sums of a query's metrics from a cube: what `fetching` plans on rows, taken from codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from huiyin.engine.deadline import Deadline
from huiyin.measure.cell_rows import CellSet, counted_customer
from huiyin.measure.cubes.answers import RowAnswers
from huiyin.measure.cubes.chosen import AT_ONCE, Ints, Placed, chosen_rows, column_of, placed
from huiyin.measure.cubes.coded import Coded, Codes
from huiyin.measure.cubes.crossed import shared_products
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.row_units import n_units
from huiyin.measure.cubes.units import Units, beyond_rows, by_cell, gathered, products, single
from huiyin.measure.cubes.values import is_by_code, numbers_by_code
from huiyin.measure.dataset import Dataset
from huiyin.measure.metric import QUOTIENTS, Form, Value
from huiyin.measure.moments import CROSSED, Key, Moments
from huiyin.stats.design import CrossSums

if TYPE_CHECKING:
    from huiyin.measure.fetching import Wanted

Floats = NDArray[np.float64]
_DENSE = 2_000_000
"""Cells times codes up to which rows are counted by both at once."""


@dataclass(frozen=True, slots=True)
class Source:
    """Which rows of a cube a query takes: those that no flag of `mask` leaves out.

    `cluster` names the column of the units; None: rows count by themselves.
    """

    cube: Cube
    mask: int
    cluster: str | None
    deadline: Deadline

    def placed(self, dataset: Dataset, cells: CellSet) -> Placed:
        """Put the rows into cells.

        Raises
        ------
        EngineError
            The time is over.
        """
        self.deadline.check()
        rows = chosen_rows(dataset, self.cube, self.mask, cells)
        return placed(dataset, self.cube, rows, cells)


def cube_sums(
    dataset: Dataset, source: Source, cells: CellSet, wanted: Wanted
) -> tuple[Moments, Units | None]:
    """Take the sums of all values over the cells.

    Parameters
    ----------
    dataset : Dataset
    source : Source
    cells : CellSet
    wanted : Wanted

    Returns
    -------
    (Moments, Units or None)
        Units where they are customers or the like.
    """
    within = source.placed(dataset, cells)
    answers = RowAnswers(dataset, source.cube, within)
    parts = [_row_parts(answers, value) for value in wanted.values]
    plain = {name: np.array([one[name] for one in parts])[..., None] for name in parts[0]}
    n_cells, k = len(within.keys), len(wanted.values)
    rows = within.rows_of_cells().astype(np.float64)
    cluster, weighs = source.cluster, _weighs(wanted)
    units = None
    if cluster is not None:
        units = gathered(answers, cluster, wanted.values)
    elif weighs or wanted.pairs:
        units = single(answers, wanted.values)
    if units is not None and (weighs or not _is_by_cells(answers, cluster)):
        whole = plain | _unit_parts(units, k, n_cells)
    else:
        beyond = np.array([_beyond(answers, cluster, value) for value in wanted.values])
        rows_are = np.array([plain[name] for name in "nqan"])[..., 0]
        of_units = (rows_are + beyond.transpose(1, 0, 2))[..., None]
        whole = plain | dict(zip(("m", "aa", "ab", "bb"), of_units, strict=True))
    if units is not None:
        whole |= _pair_products(units, wanted, n_cells)
    return Moments(within.keys, rows, whole), None if cluster is None else units


def _weighs(wanted: Wanted) -> bool:
    """Tell whether some answer counts more than another."""
    return any(value.form in QUOTIENTS for value in wanted.values)


def _is_by_cells(answers: RowAnswers, cluster: str | None) -> bool:
    return cluster is None or answers.units(cluster).by_cells


def _beyond(answers: RowAnswers, cluster: str | None, value: Value) -> Floats:
    """Give what sums over units are beyond those over rows: nothing where rows are the units."""
    if cluster is None:
        return np.zeros((4, len(answers.placed.keys)))
    return beyond_rows(answers, cluster, value)


def _row_parts(answers: RowAnswers, value: Value) -> dict[str, Floats]:
    """Sum one value over the rows of each cell: n, b, a, q, t, w."""
    within = answers.placed
    column = column_of(answers.dataset, answers.cube, value.column)
    if is_by_code(column, value):
        return _parts_by_code(within, column, value)
    n_cells = len(within.keys)
    if value.once and value.form not in QUOTIENTS:
        cell = answers.units(counted_customer(answers.dataset)).cell
        return _plain_parts(value, cell, *answers.of_customers(value), n_cells)
    v, above, w = answers.of(value)
    if above is w:  # each answer weighs 1
        return _plain_parts(value, within.cell, v, w, n_cells)
    powers = {"n": w != 0.0, "b": w, "a": above * v, "q": above * v * v, "w": w * w}
    sums = {name: by_cell(within.cell, one, n_cells) for name, one in powers.items()}
    return sums | _cubes(value, within.cell, v, sums["a"])


def _plain_parts(
    value: Value, cell: Ints, v: Floats, there: Floats, n_cells: int
) -> dict[str, Floats]:
    """Sum answers that each weigh 1, 0 where there is none, over cells."""
    powers = (("n", there), ("a", v), ("q", v * v))
    sums = {name: by_cell(cell, one, n_cells) for name, one in powers}
    return sums | {"b": sums["n"], "w": sums["n"]} | _cubes(value, cell, v, sums["a"])


def _cubes(value: Value, cell: Ints, v: Floats, a: Floats) -> dict[str, Floats]:
    if value.form is not Form.NUMBER:  # -1, 0 and 1 are their own cubes
        return {"t": a}
    return {"t": by_cell(cell, v * v * v, len(a))}


def _parts_by_code(within: Placed, column: Coded, value: Value) -> dict[str, Floats]:
    v = numbers_by_code(column, value)
    there = (~np.isnan(v)).astype(np.float64)
    v = np.nan_to_num(v)
    codes, n_cells, n_codes = within.rows.of(column), len(within.keys), len(v)
    powers = {"n": there, "a": v, "q": v * v, "t": v * v * v}
    if n_cells * n_codes <= _DENSE:
        counts = _counted(within, codes, n_codes).astype(np.float64)
        sums = {name: counts @ by_code for name, by_code in powers.items()}
    else:
        sums = {
            name: by_cell(within.cell, by_code[codes], n_cells) for name, by_code in powers.items()
        }
    return sums | {"b": sums["n"], "w": sums["n"]}


def _counted(within: Placed, codes: Codes, n_codes: int) -> Ints:
    """Count rows by cell and code, some of them at a time."""
    n_cells = len(within.keys)
    size = n_cells * n_codes
    found = np.zeros(size, dtype=np.int64)
    some = max(AT_ONCE, size)
    for start in range(0, within.rows.n, some):
        apart = codes[start : start + some]
        if n_cells > 1:
            apart = within.cell[start : start + some] * n_codes + apart
        found += np.bincount(apart, minlength=size)
    return found.reshape(n_cells, n_codes)


def _unit_parts(units: Units, k: int, n_cells: int) -> dict[str, Floats]:
    """Count the units that answered, and sum the products of their totals."""
    found: dict[str, list[Floats]] = {"m": [], "aa": [], "ab": [], "bb": []}
    for i in range(k):
        found["m"].append(units.answered(i))
        three = [(i, i), (i, k + i), (k + i, k + i)]
        sums = products(units, n_cells, three)
        for name, one in zip(("aa", "ab", "bb"), sums, strict=True):
            found[name].append(one)
    return {name: np.array(arrays)[..., None] for name, arrays in found.items()}


def _pair_products(units: Units, wanted: Wanted, n_cells: int) -> dict[str, Floats]:
    k = len(wanted.values)
    at = {f"{x}{y}_{i}_{j}": (_place(x, i, k), _place(y, j, k)) for i, j in wanted.pairs
          for x in "ab" for y in "ab"}  # fmt: skip
    if not at:
        return {}
    sums = products(units, n_cells, list(at.values()))
    return {name: one[None, :, None] for name, one in zip(at, sums, strict=True)}


def _place(part: str, i: int, k: int) -> int:
    return i if part == "a" else k + i


def cube_customers(
    dataset: Dataset, source: Source, cells: CellSet, wanted: Wanted, customer: str
) -> Floats:
    """Count the customers who answered, by value and cell."""
    within = source.placed(dataset, cells)
    answers = RowAnswers(dataset, source.cube, within)
    if _weighs(wanted) or not _is_by_cells(answers, customer):
        units = gathered(answers, customer, wanted.values)
        return np.array([units.answered(i) for i in range(len(wanted.values))])
    found = [
        _row_parts(answers, value)["n"] + beyond_rows(answers, customer, value)[0]
        for value in wanted.values
    ]
    return np.array(found)


def cube_cross(
    dataset: Dataset,
    source: Source,
    first: tuple[CellSet, Units, tuple[Key, ...]],
    second: tuple[CellSet, Units],
    wanted: Wanted,
) -> dict[tuple[int, int], CrossSums]:
    """Sum products over the units that cells share with the cells they are compared with."""
    cells, mine, keys = first
    k, n_cells = len(wanted.values), len(mine.keys)
    pairs = sorted({(i, j) for places in wanted.places for i in places for j in places})
    at_pairs = [
        (_place(x, i, k), _place(y, j, k)) for i, j in pairs for x, y in map(tuple, CROSSED)
    ]
    size = n_units(source.cube, column_of(dataset, source.cube, source.cluster or ""))
    sums = shared_products((mine, second[1]), (cells.names, second[0].names), size, at_pairs)
    parts = {str(place): one[None, :, None] for place, one in enumerate(sums)}
    laid = Moments(mine.keys, np.zeros(n_cells), parts).take(keys)
    return {
        pair: CrossSums(*(laid.parts[str(4 * n + place)][0] for place in range(4)))
        for n, pair in enumerate(pairs)
    }
