"""The events of a dataset that a person's charts mark: none about others' rows."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from huiyin.analyse.contracts import Happened
from huiyin.analyse.events.changes import events_between
from huiyin.analyse.events.shapes import EventKind
from huiyin.store.tables import Event
from huiyin.web.corridors import NOBODY, View, open_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from huiyin.people.contracts import Person
    from huiyin.web.system import System

_LONGEST_PERIOD = timedelta(days=366)


def events_of(
    session: Session,
    view: View,
    since: date | None,
    until: date | None,
    kind: EventKind | None = None,
) -> list[Event]:
    """Give the events of a dataset, newest first, but those of rows that the viewer's are not."""
    dataset_id, rows = view.version.dataset_id, view.scores.rows
    if NOBODY in rows:
        return []
    held = {one.column: one.values for one in rows}
    found = events_between(session, since, until, dataset_id=dataset_id, kind=kind)
    return [
        one
        for one in found
        if all(value in held.get(column, (value,)) for column, value in one.where.items())
    ]


def happened_along(
    system: System, person: Person, dataset_id: str, days: Sequence[date]
) -> tuple[Happened, ...]:
    """Give what happened along a chart whose periods begin on `days`, oldest first."""
    steps = [after - before for before, after in pairwise(days)]
    last = max(steps, default=timedelta(days=31))
    until = days[-1] + min(last, _LONGEST_PERIOD) - timedelta(days=1)
    with system.database.reading() as session:
        rows = events_of(session, open_view(session, system, person, dataset_id), days[0], until)
        return _happened(rows)


async def events_for(system: System, view: View) -> tuple[Happened, ...]:
    """Give all events that the charts of a view may mark, oldest first."""

    def read() -> tuple[Happened, ...]:
        with system.database.reading() as session:
            return _happened(events_of(session, view, None, None))

    key = ("events", view.version.dataset_id, view.scores.rows)
    found: tuple[Happened, ...] = await system.remembered.soon(key, read)
    return found


def _happened(newest_first: Sequence[Event]) -> tuple[Happened, ...]:
    return tuple(Happened(one.title, one.since, one.until) for one in reversed(newest_first))
