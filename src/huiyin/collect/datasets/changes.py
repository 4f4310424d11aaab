"""Changes to datasets: each writes its audit row and orders the job it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from huiyin.codebook.contracts import Codebook
from huiyin.codebook.files import codebook_text
from huiyin.collect.datasets.contracts import (
    DATASET,
    IMPORT,
    LOAD_JOB,
    REBUILD_JOB,
    ROLLBACK_JOB,
    UNDERSTAND_JOB,
    UPLOAD,
    ImportOptions,
    ImportStateError,
    ImportStatus,
    UnknownZoneError,
    VersionGoneError,
)
from huiyin.collect.links.orders import do_order_builds, refuse_derived
from huiyin.core.text import Text
from huiyin.lake.contracts import WriteConflictError
from huiyin.store.contracts import EditConflictError, NotFoundError
from huiyin.store.tables import CodebookVersion, Dataset, DatasetVersion, Import, Upload
from huiyin.store.unit_of_work import UnitOfWork


def do_create_dataset(
    work: UnitOfWork,
    name: str,
    *,
    zone: str = "Asia/Shanghai",
    generated: bool = False,
    purpose: str | None = None,
) -> Dataset:
    """Make an empty dataset; its days are those of a time zone.

    Raises
    ------
    UnknownZoneError
        There is no such zone.
    """
    if zone not in available_timezones():
        raise UnknownZoneError(zone)
    dataset = Dataset(name=name.strip(), zone=zone, generated=generated, purpose=purpose)
    work.session.add(dataset)
    work.session.flush()
    work.audit("create", "dataset", dataset.id, after={"name": dataset.name, "zone": zone})
    return dataset


def do_change_dataset(
    work: UnitOfWork, dataset_id: str, revision: int, changes: Mapping[str, Any]
) -> Dataset:
    """Rename, set purpose, retention or how often rows are expected.

    Raises
    ------
    NotFoundError
        There is no such dataset.
    EditConflictError
        Somebody changed it since `revision`.
    """
    dataset = work.get(Dataset, dataset_id, DATASET)
    work.guard(dataset, revision)
    before = {key: getattr(dataset, key) for key in changes}
    for key, value in changes.items():
        setattr(dataset, key, value)
    work.audit("change", "dataset", dataset_id, before=before, after=changes)
    return dataset


def do_start_import(
    work: UnitOfWork,
    dataset_id: str,
    uploads: Sequence[str],
    options: ImportOptions,
    *,
    load: bool,
    source: str = "upload",
) -> Import:
    """Begin an import: the files are read and understood; loaded at once where `load` is set.

    Raises
    ------
    NotFoundError
        The dataset or an upload is not there.
    DerivedDatasetError
        It is made from other datasets.
    """
    refuse_derived(work.session, work.get(Dataset, dataset_id, DATASET))
    names = [work.get(Upload, upload, UPLOAD).name for upload in uploads]
    made = Import(
        dataset_id=dataset_id,
        status=ImportStatus.WAITING,
        source=source,
        uploads=list(uploads),
        options=asdict(options),
        created_by=work.actor.name,
        created_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    made.job_id = work.enqueue(UNDERSTAND_JOB, {"import_id": made.id, "load": load})
    work.audit("start", "import", made.id, after={"dataset": dataset_id, "files": names})
    return made


def do_load(work: UnitOfWork, import_id: str) -> Import:
    """Go on with an import that a person has looked at.

    Raises
    ------
    NotFoundError
        There is no such import.
    ImportStateError
        It is not waiting for this.
    """
    made = work.get(Import, import_id, IMPORT)
    if made.status not in {ImportStatus.UNDERSTOOD, ImportStatus.FAILED}:
        raise ImportStateError(made.status)
    made.status, made.error = ImportStatus.LOADING, None
    made.job_id = work.enqueue(LOAD_JOB, {"import_id": import_id})
    work.audit("load", "import", import_id)
    return made


def do_save_codebook(
    work: UnitOfWork, dataset_id: str, base: int, codebook: Codebook, *, rebuild: bool
) -> int:
    """Keep a codebook as a new version; gives its number.

    Parameters
    ----------
    work : UnitOfWork
    dataset_id : str
    base : int
        The version that was edited; 0 for the first.
    codebook : Codebook
    rebuild : bool
        Order the job that reads the rows anew by it.

    Raises
    ------
    EditConflictError
        Somebody saved a version after `base`.
    DerivedDatasetError
        With `rebuild`: it is made from other datasets.
    """
    dataset = work.get(Dataset, dataset_id, DATASET)
    if rebuild:
        refuse_derived(work.session, dataset)
    newest = newest_codebook_version(work, dataset_id)
    if newest is not None and newest.version != base:
        raise EditConflictError(newest.created_by, newest.created_at)
    text = codebook_text(codebook)
    if newest is not None and newest.text == text:
        return newest.version
    version = base + 1
    work.session.add(
        CodebookVersion(
            dataset_id=dataset_id,
            version=version,
            text=text,
            created_by=work.actor.name,
            created_at=work.now,
        )
    )
    work.audit("save", "codebook", dataset_id, before={"version": base}, after={"version": version})
    if rebuild and dataset.current_version is not None:
        payload = {"dataset_id": dataset_id}
        work.enqueue(REBUILD_JOB, payload, key=f"rebuild:{dataset_id}", anew=True)
    return version


def newest_codebook_version(work: UnitOfWork, dataset_id: str) -> CodebookVersion | None:
    """Give the codebook version that was saved last."""
    return work.session.scalar(
        select(CodebookVersion)
        .where(CodebookVersion.dataset_id == dataset_id)
        .order_by(CodebookVersion.version.desc())
        .limit(1)
    )


def do_finish_import(
    work: UnitOfWork, import_id: str, version: int, counts: Counts, notes: Sequence[Text] = ()
) -> None:
    """Mark an import done; what was noted while it was loaded joins its notes."""
    made = work.get(Import, import_id, IMPORT)
    made.status, made.version, made.finished_at = ImportStatus.DONE, version, work.now
    made.n_new, made.n_updated, made.n_same = counts
    known = made.options.get("notes", [])
    more = [dict(note) for note in notes if dict(note) not in known]
    if more:
        made.options = made.options | {"notes": [*known, *more]}
    work.audit("finish", "import", import_id, after={"version": version, "new": counts[0]})


Counts = tuple[int, int, int]
"""Rows that are new, that replaced an earlier row, and that were the same already."""


def do_fail_import(work: UnitOfWork, import_id: str, error: Mapping[str, Any] | None) -> None:
    """Mark an import failed, or cancelled where there is no error; readers never saw it."""
    made = work.get(Import, import_id, IMPORT)
    made.status = ImportStatus.FAILED if error else ImportStatus.CANCELLED
    made.error, made.finished_at = dict(error) if error else None, work.now
    work.audit("fail", "import", import_id, after={"error": made.error})


def do_publish_version(work: UnitOfWork, version: DatasetVersion, after: int | None) -> None:
    """Let readers see a version of a dataset from now on; the same one twice does no harm.

    Datasets that are made from it follow by jobs of their own.

    Parameters
    ----------
    work : UnitOfWork
    version : DatasetVersion
    after : int or None
        What readers saw when it was made.

    Raises
    ------
    WriteConflictError
        They see another one by now: this one would hide what came between.
    """
    do_publish_versions(work, [(version, after)])


def do_publish_versions(
    work: UnitOfWork, versions: Sequence[tuple[DatasetVersion, int | None]]
) -> None:
    """Let readers see versions of several datasets, all or none; see `do_publish_version`.

    Parameters
    ----------
    work : UnitOfWork
    versions : sequence of (DatasetVersion, int or None)
        One of a dataset, each with what readers saw when it was made.
    """
    rows = {row.dataset_id: row for row, _ in versions}
    datasets = {
        one.id: one for one in work.session.scalars(select(Dataset).where(Dataset.id.in_(rows)))
    }
    known = _known_versions(work.session, rows)
    for row, after in versions:
        dataset = datasets.get(row.dataset_id)
        if dataset is None:
            raise NotFoundError(DATASET, row.dataset_id)
        if dataset.current_version not in {after, row.version}:
            raise WriteConflictError
        if (row.dataset_id, row.version) not in known:
            work.session.add(row)
        before = {"version": dataset.current_version}
        dataset.current_version = row.version
        work.audit("publish", "dataset", dataset.id, before=before, after={"version": row.version})
    do_order_builds(work, {one: row.version for one, row in rows.items()})


def _known_versions(session: Session, rows: Mapping[str, DatasetVersion]) -> set[tuple[str, int]]:
    asked = select(DatasetVersion.dataset_id, DatasetVersion.version).where(
        DatasetVersion.dataset_id.in_(rows),
        DatasetVersion.version.in_({row.version for row in rows.values()}),
    )
    return {(one.dataset_id, one.version) for one in session.execute(asked)}


def do_publish_again(
    work: UnitOfWork,
    earlier: DatasetVersion,
    number: int,
    reason: str,
    *,
    after: int | None,
    changed: Mapping[str, Any] | None = None,
) -> None:
    """Let readers see an earlier version under a new number of the lake; see `do_publish_version`.

    Parameters
    ----------
    work : UnitOfWork
    earlier : DatasetVersion
    number : int
    reason : str
    after : int or None
    changed : mapping, optional
        What is no longer as it was, by column.
    """
    do_publish_version(work, renumbered(work, earlier, number, reason, changed), after=after)


def renumbered(
    work: UnitOfWork,
    earlier: DatasetVersion,
    number: int,
    reason: str,
    changed: Mapping[str, Any] | None = None,
) -> DatasetVersion:
    """Give an earlier version under a new number of the lake, not yet shown.

    Parameters
    ----------
    work : UnitOfWork
    earlier : DatasetVersion
    number : int
    reason : str
    changed : mapping, optional
        What is no longer as it was, by column.
    """
    facts = {column.key: getattr(earlier, column.key) for column in inspect(DatasetVersion).columns}
    facts |= {"created_at": work.now, "created_by": work.actor.name}
    return DatasetVersion(**facts | {**(changed or {}), "version": number, "reason": reason})


def imports_of_version(work: UnitOfWork, dataset_id: str, version: int | None) -> list[Import]:
    """List the imports that a version is made of, in the order they came in.

    Raises
    ------
    VersionGoneError
        There is no such version.
    """
    if version is None:
        return []
    found = work.session.get(DatasetVersion, (dataset_id, version))
    if found is None:
        raise VersionGoneError(version)
    return [work.get(Import, one, IMPORT) for one in found.imports]


def do_order_rollback(work: UnitOfWork, dataset_id: str, version: int) -> str:
    """Order the job that goes back to an earlier version; gives its id.

    Raises
    ------
    NotFoundError, VersionGoneError
        There is no such dataset or version.
    """
    work.get(Dataset, dataset_id, DATASET)
    imports_of_version(work, dataset_id, version)
    work.audit("roll back", "dataset", dataset_id, after={"to": version})
    payload = {"dataset_id": dataset_id, "version": version}
    return work.enqueue(ROLLBACK_JOB, payload, key=f"rollback:{dataset_id}:{version}", anew=True)
