"""Staff from one Excel or from the directory: look at what changes, then do exactly that."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile

from huiyin.people.contracts import Person, Right
from huiyin.people.directory import SOURCE as DIRECTORY
from huiyin.people.directory import read_directory
from huiyin.people.provider_settings import fetch_provider
from huiyin.people.roster import Roster, RosterChanges
from huiyin.people.roster_apply import do_apply_roster, fetch_roster_changes
from huiyin.people.roster_file import read_roster
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import Body
from huiyin.web.system import System

router = APIRouter(prefix="/api/v1", tags=["staff"])
Keeper = Annotated[Person, Depends(allow(Right.MANAGE_PEOPLE))]
Workbook = Annotated[UploadFile, File()]
Missing = Annotated[bool, Form(description="shut out those of this list who are gone from it")]
EXCEL = "excel"


class DirectoryBody(Body):
    """Whether people who are not in the directory any more are shut out."""

    disable_missing: bool = True


class DirectoryApply(DirectoryBody):
    """The same, with the fingerprint of what was looked at."""

    fingerprint: str


@router.post("/staff/preview")
def preview_file(
    system: TheSystem,
    _: Keeper,
    file: Workbook,
    *,
    disable_missing: Missing = False,
) -> dict[str, Any]:
    """Say what a workbook would change."""
    roster = read_roster(file.file.read())
    return _preview(system, roster, EXCEL, disable_missing=disable_missing)


@router.post("/staff/apply")
def apply_file(
    request: Request,
    person: Keeper,
    file: Workbook,
    fingerprint: Annotated[str, Form()],
    *,
    disable_missing: Missing = False,
) -> dict[str, Any]:
    """Do what was shown."""
    roster = read_roster(file.file.read())
    return _apply(request, person, roster, EXCEL, fingerprint, disable_missing=disable_missing)


@router.post("/staff/directory/preview")
def preview_directory(body: DirectoryBody, system: TheSystem, _: Keeper) -> dict[str, Any]:
    """Say what the directory would change."""
    roster = _directory(system)
    return _preview(system, roster, DIRECTORY, disable_missing=body.disable_missing)


@router.post("/staff/directory/apply")
def apply_directory(
    body: DirectoryApply, request: Request, system: TheSystem, person: Keeper
) -> dict[str, Any]:
    """Do what was shown."""
    roster = _directory(system)
    return _apply(
        request,
        person,
        roster,
        DIRECTORY,
        body.fingerprint,
        disable_missing=body.disable_missing,
    )


def changes_item(changes: RosterChanges) -> dict[str, Any]:
    """Give changes as the preview shows them."""
    kinds = ("added", "changed", "moved", "disabled", "enabled")
    counts = {kind: sum(one.kind == kind for one in changes.people) for kind in kinds}
    return {
        "counts": {**counts, "unchanged": changes.n_unchanged},
        "units_added": [list(path) for path in changes.units_added],
        "unit_codes": [
            {"unit": list(path), "code": code} for path, code in changes.unit_codes.items()
        ],
        "people": [
            {
                "kind": one.kind,
                "login": one.login,
                "name": one.name,
                "before": dict(one.before),
                "after": dict(one.after),
            }
            for one in changes.people
        ],
        "fingerprint": changes.fingerprint,
    }


def _directory(system: System) -> Roster:
    with system.database.reading() as session:
        _, config = fetch_provider(session, system.key, DIRECTORY)
    return read_directory(config)


def _preview(
    system: System, roster: Roster, source: str, *, disable_missing: bool
) -> dict[str, Any]:
    with system.database.reading() as session:
        return changes_item(
            fetch_roster_changes(session, roster, source=source, disable_missing=disable_missing)
        )


def _apply(
    request: Request,
    person: Person,
    roster: Roster,
    source: str,
    fingerprint: str,
    *,
    disable_missing: bool,
) -> dict[str, Any]:
    with changing(request, person) as uow:
        changes = do_apply_roster(
            uow,
            roster,
            source=source,
            disable_missing=disable_missing,
            fingerprint=fingerprint,
        )
    return changes_item(changes)
