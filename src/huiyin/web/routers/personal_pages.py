"""Personal links: the answer page of one invited customer, and no more messages for who says so."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from huiyin.collect.sending.refusing import do_unsubscribe
from huiyin.web.access import changing, public
from huiyin.web.answer.pages import draw_said, draw_stop
from huiyin.web.answer.replies import html, language_of
from huiyin.web.answer.words import word
from huiyin.web.routers.answer_pages import (
    desk_of,
    open_page,
    slow_down,
    take_page,
)

router = APIRouter(tags=["answer pages"], include_in_schema=False)
Everybody = [Depends(public())]


@router.get("/i/{token}", dependencies=Everybody)
async def get_personal_page(token: str, request: Request) -> Response:
    """Open a questionnaire by a personal link; a mail scanner that opens it answers nothing."""
    desk = desk_of(request)
    return await open_page(desk, await desk.personal(token), request)


@router.post("/i/{token}", dependencies=Everybody)
async def post_personal_page(token: str, request: Request) -> Response:
    """Take in a page of somebody invited; the link is used up with the answer."""
    desk = desk_of(request)
    slowed = await slow_down(desk, request)
    return slowed or await take_page(desk, await desk.personal(token), request)


@router.get("/i/{token}/stop", dependencies=Everybody)
async def get_stop(token: str, request: Request) -> Response:
    """Ask whether no more shall come: opening the address changes nothing."""
    entrance = await desk_of(request).personal(token)
    language = language_of(entrance, request)
    definition = entrance.current.definition if entrance else None
    return html(draw_stop(definition, language, f"/i/{token}/stop"))


@router.post("/i/{token}/stop", dependencies=Everybody)
async def post_stop(token: str, request: Request) -> Response:
    """Send nothing more; also what mail programs call by themselves (RFC 8058)."""
    desk = desk_of(request)
    entrance = await desk.personal(token)
    language = language_of(entrance, request)

    def stop() -> bool:
        with changing(request) as uow:
            return do_unsubscribe(uow, desk.system.key, token)

    found = await run_in_threadpool(stop)
    said = word("stopped" if found else "nothing", language)
    definition = entrance.current.definition if entrance else None
    return html(draw_said(definition, language, said), status=200 if found else 404)
