"""Changes to refreshes: each writes its audit row, its schedule and the job it needs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from huiyin.collect.datasets.contracts import DATASET, ImportMode, ImportOptions, ImportStatus
from huiyin.collect.refreshes.contracts import (
    FETCH_JOB,
    FETCHED,
    REFRESH,
    REFRESH_JOB,
    Allowed,
    BadSourceError,
    Given,
)
from huiyin.collect.refreshes.hosts import read_host
from huiyin.collect.refreshes.kinds import kind_of
from huiyin.core.text import Text
from huiyin.people.sealing import seal, unseal
from huiyin.people.settings import fetch_setting
from huiyin.store.contracts import NotFoundError
from huiyin.store.folders import Folders
from huiyin.store.jobs.schedules import next_run
from huiyin.store.tables import Dataset, Import, Refresh, Schedule
from huiyin.store.unit_of_work import UnitOfWork

PURPOSE = "refresh"
MODE = "mode"
_NO_ZONE = Text(
    "没有“{zone}”这个时区，请写如 Asia/Shanghai。",
    "There is no time zone “{zone}”: give one like Asia/Shanghai.",
)


@dataclass(frozen=True, slots=True)
class RefreshFields:
    """What a person says of a refresh.

    Attributes
    ----------
    kind : str
    given : mapping
        What the kind of source asks for.
    cron : str or None
        None: only when somebody asks.
    zone : str
    enabled : bool
    mode : ImportMode
    """

    kind: str
    given: Mapping[str, Any]
    cron: str | None
    zone: str
    enabled: bool = True
    mode: ImportMode = ImportMode.UPDATE


def fetch_allowed(session: Session, folders: Folders) -> Allowed:
    """Read what an administrator allowed."""
    places = _listed(fetch_setting(session, "source_folders"))
    hosts = map(read_host, _listed(fetch_setting(session, "source_hosts")))
    return Allowed(
        folders=tuple(Path(one) for one in places if Path(one).is_absolute()),
        hosts=tuple(one for one in hosts if one is not None),
        private=fetch_setting(session, "allow_private_addresses"),
        own=folders.root,
    )


def fetch_refreshes(session: Session, dataset_id: str) -> list[Refresh]:
    """List the refreshes of a dataset, oldest first."""
    asked = select(Refresh).where(Refresh.dataset_id == dataset_id).order_by(Refresh.id)
    return list(session.scalars(asked))


def fetch_refresh(session: Session, dataset_id: str, refresh_id: str) -> Refresh:
    """Give one refresh of a dataset.

    Raises
    ------
    NotFoundError
        There is none of that id.
    """
    found = session.get(Refresh, refresh_id)
    if found is None or found.dataset_id != dataset_id:
        raise NotFoundError(REFRESH, refresh_id)
    return found


def do_add_refresh(
    work: UnitOfWork, key: bytes, allowed: Allowed, dataset_id: str, fields: RefreshFields
) -> Refresh:
    """Say where new rows of a dataset come from, and when.

    Parameters
    ----------
    work : UnitOfWork
    key : bytes
        Of the installation: seals passwords.
    allowed : Allowed
    dataset_id : str
    fields : RefreshFields

    Raises
    ------
    NotFoundError
        There is no such dataset.
    BadSourceError, BadScheduleError
        The source is not allowed, or the schedule is not understood.
    """
    work.get(Dataset, dataset_id, DATASET)
    made = Refresh(dataset_id=dataset_id, kind=fields.kind, options={})
    work.session.add(made)
    _fill(work, key, made, fields, kind_of(fields.kind).checked(fields.given, allowed))
    work.session.flush()
    _schedule(work, made, fields)
    work.audit("add", "refresh", made.id, after=_facts(made, fields))
    return made


def do_change_refresh(
    work: UnitOfWork,
    key: bytes,
    allowed: Allowed,
    refresh: Refresh,
    revision: int,
    fields: RefreshFields,
) -> Refresh:
    """Change a refresh; secrets that are not given again stay.

    Raises
    ------
    EditConflictError
        Somebody changed it since `revision`.
    BadSourceError, BadScheduleError
        The source is not allowed, or the schedule is not understood.
    """
    work.guard(refresh, revision)
    kept = given_of(key, refresh)
    told = {name: value for name, value in fields.given.items() if value is not None}
    given = kind_of(refresh.kind).checked({**kept.shown, **kept.secret, **told}, allowed)
    if (dict(given.shown), dict(given.secret)) != (dict(kept.shown), dict(kept.secret)):
        refresh.seen = None
    _fill(work, key, refresh, fields, given)
    _schedule(work, refresh, fields)
    work.audit("change", "refresh", refresh.id, after=_facts(refresh, fields))
    return refresh


def do_remove_refresh(work: UnitOfWork, refresh: Refresh) -> None:
    """Stop a refresh; rows that came stay."""
    schedule = work.session.get(Schedule, refresh.schedule_id) if refresh.schedule_id else None
    work.session.delete(refresh)
    work.session.flush()
    if schedule is not None:
        work.session.delete(schedule)
    work.audit("remove", "refresh", refresh.id, before={"kind": refresh.kind})


def do_order_refresh(work: UnitOfWork, refresh: Refresh) -> str:
    """Order a refresh now; gives the job's id."""
    work.audit("run", "refresh", refresh.id)
    return work.enqueue(REFRESH_JOB, {"refresh_id": refresh.id}, key=f"refresh:{refresh.id}")


