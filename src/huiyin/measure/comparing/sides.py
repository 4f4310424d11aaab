"""Both sides of a comparison: the references' sums, and what cells share with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from huiyin.measure.calibrated import Entries
from huiyin.measure.catalogue import Asked
from huiyin.measure.cell_rows import CellSet
from huiyin.measure.clocks import CellClocks
from huiyin.measure.comparing.references import Reference
from huiyin.measure.dataset import Dataset
from huiyin.measure.design import Drawn
from huiyin.measure.estimates import Estimates, estimate, gradients
from huiyin.measure.fetching import Fetched, Wanted, fetch, fetch_cross
from huiyin.measure.moments import CROSSED, Key, Moments
from huiyin.measure.task import Task
from huiyin.stats.contracts import Floats
from huiyin.stats.design import CrossSums
from huiyin.stats.durations import ClockQuantile

Totals = list[Entries | None] | None
Timed = tuple[CellClocks, list[ClockQuantile]]
Cross = Mapping[tuple[int, int], CrossSums]


@dataclass(frozen=True, slots=True)
class Level:
    """One set of cells with everything fetched and estimated for it; estimates by metric.

    `clocks` holds, for metrics of durations, the clocks of each cell and their quantiles.
    """

    cells: CellSet
    keys: tuple[Key, ...]
    moments: Moments
    fetched: Fetched
    estimates: tuple[Estimates, ...]
    clocks: Mapping[str, Timed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sides:
    """Moments of the references, in the order of the cells, and what both sides share.

    `n_rows` counts the rows of all references, also where no cell is compared with them.
    """

    moments: Moments
    cross: Cross
    entries: Totals = None
    n_rows: int = 0


def estimate_cells(
    asked: Asked,
    places: tuple[int, ...],
    drawn: Drawn,
    cells: tuple[Moments, Totals],
    confidence: float,
) -> Estimates:
    """Estimate one metric in every cell; after raking with the variance of the residuals."""
    moments, totals = cells
    variance = None
    if drawn.calibration is not None and totals is not None:
        whole = drawn.calibration
        with np.errstate(invalid="ignore", divide="ignore"):
            parts = residuals_of(asked, places, drawn, moments, totals)
            variance = np.array([whole.covariance(u, u) for u in parts])
    return estimate(asked, places, moments, drawn.facts, confidence, variance)


def residuals_of(
    asked: Asked, places: tuple[int, ...], drawn: Drawn, moments: Moments, totals: Totals
) -> list[Floats]:
    """Give the PSU totals of a metric's residuals after raking, cell by cell."""
    whole = drawn.calibration
    if whole is None or totals is None:
        return []
    nothing = np.full(len(whole.stratum), np.nan)
    slopes = gradients(asked, places, moments)
    return [
        nothing
        if one is None
        else whole.residuals(places, [float(slope[i]) for slope in slopes], one, moments, i)
        for i, one in enumerate(totals)
    ]


def entries_of(fetched: Fetched, keys: Sequence[Key]) -> Totals:
    """Give the PSU totals of cells, in order; None where there are none."""
    return None if fetched.entries is None else [fetched.entries.get(key) for key in keys]


def find_sides(task: Task, level: Level, other: Reference) -> Sides:
    """Fetch the references of the cells of a level, and what both sides share."""
    dataset, drawn, wanted = task.dataset, task.drawn, task.wanted
    fetched = fetch(dataset, drawn, other.cells, wanted)
    keys = tuple(other.key_of(level.cells.names, key) for key in level.keys)
    moments = fetched.moments.take(keys)
    cross = _cross(dataset, drawn, wanted, level, other, fetched)
    totals = entries_of(fetched, keys)
    if not other.is_rest:
        n_rows = round(float(fetched.moments.rows.sum()))
        return Sides(moments, cross, totals, n_rows)
    sides = _without_cells(level.moments, moments, cross, wanted)
    mine = entries_of(level.fetched, level.keys)
    if totals is None or mine is None:
        return sides
    rest = [a.without(b) if a and b else a for a, b in zip(totals, mine, strict=True)]
    return replace(sides, entries=rest)


def _cross(
    dataset: Dataset,
    drawn: Drawn,
    wanted: Wanted,
    level: Level,
    other: Reference,
    fetched: Fetched,
) -> Cross:
    """Give the products with the reference: fetched, or known where rows are the PSUs.

    Independent rows share nothing with another group; of a total that holds them they are a part.
    """
    pairs = {(i, j) for places in wanted.places for i in places for j in places}
    if drawn.design.clustered:
        mine = (level.cells, level.fetched.psus, level.keys)
        return fetch_cross(dataset, drawn, mine, (other.cells, fetched.psus), wanted)
    if other.is_rest:
        return {(i, j): _own(level.moments, i, j) for i, j in pairs}
    nothing = np.zeros_like(level.moments.parts["a"][0])
    return dict.fromkeys(pairs, CrossSums(nothing, nothing, nothing, nothing))


def _own(moments: Moments, i: int, j: int) -> CrossSums:
    if i != j and f"aa_{min(i, j)}_{max(i, j)}" not in moments.parts:
        nothing = np.zeros_like(moments.parts["a"][0])
        return CrossSums(nothing, nothing, nothing, nothing)
    return moments.cross(i, j)


def _without_cells(cells: Moments, totals: Moments, cross: Cross, wanted: Wanted) -> Sides:
    """Take each cell out of its total: sums subtract, products by what cell and total share."""
    parts = {
        name: totals.parts[name] - cells.parts[name] for name in ("n", "b", "a", "q", "t", "w")
    }
    parts["m"] = totals.parts["m"]
    products: dict[tuple[str, int, int], Floats] = {}
    shared: dict[tuple[int, int], CrossSums] = {}
    for i, j in cross:
        for xy in CROSSED:
            mixed = getattr(cross[i, j], xy) + getattr(cross[j, i], xy[::-1])
            products[xy, i, j] = totals.product(xy, i, j) - mixed + cells.product(xy, i, j)
        shared[i, j] = CrossSums(
            *(getattr(cross[i, j], xy) - cells.product(xy, i, j) for xy in CROSSED)
        )
    n_values = len(wanted.values)
    for xy in ("aa", "ab", "bb"):
        parts[xy] = np.array([products[xy, i, i] for i in range(n_values)])
    crossed = {f"{xy}_{i}_{j}": array[None] for (xy, i, j), array in products.items() if i < j}
    customers = None
    if cells.customers is not None and totals.customers is not None:
        customers = np.maximum(totals.customers - cells.customers, 0.0)
    return Sides(Moments(cells.keys, totals.rows - cells.rows, parts | crossed, customers), shared)
