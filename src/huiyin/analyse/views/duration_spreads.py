"""How durations are spread in each group: quantiles of the clocks, open ones still running."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from huiyin.analyse.ports import Corridor
from huiyin.analyse.views.spreads import PLACES, QUANTILES, Shape, Spread
from huiyin.measure.contracts import Cell, Query, Result
from huiyin.stats.densities import kernel_density, silverman_bandwidth

SHAPE_QUANTILES = tuple(percent / 100 for percent in range(5, 100, 5))
"""What a shape is drawn from: nineteen quantiles, and no single duration."""
FEWEST = 3
"""Quantiles that are told; of fewer there is no shape."""
PARTS = 10
"""Places between two quantiles at which what lies between them is set."""


def duration_spreads(
    corridor: Corridor, query: Query, result: Result, *, shaped: bool = False
) -> dict[int, Spread]:
    """Give the quantiles of a metric of durations in every cell that shows its median.

    They are asked for along the corridor like any metric (``resolution_time:p25``), so that the
    middle is the metric's own median, small groups are hidden and open clocks still run. What is
    not reached, or not told of so few, is None.

    Parameters
    ----------
    corridor : Corridor
    query : Query
        Of one metric of durations.
    result : Result
        Its answer.
    shaped : bool
        Give the shapes too.
    """
    shares = SHAPE_QUANTILES if shaped else QUANTILES
    asked = {f"{query.metrics[0]}:p{round(share * 100)}": share for share in shares}
    answered = corridor.answer(replace(query, metrics=tuple(asked), compare=None))
    found: dict[tuple[tuple[str, str | None], ...], dict[float, Cell]] = {}
    for cell in answered.cells:
        found.setdefault(_key(cell), {})[asked[cell.metric]] = cell
    spreads = {
        place: _spread(found[_key(cell)], shaped=shaped)
        for place, cell in enumerate(result.cells)
        if set(cell.by) == set(query.by) and _key(cell) in found
    }
    return {place: spread for place, spread in spreads.items() if spread.values[2] is not None}


def _key(cell: Cell) -> tuple[tuple[str, str | None], ...]:
    return tuple(sorted(cell.by.items()))


def _spread(cells: Mapping[float, Cell], *, shaped: bool) -> Spread:
    values = tuple(cells[share].estimate for share in QUANTILES)
    return Spread(values, cells[QUANTILES[2]].n, _shape_of_cells(cells) if shaped else None)


def _shape_of_cells(cells: Mapping[float, Cell]) -> Shape | None:
    told = {share: cell.estimate for share, cell in cells.items() if cell.estimate is not None}
    return shape_of_quantiles(sorted(told), [told[share] for share in sorted(told)])


def shape_of_quantiles(shares: Sequence[float], values: Sequence[float]) -> Shape | None:
    """Give the shape between the first and the last quantile; None where one value is all.

    Between two quantiles durations lie evenly. What the kernels carry past either end is turned
    back: the area is the part of all that lies between the ends.
    """
    if len(values) < FEWEST or values[0] == values[-1]:
        return None
    fine = np.linspace(shares[0], shares[-1], PARTS * (len(shares) - 1) + 1)
    between = np.interp(fine, shares, values)
    width = silverman_bandwidth(between)
    if width <= 0.0:
        return None
    mirrored = np.concatenate([between, 2 * values[0] - between, 2 * values[-1] - between])
    at = np.linspace(values[0], values[-1], PLACES)
    part = len(mirrored) / len(between) * (shares[-1] - shares[0])
    height = part * kernel_density(mirrored, at, bandwidth=width)
    return Shape(tuple(at.tolist()), tuple(height.tolist()), stepped=False)
