"""Sending: mailings of a questionnaire, whom they would reach, how far their links came."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy.orm import Session

from huiyin.collect.sending.contracts import (
    LONGEST_NAME,
    REASON_TEXT,
    Plan,
    Reason,
    UnreadablePlanError,
)
from huiyin.collect.sending.finishing import is_all_sent
from huiyin.collect.sending.funnel import by_channel, fetch_funnel, fetch_invited
from huiyin.collect.sending.handing_out import do_hand_out
from huiyin.collect.sending.mailings import (
    do_create_mailing,
    do_pause,
    do_save_mailing,
    do_start,
    do_stop,
    fetch_held_up,
    fetch_mailing,
    fetch_mailings,
    fetch_next_wave,
    plan_of,
)
from huiyin.collect.surveys.day_counts import fetch_open_funnel
from huiyin.collect.surveys.reading import fetch_survey
from huiyin.people.contracts import Person, Right
from huiyin.people.settings import fetch_setting
from huiyin.store.tables import Mailing
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.addresses import link_to
from huiyin.web.audiences import check_sees_all, preview
from huiyin.web.bodies import SAYING_SOMETHING, Body, Revision
from huiyin.web.enough import POINTS, Base, NoScoreYetError, needed, open_survey_view, respondents
from huiyin.web.lists import exported_rows, listed
from huiyin.web.mail_previews import Wanted, preview_message

router = APIRouter(prefix="/api/v1", tags=["sending"])
Sender = Annotated[Person, Depends(allow(Right.SEND_SURVEYS))]
Scorer = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Name = Annotated[str, SAYING_SOMETHING, Field(max_length=LONGEST_NAME)]
_CHANGES = {"start": do_start, "pause": do_pause, "stop": do_stop}


class NewMailing(Body):
    """A mailing to make."""

    name: Name
    plan: Plan


class MailingBody(Revision):
    """A mailing as it shall be."""

    name: Name
    plan: Plan


class AudienceBody(Body):
    """A plan to look at; `mailing_id` where it is that of a mailing which invited some already."""

    plan: Plan
    mailing_id: str | None = None


class MessageBody(Body):
    """A plan whose message to look at: as a customer would get it, the first or a reminder."""

    plan: Plan
    customer: Annotated[str | None, Field(max_length=LONGEST_NAME)] = None
    reminder: bool = False


class StateBody(Revision):
    """What shall be done."""

    do: Literal["start", "pause", "stop"]


@router.get("/surveys/{survey_id}/mailings")
def get_mailings(survey_id: str, system: TheSystem, _: Sender) -> dict[str, Any]:
    """List the mailings of a questionnaire, newest first."""
    with system.database.reading() as session:
        fetch_survey(session, survey_id)
        invited = fetch_invited(session, survey_id)
        mailings = fetch_mailings(session, survey_id)
        return listed([_listed(session, one, invited.get(one.id, 0)) for one in mailings])


def _listed(session: Session, mailing: Mailing, n: int) -> dict[str, Any]:
    """Give a mailing with how many it invited, what holds it up, when its next wave begins."""
    held_up = fetch_held_up(session, mailing)
    shown = mailing_json(mailing) | {"n": n, "held_up": held_up}
    shown |= {"all_sent": False, "next_wave_at": None}
    if shown["fault"] is not None:
        return shown
    plan = plan_of(mailing)
    wave = fetch_next_wave(session, mailing, plan)
    all_sent = is_all_sent(session, mailing, plan)
    return shown | {"all_sent": all_sent, "next_wave_at": wave and wave.isoformat("T", "minutes")}


@router.post("/surveys/{survey_id}/mailings", status_code=201)
def post_mailing(
    survey_id: str, body: NewMailing, request: Request, person: Sender
) -> dict[str, Any]:
    """Make a mailing that sends nothing yet."""
    with changing(request, person) as uow:
        made = do_create_mailing(uow, survey_id, body.name, body.plan)
        return mailing_json(made)


@router.put("/surveys/{survey_id}/mailings/{mailing_id}")
def put_mailing(
    survey_id: str, mailing_id: str, body: MailingBody, request: Request, person: Sender
) -> dict[str, Any]:
    """Change a mailing that is not under way."""
    with changing(request, person) as uow:
        mailing = fetch_mailing(uow.session, survey_id, mailing_id)
        do_save_mailing(uow, mailing, body.revision, body.name, body.plan)
        uow.session.flush()
        return mailing_json(mailing)


@router.post("/surveys/{survey_id}/mailings/{mailing_id}/state")
def post_state(
    survey_id: str, mailing_id: str, body: StateBody, request: Request, person: Sender
) -> dict[str, Any]:
    """Start a mailing, pause it, or end it."""
    with changing(request, person) as uow:
        mailing = fetch_mailing(uow.session, survey_id, mailing_id)
        if body.do == "start":
            check_sees_all(uow.session, request.app.state.system, person, plan_of(mailing))
        _CHANGES[body.do](uow, mailing, body.revision)
        uow.session.flush()
        return mailing_json(mailing)


@router.post("/surveys/{survey_id}/mailings/{mailing_id}/links")
def post_links(survey_id: str, mailing_id: str, request: Request, person: Sender) -> Response:
    """Give the personal links of a mailing as a table, to be handed out by other means.

    Beside each stands whose it is, by the columns of the list: in clear for those who may see
    contact data, else masked.
    """
    system = request.app.state.system
    with changing(request, person) as uow:
        mailing = fetch_mailing(uow.session, survey_id, mailing_id)
        check_sees_all(uow.session, system, person, plan_of(mailing))
        base = str(fetch_setting(uow.session, "public_address"))
        found = do_hand_out(uow, system.key, mailing, in_clear=Right.UNMASK in person.rights)
    rows: list[dict[str, Any]] = [
        {**one.facts, **one.known, "customer": one.customer_id,
         "link": link_to(request, base, f"/i/{one.token}")}
        for one in found
    ]  # fmt: skip
    return exported_rows("csv", rows, "links")


@router.post("/surveys/{survey_id}/audience")
def post_audience(
    survey_id: str, body: AudienceBody, system: TheSystem, person: Sender
) -> dict[str, Any]:
    """Count whom a plan would reach: before, why not, after; nothing is written."""
    with system.database.reading() as session:
        fetch_survey(session, survey_id)
        found = preview(session, system, person, body.plan, body.mailing_id)
    return {
        "n_before": found.n_before,
        "n_eligible": found.n_eligible,
        "n_asked": found.n_asked,
        "excluded": [
            {"reason": name, "text": dict(REASON_TEXT[Reason(name)]), "n": n}
            for name, n in sorted(found.excluded.items())
        ],
    }


@router.post("/surveys/{survey_id}/message")
def post_message(
    survey_id: str, body: MessageBody, system: TheSystem, person: Sender
) -> dict[str, Any]:
    """Set the message as one customer of the audience would get it; nothing is sent."""
    wanted = Wanted(body.customer, body.reminder)
    with system.database.reading() as session:
        found = preview_message(session, system, person, survey_id, body.plan, wanted)
    return asdict(found) | {"reason": dict(REASON_TEXT[found.reason]) if found.reason else None}


@router.get("/surveys/{survey_id}/funnel")
def get_funnel(survey_id: str, system: TheSystem, _: Sender) -> dict[str, Any]:
    """Count personal links by mailing and by channel: how far each came."""
    with system.database.reading() as session:
        fetch_survey(session, survey_id)
        found = fetch_funnel(session, survey_id)
    return listed(found) | {"channels": by_channel(found)}


@router.get("/surveys/{survey_id}/open-funnel")
def get_open_funnel(survey_id: str, system: TheSystem, _: Sender) -> dict[str, Any]:
    """Count by open way in: opened, started (both estimates), finished, screened out."""
    with system.database.reading() as session:
        fetch_survey(session, survey_id)
        return listed(fetch_open_funnel(session, survey_id))


@router.get("/surveys/{survey_id}/needed")
def get_needed(
    survey_id: str,
    system: TheSystem,
    person: Scorer,
    by: Annotated[str | None, Query(max_length=LONGEST_NAME)] = None,
) -> dict[str, Any]:
    """Say how many more answers each segment needs for ±3 points; 0 where enough is enough."""
    try:
        with system.database.reading() as session:
            _, view, metric = open_survey_view(session, system, person, survey_id)
    except NoScoreYetError:
        return listed([]) | {"metric": None, "points": POINTS}
    items = needed(system, view, metric, by)
    return listed(items) | {"metric": metric, "points": POINTS}


@router.get("/surveys/{survey_id}/respondents")
def get_respondents(
    survey_id: str,
    system: TheSystem,
    person: Sender,
    dataset_id: str,
    column: Annotated[str, Query(max_length=LONGEST_NAME)],
    answered_column: Annotated[str | None, Query(max_length=LONGEST_NAME)] = None,
) -> dict[str, Any]:
    """Put who answered beside the customer base, and the score raw beside raked to it."""
    base = Base(dataset_id, column, answered_column)
    with system.database.reading() as session:
        return respondents(session, system, person, survey_id, base)


def mailing_json(mailing: Mailing) -> dict[str, Any]:
    """Give a mailing as pages show it; where its plan cannot be read, the fault says so."""
    try:
        plan, fault = plan_of(mailing).model_dump(mode="json"), None
    except UnreadablePlanError as error:
        plan, fault = None, dict(error.sentence)
    return {
        "id": mailing.id,
        "survey_id": mailing.survey_id,
        "name": mailing.name,
        "status": mailing.status,
        "plan": plan,
        "fault": fault,
        "revision": mailing.revision,
        "updated_at": mailing.updated_at.isoformat(),
    }
