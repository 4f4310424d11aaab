"""Quantiles of durations, clocks that still run included, with intervals.

A clock that still runs says that its duration is longer than what it shows: it is censored. The
part of the clocks that has stopped by t is then Kaplan and Meier's estimate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from huiyin.stats.contracts import Floats
from huiyin.stats.distributions import beta_quantile, floats, t_quantile
from huiyin.stats.proportions import korn_graubard_share

ORDER_STATISTICS = "order_statistics"
KAPLAN_MEIER = "kaplan_meier"
CLUSTERED = "kaplan_meier, clustered"
WOODRUFF = "woodruff"
_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class StoppedCurve:
    """Part of the clocks that has stopped by each time, Kaplan and Meier's.

    Attributes
    ----------
    times : (k,) array
        Distinct durations, rising.
    stopped : (k,) array
        Part stopped by then, in [0, 1].
    at_risk, stops : (k,) arrays
        Clocks that reach the time, and that stop at it.
    """

    times: Floats
    stopped: Floats
    at_risk: Floats
    stops: Floats


@dataclass(frozen=True, slots=True)
class ClockQuantile:
    """A quantile of durations with interval, in their unit.

    Attributes
    ----------
    estimate, low, high : float
        NaN where the clocks never get that far; `high` infinite where only it is not reached.
    standard_error : float
        Width of the interval over twice its quantile (Woodruff): for differences. The width is
        taken from the duration before `low`: in whole hours, 5 may be anything above 4.
    degrees_of_freedom : float
        Infinite without clusters.
    n, n_running : int
    method : str
    clusters : (m,) array
        Clusters with clocks, in order.
    influence : (m,) array
        How each moves the quantile, in its unit: for the covariance of cells that share clusters.
    """

    estimate: float
    low: float
    high: float
    standard_error: float
    degrees_of_freedom: float
    n: int
    n_running: int
    method: str
    clusters: NDArray[np.int64]
    influence: Floats


def stopped_curve(durations: ArrayLike, stopped: ArrayLike) -> StoppedCurve:
    """Give the part of the clocks that has stopped, by time.

    Parameters
    ----------
    durations : (n,) array of float
        At least 0; what the clock shows, for those that still run.
    stopped : (n,) array of bool
        False where the clock still runs. At equal times stops come first.

    Returns
    -------
    StoppedCurve
        Without clocks all arrays are empty.

    References
    ----------
    Kaplan and Meier (1958), JASA 53(282):457-481.

    Examples
    --------
    >>> curve = stopped_curve([1.0, 2.0, 3.0, 4.0], [True, False, True, True])
    >>> [round(float(part), 3) for part in curve.stopped]
    [0.25, 0.25, 0.625, 1.0]
    """
    shown, ended = floats(durations), np.asarray(stopped, dtype=bool)
    times, place = np.unique(shown, return_inverse=True)
    stops = np.bincount(place, weights=ended, minlength=len(times))
    ends = np.bincount(place, minlength=len(times))
    at_risk = ends[::-1].cumsum()[::-1].astype(np.float64)
    if ended.all() and len(shown):
        part = floats(stops.cumsum() / len(shown))
    else:
        part = floats(1.0 - np.cumprod(1.0 - stops / at_risk))
    return StoppedCurve(times, part, at_risk, floats(stops))


def clock_quantile(
    durations: ArrayLike,
    stopped: ArrayLike,
    share: float,
    *,
    level: float = 0.95,
    clusters: ArrayLike | None = None,
    n_clusters: int | None = None,
) -> ClockQuantile:
    """Give the duration by which `share` of the clocks have stopped, with its interval.

    Where the curve stands exactly at `share`, the middle between that time and the next is taken:
    the usual median of an even number of durations.

    The interval is, without clusters, that of order statistics (exact binomial) where all clocks
    have stopped, else Brookmeyer and Crowley's with log-log limits. With clusters it is
    Woodruff's: limits of the part stopped at the estimate, under the clusters, taken back to
    durations by the curve; while some still run Brookmeyer and Crowley's, widened everywhere by
    the design effect at the estimate (never below 1), since the curve is the less sure the fewer
    clocks reach a time.

    Parameters
    ----------
    durations : (n,) array of float
        At least 0.
    stopped : (n,) array of bool
    share : float
        Strictly between 0 and 1.
    level : float, default 0.95
        Two-sided confidence level, strictly between 0 and 1.
    clusters : (n,) array of int, optional
        Who each clock belongs to.
    n_clusters : int, optional
        Clusters of the whole design; left out: those that are seen.

    Returns
    -------
    ClockQuantile

    References
    ----------
    Brookmeyer and Crowley (1982), Biometrics 38(1):29-41 (R: ``quantile(survfit(...,
    conf.type = "log-log"))``); Woodruff (1952), JASA 47(260):635-646 (R survey: ``svyquantile``);
    David and Nagaraja (2003), Order Statistics, 7.1.

    Examples
    --------
    >>> found = clock_quantile(range(1, 12), [True] * 11, 0.5)
    >>> found.estimate, found.low, found.high
    (6.0, 2.0, 10.0)
    """
    shown, ended = floats(durations), np.asarray(stopped, dtype=bool)
    codes = None if clusters is None else np.asarray(clusters, dtype=np.int64)
    curve = stopped_curve(shown, ended)
    estimate = _quantile(curve, share)
    names, moves = _influence(curve, shown, ended, codes, estimate)
    m = float(n_clusters if n_clusters is not None else len(names))
    error = float(np.sqrt(m / (m - 1.0) * np.square(moves).sum())) if m > 1 else np.nan
    df = np.inf if codes is None else m - 1.0
    running = not ended.all()
    if codes is not None and not running:
        method = WOODRUFF
        found = korn_graubard_share([share], [error], [len(shown)], df, level=level)
        low = _first(curve.times, curve.stopped, float(found.low[0]), np.nan)
        high = _first(curve.times, curve.stopped, float(found.high[0]), np.inf)
    else:
        method = (KAPLAN_MEIER if codes is None else CLUSTERED) if running else ORDER_STATISTICS
        rows = moves if codes is None else _influence(curve, shown, ended, None, estimate)[1]
        effect = max(error**2 / np.square(rows).sum(), 1.0) if codes is not None else 1.0
        half = float(t_quantile((1.0 + level) / 2.0, df)) * np.sqrt(effect)
        low_part, high_part = _log_log(curve, half) if running else _binomial(curve, level)
        low = _first(curve.times, high_part, share, 0.0)
        high = _first(curve.times, low_part, share, np.inf)
    alone = len(shown) if codes is None else _effective(share, error, len(shown))
    low, high = _told(low, high, share, alone, level)
    spread = float(
        (high - _before(curve.times[curve.stops > 0], low))
        / (2.0 * t_quantile((1.0 + level) / 2.0, df))
    )
    density = error / spread if error > 0 and 0 < spread < np.inf else np.nan
    return ClockQuantile(
        estimate, low, high, spread, df, len(shown), int((~ended).sum()), method, names,
        moves / density,
    )  # fmt: skip


def clock_covariance(first: ClockQuantile, second: ClockQuantile) -> float:
    """Covariance between quantiles of two sets of clocks that may share clusters."""
    _, i, j = np.intersect1d(
        first.clusters, second.clusters, assume_unique=True, return_indices=True
    )
    return float(first.influence[i] @ second.influence[j])


def _effective(share: float, error: float, n: int) -> float:
    """Give the number of independent clocks that would leave the same error."""
    return min(share * (1.0 - share) / error**2, float(n)) if error > 0 else float(n)


def _told(low: float, high: float, share: float, n: float, level: float) -> tuple[float, float]:
    """Open an end that n clocks cannot tell: even the last may lie short of the quantile."""
    tail = (1.0 - level) / 2.0
    return 0.0 if (1.0 - share) ** n > tail else low, np.inf if share**n > tail else high


def _before(times: Floats, low: float) -> float:
    """Give the duration before the lower end; of the first there is none."""
    at = int(np.searchsorted(times, low))
    return float(times[at - 1]) if 0 < at < len(times) else low


def _first(times: Floats, parts: Floats, share: float, otherwise: float) -> float:
    """Give the first time at which the parts reach `share`; `otherwise` where none does."""
    reached = parts >= share - _EQUAL
    return float(times[reached.argmax()]) if reached.any() else otherwise


def _quantile(curve: StoppedCurve, share: float) -> float:
    reached = curve.stopped >= share - _EQUAL
    if not reached.any():
        return np.nan
    at = int(reached.argmax())
    later = np.flatnonzero(curve.stops[at + 1 :])
    if abs(curve.stopped[at] - share) > _EQUAL or not len(later):
        return float(curve.times[at])
    return float((curve.times[at] + curve.times[at + 1 + later[0]]) / 2.0)


def _binomial(curve: StoppedCurve, level: float) -> tuple[Floats, Floats]:
    """Give the exact limits of the part stopped, by time, where all clocks have stopped."""
    tail, k = (1.0 - level) / 2.0, curve.stops.cumsum()
    n = k[-1] if len(k) else 0.0
    low = np.where(k > 0, beta_quantile(tail, np.maximum(k, 1.0), n - k + 1.0), 0.0)
    rest = np.maximum(n - k, 1.0)
    return low, np.where(k < n, beta_quantile(1.0 - tail, k + 1.0, rest), 1.0)


def _log_log(curve: StoppedCurve, half: float) -> tuple[Floats, Floats]:
    """Give the limits of the part stopped, by time, `half` standard errors to either side."""
    left = 1.0 - curve.stopped
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(curve.stops / (curve.at_risk * (curve.at_risk - curve.stops)))
        error = np.sqrt(greenwood) / np.abs(np.log(left))
        low = 1.0 - left ** np.exp(-half * error)
        high = 1.0 - left ** np.exp(half * error)
    known = (left > 0.0) & (left < 1.0)
    before = np.where(left >= 1.0, 0.0, np.nan)
    return _carried(np.where(known, low, before)), _carried(np.where(known, high, before))


def _carried(parts: Floats) -> Floats:
    """Carry the last known limit on; limits of a curve never fall."""
    return floats(np.fmax.accumulate(parts))


def _influence(
    curve: StoppedCurve,
    shown: Floats,
    ended: NDArray[np.bool_],
    clusters: NDArray[np.int64] | None,
    at: float,
) -> tuple[NDArray[np.int64], Floats]:
    """Give how each cluster moves the part stopped at a time (infinitesimal jackknife)."""
    codes = np.arange(len(shown), dtype=np.int64) if clusters is None else clusters
    names, place = np.unique(codes, return_inverse=True)
    if not np.isfinite(at):
        return names, np.full(len(names), np.nan)
    until = int(np.searchsorted(curve.times, at, side="right"))
    left = 1.0 - curve.stopped[until - 1]
    if ended.all():
        moves = ((shown <= at) - curve.stopped[until - 1]) / len(shown)
    else:
        rest = curve.at_risk - curve.stops
        rest = np.where(rest > 0, rest, np.nan)  # nobody is left: only where all have stopped
        hazard = np.zeros(len(curve.times) + 1)
        hazard[1:] = np.cumsum(curve.stops / (curve.at_risk * rest))
        own = np.searchsorted(curve.times, shown)
        exposed = hazard[np.minimum(own + 1, until)]
        moves = left * (np.where(ended & (own < until), 1.0 / rest[own], 0.0) - exposed)
    return names, floats(np.bincount(place, weights=moves, minlength=len(names)))
