"""One change of state: what is written, its audit rows and the jobs it needs, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from huiyin.core.clock import Clock, system_clock
from huiyin.core.text import Text
from huiyin.store.contracts import Actor, EditConflictError, NotFoundError
from huiyin.store.database import Database
from huiyin.store.jobs.queue import Order, enqueue, enqueue_all
from huiyin.store.tables import AuditRow, Revised, Table

Row = TypeVar("Row", bound=Table)


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """An open transaction with an actor. ``do_`` functions take it and never commit.

    Attributes
    ----------
    session : Session
    actor : Actor
    now : datetime
        The moment of the change, aware, in UTC; the same for all it writes.
    clock : Clock
        For what must be known after it has waited for a lock: `now` was before.
    """

    session: Session
    actor: Actor
    now: datetime
    clock: Clock

    def get(self, table: type[Row], key: Any, noun: Text) -> Row:
        """Give the row with this key.

        Raises
        ------
        NotFoundError
            There is none.
        """
        row = self.session.get(table, key)
        if row is None:
            raise NotFoundError(noun, str(key))
        return row

    def audit(
        self,
        action: str,
        noun: str,
        noun_id: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Write down who did what; secrets never go in."""
        self.session.add(
            AuditRow(
                at=self.now,
                actor_id=self.actor.staff_id,
                actor=self.actor.name,
                action=action,
                noun=noun,
                noun_id=noun_id,
                before=before,
                after=after,
                address=self.actor.address,
                request_id=self.actor.request_id,
            )
        )

    def enqueue(
        self,
        kind: str,
        payload: Mapping[str, Any],
        *,
        key: str | None = None,
        run_at: datetime | None = None,
        anew: bool = False,
    ) -> str:
        """Order a job, done only if this transaction commits; gives its id.

        With a `key` that an unfinished job already has, that job's id is given instead; with
        `anew` only if that one has not begun yet, since what has begun may miss this change.
        """
        order = Order(kind, payload, run_at or self.now, key, anew)
        return enqueue(self.session, order, now=self.now, created_by=self.actor.name)

    def enqueue_all(self, orders: Sequence[Order]) -> None:
        """Order several jobs at once, no two of one key; see `enqueue`."""
        enqueue_all(self.session, orders, now=self.now, created_by=self.actor.name)

    def guard(self, row: Revised, revision: int) -> None:
        """Refuse an edit that was made on an older state of the row.

        Raises
        ------
        EditConflictError
            Somebody changed the row since `revision`.
        """
        if row.revision != revision:
            raise EditConflictError(row.updated_by, row.updated_at)


@contextmanager
def unit_of_work(
    database: Database, actor: Actor, *, clock: Clock = system_clock
) -> Iterator[UnitOfWork]:
    """Open a transaction; it commits at the end of the block, or rolls back.

    Parameters
    ----------
    database : Database
    actor : Actor
    clock : Clock

    Yields
    ------
    UnitOfWork

    Raises
    ------
    EditConflictError
        Two edits of one row met.
    StoreError
        The database cannot be written.
    """
    with database.writing() as session:
        work = UnitOfWork(session, actor, clock(), clock)
        event.listen(session, "before_flush", _stamper(work))
        try:
            yield work
            session.flush()
        except StaleDataError as error:
            raise EditConflictError(None, work.now) from error


def _stamper(work: UnitOfWork) -> Any:
    def stamp(session: Session, *_: object) -> None:
        for row in session.new:
            if isinstance(row, Revised):
                row.created_at, row.created_by = work.now, work.actor.name
                row.updated_at, row.updated_by = work.now, work.actor.name
        for row in session.dirty:
            if isinstance(row, Revised) and session.is_modified(row):
                row.updated_at, row.updated_by = work.now, work.actor.name

    return stamp
