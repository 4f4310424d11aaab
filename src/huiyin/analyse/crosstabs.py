"""Two groupings against each other: counts, shares, a test, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from huiyin.analyse.bands import Band, band_of, satisfaction_bands
from huiyin.analyse.contracts import AnalysisError, CrossTable
from huiyin.analyse.ports import Corridor
from huiyin.codebook.contracts import GROUP_ROLES, Column
from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.masking import mask_numbers
from huiyin.core.text import EN, ZH, Text
from huiyin.measure.contracts import Filter
from huiyin.stats.contracts import Floats, TestResult
from huiyin.stats.distributions import normal_two_sided_p
from huiyin.stats.multiple import benjamini_hochberg
from huiyin.stats.tables import (
    adjusted_residuals,
    chi_square,
    cramers_v,
    rao_scott_chi_square,
)

MOST_GROUPS = 20
MOST_TABLES = 8
SMALL_EXPECTED = 5.0
SMALL_SHARE = 0.2
"""Cochran (1954): chi-square holds while at most a fifth of the expected counts are below 5."""
PERMUTATIONS = 2_000
_FEWEST_ROWS = 10
_SMALLEST = 2
_MOST_SAMPLED = 20_000
_OTHERS = {ZH: "其他", EN: "others"}

NOT_A_GROUPING = Text(
    "列“{name}”不是分组或评分，不能做交叉表。", "Column “{name}” is no grouping or rating."
)
SAME_COLUMN = Text("交叉表要两个不同的列。", "A cross-table needs two different columns.")


@dataclass(frozen=True, slots=True)
class Grouping:
    """One side of a table: a column cut into named groups, each by filters that pick its rows."""

    column: Column
    names: tuple[str, ...]
    filters: tuple[tuple[Filter, ...], ...]
    place: Mapping[str, int]
    bands: tuple[Band, ...] = ()
    rest: bool = False
    """Whether the last group holds what was put together."""

    @property
    def rated(self) -> bool:
        """Tell whether the groups are satisfaction bands, in order."""
        return self.column.scale is not None

    @property
    def answers(self) -> bool:
        """Tell whether the groups are what people answered or did, not who they are."""
        return self.rated or self.column.role not in GROUP_ROLES

    def group_of(self, value: str) -> int | None:
        """Give the group of a value as counted, None where it has none."""
        if not self.rated:
            return self.place.get(value)
        band = band_of(self.bands, float(value))
        return None if band is None else self.bands.index(band)


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
    counts, weights = _joint(corridor, *sides)
    table = _Table(*sides, counts, weights)
    language = corridor.codebook.language
    n = int(counts.sum())
    if n < _FEWEST_ROWS:
        return _absent(table, NotEstimable(Reason.TOO_FEW_ROWS if n else Reason.NO_ANSWERS, n))
    if min((counts.sum(axis=1) > 0).sum(), (counts.sum(axis=0) > 0).sum()) < _SMALLEST:
        return _absent(table, NotEstimable(Reason.CONSTANT, n))
    protected = _protected(corridor, _without_empty(table), language)
    if protected is None:
        return _absent(table, NotEstimable(Reason.SUPPRESSED))
    return _tested(corridor, _merged(protected, language), level, seed)


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
    """Cut a column into groups: satisfaction bands of a rating, else its values, largest first."""
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
    rest = [value for value, _ in counted[MOST_GROUPS:]]
    place = {value: i for i, value in enumerate(shown)} | dict.fromkeys(rest, len(shown))
    names = [*shown, _other(shown, corridor.codebook.language)] if rest else shown
    values = [(value,) for value in shown] + ([tuple(rest)] if rest else [])
    filters = tuple((Filter(name, "=", value),) for value in values)
    return Grouping(column, tuple(names), filters, place, rest=bool(rest))


def _band_name(column: Column, band: Band) -> str:
    """Give the words of a band's only answer; of more answers, or without words, the codes."""
    levels = column.scale.levels if column.scale is not None else {}
    inside = [word for word, code in levels.items() if band.holds(code)]
    return inside[0] if len(inside) == 1 else band.words


def _other(taken: Sequence[str], language: str) -> str:
    word = _OTHERS.get(language, _OTHERS[EN])
    while word in taken:
        word += "*"
    return word


