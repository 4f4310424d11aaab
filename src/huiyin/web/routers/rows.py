"""Rows that another system pushes, by API token or from a webhook."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from huiyin.collect.datasets.contracts import DATASET
from huiyin.collect.datasets.pushed import MOST_ROWS, count_waiting, do_push_rows
from huiyin.collect.datasets.reading import fetch_dataset
from huiyin.people.contracts import Person, Right
from huiyin.store.contracts import NotFoundError
from huiyin.store.sealed_rows import RowSeal
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import Body

router = APIRouter(prefix="/api/v1/datasets/{dataset_id}/rows", tags=["rows"])
Pusher = Annotated[Person, Depends(allow(Right.PUSH_ROWS))]


class RowsBody(Body):
    """Rows as objects: column → value; each with the dataset's id column."""

    rows: list[dict[str, Any]] = Field(min_length=1, max_length=MOST_ROWS)


@router.post("")
def post_rows(
    dataset_id: str, body: RowsBody, request: Request, system: TheSystem, person: Pusher
) -> dict[str, Any]:
    """Take rows in; a row whose id is there already is updated. Answered when they are safe."""
    if person.dataset_ids is not None and dataset_id not in person.dataset_ids:
        raise NotFoundError(DATASET, dataset_id)
    seal = RowSeal(system.key)
    with changing(request, person) as uow:
        numbers = do_push_rows(uow, dataset_id, body.rows, person.name, seal)
    return {"accepted": len(numbers), "last": numbers[-1]}


@router.get("/waiting")
def get_waiting(dataset_id: str, system: TheSystem, _: Pusher) -> dict[str, int]:
    """Count the rows that were taken in and are not in the dataset yet."""
    with system.database.reading() as session:
        fetch_dataset(session, dataset_id)
        return {"waiting": count_waiting(session, dataset_id)}
