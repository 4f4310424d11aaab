"""Shares of R², correlations and coefficients of drivers, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from huiyin.analyse.driver_plan import DriverPlan
from huiyin.analyse.screening import Screened
from huiyin.stats.contracts import Floats
from huiyin.stats.importance import (
    MAXIMUM_LMG_DRIVERS,
    lmg_many,
    percentile_intervals,
    relative_weights_many,
)
from huiyin.stats.resampling import block_draws, correlations

_COLLINEAR = 1e-9


@dataclass(frozen=True, slots=True)
class DriverEstimates:
    """Point values (k,) and intervals (2, k) or None."""

    share: Floats
    correlation: Floats
    beta: Floats
    r2: float
    intervals: Mapping[str, Floats]
    lost: int


def driver_estimates(
    screened: Screened, plan: DriverPlan, rng: np.random.Generator
) -> DriverEstimates:
    """Compute point values, and percentile intervals from resampled blocks."""
    whole = screened.correlation[None]
    share, r2 = _shares(whole)
    point = DriverEstimates(share[0], whole[0, :-1, -1], _betas(whole)[0], float(r2[0]), {}, 0)
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


def ends_of(found: DriverEstimates, part: str, i: int) -> tuple[float | None, float | None]:
    """Give the interval of driver `i`; (None, None) where nothing was resampled."""
    ends = found.intervals.get(part)
    return (None, None) if ends is None else (float(ends[0, i]), float(ends[1, i]))
