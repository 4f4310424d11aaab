"""People: list, add, change, shut out, let in, reset."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from huiyin.core.text import ZH
from huiyin.people.contracts import (
    RIGHT_TEXT,
    ROLE_REACH,
    ROLE_RIGHTS,
    ROLE_TEXT,
    Person,
    Right,
    Role,
)
from huiyin.people.sessions import do_close_all_sessions
from huiyin.people.staff import (
    STAFF,
    StaffFields,
    StaffFilter,
    do_add_staff,
    do_change_staff,
    do_disable_staff,
    do_enable_staff,
    fetch_staff,
)
from huiyin.people.units import fetch_units, units_below
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import Staff
from huiyin.store.unit_of_work import UnitOfWork
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.ahead import order_all_ahead
from huiyin.web.bodies import Body, Revision
from huiyin.web.lists import EXPORT_ROWS, Cursor, Format, Limit, Search, exported, listed
from huiyin.web.system import System, system_of

router = APIRouter(prefix="/api/v1", tags=["staff"])
Keeper = Annotated[Person, Depends(allow(Right.MANAGE_PEOPLE))]


class StaffBody(Body):
    """A person; `password` only when added, and mostly left out: an invitation is better."""

    login: str
    name: str
    role: Role = Role.VIEWER
    email: str | None = None
    mobile: str | None = None
    unit_id: str | None = None
    language: str = ZH
    external_key: str | None = None

    def fields(self) -> StaffFields:
        """Give it as the people layer takes it."""
        return StaffFields(
            self.login,
            self.name,
            self.role,
            self.email,
            self.mobile,
            self.unit_id,
            self.language,
            self.external_key,
        )


class NewStaffBody(StaffBody):
    """A new person."""

    password: str | None = None


class StaffChange(StaffBody):
    """A changed person."""

    revision: int


@router.get("/roles")
def get_roles(_: Annotated[Person, Depends(allow(Right.MANAGE_OWN))]) -> dict[str, Any]:
    """Give the roles, what they reach, and what they may."""
    return {
        "items": [
            {
                "role": role.value,
                "text": dict(ROLE_TEXT[role]),
                "reach": dict(ROLE_REACH[role]),
                "rights": sorted(right.value for right in ROLE_RIGHTS[role]),
            }
            for role in Role
        ],
        "rights": {right.value: dict(RIGHT_TEXT[right]) for right in Right},
    }


@router.get("/staff", response_model=None)
def get_staff_list(
    system: TheSystem,
    _: Keeper,
    *,
    search: Search = "",
    role: Role | None = None,
    unit_id: str | None = None,
    disabled: bool | None = None,
    limit: Limit = 100,
    cursor: Cursor = None,
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> Any:
    """Give a page of people by login; as a file, all of them."""
    with system.database.reading() as session:
        below = None
        if unit_id is not None:
            below = tuple(unit.id for unit in units_below(fetch_units(session), unit_id))
        wanted = StaffFilter(search, role, below, disabled)
        n_rows = limit + 1 if format == "json" else EXPORT_ROWS
        rows, total = fetch_staff(session, wanted, limit=n_rows, after=cursor)
    items = [staff_item(row) for row in rows]
    if format != "json":
        return exported(items, format, "staff")
    return listed(items[:limit], total, rows[limit - 1].login if len(rows) > limit else None)


@router.get("/staff/{staff_id}")
def get_one_staff(staff_id: str, system: TheSystem, _: Keeper) -> dict[str, Any]:
    """Give one person."""
    with system.database.reading() as session:
        row = session.get(Staff, staff_id)
    if row is None:
        raise NotFoundError(STAFF, staff_id)
    return staff_item(row)


@router.post("/staff", status_code=201)
def post_staff(body: NewStaffBody, request: Request, person: Keeper) -> dict[str, Any]:
    """Add a person."""
    with changing(request, person) as uow:
        _answer_ahead_for(uow, system_of(request), body)
        return staff_item(do_add_staff(uow, body.fields(), body.password))


@router.put("/staff/{staff_id}")
def put_staff(staff_id: str, body: StaffChange, request: Request, person: Keeper) -> dict[str, Any]:
    """Change a person."""
    with changing(request, person) as uow:
        _answer_ahead_for(uow, system_of(request), body)
        return staff_item(do_change_staff(uow, staff_id, body.fields(), body.revision))


@router.post("/staff/{staff_id}/disable")
def disable_staff(
    staff_id: str, body: Revision, request: Request, person: Keeper
) -> dict[str, Any]:
    """Shut a person out, at once and everywhere."""
    with changing(request, person) as uow:
        return staff_item(do_disable_staff(uow, staff_id, body.revision))


@router.post("/staff/{staff_id}/enable")
def enable_staff(staff_id: str, body: Revision, request: Request, person: Keeper) -> dict[str, Any]:
    """Let a person in again."""
    with changing(request, person) as uow:
        return staff_item(do_enable_staff(uow, staff_id, body.revision))


@router.post("/staff/{staff_id}/sign-out")
def sign_out_staff(staff_id: str, request: Request, person: Keeper) -> dict[str, int]:
    """End every session of a person."""
    with changing(request, person) as uow:
        staff = uow.get(Staff, staff_id, STAFF)
        return {"signed_out": do_close_all_sessions(uow, staff.id)}


def staff_item(row: Staff) -> dict[str, Any]:
    """Give a person as lists show them; never a password."""
    return {
        "id": row.id,
        "login": row.login,
        "name": row.name,
        "role": row.role,
        "email": row.email,
        "mobile": row.mobile,
        "unit_id": row.unit_id,
        "language": row.language,
        "external_key": row.external_key,
        "source": row.source,
        "has_password": row.password_hash is not None,
        "disabled_at": row.disabled_at,
        "updated_at": row.updated_at,
        "updated_by": row.updated_by,
        "revision": row.revision,
    }


def _answer_ahead_for(uow: UnitOfWork, system: System, somebody: StaffBody) -> None:
    """Have boards answered ahead for somebody whose rows may be nobody else's."""
    if somebody.unit_id is not None or somebody.role in {Role.MANAGER, Role.FRONT_LINE}:
        order_all_ahead(uow, system)
