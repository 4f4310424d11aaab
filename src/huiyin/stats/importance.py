"""What drives a target: R² shared out among drivers, from correlations.

Every function takes correlation matrices with the target **last**: (k + 1, k + 1), drivers
first. How correlations come about (weights, missing answers) is `correlations`, their
bootstrap `resampling`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import comb

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.contracts import Floats
from huiyin.stats.correlations import percentile_intervals, repair_correlations
from huiyin.stats.distributions import floats
from huiyin.stats.resampling import resample_correlations

MAXIMUM_LMG_DRIVERS = 16
"""Beyond it the 2^k models of LMG take too long: use Johnson's relative weights."""

INDEFINITE = -1e-8
"""A smallest eigenvalue below this is no rounding error: the matrix is no correlation matrix."""

_COLLINEAR = 1e-9  # a driver whose variance left over is below this adds nothing to a model
_CHUNK_ELEMENTS = 1 << 17  # models times resamples worked on at once: about 1 MB, stays in cache


@dataclass(frozen=True, slots=True)
class StandardisedCoefficients:
    """Regression of the standardised target on the standardised drivers.

    `beta`, `standard_error`: (k,) arrays; `r2` in [0, 1]; NaN errors where rows or the rank of
    the drivers do not suffice.
    """

    beta: Floats
    standard_error: Floats
    r2: float
    degrees_of_freedom: float


def lmg(correlation: ArrayLike) -> Floats:
    """Share out R² by LMG: the Shapley value of R² over all orders of the drivers.

    Parameters
    ----------
    correlation : (k + 1, k + 1) array
        Correlations, target last, at most 16 drivers.

    Returns
    -------
    (k,) array
        Parts of R², adding up to it. Exactly collinear drivers share alike: a driver that the
        model already spans adds nothing (the limit of a vanishing ridge, R²'s pseudo-inverse).

    Raises
    ------
    ValueError
        More than 16 drivers; a NaN (a constant driver); not a correlation matrix (pairwise
        correlations may not fit together: `correlations.check_correlation` mends that first).

    References
    ----------
    Lindeman, Merenda, Gold (1980), Introduction to Bivariate and Multivariate Analysis, 119 ff.;
    Grömping (2006), J. Statistical Software 17(1), doi:10.18637/jss.v017.i01.

    Examples
    --------
    >>> lmg([[1.0, 0.0, 0.6], [0.0, 1.0, 0.3], [0.6, 0.3, 1.0]]).round(2).tolist()
    [0.36, 0.09]
    """
    return floats(_lmg_of(_one_valid(correlation)[None])[0])


def lmg_many(correlations: ArrayLike) -> Floats:
    """`lmg` of many correlation matrices: resamples, segments.

    Parameters
    ----------
    correlations : (b, k + 1, k + 1) array
        Target last. Matrices that do not fit together are repaired.

    Returns
    -------
    (b, k) array
        A driver that is constant in a resample (its correlations are NaN) gets 0; where the
        target is constant the row is NaN.
    """
    return _lmg_of(_many_valid(correlations))


def relative_weights(correlation: ArrayLike) -> Floats:
    """Share out R² by Johnson's relative weights (Genizi's decomposition): fast for any k.

    Parameters
    ----------
    correlation : (k + 1, k + 1) array
        Target last.

    Returns
    -------
    (k,) array
        Parts of R², adding up to it.

    Raises
    ------
    ValueError
        A NaN, or not a correlation matrix.

    References
    ----------
    Johnson (2000), Multivariate Behavioral Research 35(1):1-19; Genizi (1993), Statistica Sinica
    3:407-420.
    """
    return floats(_relative_weights_of(_one_valid(correlation)[None])[0])


def relative_weights_many(correlations: ArrayLike) -> Floats:
    """`relative_weights` of many correlation matrices; NaN as in `lmg_many`."""
    return _relative_weights_of(_many_valid(correlations))


def standardised_coefficients(correlation: ArrayLike, n: float) -> StandardisedCoefficients:
    """Regress the standardised target on the standardised drivers.

    Parameters
    ----------
    correlation : (k + 1, k + 1) array
        Target last.
    n : float
        Rows behind it (with pairwise correlations: the smallest pair, to be cautious).

    Returns
    -------
    StandardisedCoefficients
        Coefficients of least squares with their usual standard errors; where drivers are
        collinear the shortest solution, its errors NaN.

    Raises
    ------
    ValueError
        A NaN, or not a correlation matrix.
    """
    matrix = _one_valid(correlation)
    drivers, target = matrix[:-1, :-1], matrix[:-1, -1]
    inverse = np.linalg.pinv(drivers, rcond=_COLLINEAR, hermitian=True)
    beta = floats(inverse @ target)
    r2 = float(np.clip(beta @ target, 0.0, 1.0))
    df = n - len(beta) - 1.0
    full_rank = np.linalg.eigvalsh(drivers)[0] > _COLLINEAR
    scale = (1.0 - r2) / df if df > 0 and full_rank else np.nan
    return StandardisedCoefficients(beta, np.sqrt(scale * np.diag(inverse)), r2, df)


