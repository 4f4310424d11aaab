"""Who is invited: judged and written down in one transaction, under a lock of each customer.

Two plans that meet at one customer wait for each other (SQLite has one writer anyway), so that the
frequency rule sees every contact and never leaves one too many.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from huiyin.collect.sending.addresses import fetch_reach
from huiyin.collect.sending.contracts import InvitationStatus, Plan, Reason
from huiyin.collect.sending.frequency import allows, contacts_of, fetch_rule, lock_customers
from huiyin.collect.sending.tokens import token_hash, token_of
from huiyin.collect.sending.windows import next_open
from huiyin.core.ids import new_id
from huiyin.people.sealing import seal, unseal
from huiyin.store.bulk import batched, rows_with
from huiyin.store.tables import Contact, Customer, Mailing, SurveyInvitation
from huiyin.store.unit_of_work import UnitOfWork

AT_ONCE = 200
"""Customers of one transaction."""
_FACTS = "facts of a personal link"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer who might be invited, for what, with which facts; `stratum` for sampling."""

    customer_id: str
    occasion: str
    due_at: datetime
    fields: Mapping[str, str] = field(default_factory=dict)
    stratum: str = ""


def judge(
    session: Session, key: bytes, mailing_id: str | None, plan: Plan, some: Sequence[Candidate]
) -> list[tuple[Candidate, Reason | None]]:
    """Say of each candidate why there is no invitation; None where there may be one.

    Parameters
    ----------
    session : Session
    key : bytes
        The installation's key.
    mailing_id : str or None
        None for one that is not kept yet: nobody was invited by it.
    plan : Plan
    some : sequence of Candidate
        At most `AT_ONCE`.
    """
    some = [replace(one, due_at=next_open(plan.window, one.due_at)) for one in some]
    customers = sorted({one.customer_id for one in some})
    there = rows_with(session, [Customer.id], Customer.id, customers, Customer.erased_at.is_(None))
    reach = fetch_reach(session, key, customers, plan)
    judged = _Judged(
        plan=plan,
        there={row[0] for row in there},
        invited=_invited(session, mailing_id, some),
        reach={one: known.reason for one, known in reach.items()},
        contacts=contacts_of(session, customers),
    )
    rule, _ = fetch_rule(session)
    found = []
    for one in some:
        reason = judged.reason(one)
        own = judged.contacts[one.customer_id]
        if reason is None and not allows(rule, own, plan.kind, one.due_at):
            reason = Reason.TOO_RECENT
        if reason is None:
            own.append((plan.kind, one.due_at))
            judged.invited.add(one.occasion)
        found.append((one, reason))
    return found


@dataclass(frozen=True, slots=True)
class _Judged:
    plan: Plan
    there: set[str]
    invited: set[str]
    reach: Mapping[str, Reason | None]
    contacts: dict[str, list[tuple[str, datetime]]]

    def reason(self, one: Candidate) -> Reason | None:
        """Give what stands against an invitation, the frequency rule aside."""
        if one.customer_id not in self.there:
            return Reason.UNKNOWN
        if one.occasion in self.invited:
            return Reason.ALREADY
        return self.reach.get(one.customer_id)


def _invited(session: Session, mailing_id: str | None, some: Sequence[Candidate]) -> set[str]:
    if mailing_id is None:
        return set()
    wanted = sorted({one.occasion for one in some})
    columns, own = [SurveyInvitation.occasion], SurveyInvitation.mailing_id == mailing_id
    return {row[0] for row in rows_with(session, columns, SurveyInvitation.occasion, wanted, own)}


def do_plan_invitations(
    work: UnitOfWork, key: bytes, mailing: Mailing, plan: Plan, some: Sequence[Candidate]
) -> Counter[str]:
    """Invite those against whom nothing stands; the others are counted by reason.

    Parameters
    ----------
    work : UnitOfWork
    key : bytes
        The installation's key.
    mailing : Mailing
    plan : Plan
        Of the mailing.
    some : sequence of Candidate
        At most `AT_ONCE`.

    Returns
    -------
    Counter of str
        ``planned`` and each `Reason`.
    """
    lock_customers(work.session, {one.customer_id for one in some})
    now = work.clock()  # after the wait: what is due already is due now
    some = [replace(one, due_at=max(one.due_at, now)) for one in some]
    counts: Counter[str] = Counter()
    for one, reason in judge(work.session, key, mailing.id, plan, some):
        counts[reason or "planned"] += 1
        if reason is None:
            _add(work, key, mailing, plan, one)
    work.session.flush()
    return counts


def _add(work: UnitOfWork, key: bytes, mailing: Mailing, plan: Plan, one: Candidate) -> None:
    made = SurveyInvitation(
        id=(invitation_id := new_id()),
        mailing_id=mailing.id,
        survey_id=mailing.survey_id,
        customer_id=one.customer_id,
        occasion=one.occasion,
        token_hash=token_hash(token_of(key, invitation_id)),
        sealed=seal_facts(key, one.fields),
        channel=plan.channel,
        status=InvitationStatus.PLANNED,
        round=0,
        due_at=one.due_at,
        planned_at=work.now,
    )
    work.session.add(made)
    work.session.add(
        Contact(
            customer_id=one.customer_id,
            invitation_id=invitation_id,
            kind=plan.kind,
            at=one.due_at,
        )
    )


def do_cancel(work: UnitOfWork, whose: ColumnElement[bool]) -> int:
    """Call back what waits for its first message; it does not count as a contact.

    Parameters
    ----------
    work : UnitOfWork
    whose : ColumnElement of bool
        Of a mailing, or of a customer.

    Returns
    -------
    int
        How many.
    """
    one = SurveyInvitation
    waiting = (whose, one.status == InvitationStatus.PLANNED, one.sent_at.is_(None))
    locked = select(one.id).where(*waiting).order_by(one.id).with_for_update()
    ids = list(work.session.scalars(locked))
    for some in batched(ids, AT_ONCE):
        work.session.execute(delete(Contact).where(Contact.invitation_id.in_(some)))
        mine = update(one).where(one.id.in_(some))
        work.session.execute(mine.values(status=InvitationStatus.CANCELLED))
    return len(ids)


def seal_facts(key: bytes, fields: Mapping[str, str]) -> str:
    """Seal the facts that go with an answer."""
    return seal(key, json.dumps(dict(fields), ensure_ascii=False), _FACTS)


def open_facts(key: bytes, sealed: str) -> dict[str, str]:
    """Open what `seal_facts` sealed."""
    facts: dict[str, str] = json.loads(unseal(key, sealed, _FACTS))
    return facts
