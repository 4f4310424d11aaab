"""When a person was last here: the day from which on something is new to them."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from huiyin.store.tables import Visit
from huiyin.store.unit_of_work import UnitOfWork


def last_visit(session: Session, staff_id: str, today: date) -> date | None:
    """Give the day of the visit before today's; None: they have not been here before."""
    found = session.get(Visit, staff_id)
    if found is None:
        return None
    return found.latest if found.latest < today else found.previous


def do_note_visit(work: UnitOfWork, staff_id: str, today: date) -> bool:
    """Note that a person is here today; gives whether that is news."""
    found = work.session.get(Visit, staff_id)
    if found is None:
        work.session.add(Visit(staff_id=staff_id, latest=today, previous=None))
        return True
    if found.latest >= today:
        return False
    found.latest, found.previous = today, found.latest
    return True
