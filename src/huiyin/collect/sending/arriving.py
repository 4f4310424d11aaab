"""The writes of an answer that came by a personal link: opened, begun, finished once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from huiyin.collect.sending.contracts import InvitationStatus
from huiyin.collect.sending.planning import open_facts
from huiyin.collect.sending.tokens import token_hash
from huiyin.store.intake import RefusedWriteError
from huiyin.store.tables import Mailing, SurveyInvitation, SurveyLink

_BEFORE_OPENED = (InvitationStatus.SENT, InvitationStatus.DELIVERED, InvitationStatus.PLANNED)
_BEFORE_STARTED = (*_BEFORE_OPENED, InvitationStatus.OPENED)


class UsedLinkError(RefusedWriteError):
    """A personal link was used already, or is there no longer; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who came by a personal link.

    Attributes
    ----------
    invitation_id, customer_id, code : str
        `code` is that of the link behind it.
    fields : dict of str to str
        Facts that go with the answer.
    used : bool
        It was answered already.
    """

    invitation_id: str
    customer_id: str
    code: str
    fields: dict[str, str]
    used: bool


def find_guest(session: Session, key: bytes, token: str) -> Guest | None:
    """Find who a token was given to; None where there is no such link, or it was called back."""
    asked = (
        select(SurveyInvitation, SurveyLink.code)
        .join(Mailing, Mailing.id == SurveyInvitation.mailing_id)
        .join(SurveyLink, SurveyLink.id == Mailing.link_id)
        .where(SurveyInvitation.token_hash == token_hash(token))
    )
    found = session.execute(asked).first()
    if found is None or found[0].status == InvitationStatus.CANCELLED:
        return None
    one = found[0]
    facts = open_facts(key, one.sealed)
    return Guest(one.id, one.customer_id, found[1], facts, one.finished_at is not None)


def note_opened(invitation_id: str, now: datetime, *, by_day: bool) -> Callable[[Connection], None]:
    """Give the write that notes a first look; `by_day` keeps no hour (anonymous questionnaires)."""
    one = SurveyInvitation

    def write(connection: Connection) -> None:
        mine = update(one).where(one.id == invitation_id, one.opened_at.is_(None))
        connection.execute(mine.values(opened_at=_moment(now, by_day=by_day)))
        step = update(one).where(one.id == invitation_id, one.status.in_(_BEFORE_OPENED))
        connection.execute(step.values(status=InvitationStatus.OPENED))

    return write


def note_started(
    invitation_id: str, now: datetime, *, by_day: bool
) -> Callable[[Connection], None]:
    """Give the write that notes the first page sent back."""
    one = SurveyInvitation

    def write(connection: Connection) -> None:
        mine = update(one).where(one.id == invitation_id, one.started_at.is_(None))
        connection.execute(mine.values(started_at=_moment(now, by_day=by_day)))
        step = update(one).where(one.id == invitation_id, one.status.in_(_BEFORE_STARTED))
        connection.execute(step.values(status=InvitationStatus.STARTED))

    return write


def use_up(connection: Connection, invitation_id: str, now: datetime, *, by_day: bool) -> None:
    """Note that a personal link was answered, in the write that keeps the answer.

    Raises
    ------
    UsedLinkError
        It was answered before.
    """
    one, at = SurveyInvitation, _moment(now, by_day=by_day)
    used = connection.execute(
        update(one)
        .where(one.id == invitation_id, one.finished_at.is_(None))
        .values(finished_at=at, status=InvitationStatus.FINISHED)
    )
    if not used.rowcount:
        raise UsedLinkError
    begun = update(one).where(one.id == invitation_id, one.started_at.is_(None))
    connection.execute(begun.values(started_at=at))


def _moment(now: datetime, *, by_day: bool) -> datetime:
    utc = now.astimezone(UTC)
    return utc.replace(hour=0, minute=0, second=0, microsecond=0) if by_day else utc
