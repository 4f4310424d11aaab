"""Events of other systems: a customer signed for an order, and is asked about it a while later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from huiyin.collect.customers.reading import find_customers
from huiyin.collect.sending.contracts import Occasion, Reason, UnreadablePlanError
from huiyin.collect.sending.mailings import fetch_running, plan_of
from huiyin.collect.sending.planning import Candidate, do_plan_invitations
from huiyin.store.unit_of_work import UnitOfWork

UNREADABLE = "unreadable"
"""Outcome of a running mailing whose plan cannot be read: it may have waited for the event."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its own id, its name, whom it concerns, and facts of it."""

    id: str
    name: str
    customer: str
    fields: Mapping[str, str]


def do_take_event(work: UnitOfWork, key: bytes, event: Event) -> list[dict[str, Any]]:
    """Invite the customer of an event by every running mailing that waits for it, once.

    Parameters
    ----------
    work : UnitOfWork
    key : bytes
        The installation's key.
    event : Event
        `customer` is a number, telephone, mail address or surrogate.

    Returns
    -------
    list of dict
        ``mailing_id`` and ``outcome`` (``planned`` or a `Reason`) of each; none waits: empty. One
        that cannot be read is named with ``why``, and holds up no other.
    """
    found = find_customers(work.session, key, event.customer)
    outcomes = []
    for mailing in fetch_running(work.session):
        try:
            plan = plan_of(mailing)
        except UnreadablePlanError as fault:
            why = dict(fault.sentence)
            outcomes.append({"mailing_id": mailing.id, "outcome": UNREADABLE, "why": why})
            continue
        if plan.rule.on is not Occasion.EVENT or plan.rule.event != event.name:
            continue
        if len(found) != 1:
            outcomes.append({"mailing_id": mailing.id, "outcome": Reason.UNKNOWN})
            continue
        due = work.now + timedelta(minutes=plan.rule.delay_minutes)
        one = Candidate(found[0], f"event:{event.id}", due, event.fields)
        (outcome,) = do_plan_invitations(work, key, mailing, plan, [one])
        outcomes.append({"mailing_id": mailing.id, "outcome": outcome})
    return outcomes
