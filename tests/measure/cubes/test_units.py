"""Units of rows, and products of units that two sides share, however they are found."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import numpy as np
import pytest

from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.cubes import crossed, row_units, units
from huiyin.measure.cubes.chosen import Chosen, Placed
from huiyin.measure.cubes.coded import Coded, Kind
from huiyin.measure.cubes.crossed import shared_products
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.row_units import n_units
from huiyin.measure.cubes.units import Units

SEED = 20261128
N_ROWS, N_CUSTOMERS, N_CELLS = 900, 200, 7
WAYS = {
    "marked": {"_SPARSE_UNITS": 1_000_000},
    "sorted": {"_SPARSE_UNITS": 0},
    "all at once": {"ONE_BY_ONE": 0},
}


def a_cube() -> Cube:
    cube, days = Cube(), np.zeros(N_ROWS, dtype=np.int32)
    cube._columns = {ANSWERED_ON_COLUMN: Coded(days, Kind.DAY, 1, ())}
    return cube


def customers(rng: np.random.Generator, *, unknown: bool) -> Coded:
    codes = rng.integers(0, N_CUSTOMERS + unknown, N_ROWS).astype(np.int32)
    return Coded(codes, Kind.TEXT, N_CUSTOMERS, None)


def some_rows(rng: np.random.Generator, how: str) -> Chosen:
    if how == "a run":
        return Chosen(slice(100, 800), 700)
    at = np.sort(rng.choice(N_ROWS, 600, replace=False)).astype(np.int64)
    return Chosen(at, len(at))


def in_cells(rng: np.random.Generator, rows: Chosen, *, ordered: bool) -> Placed:
    """Cell 3 holds nobody; keys are those of one column."""
    cell = rng.choice([c for c in range(N_CELLS) if c != 3], rows.n).astype(np.int64)
    keys = tuple((f"店{i}",) for i in range(N_CELLS))
    return Placed(
        rows, np.sort(cell) if ordered else cell, keys, np.arange(N_CELLS, dtype=np.int64)[:, None]
    )


def use(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    for name, number in WAYS[way].items():
        monkeypatch.setattr(row_units, name, number)
        if name == "ONE_BY_ONE":
            monkeypatch.setattr(units, name, number)
            monkeypatch.setattr(crossed, name, number)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("rows", ["a run", "places"])
@pytest.mark.parametrize("unknown", [False, True])
@pytest.mark.parametrize("ordered", [False, True])
def test_units_of_rows_are_those_of_a_plain_count(monkeypatch, way, rows, unknown, ordered):
    use(monkeypatch, way)
    rng = np.random.default_rng(SEED)
    cube, customer = a_cube(), customers(rng, unknown=unknown)
    placed = in_cells(rng, some_rows(rng, rows), ordered=ordered)
    found = row_units.row_units(cube, placed, customer)

    where = placed.rows.rows()
    names = [int(c) if c < N_CUSTOMERS else N_CUSTOMERS + int(at) for c, at in
             zip(customer.codes[where], where, strict=True)]  # fmt: skip
    pairs = list(zip(placed.cell.tolist(), names, strict=True))
    expected = sorted(set(pairs))
    cells = [c for c, (a, b) in enumerate(pairwise(found.ends.tolist())) for _ in range(a, b)]
    assert list(zip(cells, found.key.tolist(), strict=True)) == expected
    first = [pairs.index(one) for one in expected]
    assert found.first_rows().tolist() == first
    numbers, sums = rng.random(len(pairs)), dict.fromkeys(expected, 0.0)
    for pair, number in zip(pairs, numbers, strict=True):
        sums[pair] += number
    summed = np.empty(len(expected))
    for block in found.blocks:
        summed[block.first : block.end] = block.summed(numbers[block.at])
    assert summed == pytest.approx([sums[one] for one in expected], rel=1e-12)


@pytest.mark.parametrize("way", ["marked", "all at once"])
@pytest.mark.parametrize("one_cell", [False, True])
def test_products_of_shared_units_are_those_of_a_plain_join(monkeypatch, way, one_cell):
    use(monkeypatch, way)
    rng = np.random.default_rng(SEED)
    cube, customer = a_cube(), customers(rng, unknown=True)
    sides = []
    for rows in ("a run", "places"):
        placed = in_cells(rng, some_rows(rng, rows), ordered=False)
        if rows == "places" and one_cell:  # everybody together
            nobody = np.zeros((1, 0), dtype=np.int64)
            placed = Placed(placed.rows, np.zeros(placed.rows.n, dtype=np.int64), ((),), nobody)
        found = row_units.row_units(cube, placed, customer)
        totals = tuple(rng.random(len(found.key)) for _ in range(4))
        ends, key = found.ends, found.key
        made = Units(placed.keys, placed.codes, ends, key, partial(tuple, totals))
        sides.append(made)
    left, right = sides
    names = ("店",), () if one_cell else ("店",)
    pairs = [(0, 0), (0, 2), (1, 3), (2, 2), (3, 1)]
    found = shared_products((left, right), names, n_units(cube, customer), pairs)

    their_cell = [0] * len(right.key) if one_cell else right.cell.tolist()
    theirs = {pair: at for at, pair in enumerate(zip(their_cell, right.key.tolist(), strict=True))}
    expected = np.zeros((len(pairs), N_CELLS))
    for at, (cell, key) in enumerate(zip(left.cell.tolist(), left.key.tolist(), strict=True)):
        other = theirs.get((0 if one_cell else cell, key))
        if other is not None:
            for place, (i, j) in enumerate(pairs):
                expected[place, cell] += left.totals[i][at] * right.totals[j][other]
    assert np.array(found) == pytest.approx(expected, rel=1e-12)
