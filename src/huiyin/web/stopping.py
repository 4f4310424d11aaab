"""Questions that can be stopped: who hangs up on one ends the work for it, as the time limit does.

A page's stop button breaks off its request, and so do a closed page and a program that gives up.
Routes that only ask say so with `STOPPABLE`; those that change something go on to their end.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi import Depends, Request

from huiyin.engine.halting import Halt, halt_by

TOLD_EVERY = 0.2
"""Seconds between two times that work is told to stop."""


async def stoppable(request: Request) -> AsyncIterator[None]:
    """Stop what is asked during a request when its client hangs up."""
    halt = Halt()
    halt_by(halt)
    watch = asyncio.create_task(_watch(request, halt))
    try:
        yield
    finally:
        watch.cancel()


async def _watch(request: Request, halt: Halt) -> None:
    """Wait until the client is gone: the body is read by now, nothing else comes.

    An engine that is only about to run does not hear of it: it is told until it stops.
    """
    while (await request.receive())["type"] != "http.disconnect":
        pass
    while True:
        halt.ask()
        await asyncio.sleep(TOLD_EVERY)


STOPPABLE = Depends(stoppable)
