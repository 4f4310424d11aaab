"""Writes that come one by one and many at once: those that meet share a commit.

Each process has one writer thread. It takes what waits, at most `MOST`, each in a savepoint, and
commits once; only then is anything acknowledged. A write that fails takes none of the others with
it, and a commit that fails is told to all of them.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from huiyin.core.errors import HuiyinError
from huiyin.core.text import Text
from huiyin.store.contracts import StoreError
from huiyin.store.database import Database

MOST = 256
MOST_WAITING = 10_000
_CLOSED = Text("服务正在停止，请稍后再提交。", "The server is stopping: send it again in a moment.")
_FULL = Text("现在提交的人太多，请稍后再试。", "Too many at once: please try again in a moment.")
_BROKEN = Text("没有存下来，请再提交一次。", "It was not stored: please send it again.")
Result = TypeVar("Result")
Write = Callable[[Connection], Any]


class RefusedWriteError(Exception):
    """A write that took itself back: nothing of it is kept, the others of its commit are."""


@dataclass(slots=True)
class _Waiting:
    write: Write
    done: Future[Any] = field(default_factory=Future)

    def tell(self, outcome: Any) -> None:
        """Tell what became of it, once."""
        if self.done.done():
            return
        if isinstance(outcome, BaseException):
            self.done.set_exception(outcome)
        else:
            self.done.set_result(outcome)


class Intake:
    """The one writer of a process for answers that must not be lost.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self._waiting: deque[_Waiting] = deque()
        self._some = threading.Condition()
        self._open = True
        self._thread: threading.Thread | None = None

    def keep(self, write: Callable[[Connection], Result]) -> Future[Result]:
        """Order a write; the future is done after the commit, with what `write` gave.

        Parameters
        ----------
        write : callable
                Gets the connection; runs in the writer's thread, in a savepoint; raises
            `RefusedWriteError` to take itself back.

        Raises
        ------
        StoreError
            The server is stopping, or more wait than can be held.
        """
        waiting = _Waiting(write)
        with self._some:
            if not self._open:
                raise StoreError(_CLOSED)
            if len(self._waiting) >= MOST_WAITING:
                raise StoreError(_FULL)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="intake", daemon=True)
                self._thread.start()
            self._waiting.append(waiting)
            self._some.notify()
        return waiting.done

    def close(self) -> None:
        """Finish what waits, and take nothing more."""
        with self._some:
            self._open = False
            self._some.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            with self._some:
                while not self._waiting and self._open:
                    self._some.wait()
                if not self._waiting:
                    return
                batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            self._keep_all(batch)

    def _keep_all(self, batch: list[_Waiting]) -> None:
        try:
            with self.database.writing() as session:
                connection = session.connection()
                outcomes = [_one(connection, waiting.write) for waiting in batch]
            for waiting, outcome in zip(batch, outcomes, strict=True):
                waiting.tell(outcome)
        except (HuiyinError, SQLAlchemyError) as fault:
            for waiting in batch:
                waiting.tell(fault)
        finally:  # a fault of ours ends this thread; nobody is left waiting, the next write goes on
            for waiting in batch:
                waiting.tell(StoreError(_BROKEN))


def _one(connection: Connection, write: Write) -> Any:
    try:
        with connection.begin_nested():
            return write(connection)
    except (HuiyinError, SQLAlchemyError, RefusedWriteError) as fault:
        if connection.invalidated or connection.closed:
            raise
        return fault
