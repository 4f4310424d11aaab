"""Whether the rows of a dataset still come in: when they last did, and when they should have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from huiyin.store.tables import Dataset, DatasetVersion, Refresh, Schedule

ARRIVED = "import"
"""Reason of a version that holds new rows."""
MISSED_RUNS = 2
"""A refresh may miss one run; with the second its rows have stopped arriving."""
_Pair = tuple[Refresh, Schedule | None]


@dataclass(frozen=True, slots=True)
class Freshness:
    """When rows came and when they should have.

    Attributes
    ----------
    last_arrived_at : datetime or None
        When new or changed rows last came in.
    last_good_at : datetime or None
        When a refresh last went well, with or without new rows.
    due_at : datetime or None
        From when on they have stopped arriving; None where nothing is expected.
    stopped : bool
    error : mapping or None
        What the refresh that failed last says.
    """

    last_arrived_at: datetime | None
    last_good_at: datetime | None
    due_at: datetime | None
    stopped: bool
    error: Any

    def to_json(self) -> dict[str, Any]:
        """Give it as the pages show it."""
        return {
            "last_arrived_at": self.last_arrived_at,
            "last_good_at": self.last_good_at,
            "due_at": self.due_at,
            "stopped": self.stopped,
            "error": self.error,
        }


def fetch_freshness(session: Session, dataset: Dataset, now: datetime) -> Freshness:
    """Work out whether the rows of a dataset have stopped arriving.

    Where a person said how often rows are expected, rows count: they have stopped when none came
    for that long. Else the schedules of the refreshes count: they have stopped when a refresh
    missed two runs.

    Parameters
    ----------
    session : Session
    dataset : Dataset
    now : datetime
        Aware.
    """
    return fetch_freshness_of(session, [dataset], now)[dataset.id]


def fetch_freshness_of(
    session: Session, datasets: Sequence[Dataset], now: datetime
) -> dict[str, Freshness]:
    """Work the same out for many datasets, in two questions to the store; gives it by their ids."""
    ids = [one.id for one in datasets]
    counted = select(DatasetVersion.dataset_id, func.max(DatasetVersion.created_at)).where(
        DatasetVersion.dataset_id.in_(ids), DatasetVersion.reason == ARRIVED
    )
    arrived = {row[0]: row[1] for row in session.execute(counted.group_by("dataset_id"))}
    planned = select(Refresh, Schedule).where(Refresh.dataset_id.in_(ids))
    pairs: dict[str, list[_Pair]] = {}
    for row in session.execute(planned.outerjoin(Schedule, Schedule.id == Refresh.schedule_id)):
        pairs.setdefault(row[0].dataset_id, []).append((row[0], row[1]))
    return {
        one.id: _freshness(one, arrived.get(one.id), pairs.get(one.id, []), now) for one in datasets
    }


def _freshness(
    dataset: Dataset, arrived: datetime | None, pairs: list[_Pair], now: datetime
) -> Freshness:
    good = max((one.last_good_at for one, _ in pairs if one.last_good_at), default=None)
    due = _due(dataset, arrived, [(r, s) for r, s in pairs if s is not None and s.enabled])
    error = next((one.last_error for one, _ in pairs if one.last_error), None)
    return Freshness(arrived, good, due, due is not None and now > due, error)


def _due(
    dataset: Dataset, arrived: datetime | None, pairs: list[tuple[Refresh, Schedule]]
) -> datetime | None:
    if dataset.expected_every_days is not None:
        return (arrived or dataset.created_at) + timedelta(days=dataset.expected_every_days)
    dues = [
        _runs_after(schedule, refresh.last_good_at or refresh.created_at)
        for refresh, schedule in pairs
    ]
    return min(dues, default=None)


def _runs_after(schedule: Schedule, moment: datetime) -> datetime:
    from croniter import croniter

    runs = croniter(schedule.cron, moment.astimezone(ZoneInfo(schedule.zone)))
    for _ in range(MISSED_RUNS):
        found: datetime = runs.get_next(datetime)
    return found.astimezone(moment.tzinfo)
