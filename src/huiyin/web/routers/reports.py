"""Reports in the browser: the same files that ``huiyin report`` writes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import FileResponse, JSONResponse

from huiyin.analyse.contracts import Purpose
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import Dataset, Job
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import LARGEST_NUMBER
from huiyin.web.corridors import View, open_view
from huiyin.web.reports import (
    FORMATS,
    MEDIA_TYPES,
    ReportOrder,
    do_order_report,
    viewer_json,
)
from huiyin.web.routers.uploads import job_json

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
def get_report(
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
    order = ReportOrder(purpose, lang)
    with system.database.reading() as session:
        view = open_view(session, system, person, dataset_id, version, rules_version=rules_version)
    ready = [form for form in FORMATS if order.file(system, view, form).is_file()]
    job = None if {"html", "json"} <= set(ready) else _order(request, person, order, view, "html")
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
def get_file(
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
    """Give a file of a report; 202 with the job that makes it where it is not ready."""
    order = ReportOrder(purpose, lang)
    with system.database.reading() as session:
        view = open_view(session, system, person, dataset_id, version, rules_version=rules_version)
        name = session.get_one(Dataset, dataset_id).name
    path = order.file(system, view, form)
    if not path.is_file():
        job = _order(request, person, order, view, form)
        return JSONResponse(jsonable_encoder({"job": job}), status_code=202)
    return report_response(path, form, name)


def report_response(path: Any, form: str, name: str) -> FileResponse:
    """Send a file of a report: the page to look at, all else to keep."""
    headers = {"cache-control": "private, no-cache"}
    if form == "html":
        headers["content-security-policy"] = PAGE_RULES
        headers["x-frame-options"] = "SAMEORIGIN"
    elif form != "json":
        headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{form}"
    return FileResponse(path, media_type=MEDIA_TYPES[form], headers=headers)


def _order(
    request: Request, person: Person, order: ReportOrder, view: View, form: str
) -> dict[str, Any]:
    with changing(request, person) as uow:
        job_id = do_order_report(uow, order, view, form, viewer_json(view))
        uow.session.flush()
        return job_json(uow.session.get_one(Job, job_id))


__all__ = ["report_response", "router"]
