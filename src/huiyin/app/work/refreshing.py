"""Fetch the new rows of a dataset from where they come, and load them like any other import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from huiyin.app.work.loading import load_rows
from huiyin.app.work.understanding import failing, understand_files
from huiyin.collect.datasets.contracts import (
    DATASET,
    IMPORT,
    ImportMode,
    ImportOptions,
    ImportStatus,
)
from huiyin.collect.datasets.uploads import KeptFile, do_keep_upload, keep_file
from huiyin.collect.refreshes.changes import (
    MODE,
    do_note,
    do_note_failed,
    do_note_good,
    fetch_allowed,
    given_of,
    opened,
)
from huiyin.collect.refreshes.contracts import REFRESHED, Asked, Fetched, SourceFailedError
from huiyin.collect.refreshes.kinds import kind_of
from huiyin.core.errors import HuiyinError
from huiyin.core.text import Text
from huiyin.store.jobs.contracts import JobCancelledError, LeaseLostError
from huiyin.store.tables import Dataset, Import, Refresh

if TYPE_CHECKING:
    from huiyin.store.jobs.worker import JobContext
    from huiyin.store.unit_of_work import UnitOfWork
    from huiyin.web.system import System

FETCHING = Text("取数", "fetching rows")
STEPS = 4
SQL = "sql"
NO_ROWS = Text("查询结果是空的，没有导入。", "The query gives no rows; nothing was imported.")


def refresh_dataset(system: System, context: JobContext) -> dict[str, Any]:
    """Fetch what is new and load it; a fault leaves the dataset as it is."""
    refresh_id = context.payload["refresh_id"]
    with context.uow() as work:
        refresh = work.session.get(Refresh, refresh_id)
        if refresh is None:
            return {"refresh_id": refresh_id, "rows": 0}
        do_note(work, refresh, last_tried_at=work.now)
        seen = _settle(work, refresh)
        dataset = work.get(Dataset, refresh.dataset_id, DATASET)
    if dataset.archived_at is not None:  # put away: it waits until somebody brings it back
        return {"refresh_id": refresh_id, "rows": 0}
    try:
        return _refresh(system, context, refresh, dataset, seen)
    except (JobCancelledError, LeaseLostError):
        raise
    except HuiyinError as fault:
        with context.uow() as work:
            do_note_failed(work, refresh, fault.sentence)
        raise


def import_from_sql(system: System, context: JobContext) -> dict[str, Any]:
    """Read the rows of one SELECT once, then go on as with a file that was sent."""
    import_id, facts = context.payload["import_id"], context.payload
    with failing(context, import_id):
        with context.uow() as work:
            made = work.get(Import, import_id, IMPORT)
            dataset = work.get(Dataset, made.dataset_id, DATASET)
            known = bool(made.uploads)
        if not known:
            context.progress(FETCHING, 0, STEPS)
            given = opened(system.key, facts["shown"], facts["secret"])
            with _fetching(system, context, dataset) as (asked, keeper):
                fetched = kind_of(SQL).fetch(replace(asked, given=given))
                if not fetched.files:
                    raise SourceFailedError(NO_ROWS)
                with context.uow() as work:
                    keeper.do_store(work, fetched)
                    made = work.get(Import, import_id, IMPORT)
                    made.uploads = [file.id for file in fetched.files]
    return understand_files(system, context)


def _refresh(
    system: System,
    context: JobContext,
    refresh: Refresh,
    dataset: Dataset,
    seen: Mapping[str, Any],
) -> dict[str, Any]:
    context.progress(FETCHING, 0, STEPS)
    given = given_of(system.key, refresh)
    with _fetching(system, context, dataset) as (asked, keeper):
        fetched = kind_of(refresh.kind).fetch(replace(asked, given=given, seen=seen))
        with context.uow() as work:
            if not fetched.files:
                do_note_good(work, refresh, fetched.seen)
                return {"dataset_id": dataset.id, "rows": 0}
            keeper.do_store(work, fetched)
            import_id = _open_import(work, context, refresh, fetched)
    with failing(context, import_id):
        order = replace(context, payload={"import_id": import_id, "load": False})
        found = understand_files(system, order)
        done = load_rows(system, context, import_id)
    with context.uow() as work:
        do_note_good(work, refresh, fetched.seen)
    return done | {"rows": found.get("rows", 0)}


@dataclass(slots=True)
class _Keeper:
    """Keeps fetched files, and removes those that nothing came of."""

    system: System
    kept: dict[str, KeptFile] = field(default_factory=dict)

    def keep(self, name: str, chunks: Iterable[bytes]) -> KeptFile:
        """Keep a file in the uploads folder."""
        file = keep_file(self.system.folders, self.system.key, name, chunks)
        self.kept[file.id] = file
        return file

    def do_store(self, work: UnitOfWork, fetched: Fetched) -> None:
        """Write down the files that are used."""
        for file in fetched.files:
            do_keep_upload(work, file)
            del self.kept[file.id]

    def forget(self) -> None:
        """Remove the rest."""
        for name in self.kept:
            (self.system.folders.uploads / name).unlink(missing_ok=True)


@contextmanager
def _fetching(
    system: System, context: JobContext, dataset: Dataset
) -> Iterator[tuple[Asked, _Keeper]]:
    keeper = _Keeper(system)
    with context.uow() as work:
        allowed = fetch_allowed(work.session, system.folders)
    try:
        with TemporaryDirectory(prefix="fetch-", dir=system.folders.work) as folder:
            nothing: Mapping[str, Any] = {}
            given = opened(system.key, nothing, None)
            yield (
                Asked(given, nothing, allowed, dataset.zone, Path(folder), keeper.keep),
                keeper,
            )
    finally:
        keeper.forget()


def _open_import(work: UnitOfWork, context: JobContext, refresh: Refresh, fetched: Fetched) -> str:
    """Give the import of these files: the one that an earlier try opened, else a new one."""
    made = _pending(work, refresh)
    if made is None or made.status not in {ImportStatus.WAITING, ImportStatus.UNDERSTOOD}:
        made = Import(dataset_id=refresh.dataset_id, source=REFRESHED)
    made.status, made.error, made.job_id = ImportStatus.WAITING, None, context.job_id
    made.uploads = [file.id for file in fetched.files]
    made.options = asdict(ImportOptions(mode=ImportMode(refresh.options[MODE])))
    made.created_by, made.created_at = work.actor.name, work.now
    work.session.add(made)
    work.session.flush()
    do_note(work, refresh, pending={"import_id": made.id, "seen": dict(fetched.seen)})
    return made.id


def _settle(work: UnitOfWork, refresh: Refresh) -> Mapping[str, Any]:
    """Give what was seen last, with an import that an earlier try could not note any more."""
    made, pending = _pending(work, refresh), refresh.pending
    if made is not None and made.status == ImportStatus.DONE and pending:
        do_note_good(work, refresh, pending["seen"])
        seen: Mapping[str, Any] = pending["seen"]
        return seen
    return refresh.seen or {}


def _pending(work: UnitOfWork, refresh: Refresh) -> Import | None:
    return work.session.get(Import, refresh.pending["import_id"]) if refresh.pending else None
