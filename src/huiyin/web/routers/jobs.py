"""Jobs: what runs in the background, how far it is, cancel, retry, log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import ColumnElement, and_, func, or_, select

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text
from huiyin.people.contracts import Person, Right
from huiyin.store.contracts import NotFoundError
from huiyin.store.jobs.queue import JOB, cancel, retry
from huiyin.store.tables import Job
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.lists import (
    EXPORT_ROWS,
    Cursor,
    Format,
    Limit,
    exported_rows,
    listed,
)
from huiyin.web.routers.uploads import job_json

router = APIRouter(prefix="/api/v1/jobs", tags=["jobs"])
Manager = Annotated[Person, Depends(allow(Right.MANAGE_JOBS))]
_APART = "~"
_NO_PLACE = Text(
    "cursor 只能是上一页 next 给出的那一串。", "cursor is what `next` of the page before says."
)


class NoPlaceInListError(BadInputError):
    """A cursor is not one that a page gave."""

    def __init__(self) -> None:
        super().__init__(_NO_PLACE)


@router.get("", response_model=None)
def get_jobs(
    system: TheSystem,
    _: Manager,
    status: str | None = None,
    offset: int = 0,
    limit: Limit = 100,
    cursor: Cursor = None,
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> dict[str, Any] | Response:
    """List jobs, newest first; what comes in meanwhile moves no page that `cursor` leads to."""
    most = limit if format == "json" else EXPORT_ROWS
    asked = select(Job)
    if status:
        asked = asked.where(Job.status == status)
    with system.database.reading() as session:
        total = session.scalar(select(func.count()).select_from(asked.subquery()))
        page = asked.order_by(Job.created_at.desc(), Job.id.desc()).offset(max(0, offset))
        if cursor is not None:
            page = page.where(_before(cursor))
        rows = session.scalars(page.limit(most + 1)).all()
    items = [job_json(row) for row in rows[:most]]
    if format != "json":
        return exported_rows(format, items, "jobs")
    return listed(items, total, _place(rows[most - 1]) if len(rows) > most else None)


def _place(job: Job) -> str:
    moment = job.created_at.astimezone(UTC).replace(tzinfo=None)
    return f"{moment.isoformat()}{_APART}{job.id}"


def _before(cursor: str) -> ColumnElement[bool]:
    moment, _, job_id = cursor.partition(_APART)
    try:
        created_at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    except ValueError as error:
        raise NoPlaceInListError from error
    same = and_(Job.created_at == created_at, Job.id < job_id)
    return or_(Job.created_at < created_at, same)


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
