"""What other systems tell: an event of a customer, a message that arrived or came back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from huiyin.collect.sending.contracts import LONGEST_NAME
from huiyin.collect.sending.events import Event, do_take_event
from huiyin.collect.sending.receipts import Receipt, do_take_receipt, read_report
from huiyin.people.contracts import Person, Right
from huiyin.web.access import allow, changing
from huiyin.web.bodies import Body

router = APIRouter(prefix="/api/v1", tags=["sending"])
Sender = Annotated[Person, Depends(allow(Right.SEND_SURVEYS))]
_MAIL: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"message/rfc822": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class EventBody(Body):
    """Something that happened to a customer: an order was signed for, a ticket closed.

    `id` makes it count once, however often it is sent. The customer is named by number, telephone
    or mail address.
    """

    id: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    event: Annotated[str, Field(min_length=1, max_length=60)]
    customer: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    fields: dict[
        Annotated[str, Field(max_length=60)], Annotated[str, Field(max_length=LONGEST_NAME)]
    ] = Field(default_factory=dict, max_length=30)


class BounceBody(Body):
    """A message that came back: by the Message-ID it went out under."""

    message_id: Annotated[str, Field(min_length=1, max_length=400)]
    reason: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    hard: bool = True


class ReceiptBody(Body):
    """What became of a message: by its Message-ID, or the ``{{id}}`` the gateway was given."""

    message_id: Annotated[str, Field(min_length=1, max_length=400)]
    delivered: bool
    reason: Annotated[str, Field(max_length=LONGEST_NAME)] = ""


@router.post("/events", status_code=202)
def post_event(body: EventBody, request: Request, person: Sender) -> dict[str, Any]:
    """Tell of an event; mailings that wait for it invite the customer, after their delay."""
    event = Event(body.id, body.event, body.customer, body.fields)
    with changing(request, person) as uow:
        return {"items": do_take_event(uow, request.app.state.system.key, event)}


@router.post("/bounces", status_code=202)
def post_bounce(body: BounceBody, request: Request, person: Sender) -> dict[str, Any]:
    """Tell of a message that came back; a dead address is not used again."""
    receipt = Receipt(body.message_id, delivered=False, reason=body.reason, hard=body.hard)
    return _noted(request, person, receipt)


@router.post("/receipts", status_code=202)
def post_receipt(body: ReceiptBody, request: Request, person: Sender) -> dict[str, Any]:
    """Tell that a message arrived, or did not, by what the gateway or server said of it."""
    receipt = Receipt(body.message_id, delivered=body.delivered, reason=body.reason)
    return _noted(request, person, receipt)


@router.post("/bounces/report", status_code=202, openapi_extra=_MAIL)
async def post_report(request: Request, person: Sender) -> dict[str, Any]:
    """Take in a delivery report (RFC 3464) as the mail server sent it: the whole mail."""
    receipt = read_report(await request.body())
    if receipt is None:
        return {"known": False}
    return await run_in_threadpool(_noted, request, person, receipt)


def _noted(request: Request, person: Person, receipt: Receipt) -> dict[str, Any]:
    key = request.app.state.system.key
    with changing(request, person) as uow:
        return {"known": do_take_receipt(uow, key, receipt)}
