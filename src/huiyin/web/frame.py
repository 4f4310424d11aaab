"""What holds for every request: an id, limits, headers, one log line."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import structlog
from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from huiyin.core.ids import new_id
from huiyin.core.surface import Surface, speaking_on
from huiyin.people.contracts import ForgedRequestError
from huiyin.web.access import SAFE_METHODS
from huiyin.web.again import Again
from huiyin.web.answer.lane import Lane, Line
from huiyin.web.description import described
from huiyin.web.errors import TOO_LARGE, code_of, error_body
from huiyin.web.numbers import ServerNumbers

MEGABYTE = 1_000_000
BODY_LIMIT = 2 * MEGABYTE
UPLOAD_LIMIT = 20_000 * MEGABYTE
UPLOADS = "/api/v1/uploads"
ROWS = re.compile(r"/api/v1/datasets/[^/]+/rows")
LISTS = frozenset(
    {
        "/api/v1/staff/preview",
        "/api/v1/staff/apply",
        "/api/v1/clients/preview",
        "/api/v1/clients/apply",
        "/api/v1/surveys/read",
    }
)
"""Where small tables and questionnaires are sent as files."""
ANSWER_PAGES = ("/s/", "/i/", "/w/", "/p/")
"""Where files come with answers; what is too much of one is read and thrown away."""
ANSWER_FILES = re.compile(r"/api/v1/answers/[^/]+/files")
FILES_LIMIT = 512 * MEGABYTE
LIST_LIMIT = 20 * MEGABYTE
ROWS_LIMIT = 64 * MEGABYTE
INTERNAL = 500
_CACHE = (b"cache-control", b"no-store")
_STRICT = (b"strict-transport-security", b"max-age=31536000")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_QUIET = frozenset({"/healthz", "/readyz", "/prometheus"})
_MANY = frozenset({"/s/{code}", "/i/{token}", "/w/{name}", "/api/v1/answers/{code}"})
"""Routes of answers: counted, and a line in the log only where one was refused or took long."""
_REFUSED, _LONG_SECONDS = 400, 1.0
log = structlog.get_logger()


class _Given(dict[str, str]):
    """What a request says in its headers, each read once; of several alike the first."""

    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        super().__init__()
        for name, words in raw:
            self.setdefault(name.decode("latin-1"), words.decode("latin-1"))


class BodyTooLargeError(Exception):
    """The body went over its limit while it was read."""


class Application(FastAPI):
    """FastAPI within the frame: what holds for every request holds for failed ones too."""

    def __init__(
        self, *, headers: Mapping[str, str], lines: tuple[Line, ...] = (), **options: Any
    ) -> None:
        super().__init__(**options)
        self.headers = headers
        self.lines = lines
        self.numbers = ServerNumbers()

    def openapi(self) -> dict[str, Any]:
        """Describe the routes as they are, once."""
        if not self.openapi_schema:
            self.openapi_schema = described(super().openapi(), self.routes)
        return self.openapi_schema

    def build_middleware_stack(self) -> ASGIApp:
        """Put the frame around everything, then the lane of answers, then what reads again."""
        inner = Lane(Again(super().build_middleware_stack()), self.lines)
        return Frame(inner, self.numbers, self.headers)


@dataclass(slots=True)
class Exchange:
    """One request and how far its answer is."""

    scope: Scope
    send: Send
    limit: int
    request_id: str
    status: int = 0
    n_bytes: int = 0

    @property
    def too_large(self) -> bool:
        """Say whether the body went over its limit before anything was answered."""
        return self.n_bytes > self.limit and not self.status


class Frame:
    """The outermost layer of the application.

    Parameters
    ----------
    app : ASGI application
    numbers : ServerNumbers
    headers : mapping of str to str
        Set on every answer that does not set them itself.
    """

    def __init__(self, app: ASGIApp, numbers: ServerNumbers, headers: Mapping[str, str]) -> None:
        self.app = app
        self.numbers = numbers
        self.headers = [(name.lower().encode(), words.encode()) for name, words in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        given = _Given(scope["headers"])
        limit = body_limit(scope["path"], given.get("content-type", ""))
        exchange = Exchange(scope, send, limit, _request_id(given))
        scope.setdefault("state", {})["request_id"] = exchange.request_id
        bound = structlog.contextvars.bind_contextvars(request_id=exchange.request_id)
        try:
            with speaking_on(Surface.PAGES):
                await self._answer(exchange, given, receive)
        finally:
            self._note(exchange, time.perf_counter() - started)
            structlog.contextvars.reset_contextvars(**bound)

    async def _answer(self, exchange: Exchange, given: _Given, receive: Receive) -> None:
        length = given.get("content-length", "0")
        if from_another_site(exchange.scope["method"], given):
            fault = ForgedRequestError()
            body = error_body(code_of(ForgedRequestError), fault.sentence, exchange.request_id)
            await self._refuse(exchange, 403, body)
        elif not length.isdecimal() or int(length) > exchange.limit:
            await self._refuse_size(exchange)
        else:
            await self._through(exchange, receive)

    async def _through(self, exchange: Exchange, receive: Receive) -> None:
        async def counted() -> Message:
            message = await receive()
            exchange.n_bytes += len(message.get("body", b""))
            if exchange.n_bytes > exchange.limit:
                raise BodyTooLargeError
            return message

        async def dressed(message: Message) -> None:
            if not exchange.too_large:
                await self._dressed(exchange, message)

        try:
            await self.app(exchange.scope, counted, dressed)
        except Exception as fault:
            if not exchange.status and not exchange.too_large:
                raise
            if exchange.status and exchange.status != INTERNAL:
                log.warning("answer_broken_off", kind=type(fault).__name__)
        if exchange.too_large:
            await self._refuse_size(exchange)

    async def _dressed(self, exchange: Exchange, message: Message) -> None:
        if message["type"] == "http.response.start":
            exchange.status = message["status"]
            headers = list(message.get("headers", ()))
            own = {name for name, _ in headers}
            headers.append((b"x-request-id", exchange.request_id.encode()))
            headers += [one for one in self.headers if one[0] not in own]
            if exchange.scope["path"].startswith("/api/") and _CACHE[0] not in own:
                headers.append(_CACHE)
            if exchange.scope.get("scheme") == "https" and _STRICT[0] not in own:
                headers.append(_STRICT)
            message = {**message, "headers": headers}
        await exchange.send(message)

    async def _refuse_size(self, exchange: Exchange) -> None:
        sentence = TOO_LARGE.format(n=exchange.limit // MEGABYTE)
        details = {"limit_bytes": exchange.limit}
        exchange.n_bytes = 0
        body = error_body("too_large", sentence, exchange.request_id, details)
        await self._refuse(exchange, 413, body)

    async def _refuse(self, exchange: Exchange, status: int, body: Mapping[str, Any]) -> None:
        content = json.dumps(body, ensure_ascii=False).encode()
        headers = [
            (b"content-type", b"application/json; charset=utf-8"),
            (b"content-length", str(len(content)).encode()),
            (b"connection", b"close"),
        ]
        start = {"type": "http.response.start", "status": status, "headers": headers}
        await self._dressed(exchange, start)
        await self._dressed(exchange, {"type": "http.response.body", "body": content})

    def _note(self, exchange: Exchange, seconds: float) -> None:
        route = getattr(exchange.scope.get("route"), "path", "—")
        method, status = exchange.scope["method"], exchange.status or INTERNAL
        self.numbers.count(method, route, status, seconds)
        usual = status < _REFUSED and seconds < _LONG_SECONDS
        if route not in _QUIET and not (route in _MANY and usual):
            log.info(
                "request",
                method=method,
                route=route,
                status=status,
                milliseconds=round(seconds * 1000, 1),
            )


def body_limit(path: str, kind: str = "") -> int:
    """Give how many bytes a body of a content type may have at this path."""
    in_parts = kind.startswith("multipart/form-data")
    if (in_parts and path.startswith(ANSWER_PAGES)) or ANSWER_FILES.fullmatch(path):
        return FILES_LIMIT
    if path == UPLOADS or path.startswith(UPLOADS + "/"):
        return UPLOAD_LIMIT
    if path in LISTS:
        return LIST_LIMIT
    return ROWS_LIMIT if ROWS.fullmatch(path) else BODY_LIMIT


def from_another_site(method: str, headers: _Given) -> bool:
    """Say whether a browser sends a write from the page of another site.

    The second line beside the CSRF token; it also covers what needs no session, such as signing
    in. Programs send no origin and pass.
    """
    if method in SAFE_METHODS or headers.get("authorization"):
        return False
    origin = headers.get("origin")
    if origin and origin != "null":
        return urlsplit(origin).netloc != headers.get("host", "")
    return origin == "null" or headers.get("sec-fetch-site") == "cross-site"


def _request_id(headers: _Given) -> str:
    given = headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else new_id()
