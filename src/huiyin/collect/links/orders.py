"""Which models stand on a dataset, and the jobs that bring them up to date."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from huiyin.collect.links.contracts import BUILD_JOB, DerivedDatasetError
from huiyin.store.tables import DataModel, Dataset
from huiyin.store.unit_of_work import UnitOfWork


def model_of(session: Session, dataset_id: str) -> DataModel | None:
    """Give the model whose result a dataset is; None for one that is filled by imports."""
    return session.scalar(select(DataModel).where(DataModel.result_dataset_id == dataset_id))


def models_on(session: Session, dataset_id: str) -> list[DataModel]:
    """List the models in use that are made from a dataset."""
    return [model for model in _used(session) if dataset_id in model.parents]


def _used(session: Session) -> list[DataModel]:
    used = (
        select(DataModel)
        .join(Dataset, DataModel.result_dataset_id == Dataset.id)
        .where(Dataset.archived_at.is_(None))
    )
    return list(session.scalars(used))


def refuse_derived(session: Session, dataset: Dataset) -> None:
    """Refuse to fill a dataset that is made from others.

    Raises
    ------
    DerivedDatasetError
    """
    if model_of(session, dataset.id) is not None:
        raise DerivedDatasetError(dataset.name)


def do_order_build(work: UnitOfWork, model: DataModel, why: str, *, force: bool = False) -> str:
    """Order the job that builds a model; gives its id.

    Parameters
    ----------
    work : UnitOfWork
    model : DataModel
    why : str
        One order for one reason: a model's revision, or a version of a parent.
    force : bool
        Build although the result is up to date.
    """
    payload = {"model_id": model.id, "force": force}
    job_id = work.enqueue(BUILD_JOB, payload, key=f"model:{model.id}:{why}")
    # Not an edit: the revision that guards people's edits stays.
    order = update(DataModel).where(DataModel.id == model.id).values(job_id=job_id)
    work.session.execute(order.execution_options(synchronize_session=False))
    return job_id


def do_order_builds(work: UnitOfWork, versions: Mapping[str, int]) -> None:
    """Order the models on datasets anew, because these have new versions, given by dataset."""
    for model in _used(work.session):
        for dataset_id in dict.fromkeys(model.parents):
            if dataset_id in versions:
                do_order_build(work, model, f"{dataset_id}:{versions[dataset_id]}")
