"""Clients (客户单位): the companies that customers work for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from huiyin.collect.customers.contracts import CLIENT, LONGEST_TEXT, ClientExistsError
from huiyin.core.text import Text
from huiyin.store.bulk import rows_with, update_rows
from huiyin.store.tables import Client, Customer, Staff
from huiyin.store.unit_of_work import UnitOfWork

OWNER = Text("负责人", "owner")


@dataclass(frozen=True, slots=True)
class ClientFields:
    """What is kept of a client; `key` is the company's own name or number for it in the data."""

    key: str
    name: str
    tier: str | None = None
    contract: str | None = None
    contract_from: date | None = None
    renewal_on: date | None = None
    owner_id: str | None = None


def do_add_client(work: UnitOfWork, fields: ClientFields) -> Client:
    """Add a client.

    Raises
    ------
    ClientExistsError
        There is one with this key.
    """
    if work.session.scalar(select(Client.id).where(Client.key == fields.key)) is not None:
        raise ClientExistsError(fields.key)
    _check_owner(work, fields.owner_id)
    row = Client(attributes={})
    _fill(row, fields)
    work.session.add(row)
    work.session.flush()
    work.audit("add", "client", row.id, after=_facts(row))
    return row


def do_change_client(
    work: UnitOfWork, client_id: str, fields: ClientFields, revision: int
) -> Client:
    """Change a client.

    Raises
    ------
    NotFoundError, EditConflictError, ClientExistsError
        There is none; somebody changed it since `revision`; the key is another's.
    """
    row = work.get(Client, client_id, CLIENT)
    work.guard(row, revision)
    other = work.session.scalar(select(Client.id).where(Client.key == fields.key))
    if other not in {None, client_id}:
        raise ClientExistsError(fields.key)
    _check_owner(work, fields.owner_id)
    before = _facts(row)
    _fill(row, fields)
    if not work.session.is_modified(row):
        return row
    work.session.flush()
    work.audit("change", "client", row.id, before=before, after=_facts(row))
    return row


def do_link_clients(work: UnitOfWork, client_of: Mapping[str, str]) -> None:
    """Put customers under the clients that their newest rows name; unknown clients are added.

    Parameters
    ----------
    work : UnitOfWork
    client_of : mapping of str to str
        Surrogate → key of the client.
    """
    ids = _ids_of(work, dict.fromkeys(client_of.values()))
    rows = rows_with(work.session, [Customer.id, Customer.client_id], Customer.id, list(client_of))
    wanted = ((row[0], row[1], ids[client_of[row[0]]]) for row in rows)
    changed = [(customer, new) for customer, was, new in wanted if was != new]
    update_rows(work.session, Customer, "client_id", changed)


def _ids_of(work: UnitOfWork, keys: Iterable[str]) -> dict[str, str]:
    wanted = list(keys)
    found = {
        row[0]: row[1]
        for row in rows_with(work.session, [Client.key, Client.id], Client.key, wanted)
    }
    for key in wanted:
        if key not in found:
            row = Client(key=key, name=key[:LONGEST_TEXT], attributes={})
            work.session.add(row)
            work.session.flush()
            found[key] = row.id
    return found


def _check_owner(work: UnitOfWork, owner_id: str | None) -> None:
    if owner_id is not None:
        work.get(Staff, owner_id, OWNER)


def _fill(row: Client, fields: ClientFields) -> None:
    row.key, row.name, row.tier = fields.key.strip(), fields.name.strip(), fields.tier
    row.contract, row.contract_from = fields.contract, fields.contract_from
    row.renewal_on, row.owner_id = fields.renewal_on, fields.owner_id


def _facts(row: Client) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": row.name,
        "tier": row.tier,
        "contract": row.contract,
        "contract_from": row.contract_from and row.contract_from.isoformat(),
        "renewal_on": row.renewal_on and row.renewal_on.isoformat(),
        "owner_id": row.owner_id,
    }
