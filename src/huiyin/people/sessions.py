"""Signed-in browsers: rows in the store, known by the hash of an opaque secret."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session as OrmSession

from huiyin.core.text import Text
from huiyin.people.contracts import ROLE_RIGHTS, Person, Role
from huiyin.people.settings import fetch_setting
from huiyin.people.tokens import new_secret, secret_hash
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import Session, Staff
from huiyin.store.unit_of_work import UnitOfWork

SESSION = Text("登录", "session")
KEPT = timedelta(days=30)
"""Sessions that ended longer ago are forgotten with the next sign-in; the audit log keeps them."""
TOUCH_EVERY = timedelta(minutes=1)
_AGENT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """How long a session holds: without use, and in any case."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True, slots=True)
class KnownSession:
    """A session that holds, and whose it is."""

    person: Person
    csrf: str
    stale: bool


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session as the store has it, whatever the time.

    Attributes
    ----------
    person : Person
    csrf : str
    seen_at : datetime
        When its last use was noted.
    ends_at : datetime
        From when on it holds no longer, unless it is used before.
    """

    person: Person
    csrf: str
    seen_at: datetime
    ends_at: datetime

    def known(
        self, now: datetime, *, address: str | None = None, request_id: str | None = None
    ) -> KnownSession | None:
        """Give it as it stands at a moment, for one request; None where it holds no longer."""
        if now >= self.ends_at:
            return None
        person = replace(self.person, address=address, request_id=request_id)
        return KnownSession(person, self.csrf, stale=now - self.seen_at > TOUCH_EVERY)


def fetch_times(session: OrmSession) -> SessionTimes:
    """Give the times that hold here."""
    return SessionTimes(
        timedelta(minutes=fetch_setting(session, "session_idle_minutes")),
        timedelta(days=fetch_setting(session, "session_days")),
    )


def do_open_session(
    uow: UnitOfWork, staff: Staff, provider: str, agent: str | None, old: str | None = None
) -> str:
    """Open a session; the one that the browser had before ends.

    Parameters
    ----------
    uow : UnitOfWork
    staff : Staff
    provider : str
        By what they signed in.
    agent : str or None
        What the browser says it is.
    old : str or None
        The secret that the browser came with.

    Returns
    -------
    str
        The secret for the cookie; the store keeps only its hash.
    """
    if old is not None:
        _revoke(uow, uow.session.scalars(select(Session).filter_by(token_hash=secret_hash(old))))
    uow.session.execute(delete(Session).where(Session.expires_at < uow.now - KEPT))
    secret = new_secret()
    row = Session(
        token_hash=secret_hash(secret),
        staff_id=staff.id,
        csrf=new_secret(),
        provider=provider,
        address=uow.actor.address,
        agent=agent[:_AGENT_LENGTH] if agent else None,
        created_at=uow.now,
        last_seen_at=uow.now,
        expires_at=uow.now + fetch_times(uow.session).absolute,
    )
    uow.session.add(row)
    uow.session.flush()
    themselves = replace(uow, actor=replace(uow.actor, name=staff.name, staff_id=staff.id))
    themselves.audit("sign_in", "session", row.id, after={"provider": provider})
    return secret


def fetch_session(
    session: OrmSession,
    secret: str,
    now: datetime,
    *,
    address: str | None = None,
    request_id: str | None = None,
) -> KnownSession | None:
    """Give whose session a secret opens, or None where it holds no longer.

    Parameters
    ----------
    session : sqlalchemy Session
    secret : str
    now : datetime
    address, request_id : str or None
        Of the request, for the audit log.

    Returns
    -------
    KnownSession or None
        `stale`: its last use should be noted again.
    """
    kept = fetch_kept_session(session, secret_hash(secret))
    return None if kept is None else kept.known(now, address=address, request_id=request_id)


def fetch_kept_session(session: OrmSession, token_hash: str) -> KeptSession | None:
    """Give the session of a secret's hash, or None: there is none, it or its owner was ended."""
    found = session.execute(
        select(Session, Staff)
        .join(Staff, Staff.id == Session.staff_id)
        .where(
            Session.token_hash == token_hash,
            Session.revoked_at.is_(None),
            Staff.disabled_at.is_(None),
        )
    ).first()
    if found is None:
        return None
    row, staff = found
    times = fetch_times(session)
    ends = min(row.expires_at, row.created_at + times.absolute, row.last_seen_at + times.idle)
    return KeptSession(person_of(staff, session_id=row.id), row.csrf, row.last_seen_at, ends)


def person_of(
    staff: Staff,
    *,
    session_id: str | None = None,
    address: str | None = None,
    request_id: str | None = None,
) -> Person:
    """Turn a staff row into the person who asks, with the rights of their role."""
    role = Role(staff.role)
    return Person(
        staff_id=staff.id,
        login=staff.login,
        name=staff.name,
        role=role,
        rights=ROLE_RIGHTS[role],
        unit_id=staff.unit_id,
        external_key=staff.external_key,
        language=staff.language,
        session_id=session_id,
        address=address,
        request_id=request_id,
    )


def do_touch_session(uow: UnitOfWork, session_id: str) -> None:
    """Note that a session was used now."""
    do_touch_sessions(uow, {session_id: uow.now})


def do_touch_sessions(uow: UnitOfWork, seen: Mapping[str, datetime]) -> None:
    """Note when sessions were last used, by their ids."""
    for session_id, seen_at in seen.items():
        uow.session.execute(
            update(Session).where(Session.id == session_id).values(last_seen_at=seen_at)
        )


def fetch_sessions(session: OrmSession, staff_id: str, now: datetime) -> list[Session]:
    """Give the sessions of a person that still hold, latest use first."""
    times = fetch_times(session)
    rows = session.scalars(
        select(Session)
        .where(
            Session.staff_id == staff_id,
            Session.revoked_at.is_(None),
            Session.expires_at > now,
            Session.last_seen_at > now - times.idle,
        )
        .order_by(Session.last_seen_at.desc())
    )
    return list(rows)


def do_close_session(uow: UnitOfWork, staff_id: str, session_id: str) -> None:
    """End one session of a person.

    Raises
    ------
    NotFoundError
        There is none with this id, or it is somebody else's.
    """
    row = uow.session.get(Session, session_id)
    if row is None or row.staff_id != staff_id:
        raise NotFoundError(SESSION, session_id)
    _revoke(uow, [row])


def do_close_all_sessions(uow: UnitOfWork, staff_id: str, *, but: str | None = None) -> int:
    """End every session of a person, but perhaps the one they are in; gives how many."""
    rows = uow.session.scalars(
        select(Session).where(Session.staff_id == staff_id, Session.revoked_at.is_(None))
    )
    return _revoke(uow, [row for row in rows if row.id != but])


def _revoke(uow: UnitOfWork, rows: Iterable[Session]) -> int:
    open_rows = [row for row in rows if row.revoked_at is None]
    for row in open_rows:
        row.revoked_at = uow.now
        uow.audit("sign_out", "session", row.id, before={"staff_id": row.staff_id})
    return len(open_rows)
