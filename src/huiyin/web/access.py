"""Who may call a route: each route names exactly one rule.

``Depends(allow(Right.SEE_SCORES))`` gives the `Person`; ``Depends(public())`` lets everybody in.
A test walks the route table: a route without a rule fails it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from fastapi import Depends, Request
from fastapi.routing import APIRoute

from huiyin.people.api_tokens import do_touch_token, fetch_token
from huiyin.people.contracts import (
    ForgedRequestError,
    NotAllowedError,
    NotSignedInError,
    Person,
    Right,
)
from huiyin.people.sessions import KnownSession, do_touch_session, fetch_session
from huiyin.people.tokens import API_PREFIX, same_secret
from huiyin.store.contracts import Actor, StoreError
from huiyin.store.unit_of_work import UnitOfWork, unit_of_work
from huiyin.web.system import System, system_of

COOKIE = "huiyin_session"
CSRF_HEADER = "x-csrf-token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BESIDE_DATASETS = frozenset({("GET", "/api/v1/datasets"), ("POST", "/api/v1/uploads")})
"""What a token that is held to datasets may call beside them: their list, and sending files."""
_BEARER = "bearer "


@dataclass(frozen=True, slots=True)
class AccessRule:
    """Who may call a route: those with `right`, or everybody where it is None."""

    right: Right | None


class Allowed:
    """The rule “only those who may `right`”: called for each request, it gives the `Person`."""

    def __init__(self, right: Right) -> None:
        self.rule = AccessRule(right)

    def __call__(self, request: Request) -> Person:
        """Give who asks.

        Raises
        ------
        NotSignedInError, NotAllowedError, ForgedRequestError
            They are unknown, may not, or their page was not ours.
        """
        found = _person(request)
        if self.rule.right is not None and not found.may(self.rule.right):
            raise NotAllowedError(self.rule.right)
        if found.dataset_ids is not None and not _within(request, found.dataset_ids):
            raise NotAllowedError(self.rule.right or Right.MANAGE_OWN)
        return found


class Everybody:
    """The rule “everybody”."""

    rule = AccessRule(None)

    def __call__(self) -> None:
        """Let them in."""


@cache
def allow(right: Right) -> Allowed:
    """Make the rule “only those who may `right`”; the dependency gives the `Person`.

    Writes by cookie must carry the session's CSRF token.
    """
    return Allowed(right)


@cache
def public() -> Everybody:
    """Make the rule “everybody”: sign-in, health, what a share link opens."""
    return Everybody()


def rules_of(route: APIRoute) -> list[AccessRule]:
    """Give the rules that a route names; it should be one."""
    calls = [dependency.call for dependency in route.dependant.dependencies]
    return [call.rule for call in calls if isinstance(call, (Allowed, Everybody))]


def session_of(request: Request) -> KnownSession | None:
    """Give the session of the request's cookie, or None where it holds no longer."""
    secret = request.cookies.get(COOKIE)
    if not secret:
        return None
    system = system_of(request)
    with system.database.reading() as session:
        return fetch_session(
            session,
            secret,
            system.clock(),
            address=address_of(request),
            request_id=request_id_of(request),
        )


@contextmanager
def changing(request: Request, person: Person | None = None) -> Iterator[UnitOfWork]:
    """Open a unit of work for a request: by the person, or by somebody not yet known."""
    system = system_of(request)
    nobody = Actor("", None, address_of(request), request_id_of(request))
    actor = person.actor if person else nobody
    with unit_of_work(system.database, actor, clock=system.clock) as uow:
        yield uow


def address_of(request: Request) -> str | None:
    """Give the network address of a request; behind a trusted proxy, the one it names."""
    return request.client.host if request.client else None


def request_id_of(request: Request) -> str | None:
    """Give the id that ties a request to its log lines and audit rows."""
    return getattr(request.state, "request_id", None)


def _within(request: Request, dataset_ids: tuple[str, ...]) -> bool:
    """Say whether a token that is held to datasets may call this: nothing beside them."""
    asked = request.path_params.get("dataset_id")
    if asked is not None:
        return asked in dataset_ids
    return (request.method, request.url.path) in BESIDE_DATASETS


def _person(request: Request) -> Person:
    header = request.headers.get("authorization", "")
    if header.lower().startswith(_BEARER):
        return _by_token(request, header[len(_BEARER) :].strip())
    known = session_of(request)
    if known is None:
        raise NotSignedInError
    given = request.headers.get(CSRF_HEADER)
    if request.method not in SAFE_METHODS and not same_secret(given, known.csrf):
        raise ForgedRequestError
    if known.stale and known.person.session_id:  # a busy store must not fail a read
        with suppress(StoreError), changing(request, known.person) as uow:
            do_touch_session(uow, known.person.session_id)
    return known.person


def _by_token(request: Request, secret: str) -> Person:
    system = system_of(request)
    if not secret.startswith(API_PREFIX):
        raise NotSignedInError
    with system.database.reading() as session:
        known = fetch_token(
            session,
            secret,
            system.clock(),
            address=address_of(request),
            request_id=request_id_of(request),
        )
    if known is None:
        raise NotSignedInError
    if known.stale and known.person.token_id:
        with suppress(StoreError), changing(request, known.person) as uow:
            do_touch_token(uow, known.person.token_id)
    return known.person


TheSystem = Annotated[System, Depends(system_of)]
