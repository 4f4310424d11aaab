"""Put datasets away, bring them back, and order that they are deleted for good."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from huiyin.collect.customers.contracts import LONGEST_TEXT, ReasonMissingError
from huiyin.collect.datasets.contracts import DATASET
from huiyin.collect.datasets.reading import fetch_dataset
from huiyin.collect.datasets.users import refuse_asked
from huiyin.collect.links.orders import models_on
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text, listed
from huiyin.store.jobs.contracts import JobStatus
from huiyin.store.tables import (
    CustomerField,
    DataModel,
    Dataset,
    DatasetVersion,
    Import,
    Job,
    SavedReport,
    ShareLink,
    Submission,
    Upload,
)
from huiyin.store.unit_of_work import UnitOfWork

DELETE_JOB = "delete_dataset"


class DatasetInUseError(BadInputError):
    """Other datasets in use are made from it."""

    def __init__(self, name: str, made: Sequence[str]) -> None:
        super().__init__(
            Text(
                "“{made}”是由“{name}”合成的，还在用。请先归档它们。",
                "“{made}” is made from “{name}” and in use: put that away first.",
            ).format(name=name, made=listed(made))
        )


class WrongNameError(BadInputError):
    """The name that was typed is not the dataset's."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                "输入的名称不对。要删除请照抄“{name}”。",
                "That is not its name. To delete it, type “{name}”.",
            ).format(name=name)
        )


