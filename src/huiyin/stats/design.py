"""Ratios (means, shares, NPS) under strata, clusters and weights, from sums over clusters.

A primary sampling unit (PSU) is a cluster, or a row where there are none. For cell c and PSU i,
``a`` is the sum of weight times value and ``b`` the sum of weights of the cell's answers; a PSU
without answers in the cell has a = b = 0 and still counts, so that a cell is a *domain* of the
whole design.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from huiyin.stats.contracts import Floats
from huiyin.stats.distributions import floats


@dataclass(frozen=True, slots=True)
class ClusterSums:
    """Sums over the PSUs of each stratum, per cell.

    Attributes
    ----------
    n_psu : (strata,) array of int
        PSUs of the whole design in the stratum, those without answers in the cell included.
    sum_a, sum_b, sum_aa, sum_ab, sum_bb : (cells, strata) arrays
        Sums over PSUs of a, b, a², ab, b².
    sampling_fraction : (strata,) array or None
        Share of the population's PSUs that was drawn (finite population correction). None: drawn
        with replacement, the usual case for customer surveys.
    """

    n_psu: Floats
    sum_a: Floats
    sum_b: Floats
    sum_aa: Floats
    sum_ab: Floats
    sum_bb: Floats
    sampling_fraction: Floats | None = None

    def take(self, cells: ArrayLike) -> ClusterSums:
        """Give the sums of the cells at these positions, in this order."""
        at = np.asarray(cells, dtype=np.intp)
        return ClusterSums(
            self.n_psu,
            self.sum_a[at],
            self.sum_b[at],
            self.sum_aa[at],
            self.sum_ab[at],
            self.sum_bb[at],
            self.sampling_fraction,
        )


@dataclass(frozen=True, slots=True)
class CrossSums:
    """Sums over PSUs of products between two cells, per pair: (pairs, strata) arrays.

    `aa`: a of the first times a of the second; `ab`: a of the first times b of the second;
    `ba`: b of the first times a of the second; `bb`: b of both. Cells that share no PSU have 0.
    """

    aa: Floats
    ab: Floats
    ba: Floats
    bb: Floats


@dataclass(frozen=True, slots=True)
class RatioEstimates:
    """Ratios with their design variance.

    `estimate` and `variance` are (cells,) arrays, NaN where the cell has no weight; a variance
    is NaN too where no stratum has two PSUs. `degrees_of_freedom` is that of the whole design.
    `n_lonely` strata had one PSU: it was centred at the overall mean (R: ``lonely.psu =
    "adjust"``) and brings no degree of freedom.
    """

    estimate: Floats
    variance: Floats
    degrees_of_freedom: float
    n_lonely: int


def ratio_estimates(sums: ClusterSums) -> RatioEstimates:
    """Ratio of sums per cell with its Taylor-linearised variance.

    PSUs count as drawn with replacement within strata unless a sampling fraction is given. With
    value −100/0/100 this is the NPS, with 0/1 a share, else a mean: R's ``svymean`` and ``svyby``.

    Parameters
    ----------
    sums : ClusterSums
        Sums per cell and stratum.

    Returns
    -------
    RatioEstimates
        (cells,) arrays.

    References
    ----------
    Särndal, Swensson, Wretman (1992), Model Assisted Survey Sampling, 5.5-5.7;
    Lumley (2010), Complex Surveys, 2.
    """
    ratio, total = _ratio(sums)
    cross = CrossSums(sums.sum_aa, sums.sum_ab, sums.sum_ab, sums.sum_bb)
    variance = _covariance(sums, sums, cross)
    return RatioEstimates(
        estimate=ratio,
        variance=np.where(np.isnan(total), np.nan, np.maximum(variance, 0.0)),
        degrees_of_freedom=degrees_of_freedom(sums.n_psu),
        n_lonely=int(np.sum(sums.n_psu == 1)),
    )


def ratio_covariance(first: ClusterSums, second: ClusterSums, cross: CrossSums) -> Floats:
    """Covariance between the ratios of paired cells that may share PSUs.

    Parameters
    ----------
    first, second : ClusterSums
        Same design, (pairs, strata) arrays each.
    cross : CrossSums
        Products between the two, (pairs, strata).

    Returns
    -------
    (pairs,) array
        NaN where a cell has no weight or no stratum has two PSUs.
    """
    return _covariance(first, second, cross)


def ratio_difference(first: ClusterSums, second: ClusterSums, cross: CrossSums) -> RatioEstimates:
    """Difference first − second of paired ratios, with their covariance (R: ``svycontrast``)."""
    one, two = ratio_estimates(first), ratio_estimates(second)
    variance = one.variance + two.variance - 2.0 * ratio_covariance(first, second, cross)
    return RatioEstimates(
        estimate=one.estimate - two.estimate,
        variance=np.maximum(variance, 0.0),
        degrees_of_freedom=one.degrees_of_freedom,
        n_lonely=one.n_lonely,
    )


def degrees_of_freedom(n_psu: ArrayLike) -> float:
    """PSUs minus strata of the whole design (R: ``degf``)."""
    counts = floats(n_psu)
    present = counts[counts > 0]
    return float(present.sum() - present.size)


def kish_effective_n(sum_w: ArrayLike, sum_ww: ArrayLike) -> Floats:
    """Kish's effective number of answers, (Σw)²/Σw²; NaN without weight."""
    squares = floats(sum_ww)
    return floats(floats(sum_w) ** 2 / np.where(squares > 0, squares, np.nan))


