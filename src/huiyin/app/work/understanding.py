"""Read the files of an import and work out what each column means; a person may then look."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from huiyin.codebook.contracts import Codebook
from huiyin.codebook.fit import fit_codebook
from huiyin.codebook.infer import infer_codebook
from huiyin.collect.column_profiles import profile_columns
from huiyin.collect.contracts import ReadOptions, Staged
from huiyin.collect.datasets.changes import do_fail_import, do_load, do_save_codebook
from huiyin.collect.datasets.contracts import IMPORT, ImportStatus
from huiyin.collect.datasets.reading import fetch_codebook
from huiyin.collect.datasets.staged import StagedRows, keep_staged, open_staged
from huiyin.collect.datasets.uploads import opened_uploads
from huiyin.collect.read import read
from huiyin.core.errors import BadInputError, HuiyinError
from huiyin.core.text import Text, listed
from huiyin.store.jobs.contracts import JobCancelledError
from huiyin.store.jobs.worker import JobContext
from huiyin.store.tables import Import, Upload

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from huiyin.engine.duck import Engine
    from huiyin.store.unit_of_work import UnitOfWork
    from huiyin.web.system import System

READING = Text("读取文件", "reading the files")
UNDERSTANDING = Text("辨认每一列", "understanding the columns")
STEPS = 2
NOTHING_IN_COMMON = Text(
    "这次的文件没有一列和数据集同名（数据集有 {known}…，文件有 {given}…），没有装入。"
    "请核对文件；如果是另一份数据，请另建数据集，再在“关联与合并”里合起来。",
    "No column of these files is called as one of the dataset's (it has {known} …, the files "
    "{given} …), so nothing was brought in. Check the files; other data belong in a dataset of "
    "their own, which can be linked to this one.",
)
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Order:
    """What an import asks for, read once from its row."""

    import_id: str
    dataset_id: str
    uploads: tuple[Upload, ...]
    profile: str | None
    sheets: tuple[str, ...] | None
    mode: str


def understand_files(system: System, context: JobContext) -> dict[str, Any]:
    """Stage the files and save a codebook; goes on to load where that was asked for."""
    order = fetch_order(context, context.payload["import_id"])
    begin_anew(context, order.import_id, ImportStatus.WAITING)
    with failing(context, order.import_id):
        context.progress(READING, 0, STEPS)
        with (
            TemporaryDirectory(prefix="stage-", dir=system.folders.work) as folder,
            system.engine() as engine,
        ):
            staged = stage(system, order, Path(folder))
            context.progress(UNDERSTANDING, 1, STEPS)
            book = understood(context, order.dataset_id, staged, engine)
    return _keep(context, order, staged, book)


def fetch_order(context: JobContext, import_id: str) -> Order:
    """Read what an import asks for."""
    with context.uow() as work:
        made = work.get(Import, import_id, IMPORT)
        found = work.session.scalars(select(Upload).where(Upload.id.in_(made.uploads)))
        by_id = {upload.id: upload for upload in found}
        options = made.options
        return Order(
            import_id=import_id,
            dataset_id=made.dataset_id,
            uploads=tuple(by_id[one] for one in made.uploads),
            profile=options["profile"],
            sheets=tuple(options["sheets"]) if options["sheets"] else None,
            mode=options["mode"],
        )


def stage(system: System, order: Order, folder: Path) -> Staged:
    """Stage the files of an import: plain in a work folder, and sealed where they rest."""
    with opened_uploads(system.folders, system.key, order.uploads) as paths:
        staged = _own(read(paths, ReadOptions(order.profile, order.sheets, folder)), folder)
    keep_staged(system.folders, system.key, order.import_id, rows_of(staged))
    return staged


def staged_rows(system: System, order: Order, folder: Path) -> StagedRows:
    """Give the staged rows of an import in a work folder, staged anew where they are gone."""
    found = open_staged(system.folders, system.key, order.import_id, folder)
    return found or rows_of(stage(system, order, folder))


def rows_of(staged: Staged) -> StagedRows:
    """Give what of a reading is kept."""
    sources = tuple(_named(one.path.name, one.sheet) for one in staged.sources)
    return StagedRows(staged.files, staged.columns, sources)


def _own(staged: Staged, folder: Path) -> Staged:
    """Bring Parquet files that are staged as themselves into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    for number, file in enumerate(staged.files):
        if file.parent == folder:
            files.append(file)
            continue
        kept = folder / f"own-{number}.parquet"
        shutil.copyfile(file, kept)
        files.append(kept)
    return replace(staged, files=tuple(files))


