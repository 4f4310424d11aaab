"""Jobs: what runs in the background, how far it is, cancel, retry, log."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import func, select

from huiyin.people.contracts import Person, Right
from huiyin.store.contracts import NotFoundError
from huiyin.store.jobs.queue import JOB, cancel, retry
from huiyin.store.tables import Job
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.lists import EXPORT_ROWS, Format, exported_rows, listed
from huiyin.web.routers.uploads import job_json

router = APIRouter(prefix="/api/v1/jobs", tags=["jobs"])
Manager = Annotated[Person, Depends(allow(Right.MANAGE_JOBS))]
_PAGE = 100


@router.get("", response_model=None)
def get_jobs(
    system: TheSystem,
    _: Manager,
    status: str | None = None,
    offset: int = 0,
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> dict[str, Any] | Response:
    """List jobs, newest first."""
    most = _PAGE if format == "json" else EXPORT_ROWS
    asked = select(Job)
    if status:
        asked = asked.where(Job.status == status)
    with system.database.reading() as session:
        total = session.scalar(select(func.count()).select_from(asked.subquery()))
        page = asked.order_by(Job.created_at.desc(), Job.id.desc()).offset(max(0, offset))
        rows = session.scalars(page.limit(most)).all()
    items = [job_json(row) for row in rows]
    return listed(items, total) if format == "json" else exported_rows(format, items, "jobs")


@router.get("/{job_id}")
def get_job(job_id: str, system: TheSystem, _: Manager) -> dict[str, Any]:
    """Give a job with its log."""
    with system.database.reading() as session:
        job = session.get(Job, job_id)
    if job is None:
        raise NotFoundError(JOB, job_id)
    return job_json(job) | {"log": job.log}


@router.post("/{job_id}/cancel")
def post_cancel(job_id: str, request: Request, person: Manager) -> dict[str, Any]:
    """Cancel a job: at once where it waits, at its next step where it runs."""
    with changing(request, person) as uow:
        job = cancel(uow.session, job_id, uow.now)
        uow.audit("cancel", "job", job_id)
        return job_json(job)


@router.post("/{job_id}/retry")
def post_retry(job_id: str, request: Request, person: Manager) -> dict[str, Any]:
    """Run a failed or cancelled job again."""
    with changing(request, person) as uow:
        job = retry(uow.session, job_id, uow.now)
        uow.audit("retry", "job", job_id)
        return job_json(job)
