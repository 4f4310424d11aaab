"""Which groups of a table of counts are too small for who looks at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from huiyin.codebook.groupings import Grouping
from huiyin.engine.deadline import Deadline
from huiyin.measure.contracts import Filter, Query, Viewer
from huiyin.measure.dataset import Dataset
from huiyin.measure.design import customer_key, draw
from huiyin.measure.filters import condition
from huiyin.measure.hiding.made_groups import Totals, hidden_beside_groups
from huiyin.measure.periods import Window

Group = tuple[Filter, ...]
_CUSTOMER, _N = "_customer", "_n"


def hidden_groups_of(
    dataset: Dataset,
    query: Query,
    viewer: Viewer,
    groups: Sequence[Group],
    crossed: Sequence[Group] = (),
    among: Sequence[Group] = (),
) -> frozenset[tuple[int, ...]]:
    """Find the groups, or the cells of two groupings, that the viewer must not see.

    The one function for small groups decides (`hidden_cells`): what is left out cannot be found
    from the others and the totals either.

    Parameters
    ----------
    dataset : Dataset
    query : Query
        What it says of flags and weights holds.
    viewer : Viewer
    groups : sequence of tuple of Filter
        Each the conditions of one group.
    crossed : sequence of tuple of Filter, optional
        A second grouping; the cells of both are looked at.
    among : sequence of tuple of Filter, optional
        Only rows that stand in any of these count.

    Returns
    -------
    frozenset of tuple of int
        Places in `groups`, or in `groups` and `crossed`.
    """
    if viewer.minimum_n <= 1 or viewer.sees_rows:
        return frozenset()
    sides = [side for side in (groups, crossed) if side]
    counts = _customers(dataset, query, viewer, sides, among)
    minimum, deadline = viewer.minimum_n, Deadline(dataset.engine.limits)
    columns = tuple(f"{place}" for place in range(len(sides)))
    made = _made_of(dataset, sides)
    levels, by = [counts], [columns]
    if crossed:
        levels.append(_customers(dataset, query, viewer, [groups], crossed))
        by.append(columns[:1])
    return _places(hidden_beside_groups(levels, by, made, minimum, deadline=deadline)[0])


def _made_of(dataset: Dataset, sides: Sequence[Sequence[Group]]) -> list[Totals]:
    """Give the made dimensions of columns whose values the groups are; keys hold their places."""
    return [
        (f"{place}", partial(_group_at, grouping, values))
        for place, side in enumerate(sides)
        for grouping in dataset.snapshot.groupings
        if (values := _values_of(side, grouping.column))
    ]


def _group_at(grouping: Grouping, values: Sequence[str | None], at: str | None) -> str | None:
    return grouping.group_of(values[int(at or 0)])


def _values_of(side: Sequence[Group], column: str) -> list[str | None]:
    """Give the values of a column that groups stand for, each one; nothing if they do not."""
    single = [
        group[0].values[0]
        for group in side
        if len(group) == 1 and group[0].column == column and group[0].operator == "="
        and len(group[0].values) == 1
    ]  # fmt: skip
    return [*single] if len(single) == len(side) else []


def _places(keys: frozenset[tuple[str | None, ...]]) -> frozenset[tuple[int, ...]]:
    return frozenset(tuple(int(part or 0) for part in key) for key in keys)


def _customers(
    dataset: Dataset,
    query: Query,
    viewer: Viewer,
    sides: Sequence[Sequence[Group]],
    among: Sequence[Group],
) -> dict[tuple[str | None, ...], int]:
    """Count customers by the places of their groups; a row may stand in several of one side."""
    rows = draw(dataset, query, Window(None, None)).design.rows
    met = [condition(dataset, rows, one) for one in viewer.rows]
    rows = rows.filter(met) if met else rows
    key = customer_key(dataset, rows)
    rows = rows.mutate(**{_CUSTOMER: dataset.row_key(rows) if key is None else key})
    if among:
        rows = rows.filter(_any_of(dataset, rows, among))
    names = [f"_g{i}" for i in range(len(sides))]
    for name, side in zip(names, sides, strict=True):
        rows = _placed(dataset, rows, side, name)
    n = rows.count() if key is None else rows[_CUSTOMER].nunique()
    found = dataset.engine.run(rows.group_by(names).aggregate(**{_N: n})).to_pylist()
    return {tuple(str(row[name]) for name in names): int(row[_N]) for row in found}


def _any_of(dataset: Dataset, rows: Any, groups: Sequence[Group]) -> Any:
    import ibis

    return ibis.or_(*_conditions(dataset, rows, groups))


def _conditions(dataset: Dataset, rows: Any, groups: Sequence[Group]) -> Iterator[Any]:
    import ibis

    for group in groups:
        yield ibis.and_(*(condition(dataset, rows, one) for one in group))


def _placed(dataset: Dataset, rows: Any, groups: Sequence[Group], name: str) -> Any:
    """Give each row the place of its group: once for each group that it stands in."""
    import ibis

    met = list(_conditions(dataset, rows, groups))
    if any(dataset.is_list(one.column) for group in groups for one in group):
        parts = [rows.filter(one).mutate(**{name: ibis.literal(i)}) for i, one in enumerate(met)]
        return ibis.union(*parts) if len(parts) > 1 else parts[0]
    place = ibis.cases(*((one, i) for i, one in enumerate(met)))
    placed = rows.mutate(**{name: place})
    return placed.filter(placed[name].notnull())
