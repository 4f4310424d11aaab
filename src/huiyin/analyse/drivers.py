"""What goes with the target: shares of R², with bootstrap intervals. Correlation, never cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from huiyin.analyse.contracts import AnalysisError, Driver, DriverResult, Purpose, Quadrant
from huiyin.analyse.ports import Corridor
from huiyin.analyse.priorities import ranked
from huiyin.analyse.purposes import numeric_column, pick_drivers, pick_target
from huiyin.analyse.screening import HARDLY_CHANGED, Screened, Sheet, screen
from huiyin.codebook.contracts import Column, Role
from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Filter, Query, RowSample
from huiyin.stats.contracts import Floats
from huiyin.stats.importance import (
    MAXIMUM_LMG_DRIVERS,
    lmg_many,
    percentile_intervals,
    relative_weights_many,
)
from huiyin.stats.resampling import block_draws, correlations

SAME_QUESTION = 0.9
"""A correlation with the target from which a driver is nearly the same question."""
_EMPTY_SHARE = 0.5
_NOTHING_EXPLAINED = 1e-9
_LITTLE_EXPLAINED = 0.1
_COLLINEAR = 1e-9
_LEVEL_LIMITS = (0.5, 0.9999)

NO_TARGET = Text(
    "没有可作目标的总体评分（总体满意度、NPS、意愿），请用 --target 指定一列。",
    "There is no overall rating (overall satisfaction, NPS, intention) to explain: name one "
    "with --target.",
)
NO_DRIVERS = Text(
    "没有可作驱动因素的评分列，请用 --driver 指定，或在码本里把分项评分设为 aspect。",
    "There are no ratings that may explain the target: name them with --driver, or give them "
    "the role aspect in the codebook.",
)
TARGET_AS_DRIVER = Text(
    "“{name}”是目标，不能同时作驱动因素。", "“{name}” is the target and cannot be a driver too."
)
NO_INDEX_WEIGHTS = Text(
    "推算不出综合指数的权重（{reason}），请直接给出权重。",
    "The weights of the index cannot be derived ({reason}): give them.",
)
SAMPLED = Text(
    "由 {total:,} 行中随机抽取的 {n:,} 行算出。", "Computed from a random {n:,} of {total:,} rows."
)
MOST_DRIVERS = 60
"""Ratings compared at once: the work grows with the square of their number, and nobody acts on
more."""
FIRST_ONLY = Text(
    "评分列太多，只比较了前 {most} 列，另有 {n} 列没有比较；要比较它们，请用 --driver 指定。",
    "There are too many ratings: the first {most} were compared, {n} were not. Name those you "
    "want with --driver.",
)
TOO_MANY_NAMED = Text(
    "指定了 {n} 个驱动因素，一次最多 {most} 个。请分批比较。",
    "{n} drivers were named; at most {most} are compared at once. Compare them in parts.",
)
PAIRWISE = Text(
    "缺失评分按成对可用的回答处理，不整行丢弃。",
    "Missing ratings are handled pairwise: no row is dropped whole.",
)
COMPLETE_ROWS = Text(
    "成对相关矩阵自相矛盾（缺失太多），改用全部作答的 {n:,} 行。",
    "The pairwise correlations contradict each other (too much is missing): the {n:,} complete "
    "rows are used instead.",
)
CLUSTERED = Text(
    "同一客户有多份答卷，区间按客户重抽样。",
    "Customers answered more than once: whole customers are resampled for the intervals.",
)
REPAIRED = Text(
    "缺失使成对相关互相矛盾，相关系数最多调整了 {change:.2f} 才能一起使用。",
    "Missing answers made the pairwise correlations contradict each other: they were moved by up "
    "to {change:.2f} to fit together.",
)
LITTLE = Text(
    "这些因素合起来只解释了目标差异的 {r2:.0%}，排名只作参考。",
    "Together these drivers explain only {r2:.0%} of the differences in the target: take the "
    "ranking as a hint.",
)
RESAMPLES_LOST = Text(
    "{lost} 次重抽样无法计算，已略去。", "{lost} resamples could not be computed and were left out."
)


@dataclass(frozen=True, slots=True)
class _Plan:
    target: Column
    drivers: tuple[Column, ...]
    bootstrap: int
    seed: int
    level: float
    left_out: int = 0
    where: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class _Estimates:
    """Point values (k,) and intervals (2, k) or None."""

    share: Floats
    correlation: Floats
    beta: Floats
    r2: float
    intervals: Mapping[str, Floats]
    lost: int


def find_drivers(
    corridor: Corridor,
    target: str | None = None,
    drivers: Sequence[str] | None = None,
    *,
    bootstrap: int = 1000,
    seed: int = 0,
    level: float = 0.95,
    where: Sequence[Filter] = (),
) -> DriverResult:
    """Find how much of the target's R² goes with each driver.

    Up to 16 drivers by LMG (the Shapley value of R²), beyond that by Johnson's relative
    weights. Missing ratings are handled pairwise. Where customers answer repeatedly whole
    customers are resampled.

    Parameters
    ----------
    corridor : Corridor
    target : str, optional
        Column to explain; by default the overall rating.
    drivers : sequence of str, optional
        Columns that may explain it; by default the aspects.
    bootstrap : int
        Resamples for the percentile intervals; 0 gives none.
    seed : int
        Makes sample and resamples repeatable.
    level : float
        Confidence level, in [0.5, 0.9999].
    where : sequence of Filter
        Only rows that meet all of them.

    Returns
    -------
    DriverResult
        Drivers by falling share; `not_estimable` where the target is constant, or too few rows
        are answered.

    Raises
    ------
    UnknownColumnError
        A named column does not exist.
    AnalysisError
        A named column holds no numbers, or nothing can serve as target or driver.

    References
    ----------
    Lindeman, Merenda & Gold (1980), Introduction to Bivariate and Multivariate Analysis.
    Grömping (2006), J. Statistical Software 17(1). Johnson (2000), Multivariate Behavioral
    Research 35(1):1-19.
    """
    plan = replace(_plan(corridor, target, drivers, (bootstrap, seed, level)), where=tuple(where))
    names = [column.name for column in (*plan.drivers, plan.target)]
    sample = corridor.row_sample(names, where=plan.where, seed=seed)
    rng = np.random.default_rng(seed)
    screened = screen(_sheet(plan, sample), rng)
    if isinstance(screened, NotEstimable):
        return _absent(plan, sample, screened)
    found = _estimates(screened, plan, rng)
    if found.r2 < _NOTHING_EXPLAINED:
        return _absent(plan, sample, NotEstimable(Reason.CONSTANT, screened.n))
    return _result(plan, sample, screened, found, _performances(corridor, plan, screened))


def index_weights(corridor: Corridor) -> dict[str, float]:
    """Weigh the aspects for the satisfaction index by their shares as drivers.

    Returns
    -------
    dict of str to float
        Aspect column → weight; they sum to 1.

    Raises
    ------
    AnalysisError
        There is no target, no aspect, or too little data: give the weights instead.
    """
    aspects = [column.name for column in corridor.codebook.with_role(Role.ASPECT)]
    result = find_drivers(corridor, None, aspects, bootstrap=0)
    if result.not_estimable is not None:
        reason = Text.of(
            {tag: result.not_estimable.say(tag) for tag in result.target_label} or {"en": ""}
        )
        raise AnalysisError(NO_INDEX_WEIGHTS.format(reason=reason))
    return {driver.column: driver.share for driver in result.drivers}


def with_index_weights(corridor: Corridor, query: Query) -> Query:
    """Let the drivers weigh the index of a query where neither it nor the metric rules do.

    Raises
    ------
    AnalysisError
        As for `index_weights`.
    """
    given = query.index_weights or corridor.index_weights
    if given or not any(m.split(":")[0] == "index" for m in query.metrics):
        return query
    return replace(query, index_weights=index_weights(corridor))


def _plan(
    corridor: Corridor,
    target: str | None,
    drivers: Sequence[str] | None,
    how: tuple[int, int, float],
) -> _Plan:
    book = corridor.codebook
    chosen = numeric_column(book, target) if target else pick_target(book, Purpose.GENERAL)
    if chosen is None:
        raise AnalysisError(NO_TARGET)
    if drivers:
        columns = tuple(numeric_column(book, name) for name in dict.fromkeys(drivers))
    else:
        columns = pick_drivers(book, chosen)
    if chosen in columns:
        raise AnalysisError(TARGET_AS_DRIVER.format(name=chosen.name))
    if not columns:
        raise AnalysisError(NO_DRIVERS)
    bootstrap, seed, level = how
    _check_numbers(bootstrap, seed, level)
    if len(columns) > MOST_DRIVERS and drivers:
        raise AnalysisError(TOO_MANY_NAMED.format(n=len(columns), most=MOST_DRIVERS))
    left_out = len(columns) - MOST_DRIVERS
    return _Plan(chosen, columns[:MOST_DRIVERS], bootstrap, seed, level, max(0, left_out))


def _check_numbers(bootstrap: int, seed: int, level: float) -> None:
    if bootstrap < 0 or seed < 0:
        raise AnalysisError(
            Text("重抽样次数和随机种子不能为负数。", "Resamples and seed must not be negative.")
        )
    if not _LEVEL_LIMITS[0] <= level <= _LEVEL_LIMITS[1]:
        raise AnalysisError(
            Text(
                "置信水平须在 0.5 与 0.9999 之间，例如 0.95。",
                "The confidence level must lie between 0.5 and 0.9999, say 0.95.",
            )
        )


def _sheet(plan: _Plan, sample: RowSample) -> Sheet:
    """Turn every rating so that its good end is high; leave rows without weight out."""
    columns = (*plan.drivers, plan.target)
    sign = np.array([-1.0 if c.scale and c.scale.direction < 0 else 1.0 for c in columns])
    values, weights, cluster = sample.values * sign, sample.weights, sample.cluster
    if weights is not None:
        there = np.isfinite(weights) & (weights > 0)
        values, weights = values[there], weights[there]
        cluster = None if cluster is None else cluster[there]
    return Sheet(tuple(c.name for c in plan.drivers), values, weights, cluster)


def _estimates(screened: Screened, plan: _Plan, rng: np.random.Generator) -> _Estimates:
    whole = screened.correlation[None]
    share, r2 = _shares(whole)
    point = _Estimates(share[0], whole[0, :-1, -1], _betas(whole)[0], float(r2[0]), {}, 0)
    if plan.bootstrap == 0:
        return point
    draws = block_draws(screened.sums.n_blocks, plan.bootstrap, rng)
    found = correlations(screened.sums, draws)
    found = found[np.isfinite(found).all(axis=(1, 2))]
    lost = plan.bootstrap - len(found)
    if len(found) < plan.bootstrap / 2:
        return replace(point, lost=lost)
    shares, r2s = _shares(found)
    parts = {
        "share": shares,
        "correlation": found[:, :-1, -1],
        "beta": _betas(found),
        "r2": r2s[:, None],
    }
    ends = {
        name: np.array(percentile_intervals(part, level=plan.level)) for name, part in parts.items()
    }
    return replace(point, intervals=ends, lost=lost)


def _shares(found: Floats) -> tuple[Floats, Floats]:
    """Part of R² of each driver, (b, k), and R², (b,)."""
    few = found.shape[1] - 1 <= MAXIMUM_LMG_DRIVERS
    parts = np.asarray(lmg_many(found) if few else relative_weights_many(found))
    r2 = parts.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(r2[:, None] > 0, parts / r2[:, None], np.nan), np.minimum(r2, 1.0)


def _betas(found: Floats) -> Floats:
    inverse = np.linalg.pinv(found[:, :-1, :-1], rcond=_COLLINEAR, hermitian=True)
    solved: Floats = np.einsum("bij,bj->bi", inverse, found[:, :-1, -1])
    return solved


def _performances(corridor: Corridor, plan: _Plan, screened: Screened) -> dict[str, Cell]:
    rated = [c.name for c in plan.drivers if c.name in screened.sheet.names and c.scale is not None]
    if not rated:
        return {}
    metrics = tuple(f"score:{name}" for name in rated)
    query = Query(metrics=metrics, where=plan.where, level=plan.level)
    return dict(zip(rated, corridor.answer(query).cells, strict=True))


def _result(
    plan: _Plan,
    sample: RowSample,
    screened: Screened,
    found: _Estimates,
    performances: Mapping[str, Cell],
) -> DriverResult:
    columns = {column.name: column for column in plan.drivers}
    position = {column.name: i for i, column in enumerate(plan.drivers)}
    answered = ~np.isnan(sample.values)
    built = []
    for i, name in enumerate(screened.sheet.names):
        n = int((answered[:, position[name]] & answered[:, -1]).sum())
        missing = 1 - n / max(1, int(answered[:, -1].sum()))
        built.append(_driver(columns[name], i, found, performances.get(name), (n, missing)))
    drivers, cuts = ranked(built)
    low, high = _ends(found, "r2", 0)
    return DriverResult(
        target=plan.target.name,
        target_label=plan.target.label,
        method="lmg" if len(screened.sheet.names) <= MAXIMUM_LMG_DRIVERS else "relative_weights",
        n=screened.n,
        n_total=sample.n_total,
        r2=found.r2,
        r2_low=low,
        r2_high=high,
        drivers=drivers,
        bootstrap=plan.bootstrap,
        seed=plan.seed,
        level=plan.level,
        importance_cut=cuts.importance,
        performance_cut=cuts.performance,
        missing_method=screened.missing_method,
        dropped=screened.dropped,
        notes=(*_left_out(plan), *_notes(sample, screened, found, drivers)),
    )


def _ends(found: _Estimates, part: str, i: int) -> tuple[float | None, float | None]:
    ends = found.intervals.get(part)
    return (None, None) if ends is None else (float(ends[0, i]), float(ends[1, i]))


def _driver(
    column: Column,
    i: int,
    found: _Estimates,
    performance: Cell | None,
    answered: tuple[int, float],
) -> Driver:
    share, correlation, beta = (_ends(found, part, i) for part in ("share", "correlation", "beta"))
    return Driver(
        column=column.name,
        label=column.label,
        n=answered[0],
        missing_share=answered[1],
        share=float(found.share[i]),
        low=share[0],
        high=share[1],
        correlation=float(found.correlation[i]),
        correlation_low=correlation[0],
        correlation_high=correlation[1],
        beta=float(found.beta[i]),
        beta_low=beta[0],
        beta_high=beta[1],
        performance=performance.estimate if performance else None,
        performance_low=performance.low if performance else None,
        performance_high=performance.high if performance else None,
        quadrant=Quadrant.UNCERTAIN,
        flags=_flags(found, i, answered[1]),
    )


def _flags(found: _Estimates, i: int, missing_share: float) -> tuple[str, ...]:
    correlation, beta = float(found.correlation[i]), float(found.beta[i])
    low, high = _ends(found, "beta", i)
    sure = low is None or high is None or low > 0 or high < 0
    flags = {
        "sign_differs": sure and (beta < 0 or correlation < 0),
        "same_as_target": abs(correlation) >= SAME_QUESTION,
        "mostly_missing": missing_share > _EMPTY_SHARE,
    }
    return tuple(name for name, raised in flags.items() if raised)


def _left_out(plan: _Plan) -> tuple[Text, ...]:
    if not plan.left_out:
        return ()
    return (FIRST_ONLY.format(most=MOST_DRIVERS, n=plan.left_out),)


def _notes(
    sample: RowSample, screened: Screened, found: _Estimates, drivers: Sequence[Driver]
) -> tuple[Text, ...]:
    notes = []
    if sample.n < sample.n_total:
        notes.append(SAMPLED.format(n=sample.n, total=sample.n_total))
    if screened.missing_method == "complete_rows":
        notes.append(COMPLETE_ROWS.format(n=screened.n))
    elif any(driver.missing_share > 0 for driver in drivers):
        notes.append(PAIRWISE)
    if screened.largest_change > HARDLY_CHANGED:
        notes.append(REPAIRED.format(change=screened.largest_change))
    if sample.cluster is not None:
        notes.append(CLUSTERED)
    if found.r2 < _LITTLE_EXPLAINED:
        notes.append(LITTLE.format(r2=found.r2))
    if found.lost:
        notes.append(RESAMPLES_LOST.format(lost=found.lost))
    return tuple(notes)


def _absent(plan: _Plan, sample: RowSample, reason: NotEstimable) -> DriverResult:
    few = len(plan.drivers) <= MAXIMUM_LMG_DRIVERS
    return DriverResult(
        target=plan.target.name,
        target_label=plan.target.label,
        method="lmg" if few else "relative_weights",
        n=reason.n,
        n_total=sample.n_total,
        r2=None,
        r2_low=None,
        r2_high=None,
        drivers=(),
        bootstrap=plan.bootstrap,
        seed=plan.seed,
        level=plan.level,
        not_estimable=reason,
    )
