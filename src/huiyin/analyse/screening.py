"""Which drivers can stand in one regression, and why the others cannot."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text
from huiyin.stats.contracts import Floats
from huiyin.stats.correlations import check_correlation
from huiyin.stats.resampling import BlockSums, block_sums, correlations, row_blocks

MINIMUM_ROWS = 20
"""Fewest rows in which a driver and the target, or two drivers, are both answered."""
_SPARE_ROWS = 5
_SAME_COLUMN = 0.9995
_INDEPENDENT_PART = 1e-8
HARDLY_CHANGED = 0.02
"""A pairwise correlation moved by less than this to fit the others is not worth a word."""

FEW = Text(
    "与目标同时作答的只有 {n} 份，至少要 {needed} 份",
    "answered together with the target {n} times, {needed} are needed",
)
CONSTANT = Text("所有回答都一样", "all answers are equal")
TWIN = Text(
    "与“{other}”几乎逐行相同（相关 {r:.3f}）", "nearly equal to “{other}” row by row (r {r:.3f})"
)
SUM_OF_OTHERS = Text(
    "可以由其他因素完全算出（完全共线）", "can be computed from the others (collinear)"
)
RARELY_TOGETHER = Text(
    "与“{other}”同时作答的只有 {n} 份，两者的影响分不开",
    "answered together with “{other}” {n} times only: their parts cannot be told apart",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of the drivers (in `names` order) with the target last; good end high."""

    names: tuple[str, ...]
    values: Floats
    weights: Floats | None
    cluster: NDArray[np.generic] | None


@dataclass(frozen=True, slots=True)
class Screened:
    """What is left to compute with: rows and columns kept, their sums and correlation.

    `largest_change` is the most that a pairwise correlation had to be moved to fit the others.
    """

    sheet: Sheet
    sums: BlockSums
    correlation: Floats
    n: int
    missing_method: str
    largest_change: float
    dropped: dict[str, Text] = field(default_factory=dict)


def screen(sheet: Sheet, rng: np.random.Generator) -> Screened | NotEstimable:
    """Leave out what cannot be told apart or hardly has answers, with the reason.

    Missing ratings are handled pairwise: a row counts for every pair it answers. Where the
    pairwise correlations contradict each other, complete rows are used instead if there are
    enough, else the matrix is moved to the nearest that fits.

    Parameters
    ----------
    sheet : Sheet
    rng : Generator
        For random blocks of rows.

    Returns
    -------
    Screened or NotEstimable
        The latter where the target is constant or hardly answered, or no driver is left.
    """
    problem = _target_problem(sheet.values[:, -1])
    if problem is not None:
        return problem
    dropped: dict[str, Text] = {}
    sheet = _without_empty(sheet, dropped)
    sheet = _without_strangers(sheet, dropped)
    if not sheet.names:
        return _nothing_left(sheet, dropped)
    return _correlated(sheet, dropped, rng)


def _target_problem(target: Floats) -> NotEstimable | None:
    answered = target[~np.isnan(target)]
    n = len(answered)
    if n == 0:
        return NotEstimable(Reason.NO_ANSWERS, 0)
    if n == 1:
        return NotEstimable(Reason.ONE_ANSWER, 1)
    if np.ptp(answered) == 0:
        return NotEstimable(Reason.CONSTANT, n)
    return NotEstimable(Reason.TOO_FEW_ROWS, n) if n < MINIMUM_ROWS else None


def _nothing_left(sheet: Sheet, dropped: dict[str, Text]) -> NotEstimable:
    n = int((~np.isnan(sheet.values[:, -1])).sum())
    constant = bool(dropped) and all(reason is CONSTANT for reason in dropped.values())
    return NotEstimable(Reason.CONSTANT if constant else Reason.TOO_FEW_ROWS, n)


def _keep(sheet: Sheet, kept: list[int]) -> Sheet:
    columns = [*kept, len(sheet.names)]
    names = tuple(sheet.names[i] for i in kept)
    return Sheet(names, sheet.values[:, columns], sheet.weights, sheet.cluster)


def _without_empty(sheet: Sheet, dropped: dict[str, Text]) -> Sheet:
    """Leave out constant columns and those hardly answered together with the target."""
    target_there = ~np.isnan(sheet.values[:, -1])
    needed = _needed(len(sheet.names))
    kept = []
    for i, name in enumerate(sheet.names):
        shared = sheet.values[target_there & ~np.isnan(sheet.values[:, i])][:, [i, -1]]
        if len(shared) < min(needed, MINIMUM_ROWS):
            dropped[name] = FEW.format(n=len(shared), needed=MINIMUM_ROWS)
        elif np.ptp(shared[:, 0]) == 0:
            dropped[name] = CONSTANT
        elif np.ptp(shared[:, 1]) == 0:
            dropped[name] = Text(
                "作答的人对目标的回答都一样", "those who answered it all gave the same target"
            )
        else:
            kept.append(i)
    return _keep(sheet, kept)


