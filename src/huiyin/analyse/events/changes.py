"""Events in the store: added, changed, removed, listed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from huiyin.analyse.events.shapes import EventError, EventFields
from huiyin.core.text import Text
from huiyin.store.tables import Dataset, Event
from huiyin.store.unit_of_work import UnitOfWork

NOUN = Text("事件", "event")
DATASET = Text("数据集", "dataset")
LONGEST_TITLE = 200
LONGEST_NOTE = 2_000
LONGEST_DAYS = 3_660
MOST_EVENTS = 20_000
"""All events of an installation; more than a calendar of people's holds."""
_CONTROL = frozenset({"Cc", "Cs"})


def do_add_events(work: UnitOfWork, events: Sequence[EventFields], source: str) -> list[Event]:
    """Keep new events; those that stand there already, word for word, are not kept twice.

    Parameters
    ----------
    work : UnitOfWork
    events : sequence of EventFields
    source : str
        ``hand``, ``file`` or ``api``.

    Returns
    -------
    list of Event
        The new ones.

    Raises
    ------
    EventError
        A title is empty or too long, or the days do not fit.
    NotFoundError
        There is no such dataset.
    """
    there = {_key(row) for row in work.session.scalars(select(Event))}
    if len(there) + len(events) > MOST_EVENTS:
        raise EventError(
            Text("事件最多 {n} 条，请先删去旧的", "At most {n} events are kept: remove old ones")
            .format(n=MOST_EVENTS)
        )  # fmt: skip
    made = []
    for one in events:
        row = Event(**_columns(work, one), source=source)
        if _key(row) not in there:
            there.add(_key(row))
            made.append(row)
    work.session.add_all(made)
    work.session.flush()
    for row in made:
        work.audit("add", "event", row.id, after=_facts(row))
    return made


def do_change_event(work: UnitOfWork, event_id: str, revision: int, fields: EventFields) -> Event:
    """Change an event that is still at `revision`.

    Raises
    ------
    EditConflictError
        Somebody changed it since.
    EventError, NotFoundError
        As for adding.
    """
    row = work.get(Event, event_id, NOUN)
    work.guard(row, revision)
    before = _facts(row)
    for name, value in _columns(work, fields).items():
        setattr(row, name, value)
    if not work.session.is_modified(row):
        return row
    work.session.flush()
    work.audit("change", "event", row.id, before=before, after=_facts(row))
    return row


def do_remove_event(work: UnitOfWork, event_id: str, revision: int) -> None:
    """Remove an event that is still at `revision`; the audit log keeps what it was.

    Raises
    ------
    EditConflictError
        Somebody changed it since.
    """
    row = work.get(Event, event_id, NOUN)
    work.guard(row, revision)
    work.audit("remove", "event", row.id, before=_facts(row))
    work.session.delete(row)
    work.session.flush()


def events_between(
    session: Session,
    since: date | None = None,
    until: date | None = None,
    *,
    dataset_id: str | None = None,
    kind: str | None = None,
) -> tuple[Event, ...]:
    """List events that touch a window, newest first; of a dataset: its own and those of all."""
    wanted = select(Event).order_by(Event.since.desc(), Event.id)
    if since is not None:
        wanted = wanted.where(Event.until >= since)
    if until is not None:
        wanted = wanted.where(Event.since <= until)
    if dataset_id is not None:
        wanted = wanted.where(or_(Event.dataset_id == dataset_id, Event.dataset_id.is_(None)))
    if kind is not None:
        wanted = wanted.where(Event.kind == kind)
    return tuple(session.scalars(wanted))


def _columns(work: UnitOfWork, fields: EventFields) -> dict[str, Any]:
    if fields.until < fields.since:
        raise EventError(Text("截止日早于起始日", "The last day lies before the first"))
    if (fields.until - fields.since).days >= LONGEST_DAYS:
        raise EventError(Text("一个事件最多十年", "An event lasts ten years at most"))
    if fields.dataset_id is not None:
        work.get(Dataset, fields.dataset_id, DATASET)
    column, value = Text("范围的列名", "the scope's column"), Text("范围的取值", "its value")
    return {
        "kind": fields.kind.value,
        "title": _checked(fields.title, Text("名称", "the title"), LONGEST_TITLE),
        "note": _checked(fields.note, Text("说明", "the note"), LONGEST_NOTE, empty=True),
        "since": fields.since,
        "until": fields.until,
        "dataset_id": fields.dataset_id,
        "where": {
            _checked(k, column, LONGEST_TITLE): _checked(v, value, LONGEST_TITLE)
            for k, v in fields.where.items()
        },
    }


def _checked(words: str, what: Text, longest: int, *, empty: bool = False) -> str:
    kept = words.strip()
    if not kept and not empty:
        raise EventError(Text("{what}不能空着", "{what} must not be empty").format(what=what))
    if len(kept) > longest:
        raise EventError(
            Text("{what}太长，最多 {n} 字", "{what} is too long: {n} characters at most")
            .format(what=what, n=longest)
        )  # fmt: skip
    if any(unicodedata.category(c) in _CONTROL and c not in "\n\t" for c in kept):
        raise EventError(
            Text("{what}里有看不见的控制字符，请删去",
                 "{what} holds control characters, remove them").format(what=what)
        )  # fmt: skip
    return kept


def _key(row: Event) -> tuple[Any, ...]:
    scope: Mapping[str, str] = row.where
    return row.kind, row.title, row.since, row.until, row.dataset_id, tuple(sorted(scope.items()))


def _facts(row: Event) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "title": row.title,
        "note": row.note,
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
        "dataset_id": row.dataset_id,
        "where": dict(row.where),
        "source": row.source,
    }
