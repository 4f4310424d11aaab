"""Two groupings against each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from huiyin.stats.contracts import Floats, TestResult
from huiyin.stats.distributions import chi_square_tail, f_tail, floats

_SMALLEST_TABLE = 2


def chi_square(counts: ArrayLike) -> TestResult:
    """Pearson's test of independence, without continuity correction.

    Parameters
    ----------
    counts : (rows, columns) array of int
        Empty rows and columns are left out.

    Returns
    -------
    TestResult
        `effect_size` is Cramér's V. NaN where fewer than two rows or columns are left.

    Examples
    --------
    >>> round(chi_square([[10, 20], [20, 10]]).statistic, 4)
    6.6667
    """
    table = _filled(floats(counts))
    if min(table.shape) < _SMALLEST_TABLE:
        return TestResult(np.nan, np.nan, np.nan, "chi_square")
    expected = _expected(table)
    statistic = float(np.sum((table - expected) ** 2 / expected))
    df = float((table.shape[0] - 1) * (table.shape[1] - 1))
    effect = float(np.sqrt(statistic / (table.sum() * (min(table.shape) - 1))))
    return TestResult(statistic, df, float(chi_square_tail(statistic, df)), "chi_square", effect)


def cramers_v(counts: ArrayLike, *, bias_corrected: bool = False) -> float:
    """Cramér's V in [0, 1]; NaN where the table has fewer than two rows or columns.

    Parameters
    ----------
    counts : (rows, columns) array of int
    bias_corrected : bool
        Bergsma's correction: 0 on average where nothing is associated.

    References
    ----------
    Bergsma (2013), J. Korean Statistical Society 42(3):323-328, doi:10.1016/j.jkss.2012.10.002.
    """
    table = _filled(floats(counts))
    test = chi_square(table)
    if test.effect_size is None or not bias_corrected:
        return np.nan if test.effect_size is None else test.effect_size
    n, (rows, columns) = table.sum(), table.shape
    phi2 = max(0.0, test.statistic / n - test.degrees_of_freedom / (n - 1.0))
    r = rows - (rows - 1.0) ** 2 / (n - 1.0)
    c = columns - (columns - 1.0) ** 2 / (n - 1.0)
    return float(np.sqrt(phi2 / (min(r, c) - 1.0)))


def adjusted_residuals(counts: ArrayLike) -> Floats:
    """Give adjusted standardised residuals: about standard normal where nothing is associated.

    Parameters
    ----------
    counts : (rows, columns) array of int

    Returns
    -------
    (rows, columns) array of float
        NaN in empty rows and columns, and where one row or column holds everything.

    References
    ----------
    Haberman (1973), Biometrics 29(1):205-220, doi:10.2307/2529686.
    """
    table = floats(counts)
    n = table.sum()
    row, column = table.sum(axis=1, keepdims=True), table.sum(axis=0, keepdims=True)
    total = n if n > 0 else np.nan
    expected = row * column / total
    spread = expected * (1.0 - row / total) * (1.0 - column / total)
    return floats((table - expected) / np.sqrt(np.where(spread > 0, spread, np.nan)))


def rao_scott_chi_square(totals: ArrayLike, n: int, strata: ArrayLike | None = None) -> TestResult:
    """Test of independence under a survey design (R: ``svychisq``, statistic F).

    Pearson's statistic divided by the mean design effect of the table, second-order correction.

    Parameters
    ----------
    totals : (psus, rows, columns) array of float
        Weight of each PSU in each cell of the table; PSUs outside the table hold 0.
    n : int
        Rows of the data (both answered): the size Pearson's statistic is scaled to.
    strata : (psus,) array of int, optional
        Stratum of each PSU, from 0; left out: one stratum.

    Returns
    -------
    TestResult
        F with its two degrees of freedom; `effect_size` is Cramér's V of the weighted table. NaN
        where the table has fewer than two rows or columns, or no degrees of freedom are left.

    References
    ----------
    Rao and Scott (1984), Annals of Statistics 12(1):46-60, doi:10.1214/aos/1176346391.
    """
    cells = floats(totals)
    cells = cells[:, cells.sum(axis=(0, 2)) > 0][:, :, cells.sum(axis=(0, 1)) > 0]
    psus, rows, columns = cells.shape
    codes = np.zeros(psus, np.intp) if strata is None else np.asarray(strata, np.intp)
    df = float(psus - np.unique(codes).size)
    if min(rows, columns) < _SMALLEST_TABLE or df <= 0:
        return TestResult(np.nan, np.nan, np.nan, "rao_scott")
    shares = cells.sum(axis=0) / cells.sum()
    pearson = chi_square(shares * n)
    effects = _design_effects(shares.ravel(), _share_covariance(cells, codes), n, (rows, columns))
    trace = float(np.trace(effects))
    first = trace**2 / float(np.trace(effects @ effects))
    statistic = pearson.statistic / trace
    p = float(f_tail(statistic, first, first * df))
    return TestResult(statistic, first, p, "rao_scott", pearson.effect_size, first * df)


def _filled(table: Floats) -> Floats:
    return floats(table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0])


def _expected(table: Floats) -> Floats:
    return floats(np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum())


def _share_covariance(cells: Floats, strata: NDArray[np.intp]) -> Floats:
    """Linearised covariance of all cell shares, PSUs with replacement within strata."""
    flat = cells.reshape(len(cells), -1)
    total = flat.sum()
    z = (flat - (flat.sum(axis=0) / total) * flat.sum(axis=1, keepdims=True)) / total
    covariance = np.zeros((flat.shape[1], flat.shape[1]))
    for stratum in np.unique(strata):
        part = z[strata == stratum]
        m = len(part)
        if m > 1:
            part = (part - part.mean(axis=0)) * np.sqrt(m / (m - 1.0))
        covariance += part.T @ part
    return covariance


def _design_effects(shares: Floats, covariance: Floats, n: int, shape: tuple[int, int]) -> Floats:
    """Generalised design effects of the interaction contrasts."""
    rows, columns = np.indices(shape).reshape(2, -1)
    row_effects = (rows[:, None] == np.arange(1, shape[0])).astype(np.float64)
    column_effects = (columns[:, None] == np.arange(1, shape[1])).astype(np.float64)
    main = np.hstack([np.ones((rows.size, 1)), row_effects, column_effects])
    joint = (row_effects[:, :, None] * column_effects[:, None, :]).reshape(rows.size, -1)
    contrast = joint - main @ np.linalg.lstsq(main, joint, rcond=None)[0]
    inverse = np.where(shares > 0, 1.0 / np.where(shares > 0, shares, 1.0), 0.0)[:, None]
    weighted = inverse * contrast
    return floats(np.linalg.solve(contrast.T @ weighted / n, weighted.T @ covariance @ weighted))
