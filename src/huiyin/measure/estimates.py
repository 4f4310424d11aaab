"""From sums to estimates: which kernel, and why a number cannot be given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from huiyin.core.absence import Reason
from huiyin.measure.catalogue import Asked
from huiyin.measure.contracts import Unit
from huiyin.measure.metric import Form
from huiyin.measure.moments import Moments
from huiyin.stats.contracts import Floats, Intervals
from huiyin.stats.design import (
    CrossSums,
    degrees_of_freedom,
    kish_effective_n,
    ratio_covariance,
)
from huiyin.stats.distributions import floats
from huiyin.stats.means import t_interval, t_mean
from huiyin.stats.nps import adjusted_wald_nps
from huiyin.stats.proportions import korn_graubard_share, wilson_share
from huiyin.stats.rates import score_rate
from huiyin.stats.skewness import (
    error_skewness,
    skewness,
    too_one_sided,
    widened_for_skewness,
)

SMALL_N = 50.0
FEW_CLUSTERS = 15
SMALL_SAMPLE = "small_sample"
T = "t"
WIDENED = "widened for skewness"
SURE_BELOW = 2.0
"""Standard errors that what a quotient is divided by must lie off 0; nearer, Fieller's interval
would be all numbers, and the linearised one would not cover."""
ROUNDING = 1e-12
"""Part of a sum of squares that rounding may leave where all values are equal."""
TINY = 1e-300
NO_VARIANCE = 1e-22
"""A variance that is rounding: a share that the margins themselves fix."""


@dataclass(frozen=True, slots=True)
class DesignFacts:
    """What is known of the whole design, whatever the question.

    `n_psu` per stratum of `strata`; `plain` where rows count alike and by themselves.
    """

    n_psu: Floats
    strata: tuple[str | None, ...] = (None,)
    plain: bool = True
    clustered: bool = False

    @property
    def degrees_of_freedom(self) -> float:
        """PSUs minus strata."""
        return degrees_of_freedom(self.n_psu)


@dataclass(frozen=True, slots=True)
class Estimates:
    """One metric over all cells: (cells,) arrays, in the metric's unit.

    `error_skew` is the skewness of the error where the interval is Student's t, else 0.
    """

    intervals: Intervals
    n: Floats
    customers: Floats
    n_effective: Floats
    n_psu: Floats
    reasons: tuple[Reason | None, ...]
    spread: Floats
    error_skew: Floats

    def method(self, cell: int) -> str:
        """Name the method of a cell's interval."""
        method = self.intervals.method
        return f"{method}, {WIDENED}" if too_one_sided(self.error_skew[cell]) else method

    def flags(self, cell: int, *, clustered: bool) -> tuple[str, ...]:
        """Say whether the cell is a small sample: few answers, few clusters, or too one-sided."""
        effective = self.n_effective[cell]
        few = effective < SMALL_N or (clustered and self.n_psu[cell] < FEW_CLUSTERS)
        small = few or bool(too_one_sided(self.error_skew[cell]))
        return (SMALL_SAMPLE,) if small else ()