def _needed(n_drivers: int) -> int:
    return max(MINIMUM_ROWS, n_drivers + _SPARE_ROWS)


def _without_strangers(sheet: Sheet, dropped: dict[str, Text]) -> Sheet:
    """Leave out drivers hardly ever answered together with one that has more answers."""
    there = (~np.isnan(sheet.values[:, :-1])).astype(np.float64)
    together = there.T @ there
    kept: list[int] = []
    for i in sorted(range(len(sheet.names)), key=lambda i: (-together[i, i], i)):
        stranger = next((j for j in kept if together[i, j] < MINIMUM_ROWS), None)
        if stranger is None:
            kept.append(i)
        else:
            dropped[sheet.names[i]] = RARELY_TOGETHER.format(
                other=sheet.names[stranger], n=int(together[i, stranger])
            )
    return _keep(sheet, sorted(kept))


def _summed(sheet: Sheet, rng: np.random.Generator) -> tuple[BlockSums, Floats]:
    """Sum up over blocks; correlate all rows. Pairs in which a column is constant say nothing."""
    n, columns = sheet.values.shape
    sums = block_sums(sheet.values, sheet.weights, row_blocks(n, sheet.cluster, rng, columns))
    found = correlations(sums, np.ones((1, sums.n_blocks)))[0]
    return sums, np.where(np.isnan(found), 0.0, found)


def _correlated(
    sheet: Sheet, dropped: dict[str, Text], rng: np.random.Generator
) -> Screened | NotEstimable:
    sums, found = _summed(sheet, rng)
    kept = _without_twins(sheet.names, found, dropped)
    columns = [*kept, len(sheet.names)]
    sheet, sums = _keep(sheet, kept), sums.of(columns)
    check, method = check_correlation(found[np.ix_(columns, columns)]), "pairwise"
    complete = np.asarray(np.isfinite(sheet.values).all(axis=1), dtype=np.bool_)
    contradictory = check.repaired and check.largest_change > HARDLY_CHANGED
    if contradictory and complete.sum() >= _needed(len(sheet.names)):
        sheet, method = _without_empty(_rows(sheet, complete), dropped), "complete_rows"
        sums, found = _summed(sheet, rng)
        check = check_correlation(found)
    kept = _independent(sheet.names, check.correlation, dropped)
    if not kept:
        return _nothing_left(sheet, dropped)
    columns = [*kept, len(sheet.names)]
    sheet, correlation = _keep(sheet, kept), check.correlation[np.ix_(columns, columns)]
    n, change = _n_used(sheet), check.largest_change
    return Screened(sheet, sums.of(columns), correlation, n, method, change, dropped)


def _n_used(sheet: Sheet) -> int:
    answered = ~np.isnan(sheet.values)
    return int((answered[:, -1] & answered[:, :-1].any(axis=1)).sum())


def _rows(sheet: Sheet, there: NDArray[np.bool_]) -> Sheet:
    return Sheet(
        sheet.names,
        sheet.values[there],
        None if sheet.weights is None else sheet.weights[there],
        None if sheet.cluster is None else sheet.cluster[there],
    )


def _without_twins(
    names: tuple[str, ...], correlation: Floats, dropped: dict[str, Text]
) -> list[int]:
    kept: list[int] = []
    for i, name in enumerate(names):
        twin = next((j for j in kept if abs(correlation[i, j]) > _SAME_COLUMN), None)
        if twin is None:
            kept.append(i)
        else:
            dropped[name] = TWIN.format(other=names[twin], r=correlation[i, twin])
    return kept


def _independent(
    names: tuple[str, ...], correlation: Floats, dropped: dict[str, Text]
) -> list[int]:
    """Walk a Cholesky factorisation and leave out columns that add nothing of their own."""
    kept: list[int] = []
    for i, name in enumerate(names):
        if kept:
            among = correlation[np.ix_(kept, kept)]
            with_it = correlation[kept, i]
            own = 1.0 - float(with_it @ np.linalg.solve(among, with_it))
        else:
            own = 1.0
        if own > _INDEPENDENT_PART:
            kept.append(i)
        else:
            dropped[name] = SUM_OF_OTHERS
    return kept
