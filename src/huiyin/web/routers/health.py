"""Is it alive, is it ready, what does it count."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from huiyin.people.contracts import Person, Right
from huiyin.web.access import TheSystem, allow, public

router = APIRouter(tags=["health"])


@router.get("/healthz", dependencies=[Depends(public())])
async def healthz() -> PlainTextResponse:
    """Say that the process answers; touches nothing."""
    return PlainTextResponse("ok")


@router.get("/readyz", dependencies=[Depends(public())])
def readyz(system: TheSystem) -> dict[str, Any]:
    """Say that the store answers; 503 where it does not."""
    system.database.check()
    return {"ready": True}


@router.get("/prometheus", response_class=PlainTextResponse)
def prometheus(
    request: Request,
    system: TheSystem,
    _: Annotated[Person, Depends(allow(Right.MANAGE_JOBS))],
) -> Response:
    """Give the numbers that Prometheus reads, with an API token of scope manage_jobs."""
    page = request.app.numbers.page(system.database)
    return Response(page, media_type=CONTENT_TYPE_LATEST)
