"""The counts of a cross-table on their way to a test: joint, merged, protected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from huiyin.analyse.bands import Band, band_of
from huiyin.analyse.ports import Corridor
from huiyin.codebook.contracts import GROUP_ROLES, Column
from huiyin.core.text import EN, ZH
from huiyin.measure.contracts import Filter
from huiyin.stats.contracts import Floats

SMALL_EXPECTED = 5.0
SMALL_SHARE = 0.2
"""Cochran (1954): chi-square holds while at most a fifth of the expected counts are below 5."""
FEWEST_ROWS = 10
SMALLEST = 2
_OTHERS = {ZH: "其他", EN: "others"}


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


def name_of_others(taken: Sequence[str], language: str) -> str:
    """Name the group of all that are not shown, unlike any that is."""
    word = _OTHERS.get(language, _OTHERS[EN])
    while word in taken:
        word += "*"
    return word


@dataclass(frozen=True, slots=True)
class Table:
    """Two groupings against each other: rows counted, and their weight, in every cell."""

    row: Grouping
    column: Grouping
    counts: Floats
    weights: Floats


def joint_counts(corridor: Corridor, row: Grouping, column: Grouping) -> tuple[Floats, Floats]:
    """Count the rows, and their weight, in every cell; one count per group of the smaller side."""
    if len(row.names) > len(column.names):
        counts, weights = joint_counts(corridor, column, row)
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


def without_empty(table: Table) -> Table:
    """Leave out the groups that nobody is in."""
    rows = np.flatnonzero(table.counts.sum(axis=1) > 0)
    columns = np.flatnonzero(table.counts.sum(axis=0) > 0)
    grid = np.ix_(rows, columns)
    return Table(
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


def merged(table: Table, language: str) -> Table:
    """Put the smallest groups of an unordered side together while the table is sparse."""
    while is_sparse(table.counts):
        if not table.row.rated and len(table.row.names) > SMALLEST + 1:
            table = _merge_smallest(table, language)
        elif not table.column.rated and len(table.column.names) > SMALLEST + 1:
            table = _turned(_merge_smallest(_turned(table), language))
        else:
            break
    return table


def protected(corridor: Corridor, table: Table, language: str) -> Table | None:
    """Put groups together that are too small for the viewer; None where nothing remains then.

    Of a grouping against answers every group has to be large enough; of two groupings every cell.
    """
    if table.row.answers and table.column.answers:
        return table
    if table.row.answers:
        turned = protected(corridor, _turned(table), language)
        return None if turned is None else _turned(turned)
    if table.column.answers:
        return _with_large_rows(corridor, table, language)
    while corridor.hidden_groups(table.row.filters, crossed=table.column.filters):
        rows, columns = len(table.row.names), len(table.column.names)
        if max(rows, columns) <= SMALLEST:
            return None
        if rows >= columns:
            table = _merge_smallest(table, language)
        else:
            table = _turned(_merge_smallest(_turned(table), language))
    return table


def _with_large_rows(corridor: Corridor, table: Table, language: str) -> Table | None:
    while True:
        found = corridor.hidden_groups(table.row.filters, among=table.column.filters)
        if not found:
            return table
        table = _merge(table, sorted(place for (place,) in found), language)
        if len(table.row.names) < SMALLEST:
            return None


def _turned(table: Table) -> Table:
    return Table(table.column, table.row, table.counts.T, table.weights.T)


def _merge_smallest(table: Table, language: str) -> Table:
    """Merge the two smallest groups of the rows into “others”."""
    order = np.argsort(table.counts.sum(axis=1), kind="stable")
    return _merge(table, sorted(int(i) for i in order[:2]), language)


def _merge(table: Table, gone: Sequence[int], language: str) -> Table:
    side = table.row
    kept = [i for i in range(len(side.names)) if i not in gone]
    names = [side.names[i] for i in kept]
    filters = [side.filters[i] for i in kept]
    values = tuple(v for i in gone for f in side.filters[i] for v in f.values)
    merged = Grouping(
        side.column,
        (*names, name_of_others(names, language)),
        (*filters, (Filter(side.column.name, "=", values),)),
        {v: _new_place(i, kept) for v, i in side.place.items()},
        rest=True,
    )

    def stacked(cells: Floats) -> Floats:
        return np.vstack([cells[kept], cells[list(gone)].sum(axis=0)])

    return Table(merged, table.column, stacked(table.counts), stacked(table.weights))


def _new_place(old: int, kept: Sequence[int]) -> int:
    return kept.index(old) if old in kept else len(kept)
