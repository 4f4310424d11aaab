"""The endpoint's settings in the store; its key is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from huiyin.ask.endpoint.contracts import SETTING, Endpoint, EndpointSettings
from huiyin.people.sealing import seal, unseal
from huiyin.people.settings import fetch_setting, write_setting
from huiyin.store.tables import Setting
from huiyin.store.unit_of_work import UnitOfWork

SECRET = "secret"  # noqa: S105 -- the name of a field


@dataclass(frozen=True, slots=True)
class KeptEndpoint:
    """Settings as they are kept (None: none yet), never the key; whether there is one."""

    settings: Mapping[str, Any] | None
    has_secret: bool
    revision: int


def fetch_kept_endpoint(session: Session) -> KeptEndpoint:
    """Give the settings without the key."""
    row = session.get(Setting, SETTING)
    if row is None:
        return KeptEndpoint(None, has_secret=False, revision=0)
    given = {name: value for name, value in row.value.items() if name != SECRET}
    return KeptEndpoint(given, SECRET in row.value, row.revision)


def fetch_endpoint(session: Session, key: bytes, *, only_on: bool = True) -> Endpoint | None:
    """Give the endpoint with its key opened; None where none is set, or it is switched off.

    Parameters
    ----------
    only_on : bool
        False: for a test of what is set, on or off.

    Raises
    ------
    UnsealError
        The installation's key is another one.
    """
    row = session.get(Setting, SETTING)
    if row is None or (only_on and not row.value.get("on")):
        return None
    given = {name: value for name, value in row.value.items() if name != SECRET}
    sealed = row.value.get(SECRET)
    opened = unseal(key, sealed, SETTING) if sealed else ""
    private = bool(fetch_setting(session, "allow_private_addresses"))
    return Endpoint(EndpointSettings.model_validate(given), opened, private)


def do_set_endpoint(
    work: UnitOfWork, key: bytes, settings: EndpointSettings, secret: str | None, revision: int
) -> None:
    """Keep the settings; a key that is not given stays as it was, an empty one goes.

    A key stays with the address it was given for: another address needs it again.

    Raises
    ------
    EditConflictError
        Somebody changed them meanwhile.
    """
    row = work.session.get(Setting, SETTING)
    same = row is not None and row.value.get("url") == settings.url
    kept = row.value.get(SECRET) if row is not None and same else None
    value = settings.model_dump(mode="json")
    if secret is not None:
        kept = seal(key, secret, SETTING) if secret else None
    if kept is not None:
        value[SECRET] = kept
    write_setting(work, SETTING, value, revision, shown=False)
