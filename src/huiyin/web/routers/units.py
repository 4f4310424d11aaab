"""The tree of organisation units."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from huiyin.people.contracts import Person, Right
from huiyin.people.units import (
    UnitFields,
    do_add_unit,
    do_change_unit,
    do_remove_unit,
    fetch_units,
)
from huiyin.store.tables import Unit
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import Body
from huiyin.web.lists import Format, listed_as

router = APIRouter(prefix="/api/v1", tags=["units"])
Keeper = Annotated[Person, Depends(allow(Right.MANAGE_PEOPLE))]


class UnitBody(Body):
    """A unit."""

    name: str
    parent_id: str | None = None
    code: str | None = None
    position: int = Field(0, ge=0, le=1_000_000)

    def fields(self) -> UnitFields:
        """Give it as the people layer takes it."""
        return UnitFields(self.name, self.parent_id, self.code, self.position)


class UnitChange(UnitBody):
    """A changed unit."""

    revision: int


@router.get("/units", response_model=None)
def get_units(
    system: TheSystem,
    _: Annotated[Person, Depends(allow(Right.SEE_SCORES))],
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> dict[str, Any] | Response:
    """Give every unit, parents before children."""
    with system.database.reading() as session:
        items = [unit_item(unit) for unit in fetch_units(session)]
    return listed_as(format, items, "units")


@router.post("/units", status_code=201)
def post_unit(body: UnitBody, request: Request, person: Keeper) -> dict[str, Any]:
    """Add a unit."""
    with changing(request, person) as uow:
        return unit_item(do_add_unit(uow, body.fields()))


@router.put("/units/{unit_id}")
def put_unit(unit_id: str, body: UnitChange, request: Request, person: Keeper) -> dict[str, Any]:
    """Rename or move a unit."""
    with changing(request, person) as uow:
        return unit_item(do_change_unit(uow, unit_id, body.fields(), body.revision))


@router.delete("/units/{unit_id}")
def delete_unit(unit_id: str, revision: int, request: Request, person: Keeper) -> dict[str, bool]:
    """Remove a unit that nobody belongs to."""
    with changing(request, person) as uow:
        do_remove_unit(uow, unit_id, revision)
    return {"removed": True}


def unit_item(unit: Unit) -> dict[str, Any]:
    """Give a unit as lists show it."""
    return {
        "id": unit.id,
        "name": unit.name,
        "parent_id": unit.parent_id,
        "code": unit.code,
        "position": unit.position,
        "revision": unit.revision,
    }
