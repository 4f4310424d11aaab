"""From planned to sent: each message is taken in a transaction, handed over, and noted.

Between its taking and its handing over nothing else happens, so that what held then holds still.
What is taken and never noted was interrupted. A mail goes out again, under the same Message-ID;
a text message does not, since nobody can tell two from one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from huiyin.collect.sending.addresses import fetch_reach
from huiyin.collect.sending.contacts import TRY_AGAIN, do_count_contacts, do_note_when
from huiyin.collect.sending.contracts import (
    LONGEST_REASON,
    Channel,
    InvitationStatus,
    MailingStatus,
    Plan,
    Reason,
)
from huiyin.collect.sending.frequency import lock_customers
from huiyin.collect.sending.mailings import plan_of
from huiyin.collect.sending.planning import open_facts
from huiyin.collect.sending.tokens import token_of
from huiyin.collect.sending.windows import is_open
from huiyin.collect.surveys.changes import is_open_at
from huiyin.store.tables import Mailing, Survey, SurveyInvitation, SurveyLink
from huiyin.store.unit_of_work import UnitOfWork

INTERRUPTED = timedelta(minutes=10)
"""Who took a message so long ago is gone: it is taken back, and no longer theirs to hand over."""
_REACHED = (
    InvitationStatus.SENT,
    InvitationStatus.DELIVERED,
    InvitationStatus.OPENED,
    InvitationStatus.STARTED,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to send: to whom, which link, the how-manieth time; since when it is taken."""

    invitation_id: str
    address: str
    token: str
    fields: dict[str, str]
    round: int
    taken_at: datetime


def waiting(mailing_id: str, plan: Plan, now: datetime) -> Select[SurveyInvitation]:
    """Select what is due now: first messages, what was not taken at once, and reminders."""
    one = SurveyInvitation
    unanswered = or_(one.sent_at.is_(None), ~_answered_otherwise(one))
    first = and_(one.status == InvitationStatus.PLANNED, unanswered)
    last = now - timedelta(days=plan.reminders.after_days)
    again = and_(*is_to_be_reminded(one, plan), one.sent_at <= last)
    wanted = or_(first, again) if plan.reminders.most else first
    due = select(one).where(one.mailing_id == mailing_id, one.due_at <= now, wanted)
    return due.order_by(one.due_at, one.id)


def is_to_be_reminded(one: type[SurveyInvitation], plan: Plan) -> tuple[ColumnElement[bool], ...]:
    """Give what must hold of a link for a reminder to go out, now or when its time has come."""
    return (
        one.status.in_(_REACHED),
        one.finished_at.is_(None),
        ~_answered_otherwise(one),
        one.round < plan.reminders.most,
    )


def _answered_otherwise(one: type[SurveyInvitation]) -> ColumnElement[bool]:
    """Whether a customer has answered by another link since: by telephone, say, or of a wave.

    By days, as an anonymous questionnaire keeps no hour.
    """
    other = aliased(SurveyInvitation)
    return exists().where(
        other.survey_id == one.survey_id,
        other.customer_id == one.customer_id,
        func.date(other.finished_at) >= func.date(one.planned_at),
    )


def takes_answers(session: Session, mailing: Mailing, now: datetime) -> bool:
    """Tell whether who gets a message now can answer: nobody is led to a closed page."""
    survey = session.get_one(Survey, mailing.survey_id)
    link = session.get(SurveyLink, mailing.link_id)
    return is_open_at(survey, now) and link is not None and link.closed_at is None


def fetch_due(
    session: Session, mailing: Mailing, plan: Plan, now: datetime, limit: int = 50
) -> list[str]:
    """Give what a mailing has to send now, by id; whether it still goes out is `do_take`'s to say.

    Returns
    -------
    list of str
        None outside the window, while the mailing rests, or the questionnaire is closed.
    """
    if not _may_send(session, mailing, plan, now):
        return []
    return [one.id for one in session.scalars(waiting(mailing.id, plan, now).limit(limit))]


def _may_send(session: Session, mailing: Mailing, plan: Plan, now: datetime) -> bool:
    running = mailing.status == MailingStatus.RUNNING and is_open(plan.window, now)
    return running and takes_answers(session, mailing, now)


