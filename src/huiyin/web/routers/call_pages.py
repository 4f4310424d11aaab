"""The pages of a call: the questionnaire as an agent reads it out and fills it in."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from huiyin.collect.sending.tokens import token_of
from huiyin.web.access import public
from huiyin.web.answer.calls import open_call
from huiyin.web.answer.desk import Desk
from huiyin.web.answer.known import Entrance
from huiyin.web.routers.answer_pages import desk_of, open_page, take_page

router = APIRouter(tags=["answer pages"], include_in_schema=False)
Everybody = [Depends(public())]
WAY, MODE = "/p/", "phone"


@router.get("/p/{call}", dependencies=Everybody)
async def get_call(call: str, request: Request) -> Response:
    """Open the questionnaire of a call; the address was sealed for the agent who rang."""
    desk = desk_of(request)
    return await open_page(desk, await _entrance(desk, call), request)


@router.post("/p/{call}", dependencies=Everybody)
async def post_call(call: str, request: Request) -> Response:
    """Take in a page that an agent filled in."""
    desk = desk_of(request)
    return await take_page(desk, await _entrance(desk, call), request)


async def _entrance(desk: Desk, words: str) -> Entrance | None:
    call = open_call(desk.system.key, words, desk.now())
    if call is None:
        return None
    if call.invitation_id is None:
        found = await desk.entrance(call.code)
    else:
        found = await desk.personal(token_of(desk.system.key, call.invitation_id))
    return found and replace(
        found,
        code=words,
        way=WAY,
        mode=MODE,
        entered_by=call.agent,
        response_id=call.response_id,
    )
