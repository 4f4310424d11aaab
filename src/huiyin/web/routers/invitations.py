"""Invitations and reset links."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from huiyin.people.contracts import Person, Right, Role
from huiyin.people.invitations import (
    InvitationFields,
    do_invite,
    do_revoke_invitation,
    fetch_invitations,
)
from huiyin.people.settings import fetch_setting
from huiyin.store.tables import Invitation
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.addresses import link_to
from huiyin.web.bodies import Body
from huiyin.web.lists import listed

router = APIRouter(prefix="/api/v1", tags=["invitations"])
Keeper = Annotated[Person, Depends(allow(Right.MANAGE_PEOPLE))]


class InvitationBody(Body):
    """Whom to invite, and as what."""

    email: str
    name: str
    role: Role = Role.VIEWER
    unit_id: str | None = None


@router.get("/invitations")
def get_invitations(system: TheSystem, _: Keeper) -> dict[str, Any]:
    """Give the invitations, latest first; never their links."""
    with system.database.reading() as session:
        return listed([invitation_item(row) for row in fetch_invitations(session)])


@router.post("/invitations", status_code=201)
def post_invitation(body: InvitationBody, request: Request, person: Keeper) -> dict[str, Any]:
    """Invite somebody; the link is shown this once."""
    fields = InvitationFields(body.email, body.name, body.role, body.unit_id)
    with changing(request, person) as uow:
        row, secret = do_invite(uow, fields)
        base = fetch_setting(uow.session, "public_address")
    link = link_to(request, base, f"/invitation?token={secret}")
    return {**invitation_item(row), "link": link}


@router.delete("/invitations/{invitation_id}")
def delete_invitation(invitation_id: str, request: Request, person: Keeper) -> dict[str, bool]:
    """Make an invitation void."""
    with changing(request, person) as uow:
        do_revoke_invitation(uow, invitation_id)
    return {"revoked": True}


def invitation_item(row: Invitation) -> dict[str, Any]:
    """Give an invitation as lists show it."""
    return {
        "id": row.id,
        "email": row.email,
        "name": row.name,
        "role": row.role,
        "unit_id": row.unit_id,
        "created_at": row.created_at,
        "expires_at": row.expires_at,
        "accepted_at": row.accepted_at,
        "revoked_at": row.revoked_at,
    }