def design_effect(
    variance: ArrayLike,
    n: ArrayLike,
    weighted_variance: ArrayLike,
    *,
    population: ArrayLike | None = None,
) -> Floats:
    """Design variance over the variance of a simple random sample of the same size.

    Parameters
    ----------
    variance : array of float
        Design variance of the mean.
    n : array of int
        Rows with weight above 0 in the cell.
    weighted_variance : array of float
        Σw(y − ȳ)²/Σw of the values.
    population : array of float, optional
        Σw where the weights add up to the population: the simple sample is then without
        replacement (R survey's ``deff = TRUE``). Left out: with replacement (``deff =
        "replace"``), right for weights whose scale means nothing.

    Returns
    -------
    array of float
        NaN for fewer than two rows, constant values, or a population not above n.
    """
    size = floats(n)
    usable = (size > 1) & (floats(weighted_variance) > 0)
    simple = floats(weighted_variance) / np.where(usable, size - 1.0, np.nan)
    if population is not None:
        simple = simple * _finite_correction(floats(population), size)
    return floats(floats(variance) / simple)


def _finite_correction(population: Floats, n: Floats) -> Floats:
    return np.where(population > n, 1.0 - n / np.where(population > 0, population, 1.0), np.nan)


def cluster_sums(
    numerator: ArrayLike, denominator: ArrayLike, strata: ArrayLike | None = None
) -> ClusterSums:
    """Sum up one row per PSU: for designs whose PSU totals are at hand.

    Parameters
    ----------
    numerator, denominator : (psus, cells) or (psus,) array of float
        a and b of each PSU and cell; 0 where the PSU has no answer in the cell.
    strata : (psus,) array of int, optional
        Stratum codes from 0; left out: one stratum.

    Returns
    -------
    ClusterSums
        (cells, strata) arrays.
    """
    a, b = _as_columns(numerator), _as_columns(denominator)
    codes = _codes(strata, len(a))
    strata_count = int(codes.max(initial=-1)) + 1

    def by_stratum(values: Floats) -> Floats:
        total = np.zeros((strata_count, values.shape[1]))
        np.add.at(total, codes, values)
        return total.T

    return ClusterSums(
        n_psu=floats(np.bincount(codes, minlength=strata_count)),
        sum_a=by_stratum(a),
        sum_b=by_stratum(b),
        sum_aa=by_stratum(a * a),
        sum_ab=by_stratum(a * b),
        sum_bb=by_stratum(b * b),
    )


def _as_columns(values: ArrayLike) -> Floats:
    array = floats(values)
    return array[:, None] if array.ndim == 1 else array


def _codes(strata: ArrayLike | None, n: int) -> NDArray[np.intp]:
    return np.zeros(n, dtype=np.intp) if strata is None else np.asarray(strata, dtype=np.intp)


def _ratio(sums: ClusterSums) -> tuple[Floats, Floats]:
    total = sums.sum_b.sum(axis=-1)
    total = np.where(total > 0, total, np.nan)
    return sums.sum_a.sum(axis=-1) / total, total


def _covariance(first: ClusterSums, second: ClusterSums, cross: CrossSums) -> Floats:
    """Sum of PSU products of linearised values, centred per stratum."""
    r1, total1 = (part[:, None] for part in _ratio(first))
    r2, total2 = (part[:, None] for part in _ratio(second))
    products = cross.aa - r2 * cross.ab - r1 * cross.ba + r1 * r2 * cross.bb
    z1, z2 = first.sum_a - r1 * first.sum_b, second.sum_a - r2 * second.sum_b
    scale, centring = _stratum_factors(first)
    spread = scale * (products - centring * z1 * z2)
    return floats(spread.sum(axis=-1) / (total1 * total2)[:, 0])


def _stratum_factors(sums: ClusterSums) -> tuple[Floats, Floats]:
    """Give n/(n−1) and 1/n per stratum; a lonely PSU keeps its value (centred overall, at 0)."""
    n = sums.n_psu
    several = n > 1
    scale = np.where(several, n / np.where(several, n - 1.0, 1.0), (n == 1).astype(np.float64))
    if not several.any():
        scale = np.full_like(scale, np.nan)
    if sums.sampling_fraction is not None:
        scale = scale * (1.0 - sums.sampling_fraction)
    return scale, np.where(several, 1.0 / np.where(several, n, 1.0), 0.0)
