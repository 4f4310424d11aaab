"""The list of customers as the page and its files show it; contact data stays masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.collect.customers.reading import Field, fetch_fields
from huiyin.store.bulk import batched
from huiyin.store.tables import Client, Customer
from huiyin.web.customer_attributes import attributes_of
from huiyin.web.customer_views import Customers, Part, RowCounts, Wanted

if TYPE_CHECKING:
    from huiyin.web.system import System

PAGE_ROWS = 50
_AT_ONCE = 500


def customer_items(
    session: Session, system: System, parts: Sequence[Part], wanted: Wanted, span: range
) -> tuple[list[dict[str, Any]], int]:
    """Give some of the customers that a person may see, and how many there are.

    Parameters
    ----------
    session : Session
    system : System
    parts : sequence of Part
        As the person sees them.
    wanted : Wanted
    span : range
        Places in the list.

    Returns
    -------
    (list of dict, int)
        Whoever was erased a moment ago is left out.
    """
    with system.engines.lent() as engine:
        customers = Customers(engine, parts, system.folders.cache)
        rows, total = customers.page(wanted, len(span), span.start)
        said = attributes_of(engine, parts, [row.id for row in rows], system.folders.cache)
    datasets = [part.dataset.id for part in parts]
    items = [
        item | {"attributes": said.get(item["id"], [])}
        for some in batched(rows, _AT_ONCE)
        for item in _items(session, system.key, datasets, some)
    ]
    return items, total


def _items(
    session: Session, key: bytes, datasets: Sequence[str], rows: Sequence[RowCounts]
) -> list[dict[str, Any]]:
    ids = [row.id for row in rows]
    asked = (
        select(Customer.id, Client)
        .outerjoin(Client, Client.id == Customer.client_id)
        .where(Customer.id.in_(ids), Customer.erased_at.is_(None))
    )
    clients = {row.id: row.Client for row in session.execute(asked)}
    fields = fetch_fields(session, key, ids, datasets)
    return [
        {
            "id": row.id,
            "rows": row.n_rows,
            "datasets": row.n_datasets,
            "first_on": row.first_on,
            "last_on": row.last_on,
            "client": client_json(clients[row.id]),
            "fields": _distinct([field_json(one) for one in fields[row.id]]),
        }
        for row in rows
        if row.id in clients
    ]


def _distinct(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Show a field that several datasets have once."""
    return list({(one["name"], one["masked"]): one for one in fields}.values())


def flat_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Lay a customer of the list out as a row of a file."""
    shown = "；".join(f"{one['name']} {one['masked']}" for one in item["fields"])
    client = item["client"]["name"] if item["client"] else None
    return {k: item[k] for k in ("id", "rows", "datasets", "first_on", "last_on")} | {
        "client": client,
        "fields": shown,
        "attributes": "；".join(f"{one['column']} {one['value']}" for one in item["attributes"]),
    }


def client_json(client: Client | None) -> dict[str, Any] | None:
    """Give the client of a customer, if any."""
    return None if client is None else {"id": client.id, "name": client.name, "tier": client.tier}


def field_json(field: Field) -> dict[str, Any]:
    """Give a contact field, its value masked."""
    return {
        "id": field.id,
        "name": field.name,
        "dataset_id": field.dataset_id,
        "kind": field.kind,
        "masked": field.masked,
        "purpose": field.purpose,
        "consent": field.consent,
        "consent_at": field.consent_at,
        "collected_at": field.collected_at,
    }
