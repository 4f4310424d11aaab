"""The sums of us and of a competitor over who rated both, by groups, small groups folded together.

Both sides are the same rows: a group has one share of them, and what its people rate apart is all
that it brings to the gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from huiyin.measure.comparing.change_sides import NEEDS_COMPARE
from huiyin.measure.comparing.competitor import paired_task
from huiyin.measure.comparing.held_sides import HeldSide, held_side
from huiyin.measure.comparing.two_sides import (
    MOST_ALONE,
    grouped_sums,
    label_of,
    labels_of,
    laid_out,
    parts_of,
    refuse_apart,
)
from huiyin.measure.contracts import Query, QueryError, SideSums, Viewer
from huiyin.measure.hiding.suppression import hidden_cells
from huiyin.measure.metric import MetricRules
from huiyin.measure.moments import Key
from huiyin.measure.task import Task, prepare

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset


@dataclass(frozen=True, slots=True)
class _Held:
    """The rows that rated us, each one's gap, and what the same rows gave the competitor."""

    ours: HeldSide
    gap: HeldSide
    theirs: HeldSide

    def hidden(self, keys: tuple[str, ...]) -> frozenset[Key]:
        """Find the groups that tell too few: of who rated us, of both, or of us alone."""
        minimum = self.ours.task.viewer.minimum_n
        everybody, both = self.ours.customers_by(keys), self.gap.customers_by(keys)
        alone = {key: n - both.get(key, 0) for key, n in everybody.items()}
        (few,) = hidden_cells(
            [alone], minimum, n_groups=[len(keys)], deadline=self.ours.task.deadline
        )
        return few | self.ours.hidden_by(keys) | self.gap.hidden_by(keys)


def paired_sums_of(
    dataset: Dataset, query: Query, viewer: Viewer, rules: MetricRules
) -> tuple[SideSums, ...]:
    """Fetch the sums of the competitor and of us over who rated both, by each of some columns.

    Parameters
    ----------
    dataset : Dataset
    query : Query
        One metric, the columns, and a comparison with a competitor.
    viewer : Viewer
        Groups that they may not see are put together as one: also where those who rated us and
        not the competitor are too few, whom the number of answers would tell. Where there are
        too few of either as a whole, nothing is given.
    rules : MetricRules

    Returns
    -------
    tuple of SideSums
        In the order of the columns. First the competitor, then us: the same answers and weights.

    Raises
    ------
    QueryError
        As `two_sides.side_sums_of` and `competitor.competitor_differences`.
    """
    compare = query.compare
    if compare is None:
        raise QueryError(NEEDS_COMPARE)
    task = prepare(dataset, replace(query, grain=None), viewer, rules, of_rows=True)
    refuse_apart(dataset, query, task)
    with _held(task, paired_task(task, compare)) as held:
        none_shown = viewer.minimum_n > 1 and bool(held.hidden(()))
        alone = held.gap.n_units() <= MOST_ALONE
        names = held.gap.cells.keys
        return tuple(_sums_by(held, name, alone=alone, none_shown=none_shown) for name in names)


@contextmanager
def _held(task: Task, paired: Task) -> Iterator[_Held]:
    gap, theirs = (_only(paired, place) for place in (0, 1))
    with ExitStack() as holding:
        yield _Held(*(holding.enter_context(held_side(one)) for one in (task, gap, theirs)))


def _only(task: Task, place: int) -> Task:
    """Give the task that asks for one of two numbers."""
    wanted = task.wanted
    (value,) = wanted.places[place]
    own = replace(
        wanted, asked=(wanted.asked[place],), values=(wanted.values[value],), places=((0,),)
    )
    return replace(task, wanted=own)


def _sums_by(held: _Held, name: str, *, alone: bool, none_shown: bool) -> SideSums:
    """Lay out the sums of both by one column: what the competitor was given, and us beside it."""
    sides: Sequence[HeldSide] = (held.theirs, held.gap)
    tables = [grouped_sums(one, name, alone=alone) for one in sides]
    labels = [] if none_shown else labels_of(tables)
    parts = parts_of(tables, len(labels_of(tables)))
    hidden: set[str | None] = set()
    if held.ours.task.viewer.minimum_n > 1:
        hidden = {label_of(key) for key in held.hidden((name,))}
    (n, b, theirs), (_, _, gap) = (
        laid_out(table, labels, hidden, one.task.wanted.asked[0].reading.values[0], parts)
        for one, table in zip(sides, tables, strict=True)
    )
    asked = held.ours.task.wanted.asked[0]
    return SideSums(
        definition=asked.definition(),
        unit=asked.reading.unit,
        labels=tuple(label for label in labels if label not in hidden),
        n_folded=len(hidden.intersection(labels)),
        n=np.stack([n, n]),
        weights=np.stack([b, b]),
        sums=np.stack([theirs, theirs + gap]),
    )
