"""Where new rows of a dataset come from by themselves; and once, from a database."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from huiyin.collect.datasets.changes import do_create_dataset
from huiyin.collect.datasets.contracts import ImportMode
from huiyin.collect.datasets.reading import fetch_dataset
from huiyin.collect.refreshes.changes import (
    MODE,
    RefreshFields,
    do_add_refresh,
    do_change_refresh,
    do_order_refresh,
    do_remove_refresh,
    do_start_sql_import,
    fetch_allowed,
    fetch_refresh,
    fetch_refreshes,
)
from huiyin.collect.refreshes.kinds import all_kinds, kind_of
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import Refresh, Schedule
from huiyin.store.unit_of_work import UnitOfWork
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import SAYING_SOMETHING, Body
from huiyin.web.lists import listed
from huiyin.web.routers.uploads import import_json

router = APIRouter(prefix="/api/v1", tags=["refreshes"])
Importer = Annotated[Person, Depends(allow(Right.IMPORT_DATA))]
_LONGEST_QUERY = 50_000


class SourceBody(Body):
    """Where rows come from; which fields count depends on the kind."""

    folder: str | None = Field(None, max_length=1000)
    pattern: str | None = Field(None, max_length=200)
    url: str | None = Field(None, max_length=4000)
    query: str | None = Field(None, max_length=_LONGEST_QUERY)
    authorization: str | None = Field(None, max_length=4000)


class ScheduleBody(Body):
    """When: cron words, or a time of every day; neither means only when somebody asks."""

    cron: str | None = Field(None, max_length=100)
    daily_at: str | None = Field(None, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    zone: str = Field("Asia/Shanghai", max_length=60)
    enabled: bool = True

    def words(self) -> str | None:
        """Give it as cron words."""
        if self.daily_at is None:
            return self.cron or None
        hour, minute = self.daily_at.split(":")
        return f"{int(minute)} {int(hour)} * * *"


class RefreshBody(Body):
    """A refresh as a person says it."""

    kind: str = Field(max_length=20)
    source: SourceBody
    schedule: ScheduleBody | None = None
    mode: ImportMode = ImportMode.UPDATE

    def fields(self) -> RefreshFields:
        """Give it as the change takes it."""
        given, when = self.source.model_dump(), self.schedule
        if when is None:
            return RefreshFields(self.kind, given, None, "UTC", mode=self.mode)
        return RefreshFields(self.kind, given, when.words(), when.zone, when.enabled, self.mode)


class ChangedRefreshBody(RefreshBody):
    """A changed refresh; secrets that are not given again stay."""

    revision: int


class SqlImportBody(Body):
    """Rows of one SELECT, for a new dataset or one that is there."""

    url: str = Field(max_length=4000)
    query: str = Field(max_length=_LONGEST_QUERY)
    dataset_id: str | None = None
    name: Annotated[str, SAYING_SOMETHING, Field(max_length=120)] | None = None
    zone: str = "Asia/Shanghai"
    load: bool = False


@router.get("/refresh-sources")
def get_sources(system: TheSystem, _: Importer) -> dict[str, Any]:
    """Tell which kinds of source there are and what an administrator allowed."""
    with system.database.reading() as session:
        allowed = fetch_allowed(session, system.folders)
    return {
        "kinds": [{"id": kind.id, "title": dict(kind.title)} for kind in all_kinds().values()],
        "folders": [str(folder) for folder in allowed.folders],
        "hosts": list(allowed.hosts),
        "private": allowed.private,
    }


@router.get("/datasets/{dataset_id}/refreshes")
def get_refreshes(dataset_id: str, system: TheSystem, _: Importer) -> dict[str, Any]:
    """List the refreshes of a dataset, with the last good time and the last fault."""
    with system.database.reading() as session:
        fetch_dataset(session, dataset_id)
        rows = fetch_refreshes(session, dataset_id)
        items = [_refresh_json(row, _schedule(session, row)) for row in rows]
    return listed(items)


@router.post("/datasets/{dataset_id}/refreshes")
def post_refresh(
    dataset_id: str, body: RefreshBody, request: Request, system: TheSystem, person: Importer
) -> dict[str, Any]:
    """Say where new rows come from, and when."""
    with changing(request, person) as uow:
        allowed = fetch_allowed(uow.session, system.folders)
        made = do_add_refresh(uow, system.key, allowed, dataset_id, body.fields())
        return _written(uow, made)


@router.put("/datasets/{dataset_id}/refreshes/{refresh_id}")
def put_refresh(
    dataset_id: str,
    refresh_id: str,
    body: ChangedRefreshBody,
    request: Request,
    system: TheSystem,
    person: Importer,
) -> dict[str, Any]:
    """Change a refresh."""
    with changing(request, person) as uow:
        allowed = fetch_allowed(uow.session, system.folders)
        known = fetch_refresh(uow.session, dataset_id, refresh_id)
        do_change_refresh(uow, system.key, allowed, known, body.revision, body.fields())
        return _written(uow, known)


@router.delete("/datasets/{dataset_id}/refreshes/{refresh_id}")
def delete_refresh(
    dataset_id: str, refresh_id: str, request: Request, person: Importer
) -> dict[str, Any]:
    """Stop a refresh; rows that came stay."""
    with changing(request, person) as uow:
        do_remove_refresh(uow, fetch_refresh(uow.session, dataset_id, refresh_id))
    return {"id": refresh_id}


@router.post("/datasets/{dataset_id}/refreshes/{refresh_id}/run")
def post_run(
    dataset_id: str, refresh_id: str, request: Request, person: Importer
) -> dict[str, Any]:
    """Fetch now."""
    with changing(request, person) as uow:
        return {"job_id": do_order_refresh(uow, fetch_refresh(uow.session, dataset_id, refresh_id))}


@router.post("/datasets/from-sql")
def post_from_sql(
    body: SqlImportBody, request: Request, system: TheSystem, person: Importer
) -> dict[str, Any]:
    """Import the rows of one SELECT, once."""
    with changing(request, person) as uow:
        allowed = fetch_allowed(uow.session, system.folders)
        given = kind_of("sql").checked(body.model_dump(include={"url", "query"}), allowed)
        dataset_id = body.dataset_id
        if dataset_id is None:
            name = body.name or str(given.shown["url"]).rpartition("/")[2]
            dataset_id = do_create_dataset(uow, name, zone=body.zone).id
        made = do_start_sql_import(uow, system.key, dataset_id, given, load=body.load)
        return {"id": dataset_id, "import": import_json(made, None)}


def _written(uow: UnitOfWork, refresh: Refresh) -> dict[str, Any]:
    uow.session.flush()
    return _refresh_json(refresh, _schedule(uow.session, refresh))


def _schedule(session: Any, refresh: Refresh) -> Schedule | None:
    found: Schedule | None = (
        session.get(Schedule, refresh.schedule_id) if refresh.schedule_id else None
    )
    return found


def _refresh_json(refresh: Refresh, schedule: Schedule | None) -> dict[str, Any]:
    return {
        "id": refresh.id,
        "dataset_id": refresh.dataset_id,
        "kind": refresh.kind,
        "source": {name: value for name, value in refresh.options.items() if name != MODE},
        "mode": refresh.options[MODE],
        "schedule": schedule
        and {
            "cron": schedule.cron,
            "zone": schedule.zone,
            "enabled": schedule.enabled,
            "next_run_at": schedule.next_run_at,
        },
        "last_good_at": refresh.last_good_at,
        "last_tried_at": refresh.last_tried_at,
        "last_error": refresh.last_error,
        "revision": refresh.revision,
        "created_at": refresh.created_at,
        "created_by": refresh.created_by,
    }
