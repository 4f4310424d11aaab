"""Weights that meet known margins, and what they do to the error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from huiyin.stats.contracts import Floats
from huiyin.stats.distributions import floats

Codes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class RakingResult:
    """Raked weights.

    `weights` has the order of the base weights and adds up to the sum of the first margin.
    `largest_gap` is the largest distance of an achieved share from its target, over all margins;
    `converged` says that it is within the tolerance (it is not where a level with a target has
    no answers).
    """

    weights: Floats
    rounds: int
    converged: bool
    largest_gap: float


def rake(
    base_weights: ArrayLike,
    codes: Sequence[ArrayLike],
    targets: Sequence[ArrayLike],
    *,
    tolerance: float = 1e-10,
    maximum_rounds: int = 500,
) -> RakingResult:
    """Adjust weights until every margin meets its target (iterative proportional fitting).

    One margin alone is post-stratification. Works on rows, and on the totals of joint cells.

    Parameters
    ----------
    base_weights : (n,) array of float
        Weights of rows, or weight totals of joint cells; 0 or above.
    codes : sequence of (n,) arrays of int
        Level of each row in each margin, from 0; −1 where it is unknown. Unknown rows keep their
        part of the total: the target applies to the known.
    targets : sequence of (levels,) arrays of float
        Population totals or shares. Each margin is scaled to the sum of the first.
    tolerance : float
        Largest gap in share that counts as met.
    maximum_rounds : int
        Rounds over all margins.

    Returns
    -------
    RakingResult
        The weights and how well they meet the margins.

    Raises
    ------
    ValueError
        No margins, differing lengths, a code beyond the targets, a negative or unknown weight or
        target, or a margin that adds up to 0.

    References
    ----------
    Deming and Stephan (1940), Annals of Mathematical Statistics 11(4):427-444.
    """
    weights, margins, goals = _checked(base_weights, codes, targets)
    total = float(floats(targets[0]).sum())
    weights = weights * (total / weights.sum())
    wanted = [
        goal * total * _known_part(weights, code) for code, goal in zip(margins, goals, strict=True)
    ]
    gap, rounds = _largest_gap(weights, margins, wanted) / total, 0
    while gap > tolerance and rounds < maximum_rounds:
        for code, goal in zip(margins, wanted, strict=True):
            weights = _fit(weights, code, goal)
        rounds += 1
        before, gap = gap, _largest_gap(weights, margins, wanted) / total
        if gap == before:
            break
    return RakingResult(weights, rounds, bool(gap <= tolerance), float(gap))


def calibration_fitted(
    moments: ArrayLike, weights: ArrayLike, codes: Sequence[ArrayLike]
) -> Floats:
    """Fit values by the margins' indicators: weighted least squares, on rows or joint cells.

    Parameters
    ----------
    moments : (n,) or (n, cells) array of float
        Weight times value; on joint cells their sums.
    weights : (n,) array of float
        Weights of the regression (see `calibration_residuals`); on joint cells their sums.
    codes : sequence of (n,) arrays of int
        Level of each row in each margin, −1 where unknown.

    Returns
    -------
    array of float, the shape of `moments`
        The fitted value (not times weight) of each row or joint cell.
    """
    design = _indicators([np.asarray(code, dtype=np.intp) for code in codes])
    weight = floats(weights)
    gram = design.T @ (design * weight[:, None])
    return floats(design @ (np.linalg.pinv(gram, hermitian=True) @ (design.T @ floats(moments))))


def calibration_residuals(
    values: ArrayLike, weights: ArrayLike, codes: Sequence[ArrayLike]
) -> Floats:
    """Residuals of linearised values from the margins: their design variance is that after raking.

    Parameters
    ----------
    values : (n,) or (n, cells) array of float
        Linearised value of each row *without* its weight, say (y − ȳ)/Σw in the cell, 0 outside.
    weights : (n,) array of float
        Weights of the regression on the margins. Base weights give the textbook's residuals and
        R survey's ``postStratify``; ones (on joint cells: row counts) those of R's ``rake``,
        which averages without weights. The same where rows have no weights before raking.
    codes : sequence of (n,) arrays of int
        As given to `rake`.

    Returns
    -------
    array of float, the shape of `values`
        Residuals; times the raked weight and summed up per PSU they give the variance.

    References
    ----------
    Deville and Särndal (1992), JASA 87(418):376-382, doi:10.2307/2290268.
    """
    array, weight = floats(values), floats(weights)
    moments = array * (weight if array.ndim == 1 else weight[:, None])
    return array - calibration_fitted(moments, weight, codes)


def _checked(
    base_weights: ArrayLike, codes: Sequence[ArrayLike], targets: Sequence[ArrayLike]
) -> tuple[Floats, list[Codes], list[Floats]]:
    weights = floats(base_weights)
    margins = [np.asarray(code, dtype=np.intp) for code in codes]
    goals = [floats(target) for target in targets]
    if not margins or len(margins) != len(goals):
        raise ValueError("raking needs at least one margin, and one target for each")
    if not np.all(np.isfinite(weights) & (weights >= 0)) or weights.sum() <= 0:
        raise ValueError("weights must be finite, 0 or above, and not all 0")
    for code, goal in zip(margins, goals, strict=True):
        if code.shape != weights.shape or code.max(initial=-1) >= goal.size:
            raise ValueError("each margin needs one code per row, below the number of its targets")
        if not np.all(np.isfinite(goal) & (goal >= 0)) or goal.sum() <= 0:
            raise ValueError("targets must be finite, 0 or above, and not all 0")
    return weights, margins, [goal / goal.sum() for goal in goals]


def _known_part(weights: Floats, code: Codes) -> float:
    return float(weights[code >= 0].sum() / weights.sum())


def _sums(weights: Floats, code: Codes, levels: int) -> Floats:
    known = code >= 0
    return floats(np.bincount(code[known], weights=weights[known], minlength=levels))


def _fit(weights: Floats, code: Codes, goal: Floats) -> Floats:
    sums = _sums(weights, code, goal.size)
    factor = np.where(sums > 0, goal / np.where(sums > 0, sums, 1.0), 1.0)
    return weights * np.where(code >= 0, factor[code], 1.0)


def _largest_gap(weights: Floats, margins: list[Codes], wanted: list[Floats]) -> float:
    return max(
        float(np.max(np.abs(_sums(weights, code, goal.size) - goal)))
        for code, goal in zip(margins, wanted, strict=True)
    )


def _indicators(margins: list[Codes]) -> Floats:
    columns = [np.ones((len(margins[0]), 1))]
    for code in margins:
        levels = np.arange(code.max(initial=-1) + 1)
        columns.append((code[:, None] == levels).astype(np.float64))
    return np.hstack(columns)
