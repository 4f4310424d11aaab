"""Share links: made and voided by staff, opened by anybody who holds one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import Field, ValidationError

from huiyin.core.text import Text
from huiyin.people.contracts import PeopleRuleError, Person, Right
from huiyin.people.settings import fetch_setting
from huiyin.people.share_links import (
    ShareFields,
    do_make_share_link,
    do_revoke_share_link,
    fetch_share_link,
    fetch_share_links,
)
from huiyin.store.tables import ShareLink
from huiyin.web.access import TheSystem, allow, changing, public
from huiyin.web.addresses import link_to
from huiyin.web.bodies import Body
from huiyin.web.lists import Format, listed_as
from huiyin.web.opening import open_link
from huiyin.web.shared_kind import SharedKind

router = APIRouter(prefix="/api/v1", tags=["share links"])
Sharer = Annotated[Person, Depends(allow(Right.SHARE))]
DEFAULT_DAYS = 30


class ShareBody(Body):
    """What to share, and how the link holds."""

    kind: str = "report"
    dataset_id: str | None = None
    payload: dict[str, Any] = Field(default_factory=dict)
    days: int = DEFAULT_DAYS
    password: str | None = None
    watermark: str | bool = True

    @property
    def mark(self) -> str | None:
        """Give the watermark's words; None: the maker's name and the day."""
        if isinstance(self.watermark, str):
            return self.watermark
        return None if self.watermark else ""


class OpenBody(Body):
    """The link's password, where it has one."""

    password: str | None = None


@router.get("/share-links", response_model=None)
def get_share_links(
    system: TheSystem,
    me: Sharer,
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> dict[str, Any] | Response:
    """Give my links, or all of them to those who manage people; never their addresses."""
    mine = None if me.may(Right.MANAGE_PEOPLE) else me.staff_id
    with system.database.reading() as session:
        rows = fetch_share_links(session, mine)
    items = [{**link_item(row), "by": name} for row, name in rows]
    return listed_as(format, items, "share-links")


@router.post("/share-links", status_code=201)
def post_share_link(
    body: ShareBody, request: Request, system: TheSystem, me: Sharer
) -> dict[str, Any]:
    """Make a link; its address is shown this once."""
    kind = _kind(request, body.kind)
    fields = ShareFields(body.days, body.password, body.mark)
    with changing(request, me) as uow:
        try:
            frozen = kind.freeze(uow.session, system, me, body.dataset_id, body.payload)
        except ValidationError as fault:
            raise RequestValidationError(fault.errors()) from fault
        row, secret = do_make_share_link(uow, me, frozen, fields)
        base = fetch_setting(uow.session, "public_address")
    return {**link_item(row), "url": link_to(request, base, f"/shared/{secret}")}


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
    view = open_link(system, request, token, body.password)
    content = _kind(request, view.frozen.kind).show(system, view)
    return {
        "kind": view.frozen.kind,
        "content": content,
        "watermark": view.watermark,
        "by": view.by,
        "version": view.frozen.version,
    }


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


def _kind(request: Request, name: str) -> SharedKind:
    kinds: dict[str, SharedKind] = request.app.state.shared
    if name not in kinds:
        raise PeopleRuleError(
            Text("不能分享“{kind}”。", "“{kind}” cannot be shared.").format(kind=name)
        )
    return kinds[name]
