"""Customers: one list across datasets, everything known of one, and what they may ask for."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy.orm import Session

from huiyin.collect.customers import reading
from huiyin.collect.customers.changes import (
    do_change_field,
    do_note_export,
    do_note_unmasking,
    do_order_erasure,
    do_set_client,
)
from huiyin.collect.customers.contracts import CUSTOMER, FIELD, LONGEST_TEXT, Consent
from huiyin.people.contracts import Person, Right
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import Client
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import SAYING_SOMETHING, Body
from huiyin.web.client_views import opened_for
from huiyin.web.customer_attributes import attributes_of, kind_of, trends_of
from huiyin.web.customer_erasure import erasure_preview
from huiyin.web.customer_exports import own_data
from huiyin.web.customer_lists import (
    PAGE_ROWS,
    client_json,
    customer_items,
    field_json,
    flat_item,
)
from huiyin.web.customer_views import (
    MOST_ROWS,
    ORDERS,
    Part,
    Wanted,
    parts_of,
    row_json,
    rows_of_customer,
)
from huiyin.web.list_heads import CUSTOMERS
from huiyin.web.lists import EXPORT_ROWS, Format, Lang, Limit, Search, exported, listed, refuse_cut
from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/customers", tags=["customers"])
Reader = Annotated[Person, Depends(allow(Right.SEE_CUSTOMERS))]
Editor = Annotated[Person, Depends(allow(Right.EDIT_CODEBOOK))]
Unmasker = Annotated[Person, Depends(allow(Right.UNMASK))]
Eraser = Annotated[Person, Depends(allow(Right.DELETE_DATA))]
Reason = Annotated[str, SAYING_SOMETHING, Field(max_length=LONGEST_TEXT)]
Words = Annotated[str | None, Field(max_length=LONGEST_TEXT)]
Sort = Annotated[str, Query(pattern=f"^-?({'|'.join(ORDERS)})$")]
_LARGEST = 10_000_000
_MOST_EXPORTED_ROWS = 100_000
MOST_ATTRIBUTES = 30


class ReasonBody(Body):
    """Why something is asked for; it is kept in the audit log."""

    reason: Reason


class UnmaskBody(ReasonBody):
    """Which fields to show in clear; none means all that the person may see."""

    fields: list[str] = Field(default_factory=list, max_length=200)


class FieldState(Body):
    """What a field may serve, and what its owner said."""

    purpose: Words = None
    consent: Consent


class FieldBody(FieldState):
    """A change of a field; `was` is what the edit began with."""

    was: FieldState


class ClientState(Body):
    """The client that a customer belongs to."""

    client_id: str | None


class ChangeBody(ClientState):
    """What may be changed of a customer; `was` is what the edit began with."""

    was: ClientState


@router.get("", response_model=None)
def get_customers(
    system: TheSystem,
    person: Reader,
    *,
    search: Search = "",
    client_id: str | None = None,
    dataset_id: str | None = None,
    sort: Sort = "-last_on",
    seen_since: date | None = None,
    seen_until: date | None = None,
    limit: Limit | None = None,
    cursor: Annotated[int, Query(ge=0, le=_LARGEST)] = 0,
    format: Format = "json",  # noqa: A002 -- the name in the address
    lang: Lang = "zh",
) -> Any:
    """List customers, newest answer first; a file holds all of them where no limit is given.

    A search is exact: telephone, mail, number, name.
    """
    with system.database.reading() as session:
        parts = parts_of(session, system, person)
        if dataset_id is not None:
            parts = [part for part in parts if part.dataset.id == dataset_id]
        among = _among(session, system, search, client_id)
        order = sort.removeprefix("-")
        wanted = Wanted(
            among, seen_since, seen_until, order=order, ascending=not sort.startswith("-")
        )
        most = limit or (PAGE_ROWS if format == "json" else EXPORT_ROWS)
        items, total = customer_items(session, system, parts, wanted, range(cursor, cursor + most))
    following = cursor + most
    if format == "json":
        return listed(items, total, str(following) if following < total else None)
    if limit is None:
        refuse_cut(following, total)
    return exported([flat_item(item) for item in items], format, "customers", CUSTOMERS, lang)


def _among(
    session: Session, system: System, search: str, client_id: str | None
) -> list[str] | None:
    among = None
    if search.strip():
        among = reading.find_customers(session, system.key, search)
    if client_id is not None:
        own = reading.customers_of_client(session, client_id)
        among = own if among is None else sorted(set(own) & set(among))
    return among


@router.get("/{customer_id}")
def get_customer(customer_id: str, system: TheSystem, person: Reader) -> dict[str, Any]:
    """Give everything known of one customer that the person may see; contact data is masked."""
    found = _Known.of(system, person, customer_id)
    return {
        "id": customer_id,
        "client": client_json(found.client),
        "fields": [field_json(one) for one in found.fields],
        "attributes": found.attributes(system),
        "datasets": found.datasets(),
        "trends": [trend for part, rows in found.found for trend in trends_of(part, rows)],
    }


class _Known:
    """What one person may know of one customer."""

    def __init__(self, customer_id: str, client: Client | None) -> None:
        self.customer_id = customer_id
        self.client = client
        self.found: list[tuple[Part, list[dict[str, Any]]]] = []
        self.fields: list[reading.Field] = []

    @classmethod
    def of(
        cls, system: System, person: Person, customer_id: str, most: int | None = None
    ) -> _Known:
        """Look up a customer.

        Raises
        ------
        NotFoundError
            There is none of that id, or the person may see none of their rows.
        """
        with system.database.reading() as session:
            row = reading.fetch_customer(session, customer_id)
            client = session.get(Client, row.client_id) if row.client_id else None
            known = cls(customer_id, client)
            parts = parts_of(session, system, person)
            with system.engines.lent() as engine:
                options = {} if most is None else {"most": most}
                known.found = list(rows_of_customer(engine, parts, customer_id, **options))
            if not known.found:
                raise NotFoundError(CUSTOMER, customer_id)
            datasets = [part.dataset.id for part, _ in known.found]
            opened = reading.fetch_fields(session, system.key, [customer_id], datasets)
            known.fields = opened[customer_id]
        return known

    def attributes(self, system: System) -> list[dict[str, Any]]:
        """Give what the newest rows say of the customer."""
        with system.engines.lent() as engine:
            parts = [part for part, _ in self.found]
            cache, own = system.folders.cache, [self.customer_id]
            found = attributes_of(engine, parts, own, cache, MOST_ATTRIBUTES)
            return found.get(self.customer_id, [])

    def datasets(self) -> list[dict[str, Any]]:
        """Give the rows by dataset."""
        return [
            {
                "id": part.dataset.id,
                "name": part.dataset.name,
                "purpose": part.dataset.purpose,
                "kind": kind_of(part.codebook),
                "cut": len(rows) >= MOST_ROWS,
                "rows": [row_json(part, row) for row in rows],
            }
            for part, rows in self.found
        ]


@router.patch("/{customer_id}")
def patch_customer(
    customer_id: str, body: ChangeBody, request: Request, system: TheSystem, person: Editor
) -> dict[str, Any]:
    """Say which client a customer belongs to: one that the person sees already.

    Whose contacts somebody sees, that client they see: the link itself opens it.
    """
    _Known.of(system, person, customer_id, 1)
    if body.client_id is not None:
        with system.database.reading() as session:
            opened_for(session, system, person, body.client_id)
    with changing(request, person) as uow:
        row = do_set_client(uow, customer_id, body.client_id, body.was.client_id)
        return {"id": row.id, "client_id": row.client_id}


@router.post("/{customer_id}/unmask")
def post_unmask(
    customer_id: str, body: UnmaskBody, request: Request, system: TheSystem, person: Unmasker
) -> dict[str, Any]:
    """Show contact data in clear; who looked, at what and why is written down first."""
    found = _Known.of(system, person, customer_id, 1)
    shown = [one for one in found.fields if not body.fields or one.id in body.fields]
    with changing(request, person) as uow:
        names = sorted({one.name for one in shown})
        do_note_unmasking(uow, customer_id, names, body.reason)
    return {"fields": [field_json(one) | {"value": one.value} for one in shown]}


@router.put("/{customer_id}/fields/{field_id}")
def put_field(
    customer_id: str,
    field_id: str,
    body: FieldBody,
    request: Request,
    system: TheSystem,
    person: Editor,
) -> dict[str, Any]:
    """Set what a field may serve and what its owner said to it."""
    found = _Known.of(system, person, customer_id, 1)
    if field_id not in {one.id for one in found.fields}:
        raise NotFoundError(FIELD, field_id)
    wanted, was = (body.purpose, body.consent), (body.was.purpose, body.was.consent)
    with changing(request, person) as uow:
        row = do_change_field(uow, customer_id, field_id, wanted, was)
        return {"id": field_id, "purpose": row.purpose, "consent": row.consent,
                "consent_at": row.consent_at}  # fmt: skip


@router.get("/{customer_id}/export", response_model=None)
def get_export(customer_id: str, request: Request, system: TheSystem, person: Unmasker) -> Response:
    """Give a customer's own data, contact fields in clear: JSON and CSV in one ZIP."""
    found = _Known.of(system, person, customer_id, _MOST_EXPORTED_ROWS)
    with changing(request, person) as uow:
        do_note_export(uow, customer_id, sum(len(rows) for _, rows in found.found))
    body = own_data(customer_id, found.fields, found.found, system.clock())
    disposition = f'attachment; filename="customer-{customer_id}.zip"'
    headers = {"content-disposition": disposition}
    return Response(body, media_type="application/zip", headers=headers)


@router.get("/{customer_id}/erasure")
def get_erasure(customer_id: str, system: TheSystem, person: Eraser) -> dict[str, Any]:
    """Tell what goes if the customer is forgotten, in every dataset, archived ones too."""
    _Known.of(system, person, customer_id, 1)
    with system.database.reading() as session:
        return erasure_preview(session, system, customer_id)


@router.post("/{customer_id}/erase")
def post_erase(
    customer_id: str, body: ReasonBody, request: Request, system: TheSystem, person: Eraser
) -> dict[str, Any]:
    """Forget a customer everywhere; contact data is gone at once, rows and files within minutes."""
    _Known.of(system, person, customer_id, 1)
    with changing(request, person) as uow:
        made = do_order_erasure(uow, customer_id, body.reason)
        return {"erasure_id": made.id}
