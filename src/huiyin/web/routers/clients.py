"""Clients (客户单位): companies above customers, with scores, tier, contract and renewal."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from huiyin.codebook.contracts import Role
from huiyin.collect.customers.clients import ClientFields, do_add_client, do_change_client
from huiyin.collect.customers.contracts import LONGEST_TEXT
from huiyin.collect.customers.reading import customers_of_client, fetch_client, fetch_clients
from huiyin.measure.contracts import Filter, QueryError
from huiyin.measure.contracts import Query as Question
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import Client, Customer
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import Body
from huiyin.web.corridors import opened_corridor
from huiyin.web.customer_views import Customers, Part, Wanted, parts_of
from huiyin.web.lists import Format, Limit, Search, exported, listed
from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/clients", tags=["clients"])
Reader = Annotated[Person, Depends(allow(Right.SEE_CUSTOMERS))]
Editor = Annotated[Person, Depends(allow(Right.EDIT_CODEBOOK))]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
_LARGEST = 10_000_000
_MEASURED = {
    Role.NPS: "nps",
    Role.OVERALL: "score",
    Role.CSAT: "score",
    Role.CES: "ces",
}


class ClientBody(Body):
    """A client; `key` is what the data calls it."""

    key: Words
    name: Words
    tier: Words | None = None
    contract: Words | None = None
    contract_from: date | None = None
    renewal_on: date | None = None

    def fields(self) -> ClientFields:
        """Give it as the customers' stage takes it."""
        return ClientFields(**self.model_dump(exclude={"revision"}))


class ClientChange(ClientBody):
    """A changed client."""

    revision: int


@router.get("", response_model=None)
def get_clients(
    system: TheSystem,
    person: Reader,
    *,
    search: Search = "",
    limit: Limit = 50,
    cursor: Annotated[int, Query(ge=0, le=_LARGEST)] = 0,
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> Any:
    """List clients by name, with the number of their people that the person may see."""
    with system.database.reading() as session:
        rows = fetch_clients(session, search=search, limit=limit + 1, offset=cursor)
        total = session.scalar(select(func.count()).select_from(Client)) or 0
        parts = parts_of(session, system, person)
        items = [client_item(row) | _people(session, system, parts, row) for row in rows[:limit]]
    if format != "json":
        return exported(items, format, "clients")
    return listed(items, total, str(cursor + limit) if len(rows) > limit else None)


def _people(session: Session, system: System, parts: list[Part], row: Client) -> dict[str, Any]:
    among = customers_of_client(session, row.id)
    with system.engines.lent() as engine:
        _, n = Customers(engine, parts, system.folders.cache).page(Wanted(among), 1, 0)
    return {"customers": n}


@router.post("", status_code=201)
def post_client(body: ClientBody, request: Request, person: Editor) -> dict[str, Any]:
    """Add a client."""
    with changing(request, person) as uow:
        return client_item(do_add_client(uow, body.fields()))


@router.put("/{client_id}")
def put_client(
    client_id: str, body: ClientChange, request: Request, person: Editor
) -> dict[str, Any]:
    """Change a client."""
    with changing(request, person) as uow:
        return client_item(do_change_client(uow, client_id, body.fields(), body.revision))


@router.get("/{client_id}")
def get_client(client_id: str, system: TheSystem, person: Reader) -> dict[str, Any]:
    """Give a client with the scores of its people, by dataset, small groups left out."""
    with system.database.reading() as session:
        row = fetch_client(session, client_id)
        parts = parts_of(session, system, person)
        item = client_item(row) | _people(session, system, parts, row)
        among = session.scalars(select(Customer.id).where(Customer.client_id == client_id)).all()
    scores = [_scores(system, part, list(among)) for part in parts] if among else []
    return item | {"scores": [one for one in scores if one is not None]}


def _scores(system: System, part: Part, among: list[str]) -> dict[str, Any] | None:
    """Ask a dataset for the scores of some customers; None where it has none of them."""
    named = part.codebook.first(Role.CUSTOMER)
    metrics = tuple(
        dict.fromkeys(
            metric for role, metric in _MEASURED.items() if part.codebook.first(role) is not None
        )
    )
    if named is None or not metrics:
        return None
    with opened_corridor(system, part.view) as corridor:
        here = _present(corridor, named.name, among)
        if not here:
            return None
        where = (Filter(named.name, "=", here),)
        try:
            answer = corridor.answer(Question(metrics, where=where)).to_json()
        except QueryError:
            return None
    dataset = part.dataset
    return {"dataset_id": dataset.id, "dataset": dataset.name, "cells": answer["cells"]}


def _present(corridor: Any, column: str, among: list[str]) -> tuple[str, ...]:
    known = {value for value, _, _ in corridor.level_counts(column)}
    return tuple(one for one in among if one in known)


def client_item(row: Client) -> dict[str, Any]:
    """Give a client as lists show it."""
    return {
        "id": row.id,
        "key": row.key,
        "name": row.name,
        "tier": row.tier,
        "contract": row.contract,
        "contract_from": row.contract_from,
        "renewal_on": row.renewal_on,
        "revision": row.revision,
    }
