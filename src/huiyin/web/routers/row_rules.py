"""Row rules: who sees only which rows."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from huiyin.people.contracts import Person, Right, Role
from huiyin.people.row_rules import (
    MOST_VALUES,
    RowRuleFields,
    do_add_row_rule,
    do_change_row_rule,
    do_remove_row_rule,
    fetch_row_rules,
)
from huiyin.store.tables import RowRule
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.ahead import order_all_ahead
from huiyin.web.bodies import Body
from huiyin.web.lists import listed
from huiyin.web.system import system_of

router = APIRouter(prefix="/api/v1", tags=["row rules"])
Keeper = Annotated[Person, Depends(allow(Right.MANAGE_PEOPLE))]


class RowRuleBody(Body):
    """A rule: at most one of staff, unit and role; none of them means everybody."""

    column: str
    values: list[str] = Field(max_length=MOST_VALUES)
    staff_id: str | None = None
    unit_id: str | None = None
    role: Role | None = None
    dataset_id: str | None = None

    def fields(self) -> RowRuleFields:
        """Give it as the people layer takes it."""
        return RowRuleFields(
            self.column,
            tuple(self.values),
            self.staff_id,
            self.unit_id,
            self.role,
            self.dataset_id,
        )


class RowRuleChange(RowRuleBody):
    """A changed rule."""

    revision: int


@router.get("/row-rules")
def get_row_rules(system: TheSystem, _: Keeper) -> dict[str, Any]:
    """Give every rule."""
    with system.database.reading() as session:
        return listed([rule_item(row) for row in fetch_row_rules(session)])


@router.post("/row-rules", status_code=201)
def post_row_rule(body: RowRuleBody, request: Request, person: Keeper) -> dict[str, Any]:
    """Add a rule."""
    with changing(request, person) as uow:
        order_all_ahead(uow, system_of(request))
        return rule_item(do_add_row_rule(uow, body.fields()))


@router.put("/row-rules/{rule_id}")
def put_row_rule(
    rule_id: str, body: RowRuleChange, request: Request, person: Keeper
) -> dict[str, Any]:
    """Change a rule."""
    with changing(request, person) as uow:
        order_all_ahead(uow, system_of(request))
        return rule_item(do_change_row_rule(uow, rule_id, body.fields(), body.revision))


@router.delete("/row-rules/{rule_id}")
def delete_row_rule(
    rule_id: str, revision: int, request: Request, person: Keeper
) -> dict[str, bool]:
    """Remove a rule."""
    with changing(request, person) as uow:
        order_all_ahead(uow, system_of(request))
        do_remove_row_rule(uow, rule_id, revision)
    return {"removed": True}


def rule_item(row: RowRule) -> dict[str, Any]:
    """Give a rule as lists show it."""
    return {
        "id": row.id,
        "column": row.column,
        "values": row.values,
        "staff_id": row.staff_id,
        "unit_id": row.unit_id,
        "role": row.role,
        "dataset_id": row.dataset_id,
        "revision": row.revision,
    }
