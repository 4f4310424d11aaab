"""Signing in by login and password: several short transactions, the slow hash between them."""

from __future__ import annotations

from fastapi import Request

from huiyin.people.sessions import do_open_session
from huiyin.people.sign_in import do_begin_attempt, do_succeed, fetch_staff_by_password
from huiyin.web.access import COOKIE, changing
from huiyin.web.system import system_of


def sign_in_by_password(
    request: Request, login: str, password: str, provider: str | None = None
) -> tuple[str, str]:
    """Sign somebody in.

    Returns
    -------
    secret, name : str
        The secret of the new session, and the person's name.

    Raises
    ------
    TooManyAttemptsError
        The login or the address has to wait.
    WrongCredentialsError
        Whatever was wrong: the answer is the same.
    """
    del provider
    with changing(request) as uow:
        attempt_id = do_begin_attempt(uow, login)
    with system_of(request).database.reading() as session:
        found = fetch_staff_by_password(session, login, password)
    with changing(request) as uow:
        staff = do_succeed(uow, attempt_id, found.id, password)
        agent = request.headers.get("user-agent")
        secret = do_open_session(uow, staff, "password", agent, request.cookies.get(COOKIE))
        return secret, staff.name
