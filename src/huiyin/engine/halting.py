"""A question that nobody waits for any more is stopped, wherever it is being reckoned."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from huiyin.engine.faults import cancelled


class Halt:
    """Whether a question is to stop, and the runs of engines that work for it.

    `ask` may be called from any thread; what runs is interrupted, and nothing more begins.
    """

    def __init__(self) -> None:
        self._asked = False
        self._runs: list[Callable[[], None]] = []
        self._turn = threading.Lock()

    def ask(self) -> None:
        """Stop the question."""
        with self._turn:
            self._asked = True
            for stop in self._runs:
                stop()

    def check(self) -> None:
        """Go on unless the question is to stop.

        Raises
        ------
        EngineError
            It is.
        """
        if self._asked:
            raise cancelled()

    @contextmanager
    def over(self, stop: Callable[[], None]) -> Iterator[None]:
        """Call `stop` if the question is stopped during the block.

        Raises
        ------
        EngineError
            It was stopped before.
        """
        with self._turn:
            self.check()
            self._runs.append(stop)
        try:
            yield
        finally:
            with self._turn:
                self._runs.remove(stop)


_HALT: ContextVar[Halt | None] = ContextVar("halt", default=None)


def halt_by(halt: Halt) -> None:
    """Let what is asked from here on, in this context, be stopped by `halt`."""
    _HALT.set(halt)


def check_halt() -> None:
    """Go on unless the question of this context is to stop.

    Raises
    ------
    EngineError
        It is.
    """
    halt = _HALT.get()
    if halt is not None:
        halt.check()


@contextmanager
def halting(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` if the question of this context is stopped during the block.

    Raises
    ------
    EngineError
        It was stopped before.
    """
    halt = _HALT.get()
    if halt is None:
        yield
        return
    with halt.over(stop):
        yield
