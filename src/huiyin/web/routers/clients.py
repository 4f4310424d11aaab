"""Clients (客户单位): companies above customers, with scores, tier, contract and renewal."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from sqlalchemy import select

from huiyin.collect.customers.clients import ClientFields, do_add_client, do_change_client
from huiyin.collect.customers.contracts import LONGEST_TEXT
from huiyin.collect.customers.reading import fetch_client
from huiyin.core.absence import REASON_TEXT, Reason
from huiyin.core.text import Text, language_tag
from huiyin.measure.contracts import Call
from huiyin.people.contracts import Person, Right
from huiyin.report.code_names import call_name
from huiyin.store.tables import Staff
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import Body
from huiyin.web.client_views import client_item, opened_clients, opened_for
from huiyin.web.list_heads import CLIENTS
from huiyin.web.lists import Format, Lang, Limit, Search, exported, listed

router = APIRouter(prefix="/api/v1/clients", tags=["clients"])
Reader = Annotated[Person, Depends(allow(Right.SEE_CUSTOMERS))]
Editor = Annotated[Person, Depends(allow(Right.EDIT_CODEBOOK))]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
Months = Annotated[int, Query(ge=1, le=24)]
SORTS = ("name", "tier", "contract_from", "renewal_on", "customers", "score")
Sort = Annotated[str, Query(pattern=f"^-?({'|'.join(SORTS)})$")]
_PAGE_ROWS = 50
_LARGEST = 10_000_000


class ClientBody(Body):
    """A client; `key` is what the data calls it."""

    key: Words
    name: Words
    tier: Words | None = None
    contract: Words | None = None
    contract_from: date | None = None
    renewal_on: date | None = None
    owner_id: str | None = None

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
    dataset_id: str | None = None,
    metric: Annotated[str | None, Query(max_length=40)] = None,
    months: Months = 12,
    sort: Sort = "name",
    limit: Limit | None = None,
    cursor: Annotated[int, Query(ge=0, le=_LARGEST)] = 0,
    format: Format = "json",  # noqa: A002 -- the name in the address
    lang: Lang = "zh",
) -> Any:
    """List the clients that the person may see, each with one score against the months before.

    A file holds all of them where no limit is given.
    """
    with system.database.reading() as session:
        clients = opened_clients(session, system, person)
        scored = clients.scored(dataset_id, metric, months)
        items = clients.items(search, scored)
    items.sort(key=lambda item: _rank(item, sort.removeprefix("-")), reverse=sort.startswith("-"))
    items.sort(key=lambda item: _value(item, sort.removeprefix("-")) is None)
    if format != "json":
        page = items[cursor:] if limit is None else items[cursor : cursor + limit]
        return exported(
            [_flat(item, language_tag(lang)) for item in page], format, "clients", CLIENTS, lang
        )
    following = cursor + (limit or _PAGE_ROWS)
    page = items[cursor:following]
    more = str(following) if following < len(items) else None
    return listed(page, len(items), more) | {"scored": scored and scored.to_json()}


def _value(item: dict[str, Any], name: str) -> Any:
    return (item["score"] or {}).get("estimate") if name == "score" else item[name]


def _rank(item: dict[str, Any], name: str) -> tuple[Any, ...]:
    value = _value(item, name)
    return (value is not None, value if value is not None else "", item["name"], item["id"])


def _flat(item: dict[str, Any], language: str) -> dict[str, Any]:
    """Give a line of a file: what is a code in JSON stands there in words."""
    score = item["score"] or {}
    compared = score.get("comparison") or {}
    absent = score.get("not_estimable")
    owner = item["owner"]["name"] if item["owner"] else None
    plain = {k: v for k, v in item.items() if k not in {"score", "owner", "owner_id", "revision"}}
    return plain | {
        "owner": owner,
        "metric": Text.of(score["label"]).say(language) if score else None,
        "n": score.get("n"),
        "estimate": score.get("estimate"),
        "low": score.get("low"),
        "high": score.get("high"),
        "not_estimable": absent and REASON_TEXT[Reason(absent)].say(language),
        "difference": compared.get("difference"),
        "call": _called(compared, language),
    }


def _called(compared: dict[str, Any], language: str) -> str | None:
    if not compared.get("call"):
        return None
    call = Call(compared["call"])
    return call_name(call, compared["difference"], compared["against"]).say(language)


@router.post("", status_code=201)
def post_client(body: ClientBody, request: Request, person: Editor) -> dict[str, Any]:
    """Add a client."""
    with changing(request, person) as uow:
        return client_item(do_add_client(uow, body.fields()))


@router.put("/{client_id}")
def put_client(
    client_id: str, body: ClientChange, request: Request, system: TheSystem, person: Editor
) -> dict[str, Any]:
    """Change a client that the person may see."""
    with system.database.reading() as session:
        opened_for(session, system, person, client_id)
    with changing(request, person) as uow:
        return client_item(do_change_client(uow, client_id, body.fields(), body.revision))


@router.get("/owners")
def get_owners(system: TheSystem, _: Editor) -> dict[str, Any]:
    """List who can be a client's owner: everybody who works here."""
    with system.database.reading() as session:
        asked = select(Staff).where(Staff.disabled_at.is_(None)).order_by(Staff.name, Staff.id)
        return listed([{"id": one.id, "name": one.name} for one in session.scalars(asked)])


@router.get("/{client_id}")
def get_client(
    client_id: str, system: TheSystem, person: Reader, *, months: Months = 12
) -> dict[str, Any]:
    """Give a client with the scores of its people, by dataset, small groups left out."""
    with system.database.reading() as session:
        clients = opened_for(session, system, person, client_id)
        row = fetch_client(session, client_id)
        counted = clients.counted().get(client_id, 0)
        owner = session.get(Staff, row.owner_id) if row.owner_id else None
    found = [one for one in clients.all_scores(months) if client_id in one.cells]
    scores = [
        {
            "dataset_id": one.dataset.id,
            "dataset": one.dataset.name,
            "since": one.since,
            "until": one.until,
            "cells": one.cells[client_id],
            "definition": one.definitions,
        }
        for one in found
    ]
    return client_item(row, owner) | {"customers": counted, "scores": scores}
