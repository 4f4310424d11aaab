"""Bring pushed rows into their dataset, a batch at a time."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from huiyin.app.work.loading import load_rows
from huiyin.app.work.merging import order_merge
from huiyin.app.work.understanding import failing, rows_of, understood
from huiyin.collect.contracts import Source, Staged
from huiyin.collect.datasets.changes import do_save_codebook
from huiyin.collect.datasets.contracts import (
    PUSHED,
    SYNC_JOB,
    ImportOptions,
    ImportStatus,
)
from huiyin.collect.datasets.pushed import (
    count_waiting,
    do_mark_loaded,
    fetch_waiting,
    same_row,
    stage_pushed,
    sync_key,
)
from huiyin.collect.datasets.reading import fetch_codebook
from huiyin.collect.datasets.staged import keep_staged
from huiyin.core.text import Text
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import Import, Submission

if TYPE_CHECKING:
    from huiyin.store.jobs.worker import JobContext
    from huiyin.web.system import System

GATHERING = Text("收集推送的数据", "gathering pushed rows")
STEPS = 4
PROFILE = "api"
_REASON = Text("由接口推送", "pushed by another system")


def sync_pushed_rows(system: System, context: JobContext) -> dict[str, Any]:
    """Make one import of the rows that wait, and load it; safe to run twice."""
    dataset_id = context.payload["dataset_id"]
    with system.leases.held(sync_key(dataset_id)):  # two workers would share one import
        return _sync(system, context, dataset_id)


def _sync(system: System, context: JobContext, dataset_id: str) -> dict[str, Any]:
    context.progress(GATHERING, 0, STEPS)
    with context.uow() as work:
        rows = fetch_waiting(work.session, dataset_id)
        if not rows:
            return {"dataset_id": dataset_id, "rows": 0}
        import_id = _open_import(work.session, dataset_id, rows, context, work.now)
    with failing(context, import_id):
        _stage(system, context, dataset_id, import_id, rows)
        done = load_rows(system, context, import_id)
    with context.uow() as work:
        do_mark_loaded(work, rows, done["version"])
        if count_waiting(work.session, dataset_id):
            work.enqueue(SYNC_JOB, {"dataset_id": dataset_id})
        order_merge(work, dataset_id)
    return done | {"rows": len(rows)}


def _open_import(
    session: Any, dataset_id: str, rows: list[Submission], context: JobContext, now: Any
) -> str:
    """Give the import of these rows: the one that an earlier try opened, else a new one."""
    tried = select(Import).where(
        Import.dataset_id == dataset_id,
        Import.source == PUSHED,
        Import.status == ImportStatus.LOADING,
    )
    found: Import | None = session.scalar(tried)
    if found is None:
        found = Import(
            dataset_id=dataset_id,
            status=ImportStatus.LOADING,
            source=PUSHED,
            uploads=[],
            options=asdict(ImportOptions()) | {"sources": [rows[-1].source]},
            profile=PROFILE,
            created_by=rows[-1].source,
            created_at=now,
        )
        session.add(found)
        session.flush()
    found.job_id, found.n_rows = context.job_id, len(rows)
    return found.id


def _stage(
    system: System, context: JobContext, dataset_id: str, import_id: str, rows: list[Submission]
) -> None:
    with (
        TemporaryDirectory(prefix="stage-", dir=system.folders.work) as folder,
        system.engine() as engine,
    ):
        staged = _staged(Path(folder), rows, RowSeal(system.key))
        book = understood(context, dataset_id, staged, engine)
        keep_staged(system.folders, system.key, import_id, rows_of(staged))
    with context.uow() as work:
        kept = fetch_codebook(work.session, dataset_id)
        do_save_codebook(work, dataset_id, kept.version, book, rebuild=False)


def _staged(folder: Path, rows: list[Submission], seal: RowSeal) -> Staged:
    file = folder / "pushed.parquet"
    columns = stage_pushed(rows, file, seal)
    n_rows = len({same_row(row, seal) for row in rows})
    source = Source(file.with_name(rows[-1].source), None, None, n_rows, 1)
    return Staged((file,), columns, PROFILE, _REASON, (source,), n_rows)
