"""Delete a dataset for good: its lake table, files, and every row of the store. Safe to run twice.

Files go first and the dataset's own row last, so that a job that was stopped knows what is left.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, or_, select, update

from huiyin.app.work.shrinking import empty_results
from huiyin.collect.customers.contracts import CUSTOMERS_LEASE
from huiyin.collect.customers.orphans import do_forget_fields
from huiyin.collect.datasets.removal import own_uploads
from huiyin.collect.surveys.changes import Status as SurveyStatus
from huiyin.collect.surveys.files import do_drop_files_of_surveys
from huiyin.core.text import Text
from huiyin.store.jobs.contracts import JobStatus
from huiyin.store.tables import (
    AnswerDraft,
    CodebookVersion,
    CustomerField,
    DataModel,
    Dataset,
    DatasetVersion,
    Event,
    Import,
    Job,
    MadeDefinition,
    QuotaPlaces,
    Refresh,
    RowRule,
    SavedReport,
    SavedView,
    Schedule,
    ShareLink,
    Submission,
    Survey,
    Target,
    Upload,
)

if TYPE_CHECKING:
    from huiyin.store.jobs.worker import JobContext
    from huiyin.store.unit_of_work import UnitOfWork
    from huiyin.web.system import System

DELETING = Text("删除数据集", "deleting the dataset")
_OF_A_DATASET = (
    Submission, Import, DatasetVersion, CodebookVersion, Refresh, SavedReport, ShareLink,
    Target, RowRule, Event, SavedView,
    MadeDefinition,
)  # fmt: skip
"""Tables whose rows belong to one dataset, by their column `dataset_id`."""


def delete_dataset(system: System, context: JobContext) -> dict[str, Any]:
    """Delete what a person confirmed: links and unions first, then what they were made from."""
    ids: list[str] = context.payload["dataset_ids"]
    n_customers = 0
    for number, dataset_id in enumerate(ids):
        context.progress(DELETING, number, len(ids) + 1)
        with context.uow() as work:
            if work.session.get(Dataset, dataset_id) is None:
                continue
        with (
            system.lake.writer(dataset_id, system.leases) as writer,
            system.leases.held(CUSTOMERS_LEASE),
        ):
            _remove_files(system, context, dataset_id)
            shutil.rmtree(writer.table.folder, ignore_errors=True)
            with context.uow() as work:
                n_customers += _delete_rows(work, dataset_id)
    empty_results(system)
    system.database.forget()
    return {"datasets": len(ids), "customers": n_customers}


def _remove_files(system: System, context: JobContext, dataset_id: str) -> None:
    with context.uow() as work:
        _cancel_jobs(work, dataset_id)
        imports = list(work.session.scalars(select(Import.id).filter_by(dataset_id=dataset_id)))
        uploads = own_uploads(work.session, {dataset_id})
        gone = update(Upload).where(Upload.id.in_(uploads), Upload.deleted_at.is_(None))
        work.session.execute(gone.values(deleted_at=work.now))
    for one in imports:
        shutil.rmtree(system.folders.staged / one, ignore_errors=True)
    for one in uploads:
        (system.folders.uploads / one).unlink(missing_ok=True)
    with context.uow() as work:
        filled = select(Survey.id).where(Survey.dataset_id == dataset_id)
        do_drop_files_of_surveys(work, system.folders, filled)


def _cancel_jobs(work: UnitOfWork, dataset_id: str) -> None:
    """Cancel what was ordered for the dataset and has not begun."""
    own: set[str] = {dataset_id}
    for table in (Import, Refresh):
        own |= {*work.session.scalars(select(table.id).filter_by(dataset_id=dataset_id))}
    models = select(DataModel.id).where(DataModel.result_dataset_id == dataset_id)
    own |= {*work.session.scalars(models)}
    named = ("dataset_id", "import_id", "refresh_id", "model_id")
    for job in work.session.scalars(select(Job).where(Job.status == JobStatus.QUEUED)):
        if any(job.payload.get(name) in own for name in named):
            job.status, job.finished_at = JobStatus.CANCELLED, work.now


def _leave_surveys(work: UnitOfWork, dataset_id: str) -> None:
    """Take the dataset from archived questionnaires that filled it; half answers go with it.

    They stay as they were asked. Who publishes one again gets a new dataset.
    """
    session = work.session
    filled = select(Survey.id).where(Survey.dataset_id == dataset_id)
    for table in (AnswerDraft, QuotaPlaces):
        session.execute(delete(table).where(table.survey_id.in_(filled)))
    left = update(Survey).where(Survey.dataset_id == dataset_id)
    session.execute(left.values(dataset_id=None, version=None, status=SurveyStatus.DRAFT))


def _delete_rows(work: UnitOfWork, dataset_id: str) -> int:
    """Delete every row of the store that belongs to the dataset; gives how many customers went."""
    session = work.session
    fields = select(CustomerField.customer_id).where(CustomerField.dataset_id == dataset_id)
    n_customers = do_forget_fields(work, dataset_id, {*session.scalars(fields)})
    mine = select(Refresh.schedule_id).where(Refresh.dataset_id == dataset_id)
    schedules = [one for one in session.scalars(mine) if one is not None]
    uploads = own_uploads(session, {dataset_id})
    for table in _OF_A_DATASET:
        session.execute(delete(table).where(table.dataset_id == dataset_id))
    session.execute(delete(Schedule).where(Schedule.id.in_(schedules)))
    session.execute(delete(Upload).where(Upload.id.in_(uploads)))
    at_hand = or_(
        DataModel.result_dataset_id == dataset_id, DataModel.base_dataset_id == dataset_id
    )
    session.execute(delete(DataModel).where(at_hand))
    _leave_surveys(work, dataset_id)
    session.execute(delete(Dataset).where(Dataset.id == dataset_id))
    work.audit("deleted", "dataset", dataset_id, after={"customers": n_customers})
    return n_customers
