"""What was taken in answer by answer is looked over as a whole: cleaning rules, small imports."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from huiyin.app.work.loading import rebuild_dataset
from huiyin.app.work.merging import merge_pushed_imports
from huiyin.collect.datasets.contracts import APPENDED
from huiyin.collect.datasets.reading import pinned_versions
from huiyin.store.tables import Dataset, DatasetVersion

if TYPE_CHECKING:
    from huiyin.store.jobs.worker import JobContext
    from huiyin.store.unit_of_work import UnitOfWork
    from huiyin.web.system import System

SETTLE_JOB = "settle_answers"
SOON = timedelta(minutes=1)
ROWS_A_MINUTE = 100_000
"""A dataset of so many rows is looked over a minute later, one of ten times as many in ten."""
APPENDED_KEPT = timedelta(hours=1)
"""So long the states between two looks can be read; those that something names stay."""


def order_settling(work: UnitOfWork, dataset_id: str, n_rows: int) -> None:
    """Order the look at a whole dataset, for a little later; while one waits there is no second."""
    due = work.now + SOON * (1 + n_rows // ROWS_A_MINUTE)
    payload = {"dataset_id": dataset_id}
    work.enqueue(SETTLE_JOB, payload, key=f"settle:{dataset_id}", run_at=due, anew=True)


def settle_answers(system: System, context: JobContext) -> dict[str, Any]:
    """Read the whole dataset anew: every rule is applied to all its rows; safe to run twice."""
    dataset_id = context.payload["dataset_id"]
    done = merge_pushed_imports(system, context)
    if not done["merged"]:
        done = rebuild_dataset(system, context)
    with context.uow() as work:
        _forget_between(work, dataset_id)
    return done


def _forget_between(work: UnitOfWork, dataset_id: str) -> None:
    """Delete the rows of versions that one answer after the other made."""
    current = select(Dataset.current_version).where(Dataset.id == dataset_id).scalar_subquery()
    work.session.execute(
        delete(DatasetVersion).where(
            DatasetVersion.dataset_id == dataset_id,
            DatasetVersion.reason == APPENDED,
            DatasetVersion.created_at < work.now - APPENDED_KEPT,
            DatasetVersion.version != current,
            DatasetVersion.version.not_in(pinned_versions(work.session, dataset_id, work.now)),
        )
    )
