"""Calls: whom an agent rings for a questionnaire, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import AwareDatetime, Field
from sqlalchemy.orm import Session

from huiyin.collect.customers.contracts import CUSTOMER
from huiyin.collect.sending.calls import (
    CallOutcome,
    Note,
    do_begin_call,
    do_note_call,
    do_open_phone,
    fetch_call,
    fetch_open_calls,
)
from huiyin.collect.surveys.reading import fetch_survey
from huiyin.core.ids import new_id
from huiyin.people.contracts import Person, Right
from huiyin.store.contracts import NotFoundError
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.answer.calls import Call, seal_call
from huiyin.web.bodies import Body
from huiyin.web.customer_views import Customers, parts_of
from huiyin.web.lists import listed
from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/surveys", tags=["sending"])
Agent = Annotated[Person, Depends(allow(Right.ENTER_ANSWERS))]


class NewCall(Body):
    """Whom to ring; None where no customer of ours is asked."""

    customer_id: Annotated[str, Field(max_length=36)] | None = None


class Outcome(Body):
    """What became of a call; `call_at` where they asked for another time, `never` for no more."""

    outcome: CallOutcome
    call_at: AwareDatetime | None = None
    never: bool = False


@router.get("/{survey_id}/calls")
def get_calls(survey_id: str, system: TheSystem, person: Agent) -> dict[str, Any]:
    """List calls without an answer, of customers whom the person may see."""
    with system.database.reading() as session:
        fetch_survey(session, survey_id)
        calls = fetch_open_calls(session, survey_id)
        seen = _visible(session, system, person, [one.customer_id for one in calls])
    return listed(
        [
            {
                "id": one.invitation_id,
                "customer_id": one.customer_id,
                "attempts": one.attempts,
                "outcome": one.outcome,
                "call_at": _iso(one.call_at),
            }
            for one in calls
            if one.customer_id in seen
        ]
    )


@router.post("/{survey_id}/calls", status_code=201)
def post_call(survey_id: str, body: NewCall, request: Request, person: Agent) -> dict[str, Any]:
    """Ring a customer, or nobody of ours; gives the page on which the agent fills in."""
    system: System = request.app.state.system
    if body.customer_id is not None:
        with system.database.reading() as session:
            _check_sees(session, system, person, body.customer_id)
    with changing(request, person) as uow:
        link = do_open_phone(uow, survey_id)
        invitation_id = (
            do_begin_call(uow, system.key, link, body.customer_id) if body.customer_id else None
        )
        at = uow.now.timestamp()
        call = Call(link.code, invitation_id, new_id(), person.staff_id, at)
    return {"id": invitation_id, "path": f"/p/{seal_call(system.key, call)}"}


@router.post("/{survey_id}/calls/{call_id}/outcome")
def post_outcome(
    survey_id: str, call_id: str, body: Outcome, request: Request, person: Agent
) -> dict[str, Any]:
    """Note that nobody answered, that they asked for another time, or that they refused."""
    system: System = request.app.state.system
    with system.database.reading() as session:
        one = fetch_call(session, survey_id, call_id)
        _check_sees(session, system, person, one.customer_id)
    note = Note(body.outcome, body.call_at, body.never)
    with changing(request, person) as uow:
        do_note_call(uow, system.key, survey_id, call_id, note)
    return {"id": call_id, "outcome": body.outcome}


def _check_sees(session: Session, system: System, person: Person, customer_id: str) -> None:
    if customer_id not in _visible(session, system, person, [customer_id]):
        raise NotFoundError(CUSTOMER, customer_id)


def _visible(session: Session, system: System, person: Person, some: list[str]) -> set[str]:
    """Tell which of some customers the person may see: those of their own rows."""
    parts = parts_of(session, system, person)
    with system.engines.lent() as engine:
        return Customers(engine, parts, system.folders.cache).present(some)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
