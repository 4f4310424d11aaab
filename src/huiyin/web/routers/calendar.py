"""The event calendar: what happened when, by hand, from a file, by API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response, UploadFile
from pydantic import Field

from huiyin.analyse.events.changes import (
    do_add_events,
    do_change_event,
    do_remove_event,
    events_between,
)
from huiyin.analyse.events.coincidence import MOST_EVENTS, Days, coincidences
from huiyin.analyse.events.file import read_events
from huiyin.analyse.events.shapes import KIND_TEXT, Coincidence, EventFields, EventKind
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import Event
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import Body
from huiyin.web.corridors import TwofoldCorridor, open_view
from huiyin.web.events_seen import events_of
from huiyin.web.lists import Format, listed, listed_as
from huiyin.web.told import told

router = APIRouter(prefix="/api/v1", tags=["calendar"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Editor = Annotated[Person, Depends(allow(Right.EDIT_CALENDAR))]


class EventBody(Body):
    """An event: `where` is column → value, empty for everybody; without `until` it lasts a day."""

    kind: EventKind
    title: str
    note: str = ""
    since: date
    until: date | None = None
    dataset_id: str | None = None
    where: dict[str, str] = Field(default_factory=dict, max_length=20)

    def fields(self) -> EventFields:
        """Give it as the stage takes it."""
        return EventFields(
            kind=self.kind,
            title=self.title,
            since=self.since,
            until=self.until or self.since,
            note=self.note,
            dataset_id=self.dataset_id,
            where=self.where,
        )


class EventChange(EventBody):
    """A changed event."""

    revision: int


@router.get("/calendar", response_model=None)
def get_events(
    system: TheSystem,
    _: Reader,
    since: date | None = None,
    until: date | None = None,
    dataset_id: str | None = None,
    kind: EventKind | None = None,
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> dict[str, Any] | Response:
    """List events that touch a window; of a dataset: its own and those of all."""
    with system.database.reading() as session:
        found = events_between(session, since, until, dataset_id=dataset_id, kind=kind)
        items = [event_item(row) for row in found]
    return listed_as(format, items, "calendar")


@router.post("/calendar", status_code=201)
def post_event(body: EventBody, request: Request, person: Editor) -> dict[str, Any]:
    """Add an event; one that stands there already, word for word, is not kept twice."""
    source = "api" if person.token_id else "hand"
    with changing(request, person) as uow:
        made = do_add_events(uow, [body.fields()], source)
        return event_item(made[0]) | {"added": True} if made else {"added": False}


@router.post("/calendar/file", status_code=201)
def post_file(
    file: UploadFile,
    request: Request,
    person: Editor,
    dataset_id: Annotated[str | None, Form()] = None,
) -> dict[str, int]:
    """Add the events of a CSV file: all of them, or none and a sentence that names the line."""
    read = read_events(file.file.read(), dataset_id)
    with changing(request, person) as uow:
        added = len(do_add_events(uow, read, "file"))
    return {"added": added, "already": len(read) - added}


@router.put("/calendar/{event_id}")
def put_event(event_id: str, body: EventChange, request: Request, person: Editor) -> dict[str, Any]:
    """Change an event; refused where somebody has changed it since."""
    with changing(request, person) as uow:
        return event_item(do_change_event(uow, event_id, body.revision, body.fields()))


@router.delete("/calendar/{event_id}")
def delete_event(event_id: str, revision: int, request: Request, person: Editor) -> dict[str, bool]:
    """Remove an event."""
    with changing(request, person) as uow:
        do_remove_event(uow, event_id, revision)
    return {"removed": True}


@router.get("/datasets/{dataset_id}/events")
def get_events_of_dataset(
    dataset_id: str,
    system: TheSystem,
    person: Reader,
    since: date | None = None,
    until: date | None = None,
) -> dict[str, Any]:
    """List the events that a chart of a dataset marks, oldest first: none about others' rows."""
    with system.database.reading() as session:
        view = open_view(session, system, person, dataset_id)
        rows = events_of(session, view, since, until)
        return listed([event_item(row) for row in reversed(rows)])


@router.get("/datasets/{dataset_id}/calendar")
def get_coincidences(
    dataset_id: str,
    system: TheSystem,
    person: Reader,
    since: date | None = None,
    until: date | None = None,
    kind: EventKind | None = None,
    rating: str | None = None,
) -> dict[str, Any]:
    """List the events of a dataset, and whether low scores coincide with each.

    Parameters are a window, a kind, and the rating whose low answers are counted (the overall
    one by default). More than 100 events: the newest are looked at.
    """
    with system.database.reading() as session:
        view = open_view(session, system, person, dataset_id)
        rows = events_of(session, view, since, until, kind)
        items = [event_item(row) for row in rows[:MOST_EVENTS]]
        days = [_days(row) for row in rows[:MOST_EVENTS]]
    if not days:
        return listed([])
    key = view.key(
        "coincidences", rating, [(d.id, d.title, d.since, d.until, dict(d.where)) for d in days]
    )
    found = told(system, person, view, key, lambda own: _found(own, days, rating), chosen=False)
    both = [item | {"coincidence": one} for item, one in zip(items, found, strict=True)]
    return listed(both, total=len(rows))


def _found(corridor: TwofoldCorridor, days: list[Days], rating: str | None) -> list[dict[str, Any]]:
    return [_coincidence(one) for one in coincidences(corridor, days, rating)]


def _coincidence(one: Coincidence) -> dict[str, Any]:
    return {
        "cell": one.cell.to_json() if one.cell else None,
        "q": one.q,
        "call": one.call.value if one.call else None,
        "sentence": dict(one.sentence),
    }


def _days(row: Event) -> Days:
    return Days(row.id, row.title, row.since, row.until, dict(row.where))


def event_item(row: Event) -> dict[str, Any]:
    """Give an event as lists show it."""
    return {
        "id": row.id,
        "kind": row.kind,
        "kind_words": dict(KIND_TEXT[EventKind(row.kind)]),
        "title": row.title,
        "note": row.note,
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
        "dataset_id": row.dataset_id,
        "where": dict(row.where),
        "source": row.source,
        "revision": row.revision,
        "updated_by": row.updated_by,
        "updated_at": row.updated_at.isoformat(),
    }
