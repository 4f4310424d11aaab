"""One holder at a time, across processes: the right to write a table of the lake."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

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
        with self.held_some([name]) as fences:
            if name not in fences:
                raise LeaseTakenError(name)
            yield fences[name]

    @contextmanager
    def held_some(self, names: Iterable[str]) -> Iterator[Mapping[str, int]]:
        """Hold those of `names` that nobody else holds, during the block; gives their fences."""
        holder = f"{self._holder}-{new_id()}"
        fences = self._take(sorted(names), holder)
        over = threading.Event()
        thread = threading.Thread(target=self._beat, args=(fences, holder, over), daemon=True)
        thread.start()
        try:
            yield fences
        finally:
            over.set()
            thread.join()
            self._drop(fences, holder)

    def _take(self, names: Sequence[str], holder: str) -> dict[str, int]:
        now = self.clock()
        until = now + timedelta(seconds=LEASE_SECONDS)
        fences: dict[str, int] = {}
        with self.database.writing() as session:
            asked = select(Lease).where(Lease.name.in_(names)).order_by(Lease.name)
            known = {row.name: row for row in session.scalars(asked.with_for_update())}
            for name in names:
                row = known.get(name)
                if row is None:
                    row = Lease(name=name, holder=holder, until=until, fence=1)
                    session.add(row)
                elif row.until >= now and row.holder != holder:
                    continue
                else:
                    row.holder, row.until, row.fence = holder, until, row.fence + 1
                fences[name] = row.fence
        return fences

    def _beat(self, names: Collection[str], holder: str, over: threading.Event) -> None:
        while not over.wait(LEASE_SECONDS / 4):
            with self.database.writing() as session:
                until = self.clock() + timedelta(seconds=LEASE_SECONDS)
                for row in self._own(session, names, holder):
                    row.until = until

    def _drop(self, names: Collection[str], holder: str) -> None:
        with self.database.writing() as session:
            for row in self._own(session, names, holder):
                row.until = _OVER

    @staticmethod
    def _own(session: Session, names: Collection[str], holder: str) -> Sequence[Lease]:
        own = select(Lease).where(Lease.name.in_(names), Lease.holder == holder)
        return session.scalars(own.order_by(Lease.name).with_for_update()).all()