def estimate(
    asked: Asked,
    places: tuple[int, ...],
    moments: Moments,
    facts: DesignFacts,
    level: float,
    variance: Floats | None = None,
) -> Estimates:
    """Estimate one metric in every cell.

    Parameters
    ----------
    asked : Asked
    places : tuple of int
        Which values of `moments` the metric is made of.
    moments : Moments
    facts : DesignFacts
    level : float
    variance : (cells,) array, optional
        Design variance found elsewhere (after raking).

    Returns
    -------
    Estimates
    """
    n = np.min([moments.total("n", i) for i in places], axis=0)
    n_psu = np.min([moments.total("m", i) for i in places], axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        if facts.plain and not asked.reading.is_combined:
            intervals = _plain(asked, places[0], moments, level)
        else:
            intervals = _designed(asked, places, moments, facts, level, variance)
        spread = _standard_deviation(asked, places, moments)
        effective = _effective_n(n, spread, intervals, places, moments, facts)
        skew = error_skewness(_skewness(asked, intervals, places, moments), effective)
        intervals = widened_for_skewness(intervals, skew, level=level)
    customers = n
    if moments.customers is not None:
        customers = np.min([moments.customers[i] for i in places], axis=0)
    reasons = _reasons(asked, n, n_psu, intervals, spread, facts)
    if asked.reading.under is not None:
        unsure = _unsure_below(asked, places, moments, facts)
        reasons = tuple(
            Reason.NO_BASE if unsure[i] and reason is not Reason.NO_ANSWERS else reason
            for i, reason in enumerate(reasons)
        )
    if asked.reading.absent is not None:
        reasons = (asked.reading.absent,) * len(n)
    return Estimates(intervals, n, customers, effective, n_psu, reasons, spread, skew)


def _plain(asked: Asked, place: int, moments: Moments, level: float) -> Intervals:
    value = asked.reading.values[0]
    n, a, q = (moments.total(name, place) for name in ("n", "a", "q"))
    if value.form is Form.NPS:
        return adjusted_wald_nps((q + a) / 2, n - q, (q - a) / 2, level=level)
    if value.form is Form.SHARE:
        return wilson_share(a, n, level=level)
    mean = a / np.where(n > 0, n, np.nan)
    variance = np.maximum(q - n * mean**2, 0.0) / np.where(n > 1, n - 1, np.nan)
    variance = np.where(_is_constant(n, mean, q), 0.0, variance)
    return t_mean(n, value.shift + value.factor * mean, value.factor**2 * variance, level=level)


def _is_constant(n: Floats, mean: Floats, q: Floats) -> NDArray[np.bool_]:
    """Tell where all values are equal, up to the rounding of sums."""
    return np.asarray(q - n * mean**2 <= ROUNDING * np.maximum(q, TINY), dtype=np.bool_)


def linear_covariance(
    asked: Asked,
    places: tuple[int, ...],
    sides: tuple[Moments, Moments],
    cross: Mapping[tuple[int, int], CrossSums],
    n_psu: Floats,
) -> Floats:
    """Covariance between a metric in paired cells: (cells,), in the metric's unit squared.

    A weighted sum of several ratios has the weighted sum of their covariances.
    """
    total = np.zeros(len(sides[0].keys))
    mine, theirs = (gradients(asked, places, side) for side in sides)
    for i, one in zip(places, mine, strict=True):
        for j, other in zip(places, theirs, strict=True):
            sums = sides[0].sums(i, n_psu), sides[1].sums(j, n_psu)
            total = total + one * other * ratio_covariance(*sums, cross[i, j])
    return total


def combined(asked: Asked, places: tuple[int, ...], moments: Moments) -> tuple[Floats, Floats]:
    """Give a metric as what stands above the line and below it: two (cells,) arrays.

    Below stands 1 unless it is a quotient.
    """
    reading = asked.reading
    terms = []
    for i, value, share in zip(places, reading.values, reading.shares, strict=True):
        b = moments.total("b", i)
        mean = moments.total("a", i) / np.where(b > 0, b, np.nan)
        terms.append(share * (value.shift + value.factor * mean))
    at = reading.under
    if at is None:
        return floats(np.sum(terms, axis=0)), np.ones(len(moments.keys))
    below = np.sum(terms[at:], axis=0)
    return floats(np.sum(terms[:at], axis=0)), floats(np.where(below != 0, below, np.nan))


def gradients(asked: Asked, places: tuple[int, ...], moments: Moments) -> list[Floats]:
    """Say how far a metric moves with the mean of each of its values: (cells,) arrays.

    A weighted sum moves by the weights; a quotient A ÷ B by 1 ÷ B above the line, and by
    −A ÷ B² below it.
    """
    reading = asked.reading
    above, below = combined(asked, places, moments)
    made = []
    for place, (value, share) in enumerate(zip(reading.values, reading.shares, strict=True)):
        under = reading.under is not None and place >= reading.under
        slope = -above / below**2 if under else 1.0 / below
        made.append(floats(share * value.factor * slope))
    return made


def linear_variance(
    asked: Asked, places: tuple[int, ...], moments: Moments, n_psu: Floats
) -> Floats:
    """Variance of a metric in each cell, in the metric's unit squared."""
    crossed = {(i, j): moments.cross(i, j) for i in places for j in places}
    both = (moments, moments)
    return np.maximum(linear_covariance(asked, places, both, crossed, n_psu), 0.0)


def _designed(
    asked: Asked,
    places: tuple[int, ...],
    moments: Moments,
    facts: DesignFacts,
    level: float,
    variance: Floats | None,
) -> Intervals:
    reading = asked.reading
    above, below = combined(asked, places, moments)
    estimate = above / below
    if variance is None:
        variance = linear_variance(asked, places, moments, facts.n_psu)
    error = np.sqrt(np.where(variance <= NO_VARIANCE, 0.0, variance))
    df = facts.degrees_of_freedom
    if reading.values[0].form is Form.RATE:
        return score_rate(estimate, error, moments.total("b", places[0]), df, level=level)
    if reading.unit is Unit.SHARE:
        n = moments.total("n", places[0])
        return korn_graubard_share(estimate, error, n, np.full_like(n, df), level=level)
    return t_interval(estimate, error, df, level=level, method=f"{T}, design-based")


def _unsure_below(
    asked: Asked, places: tuple[int, ...], moments: Moments, facts: DesignFacts
) -> NDArray[np.bool_]:
    """Tell where what stands below the line is not told from 0: there is no quotient then."""
    at, reading = asked.reading.under, asked.reading
    below = replace(
        asked,
        reading=replace(
            reading, values=reading.values[at:], shares=reading.shares[at:], under=None
        ),
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        value, _ = combined(below, places[at:], moments)
        variance = linear_variance(below, places[at:], moments, facts.n_psu)
    return np.asarray(~(value**2 > SURE_BELOW**2 * variance), dtype=np.bool_)


def _standard_deviation(asked: Asked, places: tuple[int, ...], moments: Moments) -> Floats:
    """Spread of the answers of a cell, in the metric's unit."""
    total = np.zeros(len(moments.keys))
    for i, slope in zip(places, gradients(asked, places, moments), strict=True):
        b = moments.total("b", i)
        b = np.where(b > 0, b, np.nan)
        mean, square = moments.total("a", i) / b, moments.total("q", i) / b
        variance = np.maximum(square - mean**2, 0.0)
        variance = np.where(square - mean**2 <= ROUNDING * square, 0.0, variance)
        total = total + np.abs(slope) * np.sqrt(variance)
    return total


def _skewness(
    asked: Asked, intervals: Intervals, places: tuple[int, ...], moments: Moments
) -> Floats:
    """Skewness behind a t interval, in the direction of the metric; 0 for other intervals.

    An index takes that of its most one-sided part.
    """
    if not intervals.method.startswith(T):
        return np.zeros(len(moments.keys))
    slopes = gradients(asked, places, moments)
    signed = [
        np.sign(slope) * skewness(*(moments.total(part, place) for part in "baqt"))
        for place, slope in zip(places, slopes, strict=True)
    ]
    found = np.nan_to_num(np.array(signed))
    most = np.argmax(np.abs(found), axis=0)
    return floats(np.take_along_axis(found, most[None], axis=0)[0])


def _effective_n(
    n: Floats,
    spread: Floats,
    intervals: Intervals,
    places: tuple[int, ...],
    moments: Moments,
    facts: DesignFacts,
) -> Floats:
    if facts.plain:
        return n
    kish = np.min(
        [kish_effective_n(moments.total("b", i), moments.total("w", i)) for i in places], axis=0
    )
    if not facts.clustered:
        return floats(np.minimum(np.nan_to_num(kish), n))
    error = np.where(intervals.standard_error > 0, intervals.standard_error, np.nan)
    by_error = spread**2 / error**2
    chosen = np.where(np.isfinite(by_error), np.minimum(by_error, kish), kish)
    return floats(np.clip(np.nan_to_num(chosen), np.minimum(1.0, n), n))


def _reasons(
    asked: Asked,
    n: Floats,
    n_psu: Floats,
    intervals: Intervals,
    spread: Floats,
    facts: DesignFacts,
) -> tuple[Reason | None, ...]:
    numbers = all(value.form is Form.NUMBER for value in asked.reading.values)
    combined_t = asked.reading.is_combined and asked.reading.unit is not Unit.SHARE
    is_rate = asked.reading.values[0].form is Form.RATE
    reasons: list[Reason | None] = []
    for i in range(len(n)):
        reason = None
        if n[i] == 0:
            reason = Reason.NO_ORDERS if is_rate else Reason.NO_ANSWERS
        elif n[i] == 1:
            reason = Reason.ONE_ANSWER
        elif facts.clustered and (n_psu[i] <= 1 or facts.degrees_of_freedom <= 0):
            reason = Reason.ONE_CLUSTER
        elif (numbers and spread[i] == 0) or (combined_t and intervals.standard_error[i] == 0):
            reason = Reason.CONSTANT
        elif not np.isfinite(intervals.estimate[i]):
            reason = Reason.NO_WEIGHT
        elif not np.isfinite(intervals.low[i]):
            fixed = intervals.standard_error[i] == 0
            reason = Reason.CONSTANT if fixed else Reason.ONE_CLUSTER
        reasons.append(reason)
    return tuple(reasons)
