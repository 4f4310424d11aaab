"""What goes out counts as a contact when it goes out, and goes out only where there is room then.

A first message was judged when it was planned, at the moment it was due. Where it goes out later
(its mailing was paused, the mail server was away), others may have written to the customer since:
it is judged once more, and its contact moves to the moment at which it takes place.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from huiyin.collect.sending.contracts import ContactKind, InvitationStatus, Plan, Reason
from huiyin.collect.sending.frequency import (
    REMINDER,
    FrequencyRule,
    allows,
    contacts_of,
    fetch_rule,
    lock_customers,
)
from huiyin.store.tables import Contact, SurveyInvitation
from huiyin.store.unit_of_work import UnitOfWork

TRY_AGAIN = timedelta(minutes=15)
WORTH_WAITING = timedelta(days=1)
"""A first message for which there is room within it waits; any other is not sent any more."""
Times = list[tuple[str, datetime]]


def do_count_contacts(work: UnitOfWork, plan: Plan, some: Sequence[SurveyInvitation]) -> set[str]:
    """Note that customers are contacted now, where the frequency rule leaves room.

    Parameters
    ----------
    work : UnitOfWork
    plan : Plan
        Of the mailing.
    some : sequence of SurveyInvitation
        About to go out, locked by this transaction; some hundred at most.

    Returns
    -------
    set of str
        Ids of those that must not go out now: refused for good, or not due for a while.
    """
    customers, denied = {one.customer_id for one in some}, set()
    lock_customers(work.session, customers)
    rule, _ = fetch_rule(work.session)
    contacts, planned = contacts_of(work.session, customers), _planned(work, some)
    for one in some:
        own = contacts[one.customer_id]
        if one.sent_at is None:
            room = _do_begin(
                work, rule, planned.get(one.id) or _noted(work, plan, one, own), one, own
            )
        elif one.status == InvitationStatus.PLANNED:
            room = True  # it is counted already: it went out, and was not taken
        else:
            room = _do_remind(work, rule, plan.kind, one, own)
        if not room:
            denied.add(one.id)
    return denied


def _planned(work: UnitOfWork, some: Sequence[SurveyInvitation]) -> dict[str, Contact]:
    """Give the contact that was noted when each was planned."""
    ids = [one.id for one in some if one.sent_at is None]
    asked = select(Contact).where(Contact.invitation_id.in_(ids), Contact.kind != REMINDER)
    return {one.invitation_id or "": one for one in work.session.scalars(asked)}


def _noted(work: UnitOfWork, plan: Plan, one: SurveyInvitation, own: Times) -> Contact:
    """Note a contact anew, of a message that was refused once and may go out after all."""
    made = Contact(customer_id=one.customer_id, invitation_id=one.id, kind=plan.kind, at=work.now)
    work.session.add(made)
    own.append((made.kind, made.at))
    return made


def _do_begin(
    work: UnitOfWork, rule: FrequencyRule, contact: Contact, one: SurveyInvitation, own: Times
) -> bool:
    """Move a contact to now, where that leaves room beside what took place; else it is none."""
    own.remove((contact.kind, contact.at))
    near = work.now + TRY_AGAIN  # whoever was let in first may have begun a moment later
    past, kind = [known for known in own if known[1] <= near], ContactKind(contact.kind)
    if allows(rule, past, kind, work.now):
        contact.at = work.now
        own.append((contact.kind, contact.at))
        return True
    if allows(rule, past, kind, work.now + WORTH_WAITING):
        one.due_at = work.now + TRY_AGAIN
        own.append((contact.kind, contact.at))
        return False
    one.status, one.reason = InvitationStatus.REFUSED, Reason.TOO_RECENT
    work.session.delete(contact)
    work.session.flush()
    return False


def _do_remind(
    work: UnitOfWork, rule: FrequencyRule, kind: ContactKind, one: SurveyInvitation, own: Times
) -> bool:
    if rule.reminders and not allows(rule, own, kind, work.now):
        one.due_at = work.now + TRY_AGAIN
        return False
    own.append((REMINDER, work.now))
    contact = Contact(customer_id=one.customer_id, invitation_id=one.id, kind=REMINDER, at=work.now)
    work.session.add(contact)
    one.round += 1
    return True
