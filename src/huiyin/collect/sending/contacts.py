"""What goes out counts as a contact when it goes out, and goes out only where there is room then.

Judged and written down in one transaction, under a lock of each customer, at the moment that the
clock says once the lock is held: however long somebody waited for it, nobody can have written to
the customer between that moment and the judgement. A first message was judged when it was planned,
too, at the moment it was due; here its contact moves to the moment at which it takes place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.collect.sending.contracts import ContactKind, InvitationStatus, Plan, Reason
from huiyin.collect.sending.frequency import (
    REMINDER,
    FrequencyRule,
    allows,
    fetch_rule,
    lock_customers,
)
from huiyin.store.tables import Contact, SurveyInvitation
from huiyin.store.unit_of_work import UnitOfWork

TRY_AGAIN = timedelta(minutes=15)
WORTH_WAITING = timedelta(days=1)
"""A first message for which there is room within it waits; any other is not sent any more."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Which invitations go out at a moment; the others are refused, or not due for a while."""

    moment: datetime
    allowed: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Known:
    """A contact of a customer; `waits` where nothing has gone out by it yet."""

    id: str
    invitation_id: str | None
    kind: str
    at: datetime
    waits: bool


def do_count_contacts(work: UnitOfWork, plan: Plan, some: Sequence[SurveyInvitation]) -> Counted:
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
    Counted
        Of those that go out: when they do, by a clock that was read under the lock.
    """
    customers = {one.customer_id for one in some}
    lock_customers(work.session, customers)
    now = work.clock()
    rule, _ = fetch_rule(work.session)
    judge = _Judge(work, rule, plan.kind, now, _known(work.session, customers, now))
    return Counted(now, frozenset(one.id for one in some if judge.lets_out(one)))


def do_note_when(work: UnitOfWork, invitation_id: str) -> None:
    """Count a message when it was handed over, or given up: no earlier than it was on its way."""
    found = _newest(work.session, invitation_id)
    if found is not None:
        found.at = max(found.at, work.now)


def _newest(session: Session, invitation_id: str) -> Contact | None:
    mine = select(Contact).where(Contact.invitation_id == invitation_id)
    return session.scalar(mine.order_by(Contact.at.desc(), Contact.id.desc()).limit(1))


def _known(
    session: Session, customers: Collection[str], now: datetime
) -> dict[str, dict[str, _Known]]:
    """Give the contacts of each customer by id; what is on its way now takes place now."""
    one = SurveyInvitation
    asked = (
        select(Contact, one.status, one.sent_at, one.claimed_at)
        .outerjoin(one, one.id == Contact.invitation_id)
        .where(Contact.customer_id.in_(customers))
        .execution_options(populate_existing=True)
    )
    found: dict[str, dict[str, _Known]] = {customer: {} for customer in customers}
    for contact, status, sent_at, claimed_at in session.execute(asked):
        waits = status == InvitationStatus.PLANNED and sent_at is None and contact.at > now
        at = max(contact.at, now) if contact.at == claimed_at else contact.at
        known = _Known(contact.id, contact.invitation_id, contact.kind, at, waits)
        found[contact.customer_id][contact.id] = known
    return found


@dataclass(frozen=True, slots=True)
class _Judge:
    work: UnitOfWork
    rule: FrequencyRule
    kind: ContactKind
    now: datetime
    known: dict[str, dict[str, _Known]]

    def lets_out(self, one: SurveyInvitation) -> bool:
        """Tell whether a message goes out now, and count it if so."""
        if one.sent_at is None:
            return self._begins(one)
        return self._reminds(one)

    def _begins(self, one: SurveyInvitation) -> bool:
        """Move a contact to now, where that leaves room beside what took place; else it is none."""
        own = self._last(one)
        kind = ContactKind(own.kind) if own else self.kind  # none: refused once, and may go out now
        others = [known for known in self._others(one, own) if not known.waits]
        if self._has_room(others, kind, self.now):
            self._do_count(one, own, kind)
            return True
        if self._has_room(others, kind, self.now + WORTH_WAITING):
            one.due_at = self.now + TRY_AGAIN
            return False
        one.status, one.reason = InvitationStatus.REFUSED, Reason.TOO_RECENT
        if own is not None:
            self.work.session.delete(self.work.session.get_one(Contact, own.id))
            del self.known[one.customer_id][own.id]
            self.work.session.flush()
        return False

    def _reminds(self, one: SurveyInvitation) -> bool:
        """Count a reminder; one that was not taken is judged anew, and moves to now."""
        again = one.status == InvitationStatus.PLANNED
        own = self._last(one) if again else None
        if self.rule.reminders and not self._has_room(self._others(one, own), self.kind, self.now):
            one.due_at = self.now + TRY_AGAIN
            return False
        self._do_count(one, own, REMINDER)
        one.round += 0 if again else 1
        return True

    def _has_room(self, others: Sequence[_Known], kind: ContactKind, at: datetime) -> bool:
        return allows(self.rule, [(known.kind, known.at) for known in others], kind, at)

    def _last(self, one: SurveyInvitation) -> _Known | None:
        """Give the contact that a message was counted by: its own kind, or the last reminder."""
        of_kind = [
            known
            for known in self.known[one.customer_id].values()
            if known.invitation_id == one.id and (known.kind == REMINDER) == bool(one.sent_at)
        ]
        return max(of_kind, key=lambda known: (known.at, known.id), default=None)

    def _others(self, one: SurveyInvitation, own: _Known | None) -> list[_Known]:
        return [known for known in self.known[one.customer_id].values() if known != own]

    def _do_count(self, one: SurveyInvitation, own: _Known | None, kind: str) -> None:
        if own is None:
            contact = Contact(customer_id=one.customer_id, invitation_id=one.id, kind=kind)
            self.work.session.add(contact)
        else:
            contact = self.work.session.get_one(Contact, own.id)
        contact.at = self.now
        self.work.session.flush()
        counted = _Known(contact.id, one.id, kind, self.now, waits=False)
        self.known[one.customer_id][contact.id] = counted
