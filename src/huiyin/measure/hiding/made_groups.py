"""Small groups beside made dimensions: neither a group and its parts nor two of them may tell one.

Whoever asks by a column, and by a dimension made of it, subtracts. So what is hidden by the column
is chosen as if the totals of the made groups were known (they are a question away); and a made
group that another one holds but for a few customers is hidden where it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huiyin.engine.deadline import NO_END, Deadline
from huiyin.measure.cell_rows import CellSet, cell_rows
from huiyin.measure.dataset import Dataset
from huiyin.measure.design import customer_key
from huiyin.measure.hiding.suppression import hidden_cells
from huiyin.measure.made.groups import Counts, GroupOf, refined, told_groups
from huiyin.measure.moments import Key, table_keys
from huiyin.measure.row_values import number_of
from huiyin.measure.task import Task

Totals = tuple[str, GroupOf]


def hidden_beside_groups(
    levels: Sequence[Counts],
    columns: Sequence[tuple[str, ...]],
    made: Sequence[Totals],
    minimum: int,
    thin: Sequence[frozenset[Key]] = (),
    deadline: Deadline = NO_END,
) -> list[frozenset[Key]]:
    """Find the cells that must not be shown, the totals of made groups being known.

    Parameters
    ----------
    levels : sequence of mapping of Key to int
        Customers by cell, as `hidden_cells` takes them.
    columns : sequence of tuple of str
        What each level is grouped by.
    made : sequence of (str, callable)
        Column, and the group of each of its values in a dimension made of it.
    minimum : int
    thin : sequence of frozenset of Key, optional
    deadline : Deadline
        Of the question whose cells these are.

    Returns
    -------
    list of frozenset of Key
        Per level.

    Raises
    ------
    EngineError
        The time is over.
    """
    n_groups = [len(by) for by in columns]
    hidden = hidden_cells(levels, minimum, n_groups=n_groups, thin=thin, deadline=deadline)
    grown = minimum > 1 and any(name in by for name, _ in made for by in columns)
    while grown:
        beside = [
            _beside(counts, by, cells, made, minimum, deadline)
            for counts, by, cells in zip(levels, columns, hidden, strict=True)
        ]
        more = hidden_cells(levels, minimum, n_groups=n_groups, thin=beside, deadline=deadline)
        grown = more != hidden
        hidden = more
    return hidden


def made_totals(dataset: Dataset) -> tuple[Totals, ...]:
    """Give the dimensions that people made of a dataset's columns."""
    return tuple((one.column, one.group_of) for one in dataset.snapshot.groupings)


def _beside(
    counts: Counts,
    by: tuple[str, ...],
    hidden: frozenset[Key],
    made: Sequence[Totals],
    minimum: int,
    deadline: Deadline,
) -> frozenset[Key]:
    """Give the cells to hide where the totals of made groups are known too."""
    for column, group_of in made:
        if column not in by or not counts:
            continue
        finest, totals = refined(counts, by.index(column), len(by), group_of)
        own = dict(zip(counts, finest, strict=True))
        inside, _ = hidden_cells(
            [finest, totals],
            minimum,
            n_groups=[len(by) + 1, len(by)],
            thin=[frozenset(own[key] for key in hidden if key in own), frozenset()],
            deadline=deadline,
        )
        hidden |= frozenset(key for key, there in own.items() if there in inside)
    return hidden


def told_by_groups(task: Task, cells: CellSet, metric: int, minimum: int) -> frozenset[Key]:
    """Find the cells of made groups that an earlier made group holds but for a few customers.

    Parameters
    ----------
    task : Task
    cells : CellSet
    metric : int
        Place of the metric among those asked for.
    minimum : int
        Smallest group that may be told.
    """
    told: set[Key] = set()
    known = task.dataset.snapshot.groupings
    for place, name in enumerate(cells.by):
        own = next((i for i, one in enumerate(known) if one.name == name), None)
        if own is None:
            continue
        earlier = [one for one in known[:own] if one.column == known[own].column]
        if not earlier:
            continue
        counts = _parts(task, cells, place, known[own].column, metric)
        for group, *rest in told_groups(counts, known[own], earlier, minimum):
            told.add((*rest[:place], group, *rest[place:]))
    return frozenset(told)


def _parts(task: Task, cells: CellSet, place: int, column: str, metric: int) -> Counts:
    """Count who answered by the values of the column, and by all other parts of the cells."""
    dataset = task.dataset
    others = cells.by[:place] + cells.by[place + 1 :]
    finer = replace(cells, by=(column, *others))
    rows = cell_rows(dataset, task.drawn.design, finer)
    value = task.wanted.values[task.wanted.places[metric][0]]
    answered = number_of(rows, replace(value, once=False))
    key = customer_key(dataset, rows)
    n = rows.count(where=answered.notnull())
    if key is not None:
        n = key.nunique(where=answered.notnull())
    table = dataset.engine.run(rows.group_by(list(finer.keys)).aggregate(n=n))
    counted = [int(found or 0) for found in table["n"].to_pylist()]
    return dict(zip(table_keys(table, finer.keys), counted, strict=True))