@dataclass(frozen=True, slots=True)
class _Table:
    row: Grouping
    column: Grouping
    counts: Floats
    weights: Floats


def _joint(corridor: Corridor, row: Grouping, column: Grouping) -> tuple[Floats, Floats]:
    """Count the rows, and their weight, in every cell; one count per group of the smaller side."""
    if len(row.names) > len(column.names):
        counts, weights = _joint(corridor, column, row)
        return counts.T, weights.T
    counts = np.zeros((len(row.names), len(column.names)))
    weights = np.zeros_like(counts)
    for i, where in enumerate(row.filters):
        for value, n, weight in corridor.level_counts(column.column.name, where=where):
            j = None if value is None else column.group_of(value)
            if j is not None:
                counts[i, j] += n
                weights[i, j] += weight
    return counts, weights


def _without_empty(table: _Table) -> _Table:
    rows = np.flatnonzero(table.counts.sum(axis=1) > 0)
    columns = np.flatnonzero(table.counts.sum(axis=0) > 0)
    grid = np.ix_(rows, columns)
    return _Table(
        _part(table.row, rows), _part(table.column, columns), table.counts[grid],
        table.weights[grid],
    )  # fmt: skip


def _part(side: Grouping, kept: np.ndarray) -> Grouping:
    new = {int(old): i for i, old in enumerate(kept)}
    return replace(
        side,
        names=tuple(side.names[i] for i in kept),
        filters=tuple(side.filters[i] for i in kept),
        place={value: new[i] for value, i in side.place.items() if i in new},
        rest=side.rest and len(side.names) - 1 in new,
    )


def is_sparse(counts: Floats) -> bool:
    """Tell whether too many expected counts are small for chi-square (Cochran's rule)."""
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    small = float(np.mean(expected < SMALL_EXPECTED))
    return small > SMALL_SHARE or bool(expected.min() < 1)


def _merged(table: _Table, language: str) -> _Table:
    """Put the smallest groups of an unordered side together while the table is sparse."""
    while is_sparse(table.counts):
        if not table.row.rated and len(table.row.names) > _SMALLEST + 1:
            table = _merge_smallest(table, language)
        elif not table.column.rated and len(table.column.names) > _SMALLEST + 1:
            table = _turned(_merge_smallest(_turned(table), language))
        else:
            break
    return table


def _protected(corridor: Corridor, table: _Table, language: str) -> _Table | None:
    """Put groups together that are too small for the viewer; None where nothing remains then.

    Of a grouping against answers every group has to be large enough; of two groupings every cell.
    """
    if table.row.answers and table.column.answers:
        return table
    if table.row.answers:
        turned = _protected(corridor, _turned(table), language)
        return None if turned is None else _turned(turned)
    if table.column.answers:
        return _with_large_rows(corridor, table, language)
    while corridor.hidden_groups(table.row.filters, crossed=table.column.filters):
        rows, columns = len(table.row.names), len(table.column.names)
        if max(rows, columns) <= _SMALLEST:
            return None
        if rows >= columns:
            table = _merge_smallest(table, language)
        else:
            table = _turned(_merge_smallest(_turned(table), language))
    return table


def _with_large_rows(corridor: Corridor, table: _Table, language: str) -> _Table | None:
    while True:
        found = corridor.hidden_groups(table.row.filters, among=table.column.filters)
        if not found:
            return table
        table = _merge(table, sorted(place for (place,) in found), language)
        if len(table.row.names) < _SMALLEST:
            return None


def _turned(table: _Table) -> _Table:
    return _Table(table.column, table.row, table.counts.T, table.weights.T)


def _merge_smallest(table: _Table, language: str) -> _Table:
    """Merge the two smallest groups of the rows into “others”."""
    order = np.argsort(table.counts.sum(axis=1), kind="stable")
    return _merge(table, sorted(int(i) for i in order[:2]), language)


def _merge(table: _Table, gone: Sequence[int], language: str) -> _Table:
    side = table.row
    kept = [i for i in range(len(side.names)) if i not in gone]
    names = [side.names[i] for i in kept]
    filters = [side.filters[i] for i in kept]
    values = tuple(v for i in gone for f in side.filters[i] for v in f.values)
    merged = Grouping(
        side.column,
        (*names, _other(names, language)),
        (*filters, (Filter(side.column.name, "=", values),)),
        {v: _new_place(i, kept) for v, i in side.place.items()},
        rest=True,
    )

    def stacked(cells: Floats) -> Floats:
        return np.vstack([cells[kept], cells[list(gone)].sum(axis=0)])

    return _Table(merged, table.column, stacked(table.counts), stacked(table.weights))


