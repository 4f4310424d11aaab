"""What the worker looks for every second: answers that wait, mailings that are due.

A look that fails is written down, and looked again: the thread that looks never ends by a fault.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

import structlog

from huiyin.app.work.sending import order_sends
from huiyin.app.work.taking_in import take_in_answers

if TYPE_CHECKING:
    from huiyin.store.jobs.worker import Worker
    from huiyin.web.system import System

log = structlog.get_logger()
LOOKS: tuple[Callable[[System], int], ...] = (take_in_answers, order_sends)


def look(system: System, pool: ThreadPoolExecutor) -> int:
    """Look once for everything; gives how much was ordered. One failed look stops no other."""
    ordered = 0
    for one in LOOKS:
        done = pool.submit(one, system)
        fault = done.exception()
        if fault is None:
            ordered += done.result()
        else:
            log.error("look_failed", look=one.__name__, exc_info=fault)
    return ordered


def keep_looking(system: System, over: Event, seconds: float, worker: Worker | None = None) -> None:
    """Look again and again until it is over, each time so many seconds after the last began.

    While it looks no job of `worker` begins that would compete, and where something was found the
    jobs that nobody waits for take turns with it.
    """
    turn = worker.turn if worker else nullcontext()
    wait = seconds
    with ThreadPoolExecutor(1, "look") as pool:
        while not over.wait(wait):
            began = monotonic()
            with turn:
                found = look(system, pool)
            took = monotonic() - began
            if found and worker:
                worker.press(took)
            wait = max(seconds - took, seconds / 4)
