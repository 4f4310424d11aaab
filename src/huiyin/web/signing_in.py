"""Signing in: several short transactions, the slow hash and the network between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from fastapi import Request
from sqlalchemy import select

from huiyin.core.text import Text
from huiyin.people.contracts import (
    OutsideIdentity,
    ProviderNotReadyError,
    SignInNotFinishedError,
    WrongCredentialsError,
)
from huiyin.people.provider import (
    Config,
    Door,
    FormProvider,
    Provider,
    RedirectProvider,
    outgoing_for,
)
from huiyin.people.provider_settings import fetch_enabled, fetch_provider, newcomer_role
from huiyin.people.sessions import do_open_session
from huiyin.people.settings import fetch_setting
from huiyin.people.sign_in import (
    do_begin_at_provider,
    do_begin_attempt,
    do_forgive_attempt,
    do_match_identity,
    do_succeed,
    do_take_state,
    fetch_staff_by_password,
)
from huiyin.people.tokens import same_secret
from huiyin.store.tables import Staff
from huiyin.web.access import changing, cookie_of
from huiyin.web.addresses import link_to
from huiyin.web.system import system_of

LDAP = "ldap"


def is_form(provider: Provider) -> bool:
    """Say whether a provider takes login and password here, not on a page of its own."""
    return hasattr(provider, "check")


def sign_in_by_password(
    request: Request, login: str, password: str, provider: str | None = None
) -> tuple[str, str]:
    """Sign somebody in by a password kept here, or by the directory's.

    Parameters
    ----------
    request : Request
    login, password : str
    provider : str or None
        ``ldap``: the directory alone. None: a password kept here if there is one, else the
        directory if it is switched on.

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
    with changing(request) as uow:
        attempt_id = do_begin_attempt(uow, login)
    if provider == LDAP or (provider is None and _only_directory(request, login)):
        return _by_directory(request, login, password, attempt_id)
    with system_of(request).database.reading() as session:
        found = fetch_staff_by_password(session, login, password)
    with changing(request) as uow:
        staff = do_succeed(uow, attempt_id, found.id, password)
        return do_open_session(uow, staff, "password", *_browser(request)), staff.name


def start_at_provider(request: Request, provider_id: str, next_path: str) -> tuple[str, str]:
    """Begin a sign-in at another system.

    Returns
    -------
    address, state : str
        Where the browser goes, and what its cookie must hold when it comes back.

    Raises
    ------
    ProviderNotReadyError, OutgoingError
    """
    provider, config = _redirecting(request, provider_id)
    with changing(request) as uow:
        state, nonce, verifier = do_begin_at_provider(uow, provider_id, next_path)
    door = _door(request, provider_id, config, state, nonce, verifier)
    return provider.start(config, door), state


def finish_at_provider(
    request: Request, provider_id: str, answer: Mapping[str, str], cookie: str | None
) -> tuple[str, str]:
    """End a sign-in that came back from another system.

    Returns
    -------
    secret, next_path : str

    Raises
    ------
    SignInError
        State or answer do not fit, or nobody here belongs to the identity.
    OutgoingError
        The provider cannot be reached.
    """
    provider, config = _redirecting(request, provider_id)
    state = answer.get("state", "")
    if not state or not same_secret(cookie, state):
        raise SignInNotFinishedError(
            Text("这次登录不是在这个浏览器里开始的。", "it was not begun in this browser.")
        )
    with changing(request) as uow:
        known = do_take_state(uow, provider_id, state)
    door = _door(request, provider_id, config, state, known.nonce, known.verifier or "")
    identity = provider.finish(config, door, answer)
    return _let_in(request, identity, config), known.next_path


def _by_directory(request: Request, login: str, password: str, attempt_id: str) -> tuple[str, str]:
    system = system_of(request)
    with system.database.reading() as session:
        provider, config = fetch_provider(session, system.key, LDAP)
    identity = cast("FormProvider", provider).check(config, login, password)
    if identity is None:
        raise WrongCredentialsError
    secret = _let_in(request, identity, config, attempt_id)
    return secret, identity.name


def _let_in(
    request: Request, identity: OutsideIdentity, config: Config, attempt_id: str | None = None
) -> str:
    with changing(request) as uow:
        staff = do_match_identity(uow, identity, create_as=newcomer_role(config))
        if attempt_id is not None:
            do_forgive_attempt(uow, attempt_id)
        return do_open_session(uow, staff, identity.provider, *_browser(request))


def _only_directory(request: Request, login: str) -> bool:
    with system_of(request).database.reading() as session:
        if not any(provider.id == LDAP for provider in fetch_enabled(session)):
            return False
        known = select(Staff.password_hash).where(Staff.login == login.strip().lower())
        return session.scalar(known) is None


def _redirecting(request: Request, provider_id: str) -> tuple[RedirectProvider, Config]:
    system = system_of(request)
    with system.database.reading() as session:
        provider, config = fetch_provider(session, system.key, provider_id)
    if is_form(provider):
        raise ProviderNotReadyError(
            Text("“{name}”请直接输入账号密码登录。", "Sign in by “{name}” with login and password.")
            .format(name=provider.title)
        )  # fmt: skip
    return cast("RedirectProvider", provider), config


def _door(request: Request, provider_id: str, config: Config, *secrets: str) -> Door:
    with system_of(request).database.reading() as session:
        base = fetch_setting(session, "public_address")
    back = link_to(request, base, f"/api/v1/sign-in/{provider_id}/callback")
    state, nonce, verifier = secrets
    return Door(back, state, nonce, verifier, outgoing_for(config))


def _browser(request: Request) -> tuple[Any, str | None]:
    return request.headers.get("user-agent"), request.cookies.get(cookie_of(request))
