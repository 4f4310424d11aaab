"""Order instead of distance: rank tests, rank correlations, trends."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from huiyin.stats.contracts import Association, Floats, TestResult
from huiyin.stats.distributions import (
    chi_square_tail,
    floats,
    normal_quantile,
    normal_two_sided_p,
    t_two_sided_p,
)

_SMALLEST_FOR_INTERVAL = 4


def kruskal_wallis(counts: ArrayLike) -> TestResult:
    """Test whether groups differ in the order of their answers, corrected for ties.

    Parameters
    ----------
    counts : (groups, levels) array of int
        Answers of each group at each level, levels in order. Empty groups are left out. With two
        groups this is the Wilcoxon–Mann–Whitney test without continuity correction.

    Returns
    -------
    TestResult
        `effect_size` is epsilon², (H − k + 1)/(n − k). NaN with one group or one level.

    References
    ----------
    Kruskal and Wallis (1952), JASA 47(260):583-621.
    """
    table = _answered_groups(counts)
    levels = table.sum(axis=0)
    n, k = float(levels.sum()), len(table)
    ties = 1.0 - float(np.sum(levels**3 - levels)) / max(n**3 - n, 1.0)
    if k < 2 or ties <= 0.0:  # noqa: PLR2004 -- a comparison needs two
        return TestResult(np.nan, np.nan, np.nan, "kruskal_wallis")
    sizes = table.sum(axis=1)
    rank_sums = table @ _middle_ranks(levels)
    raw = 12.0 / (n * (n + 1.0)) * float(np.sum(rank_sums**2 / sizes)) - 3.0 * (n + 1.0)
    statistic = raw / ties
    effect = (statistic - k + 1.0) / (n - k) if n > k else None
    p = float(chi_square_tail(statistic, k - 1.0))
    return TestResult(statistic, k - 1.0, p, "kruskal_wallis", effect)


def pearson(x: ArrayLike, y: ArrayLike, level: float = 0.95) -> Association:
    """Pearson's correlation with Fisher's interval; rows with a missing value are left out."""
    a, b = _complete(x, y)
    r = _correlation(a, b)
    return _with_fisher_interval(r, a.size, 1.0, level, "pearson")


def spearman(x: ArrayLike, y: ArrayLike, level: float = 0.95) -> Association:
    """Spearman's rank correlation with interval; rows with a missing value are left out.

    Parameters
    ----------
    x, y : (n,) arrays of float
        NaN where missing.
    level : float, default 0.95
        Two-sided confidence level.

    Returns
    -------
    Association
        p by the t approximation (R: ``cor.test(exact = FALSE)``); interval on Fisher's scale
        with Bonett and Wright's variance. NaN with fewer than 3 rows or a constant.

    References
    ----------
    Bonett and Wright (2000), Psychometrika 65(1):23-28, doi:10.1007/BF02294183.
    """
    a, b = _complete(x, y)
    rho = _correlation(_rank(a), _rank(b))
    return _with_fisher_interval(rho, a.size, 1.0 + rho * rho / 2.0, level, "spearman")


def kendall(counts: ArrayLike, level: float = 0.95) -> Association:
    """Kendall's tau-b of two ordered groupings.

    Parameters
    ----------
    counts : (levels, levels) array of int
        Rows and columns in order.
    level : float, default 0.95
        Two-sided confidence level.

    Returns
    -------
    Association
        p by the tie-corrected normal approximation (R: ``cor.test``); interval by the asymptotic
        standard error. NaN where a grouping is constant.

    References
    ----------
    Agresti (2010), Analysis of Ordinal Categorical Data, 7.1; Brown and Benedetti (1977), JASA
    72(358):309-315 (standard error).
    """
    table = floats(counts)
    n, rows, columns = table.sum(), table.sum(axis=1), table.sum(axis=0)
    free_rows, free_columns = n * n - np.sum(rows**2), n * n - np.sum(columns**2)
    if n < _SMALLEST_FOR_INTERVAL or free_rows <= 0 or free_columns <= 0:
        return Association(np.nan, np.nan, np.nan, np.nan, int(n), "kendall_tau_b")
    same, opposite = _concordance(table)
    surplus = float(np.sum(table * (same - opposite)))
    width = float(np.sqrt(free_rows * free_columns))
    tau = surplus / width
    error = _tau_standard_error(table, same - opposite, tau, (free_rows, free_columns))
    half = float(normal_quantile((1.0 + level) / 2.0)) * error
    z = surplus / 2.0 / float(np.sqrt(_kendall_variance(n, rows, columns)))
    low, high = max(tau - half, -1.0), min(tau + half, 1.0)
    return Association(tau, low, high, float(normal_two_sided_p(z)), int(n), "kendall_tau_b")


def cochran_armitage(hits: ArrayLike, n: ArrayLike, scores: ArrayLike | None = None) -> TestResult:
    """Test a share for a trend over ordered groups (R: ``prop.trend.test``).

    Parameters
    ----------
    hits, n : (groups,) arrays of float
        Hits and answers per group, groups in order; empty groups are left out.
    scores : (groups,) array of float, optional
        Place of each group; left out: 1, 2, 3…

    Returns
    -------
    TestResult
        z, positive for a rising share; NaN with one group or a constant answer.

    References
    ----------
    Armitage (1955), Biometrics 11(3):375-386, doi:10.2307/3001775.
    """
    inside, size = floats(hits), floats(n)
    place = np.arange(1.0, size.size + 1.0) if scores is None else floats(scores)
    total = size.sum()
    share = inside.sum() / total if total > 0 else np.nan
    centred = place - (np.sum(place * size) / total if total > 0 else np.nan)
    spread = share * (1.0 - share) * np.sum(size * centred**2)
    z = float(np.sum(centred * inside) / np.sqrt(spread)) if spread > 0 else np.nan
    return TestResult(z, np.inf, float(normal_two_sided_p(z)), "cochran_armitage")


def jonckheere(counts: ArrayLike) -> TestResult:
    """Test answers for a trend over ordered groups (Jonckheere–Terpstra), corrected for ties.

    Parameters
    ----------
    counts : (groups, levels) array of int
        Answers of each group at each level, both in order.

    Returns
    -------
    TestResult
        `statistic` is J, the number of rising pairs (ties count half); p by the normal
        approximation. NaN where nothing can differ.

    References
    ----------
    Hollander, Wolfe, Chicken (2014), Nonparametric Statistical Methods, 6.2 (variance with ties).
    """
    table = _answered_groups(counts)
    groups, levels = table.sum(axis=1), table.sum(axis=0)
    n = float(groups.sum())
    variance = _kendall_variance(n, groups, levels) if n > 2 else 0.0  # noqa: PLR2004 -- its terms
    rising, falling = _concordance(table)
    ties = (n * n - np.sum(groups**2)) / 2.0
    surplus = float(np.sum(table * (rising - falling))) / 2.0
    statistic = (ties + surplus) / 2.0
    if variance <= 0.0:
        return TestResult(np.nan, np.nan, np.nan, "jonckheere")
    p = float(normal_two_sided_p(surplus / np.sqrt(variance)))
    return TestResult(float(statistic), np.inf, p, "jonckheere")


def linear_by_linear(
    counts: ArrayLike, row_scores: ArrayLike, column_scores: ArrayLike
) -> TestResult:
    """Test two ordered groupings for a linear association: (n − 1)r², one degree of freedom.

    Parameters
    ----------
    counts : (rows, columns) array of int
    row_scores, column_scores : arrays of float
        Place of each row and column.

    Returns
    -------
    TestResult
        `effect_size` is r; NaN where a grouping is constant.

    References
    ----------
    Mantel (1963), JASA 58(303):690-700.
    """
    table = floats(counts)
    n = table.sum()
    total = n if n > 0 else np.nan
    x = floats(row_scores) - np.sum(table.sum(axis=1) * floats(row_scores)) / total
    y = floats(column_scores) - np.sum(table.sum(axis=0) * floats(column_scores)) / total
    spread = np.sum(table.sum(axis=1) * x**2) * np.sum(table.sum(axis=0) * y**2)
    if not spread > 0:
        return TestResult(np.nan, 1.0, np.nan, "linear_by_linear")
    r = float(x @ table @ y / np.sqrt(spread))
    statistic = float(n - 1.0) * r * r
    return TestResult(statistic, 1.0, float(chi_square_tail(statistic, 1.0)), "linear_by_linear", r)


def _answered_groups(counts: ArrayLike) -> Floats:
    table = floats(counts)
    return floats(table[table.sum(axis=1) > 0])


def _middle_ranks(levels: Floats) -> Floats:
    return floats(np.cumsum(levels) - levels / 2.0 + 0.5)


def _rank(values: Floats) -> Floats:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return _middle_ranks(floats(counts))[place]


def _complete(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    a, b = floats(x), floats(y)
    both = ~(np.isnan(a) | np.isnan(b))
    return a[both], b[both]


def _correlation(a: Floats, b: Floats) -> float:
    if a.size < 3 or np.ptp(a) == 0 or np.ptp(b) == 0:  # noqa: PLR2004 -- two points fit any line
        return np.nan
    a, b = a - a.mean(), b - b.mean()
    return float(np.clip(a @ b / np.sqrt((a @ a) * (b @ b)), -1.0, 1.0))


def _with_fisher_interval(
    r: float, n: int, variance: float, level: float, method: str
) -> Association:
    if np.isnan(r):
        return Association(np.nan, np.nan, np.nan, np.nan, n, method)
    lost = 1.0 - r * r
    p = float(t_two_sided_p(r * np.sqrt((n - 2.0) / lost), n - 2.0)) if lost > 0 else 0.0
    if n < _SMALLEST_FOR_INTERVAL or lost <= 0:
        return Association(r, np.nan, np.nan, p, n, method)
    half = float(normal_quantile((1.0 + level) / 2.0)) * np.sqrt(variance / (n - 3.0))
    centre = np.arctanh(r)
    return Association(
        r, float(np.tanh(centre - half)), float(np.tanh(centre + half)), p, n, method
    )


def _concordance(table: Floats) -> tuple[Floats, Floats]:
    """Give, per cell, the answers that agree and that disagree with it in order."""
    padded = np.zeros((table.shape[0] + 1, table.shape[1] + 1))
    padded[1:, 1:] = table.cumsum(axis=0).cumsum(axis=1)
    total = padded[-1, -1]
    above, left = padded[:-1, -1:], padded[-1:, :-1]
    up_left, up_right = padded[:-1, :-1], above - padded[:-1, 1:]
    down_left = left - padded[1:, :-1]
    down_right = total - padded[1:, -1:] - padded[-1:, 1:] + padded[1:, 1:]
    return up_left + down_right, up_right + down_left


def _kendall_variance(n: float, rows: Floats, columns: Floats) -> float:
    """Variance of concordant minus discordant pairs where nothing is associated, with ties."""

    def terms(sizes: Floats) -> tuple[float, float, float]:
        return (
            float(np.sum(sizes * (sizes - 1.0) * (2.0 * sizes + 5.0))),
            float(np.sum(sizes * (sizes - 1.0))),
            float(np.sum(sizes * (sizes - 1.0) * (sizes - 2.0))),
        )

    (first_rows, pairs_rows, triples_rows) = terms(rows)
    (first_columns, pairs_columns, triples_columns) = terms(columns)
    pairs = n * (n - 1.0)
    return (
        (pairs * (2.0 * n + 5.0) - first_rows - first_columns) / 18.0
        + triples_rows * triples_columns / (9.0 * pairs * (n - 2.0))
        + pairs_rows * pairs_columns / (2.0 * pairs)
    )


def _tau_standard_error(
    table: Floats, surplus: Floats, tau: float, free: tuple[float, float]
) -> float:
    """Asymptotic standard error of tau-b (Brown and Benedetti's form)."""
    n = table.sum()
    free_rows, free_columns = free
    width = float(np.sqrt(free_rows * free_columns))
    spread = table.sum(axis=1)[:, None] * free_columns + table.sum(axis=0)[None, :] * free_rows
    inner = float(np.sum(table * (2.0 * width * surplus + tau * spread) ** 2))
    variance = (inner - n**3 * tau**2 * (free_rows + free_columns) ** 2) / width**4
    return float(np.sqrt(max(variance, 0.0)))
