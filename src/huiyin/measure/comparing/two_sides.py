"""The sums of one metric on two sides, by groups, with small groups folded together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from hashlib import md5
from typing import TYPE_CHECKING, Any

import numpy as np

from huiyin.core.masking import mask_numbers
from huiyin.core.text import Text
from huiyin.engine.arrays import numbers_of
from huiyin.measure.cell_rows import WEIGHT
from huiyin.measure.comparing.held_sides import COUNTED, NUMBER, PART, HeldSide, held_side
from huiyin.measure.contracts import Query, QueryError, Side, SideSums, Viewer
from huiyin.measure.metric import MetricRules, Value
from huiyin.measure.moments import Key, table_keys
from huiyin.measure.task import Task, prepare

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset
    from huiyin.stats.contracts import Floats

PARTS = 256
"""Resampling groups where there are many customers: the first two letters of a digest."""
MOST_ALONE = 4_096
"""Customers of both sides (or rows) up to which each is a resampling group of its own: what they
are called then makes no difference to an error."""
LARGEST_TABLE = 500_000
"""Groups times resampling groups that are laid out at once."""
MOST_GROUPS = 1000
_LETTERS = 2
NO_BASE = Text(
    "按“{c}”分，有的组这段时间有投诉、没有订单，算不出自己的投诉率，不能按它拆分",
    "By “{c}” some group has complaints but no orders in one of the periods, so no rate of its "
    "own: it cannot be taken apart by that",
)


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Sums of one side: `at` gives the place of each line's group in `labels`."""

    labels: tuple[str | None, ...]
    at: Sequence[int]
    part: Sequence[str]
    n: Floats
    b: Floats
    a: Floats


def side_sums_of(
    dataset: Dataset, query: Query, sides: tuple[Side, Side], viewer: Viewer, rules: MetricRules
) -> tuple[SideSums, ...]:
    """Fetch the sums of a metric on two sides by the groups of each of some columns.

    The rows of a side are looked for once, however many columns there are.

    Parameters
    ----------
    dataset : Dataset
    query : Query
        One metric, and the columns; its own window is not looked at.
    sides : (Side, Side)
    viewer : Viewer
        Groups that they may not see on either side are put together as one: those that the
        corridor hides, so that none can be found by subtraction. Where it hides a side as a
        whole, nothing is given.
    rules : MetricRules

    Returns
    -------
    tuple of SideSums
        In the order of the columns.

    Raises
    ------
    QueryError
        Something does not exist or fit; the metric is made of several values; a column is a
        multi-select, or has more than `MOST_GROUPS` values.
    """
    tasks = [prepare(dataset, _on_side(query, side), viewer, rules, of_rows=True) for side in sides]
    refuse_apart(dataset, query, tasks[0])
    with ExitStack() as holding:
        held = [holding.enter_context(held_side(task)) for task in tasks]
        alone = sum(one.n_units() for one in held) <= MOST_ALONE
        none_shown = any(one.is_hidden() for one in held)
        names = held[0].cells.keys
        return tuple(_sums_by(held, name, alone=alone, none_shown=none_shown) for name in names)


def _sums_by(held: Sequence[HeldSide], name: str, *, alone: bool, none_shown: bool) -> SideSums:
    """Lay out the sums of both sides by one column."""
    tables = [grouped_sums(one, name, alone=alone) for one in held]
    labels = [] if none_shown else labels_of(tables)
    parts = parts_of(tables, len(labels_of(tables)))
    hidden: set[str | None] = set()
    if labels:
        hidden = {label_of(key) for one in held for key in one.hidden_by((name,))}
        hidden |= _without_base(tables, labels)
    asked = held[0].task.wanted.asked[0]
    laid = [laid_out(table, labels, hidden, asked.reading.values[0], parts) for table in tables]
    if any(((a.sum(axis=1) > 0) & (n == 0)).any() for n, _, a in laid):
        raise QueryError(NO_BASE.format(c=held[0].column_of(name)))
    shown = tuple(label for label in labels if label not in hidden)
    return SideSums(
        definition=asked.definition(),
        unit=asked.reading.unit,
        labels=shown,
        n_folded=len(hidden & set(labels)),
        n=np.stack([one[0] for one in laid]),
        weights=np.stack([one[1] for one in laid]),
        sums=np.stack([one[2] for one in laid]),
    )


def _on_side(query: Query, side: Side) -> Query:
    where = (*query.where, *side.where)
    return replace(query, where=where, since=side.since, until=side.until, compare=None, grain=None)


def refuse_apart(dataset: Dataset, query: Query, task: Task) -> None:
    """Refuse what cannot be taken apart by groups.

    Raises
    ------
    QueryError
        No column is named or one is a multi-select; the metric is no plain mean over rows.
    """
    asked = task.wanted.asked[0]
    if not query.by:
        raise QueryError(
            Text("要说明按哪一列拆分", "Name at least one column to take a change apart by")
        )
    if len(asked.reading.values) != 1:
        raise QueryError(
            Text(
                "“{m}”由多项合成，不能这样拆开；请选其中一项",
                "“{m}” is made of several ratings and cannot be taken apart; choose one of them",
            ).format(m=query.metrics[0])
        )
    if not asked.reading.is_decomposable:
        raise QueryError(
            Text(
                "“{m}”不是逐行平均，不能这样拆开",
                "“{m}” is no mean over rows and cannot be taken apart",
            ).format(m=query.metrics[0])
        )
    for name in query.by:
        if dataset.is_list(name):
            raise QueryError(
                Text(
                    "多选题“{c}”一份答卷可占多个选项，不能用来拆分",
                    "“{c}” is a multi-select: an answer stands in several groups, so a change "
                    "cannot be taken apart by it",
                ).format(c=name)
            )


