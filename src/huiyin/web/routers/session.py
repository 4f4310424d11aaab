"""First start, signing in and out, and one's own account."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from huiyin.core.text import LANGUAGES, ZH, Text
from huiyin.people.contracts import (
    ROLE_TEXT,
    NotSignedInError,
    PeopleRuleError,
    Person,
    Right,
    WrongCredentialsError,
)
from huiyin.people.first_start import do_setup, setup_needed
from huiyin.people.invitations import do_accept_invitation
from huiyin.people.passwords import password_fits
from huiyin.people.sessions import (
    do_close_all_sessions,
    do_close_session,
    do_open_session,
    fetch_sessions,
    fetch_times,
)
from huiyin.people.settings import fetch_setting
from huiyin.people.staff import do_set_password
from huiyin.store.tables import Staff
from huiyin.store.unit_of_work import UnitOfWork
from huiyin.web.access import (
    TheSystem,
    allow,
    by_cookie,
    changing,
    cookie_of,
    public,
)
from huiyin.web.bodies import Body
from huiyin.web.lists import listed
from huiyin.web.signing_in import sign_in_by_password

router = APIRouter(prefix="/api/v1", tags=["session"])
Me = Annotated[Person, Depends(allow(Right.MANAGE_OWN))]


class SetupBody(Body):
    """The first administrator."""

    token: str
    name: str
    email: str
    password: str
    language: str = ZH


class SignInBody(Body):
    """Login and password; `provider` "ldap" asks the directory alone."""

    login: str = Field(max_length=200)
    password: str = Field(max_length=1024)
    provider: str | None = None


class AcceptBody(Body):
    """A password for the one who was invited; an account that is made now speaks `language`."""

    token: str
    password: str
    language: str = ZH


class MyChange(Body):
    """What people change about themselves."""

    language: str | None = None
    password: str | None = None
    old_password: str | None = None


@router.get("/setup", dependencies=[Depends(public())])
def get_setup(system: TheSystem) -> dict[str, bool]:
    """Say whether the first administrator is still to be made."""
    with system.database.reading() as session:
        return {"needed": setup_needed(session)}


@router.post("/setup", dependencies=[Depends(public())])
def post_setup(body: SetupBody, request: Request, response: Response) -> dict[str, Any]:
    """Make the first administrator, and sign them in."""
    with changing(request) as uow:
        staff = do_setup(
            uow,
            body.token,
            name=body.name,
            email=body.email,
            password=body.password,
            language=_language(body.language),
        )
        return _come_in(uow, staff, "setup", request, response)


@router.post("/session", dependencies=[Depends(public())])
def post_session(body: SignInBody, request: Request, response: Response) -> dict[str, Any]:
    """Sign in by login and password."""
    secret, name = sign_in_by_password(request, body.login, body.password, body.provider)
    set_cookie(request, response, secret)
    return {"name": name}


@router.delete("/session")
def delete_session(request: Request, response: Response, me: Me) -> dict[str, bool]:
    """Sign out."""
    if me.session_id is not None:
        with changing(request, me) as uow:
            do_close_session(uow, me.staff_id, me.session_id)
    response.delete_cookie(cookie_of(request), path="/")
    return {"signed_out": True}


@router.post("/invitations/accept", dependencies=[Depends(public())])
def accept_invitation(body: AcceptBody, request: Request, response: Response) -> dict[str, Any]:
    """Come in by an invitation or set a forgotten password, and be signed in."""
    with changing(request) as uow:
        staff = do_accept_invitation(uow, body.token, body.password, _language(body.language))
        return _come_in(uow, staff, "invitation", request, response)


@router.get("/me")
async def get_me(request: Request, system: TheSystem, me: Me) -> dict[str, Any]:
    """Give who I am, what I may, and the token that my writes must carry."""
    known = await by_cookie(request) if me.session_id else None

    def read() -> tuple[str, bool]:
        with system.database.reading() as session:
            staff = session.get(Staff, me.staff_id)
            has_password = staff is not None and staff.password_hash is not None
            return fetch_setting(session, "company_name"), has_password

    company, has_password = await system.remembered.soon(("me", me.staff_id), read)
    return {
        "staff": {
            "id": me.staff_id,
            "login": me.login,
            "name": me.name,
            "role": me.role.value,
            "role_text": dict(ROLE_TEXT[me.role]),
            "unit_id": me.unit_id,
            "has_password": has_password,
        },
        "rights": sorted(right.value for right in me.rights),
        "csrf": known.csrf if known else None,
        "language": me.language,
        "company_name": company,
        "version": system.version,
    }


@router.patch("/me")
def patch_me(body: MyChange, request: Request, me: Me) -> dict[str, Any]:
    """Change my language or my password; a new password ends my other sessions."""
    with changing(request, me) as uow:
        staff = uow.session.get(Staff, me.staff_id)
        if staff is None:
            raise NotSignedInError
        if body.language is not None:
            staff.language = _language(body.language)
        if body.password is not None:
            if staff.password_hash and not password_fits(
                staff.password_hash, body.old_password or ""
            ):
                raise WrongCredentialsError
            do_set_password(uow, staff, body.password, keep_session=me.session_id)
        return {"language": staff.language}


@router.get("/me/sessions")
def get_my_sessions(system: TheSystem, me: Me) -> dict[str, Any]:
    """Give where I am signed in."""
    with system.database.reading() as session:
        rows = fetch_sessions(session, me.staff_id, system.clock())
    items = [
        {
            "id": row.id,
            "current": row.id == me.session_id,
            "provider": row.provider,
            "address": row.address,
            "agent": row.agent,
            "created_at": row.created_at,
            "last_seen_at": row.last_seen_at,
            "expires_at": row.expires_at,
        }
        for row in rows
    ]
    return listed(items)


@router.delete("/me/sessions/{session_id}")
def delete_my_session(session_id: str, request: Request, me: Me) -> dict[str, bool]:
    """Sign out in one place."""
    with changing(request, me) as uow:
        do_close_session(uow, me.staff_id, session_id)
    return {"signed_out": True}


@router.post("/me/sessions/sign-out-everywhere")
def sign_out_everywhere(request: Request, response: Response, me: Me) -> dict[str, int]:
    """Sign out in every place, this one included."""
    with changing(request, me) as uow:
        n_closed = do_close_all_sessions(uow, me.staff_id)
    response.delete_cookie(cookie_of(request), path="/")
    return {"signed_out": n_closed}


def set_cookie(request: Request, response: Response, secret: str) -> None:
    """Put a session's secret into the browser: unreadable by scripts, over https where it is."""
    system = request.app.state.system
    with system.database.reading() as session:
        seconds = int(fetch_times(session).absolute.total_seconds())
    response.set_cookie(
        cookie_of(request),
        secret,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def _come_in(
    uow: UnitOfWork, staff: Staff, provider: str, request: Request, response: Response
) -> dict[str, Any]:
    earlier = request.cookies.get(cookie_of(request))
    secret = do_open_session(uow, staff, provider, request.headers.get("user-agent"), earlier)
    set_cookie(request, response, secret)
    return {"name": staff.name}


def _language(given: str) -> str:
    if given not in LANGUAGES:
        raise PeopleRuleError(
            Text("语言只能是 {known}。", "The language is one of {known}.").format(
                known=", ".join(LANGUAGES)
            )
        )
    return given
