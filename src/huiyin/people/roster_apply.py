"""Shows what a list of staff would change, and then does exactly that."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.core.text import Text
from huiyin.people.contracts import PeopleRuleError, Role
from huiyin.people.roster import (
    KnownPerson,
    PersonChange,
    Roster,
    RosterChanges,
    roster_changes,
)
from huiyin.people.roster_units import UnitPath
from huiyin.people.staff import (
    StaffFields,
    do_add_staff,
    do_change_staff,
    do_disable_staff,
    do_enable_staff,
)
from huiyin.people.units import UnitFields, do_add_unit, do_change_unit, fetch_units
from huiyin.store.tables import Staff, Unit
from huiyin.store.unit_of_work import UnitOfWork


def fetch_roster_changes(
    session: Session, roster: Roster, *, source: str, disable_missing: bool
) -> RosterChanges:
    """Give what a list would change.

    Raises
    ------
    BadRosterError
        Two of its lines, or a line and somebody here, cannot be told apart.
    """
    here = fetch_units(session)
    paths = unit_paths(here)
    known = [_known(row, paths) for row in session.scalars(select(Staff).order_by(Staff.login))]
    units = {paths[unit.id]: unit.code for unit in here}
    return roster_changes(roster, known, units, source=source, disable_missing=disable_missing)


def do_apply_roster(
    uow: UnitOfWork, roster: Roster, *, source: str, disable_missing: bool, fingerprint: str
) -> RosterChanges:
    """Do what was looked at.

    Parameters
    ----------
    uow : UnitOfWork
    roster : Roster
    source : str
    disable_missing : bool
    fingerprint : str
        Of the changes that were shown.

    Raises
    ------
    PeopleRuleError
        It would do something else by now; or a rule about people stands against it, and then
        nothing is done at all.
    """
    changes = fetch_roster_changes(
        uow.session, roster, source=source, disable_missing=disable_missing
    )
    if changes.fingerprint != fingerprint:
        raise PeopleRuleError(
            Text(
                "名单或人员在预览之后变过，请重新预览再应用。",
                "The list or the people changed since the preview: look at it again first.",
            )
        )
    here = fetch_units(uow.session)
    paths = unit_paths(here)
    ids = {path: unit_id for unit_id, path in paths.items()}
    for unit in here:
        if code := changes.unit_codes.get(paths[unit.id]):
            fields = UnitFields(unit.name, unit.parent_id, code, unit.position)
            do_change_unit(uow, unit.id, fields, unit.revision)
    for path in changes.units_added:
        above = ids[path[:-1]] if path[:-1] else None
        ids[path] = do_add_unit(uow, UnitFields(path[-1], above, changes.unit_codes.get(path))).id
    for change in changes.people:
        _apply(uow, change, ids, source)
    return changes


def unit_paths(units: list[Unit]) -> dict[str, UnitPath]:
    """Give the path of each unit by its id; parents come before children."""
    paths: dict[str, UnitPath] = {}
    for unit in units:
        above = paths.get(unit.parent_id, ()) if unit.parent_id else ()
        paths[unit.id] = (*above, unit.name)
    return paths


def _apply(uow: UnitOfWork, change: PersonChange, ids: dict[UnitPath, str], source: str) -> None:
    if change.staff_id is None:
        do_add_staff(uow, StaffFields(**_fields(change.after, ids), source=source))
        return
    staff = uow.session.get_one(Staff, change.staff_id)
    if change.kind == "disabled":
        do_disable_staff(uow, staff.id, staff.revision)
        return
    if change.kind == "enabled":
        do_enable_staff(uow, staff.id, staff.revision)
    if change.after:
        now = {
            "login": staff.login,
            "name": staff.name,
            "email": staff.email,
            "mobile": staff.mobile,
            "role": Role(staff.role),
            "unit_id": staff.unit_id,
            "language": staff.language,
            "external_key": staff.external_key,
        }
        fields = StaffFields(**{**now, **_fields(change.after, ids)})
        do_change_staff(uow, staff.id, fields, staff.revision)


def _fields(after: Any, ids: dict[UnitPath, str]) -> dict[str, Any]:
    fields = {name: value for name, value in after.items() if name != "unit"}
    if "unit" in after:
        fields["unit_id"] = ids[tuple(after["unit"])]
    return fields


def _known(row: Staff, paths: dict[str, UnitPath]) -> KnownPerson:
    return KnownPerson(
        staff_id=row.id,
        login=row.login,
        name=row.name,
        email=row.email,
        mobile=row.mobile,
        role=Role(row.role),
        unit=paths.get(row.unit_id) if row.unit_id else None,
        external_key=row.external_key,
        source=row.source,
        disabled=row.disabled_at is not None,
    )
