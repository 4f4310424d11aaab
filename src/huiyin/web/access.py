"""Who may call a route: each route names exactly one rule.

``Depends(allow(Right.SEE_SCORES))`` gives the `Person`; ``Depends(public())`` lets everybody in.
A test walks the route table: a route without a rule fails it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from huiyin.people.api_tokens import SESSION_ONLY, do_touch_token, fetch_token
from huiyin.people.contracts import (
    ForgedRequestError,
    NotAllowedError,
    NotSignedInError,
    Person,
    Right,
    TokenElsewhereError,
    TokenNeverError,
    TokenScopeError,
    TokenVoidError,
)
from huiyin.people.sessions import (
    KeptSession,
    KnownSession,
    do_touch_sessions,
    fetch_kept_session,
)
from huiyin.people.tokens import API_PREFIX, same_secret, secret_hash
from huiyin.store.contracts import Actor, StoreError
from huiyin.store.unit_of_work import UnitOfWork, unit_of_work
from huiyin.web.system import System, system_of, the_system

COOKIE = "huiyin_session"
"""Name of the session's cookie; behind it the port, see `cookie_of`."""
CSRF_HEADER = "x-csrf-token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BESIDE_DATASETS = frozenset({("GET", "/api/v1/datasets"), ("POST", "/api/v1/uploads")})
"""What a token that is held to datasets may call beside them: their list, and sending files."""
NAMED_INSIDE = "/api/v1/views"
"""Routes whose request names its dataset inside: each of them asks `hold_to_datasets` itself."""
_BEARER = "bearer "


@dataclass(frozen=True, slots=True)
class AccessRule:
    """Who may call a route: those with `right`, or everybody where it is None."""

    right: Right | None


class Allowed:
    """The rule “only those who may `right`”: called for each request, it gives the `Person`."""

    def __init__(self, right: Right) -> None:
        self.rule = AccessRule(right)

    async def __call__(self, request: Request) -> Person:
        """Give who asks; whoever is known here already needs no thread.

        Raises
        ------
        NotSignedInError, NotAllowedError, ForgedRequestError
            They are unknown, may not, or their page was not ours.
        """
        found = await _person(request)
        if self.rule.right is not None and not found.may(self.rule.right):
            raise _refusal(found, self.rule.right)
        if found.dataset_ids is not None and not _within(request, found.dataset_ids):
            raise TokenElsewhereError(self.rule.right or Right.MANAGE_OWN)
        return found


def _refusal(person: Person, right: Right) -> NotAllowedError:
    """Say why somebody may not: for a token what it lacks, which its owner may well have."""
    if person.token_id is None:
        return NotAllowedError(right)
    return TokenNeverError(right) if right in SESSION_ONLY else TokenScopeError(right)


class Everybody:
    """The rule “everybody”."""

    rule = AccessRule(None)

    async def __call__(self) -> None:
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


def cookie_of(request: Request) -> str:
    """Give the name of the session's cookie: a browser sends one of a host to each of its ports.

    Two servers on one host would throw each other's people out if both called theirs the same.
    """
    port = request.headers.get("host", "").rpartition(":")[2]
    return f"{COOKIE}_{port}" if port.isdecimal() else COOKIE


async def by_cookie(request: Request) -> KnownSession | None:
    """Give the session of the request's cookie, or None where it holds no longer."""
    token_hash = _cookie_hash(request)
    if token_hash is None:
        return None
    system = system_of(request)
    return _known(request, await system.remembered.soon(*_session_read(system, token_hash)))


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
    path = request.url.path
    if path == NAMED_INSIDE or path.startswith(f"{NAMED_INSIDE}/"):
        return True
    return (request.method, path) in BESIDE_DATASETS


def hold_to_datasets(person: Person, *dataset_ids: str) -> None:
    """Refuse a token that is held to other datasets than these.

    Raises
    ------
    TokenElsewhereError
        One of them is none of its own.
    """
    if not all(map(person.reaches, dataset_ids)):
        raise TokenElsewhereError(Right.SEE_SCORES)


async def _person(request: Request) -> Person:
    header = request.headers.get("authorization", "")
    if header.lower().startswith(_BEARER):
        secret = header[len(_BEARER) :].strip()
        return await run_in_threadpool(_by_token, request, secret)
    known = await by_cookie(request)
    if known is None:
        raise NotSignedInError
    given = request.headers.get(CSRF_HEADER)
    if request.method not in SAFE_METHODS and not same_secret(given, known.csrf):
        raise ForgedRequestError
    if known.stale:
        await _note_use(request, known.person)
    return known.person


def _cookie_hash(request: Request) -> str | None:
    secret = request.cookies.get(cookie_of(request))
    return secret_hash(secret) if secret else None


def _session_read(
    system: System, token_hash: str
) -> tuple[tuple[str, str], Callable[[], KeptSession | None]]:
    """Give under what a session is held, and how it is read."""

    def read() -> KeptSession | None:
        with system.database.reading() as session:
            return fetch_kept_session(session, token_hash)

    return ("session", token_hash), read


def _known(request: Request, kept: KeptSession | None) -> KnownSession | None:
    now = system_of(request).clock()
    place = {"address": address_of(request), "request_id": request_id_of(request)}
    return None if kept is None else kept.known(now, **place)


async def _note_use(request: Request, person: Person) -> None:
    system = system_of(request)
    if person.session_id and system.last_seen.note(person.session_id, system.clock()):
        await run_in_threadpool(_write_uses, request, person)


def _write_uses(request: Request, person: Person) -> None:
    system = system_of(request)
    seen = system.last_seen.taken(system.clock())
    with suppress(StoreError), changing(request, person) as uow:  # a busy store fails no read
        do_touch_sessions(uow, seen)


def _by_token(request: Request, secret: str) -> Person:
    system = system_of(request)
    if not secret.startswith(API_PREFIX):
        raise TokenVoidError
    with system.database.reading() as session:
        known = fetch_token(
            session,
            secret,
            system.clock(),
            address=address_of(request),
            request_id=request_id_of(request),
        )
    if known is None:
        raise TokenVoidError
    if known.stale and known.person.token_id:
        with suppress(StoreError), changing(request, known.person) as uow:
            do_touch_token(uow, known.person.token_id)
    return known.person


TheSystem = Annotated[System, Depends(the_system)]
