"""What requests read again and again, held as long as nothing in the store has changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final

from starlette.concurrency import run_in_threadpool

from huiyin.store.database import Database
from huiyin.web.turns import Turns

MOST_THINGS = 4000
MOST_BYTES = 64_000_000


class Missing:
    """Nothing is held."""


MISSING: Final = Missing()


class Memory:
    """Values of one web process, each made from the store as it stands.

    Any commit, by whatever process, empties it: who loses a right, is signed out or erased is
    so with the next request. A value must not depend on the time, and nobody may change it.

    Parameters
    ----------
    database : Database
    most : int
        Beyond so many, the one that was used longest ago is forgotten.
    most_bytes : int
        Likewise by what large ones are said to weigh.
    """

    def __init__(
        self, database: Database, most: int = MOST_THINGS, most_bytes: int = MOST_BYTES
    ) -> None:
        self._database = database
        self._most, self._most_bytes = most, most_bytes
        self._mark: Hashable | None = None
        self._held: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._n_bytes = 0
        self._turn = threading.Lock()
        self._turns = Turns()

    def recall(self, key: Hashable) -> Any:
        """Give what is held, or `MISSING`; on SQLite it takes microseconds."""
        return self._found(self._database.mark(), key)

    def held(
        self, key: Hashable, read: Callable[[], Any], weigh: Callable[[Any], int] | None = None
    ) -> Any:
        """Give what is held by a key; `read` makes it from the store where nothing is.

        What may be large is weighed, in bytes.

        Many who ask at the same moment have it read once. What is begun before a commit is
        nothing for those who come after it: they read anew. A `read` may ask for other keys, but
        never, at whatever remove, for its own.
        """
        found = self.recall(key)
        if found is not MISSING:
            return found
        with self._turns.of(key):
            mark = self._database.mark()  # before reading: a commit meanwhile makes it void
            found = self._found(mark, key)  # by whoever had the turn before
            if found is MISSING:
                found = read()
                self._keep(mark, key, found, weigh(found) if weigh else 0)
            return found

    async def soon(self, key: Hashable, read: Callable[[], Any]) -> Any:
        """Give what `held` gives: at once where it is held here, else by a thread."""
        if self._database.is_sqlite:
            found = self.recall(key)
            if found is not MISSING:
                return found
        return await run_in_threadpool(self.held, key, read)

    def _found(self, mark: Hashable | None, key: Hashable) -> Any:
        with self._turn:
            if mark is None or mark != self._mark:
                self._held.clear()
                self._mark, self._n_bytes = mark, 0
                return MISSING
            if key not in self._held:
                return MISSING
            self._held.move_to_end(key)
            return self._held[key][0]

    def _keep(self, mark: Hashable | None, key: Hashable, value: Any, weight: int) -> None:
        with self._turn:
            if mark is None or mark != self._mark:
                return
            self._n_bytes += weight - self._held.pop(key, (None, 0))[1]
            self._held[key] = value, weight
            while len(self._held) > self._most or self._n_bytes > self._most_bytes:
                self._n_bytes -= self._held.popitem(last=False)[1][1]
