"""Reports in the browser: the same files that ``huiyin report`` writes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from huiyin.analyse.contracts import Purpose
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import Job
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import LARGEST_NUMBER
from huiyin.web.corridors import View
from huiyin.web.events_seen import events_for
from huiyin.web.ready import file_answer
from huiyin.web.reports import (
    FORMATS,
    MARKED,
    MEDIA_TYPES,
    ReportOrder,
    do_order_report,
    viewer_json,
)
from huiyin.web.routers.uploads import job_json
from huiyin.web.seen import Asked, seen_by

router = APIRouter(prefix="/api/v1/datasets/{dataset_id}/report", tags=["report"])
VersionQuery = Annotated[int | None, Query(ge=0, le=LARGEST_NUMBER)]
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
PAGE_RULES = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; frame-ancestors 'self'; sandbox allow-scripts "
    "allow-downloads allow-popups"
)
"""A report is one page with its scripts inside: it may run them, and reach nothing else."""


class Language(StrEnum):
    """Language of a report."""

    ZH = "zh"
    EN = "en"


class Format(StrEnum):
    """Kind of file."""

    HTML = "html"
    JSON = "json"
    PDF = "pdf"
    XLSX = "xlsx"
    PPTX = "pptx"


@router.get("")
async def get_report(
    dataset_id: str,
    request: Request,
    system: TheSystem,
    person: Reader,
    purpose: Purpose = Purpose.GENERAL,
    lang: Language = Language.ZH,
    version: VersionQuery = None,
    rules_version: VersionQuery = None,
) -> dict[str, Any]:
    """Say which files of a report are ready; orders the page where it is not."""
    view = (await seen_by(system, person, Asked(dataset_id, version, rules_version))).view
    order = ReportOrder(purpose, lang, await events_for(system, view))
    ready = [form for form in FORMATS if order.file(system, view, form).is_file()]
    job = None
    if not {"html", "json"} <= set(ready):
        job = await run_in_threadpool(_order, request, person, order, view, "html")
    return {
        "dataset_id": dataset_id,
        "version": view.version.version,
        "rules_version": view.rules.version,
        "purpose": purpose,
        "language": lang,
        "ready": ready,
        "job": job,
    }


@router.get("/{form}")
async def get_file(
    dataset_id: str,
    form: Format,
    request: Request,
    system: TheSystem,
    person: Reader,
    purpose: Purpose = Purpose.GENERAL,
    lang: Language = Language.ZH,
    version: VersionQuery = None,
    rules_version: VersionQuery = None,
) -> Response:
    """Give a file of a report; 202 with the job that makes it where it is not ready.

    Who may see it is asked each time; its bytes are sent only to those who do not have them.
    """
    seen = await seen_by(system, person, Asked(dataset_id, version, rules_version))
    events = await events_for(system, seen.view) if form in MARKED else ()
    order = ReportOrder(purpose, lang, events)
    path = order.file(system, seen.view, form)
    if path.is_file():
        return file_answer(request, path, MEDIA_TYPES[form], report_headers(form, seen.name))
    job = await run_in_threadpool(_order, request, person, order, seen.view, form)
    return JSONResponse(jsonable_encoder({"job": job}), status_code=202)


def report_headers(form: str, name: str) -> dict[str, str]:
    """Give the headers of a file of a report: the page is to look at, all else to keep."""
    headers = {"cache-control": "private, no-cache"}
    if form == "html":
        headers["content-security-policy"] = PAGE_RULES
        headers["x-frame-options"] = "SAMEORIGIN"
    elif form != "json":
        headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{form}"
    return headers


def _order(
    request: Request, person: Person, order: ReportOrder, view: View, form: str
) -> dict[str, Any]:
    with changing(request, person) as uow:
        job_id = do_order_report(uow, order, view, form, viewer_json(view))
        uow.session.flush()
        return job_json(uow.session.get_one(Job, job_id))


__all__ = ["report_headers", "router"]
