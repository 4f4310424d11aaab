"""Whether a number reaches its goal (达标): the interval decides, never the point alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huiyin.measure.contracts import Cell, Definition, Result
from huiyin.measure.definitions.contracts import Attainment, Goal


def attainment(
    low: float | None, high: float | None, goal: float, *, higher_is_better: bool
) -> Attainment:
    """Judge a number by its interval.

    Parameters
    ----------
    low, high : float or None
        Interval of the number, in the unit of the goal; None where there is none.
    goal : float
    higher_is_better : bool

    Returns
    -------
    Attainment
        Reached: the whole interval is on the good side of the goal, or touches it. Missed: the
        whole interval is on the bad side. Else nobody can tell.

    Examples
    --------
    >>> attainment(82.0, 88.0, 80.0, higher_is_better=True).value
    'reached'
    """
    if low is None or high is None:
        return Attainment.CANNOT_TELL
    worst, best, aim = (low, high, goal) if higher_is_better else (-high, -low, -goal)
    if worst >= aim:
        return Attainment.REACHED
    return Attainment.MISSED if best < aim else Attainment.CANNOT_TELL


@dataclass(frozen=True, slots=True)
class Judged:
    """A cell of a result, the goal that holds for it, and where it stands."""

    cell: Cell
    goal: Goal
    attainment: Attainment


def judged(
    result: Result, goals: Iterable[Goal], day: date, *, dataset_id: str | None = None
) -> tuple[Judged, ...]:
    """Set the cells of a result against the goals that hold for them.

    Parameters
    ----------
    result : Result
    goals : iterable of Goal
    day : date
        On which the goals hold; the end of the result's window, where it has one, is meant.
    dataset_id : str, optional
        Whose result it is: goals for another dataset are left out.

    Returns
    -------
    tuple of Judged
        One for each cell and goal that fit, in the order of the cells.
    """
    meaning = {one.metric: one for one in result.definition}
    held = [goal for goal in goals if goal.holds(day) and goal.dataset_id in {None, dataset_id}]
    return tuple(
        Judged(cell, goal, _judge(cell, goal, meaning[cell.metric]))
        for cell in result.cells
        for goal in held
        if _names(goal, meaning[cell.metric]) and _group(result, cell) == dict(goal.where)
    )


def judged_by(result: Result, value: float) -> tuple[Judged, ...]:
    """Set every cell of a result against one number that somebody typed.

    Parameters
    ----------
    result : Result
    value : float
        In the unit of the cells.

    Returns
    -------
    tuple of Judged
        One for each cell that has a number, in their order.
    """
    meaning = {one.metric: one for one in result.definition}
    return tuple(
        Judged(cell, goal, _judge(cell, goal, meaning[cell.metric]))
        for cell in result.cells
        if cell.estimate is not None
        for goal in (Goal(cell.metric, value),)
    )


def _judge(cell: Cell, goal: Goal, definition: Definition) -> Attainment:
    better = goal.higher_is_better
    if better is None:
        better = definition.higher_is_better
    return attainment(cell.low, cell.high, goal.value, higher_is_better=better)


def _names(goal: Goal, definition: Definition) -> bool:
    """Tell whether a goal is for this metric, named with its column or without."""
    named = {definition.metric}
    if definition.column is not None and ":" not in definition.metric:
        named.add(f"{definition.metric}:{definition.column}")
    return goal.metric in named


def _group(result: Result, cell: Cell) -> dict[str, str | None]:
    """Give the group a cell stands for: its own, and the values that the query is limited to."""
    limited = {
        one.column: one.values[0]
        for one in result.query.where
        if one.operator == "=" and len(one.values) == 1
    }
    return {**limited, **{k: v for k, v in cell.by.items() if k != "period"}}
