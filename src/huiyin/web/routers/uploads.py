"""Files that people send, and what becomes of them: imports."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response, UploadFile
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from huiyin.collect.datasets.changes import do_create_dataset, do_load, do_start_import
from huiyin.collect.datasets.contracts import IMPORT, ImportMode, ImportOptions
from huiyin.collect.datasets.preview import preview_rows
from huiyin.collect.datasets.reading import fetch_codebook
from huiyin.collect.datasets.staged import open_staged
from huiyin.collect.datasets.uploads import KeptFile, do_keep_upload, keep_file
from huiyin.people.contracts import NotAllowedError, Person, Right, RowRule
from huiyin.people.viewing import row_rule_for
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import AuditRow, Import, Job, Upload
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import SAYING_SOMETHING, Body
from huiyin.web.corridors import shape_of
from huiyin.web.lists import EXPORT_ROWS, Format, exported_rows, listed

router = APIRouter(prefix="/api/v1", tags=["imports"])
Importer = Annotated[Person, Depends(allow(Right.IMPORT_DATA))]
_CHUNK_BYTES = 1 << 20
_MOST_IMPORTS = 200


class ImportBody(Body):
    """Which uploads become rows, and how."""

    uploads: list[str]
    profile: str | None = None
    sheets: list[str] | None = None
    mode: ImportMode = ImportMode.UPDATE
    load: bool = True

    def options(self) -> ImportOptions:
        """Give them as the import takes them."""
        sheets = tuple(self.sheets) if self.sheets else None
        return ImportOptions(self.profile, sheets, self.mode)


class NewDatasetBody(ImportBody):
    """A new dataset from uploads."""

    name: Annotated[str, SAYING_SOMETHING]
    zone: str = "Asia/Shanghai"
    load: bool = False


@router.post("/uploads")
def post_uploads(
    files: list[UploadFile], request: Request, system: TheSystem, person: Importer
) -> dict[str, Any]:
    """Take files in; they are kept untouched until they are imported or deleted."""
    kept: list[KeptFile] = []
    with ExitStack() as undo:
        for file in files:
            chunks = iter(lambda file=file: file.file.read(_CHUNK_BYTES), b"")  # type: ignore[misc]  # bound at once
            kept.append(keep_file(system.folders, system.key, file.filename or "", chunks))
            undo.callback((system.folders.uploads / kept[-1].id).unlink)
        with changing(request, person) as uow:
            items = [_upload_json(do_keep_upload(uow, one)) for one in kept]
        undo.pop_all()
    return listed(items)


@router.post("/datasets")
def post_dataset(body: NewDatasetBody, request: Request, person: Importer) -> dict[str, Any]:
    """Make a dataset from uploads; they are read and understood in the background."""
    with changing(request, person) as uow:
        dataset = do_create_dataset(uow, body.name, zone=body.zone)
        made = do_start_import(uow, dataset.id, body.uploads, body.options(), load=body.load)
        return {"id": dataset.id, "import": import_json(made, None)}


@router.post("/datasets/{dataset_id}/imports")
def post_import(
    dataset_id: str, body: ImportBody, request: Request, person: Importer
) -> dict[str, Any]:
    """Read uploads into a dataset that is there; rows with the same id are updated."""
    with changing(request, person) as uow:
        made = do_start_import(uow, dataset_id, body.uploads, body.options(), load=body.load)
        return import_json(made, None)


@router.get("/datasets/{dataset_id}/imports", response_model=None)
def get_imports(
    dataset_id: str,
    system: TheSystem,
    _: Importer,
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> dict[str, Any] | Response:
    """List the imports of a dataset, newest first."""
    asked = select(Import).where(Import.dataset_id == dataset_id)
    most = _MOST_IMPORTS if format == "json" else EXPORT_ROWS
    with system.database.reading() as session:
        rows = session.scalars(
            asked.order_by(Import.created_at.desc(), Import.id.desc()).limit(most)
        ).all()
        total = session.scalar(select(func.count()).select_from(asked.subquery()))
    items = [import_json(row, None) for row in rows]
    return listed(items, total) if format == "json" else exported_rows(format, items, "imports")


@router.get("/imports/{import_id}")
def get_import(import_id: str, system: TheSystem, _: Importer) -> dict[str, Any]:
    """Tell how far an import is."""
    with system.database.reading() as session:
        made = session.get(Import, import_id)
        if made is None:
            raise NotFoundError(IMPORT, import_id)
        job = session.get(Job, made.job_id) if made.job_id else None
        return import_json(made, job)


@router.post("/imports/{import_id}/load")
def post_load(import_id: str, request: Request, person: Importer) -> dict[str, Any]:
    """Go on with an import after a person has looked at its codebook."""
    with changing(request, person) as uow:
        return import_json(do_load(uow, import_id), None)


@router.get("/imports/{import_id}/preview")
def get_preview(
    import_id: str,
    system: TheSystem,
    person: Importer,
    rows: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """Show the first rows as they came; what looks like contact data is masked.

    Whoever is held to some rows sees those of their own imports only.
    """
    with system.database.reading() as session:
        made = session.get(Import, import_id)
        if made is None:
            raise NotFoundError(IMPORT, import_id)
        book = fetch_codebook(session, made.dataset_id).codebook
        rule = row_rule_for(session, person, shape_of(made.dataset_id, book))
        own = _started(session, person, import_id)
    if rule != RowRule.everything() and not own:
        raise NotAllowedError(Right.SEE_ROWS)
    with TemporaryDirectory(prefix="preview-", dir=system.folders.work) as folder:
        opened = open_staged(system.folders, system.key, import_id, Path(folder), most=1)
        return preview_rows(opened.files if opened else (), book, rows)


def _started(session: Session, person: Person, import_id: str) -> bool:
    """Tell whether a person started an import: by the audit log, since two may bear one name."""
    asked = select(AuditRow.seq).where(
        AuditRow.noun_id == import_id,
        AuditRow.noun == "import",
        AuditRow.action == "start",
        AuditRow.actor_id == person.staff_id,
    )
    return session.scalar(asked.limit(1)) is not None


def import_json(made: Import, job: Job | None) -> dict[str, Any]:
    """Give an import as the pages show it."""
    return {
        "id": made.id,
        "dataset_id": made.dataset_id,
        "status": made.status,
        "source": made.source,
        "profile": made.profile,
        "profile_reason": made.options.get("profile_reason"),
        "notes": made.options.get("notes", []),
        "sources": made.options.get("sources", []),
        "mode": made.options["mode"],
        "rows": made.n_rows,
        "new": made.n_new,
        "updated": made.n_updated,
        "same": made.n_same,
        "version": made.version,
        "error": made.error,
        "created_by": made.created_by,
        "created_at": made.created_at,
        "finished_at": made.finished_at,
        "job": job_json(job) if job else None,
        "job_id": made.job_id,
    }


def job_json(job: Job) -> dict[str, Any]:
    """Give a job as the pages show it."""
    return {
        "id": job.id,
        "kind": job.kind,
        "status": job.status,
        "done": job.done,
        "total": job.total,
        "stage": job.stage,
        "attempts": job.attempts,
        "error": job.error,
        "result": job.result,
        "created_by": job.created_by,
        "created_at": job.created_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
        "cancel_asked": job.cancel_asked,
    }


def _upload_json(upload: Upload) -> dict[str, Any]:
    return {"id": upload.id, "name": upload.name, "size": upload.size, "sha256": upload.sha256}
