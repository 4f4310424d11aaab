"""Signing in: attempts are written down before they are looked at, so that nothing slips by."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from huiyin.core.text import Text
from huiyin.people.contracts import (
    OutsideIdentity,
    Role,
    SignInNotFinishedError,
    TooManyAttemptsError,
    UnknownIdentityError,
    WrongCredentialsError,
)
from huiyin.people.passwords import needs_new_hash, password_fits, password_hash
from huiyin.people.staff import StaffFields, do_add_staff
from huiyin.people.throttling import WINDOW, Attempt, wait_seconds
from huiyin.people.tokens import new_secret, secret_hash
from huiyin.store.tables import Identity, SignInAttempt, SignInState, Staff
from huiyin.store.unit_of_work import UnitOfWork

KEPT = timedelta(days=30)
"""Attempts older than this are forgotten with the next one."""
STATE_HOLDS = timedelta(minutes=10)
_LOGIN_LENGTH = 200


def do_begin_attempt(uow: UnitOfWork, login: str) -> str:
    """Write an attempt down as failed, before the password is looked at.

    Many attempts at once count as many: none of them sees the others as not yet failed.

    Parameters
    ----------
    uow : UnitOfWork
        Its actor carries the address.
    login : str

    Returns
    -------
    str
        Id of the attempt, for `do_succeed`.

    Raises
    ------
    TooManyAttemptsError
        The login or the address has to wait.
    """
    known = login.strip().lower()[:_LOGIN_LENGTH]
    recent = select(SignInAttempt).where(SignInAttempt.at > uow.now - WINDOW)
    by_login = uow.session.scalars(recent.where(SignInAttempt.login == known)).all()
    by_address = uow.session.scalars(recent.where(SignInAttempt.address == uow.actor.address)).all()
    wait = wait_seconds(map(_attempt, by_login), map(_attempt, by_address), uow.now)
    if wait:
        raise TooManyAttemptsError(wait)
    uow.session.execute(delete(SignInAttempt).where(SignInAttempt.at < uow.now - KEPT))
    row = SignInAttempt(login=known, address=uow.actor.address, at=uow.now, succeeded=False)
    uow.session.add(row)
    uow.session.flush()
    return row.id


def fetch_staff_by_password(session: Session, login: str, password: str) -> Staff:
    """Give the person whom login and password fit. Takes as long for an unknown login.

    Raises
    ------
    WrongCredentialsError
        Login or password are wrong, or the account is disabled or has no password.
    """
    staff = session.scalar(select(Staff).where(Staff.login == login.strip().lower()))
    fits = password_fits(staff.password_hash if staff else None, password)
    if staff is None or not fits or staff.disabled_at is not None:
        raise WrongCredentialsError
    return staff


def do_succeed(uow: UnitOfWork, attempt_id: str, staff_id: str, password: str | None) -> Staff:
    """Mark an attempt as good, and give the person.

    Parameters
    ----------
    uow : UnitOfWork
    attempt_id, staff_id : str
    password : str or None
        To make its hash anew where today's parameters are stronger.

    Raises
    ------
    WrongCredentialsError
        The account was disabled meanwhile.
    """
    staff = uow.session.get(Staff, staff_id)
    if staff is None or staff.disabled_at is not None:
        raise WrongCredentialsError
    do_forgive_attempt(uow, attempt_id)
    if password is not None and staff.password_hash and needs_new_hash(staff.password_hash):
        staff.password_hash = password_hash(password)
    return staff


def do_forgive_attempt(uow: UnitOfWork, attempt_id: str) -> None:
    """Mark an attempt as good."""
    attempt = uow.session.get(SignInAttempt, attempt_id)
    if attempt is not None:
        attempt.succeeded = True


def do_begin_at_provider(uow: UnitOfWork, provider: str, next_path: str) -> tuple[str, str, str]:
    """Remember a sign-in that goes through another system.

    Returns
    -------
    state, nonce, verifier : str
        `state` comes back unchanged and is also put into a cookie; the store keeps its hash.
    """
    uow.session.execute(delete(SignInState).where(SignInState.created_at < uow.now - STATE_HOLDS))
    state, nonce, verifier = new_secret(), new_secret(), new_secret()
    uow.session.add(
        SignInState(
            state_hash=secret_hash(state),
            provider=provider,
            nonce=nonce,
            verifier=verifier,
            next_path=local_path(next_path),
            created_at=uow.now,
        )
    )
    return state, nonce, verifier


def do_take_state(uow: UnitOfWork, provider: str, state: str) -> SignInState:
    """Take back what was remembered, once.

    Raises
    ------
    SignInNotFinishedError
        It is unknown, too old, or another provider's.
    """
    row = uow.session.get(SignInState, secret_hash(state))
    if row is None or row.provider != provider or uow.now - row.created_at > STATE_HOLDS:
        raise SignInNotFinishedError(
            Text("等待时间过长或链接已用过。", "it took too long, or the link was used before.")
        )
    uow.session.delete(row)
    uow.session.flush()
    return row


def do_match_identity(
    uow: UnitOfWork, identity: OutsideIdentity, *, create_as: Role | None = None
) -> Staff:
    """Give the person who belongs to an outside identity.

    Known identities first; else a person with the login that the company uses in that system,
    or with the mail address that the provider vouches for; else a new person, where that is
    switched on.

    Raises
    ------
    UnknownIdentityError
        Nobody fits, or the account is disabled.
    """
    known = uow.session.scalar(
        select(Identity).filter_by(provider=identity.provider, subject=identity.subject)
    )
    staff = uow.session.get(Staff, known.staff_id) if known else _by_company_key(uow, identity)
    if staff is None and create_as is not None:
        staff = _newcomer(uow, identity, create_as)
    if staff is None or staff.disabled_at is not None:
        raise UnknownIdentityError(identity.name)
    if known is None:
        known = Identity(
            staff_id=staff.id,
            provider=identity.provider,
            subject=identity.subject,
            created_at=uow.now,
        )
        uow.session.add(known)
        uow.audit("link_identity", "staff", staff.id, after={"provider": identity.provider})
    known.last_used_at = uow.now
    return staff


def local_path(path: str) -> str:
    """Keep a path of this site, and turn anything else into the home page.

    Examples
    --------
    >>> local_path("/datasets?x=1"), local_path("//evil.example"), local_path("https://evil")
    ('/datasets?x=1', '/', '/')
    """
    plain = path.strip()
    own = plain.startswith("/") and not plain.startswith(("//", "/\\"))
    return plain if own and plain.isprintable() else "/"


def _attempt(row: SignInAttempt) -> Attempt:
    return Attempt(row.at, row.succeeded)


def _by_company_key(uow: UnitOfWork, identity: OutsideIdentity) -> Staff | None:
    for column, value in (
        (Staff.external_key, identity.login),
        (Staff.login, identity.login),
        (Staff.email, identity.email),
    ):
        if not value:
            continue
        plain = value if column is Staff.external_key else value.lower()
        found = uow.session.scalars(select(Staff).where(column == plain).limit(2)).all()
        if len(found) == 1:
            return found[0]
    return None


def _newcomer(uow: UnitOfWork, identity: OutsideIdentity, role: Role) -> Staff:
    login = identity.login or identity.email or f"{identity.provider}-{identity.subject}"
    return do_add_staff(
        uow,
        StaffFields(
            login=login,
            name=identity.name or login,
            role=role,
            email=identity.email,
            external_key=identity.login,
            source=identity.provider,
        ),
    )