def do_take(work: UnitOfWork, key: bytes, plan: Plan, invitation_id: str) -> Letter | None:
    """Take one message to hand it over at once, and count it: nobody else sends it.

    Whether it may go out is judged by what holds once its locks are held: that nobody answered,
    refused, paused the mailing or was written to meanwhile. What the frequency rule denies now is
    not due for a while, or refused, so that it holds up nothing.

    Parameters
    ----------
    work : UnitOfWork
        Of its own: what it read before may have changed.
    key : bytes
        The installation's key.
    plan : Plan
        By which it would be written; where it was changed meanwhile nothing goes out.
    invitation_id : str

    Returns
    -------
    Letter or None
        None where it does not go out now.
    """
    session = work.session
    one = locked_invitation(session, invitation_id)
    if one is None:
        return None
    lock_customers(session, {one.customer_id})
    now = work.clock()
    mailing = session.get_one(Mailing, one.mailing_id, populate_existing=True)
    if plan_of(mailing) != plan or not _may_send(session, mailing, plan, now):
        return None
    if session.scalar(waiting(mailing.id, plan, now).where(SurveyInvitation.id == one.id)) is None:
        return None
    found = fetch_reach(session, key, {one.customer_id}, plan)[one.customer_id]
    if found.address is None:
        _do_refuse(work, one, plan, found.reason or Reason.NO_ADDRESS)
        return None
    counted = do_count_contacts(work, plan, [one])
    if one.id not in counted.allowed:
        return None
    one.status, one.claimed_at = InvitationStatus.SENDING, counted.moment
    facts = open_facts(key, one.sealed)
    return Letter(one.id, found.address, token_of(key, one.id), facts, one.round, counted.moment)


def _do_refuse(work: UnitOfWork, one: SurveyInvitation, plan: Plan, reason: Reason) -> None:
    """Send nothing to who cannot be reached; a reminder is looked at again in its time."""
    one.reason = reason
    if one.sent_at is None:
        one.status = InvitationStatus.REFUSED
    else:
        one.status = step_of(one)
        one.due_at = work.now + timedelta(days=plan.reminders.after_days)


def step_of(one: SurveyInvitation) -> InvitationStatus:
    """Give how far an invitation came, by its moments."""
    steps = (
        (one.finished_at, InvitationStatus.FINISHED),
        (one.started_at, InvitationStatus.STARTED),
        (one.opened_at, InvitationStatus.OPENED),
        (one.delivered_at, InvitationStatus.DELIVERED),
        (one.sent_at, InvitationStatus.SENT),
    )
    return next((step for moment, step in steps if moment), InvitationStatus.PLANNED)


def locked_invitation(session: Session, invitation_id: str) -> SurveyInvitation | None:
    """Give a personal link that nobody else changes meanwhile; None where there is none."""
    return session.get(SurveyInvitation, invitation_id, with_for_update=True)


def do_note_sent(work: UnitOfWork, invitation_id: str) -> None:
    """Note that a message was handed over, and count it from now."""
    one = locked_invitation(work.session, invitation_id)
    if one is not None:
        do_note_when(work, one.id)
        one.sent_at, one.claimed_at = work.now, None
        one.status = step_of(one)


def do_note_delivered(work: UnitOfWork, invitation_id: str) -> bool:
    """Note a receipt: the message arrived. False where there is no such link."""
    one = locked_invitation(work.session, invitation_id)
    if one is None:
        return False
    one.delivered_at = one.delivered_at or work.now
    if one.status == InvitationStatus.SENT:
        one.status = InvitationStatus.DELIVERED
    return True


def do_note_failed(work: UnitOfWork, letter: Letter, why: str, *, for_good: bool) -> None:
    """Note that a message was not taken: for good, or to be tried again in a while.

    Where somebody took it back meanwhile, it is theirs.
    """
    one = locked_invitation(work.session, letter.invitation_id)
    if one is None or one.claimed_at != letter.taken_at:
        return
    one.claimed_at, one.reason = None, why[:LONGEST_REASON]
    if one.finished_at is not None:
        one.status = InvitationStatus.FINISHED
    elif for_good:
        one.status = InvitationStatus.BOUNCED
    else:
        one.status, one.due_at = InvitationStatus.PLANNED, work.now + TRY_AGAIN


def do_release_interrupted(work: UnitOfWork, mailing: Mailing, plan: Plan) -> None:
    """Take back what was claimed by somebody who is gone."""
    asked = select(SurveyInvitation).where(
        SurveyInvitation.mailing_id == mailing.id,
        SurveyInvitation.status == InvitationStatus.SENDING,
        SurveyInvitation.claimed_at < work.now - INTERRUPTED,
    )
    for one in work.session.scalars(asked.with_for_update(skip_locked=True)):
        again = plan.channel is Channel.MAIL and one.finished_at is None
        do_note_when(work, one.id)  # it may have gone out at any moment until now
        one.status = InvitationStatus.PLANNED if again else _unclear(one)
        one.claimed_at = None


def _unclear(one: SurveyInvitation) -> InvitationStatus:
    step = step_of(one)
    return InvitationStatus.BOUNCED if step is InvitationStatus.PLANNED else step


def is_busy(session: Session, mailing: Mailing, now: datetime) -> bool:
    """Tell whether a running mailing has something to send now."""
    plan = plan_of(mailing)
    if plan.channel is Channel.LINK or not _may_send(session, mailing, plan, now):
        return False
    if session.scalar(waiting(mailing.id, plan, now).limit(1)) is not None:
        return True
    lost = select(SurveyInvitation.id).where(
        SurveyInvitation.mailing_id == mailing.id,
        SurveyInvitation.status == InvitationStatus.SENDING,
        SurveyInvitation.claimed_at < now - INTERRUPTED,
    )
    return session.scalar(lost.limit(1)) is not None
