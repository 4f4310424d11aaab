"""What a person keeps for themselves or shares: views and boards are seen by the same rule."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from huiyin.core.text import Text
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import Board, SavedView

Owned = TypeVar("Owned", Board, SavedView)


def seen_by(table: type[Owned], staff_id: str) -> ColumnElement[bool]:
    """Give the condition for rows that a person sees: their own and the shared ones."""
    return or_(table.owner_id == staff_id, table.shared.is_(True))


def all_seen(session: Session, table: type[Owned], staff_id: str) -> tuple[Owned, ...]:
    """List what a person sees, last changed first."""
    wanted = select(table).where(seen_by(table, staff_id))
    return tuple(session.scalars(wanted.order_by(table.updated_at.desc(), table.id)))


def one_seen(session: Session, table: type[Owned], kind: Text, row_id: str, staff_id: str) -> Owned:
    """Give one row that a person sees.

    Raises
    ------
    NotFoundError
        There is none, or it is somebody else's and not shared.
    """
    row = session.get(table, row_id)
    if row is None or not (row.shared or row.owner_id == staff_id):
        raise NotFoundError(kind, row_id)
    return row
