"""Widgets: the script that other sites load, and the answer page in a frame of theirs."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from huiyin.collect.customers.reading import find_customers
from huiyin.collect.sending.contracts import Channel
from huiyin.collect.sending.meeting import Meeting, do_meet, do_stand_behind
from huiyin.collect.sending.planning import Candidate
from huiyin.collect.sending.tokens import token_of
from huiyin.collect.sending.widgets import is_vouched, secret_of, widget_of
from huiyin.collect.surveys.changes import CODE_LENGTH, LinkKind
from huiyin.store.tables import SurveyLink
from huiyin.web.access import changing, public
from huiyin.web.answer.desk import Desk
from huiyin.web.answer.known import Entrance
from huiyin.web.answer.replies import language_of, refuse
from huiyin.web.answer.widget import draw_script
from huiyin.web.answer.words import word
from huiyin.web.routers.answer_pages import desk_of, open_page, take_page

router = APIRouter(tags=["answer pages"], include_in_schema=False)
Everybody = [Depends(public())]
WAY, MODE = "/w/", "widget"
_SCRIPT = ".js"
_KEPT_SECONDS = 300


@router.get("/w/{name}", dependencies=Everybody)
async def get_widget(name: str, request: Request) -> Response:
    """Give the script of a widget (``CODE.js``), or open the questionnaire in its frame."""
    desk = desk_of(request)
    if name.endswith(_SCRIPT):
        return await _script(desk, name.removesuffix(_SCRIPT))
    entrance = await _entrance(desk, name)
    if entrance is None or entrance.guest is not None or not entrance.open_at(desk.now()):
        return await open_page(desk, entrance, request)
    user = _vouched(desk, entrance, request)
    if user is None:
        return await _open_unknown(desk, entrance, request)
    meeting = await run_in_threadpool(_meet, request, desk, entrance, user)
    language = language_of(entrance, request)
    if meeting is None:
        return await open_page(desk, replace(entrance, customer=user), request)
    if meeting.invitation_id is None:
        return refuse(entrance, language, word("already", language))
    token = token_of(desk.system.key, meeting.invitation_id)
    return RedirectResponse(f"{WAY}{token}?lang={language}", status_code=303)


@router.post("/w/{name}", dependencies=Everybody)
async def post_widget(name: str, request: Request) -> Response:
    """Take in a page that was sent from the frame."""
    desk = desk_of(request)
    return await take_page(desk, await _entrance(desk, name), request)


async def _script(desk: Desk, code: str) -> Response:
    entrance = await desk.entrance(code)
    widget = widget_of(entrance.options) if entrance else None
    if entrance is None or widget is None:
        raise HTTPException(404)
    body = draw_script(entrance, widget, is_open=entrance.open_at(desk.now()))
    headers = {
        "cache-control": f"public, max-age={_KEPT_SECONDS}",
        "cross-origin-resource-policy": "cross-origin",
    }
    return Response(body, media_type="text/javascript; charset=utf-8", headers=headers)


async def _entrance(desk: Desk, name: str) -> Entrance | None:
    """Find the way in by the code of the link, or by the token of who was recognised."""
    by_code = len(name) == CODE_LENGTH
    found = await (desk.entrance(name) if by_code else desk.personal(name))
    if found is None or found.kind != LinkKind.WIDGET:
        return None
    return replace(found, way=WAY, mode=MODE)


async def _open_unknown(desk: Desk, entrance: Entrance, request: Request) -> Response:
    widget = widget_of(entrance.options)
    if widget is not None and widget.known_only:
        language = language_of(entrance, request)
        return refuse(entrance, language, word("nothing", language), "", 403)
    return await open_page(desk, entrance, request)


def _vouched(desk: Desk, entrance: Entrance, request: Request) -> str | None:
    """Give the user whom the site's server signed for; None where it did not, or no longer does."""
    given = request.query_params
    user, expires, signature = (given.get(one, "") for one in ("u", "e", "s"))
    secret = secret_of(desk.system.key, entrance.link_id, entrance.options)
    now = desk.now().timestamp()
    return user if is_vouched(secret, user, expires, signature, now) else None


def _meet(request: Request, desk: Desk, entrance: Entrance, user: str) -> Meeting | None:
    """Ask the frequency rule about a customer we know; None where we know none, or not which."""
    with changing(request) as uow:
        found = find_customers(uow.session, desk.system.key, user)
        widget = widget_of(entrance.options)
        if len(found) != 1 or widget is None:
            return None
        link = uow.session.get_one(SurveyLink, entrance.link_id)
        mailing = do_stand_behind(uow, link, Channel.WIDGET, widget.kind)
        occasion = f"{found[0]}:{uow.now:%Y-%m-%d}"
        one = Candidate(found[0], occasion, uow.now)
        return do_meet(uow, desk.system.key, mailing, one)
