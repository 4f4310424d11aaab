"""How long the rows of a dataset are kept: what a period would take, and setting it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from sqlalchemy.orm import Session

from huiyin.collect.datasets.contracts import NoDataYetError
from huiyin.collect.datasets.reading import fetch_dataset
from huiyin.collect.datasets.retention import (
    MOST_DAYS,
    OtherRowsError,
    Retained,
    do_set_retention,
    refuse_derived_retention,
    retained,
)
from huiyin.collect.links.orders import models_on
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import Dataset
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import Body
from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/datasets", tags=["datasets"])
Reader = Annotated[Person, Depends(allow(Right.IMPORT_DATA))]
Deleter = Annotated[Person, Depends(allow(Right.DELETE_DATA))]
Days = Annotated[int | None, Query(ge=1, le=MOST_DAYS)]


class RetentionBody(Body):
    """A period, the number of rows that the preview said it takes, and the state it was made on."""

    days: int | None = Field(ge=1, le=MOST_DAYS)
    rows: int
    revision: int


@router.get("/{dataset_id}/retention")
def get_retention(
    dataset_id: str, system: TheSystem, _: Reader, days: Days = None
) -> dict[str, Any]:
    """Tell when rows are removed next and how many: by the period that is set, or by another."""
    with system.database.reading() as session:
        dataset = fetch_dataset(session, dataset_id)
        wanted = days or dataset.retention_days
        found = None if wanted is None else _retained(session, system, dataset, wanted)
        made = [model.name for model in models_on(session, dataset_id)]
        return {
            "set": dataset.retention_days,
            "preview": found and _json(found),
            "derived": made,
            "revision": dataset.revision,
        }


@router.put("/{dataset_id}/retention")
def put_retention(
    dataset_id: str, body: RetentionBody, request: Request, system: TheSystem, person: Deleter
) -> dict[str, Any]:
    """Set the period, as it was previewed; no days: rows are kept for good."""
    if body.days is not None:
        with system.database.reading() as session:
            refuse_derived_retention(session, dataset_id)
            dataset = fetch_dataset(session, dataset_id)
            n = _retained(session, system, dataset, body.days).n_rows
        if n != body.rows:
            raise OtherRowsError(n)
    with changing(request, person) as uow:
        row = do_set_retention(uow, dataset_id, body.days, body.revision)
        uow.session.flush()
        return {"set": row.retention_days, "revision": row.revision}


def _retained(session: Session, system: System, dataset: Dataset, days: int) -> Retained:
    if dataset.current_version is None:
        raise NoDataYetError(dataset.name)
    files = system.lake.snapshot(dataset.id, dataset.current_version)
    with system.engines.lent() as engine:
        return retained(session, engine, dataset, files, days, system.clock())


def _json(found: Retained) -> dict[str, Any]:
    return {
        "days": found.days,
        "next_on": found.next_on,
        "cutoff": found.cutoff,
        "rows": found.n_rows,
        "total": found.n_total,
        "customers": found.n_customers,
        "oldest_on": found.oldest_on,
    }