def understood(context: JobContext, dataset_id: str, staged: Staged, engine: Engine) -> Codebook:
    """Give the dataset's codebook with a guess for each column that it does not know yet."""
    with context.uow() as work:
        kept = fetch_codebook(work.session, dataset_id)
    names = staged.columns
    if kept.version and not set(names) - {c.name for c in kept.codebook}:
        return kept.codebook
    guessed = infer_codebook(profile_columns(staged, engine), profile_name=staged.profile)
    if not kept.version:
        return guessed
    known = {column.name: column for column in kept.codebook}
    if known.keys().isdisjoint(names):
        facts = {"known": listed([*known][:_SHOWN]), "given": listed(names[:_SHOWN])}
        raise BadInputError(NOTHING_IN_COMMON.format(**facts))
    added = tuple(column for column in guessed if column.name not in known)
    return replace(kept.codebook, columns=(*kept.codebook.columns, *added))


def _keep(context: JobContext, order: Order, staged: Staged, book: Codebook) -> dict[str, Any]:
    with context.uow() as work:
        made = work.get(Import, order.import_id, IMPORT)
        if made.status in {ImportStatus.LOADING, ImportStatus.DONE}:
            return {"import_id": order.import_id}
        kept = fetch_codebook(work.session, order.dataset_id)
        do_save_codebook(work, order.dataset_id, kept.version, book, rebuild=False)
        made.status, made.profile, made.n_rows = (
            ImportStatus.UNDERSTOOD,
            staged.profile,
            staged.n_rows,
        )
        made.options = made.options | {
            "profile_reason": dict(staged.profile_reason),
            "notes": [dict(note) for note in staged.notes],
            "sources": [_named(s.path.name, s.sheet) for s in staged.sources],
        }
        if context.payload.get("load"):
            do_load(work, order.import_id)
    return {"import_id": order.import_id, "rows": staged.n_rows}


def _named(file: str, sheet: str | None) -> str:
    return f"{file} · {sheet}" if sheet else file


def fitted(book: Codebook, columns: Sequence[str]) -> Codebook:
    """Bring a dataset's codebook to the columns that one import has."""
    here = replace(book, columns=tuple(c for c in book if c.name in set(columns)))
    return fit_codebook(here, columns)


@contextmanager
def failing(context: JobContext, import_id: str) -> Iterator[None]:
    """Write a fault on the import as well as on the job, so that its page can tell."""
    try:
        yield
    except JobCancelledError:
        _fail(context, import_id, None)
        raise
    except BadInputError as error:
        _fail(context, import_id, error)
        raise


def begin_anew(context: JobContext, import_id: str, status: ImportStatus) -> None:
    """Let an import that failed or was cancelled be under way again, since its job is."""
    with context.uow() as work:
        made = work.get(Import, import_id, IMPORT)
        if made.status in {ImportStatus.FAILED, ImportStatus.CANCELLED}:
            made.status, made.error, made.finished_at = status, None, None


def note_given_up(work: UnitOfWork, payload: Mapping[str, Any], error: Mapping[str, Any]) -> None:
    """Write on the import why its job was given up, where it does not tell yet."""
    made = work.session.get(Import, payload["import_id"])
    if made is not None and made.status in {ImportStatus.WAITING, ImportStatus.LOADING}:
        do_fail_import(work, made.id, error)


def _fail(context: JobContext, import_id: str, error: HuiyinError | None) -> None:
    with context.uow() as work:
        do_fail_import(work, import_id, error.to_json() if error else None)
