"""The page behind a share link, for whoever holds it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from huiyin.core.errors import HuiyinError
from huiyin.core.text import EN, ZH, Text
from huiyin.people.share_links import SharedView, do_note_opening
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import Dataset
from huiyin.web.access import TheSystem, changing, public
from huiyin.web.errors import status_of
from huiyin.web.opening import PASS_COOKIE, PASS_HOLDS, make_pass, open_link, opened_link
from huiyin.web.shared_kind import SharedKind
from huiyin.web.shared_page import frame_page, password_page, sorry_page, waiting_page
from huiyin.web.system import System

router = APIRouter(prefix="/shared", tags=["share links"], include_in_schema=False)


@router.get("/{token}", dependencies=[Depends(public())])
def get_page(token: str, request: Request, system: TheSystem) -> Response:
    """Show what a link shows, or ask for its password."""
    try:
        view = opened_link(system, token, request.cookies.get(PASS_COOKIE))
        if view is None:
            return HTMLResponse(password_page(token))
        kind = _kind(request, view)
        content = kind.show(system, view)
        if _is_being_made(kind, system, view, content):
            return HTMLResponse(waiting_page(), status_code=202)
        if PASS_COOKIE not in request.cookies:
            with changing(request) as uow:
                do_note_opening(uow, view.link_id)
        return HTMLResponse(_frame(system, kind, token, view, content))
    except HuiyinError as fault:
        return _sorry(fault)


@router.post("/{token}", dependencies=[Depends(public())])
def post_password(
    token: str,
    request: Request,
    system: TheSystem,
    password: Annotated[str, Form(max_length=1024)] = "",
) -> Response:
    """Take the link's password, and show what it shows."""
    try:
        view = open_link(system, request, token, password)
    except HuiyinError as fault:
        return HTMLResponse(password_page(token, fault.say(ZH)), status_code=status_of(fault))
    response = RedirectResponse(f"/shared/{token}", status_code=303)
    response.set_cookie(
        PASS_COOKIE,
        make_pass(system, view),
        max_age=int(PASS_HOLDS.total_seconds()),
        path=f"/shared/{token}",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


@router.get("/{token}/{part}", dependencies=[Depends(public())])
def get_part(token: str, part: str, request: Request, system: TheSystem) -> Response:
    """Give the content of the page, or a download."""
    try:
        view = opened_link(system, token, request.cookies.get(PASS_COOKIE))
        if view is None:
            return RedirectResponse(f"/shared/{token}", status_code=303)
        kind = _kind(request, view)
        if part not in {kind.page, *_downloads(kind, view)}:
            raise NotFoundError(Text("文件", "file"), part)
        found = kind.part(system, view, part)
    except HuiyinError as fault:
        return _sorry(fault)
    if found is None:
        return _framed(HTMLResponse(waiting_page(), status_code=202))
    return _framed(found) if part == kind.page else found


def _is_being_made(kind: SharedKind, system: System, view: SharedView, content: Any) -> bool:
    """Say whether the page inside is still to come; order it where it is.

    The page around it waits, then: a frame without an origin has no pass on its second try.
    """
    ready = content.get("ready") if isinstance(content, dict) else None
    if ready is None or kind.page in ready:
        return False
    return kind.part(system, view, kind.page) is None


def _frame(system: System, kind: SharedKind, token: str, view: SharedView, content: Any) -> str:
    """Frame what is shown under its own title, else the name of its data."""
    with system.database.reading() as session:
        source = session.get(Dataset, view.frozen.dataset_id or "")
    own = content.get("title") if isinstance(content, dict) else None
    title = own or (source.name if source else "回音")
    return frame_page(token, title, view, kind.page, _downloads(kind, view))


def _downloads(kind: SharedKind, view: SharedView) -> tuple[str, ...]:
    return () if view.watermark else kind.downloads


def _kind(request: Request, view: SharedView) -> SharedKind:
    kinds: dict[str, SharedKind] = request.app.state.shared
    return kinds[view.frozen.kind]


def _framed(response: Response) -> Response:
    """Let the page around it show it; it keeps its own rules where it has some."""
    response.headers["x-frame-options"] = "SAMEORIGIN"
    response.headers.setdefault(
        "content-security-policy",
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    )
    return response


def _sorry(fault: HuiyinError) -> HTMLResponse:
    return HTMLResponse(sorry_page(fault.say(ZH), fault.say(EN)), status_code=status_of(fault))
