"""What nobody needs any more is removed; small things are put together. Safe to run twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from huiyin.app.work.answer_files import sweep_files
from huiyin.app.work.merging import order_merge
from huiyin.collect.customers.contracts import RETENTION_JOB
from huiyin.collect.datasets.changes import do_publish_again
from huiyin.collect.datasets.contracts import DATASET, PUSHED, ImportStatus
from huiyin.collect.datasets.reading import (
    fetch_version,
    imports_in_versions,
    pinned_versions,
)
from huiyin.collect.surveys.halves import HAND_ON_JOB, do_forget_halves, do_hand_on
from huiyin.collect.surveys.logos import do_forget_logos
from huiyin.core.text import Text
from huiyin.lake.contracts import Batch
from huiyin.store.contracts import LeaseTakenError
from huiyin.store.jobs.contracts import JobStatus
from huiyin.store.jobs.schedules import next_run
from huiyin.store.tables import (
    Dataset,
    DatasetVersion,
    Import,
    Job,
    Schedule,
    SignInAttempt,
    Upload,
)
from huiyin.web.ahead import FORESEE_JOB
from huiyin.web.kept_questions import asked_folder
from huiyin.web.kept_results import trim

if TYPE_CHECKING:
    from huiyin.lake.writer import Writer
    from huiyin.store.jobs.worker import JobContext
    from huiyin.store.unit_of_work import UnitOfWork
    from huiyin.web.system import System

TIDY_LAKE_JOB = "tidy_lake"
TIDY_FILES_JOB = "tidy_files"
SCHEDULES = {
    TIDY_LAKE_JOB: "20 3 * * *",
    TIDY_FILES_JOB: "50 3 * * *",
    RETENTION_JOB: "20 4 * * *",
    HAND_ON_JOB: "40 * * * *",
    FORESEE_JOB: "10 0 * * *",
}
"""When, on the clock of the zone below: nobody works then; half-finished answers each hour. On a
new day “the last three months” are other days: boards are answered anew."""
ZONE = "Asia/Shanghai"
READERS_GRACE = timedelta(days=1)
"""Whoever reads an earlier version may finish; what is younger is never touched."""
NEWEST_VERSIONS = 20
"""Versions of a dataset that stay whatever their age."""
DAILY_VERSIONS_KEPT = timedelta(days=90)
"""So long the last version of each day stays."""
JOBS_KEPT = timedelta(days=30)
FAILED_JOBS_KEPT = timedelta(days=90)
ATTEMPTS_KEPT = timedelta(days=30)
UNUSED_UPLOADS_KEPT = timedelta(days=7)
REPORTS_KEPT = timedelta(days=30)
LEFTOVERS_KEPT = timedelta(days=2)
LAKE = Text("整理数据湖", "tidying the lake")
FILES = Text("清理旧文件", "removing old files")
HALVES = Text("收下没答完的答卷", "taking in half-finished answers")
HALVES_AT_ONCE = 200


def do_plan_housekeeping(work: UnitOfWork) -> None:
    """Make the schedules of housekeeping where they are missing."""
    for kind, cron in SCHEDULES.items():
        if work.session.get(Schedule, kind) is None:
            due = next_run(cron, ZONE, work.now)
            made = Schedule(id=kind, kind=kind, payload={}, cron=cron, zone=ZONE, next_run_at=due)
            work.session.add(made)
            work.session.flush()


def tidy_lake(system: System, context: JobContext) -> dict[str, Any]:
    """Forget old versions, join small files and small imports, of every dataset."""
    with context.uow() as work:
        datasets = list(work.session.scalars(select(Dataset.id).order_by(Dataset.id)))
    n_files = n_busy = 0
    for number, dataset_id in enumerate(datasets):
        context.progress(LAKE, number, len(datasets))
        try:
            with system.lake.writer(dataset_id, system.leases) as writer:
                n_files += _tidy(context, writer, dataset_id)
        except LeaseTakenError:
            n_busy += 1  # an import is under way: tomorrow is soon enough
            continue
        with context.uow() as work:
            order_merge(work, dataset_id, least=2)
    return {"datasets": len(datasets), "files_removed": n_files, "busy": n_busy}


def tidy_files(system: System, context: JobContext) -> dict[str, Any]:
    """Remove finished jobs, unused uploads, staged rows, reports and results of long ago."""
    context.progress(FILES, 0, 2)
    with context.uow() as work:
        _forget_jobs(work)
        old = work.now - ATTEMPTS_KEPT
        work.session.execute(delete(SignInAttempt).where(SignInAttempt.at < old))
        _forget_merged(work)
        n_logos = do_forget_logos(work, work.now - UNUSED_UPLOADS_KEPT)
        uploads = _unused_uploads(work)
        staged = {*work.session.scalars(select(Import.id))} - _unneeded_staged(work)
        known = {*work.session.scalars(select(Upload.id).where(Upload.deleted_at.is_(None)))}
    context.progress(FILES, 1, 2)
    folders, now = system.folders, system.clock()
    n_removed = len(uploads)
    for path in (folders.uploads / one for one in uploads):
        path.unlink(missing_ok=True)
    n_removed += _remove(folders.uploads, now - LEFTOVERS_KEPT, known)
    n_removed += _remove(folders.staged, now - LEFTOVERS_KEPT, staged)
    n_removed += _remove(folders.work, now - LEFTOVERS_KEPT, ())
    n_removed += _remove(folders.reports, now - REPORTS_KEPT, ())
    n_removed += _remove(asked_folder(system), now - LEFTOVERS_KEPT, ())
    n_removed += _remove(system.cubes.folder, now - LEFTOVERS_KEPT, ())
    n_removed += _remove_tables(folders.cache, now - LEFTOVERS_KEPT)
    return {"removed": n_removed, "logos": n_logos, "results": trim(folders.cache)}


def hand_on_answers(system: System, context: JobContext) -> dict[str, Any]:
    """Bring half-finished answers among the rows that wait, and forget those of long ago."""
    n_handed_on = 0
    while True:
        context.progress(HALVES, 0, 1)
        with context.uow() as work:
            n = do_hand_on(work, system.key, HALVES_AT_ONCE)
        n_handed_on += n
        if not n:
            break
    with context.uow() as work:
        n_forgotten = do_forget_halves(work)
    n_files = sweep_files(system, context, LEFTOVERS_KEPT)
    return {"handed_on": n_handed_on, "forgotten": n_forgotten, "files": n_files}


def _tidy(context: JobContext, writer: Writer, dataset_id: str) -> int:
    with context.uow() as work:
        current = work.get(Dataset, dataset_id, DATASET).current_version
    if current is None or writer.table.version() is None:
        return 0
    _compact(context, writer, dataset_id, current)
    with context.uow() as work:
        keep = _forget_versions(work, dataset_id)
    n_files = writer.vacuum(READERS_GRACE, keep=keep)
    return n_files + writer.trim(READERS_GRACE, keep=keep)


def _compact(context: JobContext, writer: Writer, dataset_id: str, current: int) -> None:
    """Join small files; the version that readers see then is the same under a new number."""
    if writer.table.version() != current:
        return  # a write that nobody published: the next import takes its place
    number = writer.compact(batch=Batch(f"job:{context.job_id}:{dataset_id}", 1), metadata={})
    if number == current:
        return
    with context.uow() as work:
        earlier = fetch_version(work.session, dataset_id, current)
        do_publish_again(work, earlier, number, "compact", after=current)


def _forget_versions(work: UnitOfWork, dataset_id: str) -> set[int]:
    """Delete the rows of versions that nobody needs; gives the versions that stay."""
    asked = select(DatasetVersion).where(DatasetVersion.dataset_id == dataset_id)
    rows = list(work.session.scalars(asked.order_by(DatasetVersion.version.desc())))
    current = work.get(Dataset, dataset_id, DATASET).current_version
    keep = {row.version for row in rows[:NEWEST_VERSIONS]}
    keep |= pinned_versions(work.session, dataset_id, work.now) | ({current} if current else set())
    keep |= last_of_days(rows, work.now - DAILY_VERSIONS_KEPT)
    keep |= {row.version for row in rows if row.created_at > work.now - READERS_GRACE}
    for row in rows:
        if row.version not in keep:
            work.session.delete(row)
    return keep


def last_of_days(rows: Sequence[Any], since: datetime) -> set[int]:
    """Give the last version of each day; `rows` come newest first."""
    days: dict[Any, int] = {}
    for row in rows:
        if row.created_at > since:
            days.setdefault(row.created_at.date(), row.version)
    return set(days.values())


def _forget_jobs(work: UnitOfWork) -> None:
    ended = {
        JobStatus.DONE: JOBS_KEPT,
        JobStatus.CANCELLED: JOBS_KEPT,
        JobStatus.FAILED: FAILED_JOBS_KEPT,
    }
    for status, kept in ended.items():
        work.session.execute(
            delete(Job).where(Job.status == status, Job.finished_at < work.now - kept)
        )


def _forget_merged(work: UnitOfWork) -> None:
    """Delete pushed imports that were merged and stand in no version any more."""
    for one in _needless(work, ImportStatus.DONE, ImportStatus.MERGING):
        work.session.delete(one)
    work.session.flush()


def _needless(work: UnitOfWork, *statuses: ImportStatus) -> list[Import]:
    held = imports_in_versions(work.session)
    asked = select(Import).where(
        Import.source == PUSHED,
        Import.status.in_(statuses),
        Import.created_at < work.now - LEFTOVERS_KEPT,
    )
    return [one for one in work.session.scalars(asked) if one.id not in held]


def _unneeded_staged(work: UnitOfWork) -> set[str]:
    """Give imports whose staged rows can be made again, or will never be needed."""
    held = imports_in_versions(work.session)
    over = (ImportStatus.DONE, ImportStatus.FAILED, ImportStatus.CANCELLED)
    asked = select(Import).where(
        Import.status.in_(over), Import.created_at < work.now - UNUSED_UPLOADS_KEPT
    )
    return {one.id for one in work.session.scalars(asked) if one.id not in held}


def _unused_uploads(work: UnitOfWork) -> list[str]:
    """Mark uploads that no import uses deleted; gives their ids."""
    used = {one for found in work.session.scalars(select(Import.uploads)) for one in found}
    old = work.now - UNUSED_UPLOADS_KEPT
    asked = select(Upload).where(Upload.created_at < old, Upload.deleted_at.is_(None))
    gone = [one for one in work.session.scalars(asked) if one.id not in used]
    for one in gone:
        one.deleted_at = work.now
    return [one.id for one in gone]


def _remove_tables(cache: Path, before: datetime) -> int:
    """Remove tables that results were computed from, last written before a moment."""
    old = [p for p in cache.rglob("*.parquet") if p.lstat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _remove(folder: Path, before: datetime, keep: Iterable[str]) -> int:
    """Remove what was last written before a moment, except what is named; gives how many."""
    kept, n = set(keep), 0
    for path in folder.iterdir():
        if path.name in kept or datetime.fromtimestamp(path.lstat().st_mtime, UTC) > before:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        n += 1
    return n
