"""What goes with the target: shares of R², with bootstrap intervals. Correlation, never cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from huiyin.analyse.contracts import Driver, DriverResult, Quadrant
from huiyin.analyse.driver_estimates import DriverEstimates, driver_estimates, ends_of
from huiyin.analyse.driver_notes import driver_notes, left_out_notes
from huiyin.analyse.driver_plan import DriverPlan, plan_drivers
from huiyin.analyse.ports import Corridor
from huiyin.analyse.priorities import ranked
from huiyin.analyse.screening import Screened, Sheet, screen
from huiyin.codebook.contracts import Column
from huiyin.core.absence import NotEstimable, Reason
from huiyin.measure.contracts import Cell, Filter, Query, RowSample
from huiyin.stats.importance import MAXIMUM_LMG_DRIVERS

SAME_QUESTION = 0.9
"""A correlation with the target from which a driver is nearly the same question."""
_EMPTY_SHARE = 0.5
_NOTHING_EXPLAINED = 1e-9


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
        Drivers by falling share; `not_estimable` where the target is constant, too few rows are
        answered, or the viewer may not see a group so small.

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
    plan = replace(
        plan_drivers(corridor, target, drivers, (bootstrap, seed, level)), where=tuple(where)
    )
    if corridor.hidden_groups([plan.where]):
        return _absent(plan, 0, NotEstimable(Reason.SUPPRESSED))
    names = [column.name for column in (*plan.drivers, plan.target)]
    sample = corridor.row_sample(names, where=plan.where, seed=seed)
    rng = np.random.default_rng(seed)
    screened = screen(_sheet(plan, sample), rng)
    if isinstance(screened, NotEstimable):
        return _absent(plan, sample.n_total, screened)
    found = driver_estimates(screened, plan, rng)
    if found.r2 < _NOTHING_EXPLAINED:
        return _absent(plan, sample.n_total, NotEstimable(Reason.UNRELATED, screened.n))
    return _result(plan, sample, screened, found, _performances(corridor, plan, screened))


def _sheet(plan: DriverPlan, sample: RowSample) -> Sheet:
    """Turn every rating so that its good end is high; leave rows without weight out."""
    columns = (*plan.drivers, plan.target)
    sign = np.array([-1.0 if c.scale and c.scale.direction < 0 else 1.0 for c in columns])
    values, weights, cluster = sample.values * sign, sample.weights, sample.cluster
    if weights is not None:
        there = np.isfinite(weights) & (weights > 0)
        values, weights = values[there], weights[there]
        cluster = None if cluster is None else cluster[there]
    return Sheet(tuple(c.name for c in plan.drivers), values, weights, cluster)


def _performances(corridor: Corridor, plan: DriverPlan, screened: Screened) -> dict[str, Cell]:
    rated = [c.name for c in plan.drivers if c.name in screened.sheet.names and c.scale is not None]
    if not rated:
        return {}
    metrics = tuple(f"score:{name}" for name in rated)
    query = Query(metrics=metrics, where=plan.where, level=plan.level)
    return dict(zip(rated, corridor.answer(query).cells, strict=True))


def _result(
    plan: DriverPlan,
    sample: RowSample,
    screened: Screened,
    found: DriverEstimates,
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
    low, high = ends_of(found, "r2", 0)
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
        notes=(*left_out_notes(plan), *driver_notes(sample, screened, found, drivers)),
    )


def _driver(
    column: Column,
    i: int,
    found: DriverEstimates,
    performance: Cell | None,
    answered: tuple[int, float],
) -> Driver:
    share, correlation, beta = (
        ends_of(found, part, i) for part in ("share", "correlation", "beta")
    )
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


def _flags(found: DriverEstimates, i: int, missing_share: float) -> tuple[str, ...]:
    correlation, beta = float(found.correlation[i]), float(found.beta[i])
    low, high = ends_of(found, "beta", i)
    sure = low is None or high is None or low > 0 or high < 0
    flags = {
        "sign_differs": sure and (beta < 0 or correlation < 0),
        "same_as_target": abs(correlation) >= SAME_QUESTION,
        "mostly_missing": missing_share > _EMPTY_SHARE,
    }
    return tuple(name for name, raised in flags.items() if raised)


def _absent(plan: DriverPlan, n_total: int, reason: NotEstimable) -> DriverResult:
    few = len(plan.drivers) <= MAXIMUM_LMG_DRIVERS
    return DriverResult(
        target=plan.target.name,
        target_label=plan.target.label,
        method="lmg" if few else "relative_weights",
        n=reason.n,
        n_total=n_total,
        r2=None,
        r2_low=None,
        r2_high=None,
        drivers=(),
        bootstrap=plan.bootstrap,
        seed=plan.seed,
        level=plan.level,
        not_estimable=reason,
    )
