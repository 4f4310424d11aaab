"""Calls: an agent asks a customer by telephone; whom they may ring, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from huiyin.collect.sending.contracts import (
    REASON_TEXT,
    Channel,
    ContactKind,
    InvitationStatus,
    SendingError,
)
from huiyin.collect.sending.mailings import PERSONAL
from huiyin.collect.sending.meeting import do_meet, do_stand_behind, fetch_behind
from huiyin.collect.sending.planning import Candidate
from huiyin.collect.sending.refusing import Refusal, Source, do_leave_alone, do_unsubscribe
from huiyin.collect.sending.tokens import token_of
from huiyin.collect.surveys.changes import LinkKind, Status, do_open_link
from huiyin.collect.surveys.contracts import SURVEY
from huiyin.core.ids import new_id
from huiyin.core.text import Text
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import Survey, SurveyInvitation, SurveyLink
from huiyin.store.unit_of_work import UnitOfWork

CALL = Text("电话", "call")
MOST_ATTEMPTS = 5
_NAME = Text("电话代填", "telephone")
_CLOSED = Text("问卷没有在收答卷，先发布。", "The questionnaire takes no answers now.")
_MAY_NOT = Text("不能打给这位客户：{why}。", "This customer cannot be rung: {why}.")
_ENOUGH = Text(
    "已经打过 {n} 次，不再打了。", "Rung {n} times already: this customer is left alone."
)


class CallOutcome(StrEnum):
    """What became of a call that brought no answer."""

    NO_ANSWER = "no_answer"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call without an answer yet: whom, how often they were rung, what was noted."""

    invitation_id: str
    customer_id: str
    attempts: int
    outcome: str | None
    call_at: datetime | None


@dataclass(frozen=True, slots=True)
class Note:
    """What became of a call: `call_at` where they asked for another time; `never` for no more."""

    outcome: CallOutcome
    call_at: datetime | None = None
    never: bool = False


def do_open_phone(work: UnitOfWork, survey_id: str) -> SurveyLink:
    """Give the way in of a questionnaire for calls, made at the first one.

    Raises
    ------
    NotFoundError
        There is no such questionnaire.
    SendingError
        It takes no answers.
    """
    survey = work.get(Survey, survey_id, SURVEY)
    if survey.status != Status.OPEN or survey.archived_at is not None:
        raise SendingError(_CLOSED)
    link = _phone_link(work.session, survey_id)
    if link is None:
        options = {PERSONAL: True}
        link = do_open_link(work, survey_id, LinkKind.PHONE, _NAME.say(), options=options)
        do_stand_behind(work, link, Channel.PHONE, ContactKind.OTHER)
    return link


def do_begin_call(work: UnitOfWork, key: bytes, link: SurveyLink, customer_id: str) -> str:
    """Ring a customer, or go on with the call that is open; gives its invitation.

    Ringing counts as a contact, once a call however often it takes.

    Raises
    ------
    SendingError
        They are on the do-not-contact list, were contacted too recently, or rung often enough.
    """
    mailing = fetch_behind(work.session, link.id) or do_stand_behind(
        work, link, Channel.PHONE, ContactKind.OTHER
    )
    begun = work.session.scalar(
        _open(mailing.id).where(SurveyInvitation.customer_id == customer_id).with_for_update()
    )
    if begun is not None:
        if begun.round >= MOST_ATTEMPTS:
            raise SendingError(_ENOUGH.format(n=begun.round))
        begun.round, begun.reason = begun.round + 1, None
        return begun.id
    one = Candidate(customer_id, f"call:{new_id()}", work.now)
    meeting = do_meet(work, key, mailing, one)
    if meeting.invitation_id is None:
        why = REASON_TEXT[meeting.reason] if meeting.reason else Text.same("")
        raise SendingError(_MAY_NOT.format(why=why))
    work.session.get_one(SurveyInvitation, meeting.invitation_id).round = 1
    work.audit("call", "survey", link.survey_id, after={"customer": customer_id})
    return meeting.invitation_id


def do_note_call(
    work: UnitOfWork, key: bytes, survey_id: str, invitation_id: str, note: Note
) -> None:
    """Note what became of a call; who wants none any more is put on the do-not-contact list.

    Raises
    ------
    NotFoundError
        No such call is open.
    """
    one = fetch_call(work.session, survey_id, invitation_id)
    one.reason = note.outcome
    if note.call_at is not None:
        one.due_at = note.call_at
    if note.outcome is CallOutcome.REFUSED:
        one.status = InvitationStatus.REFUSED
    if note.never:
        do_unsubscribe(work, key, token_of(key, one.id))
        do_leave_alone(work, key, one.customer_id, Refusal("refused", Source.OWN))
    work.audit("note", "call", one.id, after={"outcome": note.outcome, "never": note.never})


def fetch_call(session: Session, survey_id: str, invitation_id: str) -> SurveyInvitation:
    """Give an open call.

    Raises
    ------
    NotFoundError
        There is none, or it is over.
    """
    link = _phone_link(session, survey_id)
    mailing = fetch_behind(session, link.id) if link else None
    if mailing is not None:
        found = session.scalar(_open(mailing.id).where(SurveyInvitation.id == invitation_id))
        if found is not None:
            return found
    raise NotFoundError(CALL, invitation_id)


def fetch_open_calls(session: Session, survey_id: str) -> list[OpenCall]:
    """List calls without an answer, those that were promised for a time first."""
    link = _phone_link(session, survey_id)
    mailing = fetch_behind(session, link.id) if link else None
    if mailing is None:
        return []
    found = session.scalars(_open(mailing.id).where(SurveyInvitation.round < MOST_ATTEMPTS))
    calls = [
        OpenCall(
            invitation_id=one.id,
            customer_id=one.customer_id,
            attempts=one.round,
            outcome=one.reason,
            call_at=one.due_at if one.reason == CallOutcome.LATER else None,
        )
        for one in found
    ]
    promised = [one for one in calls if one.call_at is not None]
    return sorted(promised, key=lambda one: str(one.call_at)) + [
        one for one in calls if one.call_at is None
    ]


def _open(mailing_id: str) -> Select[SurveyInvitation]:
    one = SurveyInvitation
    over = (InvitationStatus.REFUSED, InvitationStatus.CANCELLED)
    return (
        select(one)
        .where(one.mailing_id == mailing_id, one.finished_at.is_(None), one.status.not_in(over))
        .order_by(one.planned_at)
    )


def _phone_link(session: Session, survey_id: str) -> SurveyLink | None:
    asked = select(SurveyLink).where(
        SurveyLink.survey_id == survey_id, SurveyLink.kind == LinkKind.PHONE
    )
    return session.scalar(asked.order_by(SurveyLink.created_at))
