"""What was taken in answer by answer is looked over as a whole: cleaning rules, small imports."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from huiyin.app.work.housekeeping import DAILY_VERSIONS_KEPT, last_of_days
from huiyin.app.work.loading import rebuild_dataset
from huiyin.app.work.merging import merge_pushed_imports
from huiyin.collect.datasets.contracts import APPENDED, DATASET, MERGED
from huiyin.collect.datasets.reading import pinned_versions
from huiyin.store.bulk import batched
from huiyin.store.contracts import LeaseTakenError
from huiyin.store.jobs.queue import Order
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
LONG_LOG = 200
"""So many commits in the log of a table are worth tidying."""
_BETWEEN = frozenset({APPENDED, MERGED})
_AT_ONCE = 500


def settling_of(work: UnitOfWork, dataset_id: str, n_rows: int) -> Order:
    """Give the order of the look at a whole dataset, for a little later; one waits at a time."""
    due = work.now + SOON * (1 + n_rows // ROWS_A_MINUTE)
    return Order(SETTLE_JOB, {"dataset_id": dataset_id}, due, f"settle:{dataset_id}", anew=True)


def settle_answers(system: System, context: JobContext) -> dict[str, Any]:
    """Read the whole dataset anew: every rule is applied to all its rows; safe to run twice."""
    dataset_id = context.payload["dataset_id"]
    done = merge_pushed_imports(system, context)
    if not done["merged"]:
        done = rebuild_dataset(system, context)
    with context.uow() as work:
        old = _forget_between(work, dataset_id)
    if system.lake.table(dataset_id).n_commits() >= LONG_LOG:
        _trim(system, dataset_id, old)
    return done


def _forget_between(work: UnitOfWork, dataset_id: str) -> set[int]:
    """Delete the rows of versions that answers made one after the other; gives old ones that stay.

    Of what looks over the whole have made the last of each day stays.
    """
    asked = select(DatasetVersion.version, DatasetVersion.created_at, DatasetVersion.reason)
    asked = asked.where(DatasetVersion.dataset_id == dataset_id)
    rows = work.session.execute(asked.order_by(DatasetVersion.version.desc())).all()
    keep = pinned_versions(work.session, dataset_id, work.now)
    keep |= {work.get(Dataset, dataset_id, DATASET).current_version or 0}
    whole = [row for row in rows if row.reason != APPENDED]
    keep |= last_of_days(whole, work.now - DAILY_VERSIONS_KEPT)
    before = work.now - APPENDED_KEPT
    keep |= {row.version for row in rows if row.created_at >= before or row.reason not in _BETWEEN}
    gone = [row.version for row in rows if row.version not in keep]
    for some in batched(gone, _AT_ONCE):
        work.session.execute(
            delete(DatasetVersion).where(
                DatasetVersion.dataset_id == dataset_id, DatasetVersion.version.in_(some)
            )
        )
    return {row.version for row in rows if row.version in keep and row.created_at < before}


def _trim(system: System, dataset_id: str, old: set[int]) -> None:
    """Delete the files of forgotten versions and what led to them; where it is busy, next time."""
    with suppress(LeaseTakenError), system.lake.writer(dataset_id, system.leases) as writer:
        writer.vacuum(APPENDED_KEPT, keep=old)
        writer.trim(APPENDED_KEPT, keep=old)
