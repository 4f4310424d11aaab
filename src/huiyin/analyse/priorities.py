"""Importance against performance: the quadrant of each driver, and what to mend first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from huiyin.analyse.contracts import Driver, Quadrant

FULL_SCORE = 100.0


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where the matrix is split: the mean share and the mean score (None without scores)."""

    importance: float
    performance: float | None


def matrix_cuts(drivers: Sequence[Driver]) -> Cuts:
    """Split the matrix at the means of the drivers shown in it."""
    scores = [d.performance for d in drivers if d.performance is not None]
    return Cuts(
        importance=sum(d.share for d in drivers) / len(drivers),
        performance=sum(scores) / len(scores) if scores else None,
    )


def place(driver: Driver, cuts: Cuts) -> Quadrant:
    """Give the driver's quadrant; `uncertain` where an interval reaches across a cut."""
    score, cut = driver.performance, cuts.performance
    if score is None or cut is None:
        return Quadrant.UNCERTAIN
    if _crosses(driver.low, driver.high, cuts.importance):
        return Quadrant.UNCERTAIN
    if _crosses(driver.performance_low, driver.performance_high, cut):
        return Quadrant.UNCERTAIN
    if driver.share >= cuts.importance:
        return Quadrant.KEEP_UP if score >= cut else Quadrant.FIX_FIRST
    return Quadrant.POSSIBLE_OVERKILL if score >= cut else Quadrant.LOW_PRIORITY


def _crosses(low: float | None, high: float | None, cut: float) -> bool:
    return low is not None and high is not None and low < cut < high


def gain(driver: Driver) -> float | None:
    """Say how much is to be won, on the safe side: low end of importance × least room left.

    None where it cannot be ranked: no score, a sign that differs, or a correlation that may be
    nothing or negative.
    """
    if driver.performance is None or "sign_differs" in driver.flags:
        return None
    if driver.correlation <= 0 or (driver.correlation_low or driver.correlation) <= 0:
        return None
    share = driver.share if driver.low is None else driver.low
    best = driver.performance if driver.performance_high is None else driver.performance_high
    return share * max(0.0, FULL_SCORE - best)


def ranked(drivers: Sequence[Driver]) -> tuple[tuple[Driver, ...], Cuts]:
    """Place the drivers in the matrix and rank them by `gain`, most important first."""
    cuts = matrix_cuts(drivers)
    placed = [replace(driver, quadrant=place(driver, cuts)) for driver in drivers]
    gains = [(gain(d), d.column) for d in placed]
    order = sorted(((g, name) for g, name in gains if g), key=lambda pair: -pair[0])
    rank = {name: number for number, (_, name) in enumerate(order, start=1)}
    numbered = (replace(d, priority=rank.get(d.column)) for d in placed)
    return tuple(sorted(numbered, key=lambda d: -d.share)), cuts
