"""Hide from a result what its viewer may not see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huiyin.codebook.bands import BAND
from huiyin.codebook.contracts import RATING_ROLES, Role
from huiyin.core.absence import NotEstimable, Reason
from huiyin.measure.comparing.sides import Level
from huiyin.measure.contracts import Against, Cell
from huiyin.measure.hiding.differences import told_apart_by
from huiyin.measure.hiding.made_groups import (
    Totals,
    hidden_beside_groups,
    made_totals,
    told_by_groups,
)
from huiyin.measure.hiding.shares import told_by_shares
from huiyin.measure.hiding.suppression import hidden_among_totals
from huiyin.measure.hiding.totals import ThinTotals, held_back, thin_totals
from huiyin.measure.moments import Key
from huiyin.measure.task import Task

_ANSWERED = RATING_ROLES | {Role.CHOICE_SET, Role.OUTCOME}


def protected(task: Task, levels: list[Level], cells: list[Cell]) -> list[Cell]:
    """Hide what the viewer may not see.

    Parameters
    ----------
    task : Task
    levels : list of Level
    cells : list of Cell
        By level, then metric, then cell.

    Returns
    -------
    list of Cell
        Same order; hidden ones are `NotEstimable` without any number.

    Raises
    ------
    EngineError
        What is hidden cannot be told in the time that the question has.
    """
    minimum = task.viewer.minimum_n
    if minimum <= 1:
        return cells
    thin, totals = zip(*(_thin(task, level, minimum) for level in levels), strict=True)
    made = made_totals(task.dataset)
    alone = _in_one_line(levels, made)
    columns = [level.cells.by for level in levels]
    hidden = []
    for m in range(len(task.wanted.asked)):
        counts = [
            {key: round(n) for key, n in zip(one.keys, one.estimates[m].customers, strict=True)}
            for one in levels
        ]
        differing = [
            one[m].intersection(level.keys)
            | told_by_groups(task, level.cells, m, minimum)
            | told_by_shares(task, level.cells, m, minimum).intersection(level.keys)
            | (frozenset() if alone else held_back(summed, m, shown, minimum))
            for one, summed, shown, level in zip(thin, totals, counts, levels, strict=True)
        ]
        told = hidden_beside_groups(counts, columns, made, minimum, differing, task.deadline)
        if task.query.column_totals:
            names = [level.cells.names for level in levels]
            told = hidden_among_totals(counts, names, minimum, told, task.deadline)
        if alone:
            told = [told[0] | held_back(totals[0], m, counts[0], minimum, told[0])]
        hidden.append(told)
    places = [
        (m, at, key)
        for at, level in enumerate(levels)
        for m in range(len(task.wanted.asked))
        for key in level.keys
    ]
    return [
        hide(cell, minimum)
        if key in hidden[m][at]
        else _without_hidden_reference(task, cell, hidden[m][at])
        for cell, (m, at, key) in zip(cells, places, strict=True)
    ]


def _in_one_line(levels: Sequence[Level], made: Sequence[Totals]) -> bool:
    """Tell whether cells add up in one way alone: then one held back of a thin total is enough."""
    if len(levels) > 1 or levels[0].cells.grain:
        return False
    by = levels[0].cells.by
    return len(by) == 1 and all(column not in by for column, _ in made)


def _thin(task: Task, level: Level, minimum: int) -> tuple[list[frozenset[Key]], list[ThinTotals]]:
    """Find the cells, and the totals of cells, that tell few apart."""
    told_apart = told_apart_by(task, level.cells, minimum, level.keys)
    if told_apart is None:
        return [frozenset() for _ in task.wanted.asked], []
    totals = thin_totals(task, level.cells, minimum, level.keys, told_apart)
    return told_apart.thin(task, minimum), totals


def without_told_answers(task: Task, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Leave out hidden cells whose group is an answer: that there is one tells who gave it."""
    book = task.dataset.codebook
    by_answers = any(
        book[name].role in _ANSWERED if name in book else name.startswith(BAND)
        for name in task.query.by
    )
    if task.viewer.sees_answers or not by_answers:
        return tuple(cells)
    return tuple(cell for cell in cells if not is_hidden(cell))


def used_rows(task: Task, cells: Sequence[Cell], n_rows: int) -> int | None:
    """Give how many rows a result stands on; None where that would tell a hidden cell.

    That is so where nothing else is shown, and where something hidden was filtered: counts of
    one filter after another would tell who is in it.
    """
    hidden = [cell for cell in cells if is_hidden(cell)]
    narrowed = task.query.where or task.query.since or task.query.until or task.viewer.rows
    if hidden and (narrowed or not any(cell.n for cell in cells)):
        return None
    return n_rows


def is_hidden(cell: Cell) -> bool:
    """Tell whether a cell's numbers were taken off for the sake of a small group."""
    return cell.not_estimable is not None and cell.not_estimable.reason is Reason.SUPPRESSED


def hide(cell: Cell, minimum: int) -> Cell:
    """Take all numbers off a cell: neither the estimate nor its n may be seen."""
    return replace(
        cell,
        estimate=None,
        low=None,
        high=None,
        n=0,
        n_customers=0,
        n_effective=None,
        flags=(),
        comparison=None,
        standard_error=None,
        degrees_of_freedom=None,
        not_estimable=NotEstimable(Reason.SUPPRESSED, minimum=minimum),
    )


def _without_hidden_reference(task: Task, cell: Cell, hidden: frozenset[Key]) -> Cell:
    """Drop a comparison that would tell a hidden cell, or a reference too small to see."""
    if cell.comparison is None or task.query.compare is None:
        return cell
    if task.query.compare.against is Against.BENCHMARK or not hidden:
        return cell
    return replace(cell, comparison=None)