def _new_place(old: int, kept: Sequence[int]) -> int:
    return kept.index(old) if old in kept else len(kept)


def _tested(corridor: Corridor, table: _Table, level: float, seed: int) -> CrossTable:
    test = _test(corridor, table, seed)
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


def _test(corridor: Corridor, table: _Table, seed: int) -> TestResult:
    weighted = not np.allclose(table.counts, table.weights)
    if weighted or is_clustered(corridor):
        return _design_test(corridor, table)
    if is_sparse(table.counts):
        return permutation_test(table.counts, np.random.default_rng(seed))
    return chi_square(table.counts)


def is_clustered(corridor: Corridor) -> bool:
    """Tell whether customers answered more than once, so that rows are not independent."""
    return corridor.row_sample((), maximum=1).cluster is not None


def permutation_test(counts: Floats, rng: np.random.Generator) -> TestResult:
    """Test independence by random tables with the same margins (Patefield's null).

    Parameters
    ----------
    counts : (rows, columns) array
    rng : Generator

    Returns
    -------
    TestResult
        Pearson's statistic; p = (1 + tables at least as extreme) / (1 + tables).
    """
    seen = chi_square(counts)
    rows, columns = counts.sum(axis=1).astype(int), counts.sum(axis=0).astype(int)
    expected = np.outer(rows, columns) / rows.sum()
    tables = _random_tables(rows, columns, rng)
    found = np.sum((tables - expected) ** 2 / expected, axis=(1, 2))
    extreme = int((found >= seen.statistic * (1 - 1e-9)).sum())
    p = (1 + extreme) / (1 + PERMUTATIONS)
    return replace(seen, p=p, method="chi_square_permutation")


def _random_tables(rows: np.ndarray, columns: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw `PERMUTATIONS` tables with these margins, cell by cell, all draws at once."""
    tables = np.zeros((PERMUTATIONS, len(rows), len(columns)))
    left = np.tile(columns, (PERMUTATIONS, 1))
    for i, size in enumerate(rows):
        open_places = np.full(PERMUTATIONS, size)
        for j in range(len(columns)):
            others = left[:, j + 1 :].sum(axis=1)
            drawn = rng.hypergeometric(left[:, j], others, open_places)
            tables[:, i, j] = drawn
            left[:, j] -= drawn
            open_places -= drawn
    return tables


def _design_test(corridor: Corridor, table: _Table) -> TestResult:
    """Rao–Scott from a sample of rows, each customer (or row) a sampling unit."""
    sides = (table.row, table.column)
    words = tuple(s.column.name for s in sides if not s.rated)
    rated = tuple(s.column.name for s in sides if s.rated)
    sample = corridor.row_sample(rated, texts=words, maximum=_MOST_SAMPLED)
    places = []
    for side in sides:
        if side.rated:
            codes = sample.values[:, rated.index(side.column.name)]
            values = [None if np.isnan(c) else f"{c!r}" for c in codes.tolist()]
        else:
            values = list(sample.texts[side.column.name])
        places.append([None if v is None else side.group_of(v) for v in values])
    rows = [k for k, pair in enumerate(zip(*places, strict=True)) if None not in pair]
    if not rows:
        return TestResult(np.nan, np.nan, np.nan, "rao_scott")
    unit = np.arange(sample.n) if sample.cluster is None else sample.cluster
    unit = np.unique(np.asarray(unit)[rows], return_inverse=True)[1].reshape(-1)
    weight = np.ones(sample.n) if sample.weights is None else np.nan_to_num(sample.weights)
    totals = np.zeros((int(unit.max()) + 1, len(table.row.names), len(table.column.names)))
    at = (unit, np.array([places[0][k] for k in rows]), np.array([places[1][k] for k in rows]))
    np.add.at(totals, at, weight[rows])
    return rao_scott_chi_square(totals, len(rows))


def _absent(table: _Table, reason: NotEstimable) -> CrossTable:
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
