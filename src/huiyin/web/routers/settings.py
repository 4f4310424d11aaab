"""Settings of the installation."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import StrictBool, StrictInt, StrictStr

from huiyin.people.contracts import Person, Right
from huiyin.people.settings import SETTINGS, SettingState, do_change_setting, fetch_settings
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import Body
from huiyin.web.lists import listed

router = APIRouter(prefix="/api/v1", tags=["settings"])
Keeper = Annotated[Person, Depends(allow(Right.MANAGE_SETTINGS))]


class SettingBody(Body):
    """A new value; `revision` as it was read, 0 for one that nobody changed yet."""

    value: StrictBool | StrictInt | StrictStr
    revision: int


@router.get("/settings")
def get_settings(system: TheSystem, _: Keeper) -> dict[str, Any]:
    """Give every setting with what it is for."""
    with system.database.reading() as session:
        return listed([setting_item(state) for state in fetch_settings(session)])


@router.put("/settings/{key}")
def put_setting(key: str, body: SettingBody, request: Request, person: Keeper) -> dict[str, Any]:
    """Change one setting."""
    with changing(request, person) as uow:
        return setting_item(do_change_setting(uow, key, body.value, body.revision))


def setting_item(state: SettingState) -> dict[str, Any]:
    """Give a setting as the page shows it."""
    kind = SETTINGS[state.key]
    return {
        "key": state.key,
        "value": state.value,
        "default": kind.default,
        "text": dict(kind.text),
        "least": kind.least,
        "most": kind.most,
        "revision": state.revision,
    }
