"""Answers that wait in the store are brought into the lake: looked for every second.

An answer itself orders no job, so that keeping it is one insert and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from huiyin.collect.datasets.pushed import do_order_sync, fetch_waiting_datasets, sync_key
from huiyin.core.errors import HuiyinError
from huiyin.store.contracts import Actor, StoreError
from huiyin.store.jobs.contracts import JobStatus
from huiyin.store.tables import Job
from huiyin.store.unit_of_work import unit_of_work

if TYPE_CHECKING:
    from huiyin.web.system import System

log = structlog.get_logger()

FAULTS = (HuiyinError, SQLAlchemyError, ValueError, LookupError, TypeError)
"""What can be wrong with one questionnaire and not with the others."""
PATIENCE = timedelta(minutes=1)
"""After a sync that failed for good, how long before the next try."""


def order_syncs(system: System, only: Collection[str] | None = None) -> int:
    """Order a sync for each dataset with rows waiting, oldest first; gives how many.

    With `only`, for no other dataset.

    A dataset whose sync is under way gets no second one, and one whose sync failed for good waits
    a minute. A store that cannot be written is logged, and tried again at the next look; a dataset
    that cannot be ordered for is named in the log and holds up no other.
    """
    try:
        with system.database.reading() as session:
            waiting = fetch_waiting_datasets(session)
            waiting = [
                one
                for one in waiting
                if (only is None or one in only)
                and not failed_lately(session, sync_key(one), system.clock())
            ]
        if not waiting:
            return 0
    except (StoreError, SQLAlchemyError) as fault:
        log.warning("sync_not_ordered", kind=type(fault).__name__)
        return 0
    if _ordered(system, waiting):
        return len(waiting)
    return sum(_ordered(system, [one]) for one in waiting) if len(waiting) > 1 else 0


def _ordered(system: System, datasets: Sequence[str]) -> bool:
    """Order syncs in one commit; whatever ails one questionnaire must not hold up the others."""
    try:
        with unit_of_work(system.database, Actor.system(), clock=system.clock) as work:
            for dataset_id in datasets:
                do_order_sync(work, dataset_id)
    except FAULTS as fault:
        log.warning("sync_not_ordered", datasets=list(datasets), kind=type(fault).__name__)
        return False
    return True


def failed_lately(session: Session, key: str, now: datetime) -> bool:
    """Tell whether the last job of a key failed for good within the last minute."""
    last = session.scalar(select(Job).where(Job.key == key))
    return (
        last is not None
        and last.status == JobStatus.FAILED
        and last.finished_at is not None
        and now - last.finished_at < PATIENCE
    )
