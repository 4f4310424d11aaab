"""A lane of its own for answers: no session, no compression anew, no search through all routes.

The same functions stand in the table of routes, so that each has its rule and its description;
here they are called with nothing in between.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from huiyin.core.errors import HuiyinError
from huiyin.web.errors import http_answer, huiyin_answer, unexpected

Act = Callable[[str, Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of address: its route, what stands before the code, what each method does."""

    path: str
    before: str
    acts: Mapping[str, Act]


class Lane:
    """Takes requests of some addresses; all others go on.

    Parameters
    ----------
    app : ASGI application
    lines : tuple of Line
    """

    def __init__(self, app: ASGIApp, lines: tuple[Line, ...]) -> None:
        self.app = app
        self.lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            for line in self.lines:
                path: str = scope["path"]
                if path.startswith(line.before):
                    code, act = path[len(line.before) :], line.acts.get(scope["method"])
                    if code and act and "/" not in code:
                        scope["route"] = line
                        await _answer(act, code, Request(scope, receive), send)
                        return
        await self.app(scope, receive, send)


async def _answer(act: Act, code: str, request: Request, send: Send) -> None:
    try:
        answer = await act(code, request)
    except HuiyinError as fault:
        answer = huiyin_answer(request, fault)
    except HTTPException as fault:
        answer = http_answer(request, fault)
    except Exception as fault:  # as for every other route: an answer, and the fault goes on
        await unexpected(request, fault)(request.scope, request.receive, send)
        raise
    await answer(request.scope, request.receive, send)