class OtherDerivedError(BadInputError):
    """What goes with the dataset is not what the person was shown."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "要一起删除的数据集在您查看之后变了，请重新查看。",
                "What would be deleted with it changed since you looked: look again.",
            )
        )


class BeingDeletedError(BadInputError):
    """The dataset is about to be gone."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                "“{name}”正在删除，恢复不了了。",
                "“{name}” is being deleted and cannot be brought back.",
            ).format(name=name)
        )


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes when a dataset is deleted.

    Attributes
    ----------
    derived : tuple of Dataset
        Links and unions that hold its rows, over however many steps; archived ones too.
    n_rows : int
        Of the version that readers see.
    n_versions, n_imports, n_files, n_pushed, n_reports, n_links : int
        Versions, imports, files as they were sent, pushed rows, reports and share links.
    n_customers : int
        Customers who are known by this dataset and by no other.
    """

    derived: tuple[Dataset, ...]
    n_rows: int
    n_versions: int
    n_imports: int
    n_files: int
    n_pushed: int
    n_reports: int
    n_links: int
    n_customers: int


def derived_from(session: Session, dataset_id: str) -> list[Dataset]:
    """List the datasets that hold rows of a dataset, those that others are made from last."""
    models = list(session.scalars(select(DataModel)))
    found: dict[str, None] = {}
    waiting = [dataset_id]
    while waiting:
        parent = waiting.pop(0)
        for model in models:
            result = str(model.result_dataset_id)
            if parent in model.parents and result != dataset_id:
                found.pop(result, None)  # a later step comes later
                found[result] = None
                waiting.append(result)
    rows = (session.get(Dataset, one) for one in reversed(found))
    return [row for row in rows if row is not None]


def fetch_removal(session: Session, dataset_id: str) -> Removal:
    """Count what goes when a dataset is deleted.

    Raises
    ------
    NotFoundError
        There is no such dataset.
    """
    dataset = fetch_dataset(session, dataset_id)
    derived = tuple(derived_from(session, dataset_id))
    ids = [dataset_id, *(one.id for one in derived)]
    version = dataset.current_version
    shown = None if version is None else session.get(DatasetVersion, (dataset_id, version))
    return Removal(
        derived,
        n_rows=shown.n_rows if shown else 0,
        n_versions=_count(session, DatasetVersion.dataset_id, ids),
        n_imports=_count(session, Import.dataset_id, ids),
        n_files=_count_files(session, ids),
        n_pushed=_count(session, Submission.dataset_id, ids),
        n_reports=_count(session, SavedReport.dataset_id, ids),
        n_links=_count(session, ShareLink.dataset_id, ids),
        n_customers=_count_own_customers(session, ids),
    )


def own_uploads(session: Session, datasets: Collection[str]) -> list[str]:
    """List the files that imports of these datasets came as, and of no other dataset."""
    own: set[str] = set()
    others: set[str] = set()
    for dataset_id, uploads in session.execute(select(Import.dataset_id, Import.uploads)):
        (own if dataset_id in datasets else others).update(uploads)
    return sorted(own - others)


def _count_files(session: Session, datasets: Collection[str]) -> int:
    there = select(Upload.id).where(Upload.deleted_at.is_(None))
    return len({*session.scalars(there)} & {*own_uploads(session, datasets)})


def _count(session: Session, column: InstrumentedAttribute[Any], datasets: Collection[str]) -> int:
    return session.scalar(select(func.count()).where(column.in_(datasets))) or 0


def _count_own_customers(session: Session, datasets: Collection[str]) -> int:
    elsewhere = select(CustomerField.customer_id).where(CustomerField.dataset_id.not_in(datasets))
    own = select(func.count(CustomerField.customer_id.distinct())).where(
        CustomerField.dataset_id.in_(datasets), CustomerField.customer_id.not_in(elsewhere)
    )
    return session.scalar(own) or 0


def do_archive_dataset(work: UnitOfWork, dataset_id: str, revision: int) -> Dataset:
    """Hide a dataset everywhere; nothing is lost.

    Raises
    ------
    NotFoundError, EditConflictError
        There is none; somebody changed it since `revision`.
    DatasetInUseError
        Datasets in use are made from it.
    """
    dataset = work.get(Dataset, dataset_id, DATASET)
    work.guard(dataset, revision)
    made = [model.name for model in models_on(work.session, dataset_id)]
    if made:
        raise DatasetInUseError(dataset.name, made)
    if dataset.archived_at is None:
        dataset.archived_at = work.now
        work.audit("archive", "dataset", dataset_id, after={"name": dataset.name})
    return dataset


def do_restore_dataset(work: UnitOfWork, dataset_id: str) -> Dataset:
    """Show an archived dataset again.

    Raises
    ------
    NotFoundError
        There is none.
    BeingDeletedError
        It is about to be gone.
    """
    dataset = work.get(Dataset, dataset_id, DATASET)
    if is_being_deleted(work.session, dataset_id):
        raise BeingDeletedError(dataset.name)
    if dataset.archived_at is not None:
        dataset.archived_at = None
        work.audit("unarchive", "dataset", dataset_id, after={"name": dataset.name})
    return dataset


def is_being_deleted(session: Session, dataset_id: str) -> bool:
    """Say whether a job that deletes the dataset has been ordered; a failed one counts."""
    orders = select(Job.payload).where(Job.kind == DELETE_JOB, Job.status != JobStatus.DONE)
    return any(dataset_id in payload["dataset_ids"] for payload in session.scalars(orders))


def do_order_deletion(
    work: UnitOfWork, dataset_id: str, name: str, reason: str, derived: Collection[str]
) -> str:
    """Order that a dataset and all that holds its rows be deleted; gives the job's id.

    Nobody reads it from now on.

    Parameters
    ----------
    work : UnitOfWork
    dataset_id : str
    name : str
        As the person typed it.
    reason : str
    derived : collection of str
        Ids of the datasets that the person was told go with it.

    Raises
    ------
    NotFoundError, WrongNameError, ReasonMissingError, OtherDerivedError, AskedIntoError
        Nothing is done then.
    """
    dataset = work.get(Dataset, dataset_id, DATASET)
    if name.strip() != dataset.name:
        raise WrongNameError(dataset.name)
    why = reason.strip()[:LONGEST_TEXT]
    if not why:
        raise ReasonMissingError
    going = derived_from(work.session, dataset_id)
    if {one.id for one in going} != set(derived):
        raise OtherDerivedError
    refuse_asked(work.session, dataset.name, {dataset_id, *(one.id for one in going)})
    for one in (*going, dataset):
        one.archived_at = one.archived_at or work.now
        one.current_version = None
        work.audit("delete", "dataset", one.id, before={"name": one.name}, after={"reason": why})
    ids = [*(one.id for one in going), dataset_id]
    return work.enqueue(DELETE_JOB, {"dataset_ids": ids}, key=f"delete:{dataset_id}")
