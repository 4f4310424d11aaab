"""Row rules: who sees only the rows where a column holds certain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.core.text import Text
from huiyin.people.contracts import PeopleRuleError, Role
from huiyin.people.staff import STAFF
from huiyin.people.units import UNIT
from huiyin.store.tables import Dataset, RowRule, Staff, Unit
from huiyin.store.unit_of_work import UnitOfWork

ROW_RULE = Text("数据权限", "row rule")
MOST_VALUES = 1000


@dataclass(frozen=True, slots=True)
class RowRuleFields:
    """One rule: at most one of staff, unit and role; none of them means everybody."""

    column: str
    values: tuple[str, ...]
    staff_id: str | None = None
    unit_id: str | None = None
    role: Role | None = None
    dataset_id: str | None = None


def fetch_row_rules(session: Session) -> list[RowRule]:
    """Give every rule, oldest first."""
    return list(session.scalars(select(RowRule).order_by(RowRule.created_at, RowRule.id)))


def do_add_row_rule(uow: UnitOfWork, fields: RowRuleFields) -> RowRule:
    """Add a rule.

    Raises
    ------
    PeopleRuleError
        It has no column or no values, or names more than one of staff, unit and role.
    NotFoundError
        It names somebody or something that is not there.
    """
    row = RowRule()
    _fill(uow, row, fields)
    uow.session.add(row)
    uow.session.flush()
    uow.audit("add", "row_rule", row.id, after=_facts(row))
    return row


def do_change_row_rule(
    uow: UnitOfWork, rule_id: str, fields: RowRuleFields, revision: int
) -> RowRule:
    """Change a rule; it holds from the next request on."""
    row = uow.get(RowRule, rule_id, ROW_RULE)
    uow.guard(row, revision)
    before = _facts(row)
    _fill(uow, row, fields)
    uow.session.flush()
    uow.audit("change", "row_rule", row.id, before=before, after=_facts(row))
    return row


def do_remove_row_rule(uow: UnitOfWork, rule_id: str, revision: int) -> None:
    """Remove a rule."""
    row = uow.get(RowRule, rule_id, ROW_RULE)
    uow.guard(row, revision)
    uow.audit("remove", "row_rule", row.id, before=_facts(row))
    uow.session.delete(row)


def _fill(uow: UnitOfWork, row: RowRule, fields: RowRuleFields) -> None:
    column = fields.column.strip()
    values = tuple(dict.fromkeys(value.strip() for value in fields.values if value.strip()))
    if not column or not 0 < len(values) <= MOST_VALUES:
        raise PeopleRuleError(
            Text(
                "数据权限要写列名和 1 到 {n} 个值，如“地区”只看“华东”。",
                "A row rule needs a column and 1 to {n} values, say only “East” of “region”.",
            ).format(n=MOST_VALUES)
        )
    if sum(part is not None for part in (fields.staff_id, fields.unit_id, fields.role)) > 1:
        raise PeopleRuleError(
            Text(
                "一条数据权限只能给一个人、一个单位或一个角色。",
                "A row rule is for one person, one unit or one role.",
            )
        )
    for table, key, noun in (
        (Staff, fields.staff_id, STAFF),
        (Unit, fields.unit_id, UNIT),
        (Dataset, fields.dataset_id, Text("数据集", "dataset")),
    ):
        if key is not None:
            uow.get(table, key, noun)
    row.column, row.values = column, list(values)
    row.staff_id, row.unit_id = fields.staff_id, fields.unit_id
    row.role = fields.role.value if fields.role else None
    row.dataset_id = fields.dataset_id


def _facts(row: RowRule) -> dict[str, Any]:
    return {
        "staff_id": row.staff_id,
        "unit_id": row.unit_id,
        "role": row.role,
        "dataset_id": row.dataset_id,
        "column": row.column,
        "values": row.values,
    }