def do_start_sql_import(
    work: UnitOfWork, key: bytes, dataset_id: str, given: Given, *, load: bool
) -> Import:
    """Begin an import of the rows of one SELECT."""
    work.get(Dataset, dataset_id, DATASET)
    made = Import(
        dataset_id=dataset_id,
        status=ImportStatus.WAITING,
        source=FETCHED,
        uploads=[],
        options=asdict(ImportOptions()),
        created_by=work.actor.name,
        created_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    payload = {
        "import_id": made.id,
        "load": load,
        "shown": dict(given.shown),
        "secret": _sealed(key, given),
    }
    made.job_id = work.enqueue(FETCH_JOB, payload)
    work.audit("start", "import", made.id, after={"dataset": dataset_id, **given.shown})
    return made


def given_of(key: bytes, refresh: Refresh) -> Given:
    """Open what a person said of a refresh.

    Raises
    ------
    UnsealError
        The installation's key is another one.
    """
    shown = {name: value for name, value in refresh.options.items() if name != MODE}
    return opened(key, shown, refresh.secret)


def opened(key: bytes, shown: Mapping[str, Any], secret: str | None) -> Given:
    """Put what may be shown and what was sealed together again."""
    return Given(shown, json.loads(unseal(key, secret, PURPOSE)) if secret else {})


def do_note(work: UnitOfWork, refresh: Refresh, **facts: Any) -> None:
    """Write down how a refresh went, unless a person changed it meanwhile.

    Not an edit: its `revision` stays, so that a run does not get in the way of a person.
    """
    work.session.execute(
        update(Refresh)
        .where(Refresh.id == refresh.id, Refresh.revision == refresh.revision)
        .values(**facts)
    )


def do_note_good(work: UnitOfWork, refresh: Refresh, seen: Mapping[str, Any]) -> None:
    """Write down that a refresh went well, and what it saw."""
    good = {"seen": dict(seen), "last_good_at": work.now}
    do_note(work, refresh, **good, last_error=None, pending=None)


def do_note_failed(work: UnitOfWork, refresh: Refresh, sentence: Text) -> None:
    """Write down why a refresh failed; what it saw before stays."""
    told = {"sentence": dict(sentence), "at": work.now.isoformat()}
    do_note(work, refresh, last_error=told, pending=None)


def _fill(
    work: UnitOfWork, key: bytes, refresh: Refresh, fields: RefreshFields, given: Given
) -> None:
    refresh.options = {**given.shown, MODE: fields.mode.value}
    refresh.secret = _sealed(key, given)
    refresh.updated_at = work.now


def _sealed(key: bytes, given: Given) -> str | None:
    return seal(key, json.dumps(dict(given.secret)), PURPOSE) if given.secret else None


def _schedule(work: UnitOfWork, refresh: Refresh, fields: RefreshFields) -> None:
    """Bring the schedule of a refresh to what was said."""
    known = work.session.get(Schedule, refresh.schedule_id) if refresh.schedule_id else None
    if fields.cron is None:
        refresh.schedule_id = None
        work.session.flush()
        if known is not None:
            work.session.delete(known)
        return
    cron = " ".join(fields.cron.split())
    due = next_run(cron, _zone(fields.zone), work.now)
    if known is None:
        known = Schedule(kind=REFRESH_JOB, payload={"refresh_id": refresh.id})
        work.session.add(known)
    known.cron, known.zone, known.enabled = cron, fields.zone, fields.enabled
    known.next_run_at = due
    work.session.flush()
    refresh.schedule_id = known.id


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise BadSourceError(_NO_ZONE.format(zone=name[:60])) from fault


def _facts(refresh: Refresh, fields: RefreshFields) -> dict[str, Any]:
    return {"kind": refresh.kind, "options": refresh.options, "cron": fields.cron}


def _listed(words: str) -> list[str]:
    parts = words.replace("；", ";").replace("\n", ";").split(";")
    return [part.strip() for part in parts if part.strip()]
