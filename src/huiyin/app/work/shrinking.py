"""What all removals of rows share: files rewritten, results emptied, what is left shown."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from huiyin.app.work.reporting import order_standing_report
from huiyin.collect.datasets.changes import do_publish_again
from huiyin.collect.datasets.staged import StagedRows
from huiyin.engine.contracts import FLAGS_COLUMN, ROW_COLUMN, SOURCE_COLUMN
from huiyin.engine.typed import numbered
from huiyin.lake.contracts import Batch, VersionGoneError
from huiyin.store.tables import DatasetVersion, Import, Upload

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine
    from huiyin.lake.writer import Writer
    from huiyin.store.jobs.worker import JobContext
    from huiyin.web.system import System

_STALE_SECONDS = 6 * 3600


def empty_results(system: System) -> None:
    """Delete what was computed from rows, and work folders that nobody uses any more."""
    for folder in (system.folders.cache, system.folders.reports):
        for path in folder.iterdir():
            _remove(path)
    for path in system.folders.work.iterdir():
        if time.time() - path.stat().st_mtime > _STALE_SECONDS:
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def bring_back(writer: Writer, seen: int, context: JobContext) -> bool:
    """Bring the table back to what readers see, where a write was never shown to them.

    Parameters
    ----------
    writer : Writer
    seen : int
        The version that readers see.
    context : JobContext

    Returns
    -------
    bool
        False: a removal that was stopped before it was shown has taken the versions before it,
        and stays.
    """
    if writer.table.version() == seen:
        return True
    try:
        writer.rollback(seen, batch=Batch.whole(f"job:{context.job_id}"), metadata={})
    except VersionGoneError:
        return False
    return True


def drop_unshown(writer: Writer, context: JobContext, dataset_id: str) -> None:
    """Delete what an earlier try wrote and readers never saw: it may hold who is erased by now."""
    if context.attempt == 1:
        return
    with context.uow() as work:
        own = select(DatasetVersion.version).where(DatasetVersion.dataset_id == dataset_id)
        shown = list(work.session.scalars(own))
    writer.vacuum(timedelta(0), keep=shown)


def delete_uploads(system: System, context: JobContext, made: Import) -> bool:
    """Delete the files that an import came as: its staged rows are all that is kept of them.

    Returns
    -------
    bool
        Whether any was still there.
    """
    with context.uow() as work:
        there = Upload.id.in_(made.uploads) & Upload.deleted_at.is_(None)
        found = list(work.session.scalars(select(Upload.id).where(there)))
        work.session.execute(update(Upload).where(there).values(deleted_at=work.now))
    for upload in made.uploads:
        (system.folders.uploads / upload).unlink(missing_ok=True)
    return bool(found)


def numbered_rows(engine: Engine, staged: StagedRows) -> Any:
    """Plan the staged rows of an import with the numbers that they have, or get by their place."""
    has_numbers = {ROW_COLUMN, SOURCE_COLUMN} <= {*engine.read_parquet(staged.files).columns}
    return numbered(engine, staged.files, rows_have_numbers=has_numbers)


def rewritten(engine: Engine, staged: StagedRows, rows: Any, folder: Path) -> StagedRows:
    """Write those of the staged rows that stay into a folder."""
    path = folder / "kept.parquet"
    engine.write_parquet(rows, path)
    return StagedRows((path,), staged.columns, staged.sources)


def publish_shrunk(
    system: System,
    context: JobContext,
    engine: Engine,
    earlier: DatasetVersion,
    number: int,
    *,
    reason: str,
    note: Mapping[str, Any] | None = None,
) -> None:
    """Let readers see a version that lost rows; its counts are taken anew.

    With a `note` the loss itself is written into the audit log, under `reason`.
    """
    files = system.lake.snapshot(earlier.dataset_id, number)
    facts = _recounted(engine, files.files, earlier)
    facts |= {"n_rows": files.n_rows, "snapshot_id": f"{earlier.snapshot_id[:16]}-{number}"}
    with context.uow() as work:
        do_publish_again(work, earlier, number, reason, after=earlier.version, changed=facts)
        order_standing_report(work, earlier.dataset_id)
        if note is not None:
            work.audit(reason, "dataset", earlier.dataset_id, after=note)


def _recounted(engine: Engine, files: Any, earlier: DatasetVersion) -> dict[str, Any]:
    legend = [dict(flag) for flag in earlier.legend]
    rules = [dict(rule) for rule in earlier.ledger["rules"]]
    counts: dict[str, int] = {}
    if files:
        table = engine.read_parquet(files)
        flags = table[FLAGS_COLUMN]
        mask = sum(1 << bit for bit, flag in enumerate(legend) if flag["excludes"])
        asked = {f"n{bit}": ((flags & (1 << bit)) != 0).sum() for bit in range(len(legend))}
        asked |= {"rows": flags.count(), "valid": ((flags & mask) == 0).sum()}
        counts = engine.run(table.agg(**asked)).to_pylist()[0]
    for bit, flag in enumerate(legend):
        n = int(counts.get(f"n{bit}") or 0)
        flag["n_flagged"], rules[bit]["n_flagged"] = n, n
        rules[bit]["rows"] = rules[bit]["rows"] if n else []
    n_rows, n_valid = (int(counts.get(name) or 0) for name in ("rows", "valid"))
    return {"legend": legend, "ledger": {"n_rows": n_rows, "n_valid": n_valid, "rules": rules}}
