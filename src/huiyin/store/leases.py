"""One holder at a time, across processes: the right to write a table of the lake."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from huiyin.core.clock import Clock, system_clock
from huiyin.core.ids import new_id
from huiyin.store.contracts import LeaseTakenError
from huiyin.store.database import Database
from huiyin.store.tables.operations import Lease

LEASE_SECONDS = 30.0
_OVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Leases:
    """Leases kept as rows of the store.

    Parameters
    ----------
    database : Database
    clock : Clock
    """

    database: Database
    clock: Clock = system_clock
    _holder: str = field(default_factory=new_id)

    @contextmanager
    def held(self, name: str) -> Iterator[int]:
        """Hold `name` during the block; gives the fence, a number that grows with each holder.

        Raises
        ------
        LeaseTakenError
            Another holder has it and is alive.
        """
        holder = f"{self._holder}-{new_id()}"
        fence = self._take(name, holder)
        over = threading.Event()
        thread = threading.Thread(target=self._beat, args=(name, holder, over), daemon=True)
        thread.start()
        try:
            yield fence
        finally:
            over.set()
            thread.join()
            self._drop(name, holder)

    def _take(self, name: str, holder: str) -> int:
        now = self.clock()
        until = now + timedelta(seconds=LEASE_SECONDS)
        with self.database.writing() as session:
            row = session.get(Lease, name, with_for_update=True)
            if row is None:
                row = Lease(name=name, holder=holder, until=until, fence=1)
                session.add(row)
            elif row.until >= now and row.holder != holder:
                raise LeaseTakenError(name)
            else:
                row.holder, row.until, row.fence = holder, until, row.fence + 1
            return row.fence

    def _beat(self, name: str, holder: str, over: threading.Event) -> None:
        while not over.wait(LEASE_SECONDS / 4):
            with self.database.writing() as session:
                row = session.get(Lease, name, with_for_update=True)
                if row is None or row.holder != holder:
                    return
                row.until = self.clock() + timedelta(seconds=LEASE_SECONDS)

    def _drop(self, name: str, holder: str) -> None:
        with self.database.writing() as session:
            row = session.get(Lease, name, with_for_update=True)
            if row is not None and row.holder == holder:
                row.until = _OVER
