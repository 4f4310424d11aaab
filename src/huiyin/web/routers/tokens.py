"""API tokens: one's own; those who manage people see and void all."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from huiyin.people.api_tokens import (
    LONGEST_DAYS,
    SESSION_ONLY,
    TokenFields,
    do_make_token,
    do_revoke_token,
    fetch_tokens,
)
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import ApiToken
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import Body
from huiyin.web.lists import Format, listed, listed_as

router = APIRouter(prefix="/api/v1", tags=["tokens"])
Me = Annotated[Person, Depends(allow(Right.MANAGE_OWN))]
DEFAULT_DAYS = 90


class TokenBody(Body):
    """What a new token is for."""

    name: str
    scope: list[Right]
    days: int = DEFAULT_DAYS
    dataset_ids: list[str] | None = None


@router.get("/tokens", response_model=None)
def get_tokens(
    system: TheSystem,
    me: Me,
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> dict[str, Any] | Response:
    """Give my tokens, or all of them to those who manage people; never their secrets."""
    mine = None if me.may(Right.MANAGE_PEOPLE) else me.staff_id
    with system.database.reading() as session:
        items = [{**token_item(row), "by": name} for row, name in fetch_tokens(session, mine)]
    if format != "json":
        return listed_as(format, items, "tokens")
    possible = sorted(right.value for right in me.rights - SESSION_ONLY)
    return {**listed(items), "possible_scope": possible, "longest_days": LONGEST_DAYS}


@router.post("/tokens", status_code=201)
def post_token(body: TokenBody, request: Request, me: Me) -> dict[str, Any]:
    """Make a token; its secret is shown this once."""
    datasets = None if body.dataset_ids is None else tuple(body.dataset_ids)
    fields = TokenFields(body.name, frozenset(body.scope), body.days, datasets)
    with changing(request, me) as uow:
        row, secret = do_make_token(uow, me, fields)
    return {**token_item(row), "secret": secret}


@router.delete("/tokens/{token_id}")
def delete_token(token_id: str, request: Request, me: Me) -> dict[str, bool]:
    """Make a token void."""
    owner = None if me.may(Right.MANAGE_PEOPLE) else me.staff_id
    with changing(request, me) as uow:
        do_revoke_token(uow, token_id, owner=owner)
    return {"revoked": True}


def token_item(row: ApiToken) -> dict[str, Any]:
    """Give a token as lists show it."""
    return {
        "id": row.id,
        "name": row.name,
        "prefix": row.prefix,
        "scope": row.scope,
        "dataset_ids": row.dataset_ids,
        "created_at": row.created_at,
        "expires_at": row.expires_at,
        "last_used_at": row.last_used_at,
        "revoked_at": row.revoked_at,
    }
