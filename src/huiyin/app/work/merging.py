"""Put many small pushed imports of a dataset together as one; the rows stay what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from huiyin.app.work.loading import Maker, Merged
from huiyin.app.work.understanding import fetch_order, staged_rows
from huiyin.codebook.contracts import Role
from huiyin.collect.datasets.changes import imports_of_version
from huiyin.collect.datasets.contracts import (
    DATASET,
    MERGE_JOB,
    PUSHED,
    ImportOptions,
    ImportStatus,
)
from huiyin.collect.datasets.reading import fetch_codebook, fetch_version
from huiyin.collect.datasets.retention import CAME_AT, came_at
from huiyin.collect.datasets.staged import StagedRows, keep_staged
from huiyin.core.text import Text
from huiyin.engine.contracts import ROW_COLUMN, SOURCE_COLUMN
from huiyin.engine.startup import import_ibis
from huiyin.store.tables import Dataset, Import

if TYPE_CHECKING:
    from huiyin.store.jobs.worker import JobContext
    from huiyin.store.unit_of_work import UnitOfWork
    from huiyin.web.system import System

MERGED_FROM = 12
"""A version of so many pushed imports is worth the work of merging."""
MERGING = Text("合并小批导入", "merging small imports")
STEPS = 5


def order_merge(work: UnitOfWork, dataset_id: str, least: int = MERGED_FROM) -> None:
    """Order the merge of a dataset's pushed imports, where there are at least so many."""
    dataset = work.session.get(Dataset, dataset_id)
    if dataset is not None and dataset.current_version is not None:
        imports = imports_of_version(work, dataset_id, dataset.current_version)
        if sum(len(run) for run in runs_of(imports)) >= least:
            work.enqueue(MERGE_JOB, {"dataset_id": dataset_id}, key=f"merge:{dataset_id}")


def runs_of(imports: Sequence[Import]) -> list[list[Import]]:
    """Give the pushed imports that follow each other, two or more."""
    runs = [
        list(group)
        for pushed, group in groupby(imports, lambda one: one.source == PUSHED)
        if pushed
    ]
    return [run for run in runs if len(run) > 1]


def merge_pushed_imports(system: System, context: JobContext) -> dict[str, Any]:
    """Merge; a second run finds nothing left to merge."""
    dataset_id = context.payload["dataset_id"]
    context.progress(MERGING, 0, STEPS)
    with system.lake.writer(dataset_id, system.leases) as writer:
        with context.uow() as work:
            dataset = work.get(Dataset, dataset_id, DATASET)
            imports = imports_of_version(work, dataset_id, dataset.current_version)
            named = fetch_codebook(work.session, dataset_id).codebook.first(Role.ID)
            runs = runs_of(imports)
            if not runs or named is None:
                return {"dataset_id": dataset_id, "merged": 0}
            n_rows = fetch_version(work.session, dataset_id).n_rows
        taken: dict[str, str] = {}
        for run in runs:
            merged = _merge(system, context, run, named.name)
            if merged is not None:
                taken |= {one.id: merged for one in run}
        if not taken:
            return {"dataset_id": dataset_id, "merged": 0}
        order = list(dict.fromkeys(taken.get(one.id, one.id) for one in imports))
        must = Merged(tuple(dict.fromkeys(taken.values())), n_rows)
        version = Maker(system, context, dataset, writer).make(order, finishing=None, merged=must)
    return {"dataset_id": dataset_id, "merged": len(taken), "version": version}


def _merge(
    system: System, context: JobContext, run: Sequence[Import], id_column: str
) -> str | None:
    """Stage the rows of a run as one import; None where one of its parts has no ids."""
    with TemporaryDirectory(prefix="merge-", dir=system.folders.work) as folder:
        parts = [
            _staged(system, context, one, Path(folder) / str(number))
            for number, one in enumerate(run)
        ]
        if any(id_column not in part.columns for part in parts):
            return None
        target = Path(folder) / "pushed.parquet"
        _write(system, parts, id_column, target)
        with context.uow() as work:
            made = _import_row(work, context, run)
            import_id = made.id
        columns = tuple(dict.fromkeys(name for part in parts for name in part.columns))
        rows = StagedRows((target,), columns, (run[-1].created_by or PUSHED,))
        keep_staged(system.folders, system.key, import_id, rows)
    return import_id


def _import_row(work: UnitOfWork, context: JobContext, run: Sequence[Import]) -> Import:
    last = run[-1]
    made = Import(
        dataset_id=last.dataset_id,
        job_id=context.job_id,
        status=ImportStatus.MERGING,
        source=PUSHED,
        uploads=[],
        options=asdict(ImportOptions())
        | {"sources": last.options.get("sources", []), CAME_AT: came_at(last).isoformat()},
        profile=last.profile,
        n_rows=sum(one.n_rows or 0 for one in run),
        created_by=last.created_by,
        created_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    return made


def _write(system: System, parts: Sequence[StagedRows], id_column: str, target: Path) -> None:
    """Write the rows that still count, in the order they came: of one id the latest."""
    ibis = import_ibis()
    files = [file for part in parts for file in part.files]
    with system.engine() as engine:
        table = engine.read_parquet(files, row_numbers=True)
        places = [(str(file), ibis.literal(number, "int64")) for number, file in enumerate(files)]
        table = table.mutate(_part=table.filename.cases(*places, else_=0))
        latest = ibis.window(
            group_by=table[id_column].strip(),
            order_by=[table["_part"].desc(), table[ROW_COLUMN].desc()],
        )
        ranked = table.mutate(_rank=ibis.row_number().over(latest))
        rows = ranked.filter(ranked["_rank"] == 0)
        inorder = ibis.window(order_by=[rows["_part"], rows[ROW_COLUMN]])
        numbered = rows.mutate(
            **{
                ROW_COLUMN: (ibis.row_number().over(inorder) + 1).cast("int64"),
                SOURCE_COLUMN: ibis.literal(0, "int32"),
            }
        )
        plain = numbered.drop("filename", "file_row_number", "_part", "_rank")
        engine.write_parquet(plain.order_by(ROW_COLUMN), target)


def _staged(system: System, context: JobContext, one: Import, folder: Path) -> StagedRows:
    context.check_cancelled()
    return staged_rows(system, fetch_order(context, one.id), folder)
