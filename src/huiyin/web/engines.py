"""A few engines that stay warm: opening one for each question would cost more than most answers."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from huiyin.core.text import Text
from huiyin.engine.contracts import EngineError, Limits

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine

MOST_USES = 200
"""After so many questions an engine is made anew: it remembers every table it was shown."""
_BUSY = Text(
    "现在提问的人太多，请稍后再试。", "Too many questions are under way: try again in a moment."
)


@dataclass(slots=True)
class _Kept:
    engine: Engine
    uses: int = 0


@dataclass(slots=True)
class EnginePool:
    """Engines of one web process.

    Parameters
    ----------
    limits : Limits
        Of each engine; `seconds` bounds each run.
    size : int
    wait_seconds : float
        How long a question waits for a free engine.
    """

    limits: Limits
    size: int = 2
    wait_seconds: float = 30.0
    _free: queue.LifoQueue[_Kept | None] = field(init=False)

    def __post_init__(self) -> None:
        self._free = queue.LifoQueue()
        for _ in range(self.size):
            self._free.put(None)

    @contextmanager
    def lent(self) -> Iterator[Engine]:
        """Lend an engine for one question.

        Raises
        ------
        EngineError
            None became free in time.
        """
        try:
            kept = self._free.get(timeout=self.wait_seconds)
        except queue.Empty:
            raise EngineError(_BUSY) from None
        try:
            if kept is None:
                kept = _Kept(self._open())
            kept.uses += 1
            yield kept.engine
        finally:
            if kept is not None and kept.uses >= MOST_USES:
                kept.engine.close()
                kept = None
            self._free.put(kept)

    def _open(self) -> Engine:
        from huiyin.engine.duck import Engine

        return Engine(self.limits)

    def close(self) -> None:
        """Close the engines that are free."""
        while not self._free.empty():
            kept = self._free.get_nowait()
            if kept is not None:
                kept.engine.close()
