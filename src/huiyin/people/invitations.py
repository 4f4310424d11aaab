"""Invitations, which are also how a forgotten password is set anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.core.text import ZH, Text
from huiyin.people.contracts import LinkExpiredError, PeopleRuleError, Role
from huiyin.people.settings import fetch_setting
from huiyin.people.staff import StaffFields, clean_email, do_add_staff, do_set_password
from huiyin.people.tokens import new_secret, secret_hash
from huiyin.people.units import UNIT
from huiyin.store.tables import Invitation, Staff, Unit
from huiyin.store.unit_of_work import UnitOfWork

INVITATION = Text("邀请", "invitation")


@dataclass(frozen=True, slots=True)
class InvitationFields:
    """Whom to invite, and as what."""

    email: str
    name: str
    role: Role
    unit_id: str | None = None


def do_invite(uow: UnitOfWork, fields: InvitationFields) -> tuple[Invitation, str]:
    """Invite somebody by mail address; for one who is here already it is a reset link.

    Returns
    -------
    Invitation, str
        The row, and the secret of the link, shown once.

    Raises
    ------
    PeopleRuleError
        The mail address or the name does not fit.
    NotFoundError
        There is no such unit.
    """
    email, name = clean_email(fields.email), fields.name.strip()
    if email is None or not name:
        raise PeopleRuleError(
            Text("邀请要写邮箱和姓名。", "An invitation needs a mail address and a name.")
        )
    if fields.unit_id is not None:
        uow.get(Unit, fields.unit_id, UNIT)
    secret = new_secret()
    row = Invitation(
        token_hash=secret_hash(secret),
        email=email,
        name=name,
        role=fields.role.value,
        unit_id=fields.unit_id,
        invited_by=uow.actor.staff_id,
        created_at=uow.now,
        expires_at=uow.now + timedelta(days=fetch_setting(uow.session, "invitation_days")),
    )
    uow.session.add(row)
    uow.session.flush()
    after = {"email": email, "role": row.role, "unit_id": row.unit_id}
    uow.audit("invite", "invitation", row.id, after=after)
    return row, secret


def fetch_invitations(session: Session) -> list[Invitation]:
    """Give the invitations, latest first."""
    return list(session.scalars(select(Invitation).order_by(Invitation.created_at.desc())))


def do_accept_invitation(uow: UnitOfWork, secret: str, password: str, language: str = ZH) -> Staff:
    """Come in by an invitation, or set a forgotten password.

    An account that is made now speaks `language`; one that there was keeps its own.

    Raises
    ------
    LinkExpiredError
        It is unknown, used, revoked or too old; or the account is disabled.
    WeakPasswordError
    """
    row = uow.session.scalar(select(Invitation).filter_by(token_hash=secret_hash(secret)))
    if row is None or row.accepted_at or row.revoked_at or uow.now >= row.expires_at:
        raise LinkExpiredError
    staff = uow.session.scalar(select(Staff).where(Staff.login == row.email))
    if staff is None:
        fields = StaffFields(
            row.email,
            row.name,
            Role(row.role),
            email=row.email,
            unit_id=row.unit_id,
            language=language,
        )
        staff = do_add_staff(uow, fields, password)
    elif staff.disabled_at is not None:
        raise LinkExpiredError
    else:
        do_set_password(uow, staff, password)
    row.accepted_at = uow.now
    uow.audit("accept", "invitation", row.id, after={"staff_id": staff.id})
    return staff


def do_revoke_invitation(uow: UnitOfWork, invitation_id: str) -> None:
    """Make an invitation void."""
    row = uow.get(Invitation, invitation_id, INVITATION)
    if row.accepted_at is None and row.revoked_at is None:
        row.revoked_at = uow.now
        uow.audit("revoke", "invitation", row.id, before={"email": row.email})
