"""Order jobs, take them, and look at them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, or_, select, update
from sqlalchemy.orm import Session

from huiyin.core.ids import new_id
from huiyin.core.text import Text
from huiyin.store.contracts import NotFoundError
from huiyin.store.jobs.contracts import LEASE_SECONDS, MAX_ATTEMPTS, JobStateError, JobStatus
from huiyin.store.tables.operations import Job

JOB = Text("任务", "job")
_OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)
_WAITING = (JobStatus.QUEUED,)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done, from when on.

    `key` makes it idempotent: while a job with the same key is not finished there is no second.
    With `anew` one that has begun does not count: it may have looked before this change.
    """

    kind: str
    payload: Mapping[str, Any]
    run_at: datetime
    key: str | None = None
    anew: bool = False


def enqueue(session: Session, order: Order, *, now: datetime, created_by: str | None) -> str:
    """Order a job in the transaction that needs it; gives its id."""
    return enqueue_all(session, [order], now=now, created_by=created_by)[0]


def enqueue_all(
    session: Session, orders: Sequence[Order], *, now: datetime, created_by: str | None
) -> list[str]:
    """Order jobs, no two of one key, in the transaction that needs them; gives their ids."""
    known = _known(session, sorted(one.key for one in orders if one.key is not None))
    waiting = {
        one.key: known[one.key]
        for one in orders
        if one.key in known and known[one.key].status in (_WAITING if one.anew else _OPEN)
    }
    over = [job for key, job in known.items() if key not in waiting]
    for job in over:
        job.key = None
    if over:
        session.flush()
    jobs = [waiting.get(one.key) or _job_of(one, now, created_by) for one in orders]
    session.add_all(jobs)
    return [job.id for job in jobs]


def _job_of(order: Order, now: datetime, created_by: str | None) -> Job:
    return Job(
        id=new_id(),
        kind=order.kind,
        payload=dict(order.payload),
        status=JobStatus.QUEUED,
        key=order.key,
        max_attempts=MAX_ATTEMPTS,
        run_at=order.run_at,
        created_by=created_by,
        created_at=now,
    )


def _known(session: Session, keys: Sequence[str]) -> dict[str | None, Job]:
    """Find the jobs of keys and hold them: nobody else orders or takes one before we commit."""
    if not keys:
        return {}
    if session.get_bind().dialect.name == "postgresql":
        for key in keys:
            session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
    held = select(Job).where(Job.key.in_(keys)).order_by(Job.key).with_for_update()
    return {job.key: job for job in session.scalars(held)}


def take(
    session: Session,
    worker: str,
    kinds: Collection[str],
    now: datetime,
    last: Collection[str] = (),
) -> Job | None:
    """Take the oldest job that is due, or one whose worker has fallen silent.

    Kinds that are named in `last` wait until no other job is due.
    """
    due = (
        select(Job)
        .where(
            Job.kind.in_(kinds),
            or_(
                (Job.status == JobStatus.QUEUED) & (Job.run_at <= now),
                (Job.status == JobStatus.RUNNING) & (Job.lease_until < now),
            ),
        )
        .order_by(case((Job.kind.in_(last), 1), else_=0), Job.run_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job = session.scalar(due)
    if job is None:
        return None
    job.status = JobStatus.RUNNING
    job.worker = worker
    job.attempts += 1
    job.started_at = now
    job.lease_until = now + timedelta(seconds=LEASE_SECONDS)
    return job


def keep(session: Session, job_id: str, worker: str, now: datetime) -> bool:
    """Hold the lease a while longer; False where another worker has it."""
    kept = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.worker == worker, Job.status == JobStatus.RUNNING)
        .values(lease_until=now + timedelta(seconds=LEASE_SECONDS))
    )
    return bool(kept.rowcount)  # type: ignore[attr-defined]  # an UPDATE gives a CursorResult


def cancel(session: Session, job_id: str, now: datetime) -> Job:
    """Cancel a waiting job at once, a running one at its next step.

    Raises
    ------
    NotFoundError
        There is no such job.
    JobStateError
        It is finished.
    """
    job = _job(session, job_id)
    if job.status == JobStatus.QUEUED:
        job.status, job.finished_at, job.key = JobStatus.CANCELLED, now, None
    elif job.status == JobStatus.RUNNING:
        job.cancel_asked = True
    else:
        raise JobStateError(Text("任务已经结束，不能取消。", "The job has ended already."))
    return job


def retry(session: Session, job_id: str, now: datetime) -> Job:
    """Run a failed or cancelled job again.

    Raises
    ------
    NotFoundError
        There is no such job.
    JobStateError
        It has not failed.
    """
    job = _job(session, job_id)
    if job.status not in {JobStatus.FAILED, JobStatus.CANCELLED}:
        raise JobStateError(
            Text(
                "只有失败或已取消的任务可以重试。", "Only a failed or cancelled job can be retried."
            )
        )
    job.status, job.run_at, job.attempts = JobStatus.QUEUED, now, 0
    job.cancel_asked, job.error, job.finished_at = False, None, None
    return job


def _job(session: Session, job_id: str) -> Job:
    job = session.get(Job, job_id, with_for_update=True)
    if job is None:
        raise NotFoundError(JOB, job_id)
    return job
