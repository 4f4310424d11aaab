"""Targets in the store: what a metric should reach, for whom, and when."""

from __future__ import annotations

import math
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.core.text import Text
from huiyin.measure.contracts import Unit
from huiyin.measure.definitions.contracts import DefinitionError, Goal
from huiyin.measure.definitions.words import checked, checked_group
from huiyin.measure.made.units import unit_of
from huiyin.store.tables import Dataset, Target
from huiyin.store.unit_of_work import UnitOfWork

NOUN = Text("目标", "target")
DATASET = Text("数据集", "dataset")
RANGES = {
    Unit.NPS: (-100.0, 100.0, Text("−100 到 100 之间", "from −100 to 100")),
    Unit.POINTS: (0.0, 100.0, Text("0 到 100 之间", "from 0 to 100")),
    Unit.SHARE: (
        0.0, 1.0, Text("0 到 1 之间（85% 写 0.85）", "from 0 to 1 (85% is written 0.85)")
    ),
}  # fmt: skip
LARGEST = 1e15


def do_add_target(work: UnitOfWork, goal: Goal) -> Target:
    """Keep a new target.

    Raises
    ------
    QueryError
        There is no such metric.
    MadeError
        It is a made metric, and no dataset is named.
    DefinitionError
        The value does not fit the metric, or the days do not fit each other.
    NotFoundError
        There is no such dataset, or it has no made metric of that name.
    """
    row = Target(**_columns(work, goal))
    work.session.add(row)
    work.session.flush()
    work.audit("add", "target", row.id, after=_facts(row))
    return row


def do_change_target(work: UnitOfWork, target_id: str, revision: int, goal: Goal) -> Target:
    """Change a target that is still at `revision`.

    Raises
    ------
    EditConflictError
        Somebody changed it since.
    """
    row = work.get(Target, target_id, NOUN)
    work.guard(row, revision)
    before = _facts(row)
    for name, value in _columns(work, goal).items():
        setattr(row, name, value)
    if not work.session.is_modified(row):
        return row
    work.session.flush()
    work.audit("change", "target", row.id, before=before, after=_facts(row))
    return row


def do_remove_target(work: UnitOfWork, target_id: str, revision: int) -> None:
    """Remove a target that is still at `revision`; the audit log keeps what it was.

    Raises
    ------
    EditConflictError
        Somebody changed it since.
    """
    row = work.get(Target, target_id, NOUN)
    work.guard(row, revision)
    work.audit("remove", "target", row.id, before=_facts(row))
    work.session.delete(row)
    work.session.flush()


def targets(session: Session) -> tuple[Target, ...]:
    """List all targets, newest start first."""
    return tuple(session.scalars(select(Target).order_by(Target.valid_from.desc(), Target.id)))


def goal_of(row: Target) -> Goal:
    """Give what a kept target asks for."""
    return Goal(
        metric=row.metric,
        value=row.value,
        where=dict(row.where),
        dataset_id=row.dataset_id,
        higher_is_better=row.higher_is_better,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _columns(work: UnitOfWork, goal: Goal) -> dict[str, Any]:
    metric = checked(goal.metric, Text("指标", "the metric"))
    if goal.valid_to is not None and goal.valid_to < goal.valid_from:
        raise DefinitionError(Text("截止日早于起始日", "The last day lies before the first"))
    if goal.dataset_id is not None:
        work.get(Dataset, goal.dataset_id, DATASET)
    _check_value(metric, unit_of(work.session, metric, goal.dataset_id), goal.value)
    return {
        "metric": metric,
        "dataset_id": goal.dataset_id,
        "where": checked_group(goal.where),
        "value": float(goal.value),
        "higher_is_better": goal.higher_is_better,
        "valid_from": goal.valid_from,
        "valid_to": goal.valid_to,
    }


def _check_value(metric: str, unit: Unit, value: float) -> None:
    either = (-LARGEST, LARGEST, Text("普通的数", "an ordinary number"))
    low, high, words = RANGES.get(unit, either)
    if not math.isfinite(value) or not low <= value <= high:
        raise DefinitionError(
            Text("{metric} 的目标应是{words}", "The target of {metric} must be {words}").format(
                metric=metric, words=words
            )
        )


def _facts(row: Target) -> dict[str, Any]:
    return {
        "metric": row.metric,
        "value": row.value,
        "where": dict(row.where),
        "dataset_id": row.dataset_id,
        "higher_is_better": row.higher_is_better,
        "valid_from": str(row.valid_from),
        "valid_to": str(row.valid_to) if row.valid_to else None,
    }
