"""The tree of organisation units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.core.text import Text
from huiyin.people.contracts import PeopleRuleError
from huiyin.store.tables import Invitation, RowRule, Staff, Unit
from huiyin.store.unit_of_work import UnitOfWork

UNIT = Text("单位", "unit")


@dataclass(frozen=True, slots=True)
class UnitFields:
    """What people say about a unit."""

    name: str
    parent_id: str | None = None
    code: str | None = None
    position: int = 0


def fetch_units(session: Session) -> list[Unit]:
    """Give every unit, parents before children, siblings in their order."""
    rows = list(session.scalars(select(Unit).order_by(Unit.position, Unit.name, Unit.id)))
    children = defaultdict(list)
    for unit in rows:
        children[unit.parent_id].append(unit)
    ordered: list[Unit] = []
    waiting = list(reversed(children[None]))
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting.extend(reversed(children[unit.id]))
    return ordered


def units_below(units: Iterable[Unit], unit_id: str) -> list[Unit]:
    """Give a unit and all below it.

    Parameters
    ----------
    units : iterable of Unit
        Every unit, parents before children (`fetch_units`).
    unit_id : str
    """
    inside = {unit_id}
    found = []
    for unit in units:
        if unit.id == unit_id or unit.parent_id in inside:
            inside.add(unit.id)
            found.append(unit)
    return found


def units_above(units: Iterable[Unit], unit_id: str) -> list[str]:
    """Give the ids of a unit and of those above it, nearest first."""
    parents = {unit.id: unit.parent_id for unit in units}
    path: list[str] = []
    at: str | None = unit_id
    while at in parents and at not in path:
        path.append(at)
        at = parents[at]
    return path


def do_add_unit(uow: UnitOfWork, fields: UnitFields) -> Unit:
    """Add a unit.

    Raises
    ------
    PeopleRuleError
        The name is empty, or the code is taken.
    NotFoundError
        There is no such parent.
    """
    unit = Unit()
    _fill(uow, unit, fields)
    uow.session.add(unit)
    uow.session.flush()
    uow.audit("add", "unit", unit.id, after=_facts(unit))
    return unit


def do_change_unit(uow: UnitOfWork, unit_id: str, fields: UnitFields, revision: int) -> Unit:
    """Rename or move a unit.

    Raises
    ------
    PeopleRuleError
        It would lie inside itself, the name is empty, or the code is taken.
    EditConflictError
        Somebody else changed it meanwhile.
    """
    unit = uow.get(Unit, unit_id, UNIT)
    uow.guard(unit, revision)
    inside = {below.id for below in units_below(fetch_units(uow.session), unit_id)}
    if fields.parent_id in inside:
        raise PeopleRuleError(
            Text(
                "单位“{name}”不能放到它自己或它的下级里面。",
                "The unit “{name}” cannot lie inside itself or below itself.",
            ).format(name=unit.name)
        )
    before = _facts(unit)
    _fill(uow, unit, fields)
    uow.session.flush()
    uow.audit("change", "unit", unit.id, before=before, after=_facts(unit))
    return unit


def do_remove_unit(uow: UnitOfWork, unit_id: str, revision: int) -> None:
    """Remove a unit that nobody belongs to.

    Raises
    ------
    PeopleRuleError
        Units, people, invitations or row rules hang on it.
    """
    unit = uow.get(Unit, unit_id, UNIT)
    uow.guard(unit, revision)
    hanging = (
        select(Unit.id).where(Unit.parent_id == unit_id),
        select(Staff.id).where(Staff.unit_id == unit_id),
        select(RowRule.id).where(RowRule.unit_id == unit_id),
        select(Invitation.id).where(Invitation.unit_id == unit_id),
    )
    if any(uow.session.scalar(query.limit(1)) is not None for query in hanging):
        raise PeopleRuleError(
            Text(
                "单位“{name}”下还有下级单位、人员、邀请或数据权限，先移走再删。",
                "The unit “{name}” still has units, people, invitations or row rules: "
                "move these first.",
            ).format(name=unit.name)
        )
    uow.audit("remove", "unit", unit.id, before=_facts(unit))
    uow.session.delete(unit)


def _fill(uow: UnitOfWork, unit: Unit, fields: UnitFields) -> None:
    name, code = fields.name.strip(), (fields.code or "").strip() or None
    if not name:
        raise PeopleRuleError(Text("单位要有名称。", "A unit needs a name."))
    if fields.parent_id is not None:
        uow.get(Unit, fields.parent_id, UNIT)
    taken = uow.session.scalar(select(Unit).where(Unit.code == code)) if code else None
    if taken is not None and taken is not unit:
        raise PeopleRuleError(
            Text(
                "编号“{code}”已属于单位“{name}”。",
                "The code “{code}” belongs to the unit “{name}”.",
            ).format(code=code, name=taken.name)
        )
    unit.name, unit.code = name, code
    unit.parent_id, unit.position = fields.parent_id, fields.position


def _facts(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "code": unit.code,
        "parent_id": unit.parent_id,
        "position": unit.position,
    }
