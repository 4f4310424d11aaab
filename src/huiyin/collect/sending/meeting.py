"""Customers who are met one at a time, in a widget or by telephone: invited and reached at once.

Behind such a link stands a mailing that sends nothing: the frequency rule, the do-not-contact list,
single use and the funnel hold here as everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.collect.sending.contracts import (
    Channel,
    ContactKind,
    InvitationStatus,
    MailingStatus,
    Occasion,
    Plan,
    Reason,
    Rule,
    Window,
)
from huiyin.collect.sending.mailings import document_of, plan_of
from huiyin.collect.sending.planning import Candidate, do_plan_invitations
from huiyin.store.tables import Mailing, SurveyInvitation, SurveyLink
from huiyin.store.unit_of_work import UnitOfWork

_NO_EVENT = "-"
_ALWAYS = Window(from_hour=0, to_hour=24)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Whether a customer may be asked now: by which invitation, or why not."""

    invitation_id: str | None
    reason: Reason | None = None


def do_stand_behind(
    work: UnitOfWork, link: SurveyLink, channel: Channel, kind: ContactKind
) -> Mailing:
    """Make the mailing that counts for a link, or have it count as another kind."""
    rule = Rule(on=Occasion.EVENT, event=_NO_EVENT)
    plan = document_of(Plan(channel=channel, kind=kind, rule=rule, window=_ALWAYS))
    found = fetch_behind(work.session, link.id)
    if found is not None:
        found.plan = plan
        return found
    made = Mailing(
        survey_id=link.survey_id,
        link_id=link.id,
        name=link.name,
        status=MailingStatus.PAUSED,
        plan=plan,
    )
    work.session.add(made)
    work.session.flush()
    return made


def fetch_behind(session: Session, link_id: str) -> Mailing | None:
    """Give the mailing behind a link."""
    return session.scalar(select(Mailing).where(Mailing.link_id == link_id))


def do_meet(work: UnitOfWork, key: bytes, mailing: Mailing, one: Candidate) -> Meeting:
    """Invite a customer who is there now; one met before on this occasion goes on.

    Parameters
    ----------
    work : UnitOfWork
    key : bytes
        The installation's key.
    mailing : Mailing
        Made by `do_stand_behind`.
    one : Candidate

    Returns
    -------
    Meeting
        `reason` where nothing may be asked: on the do-not-contact list, asked too recently,
        answered already.
    """
    (outcome,) = do_plan_invitations(work, key, mailing, plan_of(mailing), [one])
    if outcome not in {"planned", Reason.ALREADY}:
        return Meeting(None, Reason(outcome))
    met = work.session.scalar(
        select(SurveyInvitation).where(
            SurveyInvitation.mailing_id == mailing.id, SurveyInvitation.occasion == one.occasion
        )
    )
    if met is None or met.finished_at is not None or met.status == InvitationStatus.CANCELLED:
        return Meeting(None, Reason.ALREADY)
    if outcome == "planned":
        met.status, met.sent_at, met.delivered_at = InvitationStatus.SENT, met.due_at, met.due_at
    return Meeting(met.id)