def grouped_sums(side: HeldSide, name: str, *, alone: bool) -> GroupTable:
    """Fetch n, Σw and Σwv of each group and resampling group of one side."""
    rows = side.rows
    if not alone:
        rows = rows.mutate(**{PART: rows[PART].hexdigest("md5").substr(0, _LETTERS)})
    found = side.engine.run(rows.group_by([name, PART]).aggregate(**_sums(side, rows)))
    keys = [label_of(key) for key in table_keys(found, (name,))]
    labels = tuple(dict.fromkeys(keys))
    if len(labels) > MOST_GROUPS:
        raise QueryError(
            Text(
                "“{c}”有 {n} 个组，超过 {most} 个，不能用来拆分",
                "“{c}” has {n} groups, more than {most}: too many to take a change apart by",
            ).format(c=side.column_of(name), n=len(labels), most=MOST_GROUPS)
        )
    place = {label: i for i, label in enumerate(labels)}
    return GroupTable(
        labels,
        [place[label] for label in keys],
        [str(word) for word in found[PART].to_pylist()],
        *(np.nan_to_num(numbers_of(found[name])) for name in ("n", "b", "a")),
    )


def label_of(key: Key) -> str | None:
    """Give what a group is called, long numbers masked; None where it is unknown."""
    return None if key[0] is None else mask_numbers(key[0])


def parts_of(tables: Sequence[GroupTable], n_groups: int) -> dict[str, int]:
    """Give the place of each resampling group of both sides."""
    names = sorted({name for table in tables for name in table.part})
    if len(names) * n_groups <= LARGEST_TABLE:
        return {name: i for i, name in enumerate(names)}
    letters = {name: md5(name.encode(), usedforsecurity=False).hexdigest() for name in names}
    return {name: int(word[:_LETTERS], 16) for name, word in letters.items()}


def _sums(side: HeldSide, rows: Any) -> dict[str, Any]:
    number, counted = rows[NUMBER], rows[COUNTED]
    n = counted.sum()
    if not side.weighted:
        return {"n": n, "b": n, "a": number.sum()}
    weight = rows[WEIGHT]
    return {"n": n, "b": weight.sum(where=counted), "a": (number * weight).sum()}


def labels_of(tables: Sequence[GroupTable]) -> list[str | None]:
    """List the groups of both sides that anybody answered in, in order; unknown last."""
    found = set()
    for table in tables:
        lines = zip(table.at, table.n, table.a, strict=True)
        found |= {table.labels[at] for at, n, a in lines if n > 0 or a > 0}
    return sorted(found, key=lambda label: (label is None, label or ""))


def _without_base(tables: Sequence[GroupTable], labels: Sequence[str | None]) -> set[str | None]:
    """Find the groups of a rate that have something above the line and nothing below, on a side.

    They have no rate of their own: they are put together, with the smallest group that has one.
    """
    totals = [_totals(table) for table in tables]
    found = {
        label for label in labels for one in totals if one[label][0] == 0 and one[label][1] > 0
    }
    based = [label for label in labels if all(one[label][0] > 0 for one in totals)]
    if found and based:
        found.add(min(based, key=lambda label: sum(one[label][0] for one in totals)))
    return found


def _totals(table: GroupTable) -> Mapping[str | None, tuple[float, float]]:
    """Give n and the sum above the line of each group."""
    found: dict[str | None, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for at, n, a in zip(table.at, table.n, table.a, strict=True):
        label = table.labels[at]
        found[label] = (found[label][0] + float(n), found[label][1] + float(a))
    return found


def laid_out(
    table: GroupTable,
    labels: Sequence[str | None],
    hidden: set[str | None],
    value: Value,
    parts: Mapping[str, int],
) -> tuple[Floats, Floats, Floats]:
    """Lay sums out by group and resampling group, in the metric's unit; the folded come last."""
    shown = [label for label in labels if label not in hidden]
    place = {label: i for i, label in enumerate(shown)}
    k = len(shown) + bool(hidden & set(labels))
    g = max(parts.values(), default=0) + 1
    n, b, a = np.zeros(k), np.zeros((k, g)), np.zeros((k, g))
    lines = zip(table.at, table.part, table.n, table.b, table.a, strict=True)
    for at, part, n_one, b_one, a_one in lines if k else ():
        if n_one > 0 or a_one > 0:
            i = place.get(table.labels[at], len(shown))
            n[i] += n_one
            b[i, parts[part]] += b_one
            a[i, parts[part]] += value.shift * b_one + value.factor * a_one
    return n, b, a
