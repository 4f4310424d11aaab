"""What a restore must not bring back: sessions, ended tokens and links, people shut out since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session as OrmSession

from huiyin.people.contracts import Role
from huiyin.store.tables import ApiToken, Invitation, Session, ShareLink, SignInState, Staff
from huiyin.store.unit_of_work import UnitOfWork

_REVOCABLE = (ApiToken, ShareLink, Invitation)
Ended = Mapping[str, frozenset[str]]


def ended_access(session: OrmSession) -> Ended:
    """Give the tokens, links and invitations that hold no longer and who is shut out, by table.

    An invitation that was accepted is one of them: it opens nothing twice.
    """
    ended = {
        table.__tablename__: set(
            session.scalars(select(table.id).where(table.revoked_at.is_not(None)))
        )
        for table in _REVOCABLE
    }
    accepted = select(Invitation.id).where(Invitation.accepted_at.is_not(None))
    ended[Invitation.__tablename__].update(session.scalars(accepted))
    shut_out = select(Staff.id).where(Staff.disabled_at.is_not(None))
    ended[Staff.__tablename__] = set(session.scalars(shut_out))
    return {name: frozenset(ids) for name, ids in ended.items()}


def do_end_again(work: UnitOfWork, ended: Ended) -> int:
    """End every session, and again what was ended after the backup; gives how many.

    Who was disabled after it stays disabled. Only where that would leave no administrator, those
    of the backup may come in again: a server that nobody can govern helps nobody.

    Parameters
    ----------
    work : UnitOfWork
    ended : mapping of str to frozenset of str
        As `ended_access` gave it before the backup was put in place.
    """
    session = work.session
    open_sessions = select(Session).where(Session.revoked_at.is_(None))
    rows: list[Any] = [*session.scalars(open_sessions)]
    for table in _REVOCABLE:
        still_open: Any = select(table).where(table.revoked_at.is_(None))
        known = ended.get(table.__tablename__, frozenset())
        rows += [row for row in session.scalars(still_open) if row.id in known]
    for row in rows:
        row.revoked_at = work.now
    session.execute(delete(SignInState))
    _do_shut_out(work, ended.get(Staff.__tablename__, frozenset()))
    work.audit("end", "access", "restore", after={"n_ended": len(rows)})
    return len(rows)


def _do_shut_out(work: UnitOfWork, known: frozenset[str]) -> None:
    people = list(work.session.scalars(select(Staff).where(Staff.disabled_at.is_(None))))
    out = [one for one in people if one.id in known]
    if not any(one.role == Role.ADMINISTRATOR for one in people if one not in out):
        out = [one for one in out if one.role != Role.ADMINISTRATOR]
    for one in out:
        one.disabled_at = work.now
        work.audit("disable", "staff", one.id, after={"by": "restore"})
