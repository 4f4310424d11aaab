"""How the single values of a column are spread in each group: quantiles, and their shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from huiyin.analyse.ports import Corridor
from huiyin.analyse.views.contracts import ViewError
from huiyin.codebook.contracts import RATING_ROLES, Codebook
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.contracts import Filter, Query, Result, RowSample
from huiyin.stats.densities import kernel_density, silverman_bandwidth

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
MOST_LEVELS = 11
MOST_ROWS = 50_000
"""Rows that quantiles are taken of; of more, a seeded sample."""
MOST_STEPS = 21
"""Whole numbers over so many steps are counted step by step, never smoothed."""
PLACES = 81
"""Places at which a curve is told."""
ENDS = (0.05, 0.1)
"""What is cut from either end of a curve: the first, of few values up to the second."""
AT_AN_END = 5
"""So many values lie beyond either end of a curve, unless that is more than a tenth."""
NO_COLUMN = Text(
    "这个指标不是一列里的数，画不出分布。", "This metric is no column of numbers: it has no spread."
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How close together values lie: a share for each step, or the height of a curve.

    Attributes
    ----------
    at : tuple of float
        Steps of a scale or whole numbers (`stepped`), or places along the axis.
    height : tuple of float
        Shares that add up to 1 with what is cut, or a density per unit of the axis.
    stepped : bool
    """

    at: tuple[float, ...]
    height: tuple[float, ...]
    stepped: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of a column's values in a group: quantiles at 10, 25, 50, 75 and 90 %.

    Neither the smallest nor the largest value is told: it is somebody's. A quantile of durations
    is None where the clocks do not reach it. `shape` None: nobody asked for it.
    """

    values: tuple[float | None, ...]
    n: int
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one group, and their weights."""

    values: np.ndarray
    weights: np.ndarray | None
    n: int

    def quantiles(self, shares: Sequence[float]) -> tuple[float, ...]:
        """Give quantiles, by the weights."""
        asked = np.asarray(shares)
        if self.weights is None:
            found = np.quantile(self.values, asked)
        else:
            found = np.quantile(self.values, asked, weights=self.weights, method="inverted_cdf")
        return tuple(float(one) for one in found)


def spreads_of(
    corridor: Corridor, query: Query, result: Result, *, shaped: bool = False
) -> dict[int, Spread]:
    """Give the quantiles of the metric's column in every shown cell.

    Parameters
    ----------
    corridor : Corridor
    query : Query
    result : Result
        Its answer; a cell that is not shown has no spread either.
    shaped : bool
        Give the shapes too.

    Raises
    ------
    ViewError
        The metric is no column of numbers.
    """
    column = result.definition[0].column
    if column is None:
        raise ViewError(NO_COLUMN)
    groups = _groups(corridor, column, query, result)
    found = {place: _spread(group) for place, group in groups.items()}
    if not shaped:
        return found
    levels = tuple(sorted(levels_of(corridor.codebook, column)))
    whole = whole_steps([group.values for group in groups.values()])
    return {
        place: replace(found[place], shape=shape_of(group, levels, whole))
        for place, group in groups.items()
    }


def in_days(query: Query) -> list[Filter]:
    """Say the window of a question as conditions on the day of the answer."""
    ends = ((">=", query.since), ("<=", query.until))
    return [
        Filter(ANSWERED_ON_COLUMN, operator, (day.isoformat(),))
        for operator, day in ends
        if day is not None
    ]


def levels_of(codebook: Codebook, column: str | None) -> tuple[float, ...]:
    """Give the levels of a rating, worst first; none where it has no scale of a few."""
    found = codebook[column] if column is not None and column in codebook else None
    scale = found.scale if found is not None and found.role in RATING_ROLES else None
    if scale is None or not 2 <= scale.n_levels <= MOST_LEVELS:  # noqa: PLR2004 -- two ends
        return ()
    levels = [scale.minimum + step for step in range(scale.n_levels)]
    return tuple(levels if scale.direction > 0 else levels[::-1])


def whole_steps(values: Sequence[np.ndarray]) -> tuple[float, ...]:
    """Give the whole numbers that values run over; none where they are many, or no whole ones."""
    if not values:
        return ()
    known = np.concatenate(list(values))
    low, high = known.min(), known.max()
    if high - low >= MOST_STEPS or not np.array_equal(known, np.round(known)):
        return ()
    return tuple(np.arange(low, high + 1.0).tolist())


def shape_of(group: Group, levels: Sequence[float], whole: Sequence[float]) -> Shape | None:
    """Give the shape of a group: by its steps, else as a curve; None of one value alone.

    The levels of a rating are all told, they are nobody's own. Of other values the ends are cut.
    """
    if levels:
        return _stepped(group, levels)
    low, high = group.quantiles(_cut(group))
    if whole:
        return _stepped(group, [step for step in whole if low <= step <= high])
    width = silverman_bandwidth(group.values, group.weights)
    if width <= 0.0 or low == high:
        return None
    at = np.linspace(low, high, PLACES)
    least = 0.0 if group.values.min() >= 0.0 else None
    height = kernel_density(group.values, at, weights=group.weights, bandwidth=width, least=least)
    return Shape(tuple(at.tolist()), tuple(height.tolist()), stepped=False)


def _stepped(group: Group, steps: Sequence[float]) -> Shape:
    weights = np.ones(len(group.values)) if group.weights is None else group.weights
    total = float(weights.sum())
    shares = (float(weights[group.values == step].sum()) / total for step in steps)
    return Shape(tuple(steps), tuple(shares), stepped=True)


def _cut(group: Group) -> tuple[float, float]:
    end = min(ENDS[1], max(ENDS[0], AT_AN_END / len(group.values)))
    return end, 1.0 - end


def _groups(corridor: Corridor, column: str, query: Query, result: Result) -> dict[int, Group]:
    where = (*query.where, *in_days(query))
    sample = corridor.row_sample((column,), texts=query.by, where=where, maximum=MOST_ROWS)
    rows = _rows_by_group(sample, query.by)
    weights = sample.weights
    return {
        place: Group(
            sample.values[rows[key], 0], None if weights is None else weights[rows[key]], cell.n
        )
        for place, cell in enumerate(result.cells)
        if cell.estimate is not None
        and set(cell.by) == set(query.by)
        and (key := tuple(cell.by[name] for name in query.by)) in rows
    }


def _rows_by_group(sample: RowSample, by: Sequence[str]) -> dict[tuple[str | None, ...], list[int]]:
    """Give the places of the rows that have a number, by their groups."""
    found: dict[tuple[str | None, ...], list[int]] = {}
    keys = list(zip(*(sample.texts[name] for name in by), strict=True)) if by else None
    for place in np.flatnonzero(np.isfinite(sample.values[:, 0])).tolist():
        found.setdefault(keys[place] if keys else (), []).append(place)
    return found


def _spread(group: Group) -> Spread:
    return Spread(group.quantiles(QUANTILES), group.n)
