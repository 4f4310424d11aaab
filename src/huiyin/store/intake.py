"""Writes that come one by one and many at once: those that meet share a commit.

Each process has one writer thread. It takes what waits, at most `MOST`, each in a savepoint, and
commits once; only then is anything acknowledged. A write that fails takes none of the others with
it, and a commit that fails is told to all of them.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError, SQLAlchemyError

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


@dataclass(frozen=True, slots=True)
class Together:
    """A write that is done in one statement with others of its kind that wait.

    Attributes
    ----------
    do_all : callable
        Gets the connection and the items of one commit; gives an outcome for each. Writes of one
        `do_all` are one kind. Where it fails, each is tried alone.
    item : object
    """

    do_all: Callable[[Connection, Sequence[Any]], Sequence[Any]]
    item: Any

    def __call__(self, connection: Connection) -> Any:
        """Do this one alone."""
        return self.do_all(connection, [self.item])[0]


@dataclass(slots=True)
class _Waiting:
    """A write that waits; `loop` is that of an `asyncio` future, None where a thread waits."""

    write: Write
    done: Future[Any] | asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop | None = None

    def tell(self, outcome: Any) -> None:
        """Tell what became of it, once; in the thread of its loop."""
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
            `RefusedWriteError` to take itself back. Those that are `Together` come first.

        Raises
        ------
        StoreError
            The server is stopping, or more wait than can be held.
        """
        done: Future[Result] = Future()
        self._order(_Waiting(write, done))
        return done

    async def kept(self, write: Callable[[Connection], Result]) -> Result:
        """Do a write and give what it gave, after the commit; as `keep`, for a coroutine.

        Raises
        ------
        StoreError
            The server is stopping, more wait than can be held, or it could not be stored.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Result] = loop.create_future()
        self._order(_Waiting(write, done, loop))
        return await done

    def _order(self, waiting: _Waiting) -> None:
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
                outcomes = _do(connection, [waiting.write for waiting in batch])
            _tell_all(batch, outcomes)
        except (HuiyinError, SQLAlchemyError) as fault:
            _tell_all(batch, [fault] * len(batch))
        finally:  # a fault of ours ends this thread; nobody is left waiting, the next write goes on
            _tell_all(batch, [StoreError(_BROKEN)] * len(batch))


def _tell_all(batch: Sequence[_Waiting], outcomes: Sequence[Any]) -> None:
    """Tell each what became of it: one call for all that wait in one loop."""
    loops: dict[asyncio.AbstractEventLoop, list[tuple[_Waiting, Any]]] = {}
    for waiting, outcome in zip(batch, outcomes, strict=True):
        if waiting.loop is None:
            waiting.tell(outcome)
        else:
            loops.setdefault(waiting.loop, []).append((waiting, outcome))
    for loop, told in loops.items():
        with suppress(RuntimeError):  # the loop is closed: nobody waits there
            loop.call_soon_threadsafe(_tell_each, told)


def _tell_each(told: Sequence[tuple[_Waiting, Any]]) -> None:
    for waiting, outcome in told:
        waiting.tell(outcome)


def _do(connection: Connection, writes: Sequence[Write]) -> list[Any]:
    done: dict[int, Any] = {}
    for do_all, items in _kinds(writes).items():
        outcomes = _one(connection, partial(do_all, items=list(items.values())))
        if not isinstance(outcomes, BaseException):
            done |= zip(items, outcomes, strict=True)
    return [
        done[place] if place in done else _one(connection, write)
        for place, write in enumerate(writes)
    ]


def _kinds(writes: Sequence[Write]) -> dict[Any, dict[int, Any]]:
    """Give, for each kind of which there are several, the items by their place."""
    kinds: dict[Any, dict[int, Any]] = {}
    for place, write in enumerate(writes):
        if isinstance(write, Together):
            kinds.setdefault(write.do_all, {})[place] = write.item
    return {do_all: items for do_all, items in kinds.items() if len(items) > 1}


def _one(connection: Connection, write: Write) -> Any:
    try:
        with connection.begin_nested():
            return write(connection)
    except OperationalError:  # a full disk, a lost connection: nothing of this commit can be kept
        raise
    except (HuiyinError, SQLAlchemyError, RefusedWriteError) as fault:
        if connection.invalidated or connection.closed:
            raise
        return fault
