"""Totals that shown cells add up to: where a filter leaves out few of one, not all of it is shown.

Each shop but a small one is of enough customers, and no filter leaves out any of them. But who adds
up the shops, and takes that from all answers, has the small one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from huiyin.measure.cell_rows import CellSet
from huiyin.measure.hiding.differences import ToldApart, thin_cells
from huiyin.measure.moments import Key
from huiyin.measure.task import Task


@dataclass(frozen=True, slots=True)
class ThinTotals:
    """Totals over all but the parts `kept` of the keys that differ in too few from another query.

    `keys` holds, per metric, those totals.
    """

    kept: tuple[int, ...]
    keys: list[frozenset[Key]]


def thin_totals(
    task: Task, cells: CellSet, minimum: int, keys: Sequence[Key], told_apart: ToldApart
) -> list[ThinTotals]:
    """Find the totals of some cells that tell few apart.

    Parameters
    ----------
    task : Task
    cells : CellSet
    minimum : int
    keys : sequence of Key
        The cells that may be shown.
    told_apart : ToldApart
        Whom the parts of the condition tell apart, by cell.

    Returns
    -------
    list of ThinTotals
        Totals over one group, over any together, and over all; each of one period.
    """
    found = []
    period = (len(cells.by),) if cells.grain else ()
    for size in range(len(cells.by)):
        for groups in combinations(range(len(cells.by)), size):
            task.deadline.check()
            kept = (*groups, *period)
            thin = _thin_over(task, cells, minimum, keys, told_apart, kept)
            if any(thin):
                found.append(ThinTotals(kept, thin))
    return found


def _thin_over(
    task: Task,
    cells: CellSet,
    minimum: int,
    keys: Sequence[Key],
    told_apart: ToldApart,
    kept: tuple[int, ...],
) -> list[frozenset[Key]]:
    """Find the thin totals by some parts of the keys; counted anew where it is not sure."""
    totals = list(dict.fromkeys(tuple(key[place] for place in kept) for key in keys))
    at_least = told_apart.over(kept)
    if at_least.enough(totals, minimum):
        return [frozenset() for _ in task.wanted.asked]
    if told_apart.whole:
        thin = at_least.thin(task, minimum)
        if not (told_apart.outside.repeated and any(thin)):
            return thin
    return thin_cells(task, _coarser(cells, kept), minimum, totals)


def _coarser(cells: CellSet, kept: Sequence[int]) -> CellSet:
    by = tuple(cells.by[place] for place in kept if place < len(cells.by))
    grain = cells.grain if len(cells.by) in kept else None
    return replace(cells, by=by, grain=grain)


def held_back(
    totals: Sequence[ThinTotals],
    metric: int,
    counts: Mapping[Key, int],
    minimum: int,
    hidden: frozenset[Key] = frozenset(),
) -> frozenset[Key]:
    """Choose the cells to hide so that no thin total can be added up: the smallest of each.

    Parameters
    ----------
    totals : sequence of ThinTotals
    metric : int
        Place of the metric.
    counts : mapping of Key to int
        Customers by cell.
    minimum : int
        Cells of fewer are hidden in any case.
    hidden : frozenset of Key
        Cells that are hidden already.
    """
    chosen: set[Key] = set()
    for one in totals:
        parts: dict[Key, list[Key]] = {}
        for key, n in counts.items():
            total = tuple(key[place] for place in one.kept)
            if n > 0 and total in one.keys[metric]:
                parts.setdefault(total, []).append(key)
        for inside in parts.values():
            if not any(counts[k] < minimum or k in chosen or k in hidden for k in inside):
                chosen.add(min(inside, key=lambda key: (counts[key], str(key))))
    return frozenset(chosen)
