"""The same question on the same rows under two versions of the metric rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol, Self

from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Query, Result, UnsuitableScaleError
from huiyin.measure.metric import MetricRules


class UnderRules(Protocol):
    """A corridor that can be put under other metric rules: `run.CorridorOverSnapshot`."""

    def under(self, rules: MetricRules) -> Self:
        """Give the corridor over the same rows by other rules."""
        ...

    def answer(self, query: Query) -> Result:
        """Answer a query."""
        ...


@dataclass(frozen=True, slots=True)
class Moved:
    """One number as reported then and restated now.

    `difference` is now minus then in the metric's unit, None where either is absent. Both stand
    on the same answers: it is the change of the definition alone, and has no interval.
    """

    metric: str
    by: Mapping[str, str | None]
    then: Cell
    now: Cell | None
    difference: float | None


@dataclass(frozen=True, slots=True)
class Restated:
    """As reported then, restated now, and what moved.

    `refused` says why today's rules give no number at all; `now` is then None.
    """

    then: Result
    now: Result | None
    moved: tuple[Moved, ...]
    refused: Text | None = None


def restated(corridor: UnderRules, query: Query, then: MetricRules, now: MetricRules) -> Restated:
    """Answer a query by the rules of then and by those of now, on the same rows.

    Parameters
    ----------
    corridor : UnderRules
        Over the dataset version that was reported on.
    query : Query
        As it was asked, or as the old Result gives it: what the rules of then had filled in is
        left to the rules of now.
    then, now : MetricRules

    Returns
    -------
    Restated
        Cells in the order of the old result.

    Raises
    ------
    QueryError
        The question cannot be answered by the rules of then.
    """
    reported = corridor.under(then).answer(query)
    try:
        today = corridor.under(now).answer(as_asked(query, then))
    except UnsuitableScaleError as error:
        moved = tuple(Moved(c.metric, c.by, c, None, None) for c in reported.cells)
        return Restated(reported, None, moved, error.sentence)
    places = {_place(cell): cell for cell in today.cells}
    return Restated(
        reported, today, tuple(_moved(cell, places.get(_place(cell))) for cell in reported.cells)
    )


def as_asked(query: Query, rules: MetricRules) -> Query:
    """Take out of a query what the rules had filled in."""
    points = None if query.points == rules.level_points.value else query.points
    same = dict(query.index_weights) == dict(rules.index_weights)
    return replace(query, points=points, index_weights={} if same else query.index_weights)


def _place(cell: Cell) -> tuple[str, tuple[tuple[str, str | None], ...]]:
    return cell.metric, tuple(cell.by.items())


def _moved(then: Cell, now: Cell | None) -> Moved:
    gap = None
    if now is not None and then.estimate is not None and now.estimate is not None:
        gap = now.estimate - then.estimate
    return Moved(then.metric, then.by, then, now, gap)
