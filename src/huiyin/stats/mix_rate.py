"""A change of a mean, taken apart by groups: other answers, or other people who answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.contracts import Floats
from huiyin.stats.distributions import floats

_SIDES = 2
_NOTHING = 1e-12
"""Part of a group's weight that is left by rounding when all of its rows are taken out."""


@dataclass(frozen=True, slots=True)
class Part:
    """Numbers with their standard errors, of one shape; NaN where no error can be given."""

    estimate: Floats
    standard_error: Floats


@dataclass(frozen=True, slots=True)
class MixRate:
    """A change of a mean between two sides, by k groups; everything in the mean's unit.

    Attributes
    ----------
    mean : Part of (2,)
        The mean of either side.
    change : Part of ()
        Second side minus first. `contribution` sums to it exactly, `mix` plus `rate` too.
    mix, rate : Part of (k,)
        By the group's share of the answers; by the group's own mean. A group that stands on one
        side only has mix alone.
    contribution : Part of (k,)
        mix plus rate.
    beyond : Part of (k,)
        The contribution beyond what the group's size alone would bring: the contribution less
        the group's mean share times the change. They sum to 0, and are all 0 where the groups
        changed alike and nobody moved.
    total_mix, total_rate : Part of ()
    share, means : (2, k) arrays
        Of the groups on either side; the mean of a group with no answers is NaN.
    degrees_of_freedom : (k,) array
        One less than the resampling groups in which the group is found, on the side with fewer.
    spread : float
        How much the groups stand out together: the root of Σ beyond² with what noise alone adds
        taken off; 0 at least.
    whole_degrees_of_freedom : float
    """

    mean: Part
    change: Part
    mix: Part
    rate: Part
    contribution: Part
    beyond: Part
    total_mix: Part
    total_rate: Part
    share: Floats
    means: Floats
    degrees_of_freedom: Floats
    spread: float
    whole_degrees_of_freedom: float


def mix_and_rate(weights: ArrayLike, sums: ArrayLike) -> MixRate:
    r"""Take the change of a mean apart into mix and rate, group by group, with errors.

    With shares s and means v of the groups on either side, and c halfway between the two means,
    mix = Δs·(v̄ - c) and rate = s̄·Δv (bars: halfway between the sides). This is the symmetric
    form, the Shapley value of the two factors, and adds up to the change exactly. Standard errors
    are those of the delete-a-group jackknife: clusters that were kept whole in a resampling group
    are respected, and so is what the two sides share.

    Parameters
    ----------
    weights, sums : (2, k, g) arrays
        Total weight, and weighted sum of the values, of side, group and resampling group; 0 where
        nobody answered. Answered items only.

    Returns
    -------
    MixRate

    Raises
    ------
    ValueError
        The shapes differ or are not (2, k, g), or a side has no weight at all.

    References
    ----------
    Kitagawa (1955), J. American Statistical Association 50(272):1168-1194; Das Gupta (1993),
    Standardization and Decomposition of Rates, US Bureau of the Census P23-186; Shorrocks (2013),
    J. Economic Inequality 11(1):99-126 (Shapley); Kott (2001), J. Official Statistics
    17(4):521-526 (delete-a-group jackknife).

    Examples
    --------
    >>> found = mix_and_rate([[[60.0], [40.0]], [[40.0], [60.0]]], [[[480.0], [160.0]],
    ...                      [[320.0], [240.0]]])
    >>> round(float(found.change.estimate), 9), found.rate.estimate.tolist()
    (-0.8, [0.0, 0.0])
    """
    b, a = floats(weights), floats(sums)
    if b.shape != a.shape or b.ndim != _SIDES + 1 or b.shape[0] != _SIDES:
        raise ValueError(b.shape, a.shape)
    whole_b, whole_a = b.sum(axis=2), a.sum(axis=2)
    if not (whole_b.sum(axis=1) > 0).all():
        raise ValueError(whole_b)
    filled = np.flatnonzero(b.sum(axis=(0, 1)) > 0)
    point = _parts(whole_b[..., None], whole_a[..., None])
    left_b = whole_b[..., None] - b[..., filled]
    left_b = np.where(left_b <= _NOTHING * whole_b[..., None], 0.0, left_b)
    left_a = np.where(left_b > 0, whole_a[..., None] - a[..., filled], 0.0)
    again = _parts(left_b, left_a)
    give = partial(_part, point, again, filled.size)
    beyond = give("beyond")
    share = whole_b / whole_b.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.where(whole_b > 0, whole_a / whole_b, np.nan)
    return MixRate(
        mean=give("mean"),
        change=give("change"),
        mix=give("mix"),
        rate=give("rate"),
        contribution=give("contribution"),
        beyond=beyond,
        total_mix=give("total_mix"),
        total_rate=give("total_rate"),
        share=floats(share),
        means=floats(means),
        degrees_of_freedom=_degrees_of_freedom(b),
        spread=_spread(beyond),
        whole_degrees_of_freedom=float(filled.size - 1),
    )


def _parts(b: Floats, a: Floats) -> dict[str, Floats]:
    """Give every number of the decomposition for (2, k, r) totals; the last axis is r."""
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = a.sum(axis=1) / b.sum(axis=1)
        share = b / b.sum(axis=1, keepdims=True)
        v = np.where(b > 0, a / b, np.nan)
    centre = mean.mean(axis=0)
    # A group of one side only has no mean on the other: it changes the mix, not the rate.
    v = np.where(np.isnan(v), v[::-1], v)
    v = np.where(np.isnan(v), centre, v)
    change = mean[1] - mean[0]
    common = share.mean(axis=0)
    mix = (share[1] - share[0]) * (v.mean(axis=0) - centre)
    rate = common * (v[1] - v[0])
    return {
        "mean": floats(mean),
        "change": floats(change),
        "mix": floats(mix),
        "rate": floats(rate),
        "contribution": floats(mix + rate),
        "beyond": floats(mix + rate - common * change),
        "total_mix": floats(mix.sum(axis=0)),
        "total_rate": floats(rate.sum(axis=0)),
    }


def _part(point: dict[str, Floats], again: dict[str, Floats], groups: int, name: str) -> Part:
    estimate, others = point[name][..., 0], again[name]
    if groups < _SIDES:
        return Part(floats(estimate), np.full(estimate.shape, np.nan))
    off = others - others.mean(axis=-1, keepdims=True)
    variance = (groups - 1) / groups * (off**2).sum(axis=-1)
    return Part(floats(estimate), floats(np.sqrt(variance)))


def _degrees_of_freedom(b: Floats) -> Floats:
    found = (b > 0).sum(axis=2).astype(np.float64)
    there = np.where(found > 0, found, np.inf)
    fewest = there.min(axis=0)
    return floats(np.where(np.isfinite(fewest), fewest - 1.0, 0.0))


def _spread(beyond: Part) -> float:
    noise = np.nan_to_num(beyond.standard_error) ** 2
    return float(np.sqrt(max(0.0, float((beyond.estimate**2 - noise).sum()))))
