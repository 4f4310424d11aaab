"""What some kinds of chart need beside the answer: spreads, shares of levels, limits, parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from huiyin.analyse.bands import Band, satisfaction_bands
from huiyin.analyse.contracts import DriverResult
from huiyin.analyse.drivers import find_drivers
from huiyin.analyse.ports import Corridor
from huiyin.analyse.views.contracts import ChartKind, ViewError
from huiyin.analyse.views.duration_spreads import duration_spreads
from huiyin.analyse.views.said import Said, said_words
from huiyin.analyse.views.spreads import NO_COLUMN, Spread, in_days, levels_of, spreads_of
from huiyin.analyse.views.steps import steps_in_order
from huiyin.analyse.why.run import explain_change
from huiyin.analyse.why.shapes import Why
from huiyin.codebook.contracts import Codebook
from huiyin.core.text import Text
from huiyin.measure.contracts import MINIMUM_N, Query, Result, Side, Unit, Waves
from huiyin.stats.control import ControlLimits, individuals_limits
from huiyin.stats.moves import NetMove, net_move
from huiyin.stats.proportions import wilson_share

PERIOD = "period"
RESAMPLES = 500
"""For the intervals of importance."""
FROM_CORRIDOR = frozenset(
    {
        ChartKind.BOX,
        ChartKind.VIOLIN,
        ChartKind.LIKERT,
        ChartKind.WATERFALL,
        ChartKind.IMPORTANCE,
        ChartKind.SANKEY,
        ChartKind.WORDS,
        ChartKind.FUNNEL,
    }
)
"""Kinds that ask the data for more than the answer has."""
_NO_LEVELS = Text(
    "这些指标没有同样的几档可画：请放同一量表的评分指标。",
    "These metrics share no scale of a few levels: put ratings of one scale.",
)
_NO_BANDS = Text(
    "这个指标不是评分，分不出满意和不满意。",
    "This metric is no rating: it has no satisfied and dissatisfied.",
)
_NO_WEIGHTS = Text(
    "帕累托图数的是人数，不能加权。", "A Pareto chart counts answers: it cannot be weighted."
)


@dataclass(frozen=True, slots=True)
class Hits:
    """How many of all that count (dissatisfied answers, say) stand in one group.

    `share` of all, with its interval; `cumulative` with those before it, in [0, 1].
    """

    place: int
    n: int
    share: float
    low: float
    high: float
    cumulative: float


@dataclass(frozen=True, slots=True)
class Moved:
    """The same customers in two windows.

    Attributes
    ----------
    bands : tuple of Band
        From unhappy to happy.
    waves : Waves
    before, after : Side
    net : NetMove or None
        Who went up less who went down; None where a flow is hidden.
    """

    bands: tuple[Band, ...]
    waves: Waves
    before: Side
    after: Side
    net: NetMove | None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What is drawn beside the answer; empty where a kind needs nothing.

    Attributes
    ----------
    spreads : mapping of int to Spread
        By the place of the cell.
    levels : Result or None
        Shares of the levels, a metric a level.
    hits : tuple of Hits
        Most first.
    limits : ControlLimits or None
        Of the cells in the order of `periods`.
    why : Why or None
    drivers : DriverResult or None
        What goes with the first metric.
    moved : Moved or None
        From which band customers went to which.
    said : Said or None
        The words of the verbatims.
    steps : tuple of str
        Groups as they follow each other.
    """

    spreads: Mapping[int, Spread] = field(default_factory=dict)
    levels: Result | None = None
    hits: tuple[Hits, ...] = ()
    limits: ControlLimits | None = None
    why: Why | None = None
    drivers: DriverResult | None = None
    moved: Moved | None = None
    said: Said | None = None
    steps: tuple[str, ...] = ()


def reckon(kind: ChartKind, result: Result) -> Reckoned:
    """Reckon what follows from the answer alone.

    Raises
    ------
    ViewError
        The answer does not have it.
    """
    if kind is ChartKind.PARETO:
        return Reckoned(hits=hits_of(result))
    if kind is ChartKind.CONTROL:
        return Reckoned(limits=limits_of(result))
    return Reckoned()


def reckon_from(
    kind: ChartKind, corridor: Corridor, query: Query, result: Result, minimum: int = MINIMUM_N
) -> Reckoned:
    """Reckon what the data are asked for: one of `FROM_CORRIDOR`.

    Parameters
    ----------
    kind : ChartKind
    corridor : Corridor
        The viewer's: rows, smallest groups and flags hold.
    query : Query
    result : Result
        Its answer; of cells that are not shown nothing is asked.
    minimum : int
        The smallest group that the viewer may see.

    Raises
    ------
    ViewError, AnalysisError, QueryError
        The question does not have it.
    """
    if kind is ChartKind.LIKERT:
        return Reckoned(levels=corridor.answer(levels_query(corridor.codebook, query, result)))
    if kind in {ChartKind.BOX, ChartKind.VIOLIN}:
        shaped = kind is ChartKind.VIOLIN
        timed = any(cell.unit is Unit.SECONDS for cell in result.cells)
        spread = duration_spreads if timed else spreads_of
        return Reckoned(spreads=spread(corridor, query, result, shaped=shaped))
    if kind is ChartKind.WORDS:
        where = (*query.where, *in_days(query))
        return Reckoned(said=said_words(corridor, query, result, where, minimum))
    if kind is ChartKind.SANKEY:
        return Reckoned(moved=moved_of(corridor, query, result))
    if kind is ChartKind.IMPORTANCE:
        return Reckoned(drivers=drivers_of(corridor, query, result))
    steps = steps_in_order(corridor, query) if kind is ChartKind.FUNNEL else ()
    why = explain_change(corridor, query) if kind is ChartKind.WATERFALL else None
    return Reckoned(why=why, steps=steps)


