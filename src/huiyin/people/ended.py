"""What a restore must not bring back: sessions, and tokens and links that were ended since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session as OrmSession

from huiyin.store.tables import ApiToken, Invitation, Session, ShareLink, SignInState
from huiyin.store.unit_of_work import UnitOfWork

_REVOCABLE = (ApiToken, ShareLink, Invitation)
Ended = Mapping[str, frozenset[str]]


def ended_access(session: OrmSession) -> Ended:
    """Give the tokens, links and invitations that hold no longer, by table.

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
    return {name: frozenset(ids) for name, ids in ended.items()}


def do_end_again(work: UnitOfWork, ended: Ended) -> int:
    """End every session, and again what was ended after the backup; gives how many.

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
    work.audit("end", "access", "restore", after={"n_ended": len(rows)})
    return len(rows)
