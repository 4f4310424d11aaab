"""Two groupings against each other: counts, shares, a test, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from huiyin.analyse.bands import Band, satisfaction_bands
from huiyin.analyse.contracts import AnalysisError, CrossTable
from huiyin.analyse.natural_order import natural_order
from huiyin.analyse.ports import Corridor
from huiyin.analyse.table_shapes import (
    FEWEST_ROWS,
    SMALLEST,
    Grouping,
    Table,
    joint_counts,
    merged,
    name_of_others,
    protected,
    without_empty,
)
from huiyin.analyse.table_tests import tested_counts
from huiyin.codebook.contracts import GROUP_ROLES, Column
from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.masking import mask_numbers
from huiyin.core.text import Text
from huiyin.measure.contracts import Filter
from huiyin.stats.contracts import Floats
from huiyin.stats.distributions import normal_two_sided_p
from huiyin.stats.multiple import benjamini_hochberg
from huiyin.stats.tables import (
    adjusted_residuals,
    cramers_v,
)

MOST_GROUPS = 20
MOST_TABLES = 8

NOT_A_GROUPING = Text(
    "列“{name}”不是分组或评分，不能做交叉表。", "Column “{name}” is no grouping or rating."
)
SAME_COLUMN = Text("交叉表要两个不同的列。", "A cross-table needs two different columns.")


def cross_table(
    corridor: Corridor, row: str, column: str, *, level: float = 0.95, seed: int = 0
) -> CrossTable:
    """Cross two columns, each a grouping or a rating (cut into satisfaction bands).

    Small groups are put together until chi-square holds (Cochran's rule); where even that does
    not help, the p value comes from random tables with the same margins. Under weights or
    repeated customers the test is Rao and Scott's. Groups too small for the viewer are put
    together before anything is computed, so that no number of the table tells them.

    Parameters
    ----------
    corridor : Corridor
    row, column : str
        Column names.
    level : float
        1 − the false-discovery rate of the marked cells.
    seed : int
        For the random tables.

    Returns
    -------
    CrossTable

    Raises
    ------
    UnknownColumnError
        A column does not exist.
    AnalysisError
        A column is no grouping or rating, or both are the same.
    """
    if row == column:
        raise AnalysisError(SAME_COLUMN)
    sides = (grouping(corridor, row), grouping(corridor, column))
    counts, weights = joint_counts(corridor, *sides)
    table = Table(*sides, counts, weights)
    language = corridor.codebook.language
    n = int(counts.sum())
    if n < FEWEST_ROWS:
        return _absent(table, NotEstimable(Reason.TOO_FEW_ROWS if n else Reason.NO_ANSWERS, n))
    if min((counts.sum(axis=1) > 0).sum(), (counts.sum(axis=0) > 0).sum()) < SMALLEST:
        return _absent(table, NotEstimable(Reason.CONSTANT, n))
    shown = protected(corridor, without_empty(table), language)
    if shown is None:
        return _absent(table, NotEstimable(Reason.SUPPRESSED))
    return _tested(corridor, merged(shown, language), level, seed)


def report_tables(
    corridor: Corridor,
    dimensions: Sequence[Column],
    target: Column,
    *,
    level: float = 0.95,
    family: int | None = None,
) -> tuple[CrossTable, ...]:
    """Cross dimensions with the target's satisfaction bands; clearest first.

    Parameters
    ----------
    corridor : Corridor
    dimensions : sequence of Column
        Most promising first: the first `MOST_TABLES` are crossed.
    target : Column
    level : float
    family : int, optional
        Dimensions they were picked from: the tests are corrected for all of these.
    """
    names = [dimension.name for dimension in dimensions[:MOST_TABLES]]
    tables = [cross_table(corridor, name, target.name, level=level) for name in names]
    return with_family(tables, max(family or 0, len(dimensions)))


def with_family(tables: Sequence[CrossTable], family: int) -> tuple[CrossTable, ...]:
    """Correct the tests of several tables as part of a family; clearest first.

    Members of the family that were not tested count as showing nothing.
    """
    untested = [1.0] * max(0, family - len(tables))
    q = benjamini_hochberg([*(np.nan if t.p is None else t.p for t in tables), *untested])
    done = [
        replace(t, q=None if np.isnan(qi) else float(qi))
        for t, qi in zip(tables, q[: len(tables)], strict=True)
    ]
    key = [(t.q is None, t.q or 0.0, -(t.cramers_v or 0.0)) for t in done]
    return tuple(done[i] for i in sorted(range(len(done)), key=lambda i: key[i]))


def grouping(corridor: Corridor, name: str) -> Grouping:
    """Cut a column into groups: satisfaction bands of a rating, else its values, largest first.

    Steps of a number (ages, incomes) stand in the order of that number.
    """
    column = corridor.codebook[name]
    bands = satisfaction_bands(column, corridor.cuts)
    if bands:
        words = tuple(_band_name(column, band) for band in bands)
        return Grouping(column, words, tuple(band.filters for band in bands), {}, bands)
    if column.role not in GROUP_ROLES and not column.events:
        raise AnalysisError(NOT_A_GROUPING.format(name=name))
    counted = [(v, n) for v, n, _ in corridor.level_counts(name) if v is not None]
    counted.sort(key=lambda pair: (-pair[1], pair[0]))
    shown = [value for value, _ in counted[:MOST_GROUPS]]
    shown = [shown[place] for place in natural_order(shown) or range(len(shown))]
    rest = [value for value, _ in counted[MOST_GROUPS:]]
    place = {value: i for i, value in enumerate(shown)} | dict.fromkeys(rest, len(shown))
    names = [*shown, name_of_others(shown, corridor.codebook.language)] if rest else shown
    values = [(value,) for value in shown] + ([tuple(rest)] if rest else [])
    filters = tuple((Filter(name, "=", value),) for value in values)
    return Grouping(column, tuple(names), filters, place, rest=bool(rest))


def _band_name(column: Column, band: Band) -> str:
    """Give the words of a band's only answer; of more answers, or without words, the codes."""
    levels = column.scale.levels if column.scale is not None else {}
    inside = [word for word, code in levels.items() if band.holds(code)]
    return inside[0] if len(inside) == 1 else band.words


def _tested(corridor: Corridor, table: Table, level: float, seed: int) -> CrossTable:
    test = tested_counts(corridor, table, seed)
    residuals = adjusted_residuals(table.counts)
    q = benjamini_hochberg(normal_two_sided_p(residuals))
    significant = np.isfinite(test.p) and test.p < 1 - level
    different = (q < 1 - level) & significant
    heavy = table.weights.sum(axis=1, keepdims=True)
    shares = np.divide(table.weights, heavy, out=np.zeros_like(table.weights), where=heavy > 0)
    df = test.degrees_of_freedom
    return CrossTable(
        row=table.row.column.name,
        column=table.column.column.name,
        row_label=table.row.column.label,
        column_label=table.column.column.label,
        row_values=tuple(map(mask_numbers, table.row.names)),
        column_values=tuple(map(mask_numbers, table.column.names)),
        counts=tuple(tuple(int(n) for n in row) for row in table.counts),
        row_shares=_rows(shares),
        residuals=_rows(np.nan_to_num(residuals)),
        different=tuple(tuple(bool(d) for d in row) for row in different),
        statistic=_known(test.statistic),
        degrees_of_freedom=_known(df),
        p=_known(test.p),
        q=_known(test.p),
        cramers_v=_known(cramers_v(table.counts, bias_corrected=True)),
        method=test.method,
        n=int(table.counts.sum()),
        row_rest=table.row.rest,
        column_rest=table.column.rest,
    )


def _rows(cells: Floats) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(v) for v in row) for row in cells)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _absent(table: Table, reason: NotEstimable) -> CrossTable:
    return CrossTable(
        row=table.row.column.name,
        column=table.column.column.name,
        row_label=table.row.column.label,
        column_label=table.column.column.label,
        row_values=(),
        column_values=(),
        counts=(),
        row_shares=(),
        residuals=(),
        different=(),
        statistic=None,
        degrees_of_freedom=None,
        p=None,
        q=None,
        cramers_v=None,
        method="chi_square",
        n=reason.n,
        not_estimable=reason,
    )