def drivers_of(corridor: Corridor, query: Query, result: Result) -> DriverResult | None:
    """Find what goes with the first metric: the columns of the others, or else the aspects.

    None where the number itself is not shown; an aspect whose score is not shown is left out.

    Raises
    ------
    ViewError, AnalysisError
        The metric is no column, or there is nothing that may explain it.
    """
    if result.cells[0].estimate is None:
        return None
    columns = [one.column for one in result.definition]
    if None in columns:
        raise ViewError(NO_COLUMN)
    target, *drivers = dict.fromkeys(column for column in columns if column is not None)
    found = find_drivers(
        corridor,
        target,
        drivers,
        bootstrap=RESAMPLES,
        level=query.level,
        where=(*query.where, *in_days(query)),
    )
    shown = tuple(one for one in found.drivers if one.performance is not None)
    return replace(found, drivers=shown)


def moved_of(corridor: Corridor, query: Query, result: Result) -> Moved | None:
    """Count the customers of both windows by the bands of a rating.

    None where the number of either window is not shown.

    Raises
    ------
    ViewError
        The metric is no rating.
    QueryError
        There are no customers, or the question is weighted.
    """
    if result.cells[0].estimate is None or result.cells[0].comparison is None:
        return None
    name, book = result.definition[0].column, corridor.codebook
    column = book[name] if name is not None and name in book else None
    bands = satisfaction_bands(column, corridor.cuts) if column is not None else ()
    if not bands:
        raise ViewError(_NO_BANDS)
    waves = corridor.waves(query, [band.filters for band in bands])
    return Moved(bands, waves, *corridor.sides(query), _net(waves, query.level))


def _net(waves: Waves, level: float) -> NetMove | None:
    places = [(i, j) for i, line in enumerate(waves.flows) for j in range(len(line))]
    if waves.both is None or any(waves.flows[i][j] is None for i, j in places):
        return None
    up, down = (
        sum(waves.flows[i][j] or 0 for i, j in places if (j > i) == rises and i != j)
        for rises in (True, False)
    )
    return net_move(up, down, waves.both, level=level)


def levels_query(codebook: Codebook, query: Query, result: Result) -> Query:
    """Ask for the share of every level of the ratings in a question.

    Raises
    ------
    ViewError
        They are no ratings, or not of one scale.
    """
    columns = [one.column for one in result.definition]
    scales = [levels_of(codebook, column) for column in columns]
    if not scales[0] or any(scale != scales[0] for scale in scales):
        raise ViewError(_NO_LEVELS)
    metrics = tuple(f"share:{column}={level:g}" for column in columns for level in scales[0])
    return replace(query, metrics=metrics, compare=None, subtotals=False, column_totals=False)


def hits_of(result: Result) -> tuple[Hits, ...]:
    """Count what a share stands for, group by group, most first.

    The interval of a group's part is Wilson's, given how many there are in all. Groups that are
    not shown take no part.

    Raises
    ------
    ViewError
        The answer is weighted, or no share.
    """
    if result.query.weighting is not None:
        raise ViewError(_NO_WEIGHTS)
    keys = set(result.query.by)
    counted = [
        (place, round((cell.estimate or 0.0) * cell.n))
        for place, cell in enumerate(result.cells)
        if cell.unit is Unit.SHARE and cell.estimate is not None and set(cell.by) == keys
    ]
    counted.sort(key=lambda one: -one[1])
    total = sum(n for _, n in counted)
    if not total:
        return ()
    found = wilson_share([n for _, n in counted], [total] * len(counted), level=result.query.level)
    running = np.cumsum([n for _, n in counted]) / total
    return tuple(
        Hits(place, n, *(float(one) for one in numbers))
        for (place, n), *numbers in zip(
            counted, found.estimate, found.low, found.high, running, strict=True
        )
    )


def limits_of(result: Result) -> ControlLimits:
    """Give the limits of the answer's periods, in their order."""
    known = sorted(
        (cell for cell in result.cells if cell.by.get(PERIOD)), key=lambda c: c.by[PERIOD] or ""
    )
    return individuals_limits([np.nan if c.estimate is None else c.estimate for c in known])
