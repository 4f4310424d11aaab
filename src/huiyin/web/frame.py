"""What holds for every request: an id, limits, headers, one log line."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from huiyin.core.ids import new_id
from huiyin.people.contracts import ForgedRequestError
from huiyin.web.access import SAFE_METHODS
from huiyin.web.errors import TOO_LARGE, code_of, error_body
from huiyin.web.numbers import ServerNumbers

MEGABYTE = 1_000_000
BODY_LIMIT = 2 * MEGABYTE
UPLOAD_LIMIT = 20_000 * MEGABYTE
UPLOADS = "/api/v1/uploads"
ROWS = re.compile(r"/api/v1/datasets/[^/]+/rows")
ROWS_LIMIT = 64 * MEGABYTE
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_QUIET = frozenset({"/healthz", "/readyz", "/prometheus"})
log = structlog.get_logger()


class BodyTooLargeError(Exception):
    """The body went over its limit while it was read."""


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
        self.headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        given = Headers(scope=scope)
        request_id = _request_id(given)
        scope.setdefault("state", {})["request_id"] = request_id
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._dress(MutableHeaders(scope=message), scope, request_id)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._guarded(scope, given, receive, answer)
            finally:
                self._note(scope, status, time.perf_counter() - started)

    async def _guarded(self, scope: Scope, given: Headers, receive: Receive, send: Send) -> None:
        request_id = scope["state"]["request_id"]
        limit = body_limit(scope["path"])
        if from_another_site(scope["method"], given):
            fault = ForgedRequestError()
            body = error_body(code_of(ForgedRequestError), fault.sentence, request_id)
            await _refuse(send, 403, body)
            return
        too_large = error_body(
            "too_large", TOO_LARGE.format(n=limit // MEGABYTE), request_id, {"limit_bytes": limit}
        )
        length = given.get("content-length", "0")
        if not length.isdecimal() or int(length) > limit:
            await _refuse(send, 413, too_large)
            return
        sent = False

        async def noting(message: Message) -> None:
            nonlocal sent
            sent = True
            await send(message)

        try:
            await self.app(scope, _counted(receive, limit), noting)
        except BodyTooLargeError:
            if sent:
                raise
            await _refuse(send, 413, too_large)

    def _dress(self, headers: MutableHeaders, scope: Scope, request_id: str) -> None:
        headers["x-request-id"] = request_id
        for name, value in self.headers.items():
            headers.setdefault(name, value)
        if scope["path"].startswith("/api/"):
            headers.setdefault("cache-control", "no-store")
        if scope.get("scheme") == "https":
            headers.setdefault("strict-transport-security", "max-age=31536000")

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "—")
        self.numbers.count(scope["method"], route, status, seconds)
        if route not in _QUIET:
            log.info(
                "request",
                method=scope["method"],
                route=route,
                status=status,
                milliseconds=round(seconds * 1000, 1),
            )


def body_limit(path: str) -> int:
    """Give how many bytes a body may have at this path."""
    if path == UPLOADS or path.startswith(UPLOADS + "/"):
        return UPLOAD_LIMIT
    return ROWS_LIMIT if ROWS.fullmatch(path) else BODY_LIMIT


def from_another_site(method: str, headers: Headers) -> bool:
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


def _request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else new_id()


def _counted(receive: Receive, limit: int) -> Receive:
    n_bytes = 0

    async def counted() -> Message:
        nonlocal n_bytes
        message = await receive()
        n_bytes += len(message.get("body", b""))
        if n_bytes > limit:
            raise BodyTooLargeError
        return message

    return counted


async def _refuse(send: Send, status: int, body: Mapping[str, Any]) -> None:
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(content)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
