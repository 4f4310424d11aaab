"""Datasets put away, brought back, and deleted for good by who types their name."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from huiyin.collect.customers.contracts import LONGEST_TEXT
from huiyin.collect.datasets.reading import fetch_dataset
from huiyin.collect.datasets.removal import (
    do_archive_dataset,
    do_order_deletion,
    do_restore_dataset,
    fetch_removal,
)
from huiyin.people.contracts import Person, Right
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import Body, Revision

router = APIRouter(prefix="/api/v1/datasets", tags=["datasets"])
Importer = Annotated[Person, Depends(allow(Right.IMPORT_DATA))]
Deleter = Annotated[Person, Depends(allow(Right.DELETE_DATA))]


class DeletionBody(Body):
    """The dataset's name as typed, why, and which other datasets were said to go with it."""

    name: str = Field(max_length=400)
    reason: str = Field(max_length=LONGEST_TEXT)
    derived: list[str] = Field(default_factory=list, max_length=1000)


@router.post("/{dataset_id}/archive")
def post_archive(
    dataset_id: str, body: Revision, request: Request, person: Importer
) -> dict[str, Any]:
    """Hide a dataset; its rows stay and it can be brought back."""
    with changing(request, person) as uow:
        row = do_archive_dataset(uow, dataset_id, body.revision)
        uow.session.flush()
        return {"id": row.id, "archived_at": row.archived_at, "revision": row.revision}


@router.post("/{dataset_id}/restore")
def post_restore(dataset_id: str, request: Request, person: Importer) -> dict[str, Any]:
    """Show an archived dataset again."""
    with changing(request, person) as uow:
        row = do_restore_dataset(uow, dataset_id)
        uow.session.flush()
        return {"id": row.id, "archived_at": row.archived_at, "revision": row.revision}


@router.get("/{dataset_id}/deletion")
def get_deletion(dataset_id: str, system: TheSystem, _: Deleter) -> dict[str, Any]:
    """Tell what would go if the dataset were deleted, the links and unions made from it named."""
    with system.database.reading() as session:
        dataset = fetch_dataset(session, dataset_id)
        found = fetch_removal(session, dataset_id)
        return {
            "id": dataset.id,
            "name": dataset.name,
            "derived": [{"id": one.id, "name": one.name} for one in found.derived],
            "rows": found.n_rows,
            "versions": found.n_versions,
            "imports": found.n_imports,
            "files": found.n_files,
            "pushed": found.n_pushed,
            "reports": found.n_reports,
            "links": found.n_links,
            "customers": found.n_customers,
        }


@router.post("/{dataset_id}/delete")
def post_delete(
    dataset_id: str, body: DeletionBody, request: Request, person: Deleter
) -> dict[str, Any]:
    """Delete a dataset for good, with what is made from it; nobody reads it from now on."""
    with changing(request, person) as uow:
        return {"job_id": do_order_deletion(uow, dataset_id, body.name, body.reason, body.derived)}
