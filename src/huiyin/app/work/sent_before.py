"""Files that were sent before an erasure was ordered, and that no rows were made of yet."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.collect.datasets.contracts import ImportStatus
from huiyin.store.contracts import LeaseTakenError
from huiyin.store.jobs.contracts import JobStatus
from huiyin.store.tables import Import, Job, Upload

if TYPE_CHECKING:
    from huiyin.store.jobs.worker import JobContext
    from huiyin.store.unit_of_work import UnitOfWork
    from huiyin.web.system import System

UNDER_WAY = (JobStatus.QUEUED, JobStatus.RUNNING)


def wait_for_readings(work: UnitOfWork, before: datetime) -> None:
    """Let imports that were ordered before a moment stage their files first.

    Raises
    ------
    LeaseTakenError
        One of them is still at it: whoever asks comes again.
    """
    asked = (
        select(Import)
        .join(Job, Job.id == Import.job_id)
        .where(Import.status == ImportStatus.WAITING, Job.status.in_(UNDER_WAY))
    )
    for made in work.session.scalars(asked):
        if was_sent_before(work.session, made, before):
            raise LeaseTakenError(f"import/{made.id}")


def was_sent_before(session: Session, made: Import, moment: datetime) -> bool:
    """Say whether an import was ordered, or one of its files was sent, before a moment."""
    if made.created_at <= moment:
        return True
    sent = select(Upload.id).where(Upload.id.in_(made.uploads), Upload.created_at <= moment)
    return session.scalar(sent.limit(1)) is not None


def delete_unused_uploads(system: System, context: JobContext, before: datetime) -> int:
    """Delete files that were sent before a moment and that no import uses; gives how many.

    Nobody can say whom they name. Who imports one afterwards is told that it is gone.
    """
    with context.uow() as work:
        used = {one for found in work.session.scalars(select(Import.uploads)) for one in found}
        asked = select(Upload).where(Upload.created_at <= before, Upload.deleted_at.is_(None))
        gone = [one for one in work.session.scalars(asked) if one.id not in used]
        for one in gone:
            one.deleted_at = work.now
    for one in gone:
        (system.folders.uploads / one.id).unlink(missing_ok=True)
    return len(gone)
