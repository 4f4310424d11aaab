"""Whether a mailing has anything left to send."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from huiyin.collect.sending.contracts import InvitationStatus, MailingStatus, Occasion, Plan
from huiyin.collect.sending.going_out import is_to_be_reminded
from huiyin.store.tables import Mailing, SurveyInvitation

_WAITING = (InvitationStatus.PLANNED, InvitationStatus.SENDING)


def is_all_sent(session: Session, mailing: Mailing, plan: Plan) -> bool:
    """Tell whether a mailing that goes out once has sent all, reminders too.

    Those that go on by a rule are never through; nor is one whose customers are being chosen yet.
    """
    chosen = mailing.cursor is not None
    if mailing.status != MailingStatus.RUNNING or plan.rule.on is not Occasion.ONCE or not chosen:
        return False
    one = SurveyInvitation
    left: ColumnElement[bool] = one.status.in_(_WAITING)
    if plan.reminders.most:
        left = or_(left, and_(*is_to_be_reminded(one, plan)))
    waits = select(one.id).where(one.mailing_id == mailing.id, left).limit(1)
    return session.scalar(waits) is None
