"""Shares of a group: how many of a cell are of one shop is the number of a smaller cell.

Who asks what part of the answers with one star is of a small shop, then of those with two, has how
that shop was rated. So such a share is shown only where the cell of that group would be.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import combinations

from huiyin.codebook.contracts import GROUP_ROLES, OPPOSITES, Column
from huiyin.measure.cell_rows import CellSet
from huiyin.measure.comparing.sides import estimate_cells
from huiyin.measure.fetching import fetch
from huiyin.measure.hiding.differences import thin_cells
from huiyin.measure.moments import Key
from huiyin.measure.task import Task


def told_by_shares(task: Task, cells: CellSet, metric: int, minimum: int) -> frozenset[Key]:
    """Find the cells in which a share would tell how many of a small group there are.

    Parameters
    ----------
    task : Task
    cells : CellSet
    metric : int
        Place of the metric among those asked for.
    minimum : int
        Smallest group that may be told.

    Returns
    -------
    frozenset of Key
        Cells in which the group, or all beside it, are of too few customers, or differ in too few
        from those of another query. Nothing for shares of what people answered, or of what happened
        to them: that is no group.
    """
    asked, places = task.wanted.asked[metric], task.wanted.places[metric]
    column = asked.column
    (word,) = asked.reading.values[0].words or ("",)
    if column is None or not asked.metric.needs_value or not _is_group(column, word):
        return frozenset()
    name = task.dataset.column_name(column.name)
    finer = replace(cells, by=(*cells.by, name))
    fetched = fetch(task.dataset, task.drawn, finer, task.wanted)
    found = estimate_cells(asked, places, task.drawn, (fetched.moments, None), task.query.level)
    at = len(cells.by)
    inside: dict[Key, int] = {}
    beside: dict[Key, int] = {}
    for key, n in zip(fetched.moments.keys, found.customers, strict=True):
        of = inside if key[at] == word else beside
        cell = key[:at] + key[at + 1 :]
        of[cell] = of.get(cell, 0) + round(n)
    thin = thin_cells(task, finer, minimum)[metric]
    told = {key[:at] + key[at + 1 :] for key in thin if key[at] == word}
    told.update(key for key, n in beside.items() if 0 < n < minimum)
    return frozenset(told | _of_few(inside, {*inside, *beside}, minimum))


def _is_group(column: Column, word: str) -> bool:
    happened = column.events or word.lower() in {*OPPOSITES, *OPPOSITES.values()}
    return column.role in GROUP_ROLES and not happened


def _of_few(inside: Mapping[Key, int], cells: Collection[Key], minimum: int) -> set[Key]:
    """Find the cells of totals with a small group: where it is not tells where it is."""
    width = len(next(iter(cells), ()))
    found: set[Key] = set()
    for size in range(width + 1):
        for kept in combinations(range(width), size):
            totals: dict[Key, int] = {}
            for key, n in inside.items():
                total = tuple(key[place] for place in kept)
                totals[total] = totals.get(total, 0) + n
            few = {total for total, n in totals.items() if 0 < n < minimum}
            found.update(key for key in cells if tuple(key[place] for place in kept) in few)
    return found
