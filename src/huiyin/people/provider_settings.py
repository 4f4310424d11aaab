"""What administrators enter about sign-in providers; secrets are sealed and never shown again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from huiyin.core.text import Text
from huiyin.people.contracts import ProviderNotReadyError, Role
from huiyin.people.provider import CREATE_FIELD, ON, Config, Provider, ProviderField
from huiyin.people.providers import all_providers
from huiyin.people.sealing import seal, unseal
from huiyin.people.settings import write_setting
from huiyin.store.tables import Setting
from huiyin.store.unit_of_work import UnitOfWork

_LONGEST = 8000


@dataclass(frozen=True, slots=True)
class ProviderState:
    """A provider as the settings page shows it; `given` holds no secrets, `kept` names them."""

    provider: Provider
    enabled: bool
    given: Mapping[str, str]
    kept: tuple[str, ...]
    revision: int


def fetch_provider_states(session: Session) -> list[ProviderState]:
    """Give every provider there is, switched on or not."""
    return [_state(session, provider) for provider in all_providers().values()]


def fetch_enabled(session: Session) -> list[Provider]:
    """Give the providers that are switched on."""
    return [state.provider for state in fetch_provider_states(session) if state.enabled]


def fetch_provider(session: Session, key: bytes, provider_id: str) -> tuple[Provider, Config]:
    """Give a provider that is switched on, and what was entered about it, secrets opened.

    Raises
    ------
    ProviderNotReadyError
        It does not exist, is switched off, or lacks a field.
    UnsealError
        The installation's key is another one.
    """
    provider = _provider(provider_id)
    row = session.get(Setting, _key(provider_id))
    if row is None or not row.value["enabled"]:
        raise _not_ready(provider.title)
    kept = row.value["fields"]
    config = {
        field.key: _opened(key, provider, field, kept.get(field.key)) for field in provider.fields
    }
    _complete(provider, config)
    return provider, config


def trial_config(
    session: Session, key: bytes, provider_id: str, given: Mapping[str, str]
) -> tuple[Provider, Config]:
    """Give a provider and what is entered in its form, not kept yet; kept secrets fill gaps.

    Raises
    ------
    ProviderNotReadyError
        It does not exist, a field is unknown or too long, or one that is needed is empty.
    UnsealError
        The installation's key is another one.
    """
    provider = _provider(provider_id)
    row = session.get(Setting, _key(provider_id))
    fields = _kept(key, provider, given, {} if row is None else row.value["fields"])
    config = {f.key: _opened(key, provider, f, fields.get(f.key)) for f in provider.fields}
    _complete(provider, config)
    return provider, config


def newcomer_role(config: Config) -> Role | None:
    """Give the role of those who come in for the first time, or None where nobody is added."""
    return Role.VIEWER if config.get(CREATE_FIELD.key) == ON else None


def do_change_provider(
    uow: UnitOfWork,
    key: bytes,
    provider_id: str,
    *,
    enabled: bool,
    given: Mapping[str, str],
    revision: int,
) -> ProviderState:
    """Switch a provider on or off, and change what is known about it.

    Parameters
    ----------
    uow : UnitOfWork
    key : bytes
        The installation's key.
    provider_id : str
    enabled : bool
    given : mapping of str to str
        A secret that is left out stays as it was.
    revision : int

    Raises
    ------
    ProviderNotReadyError
        It does not exist, a field is unknown or too long, or one that is needed is empty.
    EditConflictError
        Somebody else changed it meanwhile.
    """
    provider = _provider(provider_id)
    row = uow.session.get(Setting, _key(provider_id))
    before: Mapping[str, str] = {} if row is None else row.value["fields"]
    fields = _kept(key, provider, given, before)
    if enabled:
        _complete(provider, {**{f.key: f.default for f in provider.fields}, **fields})
    value = {"enabled": enabled, "fields": fields}
    write_setting(uow, _key(provider_id), value, revision, shown=False)
    return _state(uow.session, provider)


def _kept(
    key: bytes, provider: Provider, given: Mapping[str, str], before: Mapping[str, str]
) -> dict[str, str]:
    known = {field.key: field for field in provider.fields}
    if set(given) - set(known) or any(len(value) > _LONGEST for value in given.values()):
        raise ProviderNotReadyError(
            Text(
                "“{name}”的设置项不对：{keys}。",
                "These settings of “{name}” are unknown or too long: {keys}.",
            ).format(name=provider.title, keys=", ".join(sorted(set(given) - set(known))))
        )
    fields = {}
    for name, field in known.items():
        value = given.get(name, "").strip()
        if field.secret:
            fields[name] = seal(key, value, _purpose(provider, field)) if value else ""
            fields[name] = fields[name] or before.get(name, "")
        else:
            fields[name] = value
    return fields


def _opened(key: bytes, provider: Provider, field: ProviderField, kept: str | None) -> str:
    if not kept:
        return field.default
    return unseal(key, kept, _purpose(provider, field)) if field.secret else kept


def _state(session: Session, provider: Provider) -> ProviderState:
    row = session.get(Setting, _key(provider.id))
    value: dict[str, Any] = {"enabled": False, "fields": {}} if row is None else row.value
    fields: dict[str, str] = value["fields"]
    given = {f.key: fields.get(f.key) or f.default for f in provider.fields if not f.secret}
    kept = tuple(f.key for f in provider.fields if f.secret and fields.get(f.key))
    return ProviderState(provider, value["enabled"], given, kept, row.revision if row else 0)


def _complete(provider: Provider, config: Config) -> None:
    empty = [f.text for f in provider.fields if f.required and not (config.get(f.key) or f.default)]
    if empty:
        raise ProviderNotReadyError(
            Text("“{name}”还缺：{field}。", "“{name}” still lacks: {field}.").format(
                name=provider.title, field=empty[0]
            )
        )


def _provider(provider_id: str) -> Provider:
    found = all_providers().get(provider_id)
    if found is None:
        raise _not_ready(Text.same(provider_id[:40]))
    return found


def _not_ready(name: Text) -> ProviderNotReadyError:
    return ProviderNotReadyError(
        Text("“{name}”登录没有开启。", "Signing in by “{name}” is not switched on.").format(
            name=name
        )
    )


def _key(provider_id: str) -> str:
    return f"sign_in.{provider_id}"


def _purpose(provider: Provider, field: ProviderField) -> str:
    return f"sign_in.{provider.id}.{field.key}"
