"""Share links: made and voided by staff, opened by anybody who holds one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from huiyin.core.text import Text
from huiyin.people.contracts import PeopleRuleError, Person, Right, WrongCredentialsError
from huiyin.people.passwords import password_fits
from huiyin.people.settings import fetch_setting
from huiyin.people.share_links import (
    SharedView,
    ShareFields,
    do_make_share_link,
    do_note_opening,
    do_revoke_share_link,
    fetch_share_link,
    fetch_share_links,
    shared_view,
)
from huiyin.people.sign_in import do_begin_attempt, do_forgive_attempt
from huiyin.store.tables import ShareLink
from huiyin.web.access import TheSystem, allow, changing, public
from huiyin.web.addresses import link_to
from huiyin.web.bodies import Body
from huiyin.web.lists import listed
from huiyin.web.shared_kind import SharedKind
from huiyin.web.system import System

router = APIRouter(prefix="/api/v1", tags=["share links"])
Sharer = Annotated[Person, Depends(allow(Right.SHARE))]
DEFAULT_DAYS = 30


class ShareBody(Body):
    """What to share, and how the link holds."""

    kind: str
    dataset_id: str | None = None
    payload: dict[str, Any] = Field(default_factory=dict)
    days: int = DEFAULT_DAYS
    password: str | None = None
    watermark: str | None = None


class OpenBody(Body):
    """The link's password, where it has one."""

    password: str | None = None


@router.get("/share-links")
def get_share_links(system: TheSystem, me: Sharer) -> dict[str, Any]:
    """Give my links, or all of them to those who manage people; never their addresses."""
    mine = None if me.may(Right.MANAGE_PEOPLE) else me.staff_id
    with system.database.reading() as session:
        rows = fetch_share_links(session, mine)
    return listed([{**link_item(row), "by": name} for row, name in rows])


@router.post("/share-links", status_code=201)
def post_share_link(body: ShareBody, request: Request, me: Sharer) -> dict[str, Any]:
    """Make a link; its address is shown this once."""
    kind = _kind(request, body.kind)
    fields = ShareFields(body.days, body.password, body.watermark)
    with changing(request, me) as uow:
        frozen = kind.freeze(uow.session, me, body.dataset_id, body.payload)
        row, secret = do_make_share_link(uow, me, frozen, fields)
        base = fetch_setting(uow.session, "public_address")
    return {**link_item(row), "link": link_to(request, base, f"/shared/{secret}")}


@router.delete("/share-links/{link_id}")
def delete_share_link(link_id: str, request: Request, me: Sharer) -> dict[str, bool]:
    """Make a link void."""
    owner = None if me.may(Right.MANAGE_PEOPLE) else me.staff_id
    with changing(request, me) as uow:
        do_revoke_share_link(uow, link_id, owner=owner)
    return {"revoked": True}


@router.get("/shared/{token}", dependencies=[Depends(public())])
def get_shared(token: str, system: TheSystem) -> dict[str, Any]:
    """Say what a link is and whether it asks for a password; nothing of what it shows."""
    with system.database.reading() as session:
        row, _ = fetch_share_link(session, token, system.clock())
    return {
        "kind": row.kind,
        "needs_password": row.password_hash is not None,
        "expires_at": row.expires_at,
    }


@router.post("/shared/{token}", dependencies=[Depends(public())], response_model=None)
def open_shared(token: str, body: OpenBody, request: Request, system: TheSystem) -> Any:
    """Give what a link shows."""
    view = _opened(token, body.password, request, system)
    content = _kind(request, view.frozen.kind).show(system, view, None)
    return {
        "kind": view.frozen.kind,
        "content": content,
        "watermark": view.watermark,
        "by": view.by,
        "version": view.frozen.version,
    }


@router.post("/shared/{token}/{part}", dependencies=[Depends(public())], response_model=None)
def open_shared_part(
    token: str, part: str, body: OpenBody, request: Request, system: TheSystem
) -> Response | dict[str, Any]:
    """Give one part of what a link shows: a download."""
    view = _opened(token, body.password, request, system)
    shown: Response | dict[str, Any] = _kind(request, view.frozen.kind).show(system, view, part)
    return shown


def link_item(row: ShareLink) -> dict[str, Any]:
    """Give a link as lists show it."""
    return {
        "id": row.id,
        "kind": row.kind,
        "dataset_id": row.dataset_id,
        "version": row.version,
        "payload": row.payload,
        "watermark": row.watermark,
        "has_password": row.password_hash is not None,
        "created_at": row.created_at,
        "expires_at": row.expires_at,
        "revoked_at": row.revoked_at,
        "n_opened": row.n_opened,
    }


def _opened(token: str, password: str | None, request: Request, system: System) -> SharedView:
    with system.database.reading() as session:
        row, maker = fetch_share_link(session, token, system.clock())
    attempt = None
    if row.password_hash is not None:
        with changing(request) as uow:
            attempt = do_begin_attempt(uow, f"share:{row.id}")
        if not password_fits(row.password_hash, password or ""):
            raise WrongCredentialsError
    with changing(request) as uow:
        if attempt is not None:
            do_forgive_attempt(uow, attempt)
        do_note_opening(uow, row.id)
    return shared_view(row, maker)


def _kind(request: Request, name: str) -> SharedKind:
    kinds: dict[str, SharedKind] = request.app.state.shared
    if name not in kinds:
        raise PeopleRuleError(
            Text("不能分享“{kind}”。", "“{kind}” cannot be shared.").format(kind=name)
        )
    return kinds[name]
