"""Read once more: where an erasure took the files being read, the next version answers."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds to wait before each further try: readers are told of the next version soon."""
_GONE = "files_gone"


def note_gone(scope: Scope) -> None:
    """Say of a request that files went while it was answered."""
    scope["state"][_GONE] = True


class Again:
    """The layer that answers a GET anew; anything else may have changed something, and is told.

    Parameters
    ----------
    app : ASGI application
        It calls `note_gone` before it begins to answer that files went.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["method"] == "GET":
            for seconds in PAUSES:
                if await self._answered(scope, receive, send):
                    return
                await asyncio.sleep(seconds)
        await self.app(scope, receive, send)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> bool:
        state = {name: value for name, value in scope["state"].items() if name != _GONE}
        own: dict[str, Any] = {**scope, "state": state}

        async def held(message: Message) -> None:
            if _GONE not in state:
                await send(message)

        try:
            await self.app(own, receive, held)
        finally:
            scope.update(own)  # its route is written into the log
        return _GONE not in state
