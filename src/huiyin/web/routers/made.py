"""Groups and metrics that people make for a dataset: listed, made, changed, removed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field

from huiyin.collect.datasets.reading import fetch_codebook, fetch_dataset, fetch_version
from huiyin.measure.made.contracts import LONGEST_NAME
from huiyin.measure.made.definition import MadeGroups, MadeMetric
from huiyin.measure.made.keeping import (
    all_made,
    do_keep_made,
    do_remove_made,
    made_from_row,
    refuse_others,
    standing_made,
)
from huiyin.people.contracts import Person, Right
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import LARGEST_NUMBER, Body, VersionNumber
from huiyin.web.complaints import complaint_sources
from huiyin.web.corridors import rules_for
from huiyin.web.lists import listed

if TYPE_CHECKING:
    from huiyin.codebook.contracts import Codebook
    from huiyin.measure.metric import MetricRules
    from huiyin.store.tables import MadeDefinition
    from huiyin.store.unit_of_work import UnitOfWork
    from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/datasets/{dataset_id}/made", tags=["made"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Maker = Annotated[Person, Depends(allow(Right.MAKE_GROUPS))]
Name = Annotated[str, Path(max_length=LONGEST_NAME)]
Version = Annotated[int, Query(ge=1, le=LARGEST_NUMBER)]


class MadeBody(Body):
    """A definition to keep."""

    definition: Annotated[MadeGroups | MadeMetric, Field(discriminator="kind")]


class NewMade(MadeBody):
    """A new one."""

    name: str


class MadeChange(MadeBody):
    """A changed one; `version` is the one that the change was made on."""

    version: VersionNumber


@router.get("")
def get_made(dataset_id: str, system: TheSystem, person: Reader) -> dict[str, Any]:
    """List the groups and metrics that were made for a dataset, oldest first."""
    with system.database.reading() as session:
        fetch_dataset(session, dataset_id)
        return listed([made_item(row, person) for row in all_made(session, dataset_id)])


@router.post("", status_code=201)
def post_made(
    dataset_id: str, body: NewMade, request: Request, system: TheSystem, person: Maker
) -> dict[str, Any]:
    """Make groups or a metric."""
    with changing(request, person) as uow:
        book = _codebook(uow, dataset_id)
        rules = _rules(uow, system, dataset_id, book)
        row = do_keep_made(uow, dataset_id, body.name, body.definition, None, book, rules)
        return made_item(row, person)


@router.put("/{name}")
def put_made(
    dataset_id: str,
    name: Name,
    body: MadeChange,
    request: Request,
    system: TheSystem,
    person: Maker,
) -> dict[str, Any]:
    """Change groups or a metric: the next version; refused where somebody changed it since."""
    with changing(request, person) as uow:
        _mine(uow, dataset_id, name, person)
        book = _codebook(uow, dataset_id)
        rules = _rules(uow, system, dataset_id, book)
        row = do_keep_made(uow, dataset_id, name, body.definition, body.version, book, rules)
        return made_item(row, person)


@router.delete("/{name}")
def delete_made(
    dataset_id: str, name: Name, version: Version, request: Request, person: Maker
) -> dict[str, bool]:
    """Remove groups or a metric; views that ask by it say that it is gone."""
    with changing(request, person) as uow:
        _mine(uow, dataset_id, name, person)
        do_remove_made(uow, dataset_id, name, version)
    return {"removed": True}


def _codebook(uow: UnitOfWork, dataset_id: str) -> Codebook:
    version = fetch_version(uow.session, dataset_id).codebook_version
    return fetch_codebook(uow.session, dataset_id, version).codebook


def _rules(uow: UnitOfWork, system: System, dataset_id: str, book: Codebook) -> MetricRules:
    """Give the rules of today with the complaints that are linked: a metric may be made of them."""
    told = complaint_sources(uow.session, system, dataset_id, book)
    return replace(rules_for(uow.session, system), complaints=told)


def _mine(uow: UnitOfWork, dataset_id: str, name: str, person: Person) -> None:
    fetch_dataset(uow.session, dataset_id)
    row = standing_made(uow.session, dataset_id, name)
    refuse_others(row, person.staff_id, keeps_all=person.may(Right.EDIT_METRICS))


def made_item(row: MadeDefinition, person: Person) -> dict[str, Any]:
    """Give a made definition as lists show it; `editable` by who asks."""
    own = row.owner_id == person.staff_id or person.may(Right.EDIT_METRICS)
    return {
        "name": row.name,
        "kind": row.kind,
        "version": row.version,
        "definition": made_from_row(row).model_dump(mode="json"),
        "created_by": row.created_by,
        "created_at": row.created_at.isoformat(),
        "editable": own and person.may(Right.MAKE_GROUPS),
    }