def _one_valid(correlation: ArrayLike) -> Floats:
    matrix = floats(correlation)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) < 2:  # noqa: PLR2004
        raise ValueError("a square correlation matrix with at least one driver and the target")
    if np.isnan(matrix).any():
        raise ValueError("a correlation is NaN: leave constant drivers out")
    if np.linalg.eigvalsh(matrix)[0] < INDEFINITE:
        raise ValueError("no correlation matrix: an eigenvalue is negative; repair it first")
    return matrix


def _many_valid(correlations: ArrayLike) -> Floats:
    matrices = floats(correlations).copy()
    without_target = np.isnan(matrices[:, :, -1]).sum(axis=1) >= matrices.shape[1] - 1
    diagonal = np.arange(matrices.shape[1])
    matrices[np.isnan(matrices)] = 0.0
    matrices[:, diagonal, diagonal] = 1.0
    matrices, _ = repair_correlations(matrices)
    matrices[without_target] = np.nan
    return matrices


def _lmg_of(matrices: Floats) -> Floats:
    k = matrices.shape[1] - 1
    if k > MAXIMUM_LMG_DRIVERS:
        raise ValueError(f"LMG takes at most {MAXIMUM_LMG_DRIVERS} drivers, not {k}")
    weights = _shapley_weights(k)
    step = max(1, _CHUNK_ELEMENTS >> k)
    parts = [
        _unexplained(matrices[at : at + step]).T @ -weights for at in range(0, len(matrices), step)
    ]
    return np.concatenate(parts) if parts else np.empty((0, k))


def _unexplained(matrices: Floats) -> Floats:
    """Residual variance of the target in each of the 2^k models: (2^k, b).

    Drivers are taken in turn; every partial covariance matrix (upper triangle, batch last) splits
    into one without the driver (its row dropped) and one given it (Schur complement). Model s
    holds the drivers of the bits set in s.
    """
    size = matrices.shape[1]
    triangle = [np.ascontiguousarray(matrices[:, row, row:].T) for row in range(size)]
    for _ in range(size - 1):
        pivot, rest = triangle[0][0], triangle[0][1:]
        scaled = rest * np.where(
            pivot > _COLLINEAR, 1.0 / np.where(pivot > _COLLINEAR, pivot, 1.0), 0.0
        )
        triangle = [_split(row, scaled[at], rest[at:]) for at, row in enumerate(triangle[1:])]
    return triangle[0].reshape(1 << (size - 1), len(matrices))


def _split(row: Floats, factor: Floats, rest: Floats) -> Floats:
    width = row.shape[1]
    both = np.empty((len(row), 2 * width))
    both[:, :width] = row
    given = both[:, width:]
    np.multiply(factor, rest, out=given)
    np.subtract(row, given, out=given)
    return both


@cache
def _shapley_weights(k: int) -> Floats:
    """Weight of each model's R² in each driver's share: (2^k, k)."""
    models = np.arange(1 << k)
    member = (models[:, None] >> np.arange(k)) & 1
    size = member.sum(axis=1)
    orders = np.array([1.0 / (k * comb(k - 1, s)) for s in range(k)])
    joined = orders[np.maximum(size - 1, 0)]
    absent = orders[np.minimum(size, k - 1)]
    return floats(np.where(member == 1, joined[:, None], -absent[:, None]))


def _relative_weights_of(matrices: Floats) -> Floats:
    usable = ~np.isnan(matrices).any(axis=(1, 2))
    weights = np.full((len(matrices), matrices.shape[1] - 1), np.nan)
    drivers, target = matrices[usable, :-1, :-1], matrices[usable, :-1, -1]
    values, vectors = np.linalg.eigh(drivers)
    values = np.where(values > _COLLINEAR, values, 0.0)
    root = np.sqrt(values)
    inverse_root = np.where(root > 0, 1.0 / np.where(root > 0, root, 1.0), 0.0)
    turned = np.einsum("bji,bj->bi", vectors, target)
    beta = np.einsum("bij,bj->bi", vectors, inverse_root * turned)
    loadings = np.einsum("bij,bj,bkj->bik", vectors, root, vectors)
    weights[usable] = np.einsum("bik,bk->bi", loadings**2, beta**2)
    return weights


__all__ = [
    "INDEFINITE",
    "MAXIMUM_LMG_DRIVERS",
    "StandardisedCoefficients",
    "lmg",
    "lmg_many",
    "percentile_intervals",
    "relative_weights",
    "relative_weights_many",
    "resample_correlations",
    "standardised_coefficients",
]
